"""Pages and Markdown texts as installed packages ship them: read, edited and repaired.

Which files there are depends on the machine; where there are fewer than 300, that is said.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from itertools import islice
from pathlib import Path

import pytest

from second_parsers import html_skeleton, markdown_skeleton
from transclean import Cleaner
from transclean.fixer import apply_edits
from transclean.formats import get_format, reread
from transclean.formats.views import same_markup

FOLDERS = ["/usr/share/doc", "/usr/share/gtk-doc", "/usr/lib/node_modules", sys.prefix,
           sys.base_prefix, str(Path.home() / ".rustup")]  # fmt: skip
WANTED = 300
SIZES = range(1_000, 16_000)  # bytes
KINDS = {"markdown": (".md", markdown_skeleton), "html": (".html", html_skeleton)}
REPLACEMENTS = ["", "Ms. Joly", "a_b *c*", "[x] & <b>", "1. said", "# Hi", "&amp; |"]


def found(ending, most):
    for folder in FOLDERS:
        for top, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(top, name)
                if name.endswith(ending) and path.is_file() and path.stat().st_size in SIZES:
                    yield path
                    most -= 1
                    if not most:
                        return


def real_files():
    texts = []
    for kind, (ending, _) in KINDS.items():
        paths = sorted(found(ending, 5_000), key=lambda p: hashlib.md5(bytes(p)).digest())
        for path in islice(paths, WANTED // 2 + 10):
            try:
                texts.append((kind, path, path.read_bytes().decode()))
            except (OSError, UnicodeDecodeError):
                continue
    return texts


@pytest.fixture(scope="module")
def files():
    texts = real_files()
    if len(texts) < WANTED:
        pytest.skip(f"only {len(texts)} of {WANTED} Markdown and HTML files are installed here")
    return texts


def test_edits_keep_the_markup_as_another_parser_sees_it(files):
    made = 0
    for kind, path, text in files:
        skeleton = KINDS[kind][1]
        document = get_format(kind).parse(text, str(path))
        before = skeleton(text)
        chance = random.Random(str(path))
        segments = [segment for segment in document.segments if len(segment.text) > 3]
        for _ in range(min(4, len(segments))):
            segment = chance.choice(segments)
            start = chance.randrange(len(segment.text))
            end = min(len(segment.text) - 1, start + chance.choice([0, 1, 3, 8, 20]))
            edits = segment.edits(start, max(start, end), chance.choice(REPLACEMENTS))
            if not edits or any(document.is_protected(e.start, e.end) for e in edits):
                continue
            after = apply_edits(text, edits)
            taken = [
                m for m in document.markup for e in edits if e.start <= m.start < m.end <= e.end
            ]
            if taken or not same_markup(document, edits, reread(document, after, edits)):
                continue
            assert skeleton(after) == before, (path, segment.text[start:end], edits)
            made += 1
    assert made > 2 * len(files)


def test_findings_and_fixes(files):
    cleaner = Cleaner()
    for kind, path, text in files[::4]:
        document = get_format(kind).parse(text, str(path))
        whole = {(segment.start, segment.end) for segment in document.segments}
        result = cleaner.fix(text, suggested=True, path=str(path), format=kind)
        assert result.failures == (), path
        for finding in cleaner.check(text, path=str(path), format=kind):
            held = document.is_protected(finding.start, finding.end)
            assert not held or (finding.start, finding.end) in whole, path
        again = text
        for edits in result.rounds:
            again = apply_edits(again, edits)  # nothing but the edits changes anything
        assert result.text == again
        settled = cleaner.fix(result.text, suggested=True, path=str(path), format=kind)
        assert settled.text == result.text, path
