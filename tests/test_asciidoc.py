"""AsciiDoc: what is prose, what is protected, and that asciidoc-py sees the same structure."""

from __future__ import annotations

import io
import re

import pytest

from helpers import edited
from transclean import Cleaner
from transclean.formats import get_format

TEXT = """\
= Mme Joly speaks
Mme Author <a@example.org>
:keywords: Mme Roy

== M^me^ Joly at work

.Mme Roy at home
[quote, Mme Gagné]
____
**Mme** Joly spoke to _Mme Roy_ and `Mme Roy`, see https://example.org[Mme *Lavoie*].
____

// Mme Roy
////
Mme Roy
////

[source,text]
----
Mme Roy
----

[plantuml]
Mme Roy -> Mme Gagné

  Mme Roy in a literal

* Mme Roy
** Mme Gagné
   spoke
+
Mme Lavoie

. [ ] Mme Roy

Mme Roy:: Mme Gagné
spoke

NOTE: Mme Roy and *[une]* any, <<mme, Mme Joly>> and footnote:[Mme Roy].

image::mme.png[Mme Roy]

|===
|Mme Roy | *Mme* Gagné

| Mme Lavoie
| 3
|===

|===
2+|Mme Roy | Mme Gagné
|===

++++
Mme Roy
++++
"""
FIXED = (
    TEXT.replace("= Mme Joly", "= Ms. Joly")
    .replace("M^me^ Joly at", "Ms. Joly at")
    .replace(".Mme Roy at", ".Ms. Roy at")
    .replace("**Mme**", "**Ms.**")
    .replace("_Mme Roy_", "_Ms. Roy_")
    .replace("[Mme *Lav", "[Ms. *Lav")
    .replace("* Mme Roy\n** Mme Gagné", "* Ms. Roy\n** Ms. Gagné")
    .replace("+\nMme Lavoie", "+\nMs. Lavoie")
    .replace(". [ ] Mme", ". [ ] Ms.")
    .replace("Mme Roy:: Mme", "Ms. Roy:: Ms.")
    .replace("NOTE: Mme Roy and *[une]* any, <<mme, Mme", "NOTE: Ms. Roy and any, <<mme, Ms.")
    .replace("|Mme Roy | *Mme* Gagné\n\n| Mme", "|Ms. Roy | *Ms.* Gagné\n\n| Ms.")
)


def read(text):
    return get_format("asciidoc").parse(text, "a.adoc")


def structure(text):
    """Return the elements that asciidoc-py makes, without their words."""
    asciidoc = pytest.importorskip("asciidoc.api")
    api = asciidoc.AsciiDocAPI()
    api.options("--no-header-footer")
    out = io.StringIO()
    api.execute(io.StringIO(text), out, backend="docbook45")
    return re.findall(r"<(/?\w+)", out.getvalue())


def test_prose_is_repaired_and_nothing_else():
    assert Cleaner(select=["fr"]).fix(TEXT, suggested=True, format="asciidoc").text == FIXED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("= Title\nAuthor\n:a: b\n\nOne\ntwo.\n", ["Title", "One two."], id="header"),
        pytest.param("== Title\nOne.\n", ["Title", "One."], id="section without an empty line"),
        pytest.param("Title\n-----\n\nOne.\n", ["Title", "One."], id="underlined title"),
        pytest.param("Text\n\n--\nInside\n--\n", ["Text", "Inside"], id="open block"),
        pytest.param("[source]\n--\nInside\n--\nAfter", ["After"], id="source in an open block"),
        pytest.param("[verse]\nOne\ntwo\n\nAfter", ["After"], id="verse"),
        pytest.param("[NOTE]\n====\nOne\n====\n", ["One"], id="admonition block"),
        pytest.param("[.lead]\nOne\n", ["One"], id="role"),
        pytest.param("[%hardbreaks]\nOne\ntwo\n", [], id="line breaks that count"),
        pytest.param("[une] any\n", ["[une] any"], id="brackets in text"),
        pytest.param("----\nnever closed\n\nOne", [], id="listing without an end"),
        pytest.param("---\ntitle: x\n---\nOne", ["One"], id="front matter"),
        pytest.param("a:: b\nc;; d", ["a", "b", "c", "d"], id="descriptions"),
        pytest.param("a::\n  b\n", ["a", "b"], id="description below its term"),
        pytest.param("* a\n+\n----\nx\n----\n* b", ["a", "b"], id="listing in a list"),
        pytest.param('"`One`" it\'s &amp; &#8217;', ["“One” it's & ’"], id="characters"),
        pytest.param("One **two__three__**", ["One twothree"], id="nested"),
        pytest.param("One *two", ["One *two"], id="a stray asterisk"),
        pytest.param("One {attribute} +++two+++", ["One \ufffc \ufffc"], id="no text"),
        pytest.param('[cols="1,a"]\n|===\n|One\n|===\n', [], id="cells with a style"),
        pytest.param("|===\n|One\ntwo\n|===\n", [], id="cells of several lines"),
        pytest.param("ifdef::x[]\nOne\nendif::[]\n", ["One"], id="conditional"),
        pytest.param('"One."\n-- Two', ['"One."'], id="attribution"),
        pytest.param("One\r\ntwo\r\n\r\nThree", ["One two", "Three"], id="line ends"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_prose(text, expected):
    assert [s.text for s in read(text).segments] == expected


@pytest.mark.parametrize(
    "new",
    ["a *b*", "`c`", "* d", ".e", "f::", "g\nh", "[i]", "|j", "NOTE: k", "// l", ":m: n", "{o}"],
)
def test_signs_of_markup_are_not_written(new):
    (segment,) = read("One two.\n").segments
    assert segment.edits(0, 3, new) is None


def test_a_title_stays_as_long_as_its_line():
    (title,) = read("Title\n-----\n").segments
    assert title.edits(0, 5, "Titles") is not None
    assert title.edits(0, 5, "Titling") is None
    assert title.edits(0, 5, "Tit") is None


def test_edits_keep_the_structure_that_asciidoc_reads():
    document = read(TEXT)
    before, made = structure(TEXT), 0
    texts = ["Ms. Roy", "", ". f", "-", "a *b*", "`c`", "g::", "x\ny", "1. h"]
    for made, (after, what) in enumerate(edited(document, texts, 100), 1):  # noqa: B007
        assert structure(after) == before, what
    assert made > 25
