"""Documents of every format, made by hypothesis, and what a second parser sees in each."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

import second_parsers as second

WORDS = st.text(string.ascii_letters + "éü’“”", min_size=1, max_size=6)
_EDITS = (
    "", "Ms.", "Ms. Joly", "R & B", "a < b", "&amp;", "<i>", "]]>", "x\ny", '"', "'", "\\n",
    "a *b*", "`c`", "_d_", "[x](y)", "#", "- e", "1. f", "g::", ": h", "a | b", "{i}", "-->",
    "%s", "*", "|j|", ".. k", "l_", "= m", "^2^", "+", "//", "@n", " # o", "50%", "---"
)  # fmt: skip


class Kind(NamedTuple):
    """Documents of one kind of file: its format, a name, strategies and a second parser."""

    format: str
    path: str
    pages: st.SearchStrategy[str]
    skeleton: Callable[[str], object]
    replacements: tuple[str, ...] = _EDITS


def inline(wraps: list[str], pieces: list[str], *, nested: bool = True) -> st.SearchStrategy[str]:
    """Return a strategy of prose with elements, each a frame with `{}` for its text.

    They stand in each other where they may be `nested`.
    """

    def grown(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda wrap, inner: wrap.replace("{}", inner.strip() or "x"),
            st.sampled_from(wraps),
            children,
        )

    def joined(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.lists(children, min_size=1, max_size=4).map(" ".join)

    base = WORDS | st.sampled_from(pieces)
    if not nested:
        return joined(base | grown(WORDS))
    return st.recursive(base, lambda c: grown(c) | joined(c), max_leaves=12)


def page(
    blocks: list[str],
    prose: st.SearchStrategy[str],
    *,
    frame: str = "{}",
    between: str = "\n\n",
    one_line: str = "",
    most: int = 3,
) -> st.SearchStrategy[str]:
    """Return a strategy of documents: blocks of prose in a frame.

    In a block that has a sign of `one_line`, the prose stands on one line.
    """

    def block(wrap: str, text: str) -> str:
        on_a_line = any(sign in wrap for sign in one_line)
        return wrap.replace("{}", " ".join(text.split()) if on_a_line else text.strip())

    made = st.builds(block, st.sampled_from(blocks), prose)
    return st.lists(made, min_size=1, max_size=most).map(
        lambda texts: frame.replace("{}", between.join(texts))
    )


_HTML_INLINE = ["<b>{}</b>", '<a href="x?a=1&amp;b=2">{}</a>', "<sup>{}</sup>", "<i>{}</i><br/>",
                "<!-- c -->{}", "<code>{}</code>", '<span lang="fr">{}</span>', "<br/>{}",
                '<img src="x" alt="{}"/>'.replace("{}", "y")]  # fmt: skip
_MARKDOWN_INLINE = ["**{}**", "*{}*", "[{}](http://x.org/a_b)", "<sup>{}</sup>", "`{}`", "~~{}~~",
                    "![{}](x.png)"]  # fmt: skip
_MARKDOWN_BLOCKS = ["{}", "- {}", "## {}", "> {}"]


def _entries(made: list[tuple[str, str, str]]) -> str:
    return second.PO_HEADER + "".join(
        f'\n{comment}msgid "{number} {source}"\nmsgstr {text}\n'
        for number, (comment, source, text) in enumerate(made)
    )


_PO_TEXT = st.lists(
    WORDS
    | st.sampled_from(["%s", "{x}", r"\"", r"\n", r"\t", r"\\", "<b>", "%(n)d", " ", "&amp;"]),
    min_size=1, max_size=6,
)  # fmt: skip
_PO_STRING = _PO_TEXT.map(lambda parts: f'"{" ".join(parts)}"') | st.lists(
    _PO_TEXT, min_size=1, max_size=3
).map(lambda lines: '""\n' + "\n".join(f'"{" ".join(parts)} "' for parts in lines))
PO = st.lists(
    st.tuples(st.sampled_from(["", "# note\n", "#, c-format\n"]), WORDS, _PO_STRING),
    min_size=1, max_size=3,
).map(_entries)  # fmt: skip

_XLIFF = (
    '<?xml version="1.0"?>\n<xliff version="1.2"><file source-language="fr"'
    ' target-language="en"><body>\n{}\n</body></file></xliff>\n'
)
_UNIT = '<trans-unit id="1"><source>Mme</source><target>{}</target><note>n</note></trans-unit>'
_CODES = ["<g id='1'>{}</g>", "<ph id='2'>{}</ph>", "<mrk mtype='x'>{}</mrk>", "<x id='3'/>{}",
          "<bpt id='4'>{}</bpt>", "<!-- c -->{}"]  # fmt: skip
_XML_PIECES = ["&amp;", "&#233;", "&lt;", "&gt;", "\n  ", "%s", "{n}", "&quot;"]
_TMX = '<tmx version="1.4"><header srclang="fr"/><body>\n{}\n</body></tmx>\n'
_TU = '<tu><tuv xml:lang="fr"><seg>Mme</seg></tuv><tuv xml:lang="en-GB"><seg>{}</seg></tuv></tu>'
_TMX_CODES = ["<hi>{}</hi>", "<bpt i='1'>{}</bpt>", "<it pos='begin'>{}</it>", "<ph/>{}"]

_CUE_INLINE = ["<i>{}</i>", "<b>{}</b>", '<font color="x">{}</font>', r"{\an8}{}"]
_RST_INLINE = ["**{}**", "*{}*", "``{}``", ":ref:`{}`", "`{} <http://x>`__", "|{}|", "[1]_"]
_ASCIIDOC_INLINE = ["*{}*", "_{}_", "`{}`", "^{}^", "https://x.org[{}]", "+{}+", "**{}**", "#{}#",
                    "<<a,{}>>"]  # fmt: skip
_FIELDS = ["title: {}", 'title: "{}"', "summary: '{}'", "description: >\n  {}", "other: {}",
           "caption: |\n  {}\n  more", "- {}", "tags: [{}]", "# {}"]  # fmt: skip
_TOML_FIELDS = ['title = "{}"', "summary = '{}'", 'other = "{}"', "n = 3"]

KINDS: dict[str, Kind] = {
    "html": Kind(
        "html", "a.html",
        page(["<p>{}</p>", "<li>{}", "<h2>{}</h2>", "<div>{}</div>", "<td>{}</td>",
              '<img src=x alt="y">{}'],
             inline([*_HTML_INLINE, "<i>{}</i><br>", "<span lang=fr>{}</span>"],
                    ["&amp;", "&nbsp;", "&eacute;", "\n  ", "R&B"])),
        second.html_skeleton,
    ),
    "xhtml": Kind(
        "html", "a.xhtml",
        page(["<p>{}</p>", "<ul><li>{}</li></ul>", "<h2>{}</h2>", "<div>{}<p>x</p></div>",
              "<table><tr><td>{}</td></tr></table>", '<p title="y">{}</p>'],
             inline(_HTML_INLINE, ["&amp;", "&#160;", "&lt;", "\n  "]),
             frame='<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head>'
                   "<title>x</title></head><body>{}</body></html>"),
        second.xml_skeleton,
    ),
    "markdown": Kind(
        "markdown", "a.md",
        page(_MARKDOWN_BLOCKS, inline(_MARKDOWN_INLINE, ["&amp;", r"\*", "\n"]), one_line="#"),
        second.markdown_skeleton,
    ),
    "mdx": Kind(
        "markdown", "a.mdx",
        page([*_MARKDOWN_BLOCKS, "<Card>\n\n{}\n\n</Card>", "import A from 'a'\n\n{}",
              "export const a = 1\n\n{}"],
             inline([*_MARKDOWN_INLINE, '<B a="1">{}</B>'], ["{a.b}", r"\{", "\n"]), one_line="#"),
        second.markdown_skeleton,
    ),
    "front-matter": Kind(
        "markdown", "a.md",
        page(_FIELDS, inline(["{}"], ["a:b", "it's", "x#y", "é"]),
             frame="---\n{}\n---\n\n```\nText.\n```\n", between="\n", one_line=":-#"),
        second.front_matter_skeleton,
    ),
    "front-matter-toml": Kind(
        "markdown", "a.md",
        page(_TOML_FIELDS, inline(["{}"], ["a:b", "x#y", "é"]),
             frame="+++\n{}\n+++\n\n```\nText.\n```\n", between="\n", one_line="=", most=1),
        second.front_matter_skeleton,
    ),
    "rst": Kind(
        "rst", "a.rst",
        page(["{}", "* {}", "1. {}", "Title\n=====\n\n{}", ".. note:: {}", "{}::\n\n    x",
              ":a: {}", "+---+\n| x |\n+---+\n\n{}", "::\n\n  {}"],
             inline(_RST_INLINE, ["\n", r"\*", "a_b", "x_"], nested=False), one_line="*1:.|"),
        second.rst_skeleton,
    ),
    "asciidoc": Kind(
        "asciidoc", "a.adoc",
        page(["{}", "* {}", ". {}", "== {}", ".{}\n----\nx\n----", "NOTE: {}", "a:: {}",
              "____\n{}\n____", "|===\n|{}\n|===", "----\n{}\n----", "[quote]\n{}", "// {}"],
             inline(_ASCIIDOC_INLINE, ["\n", "&amp;", "{a}", "a_b"]), one_line="*.=:|/N"),
        second.asciidoc_skeleton,
    ),
    "po": Kind("po", "a.po", PO, second.po_skeleton),
    "xliff": Kind(
        "exchange", "a.xlf", page([_UNIT], inline(_CODES, _XML_PIECES), frame=_XLIFF),
        second.xml_skeleton,
    ),
    "tmx": Kind(
        "exchange", "a.tmx", page([_TU], inline(_TMX_CODES, _XML_PIECES), frame=_TMX),
        second.xml_skeleton,
    ),
    "srt": Kind(
        "subtitles", "a.srt",
        page(["1\n00:00:01,000 --> 00:00:02,500\n{}",
              "2\n00:00:03,000 --> 00:00:04,000\n- {}\n- x"],
             inline(_CUE_INLINE, ["\n", "1 > 2", "..."]), frame="{}\n"),
        second.cues,
    ),
    "vtt": Kind(
        "subtitles", "a.vtt",
        page(["00:01.000 --> 00:02.500 align:start\n{}", "NOTE {}",
              "a\n00:03.000 --> 00:04.500\n{}"],
             inline([*_CUE_INLINE, "<v Ann>{}", "<c.x>{}</c>", "<00:01.200>{}"],
                    ["\n", "&amp;", "&lt;"]),
             frame="WEBVTT\n\n{}\n"),
        second.cues,
    ),
}  # fmt: skip
