"""Whom a description means: “a lawyer” beside a name, “the woman”, “the 34-year-old”.

Each function takes the people found so far, and the number of the mention that describes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transclean.checks.pronouns.mentions import PREPOSITIONS, Mention
from transclean.checks.pronouns.words import word_set

if TYPE_CHECKING:
    from transclean.checks.pronouns.people import People, Person

BE = word_set("is was are were be been became becomes remains remained")
_ANAPHORIC = word_set(
    "accused candidate deceased defendant detainee favourite favorite graduate guest hero"
    " latter leaver loser native newcomer pensioner retiree runner-up suspect survivor veteran"
    " victim winner laureate honoree convict fugitive prisoner patient adolescent teenager"
    " teen youngster champion offender perpetrator complainant plaintiff"
)
_QUALITIES = word_set(
    "former young old elderly retired injured wounded new future convicted trained late"
)


_RELATIVES = word_set(
    "aunt bride brother brother-in-law cousin dad daughter daughter-in-law ex-husband ex-wife"
    " father father-in-law fiancé fiancée granddaughter grandfather grandmother grandson groom"
    " half-brother half-sister husband mother mother-in-law mum mom nephew niece sibling sister"
    " sister-in-law son son-in-law stepdaughter stepfather stepmother stepson twin uncle widow"
    " widower wife"
)
_AGES = ("-old", "genarian")
_ANNOUNCED = 5  # sentences after which a name is no longer the one of somebody announced

_RANKED = word_set("first second third only last oldest youngest next")
_COUNTRY = re.compile("(?:[aeio]an|ese|ish|man|ch|eek|iss|[aeiou]qi|raeli|stani)$")


def announced(people: People, number: int) -> Person | None:
    """Return the person of whom a name was kept back: “A hiker was rescued on Sunday. Ms.
    Roy, 39, had …”, “The minister resigns. … Foreign Minister Ana Roy …”."""
    m = people.mentions[number]
    person = people.persons[m.person]
    if len(person.mentions) > 1:
        return None
    sentence = people.words.sentence[m.start]
    for noun in m.nouns:
        for other in people.by_noun[noun]:
            if other is person or not other.mentions or other.named or other.relation:
                continue
            early = people.words.sentence[other.mentions[0].start]
            if sentence - early <= _ANNOUNCED and _agree(other, person):
                return other
    if m.nouns or sentence > 3 or not people.roles[number].startswith("subj"):
        return None
    if m.start != people.words.sentence_starts[sentence]:
        return None
    first = people.persons[0]
    if first is person or first.named or first.relation or not first.mentions:
        return None
    opening = first.mentions[0]
    if opening.definite or people.words.sentence[opening.start] >= min(sentence, 3):
        return None
    others = [
        p for p in people.persons if p not in (first, person) and p.mentions and not p.relation
    ]
    alone = not any(other.named for other in others)
    return first if alone and _agree(first, person) else None


def is_introduced_as_relative(m: Mention, apposed: Person | None) -> bool:
    """Whether a name is given to a relative, who may have the surname of somebody known: “his
    wife, Ann Roy”, “daughter Ann Roy”, “one daughter, the singer Ann Roy”."""
    described = apposed.mentions if apposed else []
    return any(not _RELATIVES.isdisjoint(one.nouns) for one in (m, *described))


def _agree(one: Person, other: Person) -> bool:
    return not (one.gender and other.gender and one.gender != other.gender)


def recent_of_age(people: People, number: int) -> Person | None:
    """Return the person whom “the 34-year-old” means, who may be described otherwise, too:
    the last subject of the two sentences before who has no age yet."""
    if not people.mentions[number].nouns[-1].endswith(_AGES):
        return None
    sentence = people.words.sentence[people.mentions[number].start]
    found = None
    for back in range(number - 1, -1, -1):
        m = people.mentions[back]
        distance = sentence - people.words.sentence[m.start]
        if distance > 2:
            break
        person = people.persons[m.person]
        if not distance or person.relation or any(n.endswith(_AGES) for n in person.nouns):
            continue
        if people.roles[back].startswith("subj"):
            return person
        found = found or person
    return found


def recent(people: People, number: int, gender: str) -> Person | None:
    """Return the last person whom “the woman” can mean: one known to be a woman, else one
    without a name, else the only one; “the first woman” is said of anyone."""
    mention = people.mentions[number]
    sentence = people.words.sentence[mention.start]
    ranked = any(people.words.low[at] in _RANKED for at in range(mention.start, mention.head))
    nameless: Person | None = None
    named: list[Person] = []
    for m in reversed(people.mentions[:number]):
        distance = sentence - people.words.sentence[m.start]
        if distance > 6:
            break
        person = people.persons[m.person]
        if person.gender == gender:
            return person
        if person.gender or person.relation or not m.sure:
            continue
        if ranked:
            return person
        if person.named:
            if person not in named:
                named.append(person)
        elif nameless is None and distance:
            nameless = person
    between = people.words.low[mention.start + 1 : mention.head]
    if nameless is not None or any(word not in _QUALITIES for word in between):
        return nameless  # “the pregnant woman” is no one known by name
    alone = len(named) == 1 and people.words.sentence[named[0].mentions[-1].start] < sentence
    return named[0] if alone else None


def recent_without_noun(people: People, number: int) -> Person | None:
    """Return the person whom a new description (“the pensioner”) means, if there is one."""
    sentence = people.words.sentence[people.mentions[number].start]
    found: dict[int, Person] = {}
    for m in reversed(people.mentions[:number]):
        distance = sentence - people.words.sentence[m.start]
        if distance > 6:
            break
        person = people.persons[m.person]
        if distance and m.sure and not person.relation and not person.described:
            found[person.number] = person
    if len(found) > 1:  # the one whom the article is about
        return found.get(0)
    return next(iter(found.values()), None)


def is_anaphoric(people: People, m: Mention) -> bool:
    """Whether a description likely means someone known: “the 34-year-old”, “the former
    nurse”, “the accused”; “the judge” is another person."""
    noun = m.nouns[-1]
    if noun in _ANAPHORIC or noun.endswith(("-old", "genarian", "-born")):
        return True
    between = people.words.low[m.start + 1 : m.head]
    return any(w in _QUALITIES or w.endswith("-old") or w.isdigit() for w in between)


def of_the_same_country(people: People, m: Mention, known: list[Person]) -> Person:
    """Return whom “the Canadian minister” means among those who are called minister."""
    own = _countries(people, m)
    if len(known) == 1 or not own:
        return known[-1]
    others = []
    for person in reversed(known):
        theirs = {c for mention in person.mentions for c in _countries(people, mention)}
        if own & theirs:
            return person
        if not theirs:
            others.append(person)
    return others[0] if others else known[-1]


def _countries(people: People, m: Mention) -> set[str]:
    """Return the adjectives of countries in a mention: “Chinese Foreign Minister Qin”."""
    return {
        word
        for word in people.words.text[m.start : m.end]
        if word[0].isupper() and word not in m.name and _COUNTRY.search(word)
    }


def apposed_before(people: People, number: int) -> Person | None:
    """Return the person described right before a name: “the mayor of Lens, Mr. Roy”."""
    m = people.mentions[number]
    words = people.words
    begins, _ = words.sentence_span(m.start)
    if m.start <= begins:
        return None
    if words.low[m.start - 1] in ("named", "called") and number:
        other = people.mentions[number - 1]
        between = words.low[other.end : m.start - 1]
        same = other.start >= begins and other.kind != "name"
        return people.persons[other.person] if same and between in ([], ["is"]) else None
    if words.text[m.start - 1] != ",":
        return None
    for back in range(number - 1, max(-1, number - 4), -1):
        other = people.mentions[back]
        if other.start < begins:
            break
        if other.kind == "name":
            continue
        between = words.low[other.end : m.start - 1]
        if len(between) > 9 or any(w in ",;:“”" for w in between):
            break
        if any(people.is_verb(at) for at in range(other.end, m.start - 1)):
            break
        opens = other.start == begins or back == number - 1
        if (not between or between[0] in PREPOSITIONS) and opens:
            person = people.persons[other.person]
            return person if len(person.mentions) == 1 else None
    return None


def is_apposed_to_next(people: People, number: int) -> bool:
    """Whether a name follows that this description belongs to."""
    m = people.mentions[number]
    if number + 1 >= len(people.mentions):
        return False
    other = people.mentions[number + 1]
    words = people.words
    if other.kind != "name" or words.sentence[other.start] != words.sentence[m.start]:
        return False
    between = words.low[m.end : other.start]
    if not between or between[-1] != "," or len(between) > 10 or "," in between[:-1]:
        return False
    return len(between) == 1 or (
        between[0] in PREPOSITIONS
        and not any(people.is_verb(at) for at in range(m.end, other.start))
    )


def apposed_after(people: People, number: int) -> Person | None:
    """Return the person before a description: “Ms. Roy, a lawyer”, “Ms. Roy is a lawyer”."""
    if number == 0:
        return None
    m, before = people.mentions[number], people.mentions[number - 1]
    words = people.words
    if words.segment[before.start] != words.segment[m.start]:
        return None
    between = words.low[before.end : m.start]
    after = words.text[m.end] if m.end < len(words) else ""
    if between == [","] and before.kind == "name":
        closed = after in (",", ".", "(") or words.low[m.end : m.end + 1] == ["who"]
        if closed or (after and words.low[m.end] in PREPOSITIONS):
            return people.persons[before.person]
    is_said_to_be = 1 <= len(between) <= 3 and between[0] in BE and m.kind != "relation"
    if is_said_to_be and people.roles[number - 1].startswith("subj"):
        return people.persons[before.person]
    return None
