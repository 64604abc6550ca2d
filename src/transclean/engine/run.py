"""Run a rulebook over a document."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec

from transclean.checks import CheckContext, Hit, get_check
from transclean.engine.places import Contexts
from transclean.engine.provenance import (
    LANGUAGES,
    Found,
    density,
    explain,
    given,
    is_corroborated,
    weigh,
)
from transclean.engine.repair import Filler, fixes
from transclean.engine.scan import Candidate, Sieve
from transclean.formats import get_format
from transclean.model import (
    Applicability,
    Document,
    Evidence,
    Failure,
    Finding,
    Fix,
    Provenance,
    Segment,
    Span,
)
from transclean.rulebook.book import Rule, Rulebook
from transclean.rulebook.patterns import Pattern
from transclean.rulebook.style import Style

_SURE = 0.99  # that a text is in a language
_ARTICLE = 120  # words; a shorter text may have one sign of a translation alone
_MESSAGE = 500  # characters; a message may quote a match of any length


class Outcome(msgspec.Struct, frozen=True):
    """What the engine says of a document: findings in the order of the text, and failures.

    `provenance` is what the findings that need one stood on.
    """

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    provenance: Provenance


class Engine:
    """A rulebook with the choices of a user, ready to run over documents. Pickles."""

    def __init__(
        self,
        book: Rulebook,
        enabled: Sequence[bool],
        *,
        style: Style = Style(),  # noqa: B008  # frozen
        source_language: str = "auto",
        timeout: float = 2.0,
        min_confidence: float = 0.0,
    ) -> None:
        """`enabled` says of each rule whether its findings are wanted.

        `timeout` is in seconds, for one pattern on one segment; findings that are less sure
        than `min_confidence` are left out.
        """
        self.book, self.enabled, self.style = book, enabled, style
        self.source_language, self.timeout = source_language, timeout
        self.min_confidence = min_confidence
        self._stages: dict[tuple[bool, bool], frozenset[int]] = {}

    def first(self, weighs: bool, sourced: bool = False) -> frozenset[int]:
        """Return the units that run before the provenance is known.

        With `weighs` those run, too, that are only evidence of it; with `sourced` those that
        compare the document with its original.
        """
        if (weighs, sourced) not in self._stages:
            runs = [
                not heading.needs
                and (sourced or not heading.sourced)
                and (enabled or (weighs and heading.evidence))
                for enabled, heading in zip(self.enabled, self.book.headings, strict=True)
            ]
            self._stages[weighs, sourced] = self.book.units_of(runs)
        return self._stages[weighs, sourced]

    @cached_property
    def second(self) -> frozenset[int]:
        """The units that run once the provenance is known."""
        return self.book.units_of(self._needing)

    @cached_property
    def measuring(self) -> frozenset[int]:
        """The units that run, then, where it is asked how dense the leftovers are.

        Also those whose findings nobody wants: what a user selects changes nothing in what the
        rest finds.
        """
        needing = zip(self._needing, self.book.headings, strict=True)
        return self.book.units_of(
            [runs or (h.needs and not h.dense and not h.preview) for runs, h in needing]
        )

    @cached_property
    def asks_for_density(self) -> bool:
        """Whether a rule whose findings are wanted asks how dense the leftovers are."""
        needing = zip(self._needing, self.book.headings, strict=True)
        return any(runs and heading.dense for runs, heading in needing)

    @cached_property
    def unproven(self) -> frozenset[int]:
        """The units of `second` that run in a document that may not be translated at all."""
        headings = self.book.headings
        needing = zip(self._needing, headings, strict=True)
        return self.book.units_of([runs and h.needs_less for runs, h in needing])

    @cached_property
    def needs_provenance(self) -> bool:
        """Whether a rule whose findings are wanted asks for it."""
        corroborated = zip(self.enabled, self.book.headings, strict=True)
        return any(self._needing) or any(on and h.corroborated for on, h in corroborated)

    @cached_property
    def _needing(self) -> list[bool]:
        """Of each rule whether its findings are wanted and need a provenance."""
        headings = self.book.headings
        return [h.needs and enabled for enabled, h in zip(self.enabled, headings, strict=True)]

    def run(self, document: Document, provenance: Provenance | None = None) -> Outcome:
        """Return the findings of `document`.

        `provenance`, where given, is taken instead of the document's own: a fixer that has
        already repaired the evidence still knows where the article came from.
        """
        return _Run(self, document, provenance).outcome()

    def provenance(self, document: Document) -> Provenance:
        """Return what the document's own evidence says, whether or not a rule asks for it."""
        return _Run(self, document, None).provenance()

    def found(self, document: Document, provenance: Provenance | None = None) -> list[Finding]:
        """Return what every rule finds, also where several say the same of one place."""
        return _Run(self, document, provenance).found()[0]


