"""Fixes of a match: templates filled in, capitals set, spans mapped to the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from transclean.model import Document, Edit, Fix, Segment
from transclean.prose import begins_large, like_case, starts_sentence
from transclean.rulebook.lexicons import Lexicons, choices
from transclean.rulebook.style import KEEP, Style
from transclean.rulebook.templates import Call, Placeholder, parse_template
from transclean.rulebook.transforms import TRANSFORMS
from transclean.rulebook.types import FixTemplate


class Filler:
    """Fills in the templates of a match."""

    def __init__(self, style: Style, lexicons: Lexicons) -> None:
        self.style, self.lexicons = style, lexicons

    def fill(self, template: str, match: Any) -> list[str]:
        """Return the template's texts for a match, the preferred one first.

        There are several where a lexicon offers them, and none where a part is unsure.
        """
        texts = [""]
        for part in parse_template(template):
            pieces = [part] if isinstance(part, str) else self._placeholder(part, match)
            texts = [text + piece for text in texts for piece in pieces]
        return texts

    def _placeholder(self, part: Placeholder, match: Any) -> list[str]:
        if part.style is not None:
            value: str | None = getattr(self.style, part.style)
            if value == KEEP:
                value = match[0] if part.kept is None else part.kept
        else:
            value = _group(match, part.name)
        values = [] if value is None else [value]
        for call in part.calls:
            values = [new for one in values for new in self._transform(one, call, match)]
        return values

    def _transform(self, value: str, call: Call, match: Any) -> list[str]:
        transform = TRANSFORMS[call.transform]
        arguments: list[str | Mapping[str, str]] = [
            _group(match, name) if kind == "group" else self.lexicons[name].words
            for name, kind in zip(call.arguments, transform.arguments, strict=False)
        ]
        new = transform.apply(value, tuple(arguments), self.style)
        if new is None:
            return []
        return choices(new) if transform.translates else [new]


def _group(match: Any, name: str) -> str:
    text: str | None = match[0] if name == "0" else match[name]
    return text or ""


def fixes(
    templates: tuple[FixTemplate, ...],
    match: Any,
    segment: Segment,
    document: Document,
    filler: Filler,
) -> Iterator[Fix | None]:
    """Yield the fixes of each template, or None where it makes no change.

    A template that can't be filled in, or whose edits can't be made in the document's
    format or would touch protected text, yields nothing.
    """
    for template in templates:
        for changes in product(*_changes(template, match, segment, filler)):
            if all(segment.text[start:end] == new for start, end, new in changes):
                yield None
                continue
            edits = _edits(changes, segment, document)
            if edits:
                yield Fix(applicability=template.applicability, edits=edits)


def _changes(
    template: FixTemplate, match: Any, segment: Segment, filler: Filler
) -> Iterator[list[tuple[int, int, str]]]:
    """Yield what may be done at every place of a fix: start and end in the view, replacement."""
    templates = {"0": template.to} if template.to is not None else template.edits or {}
    for group, source in templates.items():
        start, end = match.span(0 if group == "0" else group)
        if start < 0:  # the group took no part in the match
            continue
        yield [
            _change(template.case, segment.text, start, end, text)
            for text in filler.fill(source, match)
        ]


def _change(case: str, view: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    start, end, new = _with_case(case, view, start, end, new)
    return start, end, _without_second_stop(new, view, end)


def _edits(
    changes: Iterable[tuple[int, int, str]], segment: Segment, document: Document
) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    for start, end, replacement in changes:
        made = segment.edits(start, end, replacement)
        if made is None or any(document.is_protected(e.start, e.end) for e in made):
            return ()
        edits.extend(made)
    return tuple(sorted(edits))


def _with_case(case: str, view: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Return the change with the capitals that its place asks for.

    A removal at the start of a sentence takes in the next letter, to write it large.
    """
    old = view[start:end]
    if case == "match":
        return start, end, like_case(old, new)
    if case == "sentence" and begins_large(old) and starts_sentence(view, start):
        if new:
            return start, end, new[:1].upper() + new[1:]
        if view[end : end + 1].islower():
            return start, end + 1, view[end].upper()
    return start, end, new


def _without_second_stop(new: str, view: str, end: int) -> str:
    """Leave the point of an abbreviation (“p.m.”) to the full stop that follows it."""
    doubled = new.endswith(".") and view.startswith(".", end) and not view.startswith("..", end)
    return new[:-1] if doubled else new
