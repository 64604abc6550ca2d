"""What several test modules use: rulebooks from text, documents, the way to the data."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent

from transclean.checks import check_types
from transclean.engine import Engine, select_rules
from transclean.fixer import apply_edits
from transclean.formats import get_format, reread
from transclean.formats.views import same_markup
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


COMMAND = [sys.executable, "-m", "transclean"]


def run(*arguments, stdin: bytes | str | None = None, cwd=None, **variables):
    """Run the command; standard input is empty unless given."""
    data = stdin.encode() if isinstance(stdin, str) else stdin or b""
    environment = {**os.environ, "TRANSCLEAN_DEBUG": "", "COLUMNS": "100", **variables}
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=data,
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


def write(path, text):
    """Write a file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def error(done):
    """Return what a command said on standard error."""
    return done.stderr.decode()


def edited(document: Document, texts: list[str], count: int) -> Iterator[tuple[str, object]]:
    """Yield what random edits make of a document, and what was done, always the same.

    Left out are edits that the fixer would not write.
    """
    chance = random.Random(7)
    for _ in range(count):
        segment = chance.choice(document.segments)
        start = chance.randrange(len(segment.text))
        end = min(len(segment.text) - 1, start + chance.choice([0, 1, 4, 9]))
        new = chance.choice(texts)
        edits = segment.edits(start, max(start, end), new)
        if not edits or any(document.is_protected(e.start, e.end) for e in edits):
            continue
        after = apply_edits(document.text, edits)
        marks = ((m, e) for m in document.markup for e in edits)
        gone = any(e.start <= m.start < m.end <= e.end for m, e in marks)
        if not gone and same_markup(document, edits, reread(document, after, edits)):
            yield after, (segment.text[start:end], new, edits)
