"""Small words of the source language between English words."""

from __future__ import annotations

import pytest

from transclean import Cleaner

CLEANER = {
    code: Cleaner(select=["common-untranslated-small-word"], source_language=code)
    for code in ("de", "es", "fr", "it", "nl", "pt")
}


def repaired(language, text):
    return CLEANER[language].fix(text, suggested=True).text


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "I called the bank und asked for him.", "I called the bank and asked for him."),
        ("de", "The nurses und a brass band sang.", "The nurses and a brass band sang."),
        ("es", "The officials del port took part.", "The officials of the port took part."),
        ("it", "I closed my eyes e I thought of it.", "I closed my eyes and I thought of it."),
        ("pt", "This sentence is uma injustice.", "This sentence is an injustice."),
        ("pt", "“Não everything is lost,” he said.", "“Not everything is lost,” he said."),
        ("es", "They were murdered en Guadalito.", "They were murdered in Guadalito."),
        ("fr", "They must find it d’ici winter.", "They must find it by winter."),
        ("it", "She flew to Pisa durante a lull.", "She flew to Pisa during a lull."),
        ("nl", "The town pays en the province waits.", "The town pays and the province waits."),
        (
            "pt",
            "There are many cases, contra 210 last year.",
            "There are many cases, against 210 last year.",
        ),
    ],
)
def test_a_word_alone_is_translated(language, text, expected):
    assert repaired(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("es", "He lives near the Costa del Sol in winter.", id="a name"),
        pytest.param("es", "They draw in x and y direction on paper.", id="axes"),
        pytest.param("fr", "Les Moulins said no. Sur Mer was late.", id="a name at the head"),
        pytest.param(
            "de", "I called the bank und asked for him."[:13] + "“ein und aus” again.", id="quoted"
        ),
        pytest.param("fr", "The word des was in red.", id="named as a word"),
        pytest.param("it", "He said che sarà and left.", id="among words of its own"),
        pytest.param("it", "I called the bank und asked for him.", id="of another language"),
        pytest.param("it", "Carlo e a friend sang.", id="a short one behind a name"),
        pytest.param("fr", "See du.net or the file un.txt there.", id="part of an address"),
    ],
)
def test_left_alone(language, text):
    assert repaired(language, text) == text
