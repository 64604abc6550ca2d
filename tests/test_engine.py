"""What a rule finds: patterns, contexts, scopes, places, provenance, limits."""

from __future__ import annotations

import pickle

import pytest

from helpers import book_of, document_of, engine_of, find, rule_text, texts
from transclean.engine import Engine, select_rules
from transclean.fixer import fix_document
from transclean.formats import get_format
from transclean.model import Provenance

CATCH = "'cat'"


@pytest.mark.parametrize(
    ("fields", "text", "found"),
    [
        pytest.param({"pattern": "'cat'"}, "A cat, a cat.", ["cat", "cat"], id="every match"),
        pytest.param({"pattern": "'one.two'"}, "one\n\ntwo", [], id="a pattern sees one segment"),
        pytest.param({"patterns": "['a cat', 'a dog']"}, "a dog, a cat", ["a dog", "a cat"]),
        pytest.param(
            {"patterns": "['old cat', 'cat']"}, "an old cat", ["old cat"], id="one rule, one place"
        ),
        pytest.param({"pattern": r"'(?<=\bMme )\w+'"}, "Mme Roy", ["Roy"], id="context outside"),
        pytest.param({"pattern": r"'\bcat\b'"}, "CAT cats", [], id="case and edges count"),
        pytest.param({"pattern": r"'(?i)straße'"}, "STRAßE", ["STRAßE"], id="case folded"),
    ],
)
def test_patterns(fields, text, found):
    assert texts(engine_of(rule_text(**fields)), text) == found


@pytest.mark.parametrize(
    ("fields", "text", "found"),
    [
        pytest.param({"unless": "['big cat']"}, "a big cat and a cat", ["cat"], id="overlapping"),
        pytest.param({"unless": "['cat, a dog']"}, "a cat, a dog", [], id="reaching further"),
        pytest.param({"unless": "['dog']"}, "a cat, a dog", ["cat"], id="elsewhere is no matter"),
        pytest.param(
            {"unless": "[{pattern: dog, scope: sentence}]"},
            "A dog. A cat. A cat or a dog.",
            ["cat"],
            id="in the sentence",
        ),
        pytest.param(
            {"unless": "[{pattern: dog, scope: segment}]"},
            "A dog. A cat.\n\nA cat.",
            ["cat"],
            id="in the segment",
        ),
        pytest.param(
            {"when": "[{pattern: dog, scope: document}]"}, "A dog.\n\nA cat.", ["cat"], id="when"
        ),
        pytest.param({"when": "[{pattern: dog, scope: document}]"}, "A cat.", [], id="not when"),
        pytest.param(
            {
                "pattern": r"'Mr\. (?<name>\w+)'",
                "when": r"[{pattern: 'Ms\. \g<name>', scope: document}]",
            },
            "Mr. Roy. Ms. Roy. Mr. Coe.",
            ["Mr. Roy"],
            id="with the match's own words",
        ),
        pytest.param(
            {
                "pattern": r"'(?<name>\S+) cat'",
                "when": r"[{pattern: '\g<name> dog', scope: document}]",
            },
            "a+ cat, aaa dog",
            [],
            id="the match's words are no pattern",
        ),
    ],
)
def test_contexts(fields, text, found):
    assert texts(engine_of(rule_text(**{"pattern": CATCH, **fields})), text) == found


ARTICLE = """cat menu

The cat sat on a mat for most of that long day. It was a “cat of the house”, they said.

cat footer
"""


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        pytest.param({}, [1, 3, 3, 5], id="everywhere"),
        pytest.param({"scope": "heading"}, [1, 5], id="headings"),
        pytest.param({"scope": "line", "pattern": "'cat foot.*'"}, [5], id="whole lines"),
        pytest.param({"scope": "line"}, [], id="a line must be filled"),
        pytest.param({"where": "{place: margins}"}, [1, 5], id="margins"),
        pytest.param({"where": "{place: body}"}, [3, 3], id="body"),
        pytest.param({"where": "{quotation: inside}"}, [3], id="in quotations"),
        pytest.param({"where": "{quotation: outside}"}, [1, 3, 5], id="outside quotations"),
        pytest.param({"scope": "document", "pattern": r"'cat menu\s+The'"}, [1], id="document"),
    ],
)
def test_places(fields, lines):
    engine = engine_of(rule_text(**{"pattern": CATCH, **fields}))
    assert [finding.line for finding in find(engine, ARTICLE)] == lines


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/a-cat for more.",
        "Write to cat@example.org today.",
        "Ask @cat or #cat today.",
        "It is in /home/cat/notes today.",
        r"It is in C:\cat\notes today.",
        "See example.com/cat today.",
    ],
)
def test_protected_text_is_no_prose(text):
    assert texts(engine_of(rule_text(pattern=CATCH)), text) == []


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        pytest.param("A cat.\n\nMore at www.cat.org/a\n", "text", "A cat.\n", id="address"),
        pytest.param("More by @cat, #cat\n\nA cat.\n", "text", "A cat.\n", id="handle and tag"),
        pytest.param("A cat. More at www.cat.org\n", "text", None, id="no whole line"),
        pytest.param("A cat.\n\nMore at `cat.org`\n", "markdown", None, id="code"),
        pytest.param(
            "<p>A cat.</p>\n<p>More at www.cat.org</p>\n", "html", "<p>A cat.</p>\n", id="HTML"
        ),
    ],
)
def test_a_whole_line_goes_with_its_addresses(text, kind, left):
    fix = "{to: '', applicability: safe}"
    engine = engine_of(rule_text(pattern="'More .+'", scope="line", fix=fix))
    result = fix_document(get_format(kind).parse(text, "a"), engine)
    assert result.text == (left or text)


