"""Required literals: what is derived, and that no match is ever missed."""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import product
from unittest.mock import patch

import pytest
import regex
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from transclean.rulebook.conditions import BarredText
from transclean.rulebook.fold import barred, barred_part, fold, literal_of, plain
from transclean.rulebook.literals import all_required_literals, required_literals
from transclean.rulebook.units import condition_of

ENTRIES = ["Zq" + "".join(letters) for letters in product("abcdefghi", repeat=4)]
LEXICONS = {
    "months-de": ["Januar", "Februar", "März"],
    "words": ["Été", "ss", "kilo;", "Σας"],
    "with_nothing": ["", "Januar"],
    "no_entries": [],
    "many": ENTRIES[:5000],
    "too_many": ENTRIES[:5001],
}
EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1)]


# Folding


def test_fold_keeps_the_length_of_every_character():
    assert [c for c in EVERY_CHARACTER if len(fold(c)) != 1] == []


def test_fold_looks_at_one_character_at_a_time():
    assert fold("".join(EVERY_CHARACTER)) == "".join(map(fold, EVERY_CHARACTER))


def test_fold_is_stable():
    folded = fold("".join(EVERY_CHARACTER))
    assert fold(folded) == folded


def test_fold_finds_what_the_regex_package_takes_for_equal():
    cased = "".join(regex.findall(r"[\p{CWCM}\p{CWCF}]", "".join(EVERY_CHARACTER)))
    apart = {
        (character, other)
        for character in cased
        for other in regex.findall(regex.escape(character), cased, regex.IGNORECASE)
        if fold(character) != fold(other)
    }
    assert len(cased) > 2500
    assert apart == set()


def is_equal(character: str, other: str) -> bool:
    return bool(regex.fullmatch(regex.escape(character), other, regex.IGNORECASE))


def test_fold_finds_the_variants_that_python_knows():
    variants = defaultdict(set)
    for character in EVERY_CHARACTER:
        for other in (character.lower(), character.upper(), character.casefold()):
            if len(other) == 1 and other != character and is_equal(character, other):
                variants[character].add(fold(other))
    assert len(variants) > 2500
    assert {c: found for c, found in variants.items() if found != {fold(c)}} == {}


