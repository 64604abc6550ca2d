"""How sure it is that a document was translated, and from which language."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from transclean.model import Evidence, Provenance, ProvenanceSign, Span
from transclean.rulebook.book import Rule

ANY = "any"
CORROBORATED = 0.3  # how sure other signs must be
COUNTED = 4  # occurrences of one sign; more of the same prove nothing new
LANGUAGES = {
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "de": "German",
    "nl": "Dutch",
}


Found = tuple[Rule, str, Span]  # a match as evidence: its rule, its text, its document span


def given(language: str) -> Provenance:
    """Return the provenance that the user named: a language, or “none” for no translation."""
    strengths = {} if language == "none" else {language: 1.0, ANY: 1.0}
    return Provenance(strengths=strengths, given=language)


def weigh(matches: Iterable[Found]) -> Provenance:
    """Return the provenance that matches speak for.

    The strength for a language is 1-Π(1-w) over the signs for it: what remains when each
    piece of evidence, taken alone, fails with the probability 1-w.
    """
    grouped = _grouped(matches)
    doubts: dict[str, float] = {ANY: 1.0}
    counted: dict[str, int] = {}
    signs = []
    for (name, label), (rule, spans) in grouped.items():
        left = max(0, COUNTED - counted.get(rule.id, 0))
        counted[rule.id] = counted.get(rule.id, 0) + len(spans)
        doubt = (1 - rule.weight) ** min(len(spans), left)
        for language in {*rule.languages, ANY}:
            doubts[language] = doubts.get(language, 1.0) * doubt
        signs.append(
            ProvenanceSign(
                rule=name,
                languages=rule.languages,
                weight=rule.weight,
                label=label,
                spans=tuple(spans),
            )
        )
    strengths = {language: 1 - doubt for language, doubt in doubts.items()}
    signs.sort(key=lambda sign: (-sign.weight * len(sign.spans), sign.spans[0]))
    return Provenance(strengths=strengths, signs=tuple(signs))


def _grouped(matches: Iterable[Found]) -> dict[tuple[str, str], tuple[Rule, list[Span]]]:
    """Return where each rule found each text, under its name and the text."""
    grouped: dict[tuple[str, str], tuple[Rule, list[Span]]] = {}
    for rule, text, span in matches:
        label = " ".join(text.split())
        grouped.setdefault((rule.id, label.casefold()), (rule, []))[1].append(span)
    return grouped


def density(matches: Iterable[Found], body: str) -> float:
    """Return how many leftovers of a translation 100 words of a body of text have.

    Matches that overlap are one, and the same text counts COUNTED times at most.
    """
    spans = [span for _, found in _grouped(matches).values() for span in sorted(found)[:COUNTED]]
    seen, reached = 0, -1
    for start, end in sorted(spans):
        if start >= reached:
            seen += 1
        reached = max(reached, end, start + 1)
    return 100 * seen / max(len(body.split()), 1) if seen else 0.0


def is_corroborated(provenance: Provenance, rule: str) -> bool:
    """Whether there are more signs of a translation than a single one of one rule."""
    own = sum(len(sign.spans) for sign in provenance.signs if sign.rule == rule)
    if own > 1:
        return True
    others = [sign for sign in provenance.signs if sign.rule != rule]
    return 1 - prod((1 - s.weight) ** min(len(s.spans), COUNTED) for s in others) >= CORROBORATED


def explain(
    provenance: Provenance, languages: Iterable[str], most: int = 3
) -> tuple[Evidence, ...]:
    """Return the strongest signs that the document was translated from one of `languages`.

    A place stands there once, also where several rules take it for a sign.
    """
    wanted = set(languages)
    places: dict[Span, ProvenanceSign] = {}
    for sign in provenance.signs:
        if ANY in wanted or wanted & set(sign.languages):
            places.setdefault(sign.spans[0], sign)
    signs = list(places.values())[:most]
    return tuple(
        Evidence(
            start=sign.spans[0].start,
            end=sign.spans[0].end,
            reason=f"translated from {_names(sign.languages)}: ‘{sign.label}’ ×{len(sign.spans)}",
        )
        for sign in signs
    )


def _names(languages: tuple[str, ...]) -> str:
    return " or ".join(
        "another language" if language == ANY else LANGUAGES.get(language, language)
        for language in languages
    )
