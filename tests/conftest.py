"""Fixtures that several test modules use."""

from __future__ import annotations

import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, above which no configuration lies."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "transclean.toml").write_text("")
    return tmp_path
