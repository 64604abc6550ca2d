"""Patterns in the syntax of the regex package, with lexicons by `\\L<name>`.

Compiling a pattern takes milliseconds, nearly all of it in Python. What comes out is a
short code that the package can pickle; `dump_pattern` keeps it for `load_pattern`, which
takes a hundredth of the time and only the part of the package that is written in C: importing
its compiler takes a tenth of a start.
"""

import copyreg
import os
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any

import msgspec

from transclean.rulebook.lexicons import Lexicons

_LEXICON = re.compile(r"\\L<([^<>]*)>")
_REFERENCE = re.compile(r"\\g<([^<>]*)>")

Pattern = Any  # regex.Pattern has no stubs that know timeouts


def lexicons_of(pattern: str) -> list[str]:
    """Return the names of the lexicons that a pattern takes."""
    return _LEXICON.findall(pattern)


def references_of(pattern: str) -> list[str]:
    """Return the names of the match's groups that a context refers to by `\\g<name>`."""
    return _REFERENCE.findall(pattern)


def compile_pattern(pattern: str, lexicons: Lexicons) -> Pattern:
    """Return the compiled pattern; raise regex.error where it is none."""
    import regex

    lists = {_identifier(name): list(lexicons[name].words) for name in lexicons_of(pattern)}
    return regex.compile(_with_identifiers(pattern), cache_pattern=False, **lists)


class _Code(msgspec.Struct, frozen=True, array_like=True):
    """What the regex package pickles of a pattern, but for the source and the lexicons' words."""

    flags: int
    code: bytes
    groups: dict[str, int]
    names: dict[int, str]
    used: list[str | list[str]]  # the word lists of the code: of a lexicon, or its words folded
    rest: tuple[int, tuple[int, ...], int, int]


def dump_pattern(pattern: str, compiled: Pattern) -> bytes | None:
    """Return what `load_pattern` makes the compiled pattern from, or None where it can't."""
    try:
        reduced: Any = copyreg.dispatch_table[type(compiled)](compiled)
        _, flags, code, groups, names, lists, used, *rest = reduced[1]
        known = {lists[_identifier(name)]: name for name in lexicons_of(pattern)}
        words = [known.get(entries) or sorted(entries) for entries in used]
        data = msgspec.msgpack.encode(_Code(flags, code, groups, names, words, tuple(rest)))
        msgspec.msgpack.decode(data, type=_Code)
    except (LookupError, TypeError, ValueError, msgspec.MsgspecError):
        return None  # of another version of the package: compiling works always
    return data


def load_pattern(pattern: str, data: bytes, words: Callable[[str], frozenset[str]]) -> Pattern:
    """Return the compiled pattern that was dumped; `words` gives those of a lexicon."""
    code = msgspec.msgpack.decode(data, type=_Code)
    return _c_part().compile(
        _with_identifiers(pattern),
        code.flags,
        code.code,
        code.groups,
        code.names,
        {_identifier(name): words(name) for name in lexicons_of(pattern)},
        [words(one) if isinstance(one, str) else frozenset(one) for one in code.used],
        *code.rest,
    )


def codes_version() -> str:
    """Return what tells the regex package here, whose codes no other one may load, from others."""
    file = _c_part().__file__
    status = os.stat(file)
    return f"{file} {status.st_size} {status.st_mtime_ns}"


@cache
def _c_part() -> Any:
    name = "regex._regex"
    package = PathFinder.find_spec("regex")
    spec = package and PathFinder.find_spec(name, package.submodule_search_locations)
    if name in sys.modules or spec is None or spec.loader is None:
        return import_module(name)  # with the whole package
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fill_references(pattern: str, groups: Mapping[str, str | None]) -> str:
    """Return a context's pattern with `\\g<name>` as the text that the group matched."""
    return _REFERENCE.sub(lambda m: f"(?:{re.escape(groups.get(m[1]) or '')})", pattern)


def _with_identifiers(pattern: str) -> str:
    """Return the pattern with the lexicons named as the regex package wants lists to be."""
    return _LEXICON.sub(lambda m: f"\\L<{_identifier(m[1])}>", pattern)


def _identifier(name: str) -> str:
    return "lexicon_" + name.replace("-", "_")
