"""Protected spans: looked for between blanks only, without losing one."""

from __future__ import annotations

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from transclean.formats import protected

PIECES = st.sampled_from(
    ["http://a.b/c", "www.a", "x@y.org", "@who", "#tag", "/a/b", "~/c/d", "C:\\e", ".com", "word"]
)
CHARACTERS = st.sampled_from(list("ab7./@#:\\~- \n\t\u00a0\u0085\x1c“”),"))


@settings(max_examples=500)
@given(st.lists(PIECES | CHARACTERS, max_size=12).map("".join))
def test_a_search_between_blanks_finds_what_one_of_the_whole_text_does(text):
    found = []
    for match in regex.compile(protected._PROTECTED, regex.VERBOSE).finditer(text):
        kept = match[0].rstrip(protected._TRAILING)
        if kept:
            found.append((match.start(), match.start() + len(kept)))
    assert list(protected.protected_spans(text)) == found
