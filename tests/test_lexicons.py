"""Lexicons as the cache keeps them: long ones are packed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transclean.rulebook.lexicons import (
    Lexicon,
    PackedEntries,
    PackedPhrases,
    decode_lexicon,
    encode_lexicon,
)

LONG = {f"{letter}{number}word": "" for letter in "abcé" for number in range(1100)} | {"a": ""}

PHRASES = {f"mill {number}": f"lock {number}" for number in range(200)}


@pytest.mark.parametrize(
    ("words", "packed"),
    [
        ({"mai": "May", "juin": "June"}, dict),
        ({"theme": "", "tome": ""}, dict),
        (LONG, PackedEntries),
        (LONG | {"mai": "May"}, dict),
        (PHRASES | {"mai": "May", "at the\tmill": "x = y", "5 %": "five"}, PackedPhrases),
    ],
    ids=["translating", "short", "long", "long and translating", "phrases"],
)
def test_a_lexicon_comes_back_whole(words, packed):
    lexicon = decode_lexicon(encode_lexicon(Lexicon("name", words)))
    assert lexicon.name == "name"
    assert type(lexicon.words) is packed
    assert dict(lexicon.words) == words
    assert len(lexicon.words) == len(words)
    assert set(lexicon.words) == set(words)


@given(st.one_of(st.text(max_size=6), st.sampled_from(sorted(LONG))))
def test_packed_entries_know_their_words_alone(word):
    entries = decode_lexicon(encode_lexicon(Lexicon("name", LONG))).words
    for asked in (word, word[:-1], f"{word}\n", f"a0word\n{word}", "a0word\na1word"):
        assert (asked in entries) == (asked in LONG)
        assert entries.get(asked) == LONG.get(asked)


def test_a_packed_list_translates_its_entries_alone():
    words = {
        f"the {number}th mill of {letter}": f"mill {number}"
        for number in range(200)
        for letter in ("lundi", "mardi")
    }
    entries = decode_lexicon(encode_lexicon(Lexicon("name", words))).words
    assert entries["the 7th mill of mardi"] == "mill 7"
    words["a mill [goal match]"] = "a side"
    entries = decode_lexicon(encode_lexicon(Lexicon("name", words))).words
    assert entries["a mill [goal match]"] == "a side"
    for asked in ("a mill", "the 7th mill of", "mardi", "the 7th mill of jeudi", "", "lundi\x1f"):
        assert entries.get(asked) is None


def test_many_words_are_asked_for_at_once():
    entries = decode_lexicon(encode_lexicon(Lexicon("name", LONG))).words
    asked = {"a", "b", "a1word", "é1099word", "c1100word", "b1word\nb2word"}
    assert isinstance(entries, PackedEntries)
    assert entries.without(asked) == {"b", "c1100word", "b1word\nb2word"}
    assert entries.without(asked) == {one for one in asked if one not in LONG}


def test_what_a_lexicon_gives_is_made_once():
    lexicon = Lexicon("name", {"mai": "May"})
    assert lexicon.once("list", lambda one: list(one.words)) == ["mai"]
    assert lexicon.once("list", lambda _: []) == ["mai"]
