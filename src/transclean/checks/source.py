"""What the article and its original do not have in common: numbers, links, names, paragraphs.

The paragraphs of the two are aligned first. What the original has and the article lacks is
told at the paragraph that stands for the original's, or after which it would stand. Whatever a
translator may rightly write in another way (spelt numbers, hours, units) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.wordlists import lexicon, words_of
from transclean.model import Document, Segment, SegmentKind, Span
from transclean.prose import quotations, sentences
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons

What = Literal[
    "numbers-lost",
    "numbers-added",
    "numbers-changed",
    "links",
    "quotations",
    "paragraphs",
    "lengths",
    "names",
    "sentences",
]


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    compare: Annotated[What, Meta(description="What is compared.")]
    english: Annotated[
        str | None, Meta(description="For sentences, the lexicon of English function words.")
    ] = None
    first_names: Annotated[
        list[str], Meta(description="For names, the lexicons that tell that a word begins one.")
    ] = []


def _literals(options: Options, lexicons: Lexicons) -> None:
    for name in [*options.first_names, *([options.english] if options.english else [])]:
        lexicon(lexicons, name)


TYPE = CheckType(Options, _literals, sourced=True)


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield what was lost, added or changed of what the rule compares."""
    original = context.document.original
    if original is None or not original.segments or not context.document.segments:
        return
    pair = context.document.once("source-pair", _Pair)
    options: Options = context.options
    if options.compare in _COMPARED:
        yield from _COMPARED[options.compare](pair)
    elif options.compare == "names":
        known = frozenset(
            word for name in options.first_names for word in lexicon(context.lexicons, name)
        )
        yield from _names(pair, known)
    elif options.english:
        yield from _sentences(pair, frozenset(lexicon(context.lexicons, options.english)))


class _Step(NamedTuple):
    """Paragraphs of the original and of the article that stand for each other, by number."""

    theirs: tuple[int, ...]
    ours: tuple[int, ...]