def test_wrapped_paragraphs_read_as_one_line():
    text = (
        "The minister spoke for a long while about the Mme\r\nRoy affair, and then went home.\r\n"
    )
    (finding,) = find(engine_of(rule_text(pattern="'Mme Roy'")), text)
    assert finding.text == "Mme\r\nRoy"
    assert (finding.line, finding.end_line) == (1, 2)
    assert text[finding.start : finding.end] == finding.text


EVIDENCE = """
- id: t-words
  language: fr
  weight: 0.6
  why: French words.
  pattern: '\\[une\\]'
  examples: ['[une]']
"""
NEEDY = rule_text(pattern=CATCH, needs="{provenance: fr, strength: 0.8}")


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        pytest.param("A [une] cat, [une] dog.", "auto", ["cat"], id="enough evidence"),
        pytest.param("A [une] cat.", "auto", [], id="too little evidence"),
        pytest.param("A cat.", "fr", ["cat"], id="the user says so"),
        pytest.param("A [une] cat, [une] dog.", "none", [], id="the user denies it"),
        pytest.param("A [une] cat, [une] dog.", "es", [], id="another language"),
    ],
)
def test_provenance_decides(text, language, found):
    engine = engine_of(NEEDY, evidence=EVIDENCE, source_language=language)
    assert texts(engine, text) == found


@pytest.mark.parametrize(
    ("text", "language", "offered"),
    [
        pytest.param("A [une] cat, [une] dog.", "auto", ["safe"], id="enough evidence"),
        pytest.param("A [une] cat.", "auto", ["suggested"], id="too little evidence"),
        pytest.param("A cat.", "auto", ["suggested"], id="no evidence"),
        pytest.param("A cat.", "none", [], id="the user denies it"),
        pytest.param("A cat.", "es", [], id="another language"),
    ],
)
def test_without_its_provenance_a_rule_may_suggest(text, language, offered):
    needs = "{provenance: fr, strength: 0.8, otherwise: suggested}"
    rule = rule_text(pattern=CATCH, needs=needs, fix="{to: dog, applicability: safe}")
    engine = engine_of(rule, evidence=EVIDENCE, source_language=language)
    fixes = [fix for finding in find(engine, text) for fix in finding.fixes]
    assert [fix.applicability.value for fix in fixes] == offered


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        pytest.param("A mme.", "auto", ["mme"], id="a short text"),
        pytest.param("A mme. " + "So they all say. " * 30, "auto", [], id="an article"),
        pytest.param("So it is. " * 50 + "A mme, mme.", "auto", ["mme"] * 2, id="two of it"),
        pytest.param("A mme, [une] dog. " + "So it is. " * 40, "auto", ["mme"], id="another sign"),
        pytest.param("A mme. " + "So they all say. " * 30, "fr", ["mme"], id="the user says so"),
    ],
)
def test_a_corroborated_rule_wants_more_signs_in_an_article(text, language, found):
    rule = rule_text(pattern="'mme'", evidence="{language: fr, weight: 0.9}", corroborated="true")
    assert texts(engine_of(rule, evidence=EVIDENCE, source_language=language), text) == found


def test_a_finding_says_what_its_provenance_stands_on():
    (finding,) = find(engine_of(NEEDY, evidence=EVIDENCE), "A [une] cat, [une] dog.")
    assert [item.reason for item in finding.evidence] == ["translated from French: ‘[une]’ ×2"]
    assert finding.evidence[0].start == 2


