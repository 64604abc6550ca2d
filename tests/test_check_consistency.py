"""Names that a document has twice: right, and translated."""

from __future__ import annotations

import pytest

from transclean import Cleaner

CLEANER = Cleaner(select=["consistency"])


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        pytest.param(
            "Bruno Fontana leads, and Bruno Fountain will win.",
            "Bruno Fontana leads, and Bruno Fontana will win.",
            id="with the first name",
        ),
        pytest.param(
            "The premier Melons rows; Meloni said so.",
            "The premier Meloni rows; Meloni said so.",
            id="with the office",
        ),
        pytest.param(
            "Bruno Fountain leads, and Fontana’s rival left.",
            "Bruno Fontana leads, and Fontana’s rival left.",
            id="the full name first",
        ),
    ],
)
def test_the_document_holds_the_repair(bad, good):
    assert CLEANER.fix(bad).text == bad
    assert CLEANER.fix(bad, suggested=True).text == good
    assert CLEANER.check(bad)[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Lucy White met Bruno Bianchi, and White left.", id="two people"),
        pytest.param("“It is Fountain, not Fontaine,” said Ms. Fountain.", id="an English name"),
        pytest.param("Bianchi went to the White House on White Street.", id="other names"),
        pytest.param(
            "Meloni bought a melon. The premier eats melons; Melons are dear.", id="fruit"
        ),
        pytest.param("The premier Melons rows.", id="nothing to compare it with"),
    ],
)
def test_other_words_stay(text):
    assert CLEANER.check(text) == []
