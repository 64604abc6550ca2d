"""Views of prose in markup: offsets lead to the document and back, edits keep markup whole."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from second_parsers import html_skeleton, markdown_skeleton
from transclean.fixer import apply_edits
from transclean.formats import get_format, reread
from transclean.formats.views import OBJECT, same_markup

SKELETONS = {"html": html_skeleton, "markdown": markdown_skeleton}
WORDS = st.text(string.ascii_letters + "éü’“”", min_size=1, max_size=6)


def inline(name, leaf):
    """Return a strategy of prose with elements in elements."""
    wraps = {
        "html": ["<b>{}</b>", '<a href="x?a=1&amp;b=2">{}</a>', "<sup>{}</sup>", "<i>{}</i><br>",
                 "<!-- {} -->", "<code>{}</code>", "<span lang=fr>{}</span>"],
        "markdown": ["**{}**", "*{}*", "[{}](http://x.org/a_b)", "<sup>{}</sup>", "`{}`", "~~{}~~",
                     "![{}](x.png)"],
    }[name]  # fmt: skip
    pieces = {"html": ["&amp;", "&nbsp;", "&eacute;", "\n  "], "markdown": ["&amp;", r"\*", "\n"]}

    def grown(children):
        return st.builds(
            lambda wrap, inner: wrap.format(inner.strip() or "x"), st.sampled_from(wraps), children
        )

    def joined(children):
        return st.lists(children, min_size=1, max_size=4).map(" ".join)

    base = leaf | st.sampled_from(pieces[name])
    return st.recursive(base, lambda c: grown(c) | joined(c), max_leaves=12)


def page(name):
    block = {
        "html": ["<p>{}</p>", "<li>{}", "<h2>{}</h2>", "<div>{}</div>", "<td>{}</td>"],
        "markdown": ["{}", "- {}", "## {}", "> {}"],
    }[name]
    blocks = st.builds(
        lambda wrap, text: wrap.format(text.strip() if "#" not in wrap else " ".join(text.split())),
        st.sampled_from(block),
        inline(name, WORDS),
    )
    return st.lists(blocks, min_size=1, max_size=3).map("\n\n".join)


SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
FORMATS = pytest.mark.parametrize("name", ["html", "markdown"])


def parsed(name, text):
    return get_format(name).parse(text, "article")


@FORMATS
@SLOW
@given(data=st.data())
def test_offsets_lead_to_the_document_and_back(name, data):
    text = data.draw(page(name))
    document = parsed(name, text)
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
def test_an_edit_changes_the_view_and_nothing_else(name, data):
    text = data.draw(page(name))
    document = parsed(name, text)
    assume(document.segments)
    number = data.draw(st.integers(0, len(document.segments) - 1))
    segment = document.segments[number]
    start = data.draw(st.integers(0, len(segment.text)))
    end = data.draw(st.integers(start, len(segment.text)))
    new = data.draw(
        st.sampled_from(["", "Ms.", "Ms. Joly", "a *b*", "<i>", "&amp;", "[x](y)", "`", "_c_", "#"])
    )
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
        assert SKELETONS[name](after_text) == SKELETONS[name](text)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_in_html_hardly_any_edit_is_refused_afterwards(data):
    text = data.draw(page("html"))
    document = parsed("html", text)
    for segment in document.segments:
        for start in range(0, len(segment.text), 3):
            for end in range(start + 1, len(segment.text) + 1, 4):
                edits = segment.edits(start, end, "x & y")
                if edits and not any(document.is_protected(e.start, e.end) for e in edits):
                    after = reread(document, apply_edits(text, edits), edits)
                    assert same_markup(document, edits, after)


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
                     "<p>Roy <b>Joly &amp; &lt;Co</b>, too</p>".replace("&amp; ", "& "),
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
    ],
)  # fmt: skip
def test_how_an_edit_is_written(name, text, old, new, expected):
    segment = next(s for s in parsed(name, text).segments if old in s.text)
    start = segment.text.index(old)
    edits = segment.edits(start, start + len(old), new)
    assert (apply_edits(text, edits) if edits else None) == expected