def test_evidence_names_a_place_once_though_two_rules_find_it():
    twice = EVIDENCE + EVIDENCE.replace("id: t-", "id: u-")
    assert twice != EVIDENCE * 2
    (finding,) = find(engine_of(NEEDY, evidence=twice), "A [une] cat, [une] dog.")
    assert [item.start for item in finding.evidence] == [2]


def test_evidence_of_a_rule_counts_though_the_rule_is_ignored():
    speaking = rule_text(id="t-une", pattern=r"'\[une\]'", evidence="{language: [fr], weight: 0.9}")
    engine = engine_of(NEEDY, speaking)
    engine.enabled = [heading.id == "t-rule" for heading in engine.book.headings]
    assert texts(engine, "A [une] cat.") == ["cat"]


def test_evidence_is_not_looked_for_where_no_rule_asks_for_it():
    engine = engine_of(rule_text(pattern=CATCH), evidence=EVIDENCE)
    assert texts(engine, "A [une] cat.") == ["cat"]
    assert engine.book.compiled_patterns == 1
    assert engine.provenance(document_of("A [une] cat.")).strength(("fr",)) > 0


def test_provenance_can_be_given():
    engine = engine_of(NEEDY)
    outcome = engine.run(document_of("A cat."), Provenance(strengths={"fr": 1.0}))
    assert [finding.text for finding in outcome.findings] == ["cat"]


def test_a_pattern_that_explodes_fails_alone():
    bomb = rule_text(id="t-bomb", pattern="'(?:a|aa)+$'")
    engine = engine_of(bomb, rule_text(pattern=CATCH), timeout=0.05)
    outcome = engine.run(document_of("a cat " + "a" * 60 + "b"))
    assert [finding.rule for finding in outcome.findings] == ["t-rule"]
    (failure,) = outcome.failures
    assert (failure.rule, failure.path) == ("t-bomb", "article.txt")
    assert "stopped" in failure.reason


def test_patterns_without_their_literal_are_not_compiled():
    engine = engine_of(
        rule_text(pattern="'cat'"),
        rule_text(id="t-other", pattern="'elephant|rhino'", unless="['zoo']"),
    )
    find(engine, "A cat.")
    assert engine.book.compiled_patterns == 1


WAITING = {  # a rule, and what its text must have besides the literal that is looked for
    "two literals": ({"pattern": r"'\belephants?\b.*\bzebras?\b'"}, "zebra"),
    "a context there": (
        {"pattern": "'elephant'", "when": r"[{pattern: '\bzebras?\b', scope: sentence}]"},
        "zebra",
    ),
    "a context elsewhere": (
        {"pattern": "'elephant'", "when": r"[{pattern: '\bzebras?\b', scope: document}]"},
        "\n\nA zebra",
    ),
}


@pytest.mark.parametrize("case", WAITING)
def test_patterns_without_what_else_they_need_are_not_compiled(case):
    fields, rest = WAITING[case]
    engine = engine_of(rule_text(**fields))
    assert find(engine, "An elephant.") == []
    assert engine.book.compiled_patterns == 0
    assert len(find(engine, f"An elephant {rest}.")) == 1


def test_same_place_and_fix_by_two_rules_is_one_finding():
    fix = "{to: dog, applicability: safe}"
    engine = engine_of(
        rule_text(pattern=CATCH, fix=fix),
        rule_text(id="t-surer", pattern=CATCH, fix=fix, confidence="0.95"),
    )
    assert [finding.rule for finding in find(engine, "A cat.")] == ["t-surer"]


def test_an_engine_pickles():
    engine = pickle.loads(pickle.dumps(engine_of(rule_text(pattern=CATCH))))
    assert texts(engine, "A cat.") == ["cat"]


def test_fragments_are_put_into_patterns_and_contexts():
    fragments = r"{name: '\p{Lu}\w+', pair: '\F<name> and \F<name>'}"
    rule = rule_text(pattern=r"'\bMmes \F<pair>'", unless=r"['Ann and \F<name>']")
    engine = engine_of(rule, fragments=fragments)
    assert texts(engine, "Mmes Perrin and Roux, Mmes Ann and Roux") == ["Mmes Perrin and Roux"]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        pytest.param({"pattern": "'big cat'"}, ["big cat"], id="all of the place"),
        pytest.param({"pattern": "'big'"}, ["big", "cat"], id="another place"),
        pytest.param({"pattern": "'ca'"}, ["ca"], id="some of it, of the same category"),
        pytest.param(
            {"pattern": "'c'", "category": "title"}, ["c", "cat"], id="less, of another category"
        ),
        pytest.param({"pattern": "'dog'"}, ["cat"], id="nothing"),
    ],
)
def test_a_rule_that_yields_is_silent_where_another_speaks(other, found):
    engine = engine_of(
        rule_text(id="t-yielding", pattern="'cat'", yields="true"), rule_text(id="t-other", **other)
    )
    assert texts(engine, "A big cat.") == found