class _Run:
    """One document on its way through the rules: those that need no provenance first."""

    def __init__(self, engine: Engine, document: Document, provenance: Provenance | None) -> None:
        self.engine, self.document, self.known = engine, document, provenance
        self.book, self.timeout = engine.book, engine.timeout
        self.filler = Filler(engine.style, engine.book.lexicons)
        self.contexts = Contexts(document, engine.book, engine.timeout)
        self.failures: dict[str, Failure] = {}
        self.yielding: set[str] = set()  # rules that found something and yield to others
        self.wanting: set[str] = set()  # and those that want more signs beside them

    def outcome(self) -> Outcome:
        findings, provenance = self.found()
        findings = [f for f in findings if f.confidence >= self.engine.min_confidence]
        return Outcome(tuple(_ordered(findings)), tuple(self.failures.values()), provenance)

    def found(self) -> tuple[list[Finding], Provenance]:
        """Return the findings of each unit, one after the other, and what they stood on."""
        findings, provenance = self._found()
        if self.yielding:
            findings = list(_yielded(findings, self.yielding))
        return findings, provenance

    def _found(self) -> tuple[list[Finding], Provenance]:
        sieve = Sieve(self.document, self.book)
        signs: list[Found] = []
        findings: list[Finding] = []
        sourced = self.document.original is not None
        for candidate in sieve.candidates(self.engine.first(self._weighs(), sourced)):
            findings += self._findings(candidate, signs)
        provenance = self._provenance(signs)
        findings = [finding for finding in findings if self._is_credible(finding, provenance)]
        proven = any(provenance.strengths.values())
        if not self.engine.needs_provenance or (provenance.given and not proven):
            return findings, provenance
        measures = proven and self.known is None and self.engine.asks_for_density
        settled = self.engine.measuring if measures else self.engine.second
        last: list[Candidate] = []  # what wants to know how dense the leftovers are
        for candidate in sieve.candidates(settled if proven else self.engine.unproven, late=proven):
            if self.book.data.headings[candidate.unit.rule].dense:
                last.append(candidate)
            else:
                findings += self._proven(candidate, provenance, signs)
        if measures:
            dense = density(signs, self.document.body.text)
            provenance = msgspec.structs.replace(provenance, density=dense)
        for candidate in last:
            findings += self._proven(candidate, provenance, [])
        return findings, provenance

    def _proven(
        self, candidate: Candidate, provenance: Provenance, signs: list[Found]
    ) -> Iterable[Finding]:
        """Return what one unit finds that needs a provenance, or nothing where it is not there."""
        rule = self.book.rule(candidate.unit.rule)
        if _is_proven(rule, provenance):
            return self._findings(candidate, signs, provenance, explain(provenance, rule.needs))
        if rule.needs_less and not provenance.given:
            return map(_suggested, self._findings(candidate, [], provenance))
        return ()

    def _is_credible(self, finding: Finding, provenance: Provenance) -> bool:
        """Whether a finding that wants more signs of a translation beside it has them.

        Where the user names the language, or the text is too short for any, it needs none.
        """
        if finding.rule not in self.wanting or provenance.given:
            return True
        if len(self.document.body.text.split(None, _ARTICLE)) < _ARTICLE:
            return True
        return is_corroborated(provenance, finding.rule)

    def provenance(self) -> Provenance:
        """Return what the document's own evidence says."""
        signs: list[Found] = []
        for candidate in Sieve(self.document, self.book).candidates(self.engine.first(True)):
            self._findings(candidate, signs)
        return weigh(signs)

    def _weighs(self) -> bool:
        """Whether the document's own evidence is asked for, if only for how dense it is."""
        asked = self.engine.needs_provenance and self.known is None
        return asked and self.engine.source_language != "none"

    def _language_of_source(self) -> str | None:
        """Return the language of the source that a file of translations holds, if it is known."""
        document = self.document
        if document.source_language is None and document.source_text:
            return document.once("source-language", _detected)
        return document.source_language

    def _provenance(self, signs: Iterable[Found]) -> Provenance:
        if self.known is not None:
            return self.known
        named = self.engine.source_language
        language = self._language_of_source() if named == "auto" else named
        return weigh(signs) if language is None else given(language)

    def _findings(
        self,
        candidate: Candidate,
        signs: list[Found],
        provenance: Provenance = Provenance(),  # noqa: B008  # frozen
        because: tuple[Evidence, ...] = (),
    ) -> list[Finding]:
        """Return what one unit finds; note in `signs` what tells of a translation."""
        rule = self.book.rule(candidate.unit.rule)
        if rule.id in self.failures:
            return []
        wanted = self.engine.enabled[candidate.unit.rule]
        findings: list[Finding] = []
        try:
            if rule.check:
                findings = list(self._check(candidate, rule, provenance, because))
                if rule.languages or rule.needs:
                    signs += [(rule, f.text, Span(f.start, f.end)) for f in findings]
                return findings if wanted else []
            pattern = self.book.pattern(candidate.unit.rule, candidate.unit.pattern)
            find = pattern.fullmatch if rule.scope == "line" else pattern.search
            for segment in candidate.segments:
                if rule.scope == "heading" and segment.kind not in ("heading", "title"):
                    continue
                first = find(segment.text, timeout=_limit(self.timeout, segment))
                if first is None:  # as nearly always: an iterator would take as long again to make
                    continue
                for match in self._matches(first, pattern, rule, segment):
                    span = segment.span(match.start(), match.end())
                    if rule.languages or rule.needs:
                        signs.append((rule, match[0], span))
                    if wanted:
                        findings += self._finding(candidate, rule, match, segment, because)
        except TimeoutError:
            reason = f"its pattern took more than {self.timeout:g} s on this text and was stopped"
            self._fail(rule, reason)
        return findings

    def _fail(self, rule: Rule, reason: str) -> None:
        self.failures[rule.id] = Failure(path=self.document.path, rule=rule.id, reason=reason)

    def _matches(self, first: Any, pattern: Pattern, rule: Rule, segment: Segment) -> Iterator[Any]:
        """Yield the matches of a pattern, `first` the first, that stand where the rule looks."""
        matches = [first]
        if rule.scope != "line":
            matches = pattern.finditer(segment.text, timeout=_limit(self.timeout, segment))
        for match in matches:
            start, end = segment.span(match.start(), match.end())
            if not self.document.is_protected(start, end) and self.contexts.allow(
                rule, match, segment
            ):
                yield match

    def _finding(
        self,
        candidate: Candidate,
        rule: Rule,
        match: Any,
        segment: Segment,
        because: tuple[Evidence, ...],
    ) -> Iterator[Finding]:
        templates = rule.fixes[candidate.unit.pattern]
        made = list(fixes(templates, match, segment, self.document, self.filler))
        if made and made[0] is None:  # the house style writes what stands there
            return
        if rule.scope == "line" and templates and templates[0].to == "":
            made = list(self._removal(segment, templates[0].applicability))
        yield self._made(
            rule,
            segment.span(match.start(), match.end()),
            tuple(dict.fromkeys(fix for fix in made if fix)),
            because,
            next(iter(self.filler.fill(rule.message, match)), rule.id),
        )

    def _removal(self, segment: Segment, applicability: Any) -> Iterator[Fix]:
        edits = get_format(self.document.format).removal(self.document, segment)
        if edits:
            yield Fix(applicability=applicability, edits=edits)

    def _check(
        self,
        candidate: Candidate,
        rule: Rule,
        provenance: Provenance,
        because: tuple[Evidence, ...],
    ) -> Iterator[Finding]:
        check = get_check(rule.check or "")
        context = CheckContext(
            document=self.document,
            options=self.book.options(candidate.unit.rule, check.TYPE.options),
            lexicons=self.book.lexicons,
            provenance=provenance,
        )
        for hit in check.run(context):
            if not self.document.is_protected(hit.start, hit.end):
                yield self._of_hit(rule, hit, because)

    def _of_hit(self, rule: Rule, hit: Hit, because: tuple[Evidence, ...]) -> Finding:
        finding = self._made(
            rule,
            Span(hit.start, hit.end),
            hit.fixes,
            hit.evidence + because,
            hit.message or rule.message,
        )
        if hit.confidence is None:
            return finding
        return msgspec.structs.replace(finding, confidence=hit.confidence)

    def _made(
        self,
        rule: Rule,
        span: Span,
        made: tuple[Fix, ...],
        evidence: tuple[Evidence, ...],
        message: str,
    ) -> Finding:
        if rule.yields:
            self.yielding.add(rule.id)
        if rule.corroborated:
            self.wanting.add(rule.id)
        document = self.document
        line, column = document.position(span.start)
        end_line, end_column = document.position(span.end)
        return Finding(
            path=document.path,
            rule=rule.id,
            category=rule.category,
            severity=rule.severity,
            message=message if len(message) <= _MESSAGE else f"{message[: _MESSAGE - 1]}…",
            confidence=rule.confidence,
            text=document.said(*span),
            start=span.start,
            end=span.end,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            evidence=evidence,
            fixes=made,
            record=document.record,
            field=document.field,
        )


