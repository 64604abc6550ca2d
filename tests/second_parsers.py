"""What other parsers see in a page or a Markdown text, without its words."""

from __future__ import annotations

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
