"""Pronouns that contradict their person: what is flagged, what is said, what stays silent."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transclean import Cleaner
from transclean.checks.pronouns.report import replacement


@pytest.fixture(scope="module")
def cleaner():
    return Cleaner(select=["pronoun"])


MILL = (
    "Ms. Odile Brandt reopened the mill on Monday. In his speech, Brandt thanked the town. "
    "She said that the work had cost her a year."
)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        pytest.param(MILL, MILL.replace("In his", "In her"), id="a phrase before its subject"),
        pytest.param(
            "Sra. Elvira Lobo presided over the court. According to his office, Lobo will rest. "
            "She had asked for it herself.",
            "Sra. Elvira Lobo presided over the court. According to her office, Lobo will rest. "
            "She had asked for it herself.",
            id="a title of the source language",
        ),
        pytest.param(
            "The judge is Sig.ra Lobo. According to his office, Lobo will rest on Monday.",
            "The judge is Sig.ra Lobo. According to her office, Lobo will rest on Monday.",
            id="a title with a point inside, and nothing else that shows a woman",
        ),
        pytest.param(
            "M’s officeme Lobo is shut. According to his office, Lobo will rest on Monday.",
            "M’s officeme Lobo is shut. According to her office, Lobo will rest on Monday.",
            id="a torn title, and nothing else that shows a woman",
        ),
        pytest.param(
            "The airline announced on Thursday that he would cut two hundred jobs.",
            "The airline announced on Thursday that it would cut two hundred jobs.",
            id="he, of a company",
        ),
        pytest.param(
            "In a letter to her members, the union called the offer an insult.",
            "In a letter to its members, the union called the offer an insult.",
            id="her, of a union that comes after",
        ),
        pytest.param(
            "Mr. Aurel Pinto signed on Monday; in exchange, the airline will keep his base.",
            "Mr. Aurel Pinto signed on Monday; in exchange, the airline will keep its base.",
            id="his, of a company that a later clause is about",
        ),
        pytest.param(
            "The airline Nordal posted a loss. Nordal had never lost money in his history.",
            "The airline Nordal posted a loss. Nordal had never lost money in its history.",
            id="his, of a body by its name",
        ),
        pytest.param(
            "Ms. Ines Kessel runs the shop. Today the firm employs forty people, and his turnover "
            "grows.",
            "Ms. Ines Kessel runs the shop. Today the firm employs forty people, and its turnover "
            "grows.",
            id="his, of a body after an adverb",
        ),
        pytest.param(
            "Mr. Aurel Pinto left the firm Nordal, which doubled his turnover.",
            "Mr. Aurel Pinto left the firm Nordal, which doubled its turnover.",
            id="his, of what a relative clause is about",
        ),
        pytest.param(
            "The club was relegated on Sunday for the first time in his history. Beaten at home, "
            "the club paid for his start. He had won one match.",
            "The club was relegated on Sunday for the first time in its history. Beaten at home, "
            "the club paid for its start. It had won one match.",
            id="his and he, from sentence to sentence",
        ),
        pytest.param(
            "Mr. Pinto and its delegation left. Ms. Lund spoke in its office. In its speech, "
            "Ms. Lund had called for calm.",
            "Mr. Pinto and his delegation left. Ms. Lund spoke in its office. In her speech, "
            "Ms. Lund had called for calm.",
            id="its, of people",
        ),
        pytest.param(
            "Ms. Odile Brandt beat the mayor, Mr. Aurel Pinto, by a hundred votes. He is the first"
            " woman to lead the town.",
            "Ms. Odile Brandt beat the mayor, Mr. Aurel Pinto, by a hundred votes. She is the first"
            " woman to lead the town.",
            id="he, said to be a woman",
        ),
        pytest.param(
            "Ms. Odile Brandt rowed with his back to the mill. His only son rowed with Ms. Brandt.",
            "Ms. Odile Brandt rowed with her back to the mill. Her only son rowed with Ms. Brandt.",
            id="his back, his only",
        ),
        pytest.param(
            "Mr. Aurel Pinto rowed with her back to the mill. Her only son rowed with Mr. Pinto.",
            "Mr. Aurel Pinto rowed with his back to the mill. His only son rowed with Mr. Pinto.",
            id="her back, her only",
        ),
    ],
)
def test_repair(cleaner, text, repaired):
    assert cleaner.fix(text, suggested=True).text == repaired


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He closed the door behind him.", id="nobody is named"),
        pytest.param(MILL.replace("his", "her"), id="all pronouns agree"),
        pytest.param(
            "Alice Brandt reopened the mill on Monday. In his speech, Brandt thanked the town.",
            id="a first name says nothing of gender",
        ),
        pytest.param(
            "Ms. Odile Brandt spoke. In his or her speech, Brandt said, she thanked the town.",
            id="his or her",
        ),
        pytest.param(
            "Sasha Brandt, who is non-binary, reopened the mill. In his speech, Brandt thanked "
            "Ms. Odile Lund and the town. They said the work had cost them a year.",
            id="a person who is neither",
        ),
        pytest.param(
            "Ms. Odile Brandt met Mr. Aurel Pinto on Monday. He showed her his workshop.",
            id="another person is meant",
        ),
        pytest.param(
            "The council’s leader, she said, had not been told until Friday.",
            id="the head of a body",
        ),
        pytest.param(
            "The company dismissed Mr. Dorn on Friday. The board praised his work.",
            id="a person stands near the body",
        ),
        pytest.param(
            "Mr. Dorn bought the firm Nordal, which had doubled his debts in its history.",
            id="what a person has in a relative clause",
        ),
        pytest.param(
            "The party Dorn led is gone. Mr. Dorn spoke. Dorn moved his headquarters to Pella.",
            id="a person after a noun for a body",
        ),
        pytest.param(
            "Mr. Dorn sold the firm Nordal, which had been his headquarters.",
            id="what somebody had",
        ),
        pytest.param(
            "Ms. Odile Brandt resigned on Monday. “I gave my best to this town,” she said at the"
            " mill. “My doctor asked me to stop and, this time, I listened to him.”",
            id="a speaker does not speak of herself as him",
        ),
        pytest.param(
            "Aurel Pinto has worked the locks since he was 23. His wife, Odile, keeps the log. By"
            " her count he has opened the gates nine thousand times.",
            id="a subject after a phrase of somebody else",
        ),
        pytest.param(
            "Ms. Odile Brandt lent her boat to a neighbor in the dry years. She has asked for his"
            " number again, and for his trailer. The neighbor is away.",
            id="a neighbor",
        ),
        pytest.param(
            "Mr. Dorn sued, and the bank told him that his base was closed.",
            id="a person stands between the body and its possession",
        ),
    ],
)
def test_silence(cleaner, text):
    assert cleaner.check(text) == []


def test_the_message_and_the_evidence_name_the_person_and_the_places(cleaner):
    text = MILL.replace(". ", ".\n\n")
    finding = next(f for f in cleaner.check(text) if f.text == "his")
    assert finding.message.startswith("“his” refers to Brandt, who is “Ms”")
    assert "line 1" in finding.message
    said = [text[e.start : e.end] for e in finding.evidence]
    assert "Ms" in said
    assert "She" in said


@pytest.mark.parametrize(
    ("word", "form", "other"),
    [
        ("his", "p", "her"),
        ("His", "p", "Her"),
        ("his", "i", "hers"),
        ("her", "p", "his"),
        ("her", "o", "him"),
        ("HER", "o", "HIM"),
        ("him", "o", "her"),
        ("hers", "i", "his"),
        ("He", "s", "She"),
        ("she", "s", "he"),
        ("himself", "r", "herself"),
    ],
)
def test_the_other_pronoun_keeps_form_and_case(word, form, other):
    assert replacement(word, form) == other


PAIRS = {
    "Ms.": "Mr.", "Frau": "Herr", "she": "he", "She": "He", 
    "herself": "himself", "wife": "husband", "daughter": "son", "hers": "HIS-INDEPENDENT",
}  # fmt: skip
SWAP = {**PAIRS, **{male: female for female, male in PAIRS.items()}}
# Possessives alone, since “her” is two words of the other gender.
SWAP |= {"her": "his", "his": "her", "Her": "His", "His": "Her"}
_WORD = re.compile(r"Ms\.|Mr\.|[A-Za-z]+")


def swapped(text):
    """Return the text with every gendered word of the other gender."""
    return _WORD.sub(lambda found: SWAP.get(found[0], found[0]), text)


TITLES = st.sampled_from(["Ms.", "Mr.", "Frau", "Herr"])
# Names that are no first names: those silence.
SURNAMES = st.lists(
    st.sampled_from(["Bremdal", "Lobatto", "Pintescu", "Verhage", "Okonkwo", "Tamsalu"]),
    min_size=2, max_size=2, unique=True,
)  # fmt: skip
POSSESSIVES = st.sampled_from(["his", "her"])
SUBJECTS = st.sampled_from(["He", "She"])


@st.composite
def articles(draw):
    one, two = draw(SURNAMES)
    poss = [draw(POSSESSIVES) for _ in range(4)]
    subject = [draw(SUBJECTS) for _ in range(3)]
    return (
        f"{draw(TITLES)} {one} presented {poss[0]} plan on Monday. In {poss[1]} speech, {one} "
        f"thanked the town. {subject[0]} had waited for years.\n\n"
        f"{draw(TITLES)} {two} praised {poss[2]} colleague {one}. {subject[1]} said that "
        f"{poss[3]} office would help. {subject[2]} left at noon."
    )


def places(findings, text):
    """Return where findings lie, by word and not by character, and how sure they are."""
    return [(len(_WORD.findall(text[: f.start])), f.rule, f.confidence) for f in findings]


@settings(deadline=None, max_examples=60)
@given(text=articles())
def test_swapping_all_genders_swaps_the_findings_and_nothing_else(cleaner, text):
    other = swapped(text)
    assert places(cleaner.check(text), text) == places(cleaner.check(other), other)


@settings(deadline=None, max_examples=60)
@given(text=articles())
def test_renaming_people_changes_no_finding(cleaner, text):
    names = {"Bremdal": "Sorelli", "Lobatto": "Marekova", "Pintescu": "Dufourny",
             "Verhage": "Castellan", "Okonkwo": "Adeyinka", "Tamsalu": "Ilvest"}  # fmt: skip
    other = re.sub("|".join(names), lambda found: names[found[0]], text)
    assert places(cleaner.check(text), text) == places(cleaner.check(other), other)


@pytest.mark.parametrize(
    ("first", "others"), [("Andrea", ["Marek", "Tove", "Ibe"]), ("Jo", ["Wen", "Okko"])]
)
def test_first_names_accuse_nobody(cleaner, first, others):
    text = f"{first} Brandt opened the mill. In his speech, Brandt thanked the town."
    for other in [first, *others, "Alice", "Peter"]:
        assert cleaner.check(text.replace(first, other)) == []
