"""Words glued together at a seam of the page, and words that only look so."""

from __future__ import annotations

import pytest

from transclean import Cleaner


@pytest.fixture(scope="module")
def cleaner():
    return Cleaner(select=["seam"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A 60-year-oldman sang.", "A 60-year-old man sang.", id="after a hyphen"),
    ],
)
def test_sure_words_are_parted(cleaner, text, expected):
    assert cleaner.fix(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The bakerwho left came back.", "The baker who left came back", id="who"),
        pytest.param("\tIt endedwithout\r\nend.", "\tIt ended without\r\nend.", id="line ends"),
        pytest.param("Nobody lives in thelong street.", "in the long street", id="article"),
        pytest.param("The mill ofVarga burned.", "mill of Varga burned", id="name behind"),
        pytest.param("On Mondaybefore noon it fell.", "Monday before noon", id="capital"),
        pytest.param(
            "Odile Lanoisannounced it. Lanois left.", "Odile Lanois announced it", id="name before"
        ),
    ],
)
def test_others_are_suggested(cleaner, text, expected):
    assert cleaner.fix(text).text == text
    assert expected in cleaner.fix(text, suggested=True).text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The path is /srv/bakerwho and the tag is @bakerwho.", id="path, handle"),
        pytest.param("Call bakerwho() or set baker_who=1.", id="code"),
        pytest.param("The organizationVarga of organizationVarga.", id="a term recurs"),
        pytest.param("She set fileName, toThing, ofThing, andThing, byVarga.", id="program"),
    ],
)
def test_terms_stay(cleaner, text):
    assert cleaner.check(text) == []


def test_two_seams_are_evidence_of_translation(cleaner):
    seams = "The bakerwho left came back. It endedwithout end."
    assert cleaner.examine(seams).provenance.strength(["any"]) > 0.8
