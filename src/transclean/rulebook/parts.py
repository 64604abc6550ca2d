"""What a pattern is made of: strings in a row, gaps and lookarounds, and what they require."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from transclean.rulebook.fold import barred_part
from transclean.rulebook.rarity import COMMON, ENOUGH, USELESS, rarity, score

MAX_JOINED = 128  # alternatives that joining neighbours may lead to
MAX_JOINED_COMMON = 1024  # and where one of them alone stands in nearly every paragraph
MAX_ALTERNATIVES = 5000  # entries of a lexicon or branches of an alternation
MAX_COMPARED = 50_000  # pairs of literals of two sets
_barred = lru_cache(maxsize=1 << 16)(barred_part)


class Look(NamedTuple):
    """A lookaround: takes no room, and its parts begin here, or end here if `behind`."""

    parts: Parts
    behind: bool = False


Strings: TypeAlias = frozenset[str]  # the text here, plain, is one of these; a bar is an edge
Parts: TypeAlias = "tuple[Strings | Look | None, ...]"  # None: a gap, any text or none
Run: TypeAlias = list[Strings]  # neighbours without a gap

GAP: Parts = (None,)
NOTHING: Parts = ()
SPACE: Parts = (frozenset(" "),)  # of any length
EDGE: Parts = (frozenset("|"),)  # no word goes on here
_MAX_COPIES = 32


def _somewhere(literals: Strings | None) -> Parts:
    """Return parts that say: one of the literals, then or later, and nothing else."""
    return GAP if literals is None else (Look((None, literals)), None)


def either(branches: Sequence[Parts]) -> Parts:
    """Return parts that say: one of the branches."""
    wholes = [_whole(branch) for branch in branches]
    strings = frozenset(chain.from_iterable(whole or () for whole in wholes))
    is_exact = None not in wholes and len(strings) <= MAX_ALTERNATIVES
    if is_exact and all(isinstance(part, frozenset) for part in chain(*branches)):
        return (strings,)
    needed = _somewhere(union([_best(branch) for branch in branches]))
    return (*needed[:-1], strings) if is_exact else needed


def union(sets: Sequence[Strings | None]) -> Strings | None:
    """Return all that one of some sets may be; None where one is unknown or they are too much."""
    known = [literals for literals in sets if literals is not None]
    found = frozenset(chain.from_iterable(known))
    return found if len(known) == len(sets) and len(found) <= MAX_ALTERNATIVES else None


def _whole(parts: Parts) -> Strings | None:
    """Return every text that the parts can take, or None if that is unknown or too much."""
    strings = frozenset([""])
    for part in parts:
        if part is None:
            return None
        if isinstance(part, frozenset):
            if strings != {""} and len(strings) * len(part) > MAX_JOINED:
                return None
            strings = _joined(strings, part)
    return strings


def _joined(heads: Strings, tails: Strings) -> Strings:
    return frozenset(head + tail for head in heads for tail in tails)


def repeated(parts: Parts, least: int, most: int | None) -> Parts:
    """Return what the parts are from `least` to `most` times; None: any number of times."""
    if parts in (SPACE, EDGE):
        return parts if least else (parts[0] | {""},)  # type: ignore[operator]
    if least == 0:
        whole = _whole(parts) if most == 1 else None
        return GAP if whole is None else (whole | {""},)
    if len(parts) > _MAX_COPIES:
        return parts if least == most == 1 else _somewhere(_best(parts))
    copies = min(least, max(1, _MAX_COPIES // max(1, len(parts))))
    if least == most == copies:
        return parts * copies
    return parts * copies + GAP + parts * copies


def _best(parts: Parts) -> Strings | None:
    """Return the best set of literals that the parts cannot do without."""
    return next(iter(all_needed(parts)), None)


def all_needed(parts: Parts) -> Iterator[Strings]:
    """Yield sets of literals that the parts cannot do without, the best first.

    One that the presence of an earlier set implies is left out.
    """
    inline, extra = _runs(parts)
    found: list[tuple[tuple[float, int], Strings]] = []
    for candidate, bits in chain.from_iterable(map(_windows, chain(inline, extra))):
        if bits > USELESS:
            found.append((score(candidate, bits), candidate))
    # The later of equals: ",0" is rarer in English than "0,".
    found.reverse()
    earlier: list[Strings] = []
    for _, candidate in sorted(found, key=itemgetter(0), reverse=True):
        if not any(_implies(literals, candidate) for literals in earlier):
            earlier.append(candidate)
            yield _shortest(candidate)


def _implies(literals: Strings, others: Strings) -> bool:
    """Whether a text with one of the literals has one of the others, as far as is quickly told."""
    if len(literals) * len(others) > MAX_COMPARED:
        return literals <= others
    return all(any(other in literal for other in others) for literal in literals)


def _runs(parts: Parts) -> tuple[list[Run], list[Run]]:
    """Split at the gaps. The second list has the runs that lookarounds make with neighbours.

    What a lookahead sees joins what stands before it, since it is the text that comes next,
    but not what follows it in the pattern, which is the same text again.
    """
    inline: list[Run] = [[]]
    extra: list[Run] = []
    open_runs = [inline[0]]  # all that go on at this place: inline, and from lookbehinds
    for part in parts:
        if part is None:
            inline.append([])
            open_runs = [inline[-1]]
        elif isinstance(part, frozenset):
            for run in open_runs:
                run.append(part)
        else:
            inner, more = _runs(part.parts)
            extra += more
            if part.behind:
                open_runs.append(inner[-1])
                extra += inner
            else:
                extra += [run + inner[0] for run in open_runs]
                extra += inner[1:]
    return inline, extra


def _windows(run: Run) -> Iterator[tuple[Strings, float]]:
    """Yield the alternatives, and their rarity, of the stretches of a run that have few."""
    atoms = _merged(run)
    for start in range(len(atoms)):
        strings, bits = frozenset([""]), 0.0
        for atom in atoms[start:]:
            most = MAX_JOINED_COMMON if bits < COMMON else MAX_JOINED
            if len(strings) * len(atom) > max(most, len(strings), len(atom)):
                break
            strings = _joined(strings, atom)
            literals = frozenset(map(_barred, strings))
            bits = rarity(literals)
            yield literals, bits
            if bits >= ENOUGH:
                break


def _merged(run: Run) -> Run:
    """Return the run with neighbours that have one alternative each made one."""
    merged: Run = []
    for is_single, group in groupby(run, key=lambda atom: len(atom) == 1):
        atoms = list(group)
        merged += [frozenset(["".join(chain(*atoms))])] if is_single else atoms
    return merged


def _shortest(literals: Strings) -> Strings:
    """Leave out what contains another of the literals."""
    if len(literals) > MAX_JOINED:
        return literals
    kept: list[str] = []
    for literal in sorted(literals, key=len):
        if not any(shorter in literal for shorter in kept):
            kept.append(literal)
    return frozenset(kept)
