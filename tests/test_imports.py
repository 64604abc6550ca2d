"""What a plain check costs before it reads the first word: modules and compiled patterns."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from transclean.rulebook.fold import barred

# Modules that a plain check has no need of.
HEAVY = (
    "yaml",
    "ftfy",
    "langdetect",
    "multiprocessing",
    "concurrent.futures",
    "pathspec",
    "pathlib",
    "regex",
    "hashlib",
    "tomllib",
    "tomli",
    "difflib",
    "dataclasses",
    "tempfile",
    "asyncio",
    "transclean.fixer.diff",
    "transclean.rulebook.build",
    "transclean.rulebook.literals",
    "transclean.cli.fix",
    "transclean.cli.rules",
)

# Patterns for which no literal speaks: each is compiled in every run, which a single article
# feels. To be brought down, never up.
WITHOUT_LITERALS = 16

# Runs the command in a process and says which modules it has and what it compiled.
PROBE = """
import json, sys
from transclean.cli import app
from transclean.rulebook.book import Rulebook
books = []
original = Rulebook.__init__
def remember(self, data):
    books.append(self)
    original(self, data)
Rulebook.__init__ = remember
sys.argv = ["transclean", *sys.argv[1:]]
status = app.run()
literals = {}
for book in books:
    for literal, units in book.search.literals():
        for unit in units:
            literals.setdefault(unit, []).append(literal)
compiled = [
    literals.get(number, [])
    for book in books
    for number, unit in enumerate(book.data.units)
    if (unit.rule, unit.pattern) in book._patterns
]
print(json.dumps([status, sorted(sys.modules), compiled]), file=sys.stderr)
"""


@pytest.fixture
def probe(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path / "cache"))

    def run(text):
        (tmp_path / "one.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", PROBE, "check", "--isolated", "--quiet", "one.txt"]
        for _ in range(2):  # the first fills the cache
            done = subprocess.run(command, capture_output=True, check=True)
        status, modules, literals = json.loads(done.stderr.splitlines()[-1])
        return status, set(modules), literals

    return run


def test_nothing_heavy_is_imported(probe):
    status, modules, _ = probe("The minister spoke to the council about the bridge.\n")
    assert status == 0
    assert sorted(modules & set(HEAVY)) == []


def test_no_pattern_is_compiled_where_nothing_can_match(probe):
    status, _, compiled = probe("Snow lay.\n")
    assert (status, [literals for literals in compiled if literals]) == (0, [])
    assert len(compiled) <= WITHOUT_LITERALS


def test_patterns_are_compiled_where_one_of_their_literals_stands(probe):
    text = "Mme Roy left.\n"
    status, _, compiled = probe(text)
    assert status == 1
    assert any(compiled)
    (searched,) = barred([text])
    for literals in filter(None, compiled):
        assert any(literal in searched for literal in literals)


def test_the_regex_package_works_after_a_check_that_did_without():
    code = """
import sys
from transclean import Cleaner
assert Cleaner().check("Mme Roy left.") and "regex" not in sys.modules
import regex
print(regex.sub(r"(?P<first>\\p{Lu})\\L<rest>", r"<\\g<first>>", "Mme Roy", rest=["me", "oy"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.stdout, done.stderr) == ("<M> <R>\n", "")