def test_fold_makes_every_digit_ascii():
    digits = "".join(regex.findall(r"\d", "".join(EVERY_CHARACTER)))
    assert fold(digits) == "0123456789" * (len(digits) // 10)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("M’s Officeme", "m’s officeme", id="curly apostrophe"),
        pytest.param("İstanbul ISPARTA ı", "istanbul isparta i", id="Turkish i"),
        pytest.param("ΟΔΟΣ ὁδός", "οδοσ ὁδόσ", id="final sigma"),
        pytest.param("ſo 5 \N{KELVIN SIGN} 3 \N{ANGSTROM SIGN}", "so 5 k 3 å", id="signs"),
        pytest.param("Straße 😀 \N{MICRO SIGN}", "straße 😀 μ", id="beside an emoji"),
        pytest.param("\ud800É", "\ud800é", id="lone surrogate"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


# Bars


@pytest.mark.parametrize(
    ("text", "made"),
    [
        pytest.param("He said, “Yes”.", "|he| |said|, “|yes|”.", id="words and signs"),
        pytest.param("On 12\u00a0 May\n", "|on| |00| |may| ", id="digits and spaces"),
        pytest.param("a|b\0c", "|a|¦|b|¦|c|", id="what stands for something else here"),
        pytest.param("été 5²", "|été| |0|²", id="beyond ASCII"),
        pytest.param("да", "да", id="letters of other scripts are signs"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_barred(text, made):
    assert barred([text]) == [made]


def test_texts_are_barred_each_for_itself():
    texts = ["One", "", "\0", " two.", "“three"]
    assert barred(texts) == [barred([text])[0] for text in texts]
    assert barred([]) == []


@pytest.mark.parametrize(
    ("part", "made"),
    [
        pytest.param("he", "he", id="a word that may go on"),
        pytest.param("|he|", "|he|", id="a whole word"),
        pytest.param("|he| said", "|he| |said", id="edges within"),
        pytest.param("|, |", ", ", id="edges of no word"),
        pytest.param(" he", " |he", id="after a space"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_barred_part(part, made):
    assert barred_part(part) == made
    assert barred_part(made) == made


@given(st.text("aé,’ -|\0я1", max_size=4), st.text("aé,’ -|\0я1", max_size=4))
def test_a_part_is_found_in_its_whole(one, other):
    (whole,) = barred([other + one + other])
    assert barred_part(plain(one)) in whole


@pytest.mark.parametrize(
    ("given_literal", "made"),
    [("|Prague|", "|prague|"), ("Â|", "â|"), ("12", "00"), ("a\u00a0;", "a| ;")],
)
def test_literal_of(given_literal, made):
    assert literal_of(given_literal) == made


# What is derived


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        pytest.param("Mme Joly", {"mme| |joly"}, id="plain text"),
        pytest.param(
            r"M['’]s officeme", {"m|'|s| |officeme", "m|’|s| |officeme"}, id="small set joined"
        ),
        pytest.param(r"\d,\d", {"0|,|0"}, id="digits"),
        pytest.param(r"\d{1,3},\d{3}", {"0|,|000"}, id="counted digits"),
        pytest.param(r"(?<=[0-9]),(?=[0-9])", {"0|,|0"}, id="digits in lookarounds"),
        pytest.param(r"\w ;", {" ;"}, id="space before punctuation"),
        pytest.param("«", {"«"}, id="rare character alone"),
        pytest.param(r"\w+ \L<months-de>", {" |januar", " |februar", " |märz"}, id="lexicon"),
        pytest.param(r"\bMme\b", {"|mme|"}, id="edges of a word"),
        pytest.param(r"^Mme$", {"|mme|"}, id="edges of a text"),
        pytest.param(r"(?<![\w-])Mme(?!\w|’)", {"|mme|"}, id="no word beside"),
        pytest.param(r"(?<!\w+)zouave(?!a\w)", {"zouave"}, id="more than a word beside"),
        pytest.param(r"(?a)\bzouave\b", {"zouave"}, id="edges in ASCII"),
        pytest.param(r"(?w)\bzouave\b", {"zouave"}, id="edges of Unicode"),
        pytest.param(r"zouave[^\w.]", {"zouave|"}, id="no word character"),
        pytest.param(r"la\s+sra\h{1,3}", {"la| |sra| "}, id="any space"),
        pytest.param(r"q\s*u", {"qu", "q| |u"}, id="space or none"),
        pytest.param(
            r"\d\w*\L<months-de>", {"januar", "februar", "märz"}, id="rare words, not digits"
        ),
        pytest.param(r"\bSr\.(?= \p{Lu})", {"|sr|. "}, id="lookahead joins what precedes"),
        pytest.param(r"(?<=foo )bar(?= baz)", {"foo| |bar| |baz"}, id="lookbehind, then lookahead"),
        pytest.param(r"ab(?=cde)cde", {"abcde"}, id="lookahead overlaps what follows"),
        pytest.param(r"(?=.*zebra)ab", {"zebra"}, id="lookahead further on"),
        pytest.param(r"(?<!zebra)abc(?!zebra)", {"abc"}, id="negative lookarounds"),
        pytest.param(r"ab\b(?!x)cd", {"abcd"}, id="zero width does not part"),
        pytest.param(r"ab\Kcd", {"abcd"}, id="keep"),
        pytest.param(
            r"officers? meeting", {"officer| |meeting", "officers| |meeting"}, id="optional"
        ),
        pytest.param("zebrae?", {"zebra"}, id="optional gains too little"),
        pytest.param("abc(?:zebra)*def", {"def"}, id="star is a gap"),
        pytest.param("abc(?:zebra){0,3}", {"abc"}, id="may be absent"),
        pytest.param("(?:ab)+c", {"abc"}, id="plus ends in what it repeats"),
        pytest.param("x(?:yz){2}", {"xyzyz"}, id="exact count"),
        pytest.param("a{,}bcd", {"bcd"}, id="counts left out"),
        pytest.param("(?:zebra)++x", {"zebrax"}, id="possessive"),
        pytest.param(r"foot|bark|\w+ baz", {"foot", "bark", " |baz"}, id="alternation"),
        pytest.param(r"\[(?:une|la)\]", {"[|une|]", "[|la|]"}, id="alternation joined"),
        pytest.param("officer|officers", {"officer"}, id="one inside the other"),
        pytest.param("(?|foot|bark)", {"foot", "bark"}, id="branch reset"),
        pytest.param("(?<a>ab)(?P<b>cd)(?>ef)(gh)", {"abcdefgh"}, id="groups"),
        pytest.param(r"(?P<x>\w)(?P=x)\1\g<x>(?1)(?&x)foo", {"foo"}, id="references"),
        pytest.param("(?(1)zebra|quagga)foo", {"foo"}, id="conditional"),
        pytest.param("(?(?=zebra)zebra|quagga)foo", {"foo"}, id="conditional lookahead"),
        pytest.param("(?:zebra){e<=1} foo", {" |foo"}, id="fuzzy group"),
        pytest.param("zebra{s}foo", {"zebr"}, id="fuzzy letter"),
        pytest.param("(?i)STRASSE", {"strasse"}, id="ignoring case"),
        pytest.param("a(?i:BC)(?-i)d", {"abcd"}, id="scoped flags"),
        pytest.param("(?x) foo [ ] b\\ ar # c\n !", {"foo| |b| |ar|!"}, id="verbose"),
        pytest.param("(?x: a b) c d", {"ab| |c| |d"}, id="verbose in a group"),
        pytest.param("fo(?#comment\\))+x", {"ox"}, id="comment before a quantifier"),
        pytest.param("(?if)straße,;", {",;"}, id="full case folding"),
        pytest.param("(?V1)(?i)straße,;", {",;"}, id="full case folding in version 1"),
        pytest.param("(?V1)straße", {"straße"}, id="version 1 with case"),
        pytest.param("(?V1)[[a-z]--[b]]foo", {"foo"}, id="set operation in version 1"),
        pytest.param("[[;]foo", {"[|foo", ";|foo"}, id="bracket in a set of version 0"),
        pytest.param("[];]foo", {"]|foo", ";|foo"}, id="closing bracket first"),
        pytest.param("[;-]x[^a]yz", {";|x", "-|x"}, id="hyphen last"),
        pytest.param("[[:alpha:];]foo", {"foo"}, id="POSIX class"),
        pytest.param(r"\w\p{Lu}\s.\Xfoo", {"foo"}, id="large classes"),
        pytest.param(r"\x41\u00e9\U000000df\N{BULLET}\t", {"aéß|• "}, id="codes"),
        pytest.param(r"\061foo", {"foo"}, id="octal code"),
        pytest.param(r"a\.b\[c", {"a|.|b|[|c"}, id="escaped punctuation"),
        pytest.param("٣;", {"0|;"}, id="digit of another script"),
    ],
)
def test_literals(pattern, literals):
    assert required_literals(pattern, LEXICONS) == literals


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("", id="empty"),
        pytest.param("e", id="common letter"),
        pytest.param(" ", id="space"),
        pytest.param(",", id="comma"),
        pytest.param(r"\bthe\b", id="common word"),
        pytest.param(" of ", id="common word between spaces"),
        pytest.param(r"\w+\s", id="classes"),
        pytest.param("zebra?|q*", id="a branch without"),
        pytest.param("(?:zebra)?", id="optional"),
        pytest.param("(?:zebra){0}", id="never"),
        pytest.param("(?!zebra)", id="negative lookahead"),
        pytest.param("[^;]", id="negated set"),
        pytest.param(r"\L<unknown>", id="unknown lexicon"),
        pytest.param(r"\L<no_entries>", id="lexicon without entries"),
        pytest.param(r"\L<with_nothing>", id="lexicon with an empty entry"),
        pytest.param(r"\L<too_many>", id="lexicon too large"),
        pytest.param("(?if)zebra", id="letters under full case folding"),
    ],
)
def test_nothing_useful(pattern):
    assert required_literals(pattern, LEXICONS) is None


def test_large_lexicon_stands_for_itself():
    assert required_literals(r"\w\L<many>", LEXICONS) == {e.lower() for e in LEXICONS["many"]}


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "[",
            "[a",
            "[a-",
            "[z-a]",
            "[\\",
            "(",
            ")",
            "a)",
            "(?",
            "(?P",
            "(?P<",
            "(?(",
            "(?(1",
            "(?<",
        ),
        *("*", "a**", "{", "a{", "a{3,1}", "x{99999999999}", "\\", r"\x4", r"\U99999999", r"\q"),
        pytest.param(r"\N{NO SUCH NAME}", id="unknown name"),
        pytest.param("(" * 3000 + ")" * 3000, id="deep"),
        pytest.param("a?" * 500, id="long"),
        pytest.param("(?:" * 30 + "aq" + "+)" * 30, id="nested repeats"),
    ],
)
def test_wrong_or_strange_pattern_raises_nothing(pattern):
    required_literals(pattern)


# Nothing is missed

LETTERS = "aksſKißẞſİıIéΣςσ"
OTHERS = " ,;’«0٣\t#-]"
Pair = tuple[str, str]  # a pattern, and a text that it should match


def escaped(text: str) -> Pair:
    return regex.escape(text), text


def one_of(members: str) -> st.SearchStrategy[Pair]:
    inside = "".join("\\" + c if c in "]^-\\[#&|~" else c for c in members)
    return st.sampled_from(members).map(lambda member: (f"[{inside}]", member))


atoms = st.one_of(
    st.text(LETTERS + OTHERS, min_size=1, max_size=4).map(escaped),
    st.text(LETTERS + OTHERS, min_size=1, max_size=3).flatmap(one_of),
    st.sampled_from(LEXICONS["words"]).map(lambda entry: (r"\L<words>", entry)),
    st.sampled_from(
        [
            *((r"\d", "7"), (r"\d", "٣"), (".", "x"), (r"\s", " "), (r"\w", "q"), ("[^a]", "b")),
            *(("[a-k]", "c"), ("[0-9]", "0"), (r"\x6b", "k"), (r"\u00df", "ß"), (r"[\d;]", "5")),
            *((r"\b", ""), (r"\B", ""), ("(?!zz)", ""), ("(?<!z)", ""), ("(?#c)", "")),
            *((r"\W", ";"), (r"[^\w;]", ","), (r"\s+", " \t"), (r"\h*", ""), ("^", ""), ("$", "")),
            *((r"(?!\w)", ""), (r"(?<![\w’])", ""), (r"(?=[\s,])", " "), (r"\s?", "")),
        ]
    ),
)


def combinations(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    openings = st.sampled_from(["(", "(?:", "(?>", "(?i:", "(?|", "(?x:", "(?f:"])
    counts = [("?", 0), ("?", 1), ("*", 0), ("*", 2), ("+", 1), ("+", 3), ("{2}", 2), ("+?", 2)]
    counts += [("{1,2}", 1), ("{1,2}", 2), ("{0,2}", 0), ("{2,}", 3), ("{,2}", 1), ("{0}", 0)]
    return st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(
            lambda pairs: ("".join(p for p, _ in pairs), "".join(t for _, t in pairs))
        ),
        st.tuples(openings, inner).map(lambda made: (f"{made[0]}{made[1][0]})", made[1][1])),
        st.tuples(inner, inner).map(lambda made: (f"(?:{made[0][0]}|{made[1][0]})", made[1][1])),
        st.tuples(inner, st.sampled_from(counts)).map(
            lambda made: (f"(?:{made[0][0]}){made[1][0]}", made[0][1] * made[1][1])
        ),
        inner.map(lambda pair: (f"(?={pair[0]}){pair[0]}", pair[1])),
        inner.map(lambda pair: (f"{pair[0]}(?<={pair[0]})", pair[1])),
        st.tuples(inner, inner).map(
            lambda made: (f"{made[0][0]}(?={made[1][0]})", made[0][1] + made[1][1])
        ),
        st.tuples(inner, inner).map(
            lambda made: (f"(?<={made[0][0]}){made[1][0]}", made[0][1] + made[1][1])
        ),
    )


pairs = st.recursive(atoms, combinations, max_leaves=8)
flags = st.sampled_from(["", "(?i)", "(?if)", "(?V1)", "(?V1)(?i)", "(?x)", "(?r)", "(?ai)"])
variants = st.sampled_from([str, str.upper, str.lower, str.swapcase, str.casefold, fold])


def is_missed(pattern: str, text: str) -> bool:
    """Whether the pattern finds something in a text without the literals that it requires.

    Common ones are tried as well: what is true of them is true of the rare.
    """
    with patch("transclean.rulebook.parts.USELESS", 0.0):
        needed = all_required_literals(pattern, LEXICONS, 99)
    assume(needed)
    assume(regex.search(pattern, text, words=LEXICONS["words"], ignore_unused=True, timeout=1))
    (searched,) = barred([text])
    with patch("transclean.rulebook.units._TELLING", 0.0):
        conditions = [made for made in map(condition_of, needed) if made]
    return not all(
        any(literal in searched for literal in literals) for literals in needed
    ) or not all(map(BarredText(searched).fulfils, conditions))


@settings(max_examples=400, deadline=None)
@given(flags, pairs, variants, st.text(LETTERS + OTHERS, max_size=3))
def test_no_match_is_missed(flag, pair, variant, around):
    pattern, text = pair
    assert not is_missed(flag + pattern, around + variant(text) + around)


# Few such texts match, so the health check about wasted examples is off here; the test above,
# for which it is on, shows that the literals do get tried.
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(flags, pairs, st.data())
def test_no_match_of_a_mixture_is_missed(flag, pair, data):
    """The text is not what the pattern was made with but pieces of it in any order."""
    pattern, text = pair
    pieces = st.lists(st.sampled_from([*text, "a", "K", ";", text]), max_size=8)
    assert not is_missed(flag + pattern, "".join(data.draw(pieces)))