def _is_proven(rule: Rule, provenance: Provenance) -> bool:
    """Whether the provenance is what the rule needs."""
    enough = provenance.strength(rule.needs) >= rule.needs_strength
    dense = provenance.density is None or provenance.density >= rule.needs_density
    return enough and dense and (not rule.needs_leading or provenance.leads(rule.needs))


def _yielded(findings: Sequence[Finding], yielding: Container[str]) -> Iterator[Finding]:
    """Yield findings without those of yielding rules that another rule speaks for.

    It does where it finds half of the place, or some of it and the like.
    """
    others = [finding for finding in findings if finding.rule not in yielding]
    for finding in findings:
        if finding.rule not in yielding or not any(_speaks_for(o, finding) for o in others):
            yield finding


def _speaks_for(other: Finding, finding: Finding) -> bool:
    shared = min(other.end, finding.end) - max(other.start, finding.start)
    if other.category == finding.category:
        return shared > 0
    return 2 * shared >= finding.end - finding.start > 0


def _suggested(finding: Finding) -> Finding:
    """Return a finding with no fix safe."""
    fixes = tuple(
        msgspec.structs.replace(fix, applicability=Applicability.SUGGESTED) for fix in finding.fixes
    )
    return msgspec.structs.replace(finding, fixes=fixes)


