"""What literals and texts are compared in: lower case, and bars at the edges of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

# What IGNORECASE takes for equal although `lower` keeps it apart, in this Unicode version or
# in an older Python's: a character, or the first and last of a row, and what the first becomes.
_CASES = """
    B5>3BC 130>69 131>69 17F>73 345>3B9 3A3>3C3 3C2>3C3 3D0>3B2 3D1>3B8 3D5>3C6 3D6>3C0
    3F0>3BA 3F1>3C1 3F5>3B5 1C80>432 1C81>434 1C82>43E 1C83-1C84>441 1C85>442 1C86>44A
    1C87>463 1C88>A64B 1C89>1C8A 1E9B>1E61 1FBE>3B9 1FD3>390 1FE3>3B0 2C2F>2C5F A7C0>A7C1
    A7CB>264 A7CC>A7CD A7CE>A7CF A7D0>A7D1 A7D2>A7D3 A7D4>A7D5 A7D6>A7D7 A7D8>A7D9 A7DA>A7DB
    A7DC>19B A7DD>277 A7E2>27C AB6C-AB6D>AB4B FB06>FB05 10570-1057A>10597 1057C-1058A>105A3
    1058C-10592>105B3 10594-10595>105BB 10D50-10D65>10D70 16EA0-16EB8>16EBB 1DF40>1DF41
    1DF48>1DF49 1DF4A>1DF4B 1DF4D>1DF4E 1DF51>1DF52 1DF68>1DF69 1DF6A>1DF6B 1DF6C>1DF6D
    1DF6E>1DF6F 1DF72>1DF73 1DF74>1DF75 1DF76>1DF77 1DF78>1DF79 1DF7A>1DF7B 1DF7C>1DF7D
    1DF7E>1DF7F 1DF95>DF
"""
# The zeros of the scripts that have decimal digits: folded to ASCII, so that `\d` is ten strings.
_ZEROS = """
    660 6F0 7C0 966 9E6 A66 AE6 B66 BE6 C66 CE6 D66 DE6 E50 ED0 F20 1040 1090 17E0 1810 1946
    19D0 1A80 1A90 1B50 1BB0 1C40 1C50 A620 A8D0 A900 A9D0 A9F0 AA50 ABF0 FF10 104A0 10D30
    10D40 11066 110F0 11136 111D0 112F0 11450 114D0 11650 116C0 116D0 116DA 11730 118E0 11950
    11BF0 11C50 11D50 11DA0 11DE0 11F50 16130 16A60 16AC0 16B50 16D70 1CCF0 1D7CE 1D7D8 1D7E2
    1D7EC 1D7F6 1E140 1E2F0 1E4F0 1E5F1 1E950 1FBF0
"""


@cache
def _folds() -> Mapping[int, int]:
    return dict(chain(_cases(), _digits()))


def _cases() -> Iterator[tuple[int, int]]:
    for row in _CASES.split():
        codes, _, folded = row.partition(">")
        first, _, last = codes.partition("-")
        for step in range(int(last or first, 16) - int(first, 16) + 1):
            yield int(first, 16) + step, int(folded, 16) + step


def _digits() -> Iterator[tuple[int, int]]:
    for zero in _ZEROS.split():
        yield from ((int(zero, 16) + digit, ord("0") + digit) for digit in range(10))


# Looking for them character by character would take three times as long as lower-casing. In
# UTF-8 nearly all of them begin with a byte that Western text has no use for; these do not.
_FOLDS_AMONG_WESTERN = "\u00b5\u0130\u0131\u017f\u2c2f"
_WESTERN_BYTES = bytes([*range(0xC6), 0xE2])
_UNUSUAL = "[^\x00-\xb4\xb6-\u012f\u0132-\u017e\u2000-\u2125]+"


def fold(text: str) -> str:
    """Return `text` in lower case, one character for one, so that offsets stay valid.

    Characters that IGNORECASE takes for equal become the same character, and the decimal
    digits of every script become ASCII digits.
    """
    if not text.isascii() and _may_have_folds(text):
        text = re.sub(_UNUSUAL, lambda found: found[0].translate(_folds()), text)
    return text.lower()


def _may_have_folds(text: str) -> bool:
    unusual = text.encode("utf-8", "surrogatepass").translate(None, _WESTERN_BYTES)
    return bool(unusual) or any(map(text.__contains__, _FOLDS_AMONG_WESTERN))


# How texts and literals are compared: folded, digits as 0, any space as one blank, and a bar where
# a word meets something else. “|he| |said|, “|yes|”” holds “|he|”, but not “|she|”.
# What is no letter of Western text, no digit and no space; more bars than words need do no harm.
_SIGN = re.compile(r"([^\sa-z0-9_ß-öø-ɏ|])")
_BAR, _BETWEEN_TEXTS, _ITSELF = "|", "\0", "¦"


def plain(text: str) -> str:
    """Return `text` folded, every digit as 0, without the signs that `barred` puts in."""
    return _plain(text.replace(_BETWEEN_TEXTS, _ITSELF))


def _plain(text: str) -> str:
    text = fold(text).replace(_BAR, _ITSELF)
    for digit in "123456789":
        text = text.replace(digit, "0")
    return text


def barred(texts: Sequence[str]) -> list[str]:
    """Return texts plain, with a bar at each edge of a word and one blank for any space."""
    text = _BETWEEN_TEXTS.join(["", *texts, ""])
    if text.count(_BETWEEN_TEXTS) > len(texts) + 1:
        return barred([text.replace(_BETWEEN_TEXTS, _ITSELF) for text in texts])
    text = _BAR.join(_SIGN.split(_plain(text)))  # which keeps the signs
    text = "| |".join(text.split())
    return text.replace("||", "").split(_BETWEEN_TEXTS)[1:-1]


def barred_part(text: str) -> str:
    """Return a part of a plain text as it stands in the whole when that is barred.

    A bar at its beginning or end says that no word goes on there.
    """
    inner = text.replace(_BAR, "")
    (whole,) = barred([f"x{inner}x"])
    part = whole[2:-2]  # a bar is left at either end that is no word, where nothing is known
    before = _BAR if text.startswith(_BAR) and not part.startswith(_BAR) else ""
    after = _BAR if text.endswith(_BAR) and not part.endswith(_BAR) else ""
    return before + part.strip(_BAR) + after if inner else ""


def literal_of(given: str) -> str:
    """Return words of any text, with bars where they begin or end, as a literal."""
    before, after = _BAR[: given.startswith(_BAR)], _BAR[: given.endswith(_BAR)]
    return barred_part(before + plain(given.strip(_BAR)) + after)
