"""Sentences, clauses and quotations that the translator left in another language."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.languages import QUOTES, STOP, FunctionWords, confirmed, detect
from transclean.checks.wordlists import (
    Word,
    distinct,
    is_english,
    lexicon,
    pieces,
    vocabulary,
    words_of,
)
from transclean.model import Document, Segment, SegmentKind, Span
from transclean.prose import quotations, sentences
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons

Place = Literal["text", "sentence", "clause", "quotation"]
LANGUAGES = ("fr", "es", "pt", "it", "de", "nl")


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    find: Annotated[list[Place], Meta(description="Which stretches are flagged.")]
    foreign: Annotated[str, Meta(description="Lexicon: function word = its languages, marks.")]
    english: Annotated[str, Meta(description="Lexicon of English function words.")]
    names: Annotated[str, Meta(description="Lexicon: code of a language = its English name.")]
    borrowed: Annotated[str, Meta(description="Lexicon of foreign phrases that English has.")]
    min_words: Annotated[int, Meta(ge=2, description="Words of the shortest sentence.")] = 4
    min_clause: Annotated[int, Meta(ge=3, description="Words of the shortest clause.")] = 5
    share: Annotated[
        float, Meta(gt=0, le=1, description="Share of function words that is enough by itself.")
    ] = 0.3
    presented: Annotated[
        list[str],
        Meta(description="Words before a stretch that was left in its language on purpose."),
    ] = []


def _literals(options: Options, lexicons: Lexicons) -> None:
    for name in (options.foreign, options.english, options.names, options.borrowed):
        lexicon(lexicons, name)


TYPE = CheckType(Options, _literals)

# What follows a stretch that is translated right after it: “…” (“…”), …, meaning “…”. Few
# articles ask: this, and what else is seldom asked for, is compiled on use.
_GLOSS = r"""(?x)[.!?…,;:]*["”’»'\])]*\s*(?:
    [(\[=]
  | [—–-]+\s*["“‘'(]
  | ["“‘]
  | ,?\s*(?:or|i\.e\.|that\ is|in\ (?:English|other\ words)|in\ translation|literally)\b
  | ,?\s*(?:which\ )?(?:mean(?:s|ing|t)|translat\w+|roughly|signif\w+)\b
)"""
_ASIDE = r"""["”’»]*\s*[(\[=]"""  # a translation after a whole sentence
_TEXT_SHARE = 0.6  # of the words, for a text that is in another language as a whole
_LEAST_OF_ITS = 3  # function words that make a sentence, however many capitals it has
_LEAST_OF_TEXT = 30  # words by which a text in no language of the packs is judged
_CLAUSE_SHARE = 0.4
_LEAST_OF_SENTENCE = 4  # words
_LEAST_OF_PROSE = 12  # words; a shorter sentence with capitals may be a title
_FAR_LETTERS = "[\u0370-\u1dff\u2c00-\udfff\uf900-\uffff]"  # slow to compile, seldom needed


class Stretch(NamedTuple):
    """A stretch of a segment in another language."""

    segment: Segment
    span: Span
    language: str
    place: Place


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield what is not in English: the text, once, or the stretches that the options name."""
    options: Options = context.options
    search = _search(context)
    whole = search.whole
    if whole:
        if "text" in options.find:
            yield whole
        return
    for stretch in search.stretches:
        if stretch.place in options.find and not search.is_presented(stretch, options.presented):
            start, end = stretch.segment.span(*stretch.span)
            name = search.names.get(stretch.language, stretch.language)
            yield Hit(start=start, end=end, message=f"Left in {name}: not translated")


def _search(context: CheckContext) -> "_Search":
    """Return the search in a document, which rules that look for other places share."""
    one: Options = context.options
    lists = f"{one.foreign} {one.english} {one.names} {one.borrowed}"
    key = f"foreign {lists} {one.min_words} {one.min_clause} {one.share}"
    return context.document.once(key, lambda _: _Search(context))


class _Search:
    """The stretches of one document that are in another language."""

    def __init__(self, context: CheckContext) -> None:
        self.document: Document = context.document
        self.options: Options = context.options
        self.names = lexicon(context.lexicons, self.options.names)
        self.words = FunctionWords.of(context.lexicons, self.options.foreign, self.options.english)
        self.borrowed = lexicon(context.lexicons, self.options.borrowed)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """Every stretch in another language, whatever its place, in order."""
        return list(self._stretches())

    @cached_property
    def whole(self) -> Hit | None:
        """The finding for a text that is in another language as a whole."""
        if self.stretches:
            return self._mostly(self.stretches)
        return self._far() if self._looks_far() else None

    def is_presented(self, stretch: Stretch, presented: list[str]) -> bool:
        """Whether it was left in its language on purpose: a motto, a title, a translation after."""
        text, (start, end) = stretch.segment.text, stretch.span
        if stretch.place == "sentence":
            return re.compile(_ASIDE).match(text, end) is not None
        # An editor's brackets are for readers who are to see the original.
        if "[" in text[start:end] or self._is_borrowed(text[start:end]):
            return True
        before = [word.lower for word in words_of(text, max(0, start - 50), start)]
        if not set(before[-4:]).isdisjoint(presented):
            return True
        return re.compile(_GLOSS).match(text, end) is not None

    def _is_borrowed(self, text: str) -> bool:
        """Whether a phrase that English has borrowed makes up most of it."""
        words = [word.lower for word in words_of(text)]
        said = f" {' '.join(words)} "
        return any(
            f" {phrase} " in said and len(phrase.split()) * 2 > len(words)
            for phrase in self.borrowed
        )

    def _stretches(self) -> Iterator[Stretch]:
        if not self.words.may_speak(vocabulary(self.document)):
            return
        for segment in self.document.segments:
            if self._may_hold(segment.text, self.words.signs.of(pieces(segment))):
                yield from _joined(self._of_segment(segment))

    def _may_hold(self, text: str, signs: str) -> bool:
        """Whether there may be a stretch in a text: a sentence, or what speaks by itself."""
        if self.words.may_be_judged(signs.replace(QUOTES, ""), self.options.share):
            return self.words.may_speak(distinct(text))
        return (
            QUOTES in signs
            and self.words.signs.may_speak(signs)
            and self.words.may_be_judged(signs.replace(QUOTES, STOP), self.options.share)
            and self.words.speaks(distinct(text))
        )

    def _of_segment(self, segment: Segment) -> Iterator[Stretch]:
        for sentence in sentences(segment):
            text = segment.text[slice(*sentence)]
            if not self._may_hold(text, self.words.signs.of(text.split()).replace(STOP, "")):
                continue
            held = words_of(segment.text, *sentence)
            said = {word.lower for word in held}
            if not self.words.may_speak(said):
                continue
            # A title in quotation marks may have no word that speaks.
            speaks = self.words.speaks(said)
            for stretch in self._of_sentence(segment, sentence, held):
                if speaks or stretch.place == "sentence":
                    yield stretch

    def _of_sentence(
        self, segment: Segment, sentence: Span, words: list[Word]
    ) -> Iterator[Stretch]:
        quoted = [
            q for q in quotations(segment) if q.start < sentence.end and q.end > sentence.start
        ]
        language = self._language(segment.text, words)
        if language and not _is_name(segment, words, self.words, language):
            inside = any(q.start <= words[0].start and q.end >= words[-1].end for q in quoted)
            yield Stretch(segment, sentence, language, "quotation" if inside else "sentence")
            return
        for quotation in quoted:
            held = [w for w in words if quotation.start <= w.start and w.end <= quotation.end]
            language = self._language(segment.text, held)
            if language and not _is_title(held, self.words, language):
                yield Stretch(segment, _around(held), language, "quotation")
        outside = [w for w in words if not any(q.start <= w.start < q.end for q in quoted)]
        for clause in self._clauses(segment.text, outside):
            language = self._language(segment.text, clause)
            if language and not _is_title(clause, self.words, language):
                yield Stretch(segment, _around(clause), language, "clause")

    def _language(self, text: str, words: Sequence[Word]) -> str | None:
        loud = sum(word.text.isupper() for word in words) > len(words) / 2
        # Among words in lower case, one in capitals is an acronym.
        lower = [w.lower if loud or len(w.text) == 1 or not w.text.isupper() else "" for w in words]
        verdict = self.words.judge(lower, self.options.min_words, self.options.share)
        if verdict is None:
            return None
        return confirmed(text[words[0].start : words[-1].end], verdict, LANGUAGES)

    def _clauses(self, text: str, words: list[Word]) -> Iterator[list[Word]]:
        """Yield runs without an English function word that have enough foreign ones."""
        clause: list[Word] = []
        for word in words:
            if word.lower in self.words.english:
                yield from self._clause(text, clause)
                clause = []
            else:
                clause.append(word)
        yield from self._clause(text, clause)

    def _clause(self, text: str, words: list[Word]) -> Iterator[list[Word]]:
        verdict = self.words.judge([word.lower for word in words], 1, 0.01)
        if verdict is None or verdict.strong < 2:
            return
        known = [n for n, w in enumerate(words) if self.words.is_of(w.lower, verdict.language)]
        first, last = known[0], known[-1]
        while last + 1 < len(words) and text[words[last].end : words[last + 1].start] in " -’'":
            last += 1
        clause = words[first : last + 1]
        enough = len(known) >= _CLAUSE_SHARE * len(clause) and len(known) >= 3
        if enough and len(clause) >= self.options.min_clause:
            yield clause

    def _mostly(self, found: list[Stretch]) -> Hit | None:
        bodies = [stretch for stretch in found if stretch.place == "sentence"]
        quoted = sum(_length(s) for s in found if s.place == "quotation")
        total = sum(len(words_of(segment.text)) for segment in self.document.segments)
        if not bodies or sum(map(_length, bodies)) < _TEXT_SHARE * (total - quoted):
            return None
        languages = [stretch.language for stretch in bodies]
        language = max(dict.fromkeys(languages), key=languages.count)
        name = self.names.get(language, language)
        return self._whole(*self._begin(bodies[0]), name)

    def _begin(self, stretch: Stretch) -> tuple[Segment, Span]:
        """Return the first sentence that is no English: the one of the stretch or one before."""
        for segment in self.document.segments:
            for span in sentences(segment):
                words = words_of(segment.text, *span)
                if (segment, span) == (stretch.segment, stretch.span) or (
                    len(words) >= _LEAST_OF_SENTENCE and not is_english(words, self.words.english)
                ):
                    return segment, span
        return stretch.segment, stretch.span

    def _looks_far(self) -> bool:
        """Whether hardly a word is an English function word, or hardly a letter Latin."""
        known = vocabulary(self.document)
        if len(self.words.english.keys() & known) <= 0.04 * len(known):
            return len(known) >= _LEAST_OF_TEXT or self._is_far_script()
        return False

    def _is_far_script(self) -> bool:
        text = self.document.body.text
        return len(re.findall(_FAR_LETTERS, text)) > max(20, len(text) / 3)

    def _far(self) -> Hit | None:
        segment = max(self.document.segments, key=lambda s: len(s.text), default=None)
        if segment is None:
            return None
        language, probability = detect(self.document.body.text[:2000])
        if language == "en":
            return None
        if probability >= 0.99 and language in self.names:
            name = self.names[language]
        elif self._is_prose():
            name = "no language that is known here"
        else:
            return None
        first = self.document.segments[0]
        return self._whole(first, next(iter(sentences(first)), Span(0, 1)), name)

    def _is_prose(self) -> bool:
        """Whether it is running text, no list of names or figures."""
        lines = [s for s in self.document.segments if s.kind is SegmentKind.PARAGRAPH]
        words = [word for line in lines for word in words_of(line.text)]
        small = sum(word.text[0].islower() for word in words)
        return small >= _LEAST_OF_TEXT and small >= 0.6 * len(words)

    def _whole(self, segment: Segment, span: Span, name: str) -> Hit:
        start, end = segment.span(*span)
        return Hit(start=start, end=end, message=f"The text is in {name}: not translated")


def _length(stretch: Stretch) -> int:
    return len(words_of(stretch.segment.text, *stretch.span))


def _around(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)


def _is_title(
    words: Sequence[Word], known: FunctionWords, language: str, share: float = 0.5
) -> bool:
    """Whether more than `share` of the words have a capital, as in titles of works and names.

    German writes every noun so: there it must be all words.
    """
    others = [word for word in words if word.lower not in known.foreign]
    capitals = sum(word.text[0].isupper() for word in others)
    if language == "de":
        return bool(others) and capitals == len(others)
    return bool(others) and capitals > share * len(others)


def _is_name(segment: Segment, words: Sequence[Word], known: FunctionWords, language: str) -> bool:
    """Whether it is no sentence: a title or a name on a line, or a list of them."""
    own = sum(known.is_of(word.lower, language) for word in words)
    if own >= _LEAST_OF_ITS and own >= len(words) / 2:
        telling = sum(known.speaks([word.lower]) for word in words)
        if telling >= (2 if language == "de" else _LEAST_OF_ITS):
            return False
    short = segment.kind is not SegmentKind.PARAGRAPH or len(words) < _LEAST_OF_PROSE
    return _is_title(words, known, language, 0.5 if short else 0.75)


def _joined(found: Iterator[Stretch]) -> Iterator[Stretch]:
    """Yield stretches of one segment, those that follow each other as one."""
    last: Stretch | None = None
    for stretch in found:
        if last and stretch.place == last.place != "clause" and stretch.language == last.language:
            between = stretch.segment.text[last.span.end : stretch.span.start]
            if not any(char.isalnum() for char in between):
                last = last._replace(span=Span(last.span.start, stretch.span.end))
                continue
        if last:
            yield last
        last = stretch
    if last:
        yield last
