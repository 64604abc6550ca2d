"""Rule files decoded to typed entries, strictly, with every fault at its place."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec

from transclean.rulebook.faults import Fault, near_miss
from transclean.rulebook.types import EvidenceEntry, RuleEntry, RuleFile
from transclean.rulebook.yamltree import Node, Place, TreeError, parse_yaml

Entry = TypeVar("Entry", RuleEntry, EvidenceEntry)

_WHERE = re.compile(r"^(?P<reason>.*?)(?: - at `(?:key in )?\$?(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[\.\.\.\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`$", re.DOTALL)


class Decoded(msgspec.Struct, frozen=True):
    """An entry with the nodes of its file, to name the places of later faults."""

    entry: RuleEntry | EvidenceEntry
    path: str
    node: Node

    def fault(self, reason: str, *path: str | int) -> Fault:
        """Return a fault of this entry at the value that `path` leads to."""
        place = self.node.place_of(path)
        return Fault(self.path, place.line, place.column, self.entry.id, reason)


class DecodedFile(NamedTuple):
    """What could be read of a rule file, and all faults of the rest."""

    entries: list[Decoded]
    fragments: dict[str, tuple[str, Place]]
    faults: list[Fault]


def decode_rule_file(text: str, path: str) -> DecodedFile:
    """Return the entries and fragments of a rule file that can be read, and all its faults."""
    try:
        root = parse_yaml(text)
    except TreeError as error:
        place = error.place
        return DecodedFile([], {}, [Fault(path, place.line, place.column, "", error.reason)])
    if not isinstance(root.value, dict):
        reason = "a rule file has the key “rules:”, “evidence:” or “fragments:”"
        return DecodedFile([], {}, [Fault(path, 1, 1, "", reason)])
    decoder = _Decoder(path)
    decoder.unknown_keys(root, RuleFile, "")
    entries = [
        *decoder.entries(root.children.get("rules"), RuleEntry),
        *decoder.entries(root.children.get("evidence"), EvidenceEntry),
    ]
    fragments = decoder.fragments(root.children.get("fragments"))
    return DecodedFile(entries, fragments, decoder.faults)


class _Decoder:
    """Decodes one file and collects its faults."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []

    def fault(self, place: Place, rule: str, reason: str) -> None:
        self.faults.append(Fault(self.path, place.line, place.column, rule, reason))

    def unknown_keys(self, node: Node, kind: Any, rule: str) -> None:
        known = kind.__struct_encode_fields__
        for key, child in node.children.items():
            if key not in known:
                hint = near_miss(str(key), known) or f"; known are {', '.join(known)}"
                self.fault(child.place, rule, f"unknown key “{key}”{hint}")

    def fragments(self, node: Node | None) -> dict[str, tuple[str, Place]]:
        if node is None:
            return {}
        patterns: dict[str, str] | None = self.value(node, RuleFile, "fragments", "")
        return {
            name: (pattern, node.children[name].place) for name, pattern in (patterns or {}).items()
        }

    def entries(self, node: Node | None, kind: type[Entry]) -> list[Decoded]:
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.fault(node.place, "", "expected a list of entries, each beginning with “- id:”")
            return []
        found = [self.entry(child, kind) for child in node.children.values()]
        return [Decoded(entry, self.path, child) for entry, child in found if entry]

    def entry(self, node: Node, kind: type[Entry]) -> tuple[Entry | None, Node]:
        if not isinstance(node.value, dict):
            self.fault(node.place, "", "expected an entry with keys such as “id:”")
            return None, node
        before = len(self.faults)
        rule = node.value.get("id")
        rule = rule if isinstance(rule, str) else ""
        self.unknown_keys(node, kind, rule)
        values = {}
        for field in msgspec.structs.fields(kind):
            child = node.children.get(field.encode_name)
            if child is None:
                if field.required:
                    self.fault(node.place, rule, f"the key “{field.encode_name}:” is missing")
                continue
            values[field.name] = self.value(child, kind, field.encode_name, rule)
        return (kind(**values) if len(self.faults) == before else None), node

    def value(self, node: Node, kind: Any, key: str, rule: str) -> Any:
        try:
            return msgspec.convert({key: node.value}, _alone(kind, key)).value
        except msgspec.ValidationError as error:
            where = _WHERE.match(str(error))
            assert where is not None
            path = _steps(where["path"] or "")[1:]
            label = key + "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)
            place = node.place_of(path)
            self.fault(place, rule, f"{label}: {_plain(where['reason'])}")
        return None


@cache
def _alone(kind: Any, key: str) -> Any:
    """Return a struct that has only one field of an entry, as `value`.

    So each field's fault is found; msgspec stops at a struct's first. It must be a struct:
    msgspec 0.22 frees the pattern of a type such as `Language | list[Language]` twice where
    it converts to the bare type, and crashes.
    """
    (field,) = [field for field in msgspec.structs.fields(kind) if field.encode_name == key]
    return msgspec.defstruct("Field", [("value", field.type)], rename={"value": key})


def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(
        int(step[2]) if step[2] else step[1] for step in _STEP.finditer(path) if step[1] or step[2]
    )


def _plain(reason: str) -> str:
    """Return msgspec's reason in the words of a rule file's author."""
    unknown = _UNKNOWN.match(reason)
    if unknown:
        return f"unknown key “{unknown[1]}”"
    for technical, plain in (
        ("`str`", "text"),
        ("`array`", "a list"),
        ("`object`", "keys with values"),
        ("`float`", "a number"),
        ("`int`", "a whole number"),
        ("`bool`", "true or false"),
        ("`null`", "nothing"),
        ("Object missing required field", "missing key"),
        ("Expected", "expected"),
        ("Invalid enum value", "unknown value"),
    ):
        reason = reason.replace(technical, plain)
    return reason
