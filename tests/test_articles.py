"""Whole articles: what `fix` makes of them, and that clean ones stay as they are."""

from __future__ import annotations

import json

import pytest

from helpers import ROOT, SHARED
from transclean import Cleaner

ARTICLES = sorted(path.parent for path in ROOT.glob("tests/articles/*/article.txt"))
SAMPLE = SHARED / "samples" / "joly"


@pytest.fixture(scope="module")
def cleaner():
    return Cleaner()


def read(path):
    return path.read_bytes().decode("utf-8")


def folders():
    for folder in ARTICLES:
        yield pytest.param(folder, id=folder.name)
    missing = pytest.mark.skipif(not SAMPLE.is_dir(), reason="the development data is absent")
    yield pytest.param(SAMPLE, id="sample", marks=missing)


@pytest.mark.parametrize("folder", list(folders()))
def test_safe_fixes(cleaner, folder):
    result = cleaner.fix(read(folder / "article.txt"))
    assert result.text == read(folder / "expected-safe.txt")
    assert cleaner.fix(result.text).text == result.text


@pytest.mark.parametrize("folder", list(folders()))
def test_all_fixes(cleaner, folder):
    result = cleaner.fix(read(folder / "article.txt"), suggested=True)
    assert result.text == read(folder / "expected-all.txt")


@pytest.mark.parametrize("folder", list(folders()))
def test_every_place_is_found(cleaner, folder):
    text = read(folder / "article.txt")
    found = cleaner.check(text)
    name = "places.json" if (folder / "places.json").exists() else "artifacts.json"
    missed = [
        place["text"]
        for place in json.loads(read(folder / name))
        if place["kind"] not in ("pronoun", "pronoun-gender")
        and not any(f.start < place["end"] and place["start"] < f.end for f in found)
    ]
    assert missed == []


CLEAN = [*ROOT.glob("examples/articles/clean-*.txt"), *ROOT.glob("tests/articles/clean-*/*.txt")]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_good_english_is_left_alone(cleaner, path):
    assert cleaner.check(read(path)) == []
