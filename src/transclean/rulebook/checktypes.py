"""What a check tells the rulebook of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from transclean.rulebook.lexicons import Lexicons


class CheckType(msgspec.Struct, frozen=True):
    """What a check tells the rulebook: the type of its options, and its literals.

    `literals` gets the options and the lexicons and returns what a document must hold for the
    check to find anything; None where nothing of the kind is known. A bar before or after a
    literal says that its word begins or ends there. A check that is `sourced` compares a
    document with its original: it runs only where there is one.
    """

    options: Any
    literals: Callable[[Any, Lexicons], frozenset[str] | None]
    sourced: bool = False


CheckTypes = Mapping[str, Callable[[], CheckType]]
