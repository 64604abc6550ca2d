"""Reading rule files: what is a fault, and where it is reported."""

from __future__ import annotations

import os
import time

import msgspec
import pytest

from helpers import ROOT, book_of, rule_text
from transclean.checks import check_types
from transclean.rulebook import cache
from transclean.rulebook.build import build_book
from transclean.rulebook.cache import book_key, load_book, store_book
from transclean.rulebook.decode import decode_rule_file
from transclean.rulebook.faults import RuleFileError
from transclean.rulebook.packs import SourceFile, find_packs, read_packs, shipped_rules
from transclean.rulebook.schema import rule_schema
from transclean.rulebook.types import RuleEntry


def faults(text, pack=None, lexicons=()):
    files = [SourceFile("t.yaml", text, pack, None)]
    files += [SourceFile(f"{name}.txt", words, None, name) for name, words in lexicons]
    with pytest.raises(RuleFileError) as error:
        build_book(files, check_types())
    return str(error.value).split("\n")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"patern": "x"}, "unknown key “patern”; did you mean “pattern”", id="key"),
        pytest.param({"pattern": "'('"}, "missing )", id="pattern"),
        pytest.param({"category": "clique"}, "category", id="category"),
        pytest.param({"confidence": "high"}, "expected a number, got text", id="type"),
        pytest.param({"confidence": "1.5"}, "confidence", id="range"),
        pytest.param({"examples": "[]"}, "examples", id="no example"),
        pytest.param({"examples": "[{bat: x}]"}, "unknown key “bat”", id="nested key"),
        pytest.param({"id": "T_Rule"}, "id:", id="id"),
        pytest.param({"pattern": r"'\L<nobody>'"}, "no lexicon is called “nobody”", id="lexicon"),
        pytest.param({"pattern": "null"}, "exactly one of", id="neither pattern nor check"),
        pytest.param({"check": "x", "pattern": "x"}, "exactly one of", id="both"),
        pytest.param({"check": "nobody", "pattern": "null"}, "no check is called", id="check"),
        pytest.param({"unless": "['(']"}, "unless[0]", id="context"),
        pytest.param({"unless": r"['\g<who>']"}, "group “who”", id="context's group"),
        pytest.param({"fix": "{to: '{who}', applicability: safe}"}, "group “who”", id="group"),
        pytest.param(
            {"fix": "{to: '{0|shout}', applicability: safe}"}, "transform", id="transform"
        ),
        pytest.param({"fix": "{to: '{0|lookup}', applicability: safe}"}, "takes 1", id="arguments"),
        pytest.param({"fix": "{to: '{', applicability: safe}"}, "single “{”", id="brace"),
        pytest.param({"fix": "{to: '{style.tie}', applicability: safe}"}, "style", id="style"),
        pytest.param({"fix": "{to: x}"}, "applicability", id="no applicability"),
        pytest.param({"fix": "{applicability: safe}"}, "either “to:” or “edits:”", id="no text"),
        pytest.param({"fix": "{to: x, applicability: sure}"}, "applicability", id="level"),
        pytest.param(
            {"needs": "{provenance: fr}", "evidence": "{language: fr, weight: 0.5}"},
            "can't be evidence",
            id="circle",
        ),
        pytest.param({"summary": "!!python/object:os.system x"}, "tag", id="tag"),
        pytest.param({"summary": "&a x", "why": "*a"}, "aliases", id="alias"),
        pytest.param({"summary": "a\nsummary: b"}, "stands twice", id="key twice"),
        pytest.param({"summary": "[a"}, "no valid YAML", id="syntax"),
    ],
)
def test_faults(fields, said):
    text = "rules:\n" + rule_text(**{"pattern": "x", **fields})
    (fault, *_) = faults(text)
    path, line, column, rest = fault.split(":", 3)
    assert (path, int(line) >= 1, int(column) >= 1) == ("t.yaml", True, True)
    assert said in rest


def test_all_faults_are_told_at_once_each_at_its_place():
    text = """\
rules:
  - id: t-one
    summary: 3
    category: calque
    confidence: 0.9
    pattern: '('
    examples: [{bad: x}]
  - id: t-two
    sumary: Two
"""
    said = faults(text)
    assert "t.yaml:2:5: t-one: the key “why:” is missing" in said
    assert any(line.startswith("t.yaml:3:5: t-one: summary: expected text") for line in said)
    assert any(line.startswith("t.yaml:9:5: t-two: unknown key “sumary”") for line in said)


def test_words_of_yaml_stay_words():
    text = "rules:\n" + rule_text(pattern="no", not_="[on, yes, 12:30, 0x10, ~x]")
    (decoded,), _, wrong = decode_rule_file(text, "t.yaml")
    assert wrong == []
    assert isinstance(decoded.entry, RuleEntry)
    assert decoded.entry.pattern == "no"
    assert decoded.entry.not_ == ["on", "yes", "12:30", "0x10", "~x"]


@pytest.mark.parametrize(
    ("lexicon", "said"),
    [
        pytest.param("a\nb\na\n", "words.txt:3:1: “a” stands twice", id="twice"),
        pytest.param("# nothing\n", "no entry", id="empty"),
        pytest.param("a = b | \n", "words.txt:1:1: “b |” is no choice", id="an empty choice"),
        pytest.param("a = b|c\n", "“b|c” is no choice", id="a choice without blanks"),
        pytest.param("a = b | b\n", "“b | b” is no choice", id="a choice twice"),
    ],
)
def test_faults_of_lexicons(lexicon, said):
    text = "rules:\n" + rule_text(pattern=r"'\L<words>'")
    assert any(said in line for line in faults(text, lexicons=[("words", lexicon)]))


