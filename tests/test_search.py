"""The search for literals: for a few texts and for many it finds the same."""

from __future__ import annotations

import pytest

from helpers import ROOT
from transclean.checks import check_types
from transclean.rulebook import load_rulebook
from transclean.rulebook.book import Rulebook
from transclean.rulebook.fold import barred
from transclean.rulebook.rarity import telling_part, telling_rest
from transclean.rulebook.search import FEW, LiteralSearch, encode_part


@pytest.mark.parametrize("name", ["search", "late_search"])
def test_many_texts_are_searched_as_a_few_are(name):
    data = load_rulebook([], check_types()).data
    few, many = (getattr(Rulebook(data), name) for _ in range(2))
    many.places([""] * FEW)
    articles = (*ROOT.glob("examples/articles/*.txt"), *ROOT.glob("tests/articles/*/article.txt"))
    texts = barred([path.read_text("utf-8") for path in articles])
    assert 0 < len(texts) < FEW
    assert few.places(texts) == many.places(texts) != {}


@pytest.mark.parametrize(
    ("literal", "part"),
    [
        pytest.param("|mme| |joly", "mme", id="the only whole word"),
        pytest.param(" |the| |prefecture| |of| ", "prefecture", id="the rarest"),
        pytest.param("|in| |olanda", "|olan", id="the beginning of one that goes on"),
        pytest.param("ministerin| ", "erin|", id="the end of one"),
        pytest.param("|of| |the|", "of", id="the rarest of common ones"),
        pytest.param("officeme", "", id="part of one"),
        pytest.param("|mme", "", id="too short to tell"),
        pytest.param("|00|. |", "", id="figures and signs"),
    ],
)
def test_telling_part(literal, part):
    assert telling_part(literal) == part


@pytest.mark.parametrize(
    ("literal", "rest"),
    [
        pytest.param("|half| |past| |nine|", "nine", id="another word"),
        pytest.param("|until| |the| |00|", "the| |00", id="no common word"),
        pytest.param("officeme", "officeme", id="the literal"),
        pytest.param("|mme", "|mme", id="a short one"),
        pytest.param(" «", "«", id="a sign"),
    ],
)
def test_telling_rest(literal, rest):
    assert telling_rest(literal, telling_part(literal)) == rest


@pytest.mark.parametrize(
    "text", ["mme joly said", "it was in olandam", "the oberministerin ", "x00. y"]
)
def test_a_literal_is_found_by_its_part(text):
    (barred_text,) = barred([text])
    literals = ["|mme| |joly", "|in| |olanda", "ministerin| ", "|00|. |", "0|. |"]
    by_part = {}
    for unit, literal in enumerate(literals):
        part = telling_part(literal)
        by_part.setdefault(part, {})[telling_rest(literal, part)] = [(literal, [unit])]
    search = LiteralSearch(list(by_part), list(map(encode_part, by_part.values())))
    expected = {unit for unit, literal in enumerate(literals) if literal in barred_text}
    assert search.places([barred_text]) == {unit: [0] for unit in expected} != {}
