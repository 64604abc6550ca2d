"""Numbers that article and original do not have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transclean.checks import Hit
from transclean.checks.source.pair import Pair, Step, listed, opening
from transclean.model import Document

_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*", re.ASCII
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,10}/\S*"
)
_BIG = re.compile(
    r"[\s\u00a0-]*(?:thousand|million|billion|trillion|mil\b|mille\b|milli|mili|milh|bilh|bili|"
    r"tausend|mio\b|mrd\b|duizend|miljo|miljard|mld\b|mln\b|bn\b|[km]\b)",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"[\s\u00a0\u202f]*(?:h\d*|heures?|uhr|uur|ore|horas?|hs|hrs?|o['’]clock|[ap]\.?\s?m)\b",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:à|alle|ore|las|às|a|om|um|at|gegen|vers|rond)\s\Z", re.IGNORECASE)
_UNIT = re.compile(
    r"[\s\u00a0\u202f]*(?:[ck]?m[²2³3]?|mm|ha|kg|°\s?C|km/h|kilo\w*|qu?il[oóò]\w*|chilo\w*|"
    r"h?ect[aáà]r\w*|ettar\w*|hektar\w*|m[eèé]t[re]\w*|Grad|degr\w*|grad\w*|tonn\w*|litr\w*)\b"
)
_IMPERIAL = re.compile(
    r"\b(?:miles?|mph|feet|foot|ft|yards?|acres?|inch(?:es)?|pounds?|lbs?|fahrenheit|gallons?|"
    r"ounces?)\b|°\s?F",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\W*(?:jours|días|dias|giorni|dagen|Tagen?)\b")
_OTHERWISE = frozenset(("24", "25", "48", "50", "72", "75", "100", "1000", "500000", "1000000"))
_LONGEST = 20  # characters of a number that says how many
_SMALL = 13  # below it numbers are spelt
_ONES: list[str] = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


class Number(NamedTuple):
    """A number in a text, and what it may mean: 1.234 is one of two."""

    start: int
    end: int
    text: str
    values: frozenset[str]


def values_of(token: str) -> frozenset[str]:
    """Return the values of a number as some language writes it; none for dates and the like.

    A value is digits, with a point before decimals.
    """
    bare = re.sub(r"[ \u00a0\u202f]", "", token)
    groups = re.split(r"[.,'’]", bare)
    signs = re.findall(r"[.,'’]", bare)
    if not signs:
        return frozenset((_plain(bare),))
    found = set()
    threes = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    if threes and len(set(signs)) == 1 and groups[0] != "0":
        found.add(_plain("".join(groups)))
    inner = all(len(group) == 3 for group in groups[1:-1])
    if signs[-1] in ".," and inner and signs[-1] not in signs[:-1] and len(set(signs[:-1])) <= 1:
        whole, rest = _plain("".join(groups[:-1])), groups[-1].rstrip("0")
        found.add(f"{whole}.{rest}" if rest else whole)
    return frozenset(found)


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _tokens(text: str) -> Iterator[Number]:
    text = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    for found in _NUMBER.finditer(text):
        yield Number(*found.span(), found[0], values_of(found[0]))


def _telling(text: str) -> str:
    """Return the digits of a number that its size does not change."""
    return text.replace(".", "").strip("0")


class _Holding:
    """All the numbers of a text, in whatever form."""

    def __init__(self, text: str) -> None:
        self.text = text.lower()
        self.values: set[str] = set()
        for found in _NUMBER.finditer(text):
            self.values |= values_of(found[0])
            self.values.update(map(_plain, re.findall(r"\d+", found[0])))
        self.ends = {value[-2:] for value in self.values if len(value) == 4}
        self.telling = {_telling(value) for value in self.values}
        self.imperial = bool(_IMPERIAL.search(text))

    def has(self, number: Number, big: bool) -> bool:
        """Whether the number stands there, be it shortened, spelt or with a word for its size."""
        if number.values & self.values:
            return True
        telling = {_telling(value) for value in number.values}
        if (big or self._is_big) and telling & self.telling:
            return True
        sized = (
            {value for value in telling if big or self._is_big} if len(number.text) > 2 else set()
        )
        return any(self._has(value) for value in number.values | sized)

    @property
    def _is_big(self) -> bool:
        return any(word in self.text for word in ("thousand", "illion", "hundred"))

    def _has(self, value: str) -> bool:
        if not value.isdecimal():
            return False
        if len(value) == 2 and value in self.ends:
            return True
        if len(value) == 4 and re.search(rf"[-–/'’]{value[2:]}\b", self.text):
            return True
        number = int(value)
        if number % 10 == 0 and number <= 100 and "decade" in self.text:
            return True
        if not 0 < number < 100:
            return False
        word = spelt(number)  # the nineties
        return word in self.text or (word[-1] == "y" and f"{word[:-1]}ies" in self.text)


def spelt(number: int) -> str:
    """Return a number below a hundred in English words."""
    if number < 20:
        return _ONES[number]
    tens, one = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[one]}" if one else _TENS[tens]


def _all(document: Document) -> str:
    """Return what a document says, in whatever place of it, also where markup cuts it in two."""
    same = document.body.text == document.text
    return document.text if same else f"{document.text}\n{document.body.text}"


def _held(pair: Pair) -> Iterator[tuple[Step, _Holding, _Holding]]:
    """Yield each step with the numbers in which its own may stand: those of the whole texts.

    In a file of translations it is those of the source and its translation.
    """
    if pair.document.steps:
        for step in pair.steps:
            ours = "\n".join(pair.ours[at].text for at in step.ours)
            theirs = "\n".join(pair.theirs[at].text for at in step.theirs)
            yield step, _Holding(ours), _Holding(theirs)
        return
    article, original = _Holding(_all(pair.document)), _Holding(_all(pair.original))
    for step in pair.steps:
        yield step, article, original


class _Numbers:
    """The numbers that only one of the two texts has, by paragraph."""

    def __init__(self, pair: Pair) -> None:
        self.lost: dict[int, list[Number]] = {}
        self.added: dict[int, list[Number]] = {}
        for step, article, original in _held(pair):
            for at in step.theirs:
                if at not in pair.lost:
                    numbers = _plainly(pair.theirs[at].text, article)
                    self.lost[at] = [n for n in numbers if not _small(n)]
            for at in step.ours if step.theirs else ():
                numbers = _plainly(pair.ours[at].text, original)
                self.added[at] = [n for n in numbers if not _is_reckoned(pair.ours[at].text, n)]
        self.changed: dict[int, tuple[int, Number, Number]] = {}
        for step in pair.steps:
            lost = [(at, n) for at in step.theirs for n in self.lost.get(at, ())]
            added = [(at, n) for at in step.ours for n in self.added.get(at, ())]
            if len(lost) == len(added) == 1:
                (_, before), (at, now) = lost[0], added[0]
                self.changed[at] = (step.theirs[0], before, now)
                self.lost[lost[0][0]], self.added[at] = [], []
        self.added = {at: list(filter(_is_exact, found)) for at, found in self.added.items()}


def _plainly(text: str, other: _Holding) -> Iterator[Number]:
    """Yield the numbers of a paragraph that the other text surely lacks."""
    for number in _tokens(text):
        before, after = _around(text, number)
        if not number.values or len(number.text) > _LONGEST or number.text[0] == "0":
            continue
        if before[-1:].isalpha():
            continue
        if after[:1].isalpha() or before[-1:] in ("+", ":", "/", "#", "°"):
            continue
        if re.match(r"[:/]\d", after) or _HOURS.match(after) or _is_time(before, number):
            continue
        if number.values & _OTHERWISE or ("15" in number.values and _DAYS.match(after)):
            continue
        if _UNIT.match(after) and other.imperial:
            continue
        if not other.has(number, bool(_BIG.match(after))):
            yield number


def _around(text: str, number: Number) -> tuple[str, str]:
    """Return what stands right before a number, and right after it."""
    return text[max(0, number.start - 200) : number.start], text[number.end : number.end + 20]


def _is_time(before: str, number: Number) -> bool:
    hour, _, minutes = number.text.replace(",", ".").partition(".")
    if not hour.isdecimal() or int(hour) > 24:
        return False
    return (len(minutes) == 2 and int(minutes) < 60) or bool(not minutes and _AT.search(before))


def _small(number: Number) -> bool:
    telling = {int(v) for v in number.values if v.isdecimal()}
    telling |= {int(_telling(v) or "0") for v in number.values if v.isdecimal() and len(v) > 3}
    return any(value < _SMALL for value in telling)


def _is_reckoned(text: str, number: Number) -> bool:
    """Whether a number of the article may be one that the translator reckoned or wrote out."""
    before, after = _around(text, number)
    if re.search(r"[$£¥]\s?$|\([^()]*$", before) or _BIG.match(after):
        return True
    return bool(_IMPERIAL.match(after.lstrip(" \u00a0-"))) or _small(number)


def _is_exact(number: Number) -> bool:
    """Whether a number is one that no text writes in words: a year, an odd sum, decimals."""
    whole = [int(value) for value in number.values if value.isdecimal()]
    return all(value > 100 and (value % 10 or 1000 <= value <= 2100) for value in whole)


def numbers_lost(pair: Pair) -> Iterator[Hit]:
    """Yield the paragraphs whose numbers the article lacks."""
    for their, numbers in _numbers(pair).lost.items():
        told = list(dict.fromkeys(number.text for number in numbers))
        if told:
            quoted = f"{listed(told)} of “{opening(pair.theirs[their].text)}”"
            message = f"The source has {quoted}, the article does not"
            yield from pair.hit(their, numbers[0].start, message)


def numbers_added(pair: Pair) -> Iterator[Hit]:
    """Yield the numbers that the original lacks."""
    for our, numbers in _numbers(pair).added.items():
        for number in numbers:
            start, end = pair.ours[our].span(number.start, number.end)
            yield Hit(start=start, end=end, message=f"The source has no “{number.text}”")


def numbers_changed(pair: Pair) -> Iterator[Hit]:
    """Yield the numbers in whose place the original has another."""
    for our, (_, before, now) in _numbers(pair).changed.items():
        start, end = pair.ours[our].span(now.start, now.end)
        message = f"“{now.text}” is “{before.text}” in the source"
        yield Hit(start=start, end=end, message=message)


def _numbers(pair: Pair) -> _Numbers:
    return pair.document.once("source-numbers", lambda _: _Numbers(pair))
