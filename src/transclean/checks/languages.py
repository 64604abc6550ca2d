"""Which language words are in: by the share of function words, and by langdetect where in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from math import log
from typing import Any, NamedTuple

OTHER = "xx"  # in the lexicon: a language that nothing is translated from
_SURE = 0.9  # what langdetect must give
_ENGLISH = 0.1  # most English function words that a foreign stretch may hold


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

    def speaks(self, words: Iterable[str]) -> bool:
        """Whether they may be of another language: a word that says so, or two particles."""
        particles = set()
        for word in words:
            marks = self.foreign.get(word)
            if marks is None or marks == OTHER or marks[-1] == "*":
                continue
            if marks[-1] != "~":
                return True
            particles.add(word)
        return len(particles) > 1

    def may_speak(self, words: Set[str]) -> bool:
        """Whether they speak, or three of them are words that names and English have, too."""
        known = sum(self.foreign.get(word, OTHER) != OTHER for word in words)
        return known > 2 or (known > 0 and self.speaks(words))

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
        enough = share * 2 / 3 if strong[best] else share
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


@cache
def _factory() -> Any:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0  # of this factory alone: the same text gets the same answer
    factory.load_profile(PROFILES_DIRECTORY)
    return factory


def detect(text: str) -> tuple[str, float]:
    """Return what langdetect takes `text` for, and how sure it is; nothing where it can't say."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return "", 0.0
    return (found[0].lang, found[0].prob) if found else ("", 0.0)


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


def confirmed(text: str, verdict: Verdict | None, languages: Iterable[str]) -> str | None:
    """Return the language of `text` where the verdict is sure or langdetect confirms it."""
    if verdict is None or verdict.sure:
        return verdict and verdict.language
    language, probability = detect(text)
    return language if probability >= _SURE and language in languages else None
