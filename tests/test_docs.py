"""The documentation: what it shows is what happens, and it leaves nothing out."""

from __future__ import annotations

import doctest
import re
import sys

import click
import msgspec
import pytest

from helpers import ROOT
from transclean import Style, __version__
from transclean.cli import app
from transclean.cli.config import Settings, read_config
from transclean.formats import ARCHIVES, COLUMNAR, SUFFIXES
from transclean.model import CATEGORIES, Finding
from transclean.output import OUTPUTS
from transclean.rulebook import types
from transclean.rulebook.transforms import TRANSFORMS

sys.path.insert(0, str(ROOT / "docs"))
import sessions

PAGES = sessions.pages()
FENCE = r"^```{}\n(.*?)^```$"


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text, language):
    return re.findall(FENCE.format(language), text, re.MULTILINE | re.DOTALL)


def page_id(page):
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_console_sessions_print_what_they_show(page):
    text = page.read_text(encoding="utf-8")
    assert sessions.up_to_date(text) == text, "make docs brings it up to date"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_python_sessions_print_what_they_show(page):
    code = "\n".join(blocks(page.read_text(encoding="utf-8"), "python"))
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0))
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_somewhere(page):
    prose = re.sub(FENCE.format(r"\w*"), "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    links = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", prose)
    local = [link.partition("#") for link in links if not re.match(r"\w+:", link)]
    broken = [
        f"{path}#{anchor}"
        for path, _, anchor in local
        if not (page.parent / path).exists()
        or (anchor and anchor not in headings((page.parent / path) if path else page))
    ]
    assert broken == []


def headings(page):
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_no_path_of_a_machine_is_named(page):
    assert re.findall(r"/(?:home|root|tmp|work|Users)/", page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["README.md", "docs/configuration.md"])
def test_configurations_shown_are_valid(name, tmp_path):
    found = blocks(read(name), "toml")
    assert found
    for text in found:
        path = tmp_path / "transclean.toml"
        path.write_text(text, encoding="utf-8")
        read_config(str(path))


def test_the_configuration_shown_has_every_setting(tmp_path):
    (shown,) = blocks(read("docs/configuration.md"), "toml")
    for kind in (Settings, Style):
        for name in kind.__struct_fields__:
            assert re.search(rf"^\[?{name.replace('_', '-')}\b", shown, re.MULTILINE), name


def commands(group, path=()):
    """Yield (words, command) for every command below a group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = list(commands(app.transclean))


@pytest.mark.parametrize(
    ("words", "command"), [pytest.param(*row, id=" ".join(row[0])) for row in COMMANDS]
)
def test_every_command_and_option_is_documented(words, command):
    text = read("docs/configuration.md")
    assert re.search(rf"`[^`]*\b{words[-1]}\b", text), words
    for parameter in command.params:
        for option in (*parameter.opts, *parameter.secondary_opts):
            if option.startswith("-"):
                assert re.search(rf"`[^`]*(?<![\w-]){option}(?![\w-])", text), option


def test_every_setting_is_documented():
    text = read("docs/configuration.md")
    for kind in (Settings, Style):
        for name in kind.__struct_fields__:
            assert f"`{name.replace('_', '-')}`" in text


def test_every_environment_variable_is_documented():
    source = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("src/**/*.py"))
    names = set(re.findall(r"environ(?:\.get\(|\[)[\"'](\w+)", source))
    assert "TRANSCLEAN_CACHE_DIR" in names
    for name in names:
        assert name in read("docs/configuration.md")


def test_every_field_of_a_finding_is_documented():
    for name in Finding.__struct_fields__:
        assert f"`{name}`" in read("docs/configuration.md")


@pytest.mark.parametrize("name", [*OUTPUTS, *SUFFIXES])
def test_every_output_and_ending_is_documented(name):
    assert f"`{name}`" in read("docs/configuration.md")


def test_every_ending_is_in_the_hooks():
    check, fix = re.findall(r"files: (.+)", read(".pre-commit-hooks.yaml"))
    for ending, name in SUFFIXES.items():
        assert re.search(check, f"article{ending}")
        assert bool(re.search(fix, f"article{ending}")) is (name not in ARCHIVES | COLUMNAR)


ENTRIES = [
    types.RuleFile,
    types.RuleEntry,
    types.EvidenceEntry,
    types.FixTemplate,
    types.PatternEntry,
    types.Context,
    types.Where,
    types.Needs,
    types.EvidenceOf,
    types.Example,
]


@pytest.mark.parametrize("kind", ENTRIES, ids=lambda kind: kind.__name__)
def test_every_key_of_rule_files_is_documented(kind):
    text = read("docs/writing-rules.md")
    for field in msgspec.structs.fields(kind):
        key = field.encode_name
        assert re.search(rf"`{key}`|\b{key}:", text), key


def test_every_transform_and_category_is_documented():
    text = read("docs/writing-rules.md")
    for name in TRANSFORMS:
        assert re.search(rf"`{name}[`(]", text), name
    for name in CATEGORIES:
        assert f"`{name}`" in text, name


def test_the_changelog_names_this_version():
    text = read("CHANGELOG.md")
    assert re.search(rf"(?<!\d){re.escape(__version__)}(?!\d)", text)
    assert "## [Unreleased]" in text
