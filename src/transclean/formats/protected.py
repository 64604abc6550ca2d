"""Stretches of text that are no prose in any format: addresses, paths, handles, hashtags."""

from __future__ import annotations

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
_SIGNS = ("@", "#", "www.", ":\\", ".com", ".org", ".net", ".info", ".eu", ".fr", ".es")
_MORE_SIGNS = (".nl", ".ca", ".br", ".uk")
_TRAILING = ".,;:!?…’”\"')]"


@cache
def _protected() -> Any:
    import regex  # slow, and few articles need it

    return regex.compile(_PROTECTED, regex.VERBOSE)


def protected_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of `text` that no finding may touch, in order and disjoint."""
    if text.count("/") < 2 and not any(sign in text for sign in _SIGNS + _MORE_SIGNS):
        return ()
    spans = []
    for match in _protected().finditer(text):
        length = len(match[0].rstrip(_TRAILING))
        if length:
            spans.append(Span(match.start(), match.start() + length))
    return tuple(spans)
