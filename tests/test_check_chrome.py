"""Lines of page furniture, told by their words."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from helpers import ROOT
from transclean import Cleaner

ABOVE = "The lift in the old mill stands still. Six monks are in it, and nobody can mend it."
BELOW = "The abbot says that they sing. He will ask the smith of the next valley on Monday."


def lines(line, source_language):
    cleaner = Cleaner(
        select=["common-chrome-line", "common-chrome-line-translated"],
        source_language=source_language,
    )
    return [f.text for f in cleaner.check(f"{ABOVE}\n\n{line}\n\n{BELOW}\n")]


@pytest.mark.parametrize(
    "line",
    [
        "Sign up here for our weekly newsletter about gardens",
        "Link copied to the clipboard",
        "Jetzt den Newsletter der Redaktion bestellen",
        "Suscríbete para seguir leyendo el periódico",
    ],
)
def test_some_lines_are_furniture_anywhere(line):
    assert lines(line, "auto") == [line]


@pytest.mark.parametrize(
    "line",
    ["Reply to this commentary", "Rules of participation", "Read the rules here"],
)
def test_others_are_where_the_article_was_translated(line):
    assert lines(line, "auto") == []
    assert lines(line, "fr") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Six monks, no soup",
        "What the abbot said",
        "The newsletter of the valley reached 4,000 readers, and the smith was one of them.",
        "“Read the article again,” the abbot said.",
        "Altenrode  3  1  Lindau",
        "2024",
        "Results, men’s relay:",
    ],
)
def test_text_is_left_alone(line):
    assert lines(line, "fr") == []


def test_the_first_line_needs_more_as_it_may_be_the_headline():
    headline = "Our readers ask"
    cleaner = Cleaner(select=["common-chrome-line-translated"], source_language="fr")
    assert cleaner.check(f"{headline}\n\n{ABOVE}\n") == []


def test_a_line_has_the_same_score_in_every_process():
    code = (
        "import pathlib; from transclean.checks.chrome import score_of\n"
        "words = pathlib.Path('rules/lexicons/chrome-line-weights.txt').read_text('utf-8')\n"
        "weights = dict(w.rsplit(' = ', 1) for w in words.splitlines() if w[:1] != '#')\n"
        "lines = pathlib.Path('benchmarks/chrome/furniture.txt').read_text('utf-8').splitlines()\n"
        "print([score_of(line, weights) for line in lines[::5]])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1


def test_a_more_telling_rule_speaks_instead():
    found = Cleaner(source_language="fr").check(f"{ABOVE}\n\nClick to comment\n\n{BELOW}\n")
    assert [finding.rule for finding in found] == ["common-chrome-comment-form"]
