"""Which format a file has, and what is said of formats."""

from __future__ import annotations

import json

import pytest

import helpers
from transclean.formats import FORMATS, SUFFIXES, MissingError, Support, get_format, support

HTML = "<p>M<sup>me</sup> Roy spoke.</p>\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, stdin=b""):
        done = helpers.run(*arguments, stdin=stdin)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return call


def test_the_ending_tells_the_format(run, tmp_path):
    (tmp_path / "a.html").write_text(HTML)
    status, out, _ = run("check", "--format", "json", "a.html")
    assert (status, [f["text"] for f in json.loads(out)]) == (1, ["Mme"])
    assert run("fix", "-q", "a.html")[0] == 0
    assert (tmp_path / "a.html").read_text() == "<p>Ms. Roy spoke.</p>\n"


def test_the_configuration_tells_the_format(run, tmp_path):
    (tmp_path / "transclean.toml").write_text('[formats]\n"*.page" = "html"\n"x/*" = "text"\n')
    (tmp_path / "x").mkdir()
    for name in ("a.page", "x/b.page", "c.other"):
        (tmp_path / name).write_text(HTML)
    assert run("check", "--files", ".")[1].split() == ["a.page", "x/b.page"]
    found = json.loads(run("check", "--format", "json", ".")[1])
    assert [f["text"] for f in found if f["path"] == "a.page"] == ["Mme"]
    assert [f["text"] for f in found if f["path"] != "a.page"] != ["Mme"]  # read as plain text


@pytest.mark.parametrize(
    ("table", "said"),
    [
        pytest.param('"*.page" = "htlm"', "did you mean “html”", id="misspelt"),
        pytest.param('"*.page" = 3', "3 is no format", id="no name"),
        pytest.param('"a\\\\b" = "html"', "write “a/b”", id="backslash"),
    ],
)
def test_a_wrong_table_is_told(run, tmp_path, table, said):
    (tmp_path / "transclean.toml").write_text(f"[formats]\n{table}\n")
    (tmp_path / "a.txt").write_text("One.\n")
    status, _, err = run("check", "a.txt")
    assert status == 2
    assert "transclean.toml: [formats]" in err
    assert said in err


def test_the_command_line_tells_the_format(run, tmp_path):
    (tmp_path / "a.txt").write_text(HTML)
    assert run("fix", "-q", "--as", "html", "a.txt")[0] == 0
    assert (tmp_path / "a.txt").read_text() == "<p>Ms. Roy spoke.</p>\n"
    assert "is not one of" in run("check", "--as", "pdf", "a.txt")[2]


@pytest.mark.parametrize("option", [("--stdin-filename", "a.html"), ("--as", "html")])
def test_standard_input_has_a_format(run, option):
    status, out, _ = run("fix", "-q", *option, "-", stdin=HTML.encode())
    assert (status, out) == (0, "<p>Ms. Roy spoke.</p>\n")


def test_a_page_is_written_in_the_encoding_that_it_declares(run, tmp_path):
    before = '<meta charset="latin1"><p>Mme Roy, “café”</p>'
    (tmp_path / "a.html").write_bytes(before.encode("cp1252"))
    assert run("fix", "-q", "a.html")[0] == 0
    assert (tmp_path / "a.html").read_bytes() == before.replace("Mme", "Ms.").encode("cp1252")


def test_formats_are_listed(run):
    status, out, _ = run("formats")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == list(FORMATS)
    for ending in SUFFIXES:
        assert ending in out


def test_what_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(FORMATS, "odd", "transclean.formats.no_such_module")
    monkeypatch.setattr("transclean.formats.SUPPORT", {"odd": Support(("no_such",), "odd")})
    assert support("odd").missing == ("no_such",)
    with pytest.raises(MissingError, match=r"pip install 'transclean\[odd\]'"):
        get_format("odd")
