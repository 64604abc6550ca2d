"""Links, e-mail addresses and quotation marks of the original that the article lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from transclean.checks import Hit
from transclean.checks.source.pair import Pair, listed, opening, text_of
from transclean.checks.wordlists import words_of
from transclean.model import Document, Segment, SegmentKind
from transclean.prose import quotations

_LINK = re.compile(r"https?://[^\s<>\"'’”»)\]}|\\^`]+", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b")
_ANCHORED = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']?(?=https?://)", re.IGNORECASE)
_STOPS = ".,;:!?*_"


def _host(link: str) -> str:
    host = re.split("[/:]", link.lower().partition("://")[2])[0]
    return ".".join(host.split(".")[-2:])


def _address(link: str) -> str:
    bare: str = re.sub(r"^https?://(?:www\.)?", "", link.rstrip(_STOPS), flags=re.IGNORECASE)
    return bare.partition("?")[0].partition("#")[0].rstrip("/").lower()


def _links_in(document: Document) -> list[tuple[int, str]]:
    text = document.text
    if document.format != "html":
        return [(found.start(), found[0].rstrip(_STOPS)) for found in _LINK.finditer(text)]
    starts = [found.end() for found in _ANCHORED.finditer(text)]
    return [(at, found[0].rstrip(_STOPS)) for at in starts if (found := _LINK.match(text, at))]


def links(pair: Pair) -> Iterator[Hit]:
    """Yield links and e-mail addresses that are lost; one to another page of the site is none."""
    theirs, said = _links_in(pair.original), text_of(pair.document)
    text = said.lower()
    ours = [link for _, link in _links_in(pair.document)] if not pair.document.steps else []
    ours += _LINK.findall(said)
    lost: dict[int, list[str]] = {}
    hosts = [_host(link) for link in dict.fromkeys(ours)]
    wanted = [_host(link) for link in dict.fromkeys(link for _, link in theirs)]
    for at, link in theirs:
        host = _host(link)
        if _address(link) not in text and hosts.count(host) < wanted.count(host):
            lost.setdefault(_paragraph_at(pair.original, at), []).append(link)
    for found in _MAIL.finditer(_LINK.sub(lambda f: " " * len(f[0]), pair.original.text)):
        if found[0].lower() not in text:
            lost.setdefault(_paragraph_at(pair.original, found.start()), []).append(found[0])
    for their, gone in sorted(lost.items()):
        if their not in pair.lost:
            told = list(dict.fromkeys(gone))
            message = f"The source has {listed(told)} here, the article does not"
            yield from pair.hit(their, 0, message)


def _paragraph_at(document: Document, offset: int) -> int:
    after = bisect_right(document.segments, offset, key=lambda segment: segment.start)
    return max(0, after - 1)


_ANY_MARK = re.compile(r"[“”„«»\"‹›]|(?<!\w)[‘']|``|''")
_SAID = 4  # words; less may be a title, which English sets in italics


def _said(segment: Segment, least: int) -> int:
    spans = quotations(segment)
    return sum(len(words_of(segment.text, *span)) >= least for span in spans)


def quotations_lost(pair: Pair) -> Iterator[Hit]:
    """Yield where the original quotes and the article has no quotation mark at all."""
    for step in pair.steps:
        if not step.theirs or not step.ours:
            continue
        if any(pair.ours[n].kind is SegmentKind.QUOTATION for n in step.ours):
            continue  # a block quotation needs no marks
        count = sum(_said(pair.theirs[n], _SAID) for n in step.theirs)
        if count and not any(_ANY_MARK.search(pair.ours[n].text) for n in step.ours):
            their = next(n for n in step.theirs if _said(pair.theirs[n], _SAID))
            segment = pair.theirs[their]
            spans = [s for s in quotations(segment) if len(words_of(segment.text, *s)) >= _SAID]
            quoted = opening(segment.text[slice(*spans[0])])
            more = f" and {count - 1} more" if count > 1 else ""
            message = f"What the source quotes has no quotation marks here: {quoted}{more}"
            yield from pair.hit(their, spans[0].start, message)
