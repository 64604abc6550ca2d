"""The rule reference: that it is the one of today's rules, and what it says of a rule."""

from __future__ import annotations

from helpers import ROOT, rule_text
from transclean.output.reference import reference
from transclean.rulebook.build import read_entries
from transclean.rulebook.figures import Figures, Worth, read_figures
from transclean.rulebook.packs import SourceFile, read_packs, shipped_rules


def page(figures: Figures | None = None, **fields: str) -> str:
    files = [SourceFile("t.yaml", "rules:\n" + rule_text(**fields), None, None)]
    return "\n".join(reference(read_entries(files), figures or Figures()))


def test_the_shipped_reference_is_that_of_the_rules():
    lines = reference(read_entries(read_packs([shipped_rules()])), read_figures())
    kept = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert kept == "\n".join(lines) + "\n", "docs/rules.md is stale: run `make reference`"


def test_what_is_said_of_a_rule():
    said = page(
        pattern="x",
        needs="{provenance: fr}",
        preview="true",
        fix="{to: y, applicability: safe}",
        examples='[{bad: "a x", good: "a y"}]',
        not_="[a z]",
    )
    assert "#### `t-rule`\n\n**Something.** A reason.\n" in said
    assert "\n- safe, confidence 0.90 (estimate), needs fr, preview\n" in said
    assert said.endswith("\n- `a x` → `a y`\n- not: `a z`")


def test_figures_stand_by_the_rule():
    worth = Worth(findings=9, nearer=8, farther=1, human_per_million=0.4).bounded()
    figures = Figures(rules={"t-rule": worth})
    assert (
        "- 9 findings; 8 nearer, 1 farther; precision at least 0.56;"
        " 0.40 per million words of human English" in page(figures, pattern="x")
    )


def test_signs_that_markdown_would_take_for_markup():
    said = page(pattern="x", why="a_b <c>", examples='[{bad: "a `x`\\nb"}]')
    assert "a\\_b \\<c\\>" in said
    assert "- ``a `x`↵b``" in said
