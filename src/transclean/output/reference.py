"""The rule reference: a page in Markdown, made from the rule files and the rules' figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from transclean.rulebook.decode import Decoded
from transclean.rulebook.figures import Figures, Worth
from transclean.rulebook.types import Example, PatternEntry, RuleEntry, parts_of

PACKS = {
    "common": "All languages",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "de": "German",
    "nl": "Dutch",
}
_HEAD = """\
# Rules

Written by `make reference` from the rule files; `transclean rules show ID` prints all of a rule.

*safe* fixes are made by plain `transclean fix`, *suggested* ones with `--suggested`; a *flag*
has no fix. A rule that *needs* a language is silent until the document itself has shown that
it was translated from there. A rule in *preview* is off until `--select` names it.

The figures: how many findings on labelled text; fixes that brought the text nearer to a human's
version of it, or farther; the lower end of the 95 % interval of the precision that follows
(with few decisions it is low even if all are right); findings per million words of English that
people wrote. See [benchmarks](../benchmarks/README.md) for what the texts are.
"""


def reference(entries: Iterable[Decoded], figures: Figures) -> Iterator[str]:
    """Yield the lines of the reference, by pack, category and id."""
    rules = sorted(
        (decoded.entry for decoded in entries if isinstance(decoded.entry, RuleEntry)),
        key=lambda rule: (_pack_order(_pack(rule)), rule.category, rule.id),
    )
    yield from _HEAD.splitlines()
    yield ""
    yield from _overview(rules)
    for pack, in_pack in groupby(rules, _pack):
        yield ""
        yield f"## {PACKS.get(pack, pack)}"
        for category, in_category in groupby(in_pack, lambda rule: rule.category):
            yield ""
            yield f"### {PACKS.get(pack, pack)}: {category}"
            for rule in in_category:
                yield ""
                yield from _rule(rule, figures.rules.get(rule.id))


def promise(entry: RuleEntry) -> str:
    """Return what the fixes of a rule promise at best: safe, suggested, or flag without any."""
    found = several(entry.fix)
    for item in entry.patterns or []:
        if isinstance(item, PatternEntry):
            found += several(item.fix)
    levels = {fix.applicability.value for fix in found}
    if entry.check and isinstance((entry.options or {}).get("applicability"), str):
        levels.add((entry.options or {})["applicability"])  # a check makes its fixes itself
    return "safe" if "safe" in levels else "suggested" if levels else "flag"


def several(value: Any) -> list[Any]:
    """Return one value or many, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _pack(rule: RuleEntry) -> str:
    return rule.id.partition("-")[0]


def _pack_order(pack: str) -> tuple[int, str]:
    known = list(PACKS)
    return (known.index(pack) if pack in known else len(known), pack)


def _overview(rules: list[RuleEntry]) -> Iterator[str]:
    yield "| pack | rules | safe | suggested | flag | preview |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for pack, in_pack in groupby(rules, _pack):
        found = list(in_pack)
        promises = [promise(rule) for rule in found]
        counts = " | ".join(str(promises.count(level)) for level in ("safe", "suggested", "flag"))
        preview = sum(rule.preview for rule in found)
        yield f"| {PACKS.get(pack, pack)} | {len(found)} | {counts} | {preview} |"


def _rule(rule: RuleEntry, worth: Worth | None) -> Iterator[str]:
    yield f"#### `{rule.id}`"
    yield ""
    yield f"**{_prose(rule.summary)}.** {_prose(' '.join(rule.why.split()))}"
    yield ""
    yield f"- {', '.join(_facts(rule))}"
    if worth is not None and (worth.findings or worth.human_per_million):
        yield f"- {_figures(worth)}"
    yield from (_example(example) for example in rule.examples[:2])
    if rule.not_:
        text, source = parts_of(rule.not_[0])
        yield f"- not: {_code(text)}{_beside(source)}"


def _facts(rule: RuleEntry) -> Iterator[str]:
    yield promise(rule)
    yield f"confidence {rule.confidence:.2f} ({rule.confidence_basis})"
    if rule.needs:
        yield f"needs {'/'.join(several(rule.needs.provenance))}"
    if rule.preview:
        yield "preview"


def _figures(worth: Worth) -> str:
    parts = [f"{worth.findings:,} finding{'' if worth.findings == 1 else 's'}"]
    if worth.nearer or worth.farther or worth.undecided:
        parts.append(f"{worth.nearer:,} nearer, {worth.farther:,} farther")
    if worth.right or worth.wrong:
        parts.append(f"{worth.right:,} right, {worth.wrong:,} wrong")
    if worth.precision_at_least is not None:
        parts.append(f"precision at least {worth.precision_at_least:.2f}")
    parts.append(f"{worth.human_per_million:.2f} per million words of human English")
    return "; ".join(parts)


def _example(example: Example) -> str:
    bad = _code(example.bad)
    beside = _beside(example.source)
    return (
        f"- {bad}{beside}" if example.good is None else f"- {bad}{beside} → {_code(example.good)}"
    )


def _beside(source: str | None) -> str:
    return "" if source is None else f", translated from {_code(source)}"


def _code(text: str) -> str:
    """Return text as inline code that shows its line breaks and may hold backticks."""
    text = text.replace("\n", "↵")
    fence = "``" if "`" in text else "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _prose(text: str) -> str:
    """Return text with the signs escaped that Markdown would take for markup."""
    for sign in "\\`*_[]<>":
        text = text.replace(sign, f"\\{sign}")
    return text
