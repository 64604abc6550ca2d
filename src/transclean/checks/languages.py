"""Which language words are in: by the share of function words, and by langdetect where in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache
from math import log
from typing import Any, NamedTuple

from transclean.checks.wordlists import lexicon, words_and_quotes
from transclean.prose import ABBREVIATIONS
from transclean.rulebook.lexicons import Lexicons

OTHER = "xx"  # in the lexicon: a language that nothing is translated from
_SURE = 0.9  # what langdetect must give
_TRIALS = 7  # whose mean it gives
_ENGLISH = 0.1  # most English function words that a foreign stretch may hold
_DOUBT = 2 / 3  # of the share of function words that is enough, where langdetect is asked


class Verdict(NamedTuple):
    """What function words say of a stretch: its language, and whether they alone decide."""

    language: str
    sure: bool
    hits: float
    strong: int


class FunctionWords:
    """Function words of other languages with their marks, and of English."""

    def __init__(self, foreign: Mapping[str, str], english: Mapping[str, str]) -> None:
        self.foreign, self.english = foreign, english
        known = {word: marks[-1:] for word, marks in foreign.items() if marks != OTHER}
        self.known = frozenset(known)
        self.particles = frozenset(word for word, mark in known.items() if mark == "~")
        self.telling = frozenset(word for word, mark in known.items() if mark not in ("~", "*"))
        self.signs = Signs(self)

    @classmethod
    def of(cls, lexicons: Lexicons, foreign: str, english: str) -> FunctionWords:
        """Return those of two lexicons, the same ones each time."""
        return lexicons[foreign].once(
            f"function words, {english}",
            lambda _: cls(lexicon(lexicons, foreign), lexicon(lexicons, english)),
        )

    def speaks(self, words: Collection[str]) -> bool:
        """Whether they may be of another language: a word that says so, or two particles."""
        return not self.telling.isdisjoint(words) or len(self.particles.intersection(words)) > 1

    def may_speak(self, words: Set[str]) -> bool:
        """Whether they speak, or three of them are words that names and English have, too."""
        known = len(self.known.intersection(words))
        return known > 2 or (known > 0 and self.speaks(words))

    def may_be_judged(self, signs: str, share: float) -> bool:
        """Whether `judge` may find a language in stretches with these signs.

        Such a stretch has few English words among those of its language; so has one part of it
        at least, where it is cut at marks. Or it is a clause without an English word, and two
        words of it tell its language.
        """
        if signs.count(TELLS) > 1:
            return True
        least = share * _DOUBT / _ENGLISH * (1 - 1e-9)  # foreign words for an English one
        for part in signs.split(STOP):
            english = part.count(_IS_ENGLISH)
            if english * (1 + least) > len(part):
                continue
            foreign = len(part) - part.count(_SAYS_NOTHING) - english
            if foreign and foreign >= least * english and self.signs.may_be_of_one(part, least):
                return True
        return False

    def is_of(self, word: str, language: str) -> bool:
        """Whether it is a function word of `language`."""
        return language in self.foreign.get(word, "")

    def judge(self, words: Sequence[str], least: int, share: float) -> Verdict | None:
        """Return the language of `words` if it may be another than English.

        `share` of them must be function words for a sure verdict, two thirds of it for one
        that langdetect must confirm, or all of it where each stands in names, too.
        """
        if len(words) < least:
            return None
        hits, strong = self._count(words)
        if not hits:
            return None
        ranked = sorted(hits, key=lambda code: (-hits[code], -len(strong[code]), code))
        best = next((code for code in ranked if code != OTHER), OTHER)
        if hits[best] < 2 or not any(len(word) > 1 and self.is_of(word, best) for word in words):
            return None
        english = sum(word in self.english and not self.is_of(word, best) for word in words)
        part = hits[best] / len(words)
        enough = share * _DOUBT if strong[best] else share
        if best == OTHER or english > _ENGLISH * len(words) or part < enough:
            return None
        rival = max((hits[code] for code in ranked if code != best), default=0)
        sure = len(strong[best]) >= 2 and part >= share and rival < hits[best] and not english
        return Verdict(best, sure, hits[best], len(strong[best]))

    def _count(self, words: Iterable[str]) -> tuple[Counter[str], dict[str, set[str]]]:
        """Return what each language has of `words`, and which of them are strong."""
        hits: Counter[str] = Counter()
        strong: dict[str, set[str]] = {}
        for word in words:
            codes = self.foreign.get(word, "").split()
            weak = bool(codes) and codes[-1][0] in "~*"
            for code in codes[:-1] if weak else codes:
                hits[code] += 1
                strong.setdefault(code, set())
                if not weak:
                    strong[code].add(word)
        return hits, strong


# What a word says of its language: English, nothing, or another and which. Words that several
# languages have get a sign for each kind of them. And marks at which a stretch begins or ends.
_IS_ENGLISH, _SAYS_NOTHING, TELLS, QUOTES, STOP = 'e.t"|'
_FIRST_OF_KINDS = 0x80
_REMEMBERED = 40_000  # pieces
_AROUND_WORDS = ",;:()[]—–-‘’'"  # marks that mean nothing here
_STOPS = re.compile(r"[.!?…]+[”’»›\"')\]]*$")


class _Kind(NamedTuple):
    """What languages have a word, whether English is one, and whether it is a weak sign of them."""

    languages: frozenset[str]
    is_english: bool
    is_weak: bool  # English spells something so


class Signs(dict[str, str]):
    """What a piece of a text between blanks says: a sign for each word and mark."""

    def __init__(self, words: FunctionWords) -> None:
        self._words = words
        self._kinds: dict[str, _Kind] = {}  # by their signs
        self._signs: dict[_Kind, str] = {}
        self._speaking = {TELLS}
        self._languages = {one for marks in set(words.foreign.values()) for one in _codes(marks)}

    def of(self, pieces: Iterable[str]) -> str:
        """Return the signs of some pieces."""
        return "".join(map(self.__getitem__, pieces))

    def may_speak(self, signs: str) -> bool:
        """Whether words with these signs may speak: one of them is no weak sign."""
        return not self._speaking.isdisjoint(signs)

    def may_be_of_one(self, signs: str, least: float) -> bool:
        """Whether one language has a word of them, and `least` times as many as English has."""
        kinds = [self._kinds[sign] for sign in signs if sign in self._kinds]
        telling, english = signs.count(TELLS), signs.count(_IS_ENGLISH)
        for language in self._languages:
            own = telling + sum([language in kind.languages for kind in kinds])
            others = sum([kind.is_english and language not in kind.languages for kind in kinds])
            if own and own >= least * (english + others):
                return True
        return False

    def __missing__(self, piece: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        word = piece.strip(_AROUND_WORDS)
        signs = self[piece] = self._of_word(word) if word.isalpha() else self._of_piece(piece)
        return signs

    def _of_piece(self, piece: str) -> str:
        words = words_and_quotes(piece)
        signs = [self._of_word(word) if word.isalpha() else QUOTES for word in words]
        if _STOPS.search(piece) and piece[:-1].lower() not in ABBREVIATIONS:
            signs.append(STOP)
        return "".join(signs)

    def _of_word(self, word: str) -> str:
        lower, words = word.lower(), self._words
        is_english = lower in words.english
        if lower not in words.known:
            # In capitals it may be an acronym.
            acronym = len(word) > 1 and word.isupper()
            return _IS_ENGLISH if is_english and not acronym else _SAYS_NOTHING
        if lower in words.telling and not is_english:
            return TELLS
        is_weak = lower not in words.telling and lower not in words.particles
        kind = _Kind(_codes(words.foreign[lower]), is_english, is_weak)
        if kind not in self._signs:
            sign = self._signs[kind] = chr(_FIRST_OF_KINDS + len(self._signs))
            self._kinds[sign] = kind
            if not is_weak:
                self._speaking.add(sign)
        return self._signs[kind]


def _codes(marks: str) -> frozenset[str]:
    return frozenset(filter(str.isalpha, marks.split()))


@cache
def _factory() -> Any:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0  # of this factory alone: the same text gets the same answer
    factory.load_profile(PROFILES_DIRECTORY)
    return factory


def detect(text: str) -> tuple[str, float]:
    """Return what langdetect takes `text` for, and how sure it is; nothing where it can't say."""
    return next(iter(_detected(text)), ("", 0.0))


