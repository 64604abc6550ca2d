"""What a fix writes: templates, transforms, house style, capitals."""

from __future__ import annotations

import pytest

from helpers import document_of, engine_of, find, rule_text
from transclean.fixer import fix_document
from transclean.rulebook.style import Style


def repaired(text, *, style=None, lexicons=None, **fields):
    engine = engine_of(rule_text(**fields), style=style, lexicons=lexicons)
    return fix_document(document_of(text), engine, suggested=True).text


@pytest.mark.parametrize(
    ("pattern", "to", "text", "expected"),
    [
        pytest.param(r"\[une\] ", "", "a [une] cat", "a cat", id="removal"),
        pytest.param(r"(?<a>\w+)-(?<b>\w+)", "{b}+{a}", "x-y", "y+x", id="groups"),
        pytest.param(r"(?<!\{)x", "{{{0}}}", "x", "{x}", id="braces and the whole match"),
        pytest.param(r"(?<n>\d[\d.]*,\d+)(?!\S)", "{n|number}", "1.234,5", "1,234.5", id="number"),
        pytest.param(r"(?<n>\d+\.\d{3})\b", "{n|number}", "35.000", "35,000", id="thousands"),
        pytest.param(r"(?<h>\d+)h(?<m>\d\d)?", "{h|time(m)}", "20h42", "8:42 p.m.", id="time"),
        pytest.param(r"(?<h>\d+)h(?<m>\d\d)?", "{h|time(m)}", "0h", "midnight", id="midnight"),
        pytest.param(r"(?<h>\d+)h(?<m>\d\d)?", "{h|time(m)}", "12h", "noon", id="noon"),
        pytest.param(r"(?<h>\d+)h(?<m>\d\d)", "{h|time(m)}", "12h05", "12:05 p.m.", id="past noon"),
        pytest.param(r"(?<h>\d+)h(?<m>\d\d)?", "{h|time(m)}", "99h99", "99h99", id="no time"),
        pytest.param(r"(?<n>\d+)er?\b", "{n|ordinal}", "1er 2e 11e", "1st 2nd 11th", id="ordinal"),
        pytest.param(
            r"(?<d>\d+)\.? (?<m>mai|juin)",
            "{d|date(m, months)}",
            "3. mai",
            "May 3",
            id="date",
        ),
        pytest.param(
            r"(?<d>\d+) (?<m>mai|juin) (?<y>\d{4})",
            "{d|date(m, months, y)}",
            "3 mai 2022",
            "May 3, 2022",
            id="date with its year",
        ),
        pytest.param(r"(?<m>mai|juin)", "{m|lookup(months)}", "juin", "June", id="lookup"),
        pytest.param(r"(?<m>mai|avril)", "{m|lookup(months)}", "avril", "avril", id="unknown"),
        pytest.param(r"(?<n>Roy)\b(?!’)", "{n|possessive}", "Roy", "Roy’s", id="possessive"),
        pytest.param(
            r"(?<h>\d+) Uhr\.", "{h|time|stop}", "um 20 Uhr.", "um 8 p.m.", id="stop there"
        ),
        pytest.param(r"(?<h>\d+) Uhr\.", "{h|time|stop}", "um 12 Uhr.", "um noon.", id="stop"),
        pytest.param(r"(?<n>roy)", "{n|capitalize}", "a roy", "a Roy", id="capitalize"),
        pytest.param(r"\S+;", "{0|unescape}", "&amp;eacute; &#8217;", "é ’", id="entities"),
        pytest.param(r"\\u\w{4}", "{0|unescape}", r"it\u2019s", "it’s", id="escape"),
        pytest.param(r"(?:=\w\w)+", "{0|unescape}", "it=E2=80=99s", "it’s", id="bytes"),
        pytest.param(r"=E2=80", "{0|unescape}", "a=E2=80", "a=E2=80", id="half of a character"),
        pytest.param(r"\w+", "{0|latin}", "M\u043es\u0441ow", "Moscow", id="look-alikes"),
        pytest.param(r"[\w.]+ \. \w+", "{0|joined}", "www . mill", "www.mill", id="joined"),
        pytest.param(r"(?<n>ROY)", "{n|lower|capitalize}", "a ROY", "a Roy", id="in turn"),
    ],
)
def test_templates(pattern, to, text, expected):
    fix = f"{{to: '{to}', applicability: safe}}"
    lexicons = {"months": "mai = May\njuin = June\n"}
    assert repaired(text, pattern=f"'{pattern}'", fix=fix, lexicons=lexicons) == expected


