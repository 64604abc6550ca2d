"""From one change to the patterns that it may be an instance of.

A change is taken literally, in the context of the words beside it, with a class in place of
a word beside it, with a lexicon in place of a word, and by what a transform would have done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import regex

from transclean.learning.align import AlignedText, Hunk, Token
from transclean.rulebook.lexicons import Lexicons
from transclean.rulebook.style import Style
from transclean.rulebook.transforms import TRANSFORMS

LONGEST = 5  # tokens of a change
_LARGEST = 1_500  # words of a lexicon that still says what kind of word it holds
_STOPS = frozenset('.!?…:“"«')
_NUMBER = regex.compile(r"\d+(?:[.,\h]\d+)*+")


class Change(NamedTuple):
    """What stood there, what a human wrote instead, and the tokens beside it."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    left: Token | None
    right: Token | None

    @property
    def literal(self) -> tuple[str, ...]:
        """The change itself, whatever stands beside it."""
        spaced = self.old[0].spaced if self.old else False
        return (_text(self.old), "→", _text(self.new), " " if spaced != _spaced(self.new) else "")


class Shape(NamedTuple):
    """A pattern with its replacement as a template; `words` is what its lexicon stood for.

    One that is `general` holds more than one change, also where none of them recurs.
    """

    pattern: str
    template: str
    words: str = ""
    general: bool = False


