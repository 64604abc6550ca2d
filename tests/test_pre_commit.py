"""The hooks, run by pre-commit itself on a repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from helpers import ROOT

BAD = "Mme Roy left the hall.\n"


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """A repository with this project's files, as pre-commit would clone it."""
    folder = tmp_path_factory.mktemp("transclean")
    for name in (
        "src",
        "rules",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        ".pre-commit-hooks.yaml",
    ):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "--quiet")
    commit(folder, "Hooks")
    return folder


@pytest.fixture
def articles(tmp_path):
    """A repository of articles."""
    git(tmp_path, "init", "--quiet")
    return tmp_path


def git(folder, *arguments, check=True):
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    return subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=check, capture_output=True, text=True
    )


def commit(folder, message, check=True):
    git(folder, "add", "--all")
    return git(folder, "commit", "--quiet", "-m", message, check=check)


def use(folder, hooks, name):
    """Switch a hook on in a repository, in the way of its users."""
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks: [{{id: {name}}}]\n"
    )
    environment = {**os.environ, "PRE_COMMIT_HOME": str(hooks.parent / "pre-commit-home")}
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )


def test_a_bad_article_stops_the_commit(articles, hooks, monkeypatch):
    monkeypatch.setenv("PRE_COMMIT_HOME", str(hooks.parent / "pre-commit-home"))
    use(articles, hooks, "transclean-check")
    (articles / "a.txt").write_text(BAD)
    done = commit(articles, "Bad", check=False)
    assert done.returncode != 0
    assert "fr-mme" in done.stdout + done.stderr


def test_the_fixer_repairs_and_the_second_commit_passes(articles, hooks, monkeypatch):
    monkeypatch.setenv("PRE_COMMIT_HOME", str(hooks.parent / "pre-commit-home"))
    use(articles, hooks, "transclean-fix")
    (articles / "a.txt").write_text(BAD)
    assert commit(articles, "Bad", check=False).returncode != 0
    assert (articles / "a.txt").read_text() == "Ms. Roy left the hall.\n"
    assert commit(articles, "Good").returncode == 0


def test_excluded_articles_are_left_out_though_pre_commit_names_them(articles, hooks, monkeypatch):
    monkeypatch.setenv("PRE_COMMIT_HOME", str(hooks.parent / "pre-commit-home"))
    use(articles, hooks, "transclean-check")
    (articles / "old").mkdir()
    (articles / "old" / "a.txt").write_text(BAD)
    (articles / "transclean.toml").write_text('exclude = ["old/"]\n')
    assert commit(articles, "Archive").returncode == 0
