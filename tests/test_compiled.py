"""Compiled patterns that come from the cache find what freshly compiled ones find."""

from __future__ import annotations

import msgspec
import pytest

from helpers import ROOT, book_of, document_of, rule_text
from transclean.checks import check_types
from transclean.engine import Engine, select_rules
from transclean.model import TranscleanError
from transclean.rulebook import load_rulebook
from transclean.rulebook.book import BookData, Rulebook
from transclean.rulebook.cache import load_book, store_book
from transclean.rulebook.lexicons import Lexicon
from transclean.rulebook.patterns import compile_pattern, dump_pattern, load_pattern

LEXICONS = {"days": Lexicon("days", {"lundi": "Monday", "Mardi": "Tuesday", "straße": ""})}
TEXT = "On lundi, not LUNDI; mardi, Mardi. STRASSE. 12 a.m., M’s lawyerme Roy. aaa"


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bM['’]s (?<noun>\p{Ll}+)me(?= (?<name>\p{Lu}\w+))",
        r"\b\L<days>\b",
        r"(?i)\b\L<days>\b",
        r"(?i:\L<days>|\d+)(?=[,; ])",
        r"(?<=on )\L<days>|(?>a+)|(?:\L<days>){2}",
        r"(?<a>a)(?&a)(?P=a)|(?|x|y)",
    ],
)
def test_a_loaded_pattern_is_the_compiled_one(pattern):
    compiled = compile_pattern(pattern, LEXICONS)
    data = dump_pattern(pattern, compiled)
    assert data is not None
    loaded = load_pattern(pattern, data, lambda name: frozenset(LEXICONS[name].words))
    assert [(m.span(), m.groupdict()) for m in loaded.finditer(TEXT)] == [
        (m.span(), m.groupdict()) for m in compiled.finditer(TEXT)
    ]
    assert (loaded.pattern, loaded.flags, loaded.groupindex) == (
        compiled.pattern,
        compiled.flags,
        compiled.groupindex,
    )


def without_codes(data: BookData) -> BookData:
    return msgspec.structs.replace(data, codes=[msgspec.msgpack.encode({})] * len(data.codes))


def without_conditions(data: BookData) -> BookData:
    units = [msgspec.structs.replace(unit, also=(), elsewhere=()) for unit in data.units]
    return msgspec.structs.replace(data, units=units)


@pytest.mark.parametrize("shortened", [without_codes, without_conditions])
def test_the_shipped_rules_find_the_same_without_shortcuts(shortened):
    book = load_rulebook([], check_types())
    plain = Rulebook(shortened(book.data))
    assert plain.data != book.data
    enabled = select_rules(book.headings, ["all"])
    for path in (*ROOT.glob("examples/articles/*.txt"), *ROOT.glob("tests/articles/*/article.txt")):
        document = document_of(path.read_bytes().decode())
        assert Engine(book, enabled).run(document) == Engine(plain, enabled).run(document)


def test_a_damaged_cache_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path))
    book = book_of(rule_text(pattern="cat+"))
    data = msgspec.structs.replace(book.data, key="k")
    store_book(data)
    assert load_book("k") == data
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole[:90] + b"!" + whole[91:], whole + b"!", whole[:7], b""):
        path.write_bytes(damaged)
        assert load_book("k") is None


def test_damaged_codes_are_compiled_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path))
    book = book_of(rule_text(pattern="cat+"))
    store_book(msgspec.structs.replace(book.data, key="k"))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    at = whole.index(book.data.codes[0]) + len(book.data.codes[0]) // 2
    path.write_bytes(whole[:at] + b"!" + whole[at + 1 :])
    found = load_book("k")
    assert found.codes != book.data.codes
    document = document_of("A cattt.")
    assert len(Engine(book, [True]).run(document).findings) == 1
    assert Engine(Rulebook(found), [True]).run(document) == Engine(book, [True]).run(document)
    gone = load_book("k", lambda: book.data)
    path.unlink()
    assert Engine(Rulebook(gone), [True]).run(document) == Engine(book, [True]).run(document)


@pytest.mark.parametrize("part", ["literals", "lexicons"])
def test_a_rulebook_is_built_anew_where_its_pieces_are_damaged(tmp_path, monkeypatch, part):
    monkeypatch.setenv("TRANSCLEAN_CACHE_DIR", str(tmp_path))
    rule = rule_text(pattern=r"'\L<days>'", fix="{to: '{0|lookup(days)}', applicability: safe}")
    book = book_of(rule, lexicons={"days": "lundi = Monday"})
    store_book(msgspec.structs.replace(book.data, key="k"))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    pieces = book.data.literals if part == "literals" else book.data.lexicons.values()
    (piece,) = pieces
    path.write_bytes(whole.replace(piece, b"!" * len(piece)))
    document = document_of("On lundi.")
    right = Engine(book, [True]).run(document)
    assert len(right.findings) == 1
    assert Engine(Rulebook(load_book("k", lambda: book.data)), [True]).run(document) == right
    with pytest.raises(TranscleanError, match="damaged: delete it"):
        Engine(Rulebook(load_book("k")), [True]).run(document)
