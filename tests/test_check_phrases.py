"""Phrases of a list, found by their most telling words, with what English says instead."""

from __future__ import annotations

import pytest

from helpers import document_of, engine_of, find, rule_text
from transclean.fixer.apply import apply_edits

FEW = """
at the unanimity = unanimously
by the hair = by a whisker
by the hair of the goat = only just
Cup of the King = Copa del Rey
put it’s mind to = decide
UFC = health board
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
        ("By the Hair they won.", "By a whisker they won."),
        ("They won By The Hair.", "They won by a whisker."),
        ("The UFC met.", "The health board met."),
        ("UFC met. UFC left.", "Health board met. Health board left."),
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


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        pytest.param("The bench rose.", ["Substitutes", "Judges"], id="as listed"),
        pytest.param("A pup of the port, a goal.", ["apprentice"], id="in one company"),
        pytest.param("A goal, a lock, a dam, a pup.", ["lock keeper", "apprentice"], id="in both"),
        pytest.param("THE BENCH", ["SUBSTITUTES", "JUDGES"], id="in capitals"),
    ],
)
def test_all_englishes_are_offered_the_likeliest_first(text, offered):
    words = """
the bench = substitutes | judges
pup [goal port] = apprentice
pup [dam lock] = lock keeper
"""
    rule = rule_text(check="phrases", options="{phrases: list, applicability: suggested}")
    (finding,) = find(engine_of(rule, lexicons={"list": words}), text)
    assert [fix.edits[0].replacement for fix in finding.fixes] == offered


FREE = (
    FEW
    + """
went down in the street = protested
put the foot stiff = refused
turned the page = turned a new leaf
at the height of = near
the spoon = the end
red house [goal] = lodge
OMX [goal] = health board
bench [goal match] = substitutes
"""
)
ENGLISH = "spoon\n"


@pytest.fixture(scope="module", params=FILLERS)
def free_engine(request):
    words = FREE + "\n".join(f"x{number} phrase{number} = x" for number in range(request.param))
    options = "{phrases: list, freely: english, applicability: suggested}"
    rule = rule_text(check="phrases", options=options)
    return engine_of(rule, lexicons={"list": words, "english": ENGLISH})


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        pytest.param("They went down into the street.", "They protested.", id="a preposition"),
        pytest.param("They went down to their street.", "They protested.", id="a possessive"),
        pytest.param("They went down street.", "They protested.", id="neither"),
        pytest.param("She put her foot stiff.", "She refused.", id="an article"),
        pytest.param("They went down in the street.", None, id="the phrase as it is listed"),
        pytest.param("They went down, in a street.", None, id="a comma between"),
        pytest.param("They saw the red house.", "They saw the lodge.", id="a row of words"),
        pytest.param("They saw their red, old house.", None, id="a row with others between"),
        pytest.param("They painted red on the house.", None, id="a row that a preposition parts"),
        pytest.param("They turned page.", None, id="a word of the phrase in English"),
        pytest.param("The bench broke.", "The substitutes broke.", id="without its company"),
        pytest.param("A goal, a match: the bench broke.", None, id="in its company"),
        pytest.param("The technician left.", None, id="without the company that tells which"),
        pytest.param("They are at a height of it.", None, id="a single word, varied"),
        pytest.param("That is the spoon.", None, id="what English has"),
        pytest.param("The OMX asked.", "The health board asked.", id="an acronym"),
        pytest.param("The omx asked.", None, id="no acronym"),
    ],
)
def test_phrases_are_found_freely(free_engine, text, repaired):
    findings = free_engine.run(document_of(text)).findings
    edits = [edit for finding in findings for edit in finding.fixes[0].edits]
    assert (apply_edits(text, edits) if edits else None) == repaired
