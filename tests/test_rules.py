"""The shipped rules, one by one: examples, look-alikes, and how they are written."""

from __future__ import annotations

from functools import cache

import pytest

from helpers import ROOT
from transclean.checks import check_types
from transclean.crosstests import quarrels, unused_lexicons
from transclean.rulebook import load_rulebook
from transclean.rulebook.book import Rulebook
from transclean.rulebook.build import read_entries
from transclean.rulebook.decode import Decoded
from transclean.rulebook.packs import read_packs, shipped_rules
from transclean.rulebook.types import RuleEntry
from transclean.ruletests import failures


@cache
def book() -> Rulebook:
    return load_rulebook([], check_types())


def entries() -> list[Decoded]:
    return read_entries(read_packs([shipped_rules()]))


def named(decoded: Decoded) -> str:
    return decoded.entry.id


@pytest.mark.parametrize("decoded", entries(), ids=named)
def test_rule_holds_on_its_own_examples(decoded):
    assert [str(failure) for failure in failures([decoded], book())] == []


@pytest.mark.parametrize(
    "decoded", [d for d in entries() if isinstance(d.entry, RuleEntry)], ids=named
)
def test_rule_has_enough_examples(decoded):
    assert len(decoded.entry.examples) >= 3
    assert len(decoded.entry.not_) >= 2


def test_rules_get_along():
    assert [str(failure) for failure in quarrels(entries(), book())] == []


def test_every_lexicon_is_used():
    files = read_packs([shipped_rules()])
    assert [str(failure) for failure in unused_lexicons(book(), files)] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("rules/*/*.yaml")), ids=lambda path: path.stem)
def test_rule_file_begins_with_a_comment(path):
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("path", sorted(ROOT.glob("rules/lexicons/*.txt")), ids=lambda p: p.stem)
def test_lexicon_is_sorted_and_names_its_source(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert lines[0].startswith("# ")
    assert words == sorted(words)
