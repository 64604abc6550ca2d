"""Read a text as the check does."""

from __future__ import annotations

from functools import cache

from transclean.checks import check_types
from transclean.checks.pronouns import Options
from transclean.checks.pronouns.forms import Pronoun
from transclean.checks.pronouns.lists import Lists, lists_of
from transclean.checks.pronouns.people import People
from transclean.checks.pronouns.words import Words
from transclean.formats import get_format
from transclean.rulebook import load_rulebook
from transclean.rulebook.book import Rulebook

RULE = "common-pronoun-gender"


@cache
def book() -> Rulebook:
    """Return the shipped rules."""
    return load_rulebook((), check_types())


def options() -> Options:
    """Return what the shipped rule says to the check."""
    number = next(n for n, heading in enumerate(book().headings) if heading.id == RULE)
    found: Options = book().options(number, Options)
    return found


@cache
def lists() -> Lists:
    """Return the word lists that the shipped rule names."""
    return lists_of(options(), book().lexicons)


@cache
def people_of(text: str) -> People:
    """Return the people of a plain text, found once."""
    return People(Words(get_format("text").parse(text, "text")), lists())


def place_of(people: People, at: int) -> int:
    """Return the offset in the text of word `at`."""
    return people.words.span(at, at)[0]


def forms_of(people: People, pronouns: list[Pronoun]) -> dict[int, str]:
    """Return the form of the pronoun at each offset."""
    return {place_of(people, pronoun.at): pronoun.form for pronoun in pronouns}
