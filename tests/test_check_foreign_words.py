"""Single words that were left in the source language."""

from __future__ import annotations

import pytest

from transclean import Cleaner

RULE = "common-untranslated-word"


def found(text, language="fr"):
    cleaner = Cleaner(select=[RULE], source_language=language)
    return [finding.text for finding in cleaner.check(text)]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "The miller paid for the stationnement of nine carts.", ["stationnement"]),
        ("es", "The heron protestó so loudly that the court rose.", ["protestó"]),
        ("pt", "The cria weighs nine kilos.", ["cria"]),
        ("it", "The town proclaimed a lutto cittadino for the heron.", ["lutto cittadino"]),
        ("de", "The boats were idle wegen the storm.", ["wegen"]),
        ("nl", "The schepen for culture wept.", ["schepen"]),
        ("nl", "The parade [stoet] left at nine.", ["[stoet] "]),
        # another language's word, an English one, one that is misspelt
        ("de", "The heron protestó so loudly.", []),
        ("de", "The cheesemaker wept.", []),
        ("fr", "The obstetrician measured it in millimetres.", []),
        ("fr", "The improvemment of the constrction was slow.", []),
        # left on purpose
        ("fr", "The stationnement (parking) is dear.", []),
        ("fr", "The word stationnement is long.", []),
        ("fr", "A sign said “stationnement gênant” in red.", []),
        ("nl", "Stoet, a stoet, the stoet, no stoet, my stoet.", []),
        # names and phrases
        ("fr", "The mairie de Lens is closed.", []),
        ("fr", "Ask mairie.lens or @stationnement.", []),
    ],
)
def test_words(language, text, words):
    assert found(text, language) == words


def test_the_language_is_named_and_only_a_word_in_brackets_is_taken_out():
    cleaner = Cleaner(select=[RULE], source_language="nl")
    bracketed, bare = cleaner.check("The parade [stoet] left. The schepen wept.")
    assert [edit.replacement for edit in bracketed.fixes[0].edits] == [""]
    assert [fix.edits[0].replacement for fix in bare.fixes] == ["alderman", "council member"]
    assert bare.message == "Left in Dutch: not translated"


@pytest.mark.parametrize(
    ("language", "text", "repaired"),
    [
        ("de", "The Gemeindepräsidentin Ada Low wept.", ["mayor"]),
        ("de", "Gerhard Richter paints. The Richter is sold.", []),
        ("es", "The oars were lost a causa de the storm.", ["because of"]),
        ("fr", "The maréchalerie of the valley is shut.", []),
    ],
)
def test_what_a_glossary_knows_is_translated(language, text, repaired):
    cleaner = Cleaner(select=[RULE], source_language=language)
    fixes = [finding.fixes for finding in cleaner.check(text)]
    assert [edit.replacement for fix, *_ in filter(None, fixes) for edit in fix.edits] == repaired


def test_without_proof_of_a_translation_nothing_is_said():
    assert found("The miller paid for the stationnement of nine carts.", "auto") == []
