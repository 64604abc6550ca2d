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
        pytest.param(
            "Tobar Lund found the coin. The historian had searched for it. Mr. Lund wept.",
            ("m", ["Tobar Lund", "The historian", "Mr . Lund"]),
            id="a trade of the only one just named",
        ),
        pytest.param(
            "At the wheel stood Tobar Lund. The bargeman, now a great-grandfather, smiled.",
            ("m", ["Tobar Lund", "The bargeman", "a great-grandfather"]),
            id="an apposition to a trade",
        ),
        pytest.param(
            "Tobar Lund, 39, a father of two, won.",
            ("m", ["Tobar Lund", "a father"]),
            id="an apposition after an age",
        ),
        pytest.param(
            "The violinist from Roccalba, a father of two, turned fifty.",
            ("m", ["The violinist", "a father"]),
            id="an apposition after a place",
        ),
        pytest.param(
            "Judge Tobar Lund, a tall man shortly before retirement, has divided a dog.",
            ("m", ["Judge Tobar Lund", "a tall man"]),
            id="an apposition that goes on",
        ),
        pytest.param(
            "Thea Brandt, a nurse and mother of two, left.",
            ("f", ["Thea Brandt", "a nurse and mother"]),
            id="two nouns for one person",
        ),
        pytest.param(
            "The 41-year-old Ukrainian, a woman of few words, left.",
            ("f", ["The 41-year-old Ukrainian", "a woman"]),
            id="where somebody is from is no name",
        ),
        pytest.param(
            "Mme Thea Brandt met M. Lund on Friday.",
            ("m", ["M . Lund"]),
            id="M. beside Mme is a title",
        ),
        pytest.param(
            "General Thibault d’Estrelles spoke. Mr. d’Estrelles left.",
            ("m", ["General Thibault d’Estrelles", "Mr . d’Estrelles"]),
            id="a name with an elided particle",
        ),
        pytest.param(
            "Sister Ines Torquemal refuses. Tobar Lund wrote to her. The nun has the keys.",
            ("f", ["Sister Ines Torquemal", "The nun"]),
            id="the nun is the woman who is known",
        ),
        pytest.param(
            "Tobar Lund searched for the leaf. The land belongs to the professor’s wife. Signora"
            " Lund grows it.",
            ("f", ["’s wife", "Signora Lund"]),
            id="a wife’s title and surname",
        ),
        pytest.param(
            "Tobar Lund mends the pump. “My wife wants me home,” he said. “She will wait. She has"
            " waited for years. It rains.” Mrs. Lund grows leaves.",
            ("f", ["My wife", "Mrs . Lund"]),
            id="a wife’s title and surname after a quotation",
        ),
        pytest.param(
            "A cyclist was hurt on Friday. “I saw nothing,” said Tobar Lund, a man of 50.",
            ("m", ["A cyclist", "Tobar Lund", "a man"]),
            id="the name after the first quotation",
        ),
        pytest.param(
            "Sig.ra Thea Brandt spoke. Brandt left.",
            ("f", ["Sig.ra Thea Brandt", "Brandt"]),
            id="a title with a point inside",
        ),
        pytest.param(
            "M me Thea Brandt spoke. Brandt left.",
            ("f", ["M me Thea Brandt", "Brandt"]),
            id="a title with its raised letters apart",
        ),
        pytest.param(
            "Mr.me Thea Brandt spoke. Brandt left.",
            ("f", ["Mr.me Thea Brandt", "Brandt"]),
            id="a title translated before its raised letters",
        ),
        pytest.param(
            "M’s officeme Thea Brandt closed. Brandt left.",
            ("f", ["Thea Brandt", "Brandt"]),
            id="a title on both sides of a noun",
        ),
        pytest.param(
            "A letter fromme Thea Brandt came. Brandt left.",
            ("f", ["Thea Brandt", "Brandt"]),
            id="raised letters glued to the word before",
        ),
        pytest.param(
            "Landrätin Thea Brandt spoke. Brandt left.",
            ("f", ["Landrätin Thea Brandt", "Brandt"]),
            id="an office that stayed German",
        ),
        pytest.param(
            "She told M me too. It is Thea M. Brandt.",
            ("", ["Thea M . Brandt"]),
            id="an initial before “me” is no title",
        ),
        pytest.param(
            "The judge, mevrouw Thea Brandt, spoke. Mevrouw Brandt left.",
            ("f", ["The judge", "mevrouw Thea Brandt", "Mevrouw Brandt"]),
            id="a foreign title in lower case",
        ),
        pytest.param(
            "The conductor Thea Brandt played Brahms. The mother of three had rehearsed.",
            ("f", ["The conductor Thea Brandt", "The mother"]),
            id="a parent who is described already",
        ),
        pytest.param(
            "Ms. Thea Brandt won. Her father, the ferryman Tobar Brandt, wept. Brandt slept.",
            ("f", ["Ms . Thea Brandt", "Brandt"]),
            id="the surname alone is no relative",
        ),
        pytest.param(
            "The soprano Thea Brandt sang.",
            ("f", ["The soprano Thea Brandt"]),
            id="a voice of women",
        ),
        pytest.param(
            "Tobar Lund mends the pump. His wife, Thea, waits. It rains on the town. Years go by."
            " Nobody came. The pump was sold. Ms. Lund grows leaves.",
            ("f", ["His wife", "Thea", "Ms . Lund"]),
            id="a wife with a first name, then her title and surname",
        ),
        pytest.param(
            "Tobar Lund cuts hair. His niece, Thea Lund, sweeps. Ms. Lund owns the shop.",
            ("f", ["His niece", "Thea Lund", "Ms . Lund"]),
            id="a title of the one who is known to be a woman",
        ),
        pytest.param(
            "The owner, Thea Lund, was unhurt, but the 63-year-old widow wept. Ms. Lund left.",
            ("f", ["The owner", "Thea Lund", "Ms . Lund"]),
            id="a widow of nobody named",
        ),
        pytest.param(
            "It hangs as the work of Lund, who painted in Pella.",
            ("", ["Lund"]),
            id="whoever is “who” is a person",
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
        pytest.param(
            "Tobar Lund was taken away. The judge ordered a search.",
            ("Tobar Lund", "The judge"),
            id="a judge is there anyway",
        ),
        pytest.param(
            "Mr. Tobar Lund left. The roofer, a mother of two, stayed.",
            ("Mr . Tobar Lund", "The roofer"),
            id="another gender",
        ),
        pytest.param(
            "According to Mr. Tobar Lund, a man had entered.",
            ("Mr . Tobar Lund", "a man"),
            id="a phrase, no apposition",
        ),
        pytest.param(
            "The trial is over. A teacher, a nurse and a baker left.",
            ("A teacher", "a nurse"),
            id="a list of people",
        ),
        pytest.param(
            "A mother and daughter left; a man and woman stayed.",
            ("A mother", "a man"),
            id="two people of a pair",
        ),
        pytest.param(
            "Tobar Lund flew at last. “It was fine,” said the instructor, who had watched.",
            ("Tobar Lund", "the instructor"),
            id="an instructor is there anyway",
        ),
        pytest.param(
            "Ms. Thea Brandt opened the show. A man known as the Maestro left.",
            ("Ms . Thea Brandt", "the Maestro"),
            id="a byname of somebody else",
        ),
    ],
)
def test_mentions_of_two_people_are_kept_apart(groups, text, apart):
    one, other = apart
    of = {mention: number for number, (_, said) in enumerate(groups(text)) for mention in said}
    assert of[one] != of[other]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Storm Thea reached the coast. Hurricane Lund turned.", id="storms"),
        pytest.param("Subscribe to our letter.", id="a verb that begins like a noun"),
        pytest.param("It runs the general store.", id="a general store"),
        pytest.param("The Protection Authority warned of floods.", id="an authority"),
    ],
)
def test_what_is_nobody(groups, text):
    assert groups(text) == []


def test_an_initial_is_no_title(groups):
    assert ("", ["M . Night Lund"]) not in groups("M. Night Lund filmed it.")
    assert [gender for gender, _ in groups("M. Night Lund filmed it. Lund won.")] == [""]
    assert ("m", ["M . Lund"]) not in groups("Commander J. M. Lund spoke. M. Roux and M. Pol left.")
