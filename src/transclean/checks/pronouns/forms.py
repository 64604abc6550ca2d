"""The personal pronouns of one gender: where they stand, and in which form."""

from __future__ import annotations

import msgspec

from transclean.checks.pronouns.lists import FEMALE, MALE
from transclean.checks.pronouns.mentions import DETERMINERS, POSSESSIVES, PREPOSITIONS
from transclean.checks.pronouns.people import CONJUNCTIONS, People
from transclean.checks.pronouns.words import Words, places_of
from transclean.checks.wordlists import word_set

SUBJECT, OBJECT, POSSESSIVE, INDEPENDENT, REFLEXIVE = "s", "o", "p", "i", "r"
FORMS = {
    "he": (MALE, SUBJECT),
    "she": (FEMALE, SUBJECT),
    "him": (MALE, OBJECT),
    "himself": (MALE, REFLEXIVE),
    "herself": (FEMALE, REFLEXIVE),
    "hers": (FEMALE, INDEPENDENT),
    "his": (MALE, POSSESSIVE),
    "her": (FEMALE, POSSESSIVE),
}
# What weighs differently by a pronoun's place: its form, or “a” after “according to”, “x” after
# another preposition, “f” in a phrase at the sentence's head, “q” beside a quotation
# (“…”, he said).
SLOTS = (SUBJECT, OBJECT, POSSESSIVE, INDEPENDENT, REFLEXIVE, "a", "x", "f", "q")
_NOT_POSSESSED = (
    PREPOSITIONS
    | DETERMINERS
    | POSSESSIVES
    | CONJUNCTIONS
    | word_set(
        "he she it they we you i him them us me . , ! ? ) is was were are had has have will would"
        " could should did does do not never always also again away back down out up too well how"
        " what why where either even only just alone here there now then later today yesterday ”"
    )
)
# Of these, what also stands before what someone has: “his only son”, “with her back to us”.
_OF_A_PHRASE = word_set("alone back down even just now only then well")


class Pronoun(msgspec.Struct, kw_only=True):
    """A personal pronoun: where it stands, its gender and form, and whom it may mean."""

    at: int
    gender: str
    form: str
    sentence: int
    quote: int
    slot: str  # its form, or more of its place, as SLOTS says
    scores: dict[int, float] = {}  # person (or NONE) to probability, gender left aside
    soft: dict[int, float] = {}  # the same with the pronoun's own gender as weak evidence


def find_pronouns(people: People) -> list[Pronoun]:
    """Return the pronouns of one gender, in order, without saying whom they mean."""
    words = people.words
    found = []
    for at in places_of(FORMS, words.low):
        low = words.low[at]
        gender, form = FORMS[low]
        if low in ("his", "her"):
            following = words.low[at + 1] if at + 1 < len(words) else "."
            same = at + 1 < len(words) and words.segment[at + 1] == words.segment[at]
            if not same or (following in _NOT_POSSESSED and not _leads_on(words, at)):
                form = INDEPENDENT if low == "his" else OBJECT
            elif low == "her" and people.is_object_before(at):
                form = OBJECT
        slot = _slot_of(people, at, form)
        found.append(
            Pronoun(
                at=at,
                gender=gender,
                form=form,
                sentence=words.sentence[at],
                quote=words.quote[at],
                slot=slot,
            )
        )
    return found


def _leads_on(words: Words, at: int) -> bool:
    """Whether the word behind “his” or “her” at `at` is one of a phrase that goes with it."""
    before, following = words.low[max(at - 1, 0)], words.low[at + 1]
    if following not in _OF_A_PHRASE or before == "of":
        return False
    is_his = words.low[at] == "his"
    if following == "back":
        return is_his or before in PREPOSITIONS
    behind = words.low[at + 2] if at + 2 < len(words) else "."
    return behind not in _NOT_POSSESSED and (is_his or following in ("only", "then"))


def is_of_either(words: Words, at: int) -> bool:
    """Whether the pronoun at `at` stands with the other one: “his or her”, “his [or her]”."""
    gender = FORMS[words.low[at]][0]
    for other in range(max(0, at - 3), min(len(words), at + 4)):
        found = FORMS.get(words.low[other])
        between = words.low[min(at, other) + 1 : max(at, other)]
        if found is not None and found[0] != gender and ("or" in between or "/" in between):
            return True
    return False


def _slot_of(people: People, at: int, form: str) -> str:
    words = people.words
    before = words.low[at - 1] if at else ""
    according = before == "to" and words.low[at - 2] == "according"
    if form == OBJECT and before in PREPOSITIONS:
        return "a" if according else "x"
    if form == POSSESSIVE and before in PREPOSITIONS:
        opening = at - 2 if according else at - 1
        begins = words.clause_start(at)
        if opening == begins or (opening == begins + 1 and not words.text[begins].isalpha()):
            return "f"
    if form == SUBJECT and words.quote[at] < 0:
        reporting = people.lists.reporting
        beside = words.low[at + 1] if at + 1 < len(words) else ""
        if beside in reporting or before in reporting:
            opening = at - 2 if before in reporting else at - 1
            if opening >= 0 and words.quote[opening] >= 0:
                return "q"
    return form
