"""What several test modules use: rulebooks from text, documents, the way to the data."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from transclean.checks import check_types
from transclean.engine import Engine, select_rules
from transclean.formats import get_format
from transclean.model import Document, Finding
from transclean.rulebook.book import Rulebook
from transclean.rulebook.build import build_book
from transclean.rulebook.packs import SourceFile
from transclean.rulebook.style import Style

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"  # development data that does not ship with the project

RULE = {
    "id": "t-rule",
    "summary": "Something",
    "category": "calque",
    "why": "A reason.",
    "confidence": "0.9",
    "examples": "[{bad: x}]",
}


def rule_text(**fields: str) -> str:
    """Return the YAML of a rule: the given fields over those that every rule must have.

    A value is YAML; underscores at the end of a name are left out (`not_`).
    """
    merged = RULE | {name.rstrip("_"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in merged.items()]
    return "  - " + indent("\n".join(lines), "    ").strip() + "\n"


def book_of(
    *rules: str, evidence: str = "", lexicons: dict[str, str] | None = None, fragments: str = ""
) -> Rulebook:
    """Return the rulebook of rules written by `rule_text`; `fragments` is a mapping in YAML."""
    text = f"fragments: {fragments}\n" if fragments else ""
    text += "rules:\n" + "".join(rules) if rules else ""
    if evidence:
        text += "evidence:\n" + indent(dedent(evidence).strip(), "  ") + "\n"
    files = [SourceFile("t.yaml", text, None, None)]
    for name, words in (lexicons or {}).items():
        files.append(SourceFile(f"{name}.txt", words, None, name))
    return Rulebook(build_book(files, check_types()))


def engine_of(
    *rules: str,
    evidence: str = "",
    lexicons: dict[str, str] | None = None,
    fragments: str = "",
    style: Style | None = None,
    source_language: str = "auto",
    timeout: float = 2.0,
) -> Engine:
    """Return an engine that runs all of the rules, those in preview too."""
    book = book_of(*rules, evidence=evidence, lexicons=lexicons, fragments=fragments)
    return Engine(
        book,
        select_rules(book.headings, ["all"]),
        style=style or Style(),
        source_language=source_language,
        timeout=timeout,
    )


def document_of(text: str) -> Document:
    """Return the document of a plain text."""
    return get_format("text").parse(text, "article.txt")


def find(engine: Engine, text: str) -> list[Finding]:
    """Return the findings of a plain text."""
    return list(engine.run(document_of(text)).findings)


def texts(engine: Engine, text: str) -> list[str]:
    """Return what is flagged in a plain text."""
    return [finding.text for finding in find(engine, text)]
