"""Choosing among fixes, applying them, looking again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import document_of, engine_of, error, find, rule_text, run, write
from transclean.fixer import FixLoopError, apply_edits, choose, fix_document
from transclean.fixer.whole import apply_chosen
from transclean.formats import get_format
from transclean.model import Applicability, Edit, Fix

SAFE = "applicability: safe"


def rule(id, pattern, to, level="safe", confidence="0.9"):
    return rule_text(
        id=id,
        pattern=f"'{pattern}'",
        fix=f"{{to: '{to}', applicability: {level}}}",
        confidence=confidence,
    )


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(
            [rule("t-a", "big cat", "lion", "suggested", "0.99"), rule("t-b", "cat", "dog")],
            "a big dog",
            id="safe before suggested",
        ),
        pytest.param(
            [rule("t-a", "big cat", "lion"), rule("t-b", "cat", "dog", confidence="0.95")],
            "a big dog",
            id="the surer",
        ),
        pytest.param(
            [rule("t-a", "cat", "dog"), rule("t-b", "big cat", "lion")], "a lion", id="the longer"
        ),
        pytest.param(
            [rule("t-b", "big cat", "lion"), rule("t-a", "big cat", "tiger")],
            "a tiger",
            id="the rule's id",
        ),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_of_rivals_for_a_place_one_is_made(rules, expected, order):
    engine = engine_of(*rules[::order])
    assert fix_document(document_of("a big cat"), engine, suggested=True).text == expected


def test_a_fix_that_had_to_wait_is_made_in_the_next_round():
    engine = engine_of(rule("t-a", "one two", "one 2"), rule("t-b", "2 three", "2 3"))
    result = fix_document(document_of("one two three"), engine)
    assert result.text == "one 2 3"
    assert [finding.rule for finding in result.applied] == ["t-a", "t-b"]
    assert result.remaining == ()


def test_fixes_that_undo_each_other_change_nothing_and_are_named():
    engine = engine_of(rule("t-a", "cat", "dog"), rule("t-b", "dog", "cat"))
    with pytest.raises(FixLoopError, match="t-a"):
        fix_document(document_of("a cat"), engine)


def test_safe_fixes_alone_are_made_unless_asked():
    engine = engine_of(rule("t-a", "cat", "dog", "suggested"), rule("t-b", "cow", "ox"))
    result = fix_document(document_of("cat, cow"), engine)
    assert result.text == "cat, ox"
    assert [finding.text for finding in result.remaining] == ["cat"]


def test_a_fix_that_would_leave_no_document_is_not_made():
    text = '<xliff><file target-language="en"><target>One</target></file></xliff>'
    document = get_format("exchange").parse(text, "a.xlf")
    engine = engine_of(rule_text(pattern="One", fix='{to: "\\u0001", applicability: safe}'))
    result = fix_document(document, engine)
    assert result.text == text
    assert [finding.fixes for finding in result.remaining] == [()]


def test_check_and_fix_tell_the_same_of_a_fix_that_would_change_the_markup(folder):
    cue = "1\n00:00:01,000 --> 00:00:02,000\n- One.\n- Two.\n"
    write(folder / "a.srt", cue)
    to = "{to: '', applicability: safe}"
    write(folder / "r" / "t.yaml", "rules:\n" + rule_text(pattern="'- (?=[A-Z])'", fix=to))
    options = ("--isolated", "--rules", "r", "--select", "t-rule", "a.srt")
    found = json.loads(run("check", "--format", "json", *options).stdout)
    assert [(f["text"], f["fixes"]) for f in found] == [("- ", []), ("- ", [])]
    done = run("fix", *options)
    assert (done.returncode, error(done)) == (0, "Nothing to fix; 2 findings left\n")
    assert (folder / "a.srt").read_text() == cue


def test_what_was_translated_stays_so_while_its_evidence_is_repaired():
    # The second rule has to wait for the first, whose repair takes the evidence away.
    speaking = rule_text(
        id="t-a",
        pattern="'Mme cat'",
        fix=f"{{to: Ms. cat, {SAFE}}}",
        evidence="{language: fr, weight: 0.9}",
    )
    needy = rule_text(
        id="t-b", pattern="'cat'", fix=f"{{to: dog, {SAFE}}}", needs="{provenance: fr}"
    )
    engine = engine_of(speaking, needy)
    result = fix_document(document_of("Mme cat"), engine)
    assert result.text == "Ms. dog"
    assert fix_document(document_of(result.text), engine).text == result.text


@given(
    st.text("ab \n.", max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 5), st.text("xy", max_size=3)), max_size=6
    ),
)
def test_every_character_outside_the_edits_is_kept(text, raw):
    edits = []
    done = 0
    for start, length, replacement in sorted(raw):
        if start >= done and start + length <= len(text):
            edits.append(Edit(start=start, end=start + length, replacement=replacement))
            done = start + length
    result = apply_edits(text, edits)
    outside = "".join(
        text[a:b]
        for a, b in zip(
            [0, *(e.end for e in edits)], [*(e.start for e in edits), len(text)], strict=True
        )
    )
    assert len(result) == len(outside) + sum(len(e.replacement) for e in edits)
    position = 0
    for previous, edit in zip([None, *edits], edits, strict=False):
        kept = text[(previous.end if previous else 0) : edit.start]
        assert result.startswith(kept + edit.replacement, position)
        position += len(kept) + len(edit.replacement)


def test_overlapping_edits_are_a_mistake_of_the_caller():
    one, other = (Edit(start=n, end=n + 2, replacement="") for n in (0, 1))
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", [one, other])


RULES = (
    rule("t-a", "aa", "b"),
    rule("t-b", "bb", "c", "suggested"),
    rule("t-c", "ca", ""),
    rule("t-d", "a b", "d", confidence="0.95"),
)


@given(st.text("abcd \n", max_size=50), st.booleans())
def test_a_second_run_changes_nothing(text, suggested):
    engine = engine_of(*RULES)
    result = fix_document(document_of(text), engine, suggested=suggested)
    once = engine.run(document_of(result.text))
    assert choose(once.findings, suggested=suggested) == []


def test_one_fix_that_breaks_the_markup_keeps_no_other_from_being_made():
    document = get_format("markdown").parse("One `two` three.\n", "a.md")
    (finding,) = find(
        engine_of(rule_text(pattern="three", fix="{to: four, applicability: safe}")), document.text
    )
    breaking = Fix(applicability=Applicability.SAFE, edits=(Edit(start=4, end=5, replacement=""),))
    chosen = [(finding, breaking), (finding, finding.fixes[0])]
    done = apply_chosen(document, chosen)
    assert done.document.text == "One `two` four.\n"
    assert done.chosen == chosen[1:]
