"""Turn the files of packages into paragraphs of running text, one reader for each form."""

from __future__ import annotations

import bz2
import gzip
import html
import io
import re
import tarfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

Reader = Callable[[bytes], Iterator[list[str]]]  # a file's bytes to its texts' paragraphs

# A word, a number or a dash between them, with the punctuation of prose around it.
ORDINARY = re.compile(
    r"[(\[\"'“‘«]*(?:[^\W\d_]+(?:['’.-][^\W\d_]+)*|[$£€]?\d[\d.,:%-]*(?:st|nd|rd|th|s)?|[-–—&])"
    r"[)\]\"'”’».,;:!?…—-]*"
)
ENDS = re.compile(r"[.!?…][)\]\"'”’»]*$")
CODE = re.compile(r"[{}<>|\\^~=]|(?:^|\s)--?\w|::|\(\)|_")
MARKS = re.compile(r"[¶\u200b\ufeff\u00ad]")


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph is a sentence or more of running text, not code, table or menu."""
    words = paragraph.split()
    if len(words) < 8 or not ENDS.search(paragraph) or CODE.search(paragraph):
        return False
    return sum(bool(ORDINARY.fullmatch(word)) for word in words) >= 0.9 * len(words)


def tidy(paragraph: str) -> str:
    """Return a paragraph on one line, without the marks that pages put beside headings."""
    return " ".join(MARKS.sub("", paragraph).split())


def decode(data: bytes) -> str:
    """Return a file's text: UTF-8 where it is, else Windows-1252; unpacked where packed."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    elif data[:3] == b"BZh":
        data = bz2.decompress(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Paragraphs(HTMLParser):
    """Collects the text of p elements, of HTML and of Mallard pages, and of div class="para"."""

    UNREAD = frozenset({"script", "style", "pre", "nav", "footer", "head", "noscript", "button"})
    BREAKING = frozenset(
        re.findall(
            r"\S+",
            "div ul ol li dl dt dd table tr td th h1 h2 h3 h4 h5 h6 section article blockquote "
            "item note media listing screen code-block figure body aside header form",
        )
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._text: list[str] | None = None
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph at p; end one at whatever can't stand inside it."""
        if tag in self.UNREAD:
            self._unread += 1
        if tag == "p" or tag in self.BREAKING:
            self.end()
        if tag == "p" or ("class", "para") in attrs:
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End the paragraph with its element, or with one around it."""
        if tag in self.UNREAD:
            self._unread = max(0, self._unread - 1)
        if tag == "p" or tag in self.BREAKING:
            self.end()

    def handle_data(self, data: str) -> None:
        """Keep what stands inside a paragraph."""
        if self._text is not None and not self._unread:
            self._text.append(data)

    def end(self) -> None:
        """Put the open paragraph away."""
        if self._text is not None:
            self.found.append("".join(self._text))
        self._text = None


FOREIGN = re.compile(r"<html[^>]*\slang=[\"'](?!en)", re.IGNORECASE)


def read_html(data: bytes) -> Iterator[list[str]]:
    """Read the p elements of a page, unless it says that it is in another language."""
    text = decode(data)
    if FOREIGN.search(text[:3000]):
        return
    parser = _Paragraphs()
    parser.feed(text)
    parser.close()
    parser.end()
    yield parser.found


def read_speech(data: bytes) -> Iterator[list[str]]:
    """Read paragraphs parted by blank lines, without the marks of footnotes."""
    text = re.sub(r"(?<=[a-z][.,;])\d{1,2}(?=\s|$)", "", decode(data))
    yield re.split(r"\n\s*\n", text)


def read_lines(data: bytes) -> Iterator[list[str]]:
    """Read a file in which every line is a whole article."""
    for line in decode(data).splitlines():
        yield [line]


EDITORIALS = "hutto_ICWSM_2014/nytEditorialSnippets_GroundTruth.txt"


def read_editorials(data: bytes) -> Iterator[list[str]]:
    """Read articles given sentence by sentence: number_sentence, a score, the sentence."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        stream = archive.extractfile(EDITORIALS) or io.BytesIO()
        rows = [line.split("\t") for line in decode(stream.read()).splitlines()]
    articles: dict[str, dict[str, None]] = {}
    for number, _, sentence in rows:
        # The set writes a quotation mark as two apostrophes, and some sentences twice.
        articles.setdefault(number.split("_")[0], {})[sentence.replace("''", '"')] = None
    for sentences in map(list, articles.values()):
        yield [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]


def read_backticks(data: bytes) -> Iterator[list[str]]:
    """Read the texts between backticks of a game's data."""
    yield re.findall(r"`([^`]+)`", decode(data))


def read_fortunes(data: bytes) -> Iterator[list[str]]:
    """Read short pieces parted by lines of a per cent sign, without who said them."""
    pieces = re.split(r"\n%\n", decode(data))
    yield [re.split(r"\n\s+-- ", piece)[0] for piece in pieces if "\b" not in piece]


def read_dictionary(data: bytes) -> Iterator[list[str]]:
    """Read indented definitions; braces mark links, angles the subject."""
    blocks = re.split(r"\n\s*\n", decode(data))
    texts = [block for block in blocks if block.startswith("   ")]
    yield [re.sub(r"[{}]|<[a-z, ]+> ", "", text) for text in texts]


def read_wikitext(data: bytes) -> Iterator[list[str]]:
    """Read the paragraphs of a Wikipedia export's articles that need no template."""
    for page in re.findall(r"<text[^>]*>(.*?)</text>", decode(data), re.DOTALL):
        text = html.unescape(html.unescape(page))
        if not text.lstrip().upper().startswith("#REDIRECT"):
            yield list(_wiki_paragraphs(text))


HOLE = "\0"  # where a template stood that showed text
SILENT = re.compile(r"\{\{\s*(?:cite|citation|sfn|refn?|efn|r\||fact|cn\b|use |pp-|main|see)", re.I)
LINE_MARKUP = re.compile(r"\s*[=*#:;|!{}]|\s*\[\[(?:file|image|category)", re.I)


def _wiki_paragraphs(text: str) -> Iterator[str]:
    text = re.sub(r"<!--.*?-->|<ref[^>]*/>|<ref.*?</ref>", "", text, flags=re.DOTALL)
    text = re.sub(r"<(math|gallery|code|pre|nowiki|timeline).*?</\1>", HOLE, text, flags=re.DOTALL)
    text = _without(r"\{\{[^{}]*\}\}", text, lambda m: "" if SILENT.match(m[0]) else HOLE)
    text = _without(r"\{\|(?:(?!\{\|).)*?\|\}", text, lambda m: "")
    text = re.sub(r"\[\[([^\[\]|:]*)\]\]|\[\[[^\[\]|:]*\|([^\[\]]*)\]\]", r"\1\2", text)
    text = re.sub(r"\[(?:https?:)?//\S+ ([^\]]*)\]", r"\1", text)
    text = re.sub(r"'{2,5}|</?[a-z][^>]*>", "", text)
    for line in text.splitlines():
        if HOLE not in line and not LINE_MARKUP.match(line) and "[[" not in line:
            yield line


def _without(pattern: str, text: str, by: Callable[[re.Match[str]], str]) -> str:
    """Replace what nests from the inside out."""
    once = re.compile(pattern, re.DOTALL)
    while once.search(text):
        text = once.sub(by, text)
    return text


READERS: dict[str, Reader] = {
    "html": read_html,
    "speech": read_speech,
    "lines": read_lines,
    "editorials": read_editorials,
    "backticks": read_backticks,
    "fortunes": read_fortunes,
    "dictionary": read_dictionary,
    "wikitext": read_wikitext,
}