def _detected(text: str, trials: int = _TRIALS) -> list[tuple[str, float]]:
    """Return the likely languages of `text`, the likeliest first: the mean of some trials."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.n_trial = trials
    detector.append(text)
    try:
        return [(found.lang, found.prob) for found in detector.get_probabilities()]
    except LangDetectException:
        return []


def _may_be_sure(text: str, languages: Collection[str]) -> bool:
    """Whether the first of langdetect's trials leaves it open that it is sure of one."""
    least = _SURE * _TRIALS - (_TRIALS - 1) - 0.01
    return any(
        language in languages and probability > least
        for language, probability in _detected(text, trials=1)
    )


@cache
def _letters(language: str) -> tuple[Mapping[str, int], int]:
    """Return how often each three letters stand in a language, and how many there were."""
    import json
    import os

    from langdetect.detector_factory import PROFILES_DIRECTORY

    with open(os.path.join(PROFILES_DIRECTORY, language), encoding="utf-8") as file:
        profile = json.load(file)
    return profile["freq"], profile["n_words"][2]


def foreignness(word: str, language: str) -> float:
    """Return how much likelier a word's letters are in a language than in English, in nats.

    By the frequencies of three letters that langdetect knows languages by.
    """
    return _likelihood(word, language) - _likelihood(word, "en")


def _likelihood(word: str, language: str) -> float:
    counts, total = _letters(language)
    held = f" {word} "
    return sum(log((counts.get(held[at : at + 3], 0) + 0.5) / total) for at in range(len(held) - 2))


def confirmed(text: str, verdict: Verdict | None, languages: Collection[str]) -> str | None:
    """Return the language of `text` where the verdict is sure or langdetect confirms it."""
    if verdict is None or verdict.sure:
        return verdict and verdict.language
    if not _may_be_sure(text, languages):
        return None
    language, probability = detect(text)
    return language if probability >= _SURE and language in languages else None
