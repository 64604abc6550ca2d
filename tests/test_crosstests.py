"""What `rules test` says of rules that do not get along, and of lexicons that nobody uses."""

from __future__ import annotations

import pytest

from helpers import rule_text
from transclean.checks import check_types
from transclean.crosstests import quarrels, unused_lexicons
from transclean.rulebook.book import Rulebook
from transclean.rulebook.build import build_book, read_entries
from transclean.rulebook.packs import SourceFile

HALL = {
    "id": "t-hall",
    "pattern": r"\bhouse of the town\b",
    "fix": "{to: town hall, applicability: suggested}",
    "examples": "[{bad: The house of the town burns., good: The town hall burns.}]",
}


def said(*rules: dict[str, str], ignore: tuple[str, ...] = ()) -> list[str]:
    files = [SourceFile("t.yaml", "rules:\n" + "".join(rule_text(**r) for r in rules), None, None)]
    book = Rulebook(build_book(files, check_types()))
    return [str(failure) for failure in quarrels(read_entries(files), book, ignore)]


def other(**fields: str) -> dict[str, str]:
    return {"id": "t-other", "examples": "[{bad: zzz}]", **fields}


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        pytest.param(
            other(pattern="house of the town", fix=HALL["fix"]),
            "[house of the town] in [The house of the town burns.] is found by t-other as well",
            id="the same finding",
        ),
        pytest.param(
            other(pattern="of the", fix="{to: in the, applicability: safe}"),
            "with all rules [The house of the town burns.] becomes"
            " [The house in the town burns.] (t-other), expected [The town hall burns.]",
            id="an example spoilt",
        ),
        pytest.param(
            other(pattern="burns"),
            "the good text [The town hall burns.] is flagged by t-other at [burns]",
            id="a good text flagged",
        ),
        pytest.param(
            other(pattern="hall bu", preview="true"),
            "the good text [The town hall burns.] is flagged by t-other at [hall bu]",
            id="by a rule in preview",
        ),
    ],
)
def test_examples_of_rules_that_do_not_get_along(rule, reason):
    (failure,) = said(HALL, rule)
    assert failure.endswith(f": t-hall: {reason}")
    assert failure.startswith("t.yaml:7: ")


def test_look_alike_flagged_by_another_rule():
    (failure,) = said(
        {**HALL, "not_": "[They own the oldest town house.]"}, other(pattern="oldest town")
    )
    assert "look-alike [They own the oldest town house.] is flagged by t-other" in failure


def test_what_a_rule_only_flags_no_other_may_change():
    flags = {"id": "t-flags", "pattern": "house of the town", "examples": HALL["examples"]}
    flags["examples"] = "[{bad: The house of the town burns.}]"
    changes = other(pattern="the town", fix="{to: a town, applicability: suggested}")
    (failure,) = said(flags, changes)
    assert "[house of the town] in [The house of the town burns.] is changed by t-other" in failure


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(other(pattern="school of the town"), id="elsewhere"),
        pytest.param(other(pattern="house of"), id="flags a part of what is repaired"),
        pytest.param(
            other(pattern="burns", needs="{provenance: fr}"), id="needs provenance the text lacks"
        ),
    ],
)
def test_rules_that_get_along(rule):
    assert said(HALL, rule) == []


def test_rules_that_need_provenance_meet_under_it():
    needs = "{provenance: fr}"
    assert said({**HALL, "needs": needs}, other(pattern="burns", needs=needs)) != []


def test_ignored_rules_take_no_part():
    assert said(HALL, other(pattern="burns"), ignore=("t-other",)) == []


@pytest.mark.parametrize(
    ("rule", "unused"),
    [
        pytest.param({"pattern": r"\b\L<towns>\b"}, [], id="in a pattern"),
        pytest.param({"pattern": "x", "unless": r"['\L<towns>']"}, [], id="in a context"),
        pytest.param(
            {"pattern": "x", "fix": "{to: '{0|lookup(towns)}', applicability: safe}"},
            [],
            id="in a template",
        ),
        pytest.param(
            {"pattern": "x"},
            ["lexicons/towns.txt:1: the lexicon “towns” is used by no rule"],
            id="nowhere",
        ),
    ],
)
def test_lexicons_are_in_use(rule, unused):
    files = [
        SourceFile("t.yaml", "rules:\n" + rule_text(**rule), None, None),
        SourceFile("lexicons/towns.txt", "Rome\n", None, "towns"),
    ]
    book = Rulebook(build_book(files, check_types()))
    assert [str(failure) for failure in unused_lexicons(book, files)] == unused
