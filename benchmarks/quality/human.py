#!/usr/bin/env python3
"""Count what transclean finds in English that people wrote, where every finding is suspect.

Reads the corpus of english.py (assembled first where it is missing) and, where it is
present, the human column of ../shared/quality/fr-en.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from english import articles, assemble, cache_folder

from transclean import Applicability, Cleaner, Finding

SHARED = Path(__file__).resolve().parents[3] / "shared" / "quality"
COLUMN = "fr-en human column"
WORKERS = 2
KINDS = SAFE, SUGGESTED, FLAGGED = "safe", "suggested", "no fix"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A finding on human text, with what surrounds it."""

    source: str
    article: str
    rule: str
    kind: str  # applicability of its first fix, or “no fix”
    before: str
    text: str
    after: str
    becomes: str | None
    preview: bool  # of a rule that is not on by default

    def __str__(self) -> str:
        change = "" if self.becomes is None else f" -> [{self.becomes}]"
        return f"{self.source}/{self.article}: …{self.before}[{self.text}]{change}{self.after}…"


@dataclass(kw_only=True)
class Measure:
    """What was found in how much human text."""

    words: Counter[str] = field(default_factory=Counter)  # by source
    hits: list[Hit] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)  # rules that failed, with the reason
    seconds: float = 0.0

    @property
    def packaged(self) -> int:
        """How many words came from packages."""
        return sum(words for source, words in self.words.items() if source != COLUMN)

    @property
    def default(self) -> list[Hit]:
        """The findings of the rules that are on by default."""
        return [hit for hit in self.hits if not hit.preview]

    def count(self, kind: str, source: str) -> int:
        """How many findings of a kind one source has, by default."""
        return sum(hit.kind == kind and hit.source == source for hit in self.default)

    def by_rule(self, *, preview: bool = False) -> list[tuple[str, Counter[str]]]:
        """Each rule's findings in packages by kind, and in the human column; by number."""
        rules: dict[str, Counter[str]] = {}
        for hit in self.hits:
            if hit.preview != preview:
                continue
            place = COLUMN if hit.source == COLUMN else hit.kind
            rules.setdefault(hit.rule, Counter())[place] += 1
        return sorted(rules.items(), key=lambda item: (-sum(item[1].values()), item[0]))


Job = tuple[str, str, str]  # source, article, text


def measure(cache: Path, language: str = "auto") -> Measure:
    """Check the whole corpus with the default rules and, apart from them, those in preview."""
    measured = Measure()
    began = time.perf_counter()
    with multiprocessing.Pool(WORKERS, _start, [language]) as pool:
        for source, words, hits, failed in pool.imap(_check, corpus(cache), chunksize=8):
            measured.words[source] += words
            measured.hits += hits
            measured.failures.update(failed)
    measured.seconds = time.perf_counter() - began
    return measured


def corpus(cache: Path) -> Iterator[Job]:
    """Yield every article of human English: its source, its name and its text."""
    for shelf in assemble(cache):
        for file in articles(cache, shelf):
            yield shelf.name, file.stem, file.read_text(encoding="utf-8")
    column = SHARED / "fr-en" / "fr-en.dev.jsonl"
    if column.is_file():
        for line in column.read_text(encoding="utf-8").splitlines():
            block = json.loads(line)
            yield COLUMN, str(block["id"]), "\n\n".join(block["human"]) + "\n"


_cleaners: list[Cleaner] = []


def _start(language: str) -> None:
    """Build a worker's cleaners, once."""
    _cleaners[:] = cleaners(language)


def cleaners(language: str) -> list[Cleaner]:
    """Return a cleaner of the rules on by default and, where there are any, of those in preview.

    They run apart, so that none hides what another says of the same place.
    """
    default = Cleaner(source_language=language)
    if not any(heading.preview for heading in default.engine.book.headings):
        return [default]
    return [default, Cleaner(select=["preview"], source_language=language)]


def _check(job: Job) -> tuple[str, int, list[Hit], list[str]]:
    source, article, text = job
    hits, failed = [], []
    for cleaner, preview in zip(_cleaners, (False, True), strict=False):
        outcome = cleaner.examine(text, path=article)
        hits += [_hit(source, article, text, f, preview) for f in outcome.findings]
        failed += [f"{f.rule}: {f.reason}" for f in outcome.failures]
    return source, len(text.split()), hits, failed


