#!/usr/bin/env python3
"""Count for every rule how often its fixes bring a text nearer to what a human wrote.

Reads the labelled sets of ../shared/quality: machine translation with a human's version of
it, and texts with marked places. Rules in preview run, too.
"""

from __future__ import annotations

import importlib.util
import json
import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from human import SHARED, WORKERS, cleaners

from transclean import Cleaner, Finding

SYSTEMS = ("google", "bing")
EDITS = "fr-en/fr-en.dev.jsonl"
EDITS_LANGUAGE = "fr"
# Sets of marked places, and the category that is marked in them; None for all.
CASES: dict[str, str | None] = {
    "articles/articles.dev.jsonl": None,
    "wild/wild.dev.jsonl": None,
    "pronouns/news.dev.jsonl": "pronoun",
    "pronouns/pronouns-gum.dev.jsonl": "pronoun",
    "pronouns/pronouns-gap.dev.jsonl": "pronoun",
}
# What can be said of a finding with a fix, and of one without.
VERDICTS = NEARER, FARTHER, UNDECIDED, RIGHT, WRONG = (
    "nearer",
    "farther",
    "undecided",
    "right",
    "wrong",
)

Tallies = dict[str, Counter[str]]  # by rule
Job = tuple[str, dict[str, Any]]  # the set's name, a block or case of it


def tallies() -> Tallies:
    """Return what every rule's findings on the labelled sets turned out to be."""
    found: Tallies = {}
    with multiprocessing.Pool(WORKERS) as pool:
        for verdicts in pool.imap_unordered(_verdicts, jobs(), chunksize=16):
            for rule, verdict in verdicts:
                found.setdefault(rule, Counter())[verdict] += 1
    return found


def jobs() -> Iterator[Job]:
    """Yield every block of translated lines and every text with marked places."""
    for name in (EDITS, *CASES):
        with (SHARED / name).open(encoding="utf-8") as lines:
            yield from ((name, json.loads(line)) for line in lines)


_cleaners: dict[str, list[Cleaner]] = {}
_scorers: dict[str, ModuleType] = {}


def _verdicts(job: Job) -> list[tuple[str, str]]:
    name, data = job
    return list(_edited(data) if name == EDITS else _marked(data, CASES[name]))


def _findings(text: str, language: str) -> Iterator[Finding]:
    """Yield the findings of the rules on by default, and of those in preview."""
    if language not in _cleaners:
        _cleaners[language] = cleaners(language)
    for cleaner in _cleaners[language]:
        yield from cleaner.check(text)


def _scorer(name: str) -> ModuleType:
    """Return a scorer of ../shared/quality, whose measure of nearness is taken."""
    if name not in _scorers:
        spec = importlib.util.spec_from_file_location(name, SHARED / f"{name}.py")
        if spec is None or spec.loader is None:
            raise ImportError(name)
        _scorers[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(_scorers[name])
    return _scorers[name]


def _edited(block: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for system in SYSTEMS:
        text = "\n\n".join(block[system]) + "\n"
        for finding in _findings(text, EDITS_LANGUAGE):
            yield finding.rule, _nearness(text, finding, block["human"]) if finding.fixes else ""


def _nearness(text: str, finding: Finding, human: list[str]) -> str:
    """Return whether the first fix brings its lines nearer to the human's."""
    scorer = _scorer("score_edits")
    edits = _plain(finding.fixes[0].edits)
    edited: str = scorer.apply(text, edits)
    first, last = min(e["start"] for e in edits), max(e["end"] for e in edits)
    number = text.count("\n\n", 0, first)
    low = text.rfind("\n\n", 0, first) + 2 if number else 0
    high = text.find("\n\n", last)
    high = len(text) if high < 0 else high
    old, new = text[low:high], edited[low : high + len(edited) - len(text)]
    target = scorer.words(" ".join(human[number : number + 1 + old.count("\n\n")]))
    before, after = (scorer.distance(scorer.words(x), target) for x in (old, new))
    return NEARER if after < before else FARTHER if after > before else UNDECIDED


def _marked(case: dict[str, Any], category: str | None) -> Iterator[tuple[str, str]]:
    for finding in _findings(case["text"], "auto"):
        if category in (None, finding.category):
            yield finding.rule, _verdict(case, finding)


def _verdict(case: dict[str, Any], finding: Finding) -> str:
    spans = [s for s in case["gold"] if finding.start < s["end"] and s["start"] < finding.end]
    if not finding.fixes:
        return RIGHT if spans else WRONG
    if not spans:
        return FARTHER
    plain = {"fixes": [{"edits": _plain(fix.edits)} for fix in finding.fixes]}
    corrected = _scorer("score").corrected
    return NEARER if any(corrected(case, span, plain) for span in spans) else UNDECIDED


def _plain(edits: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"start": e.start, "end": e.end, "replacement": e.replacement} for e in edits]
