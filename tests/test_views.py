"""Views of prose in markup: offsets lead to the document and back, edits keep markup whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generated import KINDS
from transclean.fixer import apply_edits
from transclean.formats import get_format, reread
from transclean.formats.views import OBJECT, same_markup

# Always the same documents, so that a run of the tests says what the change did.
SLOW = settings(
    derandomize=True,
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)
FORMATS = pytest.mark.parametrize("made", KINDS)


def parsed(name, text, path="article"):
    return get_format(name).parse(text, path)


@FORMATS
@SLOW
@given(data=st.data())
def test_offsets_lead_to_the_document_and_back(made, data):
    kind = KINDS[made]
    text = data.draw(kind.pages)
    document = parsed(kind.format, text, kind.path)
    for segment in (*document.segments, document.body):
        assert segment.runs[0].view_start == 0
        assert segment.runs[-1].view_end == len(segment.text)
        for one, other in zip(segment.runs, segment.runs[1:], strict=False):
            assert one.view_end == other.view_start
        for at, char in enumerate(segment.text):
            start, end = segment.span(at, at + 1)
            assert 0 <= start <= end <= len(text)
            parts = char == "\n" and segment is document.body  # what parts two segments
            if end - start == 1 and char != OBJECT and not parts:
                assert text[start] == char or (text[start].isspace() and char.isspace())
            if start < end:
                assert char in segment.view(start, end)


@FORMATS
@SLOW
@given(data=st.data())
def test_an_edit_changes_the_view_and_nothing_else(made, data):
    kind = KINDS[made]
    text = data.draw(kind.pages)
    document = parsed(kind.format, text, kind.path)
    assume(document.segments)
    number = data.draw(st.integers(0, len(document.segments) - 1))
    segment = document.segments[number]
    start = data.draw(st.integers(0, len(segment.text)))
    end = data.draw(st.integers(start, len(segment.text)))
    new = data.draw(st.sampled_from(kind.replacements))
    edits = segment.edits(start, end, new)
    assume(edits and not any(document.is_protected(e.start, e.end) for e in edits))
    assume(segment.text[start:end] != new)
    after_text = apply_edits(text, edits)
    after = reread(document, after_text, edits)
    assume(same_markup(document, edits, after))  # what the fixer asks before it writes
    wanted = segment.text[:start] + new + segment.text[end:]
    others = [s.text for n, s in enumerate(document.segments) if n != number]
    expected = sorted("".join(t.split()) for t in [*others, wanted] if re.search(r"[^\W_]", t))
    assert sorted("".join(s.text.split()) for s in after.segments) == expected
    gone = [m for m in document.markup for e in edits if e.start <= m.start < m.end <= e.end]
    if not gone and wanted.strip():
        assert kind.skeleton(after_text) == kind.skeleton(text)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_in_html_hardly_any_edit_is_refused_afterwards(data):
    text = data.draw(KINDS["html"].pages)
    document = parsed("html", text)
    for segment in document.segments:
        for start in range(0, len(segment.text), 3):
            for end in range(start + 1, len(segment.text) + 1, 4):
                edits = segment.edits(start, end, "x & y")
                if edits and not any(document.is_protected(e.start, e.end) for e in edits):
                    after = reread(document, apply_edits(text, edits), edits)
                    assert same_markup(document, edits, after)


CUE = "1\n00:00:01,000 --> 00:00:02,000\n"


def test_a_line_of_a_speaker_stays_one():
    document = parsed("subtitles", f"{CUE}- Roy\n- Joly\n")
    edits = document.segments[1].edits(0, 2, "")
    after = reread(document, apply_edits(document.text, edits), edits)
    assert not same_markup(document, edits, after)


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "expected"),
    [
        pytest.param("html", "<p>M<sup>me</sup> Joly</p>", "Mme", "Ms.", "<p>Ms. Joly</p>",
                     id="a word with an element in it is replaced whole"),
        pytest.param("html", "<p><b>Mme</b> Joly</p>", "Mme", "Ms.", "<p><b>Ms.</b> Joly</p>",
                     id="the text of an element stays in it"),
        pytest.param("html", "<p><b>Mme</b> Joly</p>", "Mme Joly", "Ms. Joly",
                     "<p><b>Ms.</b> Joly</p>", id="only the words that differ are changed"),
        pytest.param("html", "<p><b>[une]</b> any</p>", "[une] ", "", "<p>any</p>",
                     id="an emphasis goes with its text"),
        pytest.param("html", "<p><a href=x>[une]</a> any</p>", "[une] ", "", None,
                     id="a link does not go with its text"),
        pytest.param("html", "<p>one<!-- c --> two</p>", "one two", "three",
                     "<p>three<!-- c --></p>", id="a comment stays"),
        pytest.param("html", "<p>a <b>b c</b> d</p>", "c d", "x y", "<p>a <b>b x</b> y</p>",
                     id="an edit that would cut an element is parted"),
        pytest.param("html", "<p>Roy <b>Joly</b>, too</p>", "Joly", "Joly & <Co",
                     "<p>Roy <b>Joly &amp; &lt;Co</b>, too</p>",
                     id="special characters are escaped where they must be"),
        pytest.param("html", "<p>See <b>it</b>now</p>", "itnow", "it now",
                     "<p>See <b>it</b> now</p>", id="two words that an end tag parted"),
        pytest.param("html", '<img alt="Mme Roy">', "Mme", 'the "Ms."',
                     '<img alt="the &quot;Ms.&quot; Roy">', id="in an attribute"),
        pytest.param("markdown", "**Mme** Joly", "Mme", "Ms.", "**Ms.** Joly", id="emphasis"),
        pytest.param("markdown", "[Mme Joly](x)", "Mme", "Ms.", "[Ms. Joly](x)", id="link"),
        pytest.param("markdown", "*[une]* a", "[une] ", "", "a", id="emphasis goes"),
        pytest.param("markdown", "> Mme\n> Joly", "Mme", "*Ms.*", "> \\*Ms.\\*\n> Joly",
                     id="Markdown's own signs are escaped"),
        pytest.param("markdown", "Mme Joly", "Mme", "1. Ms.", "1\\. Ms. Joly",
                     id="a paragraph does not turn into a list"),
        pytest.param("markdown", "| a |\n|---|\n| b c |", "b", "x|y", "| a |\n|---|\n| x\\|y c |",
                     id="cell"),
        pytest.param("markdown", "---\ntitle: Mme Roy\n---\n", "Mme", "Ms.",
                     "---\ntitle: Ms. Roy\n---\n", id="a plain value of the front matter"),
        pytest.param("markdown", "---\ntitle: Mme Roy\n---\n", "Mme", "Ms: ", None,
                     id="which would be a plain value no more"),
        pytest.param("markdown", '---\ntitle: "Mme Roy"\n---\n', "Mme", 'a "b"',
                     '---\ntitle: "a \\"b\\" Roy"\n---\n', id="a quoted value"),
        pytest.param("markdown", "![Mme](x)", "Mme", "R & <B", "![R & \\<B](x)", id="alt text"),
        pytest.param("exchange", "<a><target>Roy</target></a>", "Roy", "R & <B ]]>",
                     "<a><target>R &amp; &lt;B ]]&gt;</target></a>", id="XML"),
        pytest.param("po", 'msgid "a"\nmsgstr "Roy"\n', "Roy", 'R\t"',
                     'msgid "a"\nmsgstr "R\\t\\""\n',
                     id="a string of PO"),
        pytest.param("po", 'msgid "a"\nmsgstr "Roy"\n', "Roy", "R\nB", None,
                     id="which keeps its number of lines"),
        pytest.param("subtitles", f"{CUE}Roy\n", "Roy", "R &amp; B", None,
                     id="an entity in SubRip, which may be shown as one"),
        pytest.param("asciidoc", "Roy > Joly", "Roy ", "--", None, id="an arrow in AsciiDoc"),
        pytest.param("asciidoc", "Roy Joly", " ", "@", None, id="an address in AsciiDoc"),
        pytest.param("asciidoc", ".Roy\n----\nx\n----\n", "Roy", "-- Roy", None,
                     id="a title of a block in AsciiDoc"),
        pytest.param("rst", "Roy Joly", " ", "@", None, id="an address in reStructuredText"),
        pytest.param("rst", "Roy", "Roy", " Roy", None, id="an indent in reStructuredText"),
        pytest.param("rst", "Roy Joly", "Roy", "", None, id="what a removal indents there"),
        pytest.param("rst", "Roy **Joly**", "Roy ", "Ms.", None, id="a stop before emphasis there"),
    ],
)  # fmt: skip
def test_how_an_edit_is_written(name, text, old, new, expected):
    segment = next(s for s in parsed(name, text).segments if old in s.text)
    start = segment.text.index(old)
    edits = segment.edits(start, start + len(old), new)
    assert (apply_edits(text, edits) if edits else None) == expected
