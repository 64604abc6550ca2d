"""Phrases of a list, found by their most telling words, with what English says instead."""

from __future__ import annotations

import pytest

from helpers import document_of, engine_of, rule_text
from transclean.fixer.apply import apply_edits

FEW = """
at the unanimity = unanimously
by the hair = by a whisker
by the hair of the goat = only just
Cup of the King = Copa del Rey
put it’s mind to = decide
technician [goal match] = coach
technician [beaker] = chemist
"""
FILLERS = [0, 1500]  # other entries: a long list is packed


@pytest.fixture(scope="module", params=FILLERS)
def engine(request):
    words = FEW + "\n".join(f"x{number} phrase{number} = x" for number in range(request.param))
    rule = rule_text(check="phrases", options="{phrases: list, applicability: suggested}")
    return engine_of(rule, lexicons={"list": words})


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("It passed at the unanimity.", "It passed unanimously."),
        ("At the unanimity it passed.", "Unanimously it passed."),
        ("IT PASSED AT THE UNANIMITY", "IT PASSED UNANIMOUSLY"),
        ("At\u00a0the unanimity, at the\u00a0unanimity.", "Unanimously, unanimously."),
        ("They won by the hair of the goat.", "They won only just."),
        ("They won by the hair.", "They won by a whisker."),
        ("The cup of the king is lost.", "The Copa del Rey is lost."),
        ("They put it's mind to rowing.", "They decide rowing."),
        ("İt passed at the unanimity.", "İt passed unanimously."),
        ("A technician left after the match.", "A coach left after the match."),
        ("A goal, a match.\n\nA technician left.", "A goal, a match.\n\nA coach left."),
        ("The match is over.\n\nA technician left.", None),
        ("The technician broke a beaker.", "The chemist broke a beaker."),
        ("The technician is matchless.", None),
        ("It passed at the unanimity-minus-one.", None),
        ("It passed at the unanimityx and xat the unanimity.", None),
        ("The unanimity at the goat.", None),
    ],
)
def test_phrases_are_found_and_replaced(engine, text, repaired):
    document = document_of(text)
    findings = engine.run(document).findings
    edits = [edit for finding in findings for edit in finding.fixes[0].edits]
    assert (apply_edits(text, edits) if edits else None) == repaired
