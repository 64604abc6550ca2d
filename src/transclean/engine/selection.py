"""Which rules run: chosen by id, category, pack, or a group of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transclean.model import CATEGORIES, TranscleanError
from transclean.rulebook.book import Heading
from transclean.rulebook.faults import near_miss

GROUPS = ("all", "default", "preview")


class SelectionError(TranscleanError):
    """A name that selects nothing."""


def select_rules(
    headings: Sequence[Heading], select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> list[bool]:
    """Return for every rule whether its findings are wanted.

    A name is a rule's id, a category, a pack, or `default` (what runs without a selection),
    `preview`, `all`. A category or pack means those of its rules that are not in preview; an
    id means its rule, preview or not. What is ignored is taken out last.
    """
    wanted = set(select) or {"default"}
    unwanted = set(ignore)
    _check_names(headings, wanted | unwanted)
    return [
        heading.artifact and _selects(wanted, heading) and not _names(unwanted, heading)
        for heading in headings
    ]


def _selects(names: set[str], heading: Heading) -> bool:
    if heading.preview:
        return bool(names & {heading.id, "preview", "all"})
    return bool(names & {"default"}) or _names(names, heading)


def _names(names: set[str], heading: Heading) -> bool:
    groups = {heading.id, heading.category, heading.pack, "all"}
    return bool(names & (groups | {"preview"} if heading.preview else groups))


def _check_names(headings: Sequence[Heading], names: Iterable[str]) -> None:
    known = {*GROUPS, *CATEGORIES}
    for heading in headings:
        if heading.artifact:
            known |= {heading.id, heading.pack}
    for name in sorted(names):
        if name not in known:
            raise SelectionError(
                f"“{name}” is no rule, category or pack{near_miss(name, known)}"
                " (`transclean rules list` shows all)"
            )