@pytest.mark.parametrize(
    ("strengths", "found"),
    [
        pytest.param({"fr": 0.9, "pt": 0.8}, ["cat"], id="likelier than the other"),
        pytest.param({"fr": 0.9, "pt": 0.9}, ["cat"], id="as likely"),
        pytest.param({"fr": 0.9, "pt": 0.95, "any": 1.0}, [], id="less likely"),
        pytest.param({"fr": 0.5, "any": 0.9}, [], id="not sure enough"),
    ],
)
def test_a_leading_language(strengths, found):
    rule = rule_text(pattern="'cat'", needs="{provenance: fr, strength: 0.7, leading: true}")
    outcome = engine_of(rule).run(document_of("A cat."), Provenance(strengths=strengths))
    assert [finding.text for finding in outcome.findings] == found


SIGNS = """
- {id: t-le, language: fr, weight: 0.6, why: A word., pattern: '\\ble\\b', examples: [le]}
- {id: t-la, language: fr, weight: 0.6, why: A word., pattern: '\\bla\\b', examples: [la]}
"""
TEN = "one two three four five six seven eight nine ten "


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        pytest.param(f"A cat, le, la. {TEN}", "auto", ["cat"], id="two signs in 14 words"),
        pytest.param(f"A cat, le, la. {TEN * 12}", "auto", [], id="two signs in 124 words"),
        pytest.param(f"A cat, {'le, ' * 4}. {TEN * 8}", "auto", ["cat"], id="one sign four times"),
        pytest.param(f"A cat, {'le, ' * 8}. {TEN * 17}", "auto", [], id="which is all it counts"),
        pytest.param(f"A cat, le, la. {TEN}", "fr", ["cat"], id="the user names the language"),
        pytest.param(f"A cat. {TEN}", "fr", [], id="the user names it of clean English"),
        pytest.param(f"A cat, le, la. {TEN}", "none", [], id="the user denies it"),
    ],
)
def test_a_rule_for_texts_full_of_leftovers(text, language, found):
    rule = rule_text(pattern="'cat'", needs="{provenance: fr, strength: 0.5, density: 4}")
    engine = engine_of(rule, evidence=SIGNS, source_language=language)
    assert texts(engine, text) == found


@pytest.mark.parametrize(
    ("needs", "text", "found"),
    [
        pytest.param("{provenance: fr, strength: 0.5}", "dog", ["cat", "dog"], id="it is proven"),
        pytest.param("{provenance: fr, strength: 0.9}", "dog", [], id="it is not proven"),
        pytest.param("{provenance: fr, strength: 0.5}", "hen", [], id="it finds nothing"),
    ],
)
def test_what_stands_on_the_provenance_counts_as_a_leftover(needs, text, found):
    dense = rule_text(pattern="'cat'", needs="{provenance: fr, strength: 0.5, density: 12}")
    other = rule_text(id="t-other", pattern="'dog'", needs=needs)
    engine = engine_of(dense, other, evidence=SIGNS)
    assert sorted(texts(engine, f"A cat, a {text}, le. {TEN}")) == found


def test_leftovers_that_nobody_selected_count_all_the_same():
    dense = rule_text(pattern="'cat'", needs="{provenance: fr, strength: 0.5, density: 12}")
    other = rule_text(id="t-other", pattern="'dog'", needs="{provenance: fr, strength: 0.5}")
    book = book_of(dense, other, evidence=SIGNS)
    engine = Engine(book, select_rules(book.headings, [book.headings[0].id]))
    assert texts(engine, f"A cat, a dog, le. {TEN}") == ["cat"]


def test_leftovers_that_overlap_are_one():
    dense = rule_text(pattern="'cat'", needs="{provenance: fr, strength: 0.5, density: 12}")
    other = rule_text(
        id="t-other", pattern="'\\ble\\b,? ?o'", needs="{provenance: fr, strength: 0.5}"
    )
    assert texts(engine_of(dense, other, evidence=SIGNS), f"A cat, a dog, le {TEN}") == ["le o"]


def test_a_density_that_nobody_measured_is_enough():
    rule = rule_text(pattern="'cat'", needs="{provenance: fr, strength: 0.5, density: 4}")
    outcome = engine_of(rule).run(document_of("A cat."), Provenance(strengths={"fr": 1.0}))
    assert [finding.text for finding in outcome.findings] == ["cat"]
