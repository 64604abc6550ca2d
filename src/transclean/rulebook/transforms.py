"""Transforms that templates name: numbers, times, dates, ordinals, words and their case.

A transform gets the text of a group, its arguments and the house style, and returns the
text to write, or None where it can't be sure; then the fix that uses it is not offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from transclean.rulebook.style import Style

Argument = str | Mapping[str, str]  # a group's text, or a lexicon's words
Kind = Literal["group", "lexicon"]

_SPACES = "\u0020\u00a0\u202f\u2009"
# Compiled on use, as are all patterns here: most articles need none.
_GROUPED = rf"(\d{{1,3}}(?:[.{_SPACES}’']\d{{3}})+)(?:,(\d+))?$"
_DECIMAL = r"(\d+),(\d+)$"
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


class Transform(NamedTuple):
    """A function with the kinds of its arguments; the last `optional` may be left out."""

    apply: Callable[[str, tuple[Argument, ...], Style], str | None]
    arguments: tuple[Kind, ...] = ()
    optional: int = 0
    translates: bool = False  # by a lexicon, which may offer several words


def _words(argument: Argument) -> Mapping[str, str]:
    assert not isinstance(argument, str)
    return argument


def _find(value: str, words: Mapping[str, str]) -> str | None:
    """Return the English of `value`, by its own case first, then in lower case."""
    return words.get(value) or words.get(value.lower()) or None


def _number(value: str, _: tuple[Argument, ...], __: Style) -> str | None:
    grouped = re.match(_GROUPED, value)
    if grouped:
        digits = re.sub(r"\D", "", grouped[1])
        return f"{int(digits):,}" + (f".{grouped[2]}" if grouped[2] else "")
    decimal = re.match(_DECIMAL, value)
    if decimal:
        return f"{decimal[1]}.{decimal[2]}"
    return value if value.isdecimal() else None


def _time(value: str, arguments: tuple[Argument, ...], style: Style) -> str | None:
    minutes = str(arguments[0]) if arguments else ""
    if not value.isdecimal() or int(value) > 24 or not (minutes or "0").isdecimal():
        return None
    hour, minute = int(value) % 24, int(minutes or 0)
    if minute > 59:
        return None
    if style.clock == "24-hour":
        return f"{hour}:{minute:02}"
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    half = style.am if hour < 12 else style.pm
    return f"{(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''} {half}"


def _ordinal(value: str, _: tuple[Argument, ...], __: Style) -> str | None:
    digits = re.match(r"\d+", value)
    if not digits:
        return None
    number = int(digits[0])
    suffix = "th" if number % 100 in (11, 12, 13) else _SUFFIXES.get(number % 10, "th")
    return f"{number}{suffix}"


def _date(value: str, arguments: tuple[Argument, ...], style: Style) -> str | None:
    digits = re.match(r"\d+", value)
    month = _find(str(arguments[0]), _words(arguments[1]))
    if not digits or not month or not 1 <= int(digits[0]) <= 31:
        return None
    year = str(arguments[2]) if len(arguments) > 2 else ""
    if style.date == "day-month":
        return f"{int(digits[0])} {month}" + (f" {year}" if year else "")
    return f"{month} {int(digits[0])}" + (f", {year}" if year else "")


def _lookup(value: str, arguments: tuple[Argument, ...], _: Style) -> str | None:
    return _find(value, _words(arguments[0]))


def _possessive(value: str, arguments: tuple[Argument, ...], _: Style) -> str | None:
    return f"{value}{str(arguments[0]) if arguments else '’'}s"


def _stop(value: str, _: tuple[Argument, ...], __: Style) -> str | None:
    return value if value.endswith(".") else f"{value}."


def _capitalize(value: str, _: tuple[Argument, ...], __: Style) -> str | None:
    return value[:1].upper() + value[1:]


_ESCAPED = r"\\u([0-9a-fA-F]{4})"
_BYTES = r"(?:[=%][0-9a-fA-F]{2})+"
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def _decoded(found: re.Match[str]) -> str:
    return bytes.fromhex(re.sub("[=%]", "", found[0])).decode()


def _unescape(value: str, _: tuple[Argument, ...], __: Style) -> str | None:
    """Decode entities, \\u escapes and hexadecimal bytes; a special space becomes a plain one."""
    from html import unescape

    text = value
    for _round in range(4):  # “&amp;amp;#39;” was escaped more than once
        text = unescape(text)
    text = re.sub(_ESCAPED, lambda found: chr(int(found[1], 16)), text)
    try:
        text = re.sub(_BYTES, _decoded, text)
    except UnicodeDecodeError:
        return None
    text = re.sub("[\u00a0\u2002\u2003\u2009\u202f]", " ", text).translate(_NO_WIDTH)
    return text if text != value and text.isprintable() and "\ufffd" not in text else None


# Letters of Cyrillic and Greek that look like Latin ones, and the Latin ones, in the same order.
_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxhdqwABEZHIKMNOPTYXo",
)


def _latin(value: str, _: tuple[Argument, ...], __: Style) -> str | None:
    text = value.translate(_TWINS)
    return text if text != value and text.isascii() else None


def _joined(value: str, _: tuple[Argument, ...], __: Style) -> str | None:
    return re.sub(r"\s+", "", value)


TRANSFORMS: dict[str, Transform] = {
    "lower": Transform(lambda value, _, __: value.lower()),
    "upper": Transform(lambda value, _, __: value.upper()),
    "capitalize": Transform(_capitalize),
    "number": Transform(_number),
    "time": Transform(_time, ("group",), optional=1),
    "ordinal": Transform(_ordinal),
    "date": Transform(_date, ("group", "lexicon", "group"), optional=1),
    "lookup": Transform(_lookup, ("lexicon",), translates=True),
    "possessive": Transform(_possessive, ("group",), optional=1),
    "stop": Transform(_stop),
    "unescape": Transform(_unescape),
    "latin": Transform(_latin),
    "joined": Transform(_joined),
}
