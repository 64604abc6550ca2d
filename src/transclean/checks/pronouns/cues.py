"""What speaks for and against a pronoun's gender, as numbers: the cues of the vote.

Every cue is said in terms of “same” (the pronoun's own gender) and “other”, so that a text
with all genders swapped gives the same numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from math import log2

from transclean.checks.pronouns.binding import (
    NONE,
    OBJECT,
    POSSESSIVE,
    REFLEXIVE,
    SUBJECT,
    Pronoun,
    masses,
)
from transclean.checks.pronouns.inference import judge
from transclean.checks.pronouns.lists import FEMALE
from transclean.checks.pronouns.mentions import PREPOSITIONS
from transclean.checks.pronouns.people import People
from transclean.checks.pronouns.words import word_set

_SPOUSES = word_set(
    "wife husband widow widower girlfriend boyfriend fiancée fiancé ex-wife ex-husband bride"
    " groom bridegroom ex-girlfriend ex-boyfriend mistress"
)
SILENCING = range(5)  # places of the cues from first names, which may only silence
# Cues that can speak for one side only: more of it makes a pronoun likelier right (-1) or wrong.
DIRECTION = {5: -1, 6: 1, 9: 1, 11: 1, 12: 1, 13: 1, 14: 1, 15: -1, 16: 1, 17: 1, 18: 1}
FAR = 9.0  # a distance in sentences that says “none”
_NO_TALLY = dict.fromkeys(("f", "m", "fp", "mp"), 0.0)
WINDOW = 60  # words to each side that count as near


class Cues:
    """The cues of a document's pronouns."""

    def __init__(self, people: People, pronouns: list[Pronoun]) -> None:
        self.people, self.words, self.pronouns = people, people.words, pronouns
        self.starts = [m.start for m in people.mentions]
        self.name_starts = [m.start for m in people.mentions if m.kind == "name"]
        self.tallies = self._tallies()
        self.verdicts = judge(people.persons, pronouns)
        self.marks = {g: self._marks(g) for g in "fm"}  # words that show a gender
        self.names = {g: self._first_names(g) for g in "fm"}
        self.places = {g: [p.at for p in pronouns if p.gender == g] for g in "fm"}
        self.subjects = {
            g: [p.at for p in pronouns if p.gender == g and p.form == SUBJECT] for g in "fm"
        }
        self.subject_sentences = {
            g: [p.sentence for p in pronouns if p.gender == g and p.form == SUBJECT] for g in "fm"
        }
        self.known = {
            g: sum(1 for p in people.persons if p.mentions and people.genders[p.number] == g)
            for g in "fm"
        }

    def _tallies(self) -> dict[int, dict[str, float]]:
        """Return for each person how many pronouns of each gender probably mean it."""
        tallies: dict[int, dict[str, float]] = {}
        for pronoun in self.pronouns:
            for person, share in pronoun.scores.items():
                if person != NONE and share > 0.02:
                    tally = tallies.setdefault(person, dict.fromkeys(("f", "m", "fp", "mp"), 0.0))
                    tally[pronoun.gender] += share
                    if pronoun.form == POSSESSIVE:
                        tally[pronoun.gender + "p"] += share
        return tallies

    def _marks(self, gender: str) -> list[int]:
        found = [m.word for m in self.people.mentions if m.gender == gender and m.word >= 0]
        return sorted(found)

    def _first_names(self, gender: str) -> list[int]:
        lists = self.people.lists
        names = lists.female_names if gender == FEMALE else lists.male_names
        return [m.start for m in self.people.mentions if m.name and m.name[0] in names]

    def leaning(self, person: int, pronoun: Pronoun) -> tuple[float, float]:
        """Return how likely a person has the other gender than the pronoun, by titles and nouns
        or else by the other pronouns that mean it, and how much stands behind that."""
        gender = self.people.genders[person]
        tally = self.tallies.get(person, _NO_TALLY)
        own = pronoun.gender
        other = "m" if own == "f" else "f"
        same_count = max(0.0, tally[own] - pronoun.scores.get(person, 0.0))
        other_count = tally[other]
        if gender:
            return (0.98 if gender == other else 0.02), 9.0
        if self.people.persons[person].neutral:
            return 0.0, 9.0
        return (other_count + 0.5) / (other_count + same_count + 1.0), other_count + same_count

    def leanings(self, pronoun: Pronoun) -> dict[int, float]:
        """Return for each person that a pronoun may mean how likely it has the other gender."""
        return {
            person: self.leaning(person, pronoun)[0] for person in pronoun.scores if person != NONE
        }

    def of(self, number: int) -> list[float]:
        """Return the cues of a pronoun, in the order of NAMES."""
        return list(self._values(number))

    def _values(self, number: int) -> Iterator[float]:
        pronoun = self.pronouns[number]
        own = pronoun.gender
        other = "m" if own == "f" else "f"
        yield from self._silencing(pronoun, own)
        same_mass, other_mass, unknown, none = masses(self.people, pronoun)
        yield from (same_mass, other_mass, unknown, none)
        ranked = sorted(pronoun.scores.items(), key=lambda item: -item[1])
        leaning = weight = 0.0
        for person, share in ranked:
            if person == NONE:
                leaning += share * 0.5
                continue
            lean, behind = self.leaning(person, pronoun)
            leaning += share * lean
            weight += share * min(behind, 4.0)
        yield from (leaning, weight)
        yield from self.verdicts[number]
        people = [(person, share) for person, share in ranked if person != NONE][:2]
        for person, share in people:
            lean, behind = self.leaning(person, pronoun)
            yield from (share, lean, behind, float(len(self.people.persons[person].mentions)))
        for _ in range(2 - len(people)):
            yield from (0.0, 0.5, 0.0, 0.0)
        tally = self.tallies.get(people[0][0], _NO_TALLY) if people else _NO_TALLY
        for gender in (own, other):
            owned = tally[gender + "p"]
            free = tally[gender] - owned
            if gender == own and people:
                if pronoun.form == POSSESSIVE:
                    owned -= people[0][1]
                else:
                    free -= people[0][1]
            yield min(8.0, owned)
            yield min(8.0, free)
        yield float(sum(1 for _, share in ranked if share > 0.1))
        yield from self._known(own, other)
        yield from self._chain(number, own, other)
        yield from self._around(pronoun, own, other)
        yield float(pronoun.form == SUBJECT)
        yield float(pronoun.form == OBJECT)
        yield float(pronoun.form == POSSESSIVE)
        yield float(pronoun.form == REFLEXIVE)
        yield float(pronoun.quote >= 0)
        begins = self.words.sentence_starts[pronoun.sentence]
        yield min(30.0, float(pronoun.at - begins))
        yield self._owned(pronoun, own, other)
        yield from self._fronted(number, own)
        yield log2(len(self.words))

    def _fronted(self, number: int, own: str) -> Iterator[float]:
        """Say which gender the subject has that follows a phrase at the sentence's head."""
        pronoun = self.pronouns[number]
        begins, _ = self.words.sentence_span(pronoun.at)
        value = 0.0
        if pronoun.at - begins < 12 and self.words.low[begins] in PREPOSITIONS:
            commas = 0
            for other in self.pronouns[number + 1 : number + 3]:
                if other.sentence != pronoun.sentence:
                    break
                commas += self.words.text[pronoun.at : other.at].count(",")
                if other.form == SUBJECT and 1 <= commas <= 2:
                    value = 1.0 if other.gender == own else -1.0
                    break
        yield value

    def _silencing(self, pronoun: Pronoun, own: str) -> Iterator[float]:
        """How much speaks for a person with a first name typical of the pronoun's gender."""
        lists = self.people.lists
        names = lists.female_names if own == FEMALE else lists.male_names
        mass = 0.0
        for person, share in pronoun.scores.items():
            if person != NONE and self.people.persons[person].first in names:
                mass += share
        yield mass
        begins, ends = self.words.sentence_span(pronoun.at)
        earlier = self.words.sentence_starts[max(0, pronoun.sentence - 1)]
        places = self.names[own]
        yield float(_count(places, begins, ends))
        yield float(_count(places, earlier, begins))
        yield float(min(6, _count(places, pronoun.at - WINDOW, pronoun.at)))
        yield float(min(6, len(places)))

    def _known(self, own: str, other: str) -> Iterator[float]:
        yield float(min(self.known[own], 4))
        yield float(min(self.known[other], 4))
        count = len(self.pronouns)
        same = len(self.places[own])
        yield same / count
        yield float(min(same - 1, 10))
        yield float(min(count - same, 10))
        for gender in (own, other):
            subjects = len(self.subjects[gender])
            yield float(min(subjects, 10))
            yield float(min(len(self.places[gender]) - subjects, 10))

    def _chain(self, number: int, own: str, other: str) -> Iterator[float]:
        pronouns = self.pronouns
        pronoun = pronouns[number]
        before = pronouns[max(0, number - 4) : number]
        after = pronouns[number + 1 : number + 5]
        yield float(sum(p.gender == own for p in before))
        yield float(sum(p.gender == other for p in before))
        yield float(sum(p.gender == own for p in after))
        yield float(sum(p.gender == other for p in after))
        for row in (range(number - 1, -1, -1), range(number + 1, len(pronouns))):
            for gender in (own, other):
                yield next(
                    (
                        min(FAR, float(abs(pronouns[at].sentence - pronoun.sentence)))
                        for at in row
                        if pronouns[at].gender == gender
                    ),
                    FAR,
                )
        for gender in (own, other):
            sentences = self.subject_sentences[gender]
            near, count = self._near(sentences, pronoun)
            yield near
            yield count
        last_subject = next(
            (pronouns[at] for at in range(number - 1, -1, -1) if pronouns[at].form == SUBJECT), None
        )
        if last_subject is None:
            yield 0.0
        else:
            yield 1.0 if last_subject.gender == own else -1.0
        inside = [
            p
            for p in pronouns[max(0, number - 12) : number + 13]
            if p.sentence == pronoun.sentence and p is not pronoun
        ]
        quoted = [p for p in inside if (p.quote >= 0) == (pronoun.quote >= 0)]
        yield float(
            any(p.gender == other and p.form == SUBJECT and p.at < pronoun.at for p in quoted)
        )
        yield float(
            any(p.gender == own and p.form == SUBJECT and p.at < pronoun.at for p in quoted)
        )
        yield float(any(p.gender == other and p.at > pronoun.at for p in quoted))
        yield float(any(p.gender == own and p.at > pronoun.at for p in quoted))
        previous = pronouns[number - 1] if number else None
        following = pronouns[number + 1] if number + 1 < len(pronouns) else None
        for neighbour in (previous, following):
            if neighbour is None or neighbour.sentence != pronoun.sentence:
                yield 0.0
                yield 9.0
            else:
                yield 1.0 if neighbour.gender == own else -1.0
                yield float(min(8, abs(neighbour.at - pronoun.at)))
        # how alike the neighbours' people are: who shares the antecedent shares the gender
        yield from self._shared(number, own, other)

    def _near(self, sentences: list[int], pronoun: Pronoun) -> tuple[float, float]:
        """Return how far the nearest other subject pronoun is, and how many are near."""
        here = pronoun.sentence
        at = bisect_left(sentences, here)
        around = sentences[max(0, at - 7) : at + 8]
        if (
            pronoun.form == SUBJECT
            and here in around
            and sentences is (self.subject_sentences[pronoun.gender])
        ):
            around.remove(here)
        near = min((abs(sentence - here) for sentence in around), default=9)
        count = sum(abs(sentence - here) <= 3 for sentence in around)
        return min(FAR, float(near)), float(min(6, count))

    def _shared(self, number: int, own: str, other: str) -> Iterator[float]:
        pronoun = self.pronouns[number]
        same = against = 0.0
        for neighbour in self.pronouns[max(0, number - 6) : number + 7]:
            if neighbour is pronoun:
                continue
            overlap = sum(
                share * neighbour.scores.get(person, 0.0)
                for person, share in pronoun.scores.items()
                if person != NONE
            )
            if neighbour.gender == own:
                same += overlap
            else:
                against += overlap
        yield same
        yield against

    def _around(self, pronoun: Pronoun, own: str, other: str) -> Iterator[float]:
        words, at = self.words, pronoun.at
        begins, ends = words.sentence_span(at)
        earlier = words.sentence_starts[max(0, pronoun.sentence - 1)]
        for gender in (own, other):
            places = self.marks[gender]
            yield float(_count(places, begins, ends))
            yield float(_count(places, earlier, begins))
            yield float(min(6, _count(places, at - WINDOW, at)))
            yield float(min(6, len(places)))
        before = bisect_left(self.places[other], at)
        last_other = self.places[other][before - 1] if before else max(0, at - 400)
        yield float(min(5, max(0, _count(self.name_starts, last_other + 1, at))))
        yield float(min(4, _count(self.starts, begins, at)))
        yield float(min(4, _count(self.starts, at + 1, ends)))

    def _owned(self, pronoun: Pronoun, own: str, other: str) -> float:
        """Say whose relative stands after a possessive: 1 of the same gender, -1 of the other."""
        if pronoun.form != POSSESSIVE:
            return 0.0
        place = bisect_left(self.starts, pronoun.at)
        if place == len(self.starts) or self.starts[place] != pronoun.at:
            return 0.0
        m = self.people.mentions[place]
        sign = 0.0 if not m.gender else 1.0 if m.gender == own else -1.0
        return 2 * sign if _SPOUSES.intersection(m.nouns) else sign


def _count(places: list[int], begin: int, end: int) -> int:
    return bisect_left(places, end) - bisect_left(places, begin)
