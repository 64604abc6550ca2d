"""Who is who: which mentions of a text speak of one person."""

from __future__ import annotations

import msgspec
import pytest

from transclean.checks import check_types
from transclean.checks.pronouns import Options
from transclean.checks.pronouns.lists import lists_of
from transclean.checks.pronouns.people import People
from transclean.checks.pronouns.words import Words
from transclean.formats import get_format
from transclean.rulebook import load_rulebook


@pytest.fixture(scope="module")
def lists():
    book = load_rulebook((), check_types())
    number = next(n for n, head in enumerate(book.headings) if head.id == "common-pronoun-gender")
    return lists_of(msgspec.convert(book.rule(number).options, Options), book.lexicons)


@pytest.fixture
def groups(lists):
    def found(text):
        """Return the mentions of each person, and the gender that they show."""
        people = People(Words(get_format("text").parse(text, "text")), lists)
        return [
            (people.genders[p.number], [" ".join(people.words.text[m.start : m.end])
                                        for m in p.mentions])
            for p in people.persons
            if p.mentions
        ]  # fmt: skip

    return found


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param(
            "The minister resigns over a leak. Interior Minister Baltasar Lund left on Friday.",
            ("", ["The minister", "Interior Minister Baltasar Lund"]),
            id="a headline names the office, the text its holder",
        ),
        pytest.param(
            "A hiker was rescued on Sunday. Ms. Thea Brandt, 39, had lost her way.",
            ("f", ["A hiker", "Ms . Thea Brandt"]),
            id="the name follows the first sentence",
        ),
        pytest.param(
            "A notary named Fernand Lund bought the car.",
            ("", ["A notary", "Fernand Lund"]),
            id="a notary named so",
        ),
        pytest.param(
            "The swimmer Ms. Thea Brandt won on Sunday. The 19-year-old beat the record.",
            ("f", ["The swimmer Ms . Thea Brandt", "The 19-year-old"]),
            id="an age beside a trade",
        ),
        pytest.param(
            "A robber escaped from Tobar Lund’s shop. Lund said that the man had laughed.",
            ("m", ["A robber", "the man"]),
            id="the man is the one without a name",
        ),
        pytest.param(
            "The Dane Mr. Nils Ovesen won. Mr. Ovesen wept.",
            ("m", ["Mr . Nils Ovesen", "Mr . Ovesen"]),
            id="a title is no part of a name",
        ),
        pytest.param(
            "The police of Monte Alvo searched for the elderly woman.",
            ("f", ["the elderly woman"]),
            id="a place is nobody",
        ),
        pytest.param(
            "She praised his courage and her husband.",
            ("m", ["her husband"]),
            id="a phrase ends before the next possessive",
        ),
        pytest.param(
            "Ms. Thea Brandt left, and Ms. Brandt’s ailing brother stayed.",
            ("m", ["’s ailing brother"]),
            id="somebody’s brother is somebody",
        ),
        pytest.param(
            "Brandt rewrote the play. Mr. Lund, who liked Brandt, sang.",
            ("", ["Brandt", "Brandt"]),
            id="who rewrote something is a person",
        ),
        pytest.param(
            "He’s director of a firm, and it’s president of nothing. Ms. Brandt left.",
            ("f", ["Ms . Brandt"]),
            id="a contraction owns nobody",
        ),
    ],
)
def test_mentions_of_one_person_are_put_together(groups, text, together):
    assert together in groups(text)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        pytest.param(
            "Thea Brandt spoke, and the man thanked Brandt.",
            ("Thea Brandt", "the man"),
            id="not in the same sentence",
        ),
        pytest.param(
            "A boy was found in a lorry on Sunday. On the way, Ms. Thea Brandt heard knocking.",
            ("A boy", "Ms . Thea Brandt"),
            id="the one who found the boy",
        ),
        pytest.param(
            "Casilda Lund met Leandro Lund. Mr. Lund left.",
            ("Casilda Lund", "Mr . Lund"),
            id="of two with one surname, neither",
        ),
        pytest.param(
            "Mr. Lund sang. Lund came with his wife, Casilda Lund.",
            ("Mr . Lund", "Casilda Lund"),
            id="a wife with her husband’s surname",
        ),
        pytest.param(
            "Lund left early. The award went to daughter Casilda Lund.",
            ("Lund", "Casilda Lund"),
            id="a daughter with her father’s surname",
        ),
        pytest.param(
            "Lund sang and Brandt danced. They raised one daughter, the pianist Casilda Lund.",
            ("Lund", "the pianist Casilda Lund"),
            id="a daughter described once more",
        ),
    ],
)
def test_mentions_of_two_people_are_kept_apart(groups, text, apart):
    one, other = apart
    of = {mention: number for number, (_, said) in enumerate(groups(text)) for mention in said}
    assert of[one] != of[other]
