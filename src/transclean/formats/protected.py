"""Stretches of text that are no prose in any format: addresses, paths, handles, hashtags."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from transclean.model import Span

_PROTECTED = r"""
      \b(?:https?|ftp|file)://[^\s<>"“”«»]+           # URL
    | \bwww\.[^\s<>"“”«»]+
    | \b[\w.+-]++@[\w-]++(?:\.[\w-]++)+               # e-mail address
    | (?<![\w@&])@\w[\w.]*                            # handle
    | (?<![\w&])\#(?=\w*[^\W\d])\w+                   # hashtag
    | (?<![\w/.])(?:~|\.{1,2})?(?:/[\w.-]++){2,}/?    # file path
    | \b[A-Za-z]:\\[^\s"“”]+
    | \b(?:[a-z0-9-]++\.)+(?:com|org|net|info|eu|fr|es|nl|ca|br|uk)\b(?:/[^\s<>"“”«»]*)?
"""
_SIGNS = ("@", "#", "www.", ":\\")
_DOMAIN = re.compile(r"\.(?:com|org|net|info|eu|fr|es|nl|ca|br|uk)")
_TRAILING = ".,;:!?…’”\"')]"


@cache
def _compiled(pattern: str) -> Any:
    import regex  # slow, and few articles need it

    return regex.compile(pattern, regex.VERBOSE)


def protected_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of `text` that no finding may touch, in order and disjoint."""
    if not _may_hold(text):
        return ()
    spans = []
    # None has a blank in it, and looking for one takes long.
    for run in _compiled(r"\S+").finditer(text):
        if _may_hold(run[0]):
            for match in _compiled(_PROTECTED).finditer(text, *run.span()):
                length = len(match[0].rstrip(_TRAILING))
                if length:
                    spans.append(Span(match.start(), match.start() + length))
    return tuple(spans)


def _may_hold(text: str) -> bool:
    """Whether there may be a protected span in a text: it has a sign of one."""
    if text.count("/") > 1 or _DOMAIN.search(text) is not None:
        return True
    return any(map(text.__contains__, _SIGNS))
