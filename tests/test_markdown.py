"""Markdown and its front matter: what is prose, what is protected, what a fix makes of it."""

from __future__ import annotations

import pytest

from transclean import Cleaner
from transclean.formats import DEFAULTS, Options, get_format


def views(text, path="a.md", options=DEFAULTS):
    return [s.text for s in get_format("markdown").parse(text, path, options).segments]


@pytest.fixture(scope="module")
def cleaner():
    return Cleaner(select=["fr"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# One *two*\n\nThree\nfour\n", ["One two", "Three four"], id="blocks"),
        pytest.param("Set\n===\n", ["Set"], id="underlined heading"),
        pytest.param("> One\n> two\n", ["One two"], id="quotation"),
        pytest.param("- One\n  two\n- three\n", ["One two", "three"], id="list"),
        pytest.param("| a b | c |\n|---|---|\n| d \\| e | f |\n", ["a b", "c", "d | e", "f"],
                     id="cells"),
        pytest.param("One [two](http://x.org 'three') four", ["One two four"], id="link"),
        pytest.param("[one] two", ["[one] two"], id="brackets that are no link"),
        pytest.param("[one] two\n\n[one]: /x\n", ["one two"], id="brackets that are one"),
        pytest.param("One[^1] two.\n\n[^1]: Three four.\n", ["One two.", "Three four."],
                     id="footnote"),
        pytest.param("M<sup>me</sup>&nbsp;Joly \\*", ["Mme\u00a0Joly *"], id="tags, entities"),
        pytest.param("One ![a \\*b\\* &amp; c](x.png)", ["One \ufffc", "a *b* & c"],
                     id="escapes in an alternative text"),
        pytest.param("![R & B, 1 < 2](x.png)", ["R & B, 1 < 2"], id="picture with signs"),
        pytest.param("One ![alt text](x.png)", ["One \ufffc", "alt text"], id="picture"),
        pytest.param("One\n\n```\ncode\n```\n\n    more code\n", ["One"], id="code blocks"),
        pytest.param("<div>\n<p>One <b>two</b></p>\n</div>\n", ["One two"], id="HTML"),
        pytest.param("One  \ntwo\n", ["One\ntwo"], id="line break"),
        pytest.param("[\\*](http://x.org) one\n", ["* one"], id="a link with an escape"),
        pytest.param("One ```\nnever closed\n", ["One ``` never closed"], id="stray fence"),
        pytest.param("```\nnever closed\n\nOne\n", [], id="fence without an end"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_what_is_prose(text, expected):
    assert views(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("title: One two", ["One two"], id="plain"),
        pytest.param('title: "One \\"two\\""', ['One "two"'], id="double quotes"),
        pytest.param("title: 'It''s one'", ["It's one"], id="single quotes"),
        pytest.param("description: >\n  One\n  two", ["One two"], id="block"),
        pytest.param(
            "description: |\n\n  One\n  two\n\n  Three\nslug: x",
            ["One two", "Three"],
            id="paragraphs in a block",
        ),
        pytest.param("slug: one\nlayout: two", [], id="fields that are no prose"),
        pytest.param("title: [one, two]", [], id="a list"),
        pytest.param("title: &one two", [], id="an anchor"),
    ],
)
def test_what_is_prose_in_front_matter(text, expected):
    assert views(f"---\n{text}\n---\n") == expected


def test_front_matter_in_toml():
    assert views('+++\ntitle = "One \\"two\\""\ndraft = true\n+++\n\nThree\n') == [
        'One "two"',
        "Three",
    ]


def test_the_fields_of_the_front_matter_are_chosen():
    text = "---\ntitle: One\nstandfirst: Two three\n---\n"
    assert views(text, options=Options(front_matter=("standfirst",))) == ["Two three"]


def test_modules_of_mdx_are_no_prose():
    text = 'import {Chart} from "x"\n\nOne {props.name} two\n'
    document = get_format("markdown").parse(text, "a.mdx", DEFAULTS)
    assert [s.text for s in document.segments] == ["One {props.name} two"]
    assert [text[a:b] for a, b in document.protected] == ["{props.name}"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Run `Mme Joly` now.", id="code"),
        pytest.param("See <http://x.org/Mme> now.", id="address"),
        pytest.param("See [it](Mme Joly) and [it](x 'Mme Joly') now.".replace("Mme J", "MmeJ"),
                     id="target of a link"),
        pytest.param("{{< quote Mme Joly >}}\n\nOne {% include Mme Joly %}", id="templates"),
        pytest.param("So $Mme Joly$ is.", id="formula"),
        pytest.param("```\nMme Joly\n```\n", id="code block"),
        pytest.param("---\nauthor: Mme Joly\n---\n", id="other front matter"),
        pytest.param("<pre>Mme Joly</pre>\n", id="preformatted"),
    ],
)  # fmt: skip
def test_what_is_protected(cleaner, text):
    assert cleaner.check(text, format="markdown") == []
    assert cleaner.fix(text, suggested=True, format="markdown").text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**Mme** Joly spoke.", "**Ms.** Joly spoke.", id="bold"),
        pytest.param("M<sup>me</sup>&nbsp;Joly spoke.", "Ms.&nbsp;Joly spoke.", id="raised"),
        pytest.param("[Mme Joly](http://x.org) spoke.", "[Ms. Joly](http://x.org) spoke.",
                     id="in a link"),
        pytest.param("> He met\n> Mme Joly.\r\n", "> He met\n> Ms. Joly.\r\n", id="quoted"),
        pytest.param("M’s **officeme Joly** said so.", "Ms. Joly’s **office** said so.",
                     id="an edit across the beginning of an element"),
        pytest.param("---\ntitle: Mme Joly\nslug: mme\n---\n\nMme Joly.",
                     "---\ntitle: Ms. Joly\nslug: mme\n---\n\nMs. Joly.", id="front matter"),
    ],
)  # fmt: skip
def test_what_a_fix_writes(cleaner, text, expected):
    result = cleaner.fix(text, suggested=True, format="markdown")
    assert result.text == expected
    assert cleaner.fix(expected, suggested=True, format="markdown").text == expected


def test_a_finding_has_the_words_of_the_reader_and_the_place_of_the_file(cleaner):
    text = "One.\n\nM<sup>me</sup>&nbsp;Joly spoke.\n"
    (finding,) = cleaner.check(text, format="markdown")
    assert (finding.text, finding.line, finding.column) == ("Mme", 3, 1)
    assert text[finding.start : finding.end] == "M<sup>me"


def test_deep_nesting_is_read():
    deep = "> " * 3000 + "Mme Joly"
    assert len(views(deep)) <= 1
    assert views("*" * 5000 + "a" + "*" * 5000) is not None
    assert views("[" * 5000 + "a" + "]" * 5000) is not None


def test_a_paragraph_of_marks_is_left_alone(cleaner):
    marks = "*" * 30_000
    text = f"{marks}Mme Joly spoke.{marks}\n\nMme Roy spoke.\n"
    assert [f.start for f in cleaner.check(text, format="markdown")] == [text.index("Mme Roy")]
