"""What is left in another language: whole texts, sentences, clauses and quotations."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transclean import Cleaner
from transclean.checks import CheckContext, untranslated
from transclean.checks.languages import FunctionWords
from transclean.model import Provenance

ENGLISH = "The ferry was late again on Monday, and nobody at the quay could say why. "
CLEANER = Cleaner(select=["untranslated"])


def found(text):
    return [(f.rule.removeprefix("common-untranslated-"), f.text) for f in CLEANER.check(text)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("French", "Le capitaine n’a pas voulu répondre à nos questions."),
        ("Spanish", "El capitán no quiso responder a las preguntas de los pasajeros."),
        ("Portuguese", "O capitão não quis responder às perguntas dos passageiros."),
        ("Italian", "Il capitano non ha voluto rispondere alle domande dei passeggeri."),
        ("German", "Der Kapitän wollte die Fragen der Fahrgäste nicht beantworten."),
        ("Dutch", "De kapitein wilde niet op de vragen van de reizigers ingaan."),
    ],
)
def test_a_sentence_is_found_with_its_language(language, sentence):
    [finding] = CLEANER.check(ENGLISH + sentence + " The next one sails at nine.")
    assert (finding.rule, finding.text) == ("common-untranslated-sentence", sentence)
    assert language in finding.message
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("text", "place", "flagged"),
    [
        pytest.param(
            "She told the court que no hay dinero para nadie and sat down.",
            "clause",
            "que no hay dinero para nadie",
            id="a clause without marks",
        ),
        pytest.param(
            "“Wir haben davon nichts gewusst,” the spokesman said on Monday.",
            "quotation",
            "Wir haben davon nichts gewusst",
            id="a quotation",
        ),
        pytest.param(
            ENGLISH + "Nessuno è stato avvisato. Il sindaco non ha commentato. It rained.",
            "sentence",
            "Nessuno è stato avvisato. Il sindaco non ha commentato.",
            id="neighbours are one",
        ),
        pytest.param(
            ENGLISH + "Une enquête est ouverte pour en déterminer les causes. It rained.",
            "sentence",
            "Une enquête est ouverte pour en déterminer les causes.",
            id="of words that names have, too",
        ),
        pytest.param(
            ENGLISH + "Das Feuer geht aus. It rained.",
            "sentence",
            "Das Feuer geht aus.",
            id="German, whose nouns have capitals",
        ),
        pytest.param(
            ENGLISH + "Rien n’est encore joué dans la Haute-Loire. It rained.",
            "sentence",
            "Rien n’est encore joué dans la Haute-Loire.",
            id="one that ends in a name",
        ),
    ],
)
def test_a_stretch_is_found(text, place, flagged):
    assert found(text) == [(place, flagged)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“C’est la vie,” said the baker and closed his shop.", id="borrowed phrase"),
        pytest.param("He sang “Ne me quitte pas” and the hall was still.", id="song"),
        pytest.param("She read “El amor en los tiempos del cólera” at school.", id="title"),
        pytest.param(
            "“Nous ne pouvons pas attendre” (“We cannot wait”), said the baker.",
            id="translated after",
        ),
        pytest.param(
            "Their motto, “No nos vamos de aquí”, hangs over the door.", id="motto named as one"
        ),
        pytest.param("José de la Cruz y de los Ríos met Rui da Costa e Silva.", id="names"),
        pytest.param("The chips are the 53C815, 53C825A, 53C875N and 53C895.", id="part numbers"),
        pytest.param("Die, he said, or let me in; an old man has no time to die.", id="English"),
    ],
)
def test_what_was_left_on_purpose_stays(text):
    assert found(ENGLISH + "\n\n" + text) == []


FRENCH = (
    "Le pont restera fermé pendant deux mois. Les travaux ont pris du retard.\n\n"
    "La mairie n’a pas encore répondu à nos questions. Elle le fera dans la semaine."
)
POLISH = (
    "Rada miejska nie zebrała się wczoraj wieczorem, ponieważ burmistrz wciąż przebywa za "
    "granicą.\n\nJego zastępczyni chce teraz sama porozmawiać z rybakami, którzy od trzech "
    "tygodni blokują port i domagają się wyższych odszkodowań za straty, jakie poniosły ich "
    "rodziny podczas jesiennych sztormów na całym wybrzeżu."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(FRENCH, "French", id="a source language"),
        pytest.param(POLISH, "Polish", id="another language"),
        pytest.param("市議会は昨夜開かれなかった。" * 6, "Japanese", id="another script"),
    ],
)
def test_a_whole_text_is_said_once(text, language):
    [finding] = CLEANER.check(text)
    assert finding.rule == "common-untranslated-text"
    assert language in finding.message


def test_the_same_text_gets_the_same_answer():
    again = Cleaner(select=["untranslated"])
    assert again.check(FRENCH) == CLEANER.check(FRENCH)


@pytest.mark.parametrize("text", ["", "\n", "1 2 3\n", "Anna Berg\nJan Kowalski\n", "=" * 500])
def test_little_text_says_nothing(text):
    assert found(text) == []


def test_a_text_that_is_left_is_flagged_where_its_first_foreign_sentence_stands():
    text = "The mayor spoke on Monday.\n\nLe conseil municipal a décidé de fermer la piscine.\n"
    (finding,) = Cleaner(select=["common-untranslated-text"]).check(text)
    assert finding.text.startswith("Le conseil")


PIECES = """
    la le de que no in a was on the of and IT WHO de l’eau n’a Der die und Anna Mill ist nicht pour
    dans , . “ ” " Mr. Dr. no. U.S. 3.5 said: (a in) Rome. vous? “Que das” são
"""


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES.split()), min_size=4, max_size=40).map(" ".join))
def test_what_is_not_looked_at_holds_nothing(text):
    def stretches():
        context = CheckContext(
            document=CLEANER.document(text),
            options=options,
            lexicons=CLEANER.engine.book.lexicons,
            provenance=Provenance(),
        )
        return [one[1:] for one in untranslated._search(context).stretches]

    options = untranslated.Options(
        find=["text"],
        foreign="common-function-words",
        english="english-function-words",
        names="common-language-names",
        borrowed="common-borrowed-phrases",
    )
    # As if langdetect said the same as the function words each time.
    with patch.object(untranslated, "confirmed", lambda text, verdict, _: verdict.language):
        found = stretches()
        with patch.object(FunctionWords, "may_be_judged", lambda *_: True):
            assert stretches() == found
