"""Fragments: named pieces of patterns that rules share, written `\\F<name>`.

A rule file defines them under `fragments:`; patterns and contexts of all packs may use them,
and so may other fragments. They are put in as groups before a pattern is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from transclean.rulebook.faults import near_miss

_USE = re.compile(r"\\F<([^<>]*)>")

Fragments = Mapping[str, str]


class FragmentError(ValueError):
    """A fragment that is not there, or that contains itself."""


def expand(pattern: str, fragments: Fragments, inside: tuple[str, ...] = ()) -> str:
    """Return `pattern` with its fragments put in; raise FragmentError where that can't be."""

    def put_in(use: re.Match[str]) -> str:
        name = use[1]
        if name not in fragments:
            raise FragmentError(f"no fragment is called “{name}”{near_miss(name, fragments)}")
        if name in inside:
            raise FragmentError(f"the fragment “{name}” contains itself")
        return f"(?:{expand(fragments[name], fragments, (*inside, name))})"

    return _USE.sub(put_in, pattern)
