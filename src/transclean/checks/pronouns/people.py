"""The people of a document: which mentions speak of the same person, and what gender they show.

A person's gender is what titles, nouns for one gender and apposition say in this document. A
first name says nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import msgspec

from transclean.checks.pronouns.descriptions import (
    announced,
    apposed_after,
    apposed_before,
    described_anew,
    is_anaphoric,
    is_apposed_to_next,
    is_introduced_as_relative,
    is_parent_of_some,
    of_the_same_country,
    recent,
    recent_of_age,
    recent_without_noun,
    spouse_to_name,
)
from transclean.checks.pronouns.lists import FEMALE, MALE, NEUTRAL, Lists
from transclean.checks.pronouns.mentions import PREPOSITIONS, Mention, find_mentions
from transclean.checks.pronouns.words import Words
from transclean.checks.wordlists import word_set
from transclean.model import Document

CONJUNCTIONS = word_set(
    ', ; : ( — – - “ ” " ‘ that and but or because when while as if whether although though since'
    " until before after where which who than then so yet once"
)
GENERIC = word_set("woman man girl boy lady gentleman mother father")


_BEING = word_set("is was became becomes remains remained")
_STILL = word_set("also again already now still thus therefore")
_PERCEIVED = word_set(
    "saw see seen sees seeing watch watched watching hear heard hearing let lets letting make"
    " made makes making help helped helps helping found find feel felt leave left kept keep"
)
_BARE = word_set(
    "go leave run walk speak talk sing cry come win lose laugh dance fall play work think"
    " feel know understand wait stay sleep live die say tell get take give make do be have"
)

_LONGEST_SAYING = 25  # words between two parts of what somebody says
_AFTER_SPEECH = frozenset("”\",’»'")


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
        self.by_noun: dict[str, list[Person]] = {}
        self._by_name: dict[str, list[Person]] = {}
        for number in range(len(self.mentions)):
            self._settle(number)
        self._mark_neutral()
        self._drop_doubtful()
        self.genders: list[str] = [person.gender for person in self.persons]
        self.speakers: list[dict[int, float]] = self._speakers() if words.quotes else []
        self.continuing: list[bool] = self._continuing()

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

    def _continuing(self) -> list[bool]:
        """Return of each quotation whether it goes on with the one before: “…,” said Ms. Roy, a
        lawyer. “…”."""
        words, reporting = self.words, self.lists.reporting
        found = [False] * len(words.quotes)
        for number, ((_, last), (first, _)) in enumerate(pairwise(words.quotes), start=1):
            if not 1 < first - last <= _LONGEST_SAYING:
                continue
            if words.segment[first] != words.segment[last]:
                continue
            if words.sentence[first] - words.sentence[last] > 1:
                continue
            after = words.low[last + 1 : min(first, last + 8)]
            found[number] = any(word in reporting for word in after)
        return found

    def said_to_be(self) -> dict[int, Mention]:
        """Return what of one gender follows “he is”, “she became”, … by the pronoun's word."""
        low, found = self.words.low, {}
        for m in self.mentions:
            if m.kind != "noun" or not m.strong:
                continue
            begins, _ = self.words.sentence_span(m.start)
            verb = m.start - 2 if low[m.start - 1] in _STILL else m.start - 1
            if verb > begins and low[verb] in _BEING and low[verb - 1] in ("he", "she"):
                found[verb - 1] = m
        return found

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
        if m.kind != "name":
            self._join(self._described(number), m)
            return
        apposed = apposed_before(self, number)
        person = self._named(m, apposed)
        self._join(person, m)
        for other in (apposed, announced(self, number)):
            if other is not None and other is not person:
                self._merge(other, person)

    def _join(self, person: Person, m: Mention) -> None:
        m.person = person.number
        person.mentions.append(m)
        for noun in m.nouns:
            if noun not in person.nouns:
                person.nouns.add(noun)
                self.by_noun.setdefault(noun, []).append(person)
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

    def _named(self, m: Mention, apposed: Person | None) -> Person:
        """Return the person of a name: known by it already, unless title or first name differ.

        `apposed` is who is described right before the name.
        """
        known = self._by_name.get(m.name[-1], [])
        if known and all(not p.gender and p.first for p in known):
            spouse = spouse_to_name(self, m)
            if spouse is not None:
                # A name that stood alone was the first one: “his wife, Ann, … Ms. Roy”.
                spouse.first, spouse.surname = spouse.surname, ""
                return spouse
        if m.gender and len(m.name) == 1 and len([p for p in known if not p.gender]) > 1:
            return self._new()  # “Mr. Roy”, of two who are called so
        relative = len(m.name) > 1 and bool(known) and is_introduced_as_relative(m, apposed)
        if len(m.name) == 1 and not m.nouns:
            # The surname alone is whom the article is about rather than a relative.
            known = sorted(known, key=lambda person: not person.relation)
            if m.gender:  # “Tim Roy … his niece, Ann Roy. … Ms. Roy”
                known = sorted(known, key=lambda person: person.gender == m.gender)
        for person in reversed(known):
            if relative and not person.first:
                continue  # “Roy and his wife, Ann Roy”
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
        previous = apposed_after(self, number)
        if previous is not None:
            previous.described = previous.described or noun not in GENERIC
            return previous
        if not m.definite or is_apposed_to_next(self, number):
            person = self._new()
            person.described = noun not in GENERIC and not noun.endswith("-old")
            return person
        known = [p for p in self.by_noun.get(noun, []) if m.kind != "relation" or p.relation]
        if known:
            return of_the_same_country(self, m, known)
        if m.kind == "relation":
            return self._new()
        if noun in GENERIC and m.gender and not is_parent_of_some(self, m):
            known_one = recent(self, number, m.gender)
            if known_one is not None:
                return known_one
        elif (known_one := described_anew(self, number)) is not None:
            known_one.described = True
            return known_one
        elif not m.gender and is_anaphoric(self, m):
            known_one = recent_without_noun(self, number) or recent_of_age(self, number)
            if known_one is not None:
                return known_one
        person = self._new()
        person.described = True
        return person

    def _merge(self, one: Person, into: Person) -> None:
        for m in one.mentions:
            self._join(into, m)
        into.mentions.sort(key=lambda m: m.start)
        one.mentions = []
        one.women, one.men = [], []
        into.described = into.described or one.described
        for noun in one.nouns:
            self.by_noun[noun] = [p for p in self.by_noun[noun] if p is not one]

    def _mark_neutral(self) -> None:
        """Mark the people of whom the document says that they are neither “he” nor “she”."""
        if NEUTRAL.isdisjoint(self.words.low):
            return
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
