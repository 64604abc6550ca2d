"""What stands twice, and what English doubles on purpose."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transclean import Cleaner
from transclean.checks import repetition

CLEANER = Cleaner(select=["repetition"])
ARTICLE = (
    "The mill at Hartle will close in June, the owner told the forty people who work there, "
    "and nobody knows what will become of the river and its old weir.\n"
)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        pytest.param("He left the the hall.", "He left the hall.", id="article"),
        pytest.param("The the end of of it", "The end of it", id="at the start of a sentence"),
        pytest.param(
            f"Mill to close in June\n\nMill to close in June\n\n{ARTICLE}",
            f"Mill to close in June\n\n{ARTICLE}",
            id="headline",
        ),
    ],
)
def test_a_safe_fix_takes_one_out(bad, good):
    assert CLEANER.fix(bad).text == good


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        pytest.param("a report on schools schools.", "a report on schools.", id="content word"),
        pytest.param(
            "it seems that it seems that it seems that he left",
            "it seems that he left",
            id="loop",
        ),
        pytest.param(
            "Nobody at all was hurt. Nobody at all was hurt. It rained.",
            "Nobody at all was hurt. It rained.",
            id="sentence",
        ),
        pytest.param(
            f"Mill to close in June - The Paper\n\nMill to close in June\n\n{ARTICLE}",
            f"Mill to close in June\n\n{ARTICLE}",
            id="headline with the site",
        ),
        pytest.param(
            f"{ARTICLE}\nIt rained.\n\n{ARTICLE}", f"{ARTICLE}\nIt rained.\n", id="paragraph"
        ),
    ],
)
def test_a_likely_fix_is_suggested(bad, good):
    assert CLEANER.fix(bad).text == bad
    assert CLEANER.fix(bad, suggested=True).text == good


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("All he had had was that that was that.", id="had had, that that"),
        pytest.param("It was very very late, really really late.", id="emphasis"),
        pytest.param("The The played; Duran Duran and Boutros Boutros-Ghali came.", id="names"),
        pytest.param("Location, location, location. No, no, no, no, no.", id="with commas"),
        pytest.param("“Water water water water water,” they sang.", id="quotation"),
        pytest.param(
            "She wrote:\n\nThe river has no time,\nThe river has no time,\nand nor have I.",
            id="verse",
        ),
        pytest.param("No comment.\n\nNo comment.\n\nNo comment.\n", id="short lines"),
    ],
)
def test_doubled_on_purpose_stays(text):
    assert CLEANER.check(text) == []


@pytest.mark.parametrize("text", ["so it goes ", "the mill was old. ", "a b, ", "a\n", "12 "])
def test_a_long_repetitive_text_is_judged_as_a_short_one(text):
    found = [{finding.rule for finding in CLEANER.check(text * times)} for times in (20, 8000)]
    assert found[0] == found[1]


@given(st.lists(st.sampled_from(["river ", "mill ", "a ", " ", "old, "]), max_size=60).map("".join))
def test_where_no_loop_may_be_there_is_none(text):
    cleaner = Cleaner(select=["common-repetition-loop"])
    found = cleaner.check(text)
    with patch.object(repetition, "_may_have_loops", lambda _: True):
        assert cleaner.check(text) == found
