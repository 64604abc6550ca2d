"""Quotation marks that do not pair."""

from __future__ import annotations

import pytest

from transclean import Cleaner

CLEANER = Cleaner(select=["common-quotation-unpaired"])


@pytest.mark.parametrize(
    ("text", "offset", "what"),
    [
        pytest.param("He said: “We wait. Then he left.", 9, "not closed", id="never closed"),
        pytest.param("We wait,” he said.", 8, "not opened", id="never opened"),
        pytest.param("“One “two” he said.", 0, "not closed", id="opened twice"),
        pytest.param("“One, he said.\n\nIt rained.", 0, "not closed", id="and no more follows"),
    ],
)
def test_a_mark_without_partner_is_flagged(text, offset, what):
    [finding] = CLEANER.check(text)
    assert (finding.start, finding.fixes) == (offset, ())
    assert what in finding.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“One,” he said. “Two.”", id="pairs"),
        pytest.param("“One.\n\n“Two.\n\n“Three,” he said.", id="over paragraphs"),
        pytest.param("“One.\n\nTwo,” he said.", id="closed in the next paragraph"),
        pytest.param("“He said ‘one’,” she said.", id="nested"),
        pytest.param("A 6” pipe.", id="inches"),
        pytest.param("It’s the ’90s, y’all: ‘tis so.", id="apostrophes"),
        pytest.param('"One, he said.', id="straight marks say too little"),
        pytest.param("„Eins“, sagte er.", id="German marks"),
    ],
)
def test_right_marks_stay(text):
    assert CLEANER.check(text) == []
