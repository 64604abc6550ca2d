"""What the shipped rules were measured to be worth: `figures.json` beside their packs."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import msgspec

from transclean.rulebook.packs import shipped_rules

FILE = "figures.json"
ENOUGH = 20  # decisions from which on a rule's confidence is what was measured


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule did on texts whose right version is known, and on human English.

    Fixes are nearer to the right version, farther from it, or leave that open; findings
    without a fix stand on a marked place (right) or not (wrong), where places are marked.
    """

    findings: int = 0
    nearer: int = 0
    farther: int = 0
    undecided: int = 0
    right: int = 0
    wrong: int = 0
    human_per_million: float = 0.0
    precision_at_least: float | None = None

    @property
    def decided(self) -> int:
        """How many findings were decided, for or against the rule."""
        return self.nearer + self.farther + self.right + self.wrong

    def bounded(self) -> Worth:
        """Return the same with the lower bound of its precision."""
        low = wilson(self.nearer + self.right, self.farther + self.wrong)
        return msgspec.structs.replace(self, precision_at_least=low)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of all rules, and of how many words of human English."""

    human_words: int = 0
    rules: dict[str, Worth] = {}


def wilson(right: int, wrong: int) -> float | None:
    """Return the lower end of the 95% Wilson interval of a share; None without data."""
    n = right + wrong
    if not n:
        return None
    z, share = 1.96, right / n
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return round(max(0.0, (share + z * z / (2 * n) - spread) / (1 + z * z / n)), 3)


def read_figures(folder: Path | None = None) -> Figures:
    """Return the figures that ship with the rules; none where there is no file."""
    path = (folder or Path(shipped_rules())) / FILE
    if not path.is_file():
        return Figures()
    return msgspec.json.decode(path.read_bytes(), type=Figures)


def figures_text(figures: Figures) -> str:
    """Return figures as JSON with a line for each rule, so that a change is a line, too."""
    rows = [
        f"  {msgspec.json.encode(name).decode()}: {_row(worth)}"
        for name, worth in sorted(figures.rules.items())
    ]
    return (
        f'{{\n "human_words": {figures.human_words},\n "rules": {{\n'
        + ",\n".join(rows)
        + "\n }\n}\n"
    )


def _row(worth: Worth) -> str:
    return msgspec.json.format(msgspec.json.encode(worth), indent=-1).decode()


def described(worth: Worth) -> list[str]:
    """Return the figures of a rule as lines for people."""
    lines = [f"{worth.findings:,} finding{'' if worth.findings == 1 else 's'} on labelled text"]
    if worth.nearer or worth.farther or worth.undecided:
        lines[0] += (
            f"; fixes: {worth.nearer:,} nearer to the human’s version, {worth.farther:,} farther,"
            f" {worth.undecided:,} undecided"
        )
    if worth.right or worth.wrong:
        lines[0] += f"; flags: {worth.right:,} right, {worth.wrong:,} wrong"
    if worth.precision_at_least is not None:
        lines.append(
            f"precision at least {worth.precision_at_least:.2f} ({worth.decided:,} decided)"
        )
    lines.append(f"{worth.human_per_million:.2f} findings per million words of human English")
    return lines
