"""reStructuredText: what is prose, what is protected, and that docutils sees the same structure."""

from __future__ import annotations

import random

import pytest

from transclean import Cleaner
from transclean.fixer import apply_edits
from transclean.formats import get_format, reread
from transclean.formats.views import same_markup

TEXT = """\
Mme Joly speaks
===============

.. note::

   Mme Joly in a note.

.. A comment about Mme Joly
   that goes on.

**Mme** Joly said :ref:`Mme Roy` and ``Mme Joly`` and *[une]* any, see `Mme Roy <http://x>`_
on July 1 er. See |Mme Roy| and name_ [1]_.

* Mme Roy
* Mme Gagné
  spoke

1. Mme Lavoie

Literal of Mme Roy::

    Mme Joly

    >>> Mme Joly

:field: Mme Roy

+---------+
| Mme Joly|
+---------+

.. |Mme Roy| replace:: x
.. [1] y
.. _name: http://y
"""
FIXED = """\
Ms. Joly speaks
===============

.. note::

   Mme Joly in a note.

.. A comment about Mme Joly
   that goes on.

**Ms.** Joly said :ref:`Mme Roy` and ``Mme Joly`` and any, see `Ms. Roy <http://x>`_
on July 1. See |Mme Roy| and name_ [1]_.

* Ms. Roy
* Ms. Gagné
  spoke

1. Ms. Lavoie

Literal of Ms. Roy::

    Mme Joly

    >>> Mme Joly

:field: Mme Roy

+---------+
| Mme Joly|
+---------+

.. |Mme Roy| replace:: x
.. [1] y
.. _name: http://y
"""


def structure(text):
    """Return the kinds of nodes that docutils reads, without their words."""
    core = pytest.importorskip("docutils.core")
    tree = core.publish_doctree(text, settings_overrides={"report_level": 5})
    return [node.__class__.__name__ for node in tree.findall() if node.tagname != "#text"]


def test_prose_is_repaired_and_nothing_else():
    assert Cleaner(select=["fr"]).fix(TEXT, suggested=True, format="rst").text == FIXED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Title\n-----\n\nOne\ntwo.\n", ["Title", "One two."], id="title, paragraph"),
        pytest.param("=====\nTitle\n=====\n", ["Title"], id="line above the title"),
        pytest.param("* One\n* two\n", ["One", "two"], id="list"),
        pytest.param("Term\n  Definition\n", [], id="definition, left alone"),
        pytest.param("====  ====\na     b\n====  ====\n", [], id="table"),
        pytest.param("One *two", ["One *two"], id="a stray asterisk"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_prose(text, expected):
    assert [s.text for s in get_format("rst").parse(text, "a.rst").segments] == expected


def test_a_title_does_not_outgrow_its_line():
    (title,) = get_format("rst").parse("Title\n=====\n", "a.rst").segments
    assert title.edits(0, 5, "Other") is not None
    assert title.edits(0, 5, "Longer") is None


def test_edits_keep_the_structure_that_docutils_reads():
    document = get_format("rst").parse(TEXT, "a.rst")
    before, chance, made = structure(TEXT), random.Random(7), 0
    for _ in range(300):
        segment = chance.choice(document.segments)
        start = chance.randrange(len(segment.text))
        end = min(len(segment.text) - 1, start + chance.choice([0, 1, 4, 9]))
        new = chance.choice(["Ms. Roy", "", "a *b*", "`c`", "* d", "e_", ".. f", "g::", "x\ny"])
        edits = segment.edits(start, max(start, end), new)
        if not edits or any(document.is_protected(e.start, e.end) for e in edits):
            continue
        after = apply_edits(TEXT, edits)
        marks = ((m, e) for m in document.markup for e in edits)
        gone = any(e.start <= m.start < m.end <= e.end for m, e in marks)
        if gone or not same_markup(document, edits, reread(document, after, edits)):
            continue
        assert structure(after) == before, (segment.text[start:end], new, edits)
        made += 1
    assert made > 50
