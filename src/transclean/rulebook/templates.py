"""Templates of replacements and messages: text with `{group|transform(argument)}` in it.

`{name}` is the text of a named group (`{0}` the whole match), `{style.name}` a setting of
the house style; `{style.name:word}` gives the word to write where the style says “keep”.
Transforms follow after bars. `{{` and `}}` stand for braces.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

# Compiled on use: an article without findings needs no template.
_PART = r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+"
_CALL = r"\s*([a-z_]+)\s*(?:\(([^()]*)\))?\s*$"
_NAME = r"(?s)\s*(style\.[a-z_]+|[A-Za-z_]\w*|0)\s*(?::(.*))?$"


class TemplateError(ValueError):
    """A template that can't be read."""


class Call(NamedTuple):
    """A transform with its arguments."""

    transform: str
    arguments: tuple[str, ...]


class Placeholder(msgspec.Struct, frozen=True):
    """What is filled in: a group or a setting, passed through transforms."""

    name: str
    kept: str | None  # what stands where the style says “keep”
    calls: tuple[Call, ...]

    @property
    def style(self) -> str | None:
        """The name of the style's setting, or None for a group."""
        return self.name[6:] if self.name.startswith("style.") else None


Template = tuple[str | Placeholder, ...]


@lru_cache(maxsize=4096)
def parse_template(source: str) -> Template:
    """Return the parts of a template; raise TemplateError where it can't be read."""
    parts: list[str | Placeholder] = []
    for part in re.finditer(_PART, source):
        if part[1] is not None:
            parts.append(_placeholder(part[1]))
        elif part[0] in ("{", "}"):
            raise TemplateError(f"a single “{part[0]}”; write “{part[0] * 2}” for the sign itself")
        else:
            parts.append(part[0][0] if part[0] in ("{{", "}}") else part[0])
    return tuple(parts)


def _placeholder(inside: str) -> Placeholder:
    head, *pipes = inside.split("|")
    name = re.match(_NAME, head)
    if not name:
        raise TemplateError(f"“{{{inside}}}” names no group and no setting of the style")
    calls = []
    for pipe in pipes:
        call = re.match(_CALL, pipe)
        if not call:
            raise TemplateError(f"“{pipe}” is no transform")
        arguments = [a.strip() for a in call[2].split(",")] if call[2] else []
        calls.append(Call(call[1], tuple(arguments)))
    return Placeholder(name[1], name[2], tuple(calls))
