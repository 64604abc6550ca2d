"""One article in six formats: the same findings by their text, the same prose after a repair."""

from __future__ import annotations

import io

import pytest

from helpers import ROOT
from transclean import Cleaner
from transclean.fixer import fix_document
from transclean.formats import DEFAULTS, RECORDS, format_of, get_format
from transclean.formats.records import changes_of, document_of

FOLDER = ROOT / "tests/articles/six-formats"
ENDINGS = ["txt", "md", "html", "jsonl", "csv", "po"]


@pytest.fixture(scope="module")
def cleaner():
    return Cleaner(source_language="fr")


def read(ending):
    return (FOLDER / f"article.{ending}").read_bytes()


def documents(ending, data):
    """Return the documents in a file of the article, each with its record."""
    path = f"article.{ending}"
    name = format_of(path)
    module = get_format(name)
    if name not in RECORDS:
        return [(None, module.parse(data.decode(), path))]
    records = module.records(io.BytesIO(data), path, DEFAULTS, None)
    return [(record, document_of(path, record, DEFAULTS)) for record in records]


def found(cleaner, ending):
    return [
        (finding.rule, " ".join(finding.text.split()))
        for _, document in documents(ending, read(ending))
        for finding in cleaner.engine.run(document).findings
    ]


def repaired(cleaner, ending):
    """Return the bytes of the article after all fixes."""
    pieces = []
    for record, document in documents(ending, read(ending)):
        result = fix_document(document, cleaner.engine, suggested=True)
        if record is None:
            pieces.append(result.text.encode())
        elif record.values:
            changes = changes_of(document, result.rounds)
            module = get_format(format_of(document.path))
            pieces.append(module.written(record, changes, None))
        else:
            pieces.append(record.raw)
    return b"".join(pieces)


def prose(ending, data):
    texts = [document.body.text for _, document in documents(ending, data)]
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_findings_are_the_same(cleaner, ending):
    assert found(cleaner, ending) == found(cleaner, "txt")


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_repaired_prose_is_the_same(cleaner, ending):
    expected = (FOLDER / "expected-all.txt").read_text(encoding="utf-8")
    assert prose(ending, repaired(cleaner, ending)) == " ".join(expected.split())


def test_nothing_but_prose_was_changed(cleaner):
    assert b'href="/new?a=1&amp;b=2" class="Mme"' in repaired(cleaner, "html")
    assert b'(https://example.org/new_library "Mme")' in repaired(cleaner, "md")
    assert b'"id": "Mme 7"' in repaired(cleaner, "jsonl")
    assert b"\nMme 7," in repaired(cleaner, "csv")
    assert b'msgid "Mme Lavoie ouvre' in repaired(cleaner, "po")