def _detected(document: Document) -> str | None:
    """Return the language of the document's source text, if it is one that is known here."""
    from transclean.checks.languages import detect

    language, probability = detect(document.source_text)
    return language if probability >= _SURE and language in LANGUAGES else None


def _limit(timeout: float, segment: Segment) -> float:
    """Return the seconds that a pattern may take: more in a document of megabytes."""
    return timeout * (1 + len(segment.text) // 1_000_000)


def _ordered(findings: list[Finding]) -> Iterator[Finding]:
    """Yield findings in the order of the text, each place and repair once.

    Of findings that overlap and are of one rule, the first stays; of those of several rules
    with the same place and the same fixes, the surest. What the original has and the document
    lacks has no place of its own: there every rule has its say. What is left in another language
    is told once, by whatever rule finds most of it.
    """
    last: dict[str, int] = {}
    untranslated = -1  # where what was last told of it ends
    kept: dict[tuple[int, int, tuple[Fix, ...], str], Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, f.rule)):
        if finding.start < last.get(finding.rule, -1):
            continue
        last[finding.rule] = max(finding.end, finding.start + 1)
        if finding.category == "untranslated" and not finding.fixes:
            if finding.start < untranslated:
                continue
            untranslated = finding.end
        lacks = finding.rule if finding.category == "source" else ""
        place = (finding.start, finding.end, finding.fixes, lacks)
        rival = kept.get(place)
        if rival is None or rival.confidence < finding.confidence:
            kept[place] = finding
    yield from sorted(kept.values(), key=lambda f: (f.start, f.end, f.rule))
