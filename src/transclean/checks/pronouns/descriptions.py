"""Whom a description means: “a lawyer” beside a name, “the woman”, “the 34-year-old”.

Each function takes the people found so far, and the number of the mention that describes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from transclean.checks.pronouns.mentions import COUNTRY, PREPOSITIONS, Mention
from transclean.checks.wordlists import word_set

if TYPE_CHECKING:
    from transclean.checks.pronouns.people import People, Person

BE = word_set("is was are were be been became becomes remains remained")
_ANAPHORIC = word_set(
    "accused adolescent candidate champion complainant convict deceased defendant detainee"
    " fugitive graduate guest hero loser native newcomer offender patient pensioner perpetrator"
    " plaintiff prisoner retiree runner-up survivor suspect teen teenager veteran victim winner"
    " youngster"
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
_SPOUSES = ("husband", "wife", "widow", "widower")
_SPOUSE_REACH = 4  # sentences
_NUMBERS = word_set("two three four five six seven eight nine ten eleven twelve")
# Who is “the” without having been spoken of: there is one wherever it is told of.
_ON_DUTY = word_set(
    "accused ambassador applicant archbishop assailant assistant attacker attorney author"
    " bartender bishop boss boyfriend burglar butler buyer captain caretaker cashier chairman"
    " chairperson chairwoman chancellor chief client co-pilot coach colleague commander"
    " commissioner companion complainant conductor councillor counsel culprit customer cyclist"
    " dean defendant dentist deputy director dispatcher doctor doorman driver editor emperor"
    " employee employer expert firefighter foreman friend girlfriend goalkeeper governor guard"
    " guest headmaster headmistress heir host hostage housekeeper inspector instructor"
    " interviewer investigator judge killer king landlady landlord lawyer leader magistrate maid"
    " manager mayor mayoress midwife minister moderator motorist murderer neighbor neighbour"
    " notary nurse offender officer official operator opponent owner paramedic partner passenger"
    " patient pedestrian perpetrator physician pilot plaintiff policeman pope porter predecessor"
    " prefect presenter president priest prince princess principal prosecutor pupil queen reader"
    " rector referee relative reporter rescuer rival robber secretary seller senator sheriff"
    " shopkeeper speaker spectator spokesman spokesperson spokeswoman stranger student successor"
    " suspect teacher tenant thief trainer treasurer umpire usher victim visitor waiter waitress"
    " warden winner witness worker"
)
_AGES = ("-old", "genarian")
_REACH = 6  # sentences in which “the woman” or “the pensioner” was spoken of
_FAR = 100  # mentions, after which a description speaks of nobody before
_ANNOUNCED = 5  # sentences after which a name is no longer the one of somebody announced

_RANKED = word_set("first second third only last oldest youngest next")


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
    begins = m.start == people.words.sentence_starts[sentence]
    if not begins and people.words.low[m.start - 1] not in people.lists.reporting:
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


def spouse_to_name(people: People, m: Mention) -> Person | None:
    """Return the spouse without a surname whom a title and a surname name: “the professor’s
    wife. … Mrs. Roy …”, “his wife, Ann, … Ms. Roy …”."""
    if not m.gender or len(m.name) > 1:
        return None
    sentence = people.words.sentence[m.start]
    for noun in _SPOUSES:
        for person in people.by_noun.get(noun, ()):
            if person.first or not person.mentions or person.gender != m.gender:
                continue
            if person.named and m.name[0] == person.surname:
                continue
            if noun.startswith("widow") and not person.relation:
                continue  # “the 63-year-old widow” is not somebody's
            last = people.words.sentence[person.mentions[-1].start]
            if person.named or sentence - last <= _SPOUSE_REACH:
                return person
    return None


def _agree(one: Person, other: Person) -> bool:
    return not (one.gender and other.gender and one.gender != other.gender)


def _earlier(people: People, number: int, reach: int) -> Iterator[tuple[int, int, Person]]:
    """Yield the mentions of the `reach` sentences before a mention and of its own, the last
    first: how many sentences before it stands, its number, its person."""
    sentences, mentions = people.words.sentence, people.mentions
    here = sentences[mentions[number].start]
    for back in range(number - 1, -1, -1):
        m = mentions[back]
        distance = here - sentences[m.start]
        if distance > reach:
            return
        yield distance, back, people.persons[m.person]


def recent_of_age(people: People, number: int) -> Person | None:
    """Return the person whom “the 34-year-old” means, who may be described otherwise, too:
    the last subject of the two sentences before who has no age yet."""
    if not people.mentions[number].nouns[-1].endswith(_AGES):
        return None
    found = None
    for distance, back, person in _earlier(people, number, 2):
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
    for distance, back, person in _earlier(people, number, _REACH):
        if person.gender == gender:
            return person
        if person.gender or person.relation or not people.mentions[back].sure:
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
    gender = shown_gender(people, number)
    found: dict[int, Person] = {}
    for distance, back, person in _earlier(people, number, _REACH):
        if gender and person.gender not in ("", gender):
            continue
        sure = people.mentions[back].sure
        if distance and sure and not person.relation and not person.described:
            found[person.number] = person
    if len(found) > 1:  # the one whom the article is about
        return found.get(0)
    return next(iter(found.values()), None)


def described_anew(people: People, number: int) -> Person | None:
    """Return the person whom a noun that was not said before means: “Ana Roy found it. The
    historian …”, “At the wheel stood Jan Pol. The father of two …”.

    It is the only one named in the sentence before who has not been described so far; with a
    noun of one gender the only one known to have it, if anybody is. Somebody described already
    may be “the father of two”, too.
    """
    m, words = people.mentions[number], people.words
    noun, sentence = m.nouns[-1], words.sentence[m.start]
    if m.kind != "noun" or words.low[m.start] != "the" or noun in _ON_DUTY:
        return None
    if words.text[m.head] != words.low[m.head]:
        return None  # “known to all as the Maestro”
    if noun in _RELATIVES and not is_parent_of_some(people, m):
        return None
    gender = shown_gender(people, number)
    here = {
        name
        for other in people.mentions[number + 1 : number + 6]
        if words.sentence[other.start] == sentence
        for name in other.name
    }
    found: list[Person] = []
    known: set[int] = set()  # people whose gender is that of the noun
    for back in range(number - 1, max(-1, number - _FAR), -1):
        other = people.mentions[back]
        person = people.persons[other.person]
        distance = sentence - words.sentence[other.start]
        if gender and person.gender == gender and person.named and not person.relation:
            known.add(person.number)
        near = distance <= 2 and words.segment[m.start] - words.segment[other.start] <= 1
        if near and not distance and person.named:
            return None
        if not near or not distance or not person.named or person.relation or person in found:
            continue
        if distance == 2 and found:
            continue
        fits = not gender or person.gender in ("", gender)
        if fits and here.isdisjoint((person.surname, person.first)):
            found.append(person)
    if known:  # “the nun” is the woman who is known, rather than anybody else
        return people.persons[known.pop()] if len(known) == 1 else None
    free = [person for person in found if not person.described]
    if is_parent_of_some(people, m):
        free = [person for person in found if person.sure] or free
    return free[0] if len(free) == 1 else None


def shown_gender(people: People, number: int) -> str:
    """Return the gender that a description shows, or one beside it: “the roofer, a father of
    three”."""
    m = people.mentions[number]
    if m.gender or number + 1 == len(people.mentions):
        return m.gender
    following = people.mentions[number + 1]
    between = people.words.low[m.end : following.start]
    beside = following.kind == "noun" and _is_apposition(between)
    return following.gender if beside and _takes_apposition(people, m, following) else ""


def is_parent_of_some(people: People, m: Mention) -> bool:
    """Whether a noun says how many children somebody has: “the father of two”."""
    after = people.words.low[m.end : m.end + 2]
    return m.nouns[-1] in ("father", "mother", "grandfather", "grandmother") and (
        len(after) == 2 and after[0] == "of" and (after[1].isdigit() or after[1] in _NUMBERS)
    )


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
        if word[0].isupper() and word not in m.name and COUNTRY.search(word)
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


def _is_apposition(between: list[str]) -> bool:
    """Whether the words between part a person from a description: “, ”, “, 39, ”, “, now ”."""
    if not between or between[0] != ",":
        return False
    rest = [word for word in between[1:] if word not in ("now", "today", "himself", "herself")]
    return not rest or (len(rest) == 2 and rest[0].isdigit() and rest[1] == ",")


def _apposed_to(people: People, number: int) -> int:
    """Return the number of the mention that a description right after a comma may belong to,
    or -1: the one before, or that of “the violinist from Roccalba, a father of two”."""
    words, m = people.words, people.mentions[number]
    for back in (number - 1, number - 2):
        if back < 0:
            return -1
        before = people.mentions[back]
        if words.sentence[before.start] != words.sentence[m.start]:
            return -1
        between = words.low[before.end : m.start]
        aside = before.kind == "name" and not before.sure
        if aside and is_apposed_to_next(people, number):
            return -1  # “at the inn Zur Linde, the judge, Ms. Roy, …”
        if _is_apposition(between) and not (aside and people.roles[back] in ("of", "prep")):
            return back
        whence = 2 < len(between) <= 6 and between[-1] == "," and "," not in between[:-1]
        if whence and between[0] in PREPOSITIONS and before.definite:
            return back
        if not aside:
            return -1
    return -1


def _takes_apposition(people: People, before: Mention, m: Mention) -> bool:
    """Whether a description may belong to who is before: a name, or “the bargeman, a widower”,
    “a pensioner, father of four”, not “a teacher, a nurse and …”."""
    if before.kind == "name":
        return True
    bare = m.start == m.head
    opening = people.words.low[m.start]
    if before.kind != "noun":
        return False
    again = before.definite or people.persons[before.person].named
    return bare or (again and opening in ("a", "an"))


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
    apposed = _apposed_to(people, number)
    if apposed >= 0 and _takes_apposition(people, people.mentions[apposed], m):
        follows = after.lower()
        closed = follows in (",", ".", "(", "”", "who") or follows in PREPOSITIONS
        subject = people.roles[apposed].startswith("subj")
        if closed or (subject and follows not in ("", "and") and not people.is_verb(m.end)):
            return people.persons[people.mentions[apposed].person]
    is_said_to_be = 1 <= len(between) <= 3 and between[0] in BE and m.kind != "relation"
    if is_said_to_be and people.roles[number - 1].startswith("subj"):
        return people.persons[before.person]
    return None
