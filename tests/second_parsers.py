"""What other parsers see in a document of each format, without its words."""

from __future__ import annotations

import io
import re
import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TEXTS = ("alt", "title", "content")


def html_skeleton(text):
    """Return the tags of a page with their attributes, as lxml reads them."""
    import lxml.html

    if not text.strip():
        return []
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser, ensure_head_body=True)
    return [
        (element.tag if isinstance(element.tag, str) else "other",
         sorted((k, "" if k in TEXTS else v) for k, v in element.attrib.items()))
        for element in root.iter()
    ]  # fmt: skip


def markdown_skeleton(text):
    """Return the kinds of tokens of a Markdown text, as markdown-it reads it."""
    from markdown_it import MarkdownIt

    if text.startswith("---\n"):  # front matter is an addition to the standard
        text = text.partition("\n---\n")[2]
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    skeleton = []
    for token in parser.parse(text):
        skeleton.append((token.type, token.level, str(token.attrs.get("start", ""))))
        inline = [
            (child.type, tuple(sorted(child.attrs.items())) if child.type == "link_open" else ())
            for child in token.children or ()
            if child.type not in ("text", "softbreak", "text_special")
        ]
        skeleton += inline
        if token.type in ("fence", "code_block", "html_block"):
            skeleton.append((token.content.count("\n") if token.type != "html_block" else 0,))
    return skeleton


PO_HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en\\n"
"""
_TAGS = re.compile(r"<[^<>\n]*>|\{[^{}\n]*\}")
_TIMES = re.compile(r"^.*\d[.,]\d{3} --> .*$", re.MULTILINE)


def xml_skeleton(text):
    """Return the elements of an XML text with their attributes; it must be well formed."""
    from lxml import etree

    return [
        (str(element.tag), sorted((k, "" if k in TEXTS else v) for k, v in element.attrib.items()))
        for element in etree.fromstring(text.encode("utf-8")).iter()
    ]


def rst_skeleton(text):
    """Return the kinds of nodes that docutils reads, without their words."""
    from docutils.core import publish_doctree

    tree = publish_doctree(text, settings_overrides={"report_level": 5})
    for message in list(tree.findall(lambda node: node.tagname == "system_message")):
        if message["level"] < 2:  # of titles and names that occur twice
            message.parent.remove(message)
    return [node.__class__.__name__ for node in tree.findall() if node.tagname != "#text"]


def asciidoc_skeleton(text):
    """Return the elements that asciidoc-py makes, without their words."""
    from asciidoc.api import AsciiDocAPI

    api = AsciiDocAPI()
    api.options("--no-header-footer")
    out = io.StringIO()
    api.execute(io.StringIO(text), out, backend="docbook45")
    return re.findall(r"<(/?\w+)", out.getvalue())


def po_skeleton(text):
    """Return the entries of a PO file without their translations, as translate-toolkit reads it."""
    from translate.storage.pypo import pofile

    store = pofile.parsestring(text.encode("utf-8"))
    return [
        (str(unit.source), unit.getcontext(), unit.getnotes(), unit.hasmarkedcomment("c-format"),
         bool(unit.target))
        for unit in store.units
    ]  # fmt: skip


def cues(text):
    """Return the blocks of subtitles: how many, the times, and the tags of each."""
    return [
        (_TIMES.findall(block), _TAGS.findall(block) if _TIMES.search(block) else block)
        for block in text.strip().split("\n\n")
    ]


def front_matter_skeleton(text):
    """Return the fields of a front matter, their texts left out where they are prose."""
    import yaml

    fence, _, rest = text.partition("\n")
    head, _, body = rest.partition(f"\n{fence}\n")
    if fence == "+++":
        fields = tomllib.loads(head)
    else:
        try:
            fields = yaml.safe_load(head)
        except yaml.YAMLError:
            return "not valid"
    if not isinstance(fields, dict):
        return fields, body
    prose = ("title", "summary", "description", "caption")
    shown = [(k, type(v) if k in prose and isinstance(v, str) else v) for k, v in fields.items()]
    return shown, body
