"""People whom the original names and the article does not, and sentences that it kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transclean.checks import Hit
from transclean.checks.source.pair import Pair, folded, listed, text_of
from transclean.checks.wordlists import Word, is_english, words_of
from transclean.model import Span
from transclean.prose import sentences

_LEAST_NAME = 4  # letters
_FULL = re.compile(
    r"(?<![\w’'-])(\w[\w’'-]+)((?:\s(?:de|du|des|del|della|di|da|dos|van|von|der|den|la|le|ter))*)"
    r"\s(\w[\w’'-]+)"
)
_SOUNDS = str.maketrans({"z": "s", "c": "k", "q": "k", "w": "v", **dict.fromkeys("aeiouyhj", "")})


def _sound(name: str) -> str:
    """Return the consonants of a name, as far as languages write them differently."""
    bare = re.sub(r"\W", "", folded(name)).replace("ph", "f").translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", bare)


def names(pair: Pair, first_names: frozenset[str]) -> Iterator[Hit]:
    """Yield people of the original, told by their first names, whose surname is lost."""
    held = {folded(word) for word in re.findall(r"[^\W\d_]+", text_of(pair.document))}
    sounds = {_sound(word) for word in held}
    small = frozenset(re.findall(r"[^\W\d_]+", pair.original.text))
    first_names = frozenset(n for n in first_names if len(n) > 2 and n.lower() not in small)
    told: set[str] = set()
    lost: dict[int, list[tuple[int, str]]] = {}
    for their, segment in enumerate(pair.theirs):
        if their in pair.lost or not pair.step_of[their].ours:
            continue
        for first, between, surname, at in _people(segment.text, first_names):
            parts = [folded(part) for part in re.findall(r"[^\W\d_]+", surname)]
            if (
                surname in told
                or surname.lower() in small
                or any(part in held for part in parts if len(part) > 2)
            ):
                continue
            told.add(surname)
            if _sound(surname) in sounds or any(_alike(folded(surname), word) for word in held):
                continue
            name = f"{first}{between} {surname}"
            hit = _altered(pair, their, first, name)
            if hit is not None:
                yield hit
            elif folded(first) not in held:
                lost.setdefault(their, []).append((at, name))
    for their, names in lost.items():
        message = f"The source names {listed([name for _, name in names])}, the article does not"
        yield from pair.hit(their, names[0][0], message)


def _people(text: str, first_names: frozenset[str]) -> Iterator[tuple[str, str, str, int]]:
    at = 0
    while found := _FULL.search(text, at):
        first, between, surname = found[1], found[2], found[3].split("’")[0].split("'")[0]
        at = found.start(2) if not found[2] else found.start(3)
        at = max(at, found.start() + 1)
        if first not in first_names or not surname[:1].isupper() or surname.isupper():
            continue
        if len(surname) >= _LEAST_NAME and surname not in first_names:
            yield first, between, surname, found.start()


def _alike(name: str, word: str) -> bool:
    """Whether they may be one name in two languages."""
    if len(word) < _LEAST_NAME:
        return False
    if name[-4:] == word[-4:]:  # Ioutchenko, Yushchenko
        return True
    if name[0] != word[0]:
        return False
    left, right = sorted((_sound(name), _sound(word)), key=len)
    return name[:4] == word[:4] or (len(left) > 2 and right.startswith(left))


def _altered(pair: Pair, their: int, first: str, name: str) -> Hit | None:
    """Return where the article gives the first name another surname, one of no other person."""
    pattern = re.compile(rf"\b{re.escape(first)}\s(?:(?:de|du|van|von|di|da)\s)?([A-Z]\w+)")
    for our in pair.step_of[their].ours:
        found = pattern.search(pair.ours[our].text)
        if found and folded(found[1]) not in pair.original_vocabulary:
            start, end = pair.ours[our].span(*found.span())
            return Hit(start=start, end=end, message=f"“{found[0]}” is “{name}” in the source")
    return None


_LEAST_SENTENCE = 5  # words
_MOST = 0.6  # of the words, for an article that was not translated at all
_QUOTES = str.maketrans("’‘“”«»", '\'\'""""')


def _bare(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).strip(" .\"'")


def sentences_left(pair: Pair, english: frozenset[str]) -> Iterator[Hit]:
    """Yield the sentences of the article that stand in the original word for word.

    Where most of the article does, that is told once.
    """
    same = list(_same(pair))
    left = [(words, span) for words, span in same if _is_foreign(words, english)]
    total = sum(len(words_of(segment.text)) for segment in pair.ours)
    if not pair.document.steps and sum(len(words) for words, _ in left) > _MOST * total:
        start, end = same[0][1]
        yield Hit(
            start=start, end=end, message="Most of the article stands like this in the source"
        )
        return
    for _, (start, end) in left:
        yield Hit(start=start, end=end, message="It stands like this in the source")


def _same(pair: Pair) -> Iterator[tuple[list[Word], Span]]:
    """Yield the words of each sentence that the original has as well, and where it stands."""
    theirs = {_bare(s.text[slice(*span)]) for s in pair.theirs for span in sentences(s)}
    for segment in pair.ours:
        for span in sentences(segment):
            text = segment.text[slice(*span)]
            words = words_of(text)
            if len(words) >= _LEAST_SENTENCE and _bare(text) in theirs:
                yield words, segment.span(*span)


def _is_foreign(words: list[Word], english: frozenset[str]) -> bool:
    """Whether they are no name and no English."""
    small = sum(word.text.islower() for word in words)
    return small >= len(words) / 2 and not is_english(words, english)