def _hit(source: str, article: str, text: str, finding: Finding, preview: bool) -> Hit:
    fix = finding.fixes[0] if finding.fixes else None
    low, high = finding.start, finding.end
    if fix:
        low = min(low, *(edit.start for edit in fix.edits))
        high = max(high, *(edit.end for edit in fix.edits))
    return Hit(
        source=source,
        article=article,
        rule=finding.rule,
        kind=_kind(finding),
        before=text[max(0, low - 90) : low].replace("\n", "¶"),
        text=text[low:high].replace("\n", "¶"),
        after=text[high : high + 60].replace("\n", "¶"),
        becomes=_changed(text, finding, low, high) if fix else None,
        preview=preview,
    )


def _kind(finding: Finding) -> str:
    kinds = {fix.applicability for fix in finding.fixes}
    if Applicability.SAFE in kinds:
        return SAFE
    return SUGGESTED if kinds else FLAGGED


def _changed(text: str, finding: Finding, low: int, high: int) -> str:
    """Return text[low:high] with the finding's first fix made."""
    pieces: list[str] = []
    done = low
    for edit in sorted(finding.fixes[0].edits):
        pieces += text[done : edit.start], edit.replacement
        done = edit.end
    return "".join([*pieces, text[done:high]])


def tables(measured: Measure) -> Iterator[str]:
    """Yield the lines of the figures as Markdown."""
    kinds = Counter(hit.kind for hit in measured.default if hit.source != COLUMN)
    million = measured.packaged / 1e6 or 1
    yield f"- words from packages: {measured.packaged:,}"
    yield f"- safe fixes: {kinds[SAFE]} = {kinds[SAFE] / million:.2f} per million words"
    yield (
        f"- suggested fixes: {kinds[SUGGESTED]} = "
        f"{kinds[SUGGESTED] / million / 100:.3f} per 10,000 words"
    )
    yield f"- findings without a fix: {kinds[FLAGGED]}"
    yield ""
    yield from _rules(measured.by_rule(), "rule", million)
    preview = measured.by_rule(preview=True)
    if preview:
        yield from _rules(preview, "rule in preview", million)
    yield "| source | words | safe | suggested | no fix |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for source, words in measured.words.items():
        cells = " | ".join(str(measured.count(kind, source)) for kind in KINDS)
        yield f"| {source} | {words:,} | {cells} |"
    for failure, count in sorted(measured.failures.items()):
        yield f"\nrule failed {count} times: {failure}"


def _rules(rules: list[tuple[str, Counter[str]]], title: str, million: float) -> Iterator[str]:
    yield f"| {title} | safe | suggested | no fix | findings per million words | in human column |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for rule, found in rules:
        cells = " | ".join(str(found[kind]) for kind in KINDS)
        rate = sum(found[kind] for kind in KINDS) / million
        yield f"| `{rule}` | {cells} | {rate:.2f} | {found[COLUMN]} |"
    yield ""


def shown(hits: Iterable[Hit], sample: int | None) -> Iterator[str]:
    """Yield safe edits, all or `sample` of them, and as many others of each rule in context."""
    rules: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        rules.setdefault((hit.kind, hit.rule), []).append(hit)
    for (kind, rule), found in sorted(rules.items(), key=lambda i: (i[0][0] != SAFE, i[0])):
        most = sample if sample is not None else len(found) if kind == SAFE else 3
        yield f"\n{rule}, {kind}: {len(found)}"
        for hit in random.Random(0).sample(found, min(most, len(found))):
            yield f"  {hit}"


def main() -> None:
    """Measure, print, and keep the findings in the cache folder."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "--show",
        type=int,
        metavar="N",
        help="N places of every rule (else: safe ones all, 3 others)",
    )
    arguments.add_argument(
        "--source-language",
        default="auto",
        help="as of transclean check: with fr, rules that wait for proof of French run too",
    )
    given = arguments.parse_args()
    cache = cache_folder()
    measured = measure(cache, given.source_language)
    kept = cache / "human.jsonl"
    lines = [json.dumps(asdict(hit), ensure_ascii=False) + "\n" for hit in measured.hits]
    kept.write_text("".join(lines), encoding="utf-8")
    print(*tables(measured), sep="\n")
    print(*shown(measured.hits, given.show), sep="\n")
    print(f"\n{measured.seconds:.0f} s with {WORKERS} processes; all findings are in {kept.name}")


if __name__ == "__main__":
    main()