@pytest.mark.parametrize(
    ("to", "offered"),
    [
        ("{0|lookup(offices)}", ["mayor", "bailiff"]),
        ("{0|lookup(offices)|upper}", ["MAYOR", "BAILIFF"]),
        ("the {0|lookup(offices)} of Lens", ["the mayor of Lens", "the bailiff of Lens"]),
    ],
)
def test_each_english_of_a_lexicon_is_a_fix(to, offered):
    rule = rule_text(pattern="syndic", fix=f"{{to: '{to}', applicability: suggested}}")
    engine = engine_of(rule, lexicons={"offices": "syndic = mayor | bailiff\n"})
    (finding,) = find(engine, "A syndic wept.")
    assert [fix.edits[0].replacement for fix in finding.fixes] == offered


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "Ms. Roy"),
        ({"honorific_female": "Mrs"}, "Mrs Roy"),
        ({"honorific_female": "keep"}, "Mme Roy"),
    ],
)
def test_house_style_reaches_templates(settings, expected):
    fix = "{to: '{style.honorific_female}', applicability: safe}"
    assert repaired("Mme Roy", pattern="'Mme'", fix=fix, style=Style(**settings)) == expected


def test_a_style_that_keeps_the_source_s_form_silences_its_rule():
    rule = rule_text(pattern="'Mme'", fix="{to: '{style.honorific_female}', applicability: safe}")
    assert find(engine_of(rule, style=Style(honorific_female="keep")), "Mme Roy") == []


def test_a_template_says_what_to_write_where_the_style_keeps():
    fix = "{to: '{style.honorific_female:Mme} Roy', applicability: safe}"
    style = Style(honorific_female="keep")
    assert repaired("M me Roy", pattern="'M me Roy'", fix=fix, style=style) == "Mme Roy"


def test_date_and_clock_follow_the_style():
    style = Style(clock="24-hour", date="day-month")
    time = {"pattern": r"'(?<h>\d+)h(?<m>\d\d)'", "fix": "{to: '{h|time(m)}', applicability: safe}"}
    assert repaired("20h05", style=style, **time) == "20:05"


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        pytest.param("sentence", "Cabinet said.", "Office said.", id="at the start"),
        pytest.param("sentence", "He left. “Cabinet”", "He left. “Office”", id="after a stop"),
        pytest.param("sentence", "The Cabinet said.", "The office said.", id="inside"),
        pytest.param("sentence", "Mr. Cabinet", "Mr. office", id="an abbreviation's stop"),
        pytest.param("match", "The Cabinet said.", "The Office said.", id="like the match"),
        pytest.param("match", "THE CABINET", "THE OFFICE", id="capitals"),
        pytest.param("as-is", "Cabinet said.", "office said.", id="as it is"),
    ],
)
def test_capitals(case, text, expected):
    fix = f"{{to: office, applicability: safe, case: {case}}}"
    assert repaired(text, pattern="'(?i)cabinet'", fix=fix) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Les] the ministers met.", "The ministers met."),
        ("He met [les] the ministers.", "He met the ministers."),
        ("It rained. [Les] the ministers met.", "It rained. The ministers met."),
        ("[Les] Ministers met.", "Ministers met."),
    ],
)
def test_a_removal_leaves_a_capital_at_the_start(text, expected):
    fix = "{to: '', applicability: safe}"
    assert repaired(text, pattern=r"'\[(?i:les)\] '", fix=fix) == expected


def test_edits_of_a_fix_are_made_together():
    fields = {
        "pattern": "'(?<open>„)[^„“]*(?<close>“)'",
        "fix": "{edits: {open: “, close: ”}, applicability: safe}",
    }
    assert repaired("Er: „So“.", **fields) == "Er: “So”."


def test_the_first_fix_is_preferred_and_safety_decides():
    rule = rule_text(
        pattern="'cat'",
        fix="[{to: dog, applicability: suggested}, {to: cow, applicability: safe}]",
    )
    document = document_of("cat")
    assert fix_document(document, engine_of(rule), suggested=True).text == "dog"
    assert fix_document(document, engine_of(rule)).text == "cow"


LINES = "Connect with us\n\n\nTitle\n\nText of it.\n\nShare\n\nMore text.\n\nShare\n\nShare"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(LINES, "Title\n\nText of it.\n\nMore text.\n", id="everywhere"),
        pytest.param("A.\r\n\r\nShare\r\n", "A.\r\n", id="at the end, CRLF"),
        pytest.param("Share\n", "", id="nothing else"),
        pytest.param("A.\nShare\nB.\n", "A.\nB.\n", id="without blank lines"),
    ],
)
def test_a_whole_line_goes_with_the_blank_lines_that_set_it_apart(text, expected):
    fields = {
        "pattern": "'Share|Connect with us'",
        "scope": "line",
        "fix": "{to: '', applicability: suggested}",
    }
    assert repaired(text, **fields) == expected
