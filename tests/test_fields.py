"""Values of fields that are HTML or Markdown: how they are told, read, and written back."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generated import KINDS
from helpers import error, run, write
from second_parsers import html_skeleton
from transclean.fixer import apply_edits
from transclean.formats import DEFAULTS, Options, get_format
from transclean.formats.fields import is_html
from transclean.formats.records import changes_of, document_of, reread
from transclean.formats.views import same_markup

BODY = '<p>M<sup>me</sup>&nbsp;Joly spoke of R&amp;D.</p>\n<p class="x">He saw <b>Mme</b> Roy.</p>'
FIXED = BODY.replace("M<sup>me</sup>", "Ms.").replace("<b>Mme", "<b>Ms.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<p>One</p>", True, id="paragraph"),
        pytest.param("One<br />two", True, id="line break"),
        pytest.param("One <STRONG>two</STRONG>", True, id="capitals"),
        pytest.param('One <a href="x">two</a>', True, id="link"),
        pytest.param("One &amp; two&nbsp;three", False, id="entities alone"),
        pytest.param("1 < 2 and <b> is a tag", False, id="a tag without its end"),
        pytest.param("</b>One<b>", False, id="an end before its beginning"),
        pytest.param("Write <name>x</name> here", False, id="an unknown element"),
        pytest.param("One", False, id="text"),
    ],
)
def test_which_values_are_html(text, expected):
    assert is_html(text) == expected


def views(options=DEFAULTS, **fields):
    (record,) = get_format("jsonl").records(
        io.BytesIO(json.dumps(fields).encode()), "a", options, None
    )
    return [segment.text for segment in document_of("a", record, options).segments]


@pytest.mark.parametrize(
    ("fields", "kinds", "expected"),
    [
        pytest.param({"title": "R&amp;D", "body": BODY}, {},
                     ["R&amp;D", "Mme\u00a0Joly spoke of R&D.", "He saw Mme Roy."], id="HTML"),
        pytest.param({"body": "<i>One</i> &lt; two\nThree\n\nFour"}, {},
                     ["One < two", "Three", "Four"], id="HTML without blocks"),
        pytest.param({"body": "<i>One</i>"}, {"body": "text"}, ["<i>One</i>"], id="no HTML"),
        pytest.param({"body": "R&amp;D"}, {"body": "html"}, ["R&D"], id="HTML in any case"),
        pytest.param({"body": "# *One*\n\n- two"}, {"body": "markdown"}, ["One", "two"],
                     id="Markdown"),
    ],
)  # fmt: skip
def test_how_values_are_read(fields, kinds, expected):
    assert views(Options(field_formats=tuple(kinds.items())), **fields) == expected


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_html_in_a_field_is_repaired_and_nothing_else(folder, name):
    def made(body):
        if name.endswith("csv"):
            out = io.StringIO()
            csv.writer(out).writerows([("id", "body"), ("<p>Mme Roy</p>", body)])
            return out.getvalue()
        return json.dumps({"id": "<p>Mme Roy</p>", "body": body, "n": 1.50}) + "\n"

    write(folder / name, made(BODY))
    found = json.loads(run("check", "--format", "json", "--select", "fr-mme", name).stdout)
    assert [(f["text"], f["field"], f["line"], f["column"]) for f in found] == [
        ("Mme", "body", 1, 4), ("Mme", "body", 2, 24),
    ]  # fmt: skip
    assert run("fix", "--select", "fr-mme", name).returncode == 0
    assert (folder / name).read_bytes().decode() == made(FIXED)


def test_the_setting_says_what_a_field_is(folder):
    write(folder / "transclean.toml", '[field-formats]\nbody = "text"\n')
    write(folder / "a.jsonl", json.dumps({"body": "M<sup>me</sup> Joly spoke."}) + "\n")
    assert run("check", "--select", "fr-mme", "a.jsonl").returncode == 0
    write(folder / "transclean.toml", '[field-formats]\nbody = "htm"\n')
    said = error(run("check", "a.jsonl"))
    assert "[field-formats] “body”: “htm” is no format; did you mean “html”?" in said


def test_a_repair_leaves_the_format_what_it_was(folder):
    data = json.dumps({"body": "He is <b>[une]</b> any man of R&amp;D."})
    write(folder / "a.jsonl", data)
    done = run("fix", "--suggested", "--select", "fr", "a.jsonl")
    assert "1 finding left" in error(done)
    assert (folder / "a.jsonl").read_text() == data
    write(folder / "a.jsonl", data.replace("He", "<i>He</i>"))
    run("fix", "--suggested", "--select", "fr", "a.jsonl")
    assert "<i>He</i> is any man of R&amp;D." in (folder / "a.jsonl").read_text()


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(KINDS["html"].pages, KINDS["html"].pages, st.booleans(), st.data())
def test_an_edit_of_html_keeps_its_tags_and_all_other_values(title, body, ascii_only, data):
    fields = {
        "title": f"<b>One</b> {title}",
        "id": "<p>x</p>",
        "body": f"{body}<br>",
        "n": [1, None],
    }
    raw = json.dumps(fields, ensure_ascii=ascii_only).encode()
    (record,) = get_format("jsonl").records(io.BytesIO(raw), "a", DEFAULTS, None)
    document = document_of("a", record, DEFAULTS)
    segment = data.draw(st.sampled_from(document.segments))
    start = data.draw(st.integers(0, len(segment.text)))
    end = data.draw(st.integers(start, len(segment.text)))
    edits = segment.edits(start, end, data.draw(st.sampled_from(KINDS["html"].replacements)))
    assume(edits and not any(document.is_protected(e.start, e.end) for e in edits))
    assume(same_markup(document, edits, reread(document, apply_edits(document.text, edits), edits)))
    gone = [m for m in document.markup for e in edits if e.start <= m.start < m.end <= e.end]
    after = json.loads(get_format("jsonl").written(record, changes_of(document, [edits]), None))
    changed = [name for name in fields if fields[name] != after[name]]
    assert len(changed) <= 1
    assert not changed or changed[0] in ("title", "body")
    for name in changed if not gone else ():
        assert html_skeleton(after[name]) == html_skeleton(fields[name])
