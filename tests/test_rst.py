"""reStructuredText: what is prose, what is protected, and that docutils sees the same structure."""

from __future__ import annotations

import pytest

from helpers import edited
from transclean import Cleaner
from transclean.formats import get_format

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
        pytest.param("One::\n\n  x\n\nTwo::", ["One:", "Two:"], id="signs of a literal"),
        pytest.param("1. ", [], id="an item without text"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_prose(text, expected):
    assert [s.text for s in get_format("rst").parse(text, "a.rst").segments] == expected


def test_a_title_does_not_outgrow_its_line():
    (title,) = get_format("rst").parse("Title\n=====\n", "a.rst").segments
    assert title.edits(0, 5, "Other") is not None
    assert title.edits(0, 5, "Longer") is None


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        pytest.param("Mme Roy\n=======\n\nSee `mme roy`_.\n", True, id="a title"),
        pytest.param("`Mme Roy <x>`_, `Mme\nRoy`_", True, id="a link"),
        pytest.param("Mme Roy\n=======\n\nSee `Mme Joly`_.\n", False, id="another name"),
    ],
)
def test_what_is_referred_to_by_its_words_keeps_them(text, protected):
    document = get_format("rst").parse(text, "a.rst")
    start, end = document.segments[0].span(0, 3)
    assert document.is_protected(start, end) == protected


def test_edits_keep_the_structure_that_docutils_reads():
    document = get_format("rst").parse(TEXT, "a.rst")
    before, made = structure(TEXT), 0
    texts = ["Ms. Roy", "", "a *b*", "`c`", "* d", "e_", ".. f", "g::", "x\ny"]
    for made, (after, what) in enumerate(edited(document, texts, 300), 1):  # noqa: B007
        assert structure(after) == before, what
    assert made > 50