@pytest.mark.parametrize(
    ("fragments", "said"),
    [
        pytest.param("{a: '[', b: x}", "t.yaml:", id="no pattern"),
        pytest.param(
            "{names: x}", "no fragment is called “name”; did you mean “names”?", id="miss"
        ),
        pytest.param("{name: '\\F<b>', b: '\\F<name>'}", "“name” contains itself", id="circle"),
        pytest.param("{name: [x]}", "expected text", id="no text"),
    ],
)
def test_faults_of_fragments(fragments, said):
    rule = rule_text(pattern=r"'\F<a>'" if "a: '['" in fragments else r"'\F<name>'")
    assert any(said in line for line in faults(f"fragments: {fragments}\nrules:\n{rule}"))


def test_a_fragment_stands_once():
    files = [SourceFile(f"{n}.yaml", "fragments: {a: x}", None, None) for n in "tu"]
    with pytest.raises(RuleFileError, match="“a” stands already at t"):
        build_book(files, check_types())


@pytest.mark.parametrize(
    "key", ["needs: {provenance: french}", "evidence: {language: [fr, x1], weight: 1}"]
)
def test_a_language_has_a_code(key):
    name, _, value = key.partition(": ")
    text = "rules:\n" + rule_text(pattern="x", **{name: value})
    assert any("is no code of a language" in line for line in faults(text))


def test_an_id_stands_once():
    text = "rules:\n" + rule_text(pattern="x") + rule_text(pattern="y")
    assert any("stands already at t.yaml:2" in line for line in faults(text))


def test_an_id_begins_with_its_pack():
    text = "rules:\n" + rule_text(pattern="x")
    assert any("begins with “fr-”" in line for line in faults(text, pack="fr"))


@pytest.mark.parametrize(
    "text", ["", "- a", "rules: x", "rules: [1]", "\0", "rule: []", "{" * 2000]
)
def test_a_file_that_is_no_rule_file_is_told_or_empty(text):
    entries, _, wrong = decode_rule_file(text, "t.yaml")
    assert entries == []
    assert wrong or text == ""


def test_the_schema_is_made_of_the_types_and_ships_rules_that_keep_it():
    schema = rule_schema()
    properties = schema["$defs"]["RuleEntry"]["properties"]
    assert set(properties) == set(RuleEntry.__struct_encode_fields__)
    assert schema["$defs"]["RuleEntry"]["additionalProperties"] is False
    named = [p.get("description") for name, p in properties.items() if name in ("id", "why", "fix")]
    assert all(named)


def test_the_cache_gives_back_what_was_built(tmp_path, monkeypatch):
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path))
    data = msgspec.structs.replace(book_of(rule_text(pattern="x")).data, key="k")
    assert load_book("k") is None
    store_book(data)
    assert load_book("k") == data


@pytest.mark.parametrize("damage", [b"", b"\x00", b"garbage"])
def test_a_damaged_cache_is_built_anew(tmp_path, monkeypatch, damage):
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path))
    store_book(msgspec.structs.replace(book_of(rule_text(pattern="x")).data, key="k"))
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage or file.read_bytes()[:-3])
    assert load_book("k") is None


def test_the_cache_s_key_follows_the_content():
    one = [SourceFile("t.yaml", "rules: []", None, None)]
    other = [SourceFile("t.yaml", "rules: [] ", None, None)]
    assert book_key(one) == book_key(list(one)) != book_key(other)


CHANGES = {
    "nothing": None,
    "text": lambda file: file.write_text(rule_text(pattern="y")),
    "text of the same size and time": lambda file: rewrite_with_its_times(file, "y"),
    "another file": lambda file: (file.parent / "more.yaml").write_text("rules: []"),
    "a file less": lambda file: file.unlink(),
    "its name": lambda file: file.rename(file.with_name("b.yaml")),
}


def rewrite_with_its_times(file, pattern):
    status = file.stat()
    file.write_text(rule_text(pattern=pattern))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("change", CHANGES)
def test_files_are_known_again_until_they_change(tmp_path, monkeypatch, change):
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_SETTLED", 0.0)
    file = tmp_path / "rules" / "x" / "a.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(rule_text(pattern="x"))
    time.sleep(0.02)  # so that the clock of the files has moved on
    found = cache.stamp_of(find_packs([file.parents[1]]))
    data = msgspec.structs.replace(book_of(rule_text(pattern="x")).data, key="k")
    assert cache.recall_book(found) is None
    store_book(data)
    cache.remember_book(found, "k")
    if CHANGES[change]:
        CHANGES[change](file)
    again = cache.stamp_of(find_packs([file.parents[1]]))
    assert cache.recall_book(again) == (data if change == "nothing" else None)


def test_files_that_were_just_written_are_not_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "a.yaml"
    file.write_text("rules: []")
    stamp = cache.stamp_of(find_packs([file]))
    store_book(msgspec.structs.replace(book_of(rule_text(pattern="x")).data, key="k"))
    cache.remember_book(stamp, "k")
    assert cache.recall_book(stamp) is None


def test_a_cache_folder_that_can_t_be_written_is_no_fault(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(blocked / "below"))
    store_book(book_of(rule_text(pattern="x")).data)


def test_shipped_rules_are_found_in_a_checkout():
    assert shipped_rules() == str(ROOT / "rules")
    assert any(file.pack == "fr" for file in read_packs([shipped_rules()]))
