"""Plain text as segments: every character of prose is in one, and none is too long."""

from __future__ import annotations

import pytest

from helpers import document_of
from transclean.formats.plain import LONGEST

SENTENCE = "The committee met on Tuesday and heard the auditor. "
QUOTED = "“The committee met on Tuesday and heard the auditor.” "
WRAPPED = """\
The committee met again on Tuesday and heard the auditor,
who had come from the capital to explain the new budgets.
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SENTENCE * 5_000, id="a line of sentences"),
        pytest.param(QUOTED * 5_000, id="a line of quotations"),
        pytest.param("word " * 50_000, id="a line without a sentence"),
        pytest.param("word\u00a0" * 50_000, id="no-break spaces"),
        pytest.param(WRAPPED * 3_000, id="a wrapped paragraph"),
    ],
)
def test_a_paragraph_that_is_too_long_is_several(text):
    segments = document_of(text).segments
    assert max(len(segment.text) for segment in segments) <= LONGEST + 200
    assert min(len(segment.text) for segment in segments[:-1]) >= LONGEST // 3
    words = [word for segment in segments for word in segment.text.split()]
    assert words == text.split()
    for segment in segments:
        assert text[segment.start : segment.end].split() == segment.text.split()


def test_a_long_line_is_cut_after_a_sentence():
    segments = document_of(SENTENCE * 5_000).segments
    assert {segment.text[-8:] for segment in segments} == {"auditor."}
    assert {segment.text[:3] for segment in segments} == {"The"}


def test_a_word_without_end_is_no_prose():
    text = f"{SENTENCE}{'a' * 1_000_000} {SENTENCE}"
    assert [segment.text for segment in document_of(text).segments] == [
        SENTENCE.strip(),
        SENTENCE.strip(),
    ]


def test_what_is_not_too_long_stays_whole():
    text = (SENTENCE * 950).strip()
    assert [segment.text for segment in document_of(text).segments] == [text]
