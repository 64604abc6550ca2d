"""The people of a document: which mentions speak of the same person, and what gender they show.

A person's gender is what titles, nouns for one gender and apposition say in this document. A
first name says nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from transclean.checks.pronouns.lists import FEMALE, MALE, NEUTRAL, Lists
from transclean.checks.pronouns.mentions import PREPOSITIONS, Mention, find_mentions
from transclean.checks.pronouns.words import Words, word_set
from transclean.model import Document

BE = word_set("is was are were be been became becomes remains remained")
CONJUNCTIONS = word_set(
    ', ; : ( — – - “ ” " ‘ that and but or because when while as if whether although though since'
    " until before after where which who than then so yet once"
)
GENERIC = word_set("woman man girl boy lady gentleman mother father")


_PERCEIVED = word_set(
    "saw see seen sees seeing watch watched watching hear heard hearing let lets letting make"
    " made makes making help helped helps helping found find feel felt leave left kept keep"
)
_BARE = word_set(
    "go leave run walk speak talk sing cry come win lose laugh dance fall play work think"
    " feel know understand wait stay sleep live die say tell get take give make do be have"
)


_ANAPHORIC = word_set(
    "accused candidate deceased defendant detainee favourite favorite graduate guest hero"
    " latter leaver loser native newcomer pensioner retiree runner-up suspect survivor veteran"
    " victim winner laureate honoree convict fugitive prisoner patient adolescent teenager"
    " teen youngster champion offender perpetrator complainant plaintiff"
)
_QUALITIES = word_set(
    "former young old elderly retired injured wounded new future convicted trained late"
)


_AFTER_SPEECH = frozenset("”\",’»'")


_COUNTRY = re.compile("(?:[aeio]an|ese|ish|man|ch|eek|iss|[aeiou]qi|raeli|stani)$")


class Person(msgspec.Struct, kw_only=True):
    """Someone whom the document mentions."""

    number: int
    surname: str = ""
    first: str = ""
    nouns: set[str] = msgspec.field(default_factory=set)
    mentions: list[Mention] = msgspec.field(default_factory=list)
    women: list[Mention] = msgspec.field(default_factory=list)  # mentions that show a woman
    men: list[Mention] = msgspec.field(default_factory=list)
    neutral: bool = False  # “they”: has no gender to contradict
    named: bool = False
    sure: bool = False
    relation: bool = False
    described: bool = False  # by a noun that says what the person does or is

    @property
    def gender(self) -> str:
        """“f” or “m” where the document is of one mind about it, else nothing."""
        if self.neutral:
            return ""
        women = [m for m in self.women if m.strong]
        men = [m for m in self.men if m.strong]
        if women or men:
            return "" if women and men else FEMALE if women else MALE
        return MALE if self.men and not self.women else ""

    @property
    def evidence(self) -> list[Mention]:
        """The mentions that show the gender."""
        return self.women if self.gender == FEMALE else self.men


class People:
    """All people of a document, and its mentions in order with their roles."""

    def __init__(self, words: Words, lists: Lists) -> None:
        self.words, self.lists = words, lists
        self.mentions: list[Mention] = find_mentions(words, lists)
        self.persons: list[Person] = []
        self.roles: list[str] = [self._role(m) for m in self.mentions]
        self._by_noun: dict[str, list[Person]] = {}
        self._by_name: dict[str, list[Person]] = {}
        for number in range(len(self.mentions)):
            self._settle(number)
        self._mark_neutral()
        self._drop_doubtful()
        self.genders: list[str] = [person.gender for person in self.persons]
        self.speakers: list[dict[int, float]] = self._speakers() if words.quotes else []

    def rival(self, shares: Mapping[int, float]) -> float:
        """Return the share of those who have no name and no known gender: “the notary”."""
        return sum(
            share
            for number, share in shares.items()
            if number >= 0 and not self.genders[number] and not self.persons[number].named
        )

    def _drop_doubtful(self) -> None:
        """Forget the names that may be of places or things and are subject of no verb."""
        doing = {
            m.person for m, role in zip(self.mentions, self.roles, strict=True) if role == "subj"
        }
        dropped = {
            p.number for p in self.persons if p.mentions and not p.sure and p.number not in doing
        }
        if dropped:
            kept = [
                (m, role)
                for m, role in zip(self.mentions, self.roles, strict=True)
                if m.person not in dropped
            ]
            self.mentions = [m for m, _ in kept]
            self.roles = [role for _, role in kept]
            for number in dropped:
                self.persons[number].mentions = []

    def _speakers(self) -> list[dict[int, float]]:
        """Return who speaks each quotation, as far as a mention says so."""
        segment = self.words.segment
        by_segment: dict[int, list[tuple[Mention, str]]] = {}
        for m, role in zip(self.mentions, self.roles, strict=True):
            by_segment.setdefault(segment[m.start], []).append((m, role))
        return [
            self._speaker(first, last, by_segment.get(segment[first], [])) if first <= last else {}
            for first, last in self.words.quotes
        ]

    def _speaker(
        self, first: int, last: int, mentions: list[tuple[Mention, str]]
    ) -> dict[int, float]:
        """Return who speaks a quotation among those of its segment: “…”, said Ms. Roy."""
        words = self.words
        for m, role in mentions:
            if 0 <= m.start - last <= 6 and m.start > last:
                span = range(last + 1, min(len(words), m.end + 4))
                if any(words.low[at] in self.lists.reporting for at in span):
                    return {m.person: 1.0}
            if 0 < first - m.end <= 12 and role.startswith("subj"):
                span = range(m.end, first)
                if any(words.low[at] in self.lists.reporting for at in span):
                    return {m.person: 1.0}
        return {}

    def is_object_before(self, at: int) -> bool:
        """Whether “her” at `at` is an object although a word follows: “saw her leave”."""
        words = self.words
        before = words.low[at - 1] if at else ""
        return (
            before in _PERCEIVED
            and words.low[at + 1] not in ("own",)
            and (words.low[at + 1].endswith("ing") or words.low[at + 1] in _BARE)
        )

    # Roles

    def is_verb(self, at: int) -> bool:
        """Whether word `at` looks like a finite verb."""
        if at >= len(self.words):
            return False
        low = self.words.low[at]
        return low in self.lists.verbs or (low.endswith("ed") and len(low) > 4)

    def _role(self, m: Mention) -> str:
        words = self.words
        low, text = words.low, words.text
        begins, ends = words.sentence_span(m.start)
        after = m.end
        if (after < ends and text[after] == "’s") or (after < ends and text[after] == "'s"):
            return "poss"
        before = low[m.start - 1] if m.start > begins else ""
        if before in PREPOSITIONS:
            if before == "to" and m.start - 2 >= begins and low[m.start - 2] == "according":
                return "source"
            return "of" if before in ("of",) else "prep"
        closing = text[m.start - 2] if m.start - 2 >= begins else ""
        if before in self.lists.reporting and closing in _AFTER_SPEECH:
            return "subj"
        if not before or before in CONJUNCTIONS:
            if self.is_verb(after) or (after < ends and low[after] in ("who", ",", "(", "also")):
                return "subj"
            return "subj?" if not before else "other"
        if self.is_verb(m.start - 1):
            return "obj"
        if self.is_verb(after):
            return "subj"
        return "other"

    # Who is who

    def _settle(self, number: int) -> None:
        m = self.mentions[number]
        person = self._named(m) if m.kind == "name" else self._described(number)
        self._join(person, m)
        if m.kind == "name":
            other = self._apposed_before(number)
            if other is not None and other is not person:
                self._merge(other, person)

    def _join(self, person: Person, m: Mention) -> None:
        m.person = person.number
        person.mentions.append(m)
        for noun in m.nouns:
            if noun not in person.nouns:
                person.nouns.add(noun)
                self._by_noun.setdefault(noun, []).append(person)
        if m.kind == "relation":
            person.relation = True
        person.sure = person.sure or m.sure
        if m.gender:
            (person.women if m.gender == FEMALE else person.men).append(m)
        if m.name:
            self._give_name(person, m)
            person.described = person.described or bool(m.nouns)

    def _give_name(self, person: Person, m: Mention) -> None:
        person.named = True
        if not person.surname:
            person.surname = m.name[-1]
            self._by_name.setdefault(m.name[-1], []).append(person)
        if len(m.name) > 1 and not person.first:
            person.first = m.name[0]
            self._by_name.setdefault(m.name[0], []).append(person)

    def _new(self) -> Person:
        person = Person(number=len(self.persons))
        self.persons.append(person)
        return person

    def _named(self, m: Mention) -> Person:
        """Return the person of a name: known by it already, unless title or first name differ."""
        for person in reversed(self._by_name.get(m.name[-1], [])):
            if len(m.name) > 1 and person.first and person.first != m.name[0]:
                if len(m.name) > 2 and person.first in m.name:
                    return person
                continue
            if m.gender and person.gender and m.gender != person.gender:
                if person.first and len(m.name) > 1 and person.first == m.name[0]:
                    return person
                continue
            if len(m.name) > 1 and not person.first and person.surname != m.name[-1]:
                continue
            return person
        if len(m.name) > 1:
            for person in reversed(self._by_name.get(m.name[0], [])):
                if not person.first and not (m.gender and person.gender not in ("", m.gender)):
                    person.surname = ""
                    return person
        return self._new()

    def _described(self, number: int) -> Person:
        """Return the person of a noun: one that had it before, or a new one."""
        m = self.mentions[number]
        noun = m.nouns[-1]
        previous = self._apposed_after(number)
        if previous is not None:
            previous.described = previous.described or noun not in GENERIC
            return previous
        if not m.definite or self._is_apposed_to_next(number):
            person = self._new()
            person.described = noun not in GENERIC and not noun.endswith("-old")
            return person
        known = [p for p in self._by_noun.get(noun, []) if m.kind != "relation" or p.relation]
        if known:
            return self._of_the_same_country(m, known)
        if m.kind == "relation":
            return self._new()
        if noun in GENERIC and m.gender:
            known_one = self._recent(number, m.gender)
            if known_one is not None:
                return known_one
        elif not m.gender and self._is_anaphoric(m):
            known_one = self._recent_without_noun(number)
            if known_one is not None:
                return known_one
        person = self._new()
        person.described = True
        return person

    def _of_the_same_country(self, m: Mention, known: list[Person]) -> Person:
        """Return whom “the Canadian minister” means among those who are called minister."""
        countries = self._countries(m)
        if len(known) == 1 or not countries:
            return known[-1]
        others = []
        for person in reversed(known):
            theirs = {c for mention in person.mentions for c in self._countries(mention)}
            if countries & theirs:
                return person
            if not theirs:
                others.append(person)
        return others[0] if others else known[-1]

    def _countries(self, m: Mention) -> set[str]:
        """Return the adjectives of countries in a mention: “Chinese Foreign Minister Qin”."""
        return {
            word
            for word in self.words.text[m.start : m.end]
            if word[0].isupper() and word not in m.name and _COUNTRY.search(word)
        }

    def _is_anaphoric(self, m: Mention) -> bool:
        """Whether a description likely means someone known: “the 34-year-old”, “the former
        nurse”, “the accused”; “the judge” is another person."""
        noun = m.nouns[-1]
        if noun in _ANAPHORIC or noun.endswith(("-old", "genarian", "-born")):
            return True
        between = self.words.low[m.start + 1 : m.head]
        return any(w in _QUALITIES or w.endswith("-old") or w.isdigit() for w in between)

    def _recent(self, number: int, gender: str) -> Person | None:
        """Return the last person whom “the woman” can mean."""
        sentence = self.words.sentence[self.mentions[number].start]
        unknown = None
        for m in reversed(self.mentions[:number]):
            if sentence - self.words.sentence[m.start] > 6:
                break
            person = self.persons[m.person]
            if person.gender == gender:
                return person
            if not person.gender and unknown is None and not person.relation and m.sure:
                unknown = person
        return unknown

    def _recent_without_noun(self, number: int) -> Person | None:
        """Return the person whom a new description (“the pensioner”) means, if there is one."""
        sentence = self.words.sentence[self.mentions[number].start]
        found: dict[int, Person] = {}
        for m in reversed(self.mentions[:number]):
            distance = sentence - self.words.sentence[m.start]
            if distance > 6:
                break
            person = self.persons[m.person]
            if distance and m.sure and not person.relation and not person.described:
                found[person.number] = person
        if len(found) > 1:  # the one whom the article is about
            return found.get(0)
        return next(iter(found.values()), None)

    # Apposition

    def _apposed_before(self, number: int) -> Person | None:
        """Return the person described right before a name: “the mayor of Lens, Mr. Roy”."""
        m = self.mentions[number]
        words = self.words
        begins, _ = words.sentence_span(m.start)
        if m.start <= begins or words.text[m.start - 1] != ",":
            return None
        for back in range(number - 1, max(-1, number - 4), -1):
            other = self.mentions[back]
            if other.start < begins:
                break
            if other.kind == "name":
                continue
            between = words.low[other.end : m.start - 1]
            if len(between) > 9 or any(w in ",;:“”" for w in between):
                break
            if any(self.is_verb(at) for at in range(other.end, m.start - 1)):
                break
            opens = other.start == begins or back == number - 1
            if (not between or between[0] in PREPOSITIONS) and opens:
                person = self.persons[other.person]
                return person if len(person.mentions) == 1 else None
        return None

    def _is_apposed_to_next(self, number: int) -> bool:
        """Whether a name follows that this description belongs to."""
        m = self.mentions[number]
        if number + 1 >= len(self.mentions):
            return False
        other = self.mentions[number + 1]
        words = self.words
        if other.kind != "name" or words.sentence[other.start] != words.sentence[m.start]:
            return False
        between = words.low[m.end : other.start]
        if not between or between[-1] != "," or len(between) > 10 or "," in between[:-1]:
            return False
        return len(between) == 1 or (
            between[0] in PREPOSITIONS
            and not any(self.is_verb(at) for at in range(m.end, other.start))
        )

    def _apposed_after(self, number: int) -> Person | None:
        """Return the person before a description: “Ms. Roy, a lawyer”, “Ms. Roy is a lawyer”."""
        if number == 0:
            return None
        m, before = self.mentions[number], self.mentions[number - 1]
        words = self.words
        if words.segment[before.start] != words.segment[m.start]:
            return None
        between = words.low[before.end : m.start]
        after = words.text[m.end] if m.end < len(words) else ""
        if between == [","] and before.kind == "name":
            closed = after in (",", ".", "(") or words.low[m.end : m.end + 1] == ["who"]
            if closed or (after and words.low[m.end] in PREPOSITIONS):
                return self.persons[before.person]
        is_said_to_be = 1 <= len(between) <= 3 and between[0] in BE and m.kind != "relation"
        if is_said_to_be and self.roles[number - 1].startswith("subj"):
            return self.persons[before.person]
        return None

    def _merge(self, one: Person, into: Person) -> None:
        for m in one.mentions:
            self._join(into, m)
        one.mentions = []
        one.women, one.men = [], []
        into.described = into.described or one.described
        for noun in one.nouns:
            self._by_noun[noun] = [p for p in self._by_noun[noun] if p is not one]

    def _mark_neutral(self) -> None:
        """Mark the people of whom the document says that they are neither “he” nor “she”."""
        for at, low in enumerate(self.words.low):
            if low not in NEUTRAL:
                continue
            sentence = self.words.sentence[at]
            for m in self.mentions:
                if abs(self.words.sentence[m.start] - sentence) <= 1:
                    self.persons[m.person].neutral = True


def people_of(document: Document, lists: Lists) -> People:
    """Return the people of a document, found once for all checks that use the same lists."""
    key = f"people {id(lists)}"
    return document.once(key, lambda document: People(Words(document), lists))
