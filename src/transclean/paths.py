"""Paths as text: importing pathlib takes longer than an article takes to be checked."""

from __future__ import annotations

import os


def tidy(path: str) -> str:
    """Return a path with slashes and without steps that lead nowhere, as pathlib writes it.

    Steps up (“..”) stay, since they may lead through links.
    """
    slashed = path.replace(os.sep, "/")
    rest = slashed.lstrip("/")
    before = slashed[: len(slashed) - len(rest)]
    root = before if len(before) == 2 else before[:1]  # two slashes have a meaning of their own
    steps = [step for step in rest.split("/") if step not in ("", ".")]
    return root + "/".join(steps) or "."
