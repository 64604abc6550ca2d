"""`transclean init`: a starter configuration, and a starter rule file."""

from __future__ import annotations

from pathlib import Path

import click

from transclean.cli.report import CLEAN
from transclean.model import TranscleanError

CONFIGURATION = "transclean.toml"
RULE_FILE = "house.yaml"

_CONFIGURATION = """\
# Settings of transclean for this folder and those below it.
# Every line that is commented out shows the default.

# Only these rules: ids, categories, packs, “default”, “preview” or “all".
# select = ["default"]

# Leave these out.
# ignore = []

# The language that the articles were translated from: "fr", "es", "pt", "it", "de", "nl",
# "none", or "auto" to tell it from each article.
# source-language = "auto"

# The original beside each article, to compare the two: "{{stem}}.fr.md" is a.fr.md for a.md.
# source = ""

# Folders with rules of your own, beside this file.
{rules}

# The fields of the front matter of Markdown that are prose.
# front-matter = ["title", "subtitle", "description", "summary", "excerpt", "caption"]

# The fields of JSON and the columns of CSV that are prose.
# fields = ["title", "headline", "description", "text", "body", "content"]

# Files and folders that are not read, in .gitignore syntax.
# exclude = []

# What files are whose names do not say it: patterns in .gitignore syntax, and formats.
# [formats]
# "*.page" = "html"

# What fields of records are, where their looks should not say it: text, html or markdown.
# [field-formats]
# body = "html"

# House style: how repairs are written. "keep" leaves the source's own honorific.
# [style]
# honorific-female = "Ms."
# honorific-male = "Mr."
# dateline-dash = "—"
# clock = "12-hour"
# date = "month-day"
"""

_RULES = """\
# Rules of this house. `transclean rules test {folder}` runs their examples;
# `transclean rules schema` prints a schema that editors complete against.
rules:
  - id: house-town-hall
    summary: Literal “house of the town”
    category: calque
    why: A word-for-word translation; the building is called a town hall in English.
    pattern: '\\bhouse of the town\\b'
    unless:
      - 'oldest house of the town'
    fix: {{to: town hall, applicability: suggested}}
    confidence: 0.8
    examples:
      - bad: The mayor left the house of the town at noon.
        good: The mayor left the town hall at noon.
    not:
      - They live in the oldest house of the town.
"""


@click.command()
@click.option(
    "--rules",
    metavar="DIR",
    type=click.Path(),
    help="Also write a starter rule file into this folder, and name it in the configuration.",
)
def init(rules: str | None) -> int:
    """Write a commented starter configuration, transclean.toml, into this folder."""
    files = {Path(CONFIGURATION): _configuration(rules)}
    if rules is not None:
        files[Path(rules, RULE_FILE)] = _RULES.format(folder=rules)
    for path in files:
        if path.exists():
            raise TranscleanError(f"{path}: is there already; it was left alone")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"wrote {path}")
    return CLEAN


def _configuration(rules: str | None) -> str:
    line = "# rules = []" if rules is None else f"rules = {_toml(rules)}"
    return _CONFIGURATION.format(rules=line)


def _toml(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'["{escaped}"]'
