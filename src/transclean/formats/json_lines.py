"""JSON, one value a line (JSONL): each line is a record; also what JSON files share with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import msgspec

from transclean.formats import Options
from transclean.formats.records import Record, Rounds, Value, spliced

NAME = "jsonl"

_BOM = b"\xef\xbb\xbf"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def records(file: BinaryIO, path: str, options: Options, encoding: str | None) -> Iterator[Record]:
    """Yield the lines of a file as records."""
    number = 0
    for line, raw in enumerate(file, 1):
        start = raw.removeprefix(_BOM) if line == 1 else raw
        if not start.strip():
            yield Record(raw, line)
            continue
        yield read(raw, start, line, number, options)
        number += 1


def read(raw: bytes, text: bytes, line: int, number: int, options: Options) -> Record:
    """Return the record of a JSON text, or its fault."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Record(raw, line, number, fault=f"is not valid JSON: {_reason(error)}")
    return Record(raw, line, number, tuple(chosen(value, options.fields)))


def _reason(error: Exception) -> str:
    return str(error).removeprefix("JSON is malformed: ") or "it is nested too deeply"


def chosen(value: Any, fields: Sequence[str]) -> Iterator[Value]:
    """Yield the texts that the fields name: keys, or paths of keys parted by dots."""
    for field in fields:
        yield from _at(value, field.split("."), "")


def _at(value: Any, keys: list[str], name: str) -> Iterator[Value]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _at(item, keys, f"{name}[{number}]")
    elif not keys:
        if isinstance(value, str) and value.strip():
            yield Value(name, value)
    elif isinstance(value, dict) and keys[0] in value:
        yield from _at(value[keys[0]], keys[1:], f"{name}.{keys[0]}" if name else keys[0])


def written(record: Record, changes: Sequence[Rounds], encoding: str | None) -> bytes:
    """Return the record's bytes with new text inside the strings of its fields."""
    text = record.raw.decode("utf-8")
    places = strings(text)
    pieces: list[str] = []
    done = 0
    edited = [
        (places[value.name], rounds)
        for value, rounds in zip(record.values, changes, strict=True)
        if rounds
    ]
    for (start, end), rounds in sorted(edited):
        pieces += text[done:start], _string(text[start:end], rounds)
        done = end
    return "".join([*pieces, text[done:]]).encode("utf-8")


def _string(raw: str, rounds: Rounds) -> str:
    escaped = raw.isascii() and "\\u" in raw

    def write(char: str) -> str:
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char < " " or (escaped and char > "~"):
            units = char.encode("utf-16-be", "surrogatepass")
            return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
        return char

    return "".join(spliced(_CHARACTER.findall(raw), rounds, write))


def strings(text: str) -> dict[str, tuple[int, int]]:
    """Return where the strings of a valid JSON text stand, without quotes, by their path.

    As in `chosen`, an item of a list is `[0]`; of keys that occur twice the last one counts.
    """
    found: dict[str, tuple[int, int]] = {}
    stack: list[
        tuple[str, int]
    ] = []  # the path of what is open; the item's number, -1 in an object
    path, key, wants_key = "", "", False
    for token in _TOKEN.finditer(text.removeprefix("\ufeff")):
        sign = token[0]
        if sign[0] == '"':
            if wants_key:
                key = msgspec.json.decode(sign)
                path = f"{stack[-1][0]}.{key}" if stack[-1][0] else key
                wants_key = False
            else:
                shift = int(text.startswith("\ufeff"))
                found[path] = (token.start() + 1 + shift, token.end() - 1 + shift)
        elif sign == "{":
            stack.append((path, -1))
            wants_key = True
        elif sign == "[":
            stack.append((path, 0))
            path = f"{path}[0]"
        elif sign in "}]":
            path = stack.pop()[0]
        elif sign == "," and stack:
            base, number = stack[-1]
            wants_key = number < 0
            if number >= 0:
                stack[-1] = (base, number + 1)
                path = f"{base}[{number + 1}]"
    return found
