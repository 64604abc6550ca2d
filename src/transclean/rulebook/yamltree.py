"""YAML as plain data with the place of every value; nothing in it is guessed or executed.

Of YAML's scalars only `true`, `false`, `null` and decimal numbers are other than text, so
that a bare “no” or “12:30” stays what its author wrote. Anchors, aliases, tags and keys
given twice are faults.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?$")
_TAGS = {"str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge", "value"}
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Place(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int


class TreeError(Exception):
    """Text that is no YAML, or YAML that a rule file may not use."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


class Node(NamedTuple):
    """A value, its place, and its children's nodes by key or index."""

    value: Any
    place: Place
    children: dict[str | int, Node]

    def place_of(self, path: tuple[str | int, ...]) -> Place:
        """Return the place of the nearest value on the way along `path`."""
        node = self
        for step in path:
            if step not in node.children:
                break
            node = node.children[step]
        return node.place


def parse_yaml(text: str) -> Node:
    """Return the tree of a YAML document; raise TreeError with the place of the first fault."""
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise TreeError(f"no valid YAML: {error.problem}", _place(mark)) from None
    except yaml.YAMLError as error:
        raise TreeError(f"no valid YAML: {error}", Place(1, 1)) from None
    except RecursionError:
        raise TreeError("nested too deeply", Place(1, 1)) from None
    return Node(None, Place(1, 1), {}) if root is None else _node(root, set())


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _node(source: Any, seen: set[int]) -> Node:
    place = _place(source.start_mark)
    if id(source) in seen:
        raise TreeError("anchors and aliases are not for rule files", place)
    seen.add(id(source))
    if source.tag.removeprefix("tag:yaml.org,2002:") not in _TAGS:
        raise TreeError(f"the tag {source.tag} is not for rule files", place)
    if isinstance(source, yaml.MappingNode):
        return _mapping(source, place, seen)
    if isinstance(source, yaml.SequenceNode):
        children = [_node(child, seen) for child in source.value]
        return Node([child.value for child in children], place, dict(enumerate(children)))
    return Node(_scalar(source), place, {})


def _mapping(source: Any, place: Place, seen: set[int]) -> Node:
    children: dict[str | int, Node] = {}
    for key, value in source.value:
        at = _place(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            raise TreeError("a key must be plain text", at)
        if key.value in children:
            raise TreeError(f"the key “{key.value}” stands twice", at)
        children[key.value] = _node(value, seen)._replace(place=at)
    return Node({key: child.value for key, child in children.items()}, place, children)


def _scalar(source: Any) -> Any:
    if source.style:  # quoted or in block style
        return source.value
    if source.value in _WORDS:
        return _WORDS[source.value]
    if _NUMBER.match(source.value):
        return float(source.value) if "." in source.value else int(source.value)
    return source.value
