"""Choose among the fixes of findings those that can be made together."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable

from transclean.model import Applicability, Edit, Finding, Fix

Chosen = tuple[Finding, Fix]


def offered(finding: Finding, *, suggested: bool) -> Fix | None:
    """Return the preferred fix of a finding that may be made: a safe one, or any."""
    for fix in finding.fixes:
        if suggested or fix.applicability is Applicability.SAFE:
            return fix
    return None


def choose(findings: Iterable[Finding], *, suggested: bool) -> list[Chosen]:
    """Return the fixes to make in one round; of rivals for a place only the best.

    Safe fixes go before suggested ones, the surer before the less sure, the longer before
    the shorter, the earlier before the later; then the rule's id decides.
    """
    offers = [(f, fix) for f in findings if (fix := offered(f, suggested=suggested))]
    offers.sort(
        key=lambda offer: (
            offer[1].applicability is not Applicability.SAFE,
            -offer[0].confidence,
            offer[0].start - offer[0].end,
            offer[0].start,
            offer[0].rule,
        )
    )
    taken = _Taken()
    return [(finding, fix) for finding, fix in offers if taken.add(fix.edits)]


class _Taken:
    """The edits taken so far: disjoint, in the order of the text."""

    def __init__(self) -> None:
        self.edits: list[tuple[int, int]] = []

    def add(self, edits: Iterable[Edit]) -> bool:
        """Take edits together, unless one of them is a rival of one taken."""
        spans = [(edit.start, edit.end) for edit in edits]
        if any(self._has_rival(*span) for span in spans):
            return False
        for span in spans:
            insort(self.edits, span)
        return True

    def _has_rival(self, start: int, end: int) -> bool:
        at = bisect_right(self.edits, (start, end))
        return any(_rivals((start, end), other) for other in self.edits[max(0, at - 2) : at + 2])


def _rivals(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two edits share a character, or one inserts where the other begins or ends."""
    (start, end), (other_start, other_end) = one, other
    if start == end or other_start == other_end:
        return start <= other_end and other_start <= end
    return start < other_end and other_start < end
