"""The measured worth of rules: what it says, and that the rule files agree with it."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from click.testing import CliRunner

from transclean.cli.rules import rules as rules_command
from transclean.rulebook.build import read_entries
from transclean.rulebook.figures import (
    ENOUGH,
    Figures,
    Worth,
    described,
    figures_text,
    read_figures,
    wilson,
)
from transclean.rulebook.packs import read_packs, shipped_rules
from transclean.rulebook.types import RuleEntry

REMEDY = "`python benchmarks/quality/confidence.py` writes what was measured"


@cache
def rules() -> dict[str, RuleEntry]:
    entries = [decoded.entry for decoded in read_entries(read_packs([shipped_rules()]))]
    return {entry.id: entry for entry in entries if isinstance(entry, RuleEntry)}


def decided() -> list[str]:
    return [name for name, worth in read_figures().rules.items() if worth.decided >= ENOUGH]


def test_confidence_is_the_figure_where_enough_was_decided():
    figures = read_figures().rules
    apart = {
        name: (rules()[name].confidence, figures[name].precision_at_least)
        for name in decided()
        if name in rules()
        and (
            rules()[name].confidence_basis != "measured"
            or abs(rules()[name].confidence - figures[name].precision_at_least) > 0.05
        )
    }
    assert apart == {}, REMEDY


def test_confidence_is_an_estimate_where_little_was_decided():
    claimed = {name for name, rule in rules().items() if rule.confidence_basis == "measured"}
    assert claimed <= set(decided()), REMEDY


def test_measured_safe_fixes_are_right():
    figures = read_figures().rules
    doubtful = {}
    for name in set(decided()) & set(rules()):
        fixes = rules()[name].fix
        first = fixes[0] if isinstance(fixes, list) else fixes
        worth = figures[name]
        if first and first.applicability == "safe" and worth.nearer + worth.farther >= ENOUGH:
            share = worth.nearer / (worth.nearer + worth.farther)
            if share < 0.95:
                doubtful[name] = round(share, 3)
    assert doubtful == {}


@pytest.mark.parametrize(
    ("right", "wrong", "low"),
    [
        pytest.param(0, 0, None, id="no data"),
        pytest.param(1, 0, 0.207, id="one"),
        pytest.param(20, 0, 0.839, id="all of twenty"),
        pytest.param(100, 0, 0.963, id="all of a hundred"),
        pytest.param(0, 5, 0.0, id="none"),
    ],
)
def test_wilson(right, wrong, low):
    assert wilson(right, wrong) == low


def test_figures_survive_their_file(tmp_path):
    worth = Worth(findings=7, nearer=4, farther=1, undecided=2, human_per_million=0.13).bounded()
    figures = Figures(human_words=1000, rules={"t-two": worth, "t-one": Worth()})
    (tmp_path / "figures.json").write_text(figures_text(figures), encoding="utf-8")
    assert read_figures(tmp_path) == figures
    assert list(msgspec.json.decode(figures_text(figures))["rules"]) == ["t-one", "t-two"]


def test_without_a_file_there_are_no_figures(tmp_path):
    assert read_figures(tmp_path) == Figures()


@pytest.mark.parametrize(
    ("worth", "said"),
    [
        pytest.param(
            Worth(findings=7, nearer=4, farther=1, undecided=2),
            "7 findings on labelled text; fixes: 4 nearer to the human’s version, 1 farther,"
            " 2 undecided",
            id="fixes",
        ),
        pytest.param(Worth(right=3, wrong=1), "flags: 3 right, 1 wrong", id="flags"),
        pytest.param(Worth(nearer=20), "precision at least 0.84 (20 decided)", id="bound"),
        pytest.param(
            Worth(human_per_million=0.134),
            "0.13 findings per million words of human English",
            id="on human English",
        ),
    ],
)
def test_figures_in_words(worth, said):
    assert said in "\n".join(described(worth.bounded()))


def test_rules_show_prints_the_figures():
    name, worth = next((n, w) for n, w in read_figures().rules.items() if w.nearer)
    shown = CliRunner().invoke(rules_command, ["show", name]).output
    assert all(line in shown for line in described(worth))
