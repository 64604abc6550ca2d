"""The search for literals: for a few texts and for many it finds the same."""

from __future__ import annotations

import pytest

from helpers import ROOT
from transclean.checks import check_types
from transclean.rulebook import load_rulebook
from transclean.rulebook.fold import barred
from transclean.rulebook.literals import telling_word
from transclean.rulebook.search import FEW, LiteralSearch


def test_many_texts_are_searched_as_a_few_are():
    data = load_rulebook([], check_types()).data
    few, many = (LiteralSearch(data.words, data.others) for _ in range(2))
    for _ in range(FEW):
        list(many.waiting(""))
    articles = (*ROOT.glob("examples/articles/*.txt"), *ROOT.glob("tests/articles/*/article.txt"))
    texts = barred([path.read_text("utf-8") for path in articles])
    assert 0 < len(texts) < FEW
    for text in texts:
        assert set(few.waiting(text)) == set(many.waiting(text))


@pytest.mark.parametrize(
    ("literal", "word"),
    [
        pytest.param("|mme| |joly", "mme", id="the only whole one"),
        pytest.param(" |the| |prefecture| |of| ", "prefecture", id="the rarest"),
        pytest.param("|of| |the|", "", id="common ones"),
        pytest.param("officeme", "", id="part of one"),
        pytest.param("|00|. |", "", id="figures and signs"),
    ],
)
def test_telling_word(literal, word):
    assert telling_word(literal) == word
