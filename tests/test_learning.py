"""Learning rules from articles before and after a human's repair."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from transclean.checks import check_types
from transclean.cli.rules import rules as rules_command
from transclean.learning import Pair, align, learn, read_folders, read_records, rule_file
from transclean.learning.write import category
from transclean.model import TranscleanError
from transclean.rulebook.book import Rulebook
from transclean.rulebook.build import build_book, read_entries
from transclean.rulebook.lexicons import Lexicon
from transclean.rulebook.packs import SourceFile
from transclean.ruletests import failures

TOWNS = ("Arlen", "Bexhall", "Corvey", "Dunmore")
LEXICONS = {
    "towns": Lexicon("towns", dict.fromkeys(TOWNS, "")),
    "months": Lexicon("months", {"mai": "May", "juin": "June", "juillet": "July"}),
}


def learned(*rows, lexicons=LEXICONS, **options):
    texts = [text for old, new in rows for text in align(Pair("article", old, new))]
    return learn(texts, lexicons, **options)


def first(*rows, **options):
    """Return pattern and template of the best candidate, with its counts."""
    best = learned(*rows, **options)[0]
    return best.shape.pattern, best.shape.template, best.made, best.alone


def same(*texts):
    return [(text, text) for text in texts]


@pytest.mark.parametrize(
    ("before", "after", "pairs", "pattern", "template"),
    [
        pytest.param(
            "He led the firm in {0} {1} years.",
            "He led the firm in {0} {2} years.",
            [("a", "during", "for"), ("b", "during", "for"), ("c", "during", "for")],
            r"\bduring\b",
            "for",
            id="word for word",
        ),
        pytest.param(
            "The {0} was taken in hostage.",
            "The {0} was taken hostage.",
            [("cook",), ("boy",), ("vet",)],
            r"\h+\bin\b",
            "",
            id="a word left out",
        ),
        pytest.param(
            "It costs {0} % more.",
            "It costs {0}% more.",
            [("3",), ("40",), ("6",)],
            r"\h+%",
            "%",
            id="a space left out",
        ),
        pytest.param(
            "It weighs {0} grams.",
            "It weighs {1} grams.",
            [("3,5", "3.5"), ("7,25", "7.25"), ("12,1", "12.1")],
            r"(?<![\d.,])\b\d+,\d+\b(?![\d.,]\d)",
            "{0|number}",
            id="what a transform does",
        ),
        pytest.param(
            "We met in {0} again.",
            "We met in {1} again.",
            [("mai", "May"), ("juin", "June"), ("juillet", "July")],
            r"\b\L<months>\b",
            "{0|lookup(months)}",
            id="what a lexicon translates",
        ),
    ],
)
def test_a_change_that_recurs(before, after, pairs, pattern, template):
    rows = [(before.format(*pair), after.format(*pair)) for pair in pairs]
    assert first(*rows) == (pattern, template, 3, 0)


def test_context_is_added_where_the_change_alone_is_wrong():
    rows = [(f"They live at {t} since May.", f"They live in {t} since May.") for t in TOWNS[:3]]
    rows += same(*(f"They wait at {t} stations." for t in ("two", "the", "old", "both")))
    pattern, template, made, alone = first(*rows)
    assert (template, made, alone) == ("in", 3, 0)
    assert "(?" in pattern


def test_a_lexicon_stands_for_the_word_beside():
    rows = [(f"She left {t} the Friday.", f"She left {t} on Friday.") for t in TOWNS]
    rows += same("She left home the Friday before.", "He saw the Friday market.")
    found = {(w.shape.pattern, w.made, w.alone) for w in learned(*rows)}
    assert any(made == 4 and alone == 0 for _, made, alone in found)


def test_what_was_put_in():
    rows = [(f"{t} cook left the inn.", f"{t} cook has left the inn.") for t in ("A", "Our", "The")]
    assert first(*rows)[1:] == ("{0} has", 3, 0)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(same("Nothing is changed here.", "Nor here."), id="nothing changed"),
        pytest.param(
            [("The old cat sat.", "The grey cat sat."), ("The old dog lay.", "The grey dog lay.")],
            id="made only twice",
        ),
        pytest.param(
            [(f"The old {t} sat.", f"The grey {t} sat.") for t in ("cat", "dog", "cow")]
            + same(*(f"Some old {t} sleeps." for t in ("cat", "dog", "cow", "hen", "ox"))),
            id="left alone more often",
        ),
    ],
)
def test_nothing_to_learn(rows):
    assert [w for w in learned(*rows) if w.shape.pattern == r"\bold\b"] == []


def test_the_support_asked_for():
    rows = [(f"The old {t} sat.", f"The grey {t} sat.") for t in ("cat", "dog")]
    assert learned(*rows) == []
    assert first(*rows, support=2)[:2] == (r"\bold\b", "grey")


def test_segments_are_found_again_though_one_was_left_out():
    before = "Share this page\n\nThe old mill of the town burned down.\n\nNobody was hurt at all."
    after = "The old town mill burned down.\n\nNobody was hurt at all."
    aligned = [(text.before[:7], text.after[:7]) for text in align(Pair("x", before, after))]
    assert aligned == [("The old", "The old"), ("Nobody ", "Nobody ")]


def test_candidates_are_rules_that_hold_on_their_examples():
    sentence = "The {} was taken {}hostage. It’s {{sad}}."
    people = ("cook", "boy", "vet")
    rows = [(sentence.format(who, "in "), sentence.format(who, "")) for who in people]
    text = rule_file(learned(*rows), 3, [])
    files = [SourceFile("learned.yaml", text, None, None)]
    book = Rulebook(build_book(files, check_types()))
    entries = read_entries(files)
    assert "  # 3 changed so, 0 changed otherwise\n" in text
    assert [str(failure) for failure in failures(entries, book)] == []
    assert entries[0].entry.preview


def test_without_candidates_the_rule_file_is_empty():
    assert rule_file([], 3, []).endswith("\nrules: []\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("12,5", "12.5", "number"),
        (" %", "%", "spacing"),
        ("the", "", "article"),
        (" ,", "", "punctuation"),
        ("«", "“", "quotation"),
        ("week - end", "week-end", "spacing"),
        ("during", "for", "calque"),
        ("Government", "government", "calque"),
    ],
)
def test_category(old, new, expected):
    assert category(old, new) == expected


def run(*words):
    return CliRunner().invoke(rules_command, ["learn", *map(str, words)])


@pytest.fixture
def folders(tmp_path):
    for number, who in enumerate(("cook", "boy", "vet")):
        for folder, words in (("before", "taken in hostage"), ("after", "taken hostage")):
            path = tmp_path / folder / "deeper" / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"The {who} was {words}.\n", encoding="utf-8")
    return tmp_path / "before", tmp_path / "after"


def test_two_folders(folders):
    done = run(*folders)
    assert (done.exit_code, done.exception) == (0, None)
    assert "  - id: learned-in\n" in done.stdout
    assert "3 articles, 1 candidates" in done.stderr


def test_records(tmp_path):
    rows = [{"before": f"A {t} taken in hostage.", "after": f"A {t} taken hostage."} for t in "abc"]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out = tmp_path / "learned.yaml"
    assert run(path, "--output", out).stdout == ""
    assert "pattern: '\\h+\\bin\\b'" in out.read_text(encoding="utf-8")


def test_an_article_on_one_side_only_is_told_and_the_others_count(folders):
    before, _ = folders
    (before / "more.txt").write_text("Alone.\n", encoding="utf-8")
    told = []
    assert len(list(read_folders(*map(str, folders), told.append))) == 3
    assert [str(f) for f in told] == [
        f"{before}/more.txt: there is no such article in {folders[1]}"
    ]


def test_a_broken_record_is_told_with_its_line_and_the_others_count(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"before": "a", "after": "b"}\n{"before": 1}\n\nno\n', encoding="utf-8")
    told = []
    assert list(read_records(str(path), told.append)) == [Pair(f"{path}:1", "a", "b")]
    assert [f.path for f in told] == [f"{path}:2", f"{path}:4"]
    assert "no object with the texts “before” and “after”" in told[0].reason


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["nowhere", "after"], "there is no such folder", id="no folder"),
        pytest.param(["empty", "empty"], "there is no article", id="empty folders"),
        pytest.param(["nowhere.jsonl"], "there is no article", id="no file"),
    ],
)
def test_nothing_to_read(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("after", "empty"):
        (tmp_path / name).mkdir()
    done = run(*words)
    assert isinstance(done.exception, TranscleanError)
    assert said in str(done.exception)


def test_one_folder_alone_is_a_wrong_call(tmp_path):
    done = run(tmp_path)
    assert done.exit_code == 2
    assert "two folders" in done.output