class _Pair:
    """An article and its original, their paragraphs aligned."""

    def __init__(self, document: Document) -> None:
        assert document.original is not None
        self.document, self.original = document, document.original
        self.theirs, self.ours = self.original.segments, document.segments
        self.steps = _aligned(self.original, document)
        self.step_of = {their: step for step in self.steps for their in step.theirs}
        self.lost = {number for number in range(len(self.theirs)) if self._is_lost(number)}
        self.numbers = _Numbers(self)

    def place(self, their: int, sentence: int | None = None) -> Span | None:
        """Return where to tell what paragraph `their` has: its counterpart, or the one before."""
        step = self.step_of[their]
        at = step.ours[0] if step.ours else None
        if at is None:
            sides = [s for s in self.steps if s.ours and s.theirs and s.theirs[-1] < their]
            before = [step.ours[-1] for step in sides]
            at = max(before, default=0)
            sentence = None
        segment = self.ours[at]
        spans = list(sentences(segment))
        if sentence is not None and len(step.theirs) == len(step.ours) == 1:
            parts = sentences(self.theirs[their])
            if len(parts) == len(spans):
                spans = [spans[sentence]]
        # A finding touches nothing that is protected: the first sentence or word that is free.
        words = [Span(word.start, word.end) for word in words_of(segment.text)]
        for span in [*spans, *words]:
            start, end = segment.span(*span)
            if not self.document.is_protected(start, end):
                return Span(start, end)
        return None

    def hit(self, their: int, offset: int, message: str) -> Iterator[Hit]:
        """Yield what to tell of a place in the view of the original's paragraph `their`."""
        parts = sentences(self.theirs[their])
        index = max((n for n, part in enumerate(parts) if part.start <= offset), default=0)
        place = self.place(their, index)
        if place is not None:
            yield Hit(start=place.start, end=place.end, message=message)

    def _is_lost(self, number: int) -> bool:
        """Whether the article surely has nothing for a paragraph of the original."""
        if self.step_of[number].ours:
            return False
        text = self.theirs[number].text
        if self.theirs[number].kind is SegmentKind.HEADING or len(text) < _LEAST_PARAGRAPH:
            return False
        anchors = _anchors(text)
        held = sum(anchor in self.vocabulary for anchor in anchors)
        if anchors:
            return held <= len(anchors) / 2 and (len(anchors) > 1 or len(text) >= _LONG)
        return len(text) >= _LONG and len(self.ours) < len(self.theirs)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The anchors of the whole article."""
        return self.document.once("source-anchors", lambda d: _anchors(d.body.text))


# Paragraphs

_LEAST_PARAGRAPH = 60  # characters
_LONG = 150
_SKIPPED = 1.4  # what a paragraph without a counterpart costs
_BAND = 40  # how far from the diagonal two paragraphs may stand
_ANCHOR = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_ACCENTS = str.maketrans("àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy")


def _folded(word: str) -> str:
    return word.lower().translate(_ACCENTS)


def _anchors(text: str) -> frozenset[str]:
    """Return what a translation keeps: numbers without their signs, words with a capital."""
    found = set()
    for match in _ANCHOR.finditer(text):
        word = match[0]
        if word[0].isdigit():
            found.add(re.sub(r"\D", "", word))
        elif word[0].isupper() and len(word) > 2:
            found.add(_folded(word))
    return frozenset(found)


def _aligned(original: Document, document: Document) -> tuple[_Step, ...]:
    """Return the cheapest way through both texts, paragraph by paragraph, in order."""
    theirs, ours = original.segments, document.segments
    shared = _anchors(original.body.text) & _anchors(document.body.text)
    left = [_Block(s.text, shared, s.kind is SegmentKind.HEADING) for s in theirs]
    right = [_Block(s.text, shared, s.kind is SegmentKind.HEADING) for s in ours]
    ratio = sum(b.length for b in right) / max(1, sum(b.length for b in left))
    ratio = max(0.9, ratio if ratio > 1.5 else 0.0)  # of scripts that need fewer characters
    height, width = len(left), len(right)
    band = _BAND + abs(height - width)
    costs: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(height + 1)]
    costs[0][0] = (0.0, 0, 0)
    for i in range(height + 1):
        middle = i * width // max(1, height)
        for j in range(max(0, middle - band), min(width, middle + band) + 1):
            ways = [(0.0, 0, 0)] if i == j == 0 else []
            for down, along in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
                before = costs[i - down].get(j - along) if i >= down and j >= along else None
                if before is not None:
                    cost = _cost(left[i - down : i], right[j - along : j], ratio)
                    ways.append((before[0] + cost, down, along))
            if ways:
                costs[i][j] = min(ways)
    steps = []
    i, j = height, width
    while i or j:
        _, down, along = costs[i][j]
        steps.append(_Step(tuple(range(i - down, i)), tuple(range(j - along, j))))
        i, j = i - down, j - along
    return tuple(reversed(steps))


class _Block:
    """What the alignment knows of a paragraph."""

    def __init__(self, text: str, shared: frozenset[str], heading: bool) -> None:
        self.length, self.anchors, self.heading = len(text), _anchors(text) & shared, heading


def _cost(theirs: list[_Block], ours: list[_Block], ratio: float) -> float:
    if not theirs or not ours:
        return _SKIPPED
    expected = ratio * sum(block.length for block in theirs) + 15
    length = sum(block.length for block in ours) + 15
    cost = min(1.6, 1.2 * (max(expected, length) / min(expected, length) - 1))
    left = frozenset().union(*(block.anchors for block in theirs))
    right = frozenset().union(*(block.anchors for block in ours))
    if left or right:
        cost += 1.5 * (1 - 2 * len(left & right) / (len(left) + len(right)))
    else:
        cost += 0.5
    if theirs[0].heading != ours[0].heading:
        cost += 0.3
    return cost + (0.5 if len(theirs) != len(ours) else 0.0)


def _opening(text: str) -> str:
    """Return how a paragraph begins, for a message."""
    words = text.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")


def _paragraphs(pair: _Pair) -> Iterator[Hit]:
    """Yield where paragraphs are missing, those in a row together."""
    run: list[int] = []
    for number in [*sorted(pair.lost), -1]:
        if run and number != run[-1] + 1:
            named = f"“{_opening(pair.theirs[run[0]].text)}”"
            if len(run) > 1:
                message = f"{len(run)} paragraphs of the source are missing here, from {named} on"
            else:
                message = f"A paragraph of the source is missing here: {named}"
            yield from pair.hit(run[0], 0, message)
            run = []
        run.append(number)


_SHORT = 0.4  # of the length that was to be expected
_SHORTENED = 250  # characters of the shortest paragraph that is looked at


def _lengths(pair: _Pair) -> Iterator[Hit]:
    """Yield the paragraphs of which most is missing."""
    both = [step for step in pair.steps if step.theirs and step.ours]
    sums = [(_total(pair.theirs, s.theirs), _total(pair.ours, s.ours)) for s in both]
    ratios = sorted(ours / theirs for theirs, ours in sums)
    if len(ratios) < 3:  # nothing to compare it with
        return
    usual = min(1.0, ratios[len(ratios) // 2])
    for step, (theirs, ours) in zip(both, sums, strict=True):
        if len(step.theirs) == 1 and theirs >= _SHORTENED and ours < _SHORT * usual * theirs:
            named = _opening(pair.theirs[step.theirs[0]].text)
            share = round(100 * ours / theirs)
            message = f"Most of a paragraph of the source is missing ({share} % as long): “{named}”"
            yield from pair.hit(step.theirs[0], 0, message)


def _total(segments: Sequence[Segment], numbers: tuple[int, ...]) -> int:
    return sum(len(segments[number].text) for number in numbers)


# Numbers

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


class _Numbers:
    """The numbers that only one of the two texts has, by paragraph."""

    def __init__(self, pair: _Pair) -> None:
        article, original = _Holding(_all(pair.document)), _Holding(_all(pair.original))
        self.lost: dict[int, list[Number]] = {}
        self.added: dict[int, list[Number]] = {}
        for at, segment in enumerate(pair.theirs):
            if at not in pair.lost:
                self.lost[at] = [n for n in _plainly(segment.text, article) if not _small(n)]
        for step in pair.steps:
            if step.theirs:
                for at in step.ours:
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


def _numbers_lost(pair: _Pair) -> Iterator[Hit]:
    for their, numbers in pair.numbers.lost.items():
        told = list(dict.fromkeys(number.text for number in numbers))
        if told:
            quoted = f"{_words(told)} of “{_opening(pair.theirs[their].text)}”"
            message = f"The source has {quoted}, the article does not"
            yield from pair.hit(their, numbers[0].start, message)


def _numbers_added(pair: _Pair) -> Iterator[Hit]:
    for our, numbers in pair.numbers.added.items():
        for number in numbers:
            start, end = pair.ours[our].span(number.start, number.end)
            yield Hit(start=start, end=end, message=f"The source has no “{number.text}”")


def _numbers_changed(pair: _Pair) -> Iterator[Hit]:
    for our, (_, before, now) in pair.numbers.changed.items():
        start, end = pair.ours[our].span(now.start, now.end)
        message = f"“{now.text}” is “{before.text}” in the source"
        yield Hit(start=start, end=end, message=message)


def _words(told: list[str]) -> str:
    quoted = [f"“{one}”" for one in told[:5]]
    more = len(told) - len(quoted)
    if more:
        return f"{', '.join(quoted)} and {more} more"
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


# Links

_LINK = re.compile(r"https?://[^\s<>\"'’”»)\]}|\\^`]+", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b")
_ANCHORED = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']?(?=https?://)", re.IGNORECASE)
_STOPS = ".,;:!?*_"


def _host(link: str) -> str:
    host = re.split("[/:]", link.lower().partition("://")[2])[0]
    return ".".join(host.split(".")[-2:])


def _address(link: str) -> str:
    bare: str = re.sub(r"^https?://(?:www\.)?", "", link.rstrip(_STOPS), flags=re.IGNORECASE)
    return bare.partition("?")[0].partition("#")[0].rstrip("/").lower()


def _links_in(document: Document) -> list[tuple[int, str]]:
    text = document.text
    if document.format != "html":
        return [(found.start(), found[0].rstrip(_STOPS)) for found in _LINK.finditer(text)]
    starts = [found.end() for found in _ANCHORED.finditer(text)]
    return [(at, found[0].rstrip(_STOPS)) for at in starts if (found := _LINK.match(text, at))]


def _links(pair: _Pair) -> Iterator[Hit]:
    """Yield links and e-mail addresses that are lost; one to another page of the site is none."""
    theirs, text = _links_in(pair.original), pair.document.text.lower()
    ours = [link for _, link in _links_in(pair.document)] + _LINK.findall(pair.document.text)
    lost: dict[int, list[str]] = {}
    hosts = [_host(link) for link in dict.fromkeys(ours)]
    wanted = [_host(link) for link in dict.fromkeys(link for _, link in theirs)]
    for at, link in theirs:
        host = _host(link)
        if _address(link) not in text and hosts.count(host) < wanted.count(host):
            lost.setdefault(_paragraph_at(pair.original, at), []).append(link)
    for found in _MAIL.finditer(_LINK.sub(lambda f: " " * len(f[0]), pair.original.text)):
        if found[0].lower() not in text:
            lost.setdefault(_paragraph_at(pair.original, found.start()), []).append(found[0])
    for their, gone in sorted(lost.items()):
        if their not in pair.lost:
            told = list(dict.fromkeys(gone))
            message = f"The source has {_words(told)} here, the article does not"
            yield from pair.hit(their, 0, message)


def _paragraph_at(document: Document, offset: int) -> int:
    starts = [n for n, segment in enumerate(document.segments) if segment.start <= offset]
    return max(starts, default=0)


# Quotations

_ANY_MARK = re.compile(r"[“”„«»\"‹›]|(?<!\w)[‘']|``|''")
_SAID = 4  # words; less may be a title, which English sets in italics


def _said(segment: Segment, least: int) -> int:
    spans = quotations(segment)
    return sum(len(words_of(segment.text, *span)) >= least for span in spans)


def _quotations(pair: _Pair) -> Iterator[Hit]:
    """Yield where the original quotes and the article has no quotation mark at all."""
    for step in pair.steps:
        if not step.theirs or not step.ours:
            continue
        if any(pair.ours[n].kind is SegmentKind.QUOTATION for n in step.ours):
            continue  # a block quotation needs no marks
        count = sum(_said(pair.theirs[n], _SAID) for n in step.theirs)
        if count and not any(_ANY_MARK.search(pair.ours[n].text) for n in step.ours):
            their = next(n for n in step.theirs if _said(pair.theirs[n], _SAID))
            segment = pair.theirs[their]
            spans = [s for s in quotations(segment) if len(words_of(segment.text, *s)) >= _SAID]
            quoted = _opening(segment.text[slice(*spans[0])])
            more = f" and {count - 1} more" if count > 1 else ""
            message = f"What the source quotes has no quotation marks here: {quoted}{more}"
            yield from pair.hit(their, spans[0].start, message)


# Names

_LEAST_NAME = 4  # letters
_FULL = re.compile(
    r"(?<![\w’'-])(\w[\w’'-]+)((?:\s(?:de|du|des|del|della|di|da|dos|van|von|der|den|la|le|ter))*)"
    r"\s(\w[\w’'-]+)"
)
_SOUNDS = str.maketrans({"z": "s", "c": "k", "q": "k", "w": "v", **dict.fromkeys("aeiouyhj", "")})


def _sound(name: str) -> str:
    """Return the consonants of a name, as far as languages write them differently."""
    bare = re.sub(r"\W", "", _folded(name)).replace("ph", "f").translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", bare)


def _names(pair: _Pair, first_names: frozenset[str]) -> Iterator[Hit]:
    """Yield people of the original, told by their first names, whose surname is lost."""
    held = {_folded(word) for word in re.findall(r"[^\W\d_]+", pair.document.text)}
    sounds = {_sound(word) for word in held}
    small = frozenset(re.findall(r"[^\W\d_]+", pair.original.text))
    first_names = frozenset(n for n in first_names if len(n) > 2 and n.lower() not in small)
    told: set[str] = set()
    lost: dict[int, list[tuple[int, str]]] = {}
    for their, segment in enumerate(pair.theirs):
        if their in pair.lost or not pair.step_of[their].ours:
            continue
        for first, between, surname, at in _people(segment.text, first_names):
            parts = [_folded(part) for part in re.findall(r"[^\W\d_]+", surname)]
            if (
                surname in told
                or surname.lower() in small
                or any(part in held for part in parts if len(part) > 2)
            ):
                continue
            told.add(surname)
            if _sound(surname) in sounds or any(_alike(_folded(surname), word) for word in held):
                continue
            name = f"{first}{between} {surname}"
            hit = _altered(pair, their, first, name)
            if hit is not None:
                yield hit
            elif _folded(first) not in held:
                lost.setdefault(their, []).append((at, name))
    for their, names in lost.items():
        message = f"The source names {_words([name for _, name in names])}, the article does not"
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


def _altered(pair: _Pair, their: int, first: str, name: str) -> Hit | None:
    """Return where the article gives the first name another surname, one of no other person."""
    pattern = re.compile(rf"\b{re.escape(first)}\s(?:(?:de|du|van|von|di|da)\s)?([A-Z]\w+)")
    for our in pair.step_of[their].ours:
        found = pattern.search(pair.ours[our].text)
        if found and _folded(found[1]) not in _anchors(pair.original.body.text):
            start, end = pair.ours[our].span(*found.span())
            return Hit(start=start, end=end, message=f"“{found[0]}” is “{name}” in the source")
    return None


# Sentences

_LEAST_SENTENCE = 5  # words
_ENGLISH = 0.2  # share of function words of a sentence that is English
_QUOTES = str.maketrans("’‘“”«»", '\'\'""""')


def _bare(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).strip(" .\"'")


def _sentences(pair: _Pair, english: frozenset[str]) -> Iterator[Hit]:
    """Yield the sentences of the article that stand in the original word for word."""
    theirs = {_bare(s.text[slice(*span)]) for s in pair.theirs for span in sentences(s)}
    for segment in pair.ours:
        for span in sentences(segment):
            text = segment.text[slice(*span)]
            words = words_of(text)
            if len(words) < _LEAST_SENTENCE or _bare(text) not in theirs:
                continue
            small = sum(word.text.islower() for word in words)
            spoken = sum(word.lower in english for word in words)
            if small < len(words) / 2 or spoken >= _ENGLISH * len(words):
                continue
            start, end = segment.span(*span)
            yield Hit(start=start, end=end, message="It stands like this in the source")


_COMPARED: Mapping[str, Callable[[_Pair], Iterator[Hit]]] = {
    "numbers-lost": _numbers_lost,
    "numbers-added": _numbers_added,
    "numbers-changed": _numbers_changed,
    "links": _links,
    "quotations": _quotations,
    "paragraphs": _paragraphs,
    "lengths": _lengths,
}
