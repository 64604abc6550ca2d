"""Candidates as a rule file, for an editor to keep or drop."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import regex

from transclean.checks import check_types
from transclean.engine import Engine, select_rules
from transclean.learning.weigh import Example, Weighed
from transclean.model import Category, Provenance
from transclean.rulebook.book import Rulebook
from transclean.rulebook.build import build_book, read_entries
from transclean.rulebook.packs import SourceFile
from transclean.rulebook.types import RuleEntry
from transclean.ruletests import example_fault

SHOWN = 3  # examples of a rule, and sentences that were left alone, told in its comment
_HEAD = """\
# Candidates for rules, learned from {articles:,} articles before and after a human’s repair, the
# best first. Drop what is no artifact, say why the others are wrong, and add look-alikes.
"""


def rule_file(found: Sequence[Weighed], articles: int, lexicons: Iterable[SourceFile]) -> str:
    """Return a rule file of the candidates, each with examples that it holds on.

    A candidate is left out where no sentence shows it alone.
    """
    names = _names(found)
    draft = "".join(_text(w, name, w.examples) for w, name in zip(found, names, strict=True))
    kept = _holding(f"rules:\n{draft}", lexicons) if found else {}
    rules = [
        _text(w, name, [e for e in w.examples if e in kept[name]][:SHOWN])
        for w, name in zip(found, names, strict=True)
        if kept[name]
    ]
    return _HEAD.format(articles=articles) + (
        "rules:\n" + "\n".join(rules) if rules else "rules: []\n"
    )


def _holding(text: str, lexicons: Iterable[SourceFile]) -> dict[str, set[Example]]:
    """Return for each rule the examples that it holds on."""
    files = [*lexicons, SourceFile("learned.yaml", text, None, None)]
    book = Rulebook(build_book(files, check_types()))
    kept: dict[str, set[Example]] = {}
    for decoded in read_entries(files):
        entry = decoded.entry
        if not isinstance(entry, RuleEntry):
            continue
        engine = Engine(book, select_rules(book.headings, [entry.id]))
        kept[entry.id] = {
            Example(example.bad, example.good or "")
            for example in entry.examples
            if example_fault(example, entry, engine, Provenance()) is None
        }
    return kept


def _text(weighed: Weighed, name: str, examples: Iterable[Example]) -> str:
    return "".join(f"{line}\n" for line in _lines(weighed, name, examples))


def _lines(weighed: Weighed, name: str, examples: Iterable[Example]) -> Iterator[str]:
    alone = f"{weighed.alone:,} left alone, " if weighed.alone else ""
    yield f"  # {weighed.made:,} changed so, {alone}{weighed.otherwise:,} changed otherwise"
    for sentence in weighed.lookalikes[:SHOWN]:
        yield f"  # left alone: {sentence}"
    yield f"  - id: {name}"
    yield f"    summary: {_scalar(summary(weighed))}"
    yield f"    category: {category(weighed.old, weighed.new)}"
    times = "once" if weighed.made == 1 else f"{weighed.made:,} times"
    yield f"    why: Editors changed it {times}. Say here where it comes from."
    yield f"    pattern: {_scalar(weighed.shape.pattern)}"
    yield f"    fix: {{to: {_scalar(weighed.shape.template)}, applicability: suggested}}"
    yield f"    confidence: {weighed.bound:.2f}"
    yield "    preview: true"
    yield "    examples:"
    for example in examples:
        yield f"      - bad: {_scalar(example.before)}"
        yield f"        good: {_scalar(example.after)}"


def summary(weighed: Weighed) -> str:
    """Return what becomes of what, by the commonest match of a candidate."""
    old, new = weighed.old, weighed.new
    if new.startswith(old):
        return f"“{new.removeprefix(old).strip()}” left out after “{old.strip()}”"
    return f"“{old}” for “{new}”" if new else f"Needless “{old.strip()}”"


def category(old: str, new: str) -> Category:
    """Return the category that the signs of a change speak for."""
    changed = regex.sub(r"\h", "", old), regex.sub(r"\h", "", new)
    if changed[0] == changed[1]:
        return "spacing"
    if any(char.isdecimal() for char in old):
        return "number"
    if old.lower() == new.lower():
        return "calque"  # other capitals
    words = [set(regex.findall(r"[\p{L}’']+", text.lower())) for text in (old, new)]
    if not (words[0] | words[1]):
        return "quotation" if regex.search(r"[“”„«»\"]", old + new) else "punctuation"
    if words[0] ^ words[1] and words[0] ^ words[1] <= {"a", "an", "the"}:
        return "article"
    if words[0] == words[1]:
        return "punctuation"
    return "calque"


def _names(found: Sequence[Weighed]) -> list[str]:
    """Return ids that say what is changed; a number tells those apart that say the same."""
    taken: dict[str, int] = {}
    names = []
    for weighed in found:
        plain = unicodedata.normalize("NFKD", f"{weighed.old} {weighed.new}").lower()
        words = regex.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())[:5]
        name = "-".join(["learned", *(words or ["sign"])])
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name}-x{taken[name]}")
    return names


def _scalar(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
