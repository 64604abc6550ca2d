"""Paths as text: written as pathlib writes them."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transclean.paths import tidy


@pytest.mark.parametrize(
    "path", ["a", "./a", "a//b/./c/", "../a", "/", "//a", "///a", ".", "a/..", ".a", "a. /b."]
)
def test_tidy(path):
    assert tidy(path) == PurePath(path).as_posix()


@given(st.text("./ab ", min_size=1, max_size=12))
def test_tidy_writes_what_pathlib_writes(path):
    assert tidy(path) == PurePath(path).as_posix()