class Words:
    """Which lexicons hold a word."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons: Mapping[str, Mapping[str, str]] = {
            name: lexicon.words
            for name in lexicons
            if len((lexicon := lexicons[name]).words) <= _LARGEST
        }
        self._of: dict[str, list[str]] = {}
        for name, words in self.lexicons.items():
            for word in words:
                if " " not in word:
                    self._of.setdefault(word.lower(), []).append(name)

    def of(self, word: str) -> list[str]:
        """Return the names of the lexicons that hold `word`, in whatever case."""
        return self._of.get(word.lower(), [])


def changes(text: AlignedText) -> Iterator[Change]:
    """Yield the short changes of a segment."""
    for hunk in text.hunks:
        change = _change(text, hunk)
        if len(change.old) <= LONGEST and len(change.new) <= LONGEST:
            yield change


def shapes(change: Change, words: Words) -> Iterator[Shape]:
    """Yield all that the change may be an instance of."""
    if not change.old:
        yield from _insertions(change, words)
        return
    template = _escaped(_text(change.new))
    first = change.old[0]
    if not change.new:
        if change.left is None:  # a removal takes the space before it
            return
        body, lead = _body(change.old, spaced=first.spaced), ""
    else:
        moved = first.spaced != _spaced(change.new)
        body = _body(change.old, spaced=first.spaced and moved)
        lead = r"\h+" if first.spaced and not moved else ""
        if moved and change.new[0].spaced:
            template = f" {template}"
    template, body = _without_capital(change, template, body)
    for before, after, word in _contexts(change, lead, words):
        yield Shape(before + body + after, template, word)
    yield from _transformed(change, words)
    yield from _with_lexicon(change, words)


def _change(text: AlignedText, hunk: Hunk) -> Change:
    (i, j), (k, n) = hunk
    return Change(
        tuple(text.old[i:j]),
        tuple(text.new[k:n]),
        text.old[i - 1] if i else None,
        text.old[j] if j < len(text.old) else None,
    )


def _insertions(change: Change, words: Words) -> Iterator[Shape]:
    """What was put in is written after the word before it, which is the match."""
    if change.left is None or change.right is None:
        return
    gap = " " if change.new[0].spaced else ""
    template = f"{{0}}{gap}{_escaped(_text(change.new))}"
    ahead = r"\h+" if change.right.spaced else ""
    left, right = _body((change.left,)), _body((change.right,))
    yield Shape(left + f"(?={ahead}{right})", template)
    yield from (Shape(left + f"(?={ahead}{kind})", template) for kind in _classes(change.right))
    for name in words.of(change.right.text):
        yield Shape(rf"{left}(?={ahead}\b\L<{name}>\b)", template, change.right.text.lower())
    for name in words.of(change.left.text):
        yield Shape(rf"\b\L<{name}>\b(?={ahead}{right})", template, change.left.text.lower())


def _contexts(change: Change, lead: str, words: Words) -> Iterator[tuple[str, str, str]]:
    """Yield lookarounds to put before and after a change, with the word a lexicon stands for."""
    left, right = change.left, change.right
    behind = [("", "")]
    if left:
        behind.append((f"(?<={_body((left,))}{lead})", ""))
        if left.text[-1].isdecimal():
            behind.append((rf"(?<=\d{lead})", ""))
        behind += [(rf"(?<=\b\L<{n}>\b{lead})", left.text.lower()) for n in words.of(left.text)]
    ahead = [("", "")]
    if right:
        gap = r"\h+" if right.spaced else ""
        ahead.append((f"(?={gap}{_body((right,))})", ""))
        ahead += [(f"(?={gap}{kind})", "") for kind in _classes(right)]
        ahead += [(rf"(?={gap}\b\L<{n}>\b)", right.text.lower()) for n in words.of(right.text)]
    for before, one in behind:
        for after, other in ahead:
            if not (one and other):  # a lexicon on one side is general enough
                yield before, after, one or other


def _classes(token: Token) -> Iterator[str]:
    if token.text[0].isdecimal():
        yield r"\d"
    elif token.text[0].isupper():
        yield r"\p{Lu}"


def _transformed(change: Change, words: Words) -> Iterator[Shape]:
    """Yield the shapes of what a transform makes of the old text."""
    old, new = _text(change.old), _text(change.new)
    if _NUMBER.fullmatch(old) and TRANSFORMS["number"].apply(old, (), Style()) == new:
        form = regex.sub(r"\d+", r"\\d+", regex.sub(r"\h", r"\\h", regex.sub(r"\.", r"\\.", old)))
        yield Shape(rf"(?<![\d.,])\b{form}\b(?![\d.,]\d)", "{0|number}", old, general=True)
    if len(change.old) == 1:
        for name in words.of(old):
            if words.lexicons[name].get(old.lower()) == new and old != new:
                yield Shape(rf"\b\L<{name}>\b", f"{{0|lookup({name})}}", old.lower(), general=True)


def _with_lexicon(change: Change, words: Words) -> Iterator[Shape]:
    """Yield the change with a lexicon in place of one of its words that the new text lacks."""
    kept = {token.text.lower() for token in change.new}
    template = _escaped(_text(change.new))
    spaced = change.old[0].spaced
    if change.new and spaced != _spaced(change.new):
        return
    for index, token in enumerate(change.old):
        if token.text.lower() in kept:
            continue
        for name in words.of(token.text):
            parts = [
                _body((t,)) if n != index else rf"\b\L<{name}>\b" for n, t in enumerate(change.old)
            ]
            body = _joined(change.old, parts, spaced=spaced and not change.new)
            if change.new or change.left:
                yield Shape(body, template, token.text.lower(), general=True)


def _without_capital(change: Change, template: str, body: str) -> tuple[str, str]:
    """Return template and pattern for both cases where the change began a sentence."""
    old = change.old[0].text
    new = change.new[0].text if change.new else "A"
    begins = change.left is None or change.left.text in _STOPS
    if not (begins and _capitalised(old) and _capitalised(new) and old[0] in body):
        return template, body
    if change.new:
        template = template.replace(new[0], new[0].lower(), 1)
    return template, body.replace(old[0], f"[{old[0].lower()}{old[0]}]", 1)


def _capitalised(word: str) -> bool:
    return word[:1].isupper() and not word[1:2].isupper()


def _text(found: tuple[Token, ...]) -> str:
    return "".join(f" {t.text}" if n and t.spaced else t.text for n, t in enumerate(found))


def _spaced(found: tuple[Token, ...]) -> bool:
    return bool(found) and found[0].spaced


def _body(found: tuple[Token, ...], *, spaced: bool = False) -> str:
    """Return the pattern of some tokens, with the space before them where asked for."""
    return _joined(found, [_one(token.text) for token in found], spaced=spaced)


def _joined(found: tuple[Token, ...], parts: list[str], *, spaced: bool) -> str:
    spaces = [r"\h+" if t.spaced and (n or spaced) else "" for n, t in enumerate(found)]
    return "".join(space + part for space, part in zip(spaces, parts, strict=True))


def _one(text: str) -> str:
    literal: str = regex.sub(r"['’]", "['’]", regex.escape(text, special_only=True))
    before = r"\b" if text[0].isalnum() else ""
    return f"{before}{literal}{chr(92) + 'b' if text[-1].isalnum() else ''}"


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
