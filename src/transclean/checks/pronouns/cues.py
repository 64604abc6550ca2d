"""What speaks for and against a pronoun's gender, as numbers: the cues of the vote.

Every cue is said in terms of “same” (the pronoun's own gender) and “other”, so that a text
with all genders swapped gives the same numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import log2
from operator import itemgetter

from transclean.checks.pronouns.binding import NONE, masses
from transclean.checks.pronouns.forms import OBJECT, POSSESSIVE, REFLEXIVE, SUBJECT, Pronoun
from transclean.checks.pronouns.inference import judge
from transclean.checks.pronouns.lists import FEMALE
from transclean.checks.pronouns.mentions import PREPOSITIONS
from transclean.checks.pronouns.people import CONJUNCTIONS, People
from transclean.checks.wordlists import word_set

_SPOUSES = word_set(
    "wife husband widow widower girlfriend boyfriend fiancée fiancé ex-wife ex-husband bride"
    " groom bridegroom ex-girlfriend ex-boyfriend mistress"
)
SILENCING = range(5)  # places of the cues from first names, which may only silence
# Cues that can speak for one side only, by place: more of it makes a pronoun likelier right (-1)
# or wrong (1). Shares of people of its gender and of the other, what the people lean to, and all
# of a verdict (inference.Verdict), of which `best_same` alone speaks for the pronoun.
DIRECTION = {5: -1, 6: 1, 9: 1, 11: 1, 12: 1, 13: 1, 14: 1, 15: -1, 16: 1, 17: 1, 18: 1, 84: -1}
# The place of `other`, how likely somebody of the other gender is meant, and what it must reach:
# no pronoun below was ever found rightly, and two of three are below.
OTHER, LEAST_OTHER = 11, 0.2
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
        self.people_of = [[item for item in p.scores.items() if item[0] != NONE] for p in pronouns]
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
        self.before = self._nearest(range(len(pronouns)))
        self.after = self._nearest(range(len(pronouns) - 1, -1, -1))

    def _nearest(self, numbers: Sequence[int]) -> list[dict[str, Pronoun | None]]:
        """Return for each pronoun the last of each gender and the last subject that come before
        it in the order of `numbers`."""
        found: list[dict[str, Pronoun | None]] = [{} for _ in numbers]
        last: dict[str, Pronoun | None] = {"f": None, "m": None, SUBJECT: None}
        for number in numbers:
            found[number] = last.copy()
            pronoun = self.pronouns[number]
            last[pronoun.gender] = pronoun
            if pronoun.form == SUBJECT:
                last[SUBJECT] = pronoun
        return found

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
        own = pronoun.gender
        if gender:
            return (0.98 if gender != own else 0.02), 9.0
        if self.people.persons[person].neutral:
            return 0.0, 9.0
        tally = self.tallies.get(person, _NO_TALLY)
        same_count = max(0.0, tally[own] - pronoun.scores.get(person, 0.0))
        other_count = tally["m" if own == "f" else "f"]
        return (other_count + 0.5) / (other_count + same_count + 1.0), other_count + same_count

    def leanings(self, pronoun: Pronoun) -> dict[int, float]:
        """Return for each person that a pronoun may mean how likely it has the other gender."""
        return {
            person: self.leaning(person, pronoun)[0] for person in pronoun.scores if person != NONE
        }

    def may_be_wrong(self, number: int) -> bool:
        """Whether it is worth asking for all cues: somebody of the other gender may be meant."""
        return self.verdicts[number].other >= LEAST_OTHER

    def of(self, number: int) -> list[float]:
        """Return the cues of a pronoun, in the order of NAMES."""
        pronoun = self.pronouns[number]
        own, form = pronoun.gender, pronoun.form
        other = "m" if own == "f" else "f"
        ranked = sorted(pronoun.scores.items(), key=itemgetter(1), reverse=True)
        leaning = weight = 0.0
        leanings = []
        for person, share in ranked:
            if person == NONE:
                leaning += share * 0.5
                continue
            lean, behind = self.leaning(person, pronoun)
            leaning += share * lean
            weight += share * min(behind, 4.0)
            leanings.append((person, share, lean, behind))
        values = self._silencing(number, own)
        values += masses(self.people, pronoun)
        values += (leaning, weight)
        values += self.verdicts[number]
        for person, share, lean, behind in leanings[:2]:
            values += (share, lean, behind, float(len(self.people.persons[person].mentions)))
        values += (0.0, 0.5, 0.0, 0.0) * (2 - len(leanings))
        first, share = leanings[0][:2] if leanings else (NONE, 0.0)
        tally = self.tallies.get(first, _NO_TALLY)
        for gender in (own, other):
            owned = tally[gender + "p"]
            free = tally[gender] - owned
            if gender == own:
                if form == POSSESSIVE:
                    owned -= share
                else:
                    free -= share
            values += (min(8.0, owned), min(8.0, free))
        values.append(float(len([1 for _, share in ranked if share > 0.1])))
        values += self._known(own, other)
        values += self._chain(number, own, other)
        values += self._shared(number, own)
        values += self._around(pronoun, own, other)
        values += [float(form == which) for which in (SUBJECT, OBJECT, POSSESSIVE, REFLEXIVE)]
        begins = self.words.sentence_starts[pronoun.sentence]
        values += (
            float(pronoun.quote >= 0),
            min(30.0, float(pronoun.at - begins)),
            self._owned(pronoun, own, other),
            self._fronted(number, own),
            log2(len(self.words)),
            self.people.rival(pronoun.soft),
        )
        return values

    def is_of_two(self, number: int) -> bool:
        """Whether a subject stands right after a phrase with a possessive of the other gender,
        which is another person's: “By her count he has …”, “In her view, he …”."""
        pronoun = self.pronouns[number]
        if pronoun.form != SUBJECT or not number:
            return False
        before = self.pronouns[number - 1]
        if before.form != POSSESSIVE or before.gender == pronoun.gender:
            return False
        begins, words = before.at + 1, self.words
        if before.sentence != pronoun.sentence or not 1 <= pronoun.at - begins <= 4:
            return False
        between = words.low[begins : pronoun.at]
        if between[-1] == ",":
            between.pop()
        if not all(map(str.isalpha, between)) or not CONJUNCTIONS.isdisjoint(between):
            return False
        # “her own notes” are no verb, “her mother notes that he” has one.
        noun = [word for word in between if word != "own"]
        return len(noun) == 1 or not any(map(self.people.is_verb, range(begins, pronoun.at)))

    def _fronted(self, number: int, own: str) -> float:
        """Say which gender the subject has that follows a phrase at the sentence's head."""
        pronoun = self.pronouns[number]
        begins, _ = self.words.sentence_span(pronoun.at)
        if pronoun.at - begins < 12 and self.words.low[begins] in PREPOSITIONS:
            commas = 0
            for other in self.pronouns[number + 1 : number + 3]:
                if other.sentence != pronoun.sentence:
                    break
                commas += self.words.text[pronoun.at : other.at].count(",")
                if other.form == SUBJECT and 1 <= commas <= 2:
                    return 1.0 if other.gender == own else -1.0
        return 0.0

    def _silencing(self, number: int, own: str) -> list[float]:
        """How much speaks for a person with a first name typical of the pronoun's gender."""
        pronoun, persons, lists = self.pronouns[number], self.people.persons, self.people.lists
        names = lists.female_names if own == FEMALE else lists.male_names
        mass = 0.0
        for person, share in self.people_of[number]:
            if persons[person].first in names:
                mass += share
        begins, ends = self.words.sentence_span(pronoun.at)
        earlier = self.words.sentence_starts[max(0, pronoun.sentence - 1)]
        places = self.names[own]
        return [
            mass,
            float(_count(places, begins, ends)),
            float(_count(places, earlier, begins)),
            float(min(6, _count(places, pronoun.at - WINDOW, pronoun.at))),
            float(min(6, len(places))),
        ]

    def _known(self, own: str, other: str) -> tuple[float, ...]:
        count = len(self.pronouns)
        same, subjects, others = (
            len(self.places[own]),
            len(self.subjects[own]),
            len(self.subjects[other]),
        )
        return (
            float(min(self.known[own], 4)),
            float(min(self.known[other], 4)),
            same / count,
            float(min(same - 1, 10)),
            float(min(count - same, 10)),
            float(min(subjects, 10)),
            float(min(same - subjects, 10)),
            float(min(others, 10)),
            float(min(count - same - others, 10)),
        )

    def _chain(self, number: int, own: str, other: str) -> list[float]:
        """Which genders the pronouns before and after have, and how far away they are."""
        pronouns, pronoun = self.pronouns, self.pronouns[number]
        sentence, quoted = pronoun.sentence, pronoun.quote >= 0
        values: list[float] = []
        for row in (pronouns[max(0, number - 4) : number], pronouns[number + 1 : number + 5]):
            same = len([1 for p in row if p.gender == own])
            values += (float(same), float(len(row) - same))
        for nearest in (self.before[number], self.after[number]):
            for gender in (own, other):
                one = nearest[gender]
                values.append(FAR if one is None else min(FAR, float(abs(one.sentence - sentence))))
        for gender in (own, other):
            values += self._near(gender, pronoun)
        subject = self.before[number][SUBJECT]
        values.append(0.0 if subject is None else 1.0 if subject.gender == own else -1.0)
        # the pronouns of the sentence on the same side of quotation marks
        subjects, following = set(), set()
        for p in reversed(pronouns[max(0, number - 12) : number]):
            if p.sentence != sentence:
                break
            if p.form == SUBJECT and (p.quote >= 0) == quoted:
                subjects.add(p.gender)
        for p in pronouns[number + 1 : number + 13]:
            if p.sentence != sentence:
                break
            if (p.quote >= 0) == quoted:
                following.add(p.gender)
        values += (float(other in subjects), float(own in subjects))
        values += (float(other in following), float(own in following))
        for at in (number - 1, number + 1):
            neighbour = pronouns[at] if 0 <= at < len(pronouns) else None
            if neighbour is None or neighbour.sentence != sentence:
                values += (0.0, 9.0)
            else:
                side = 1.0 if neighbour.gender == own else -1.0
                values += (side, float(min(8, abs(neighbour.at - pronoun.at))))
        return values

    def _near(self, gender: str, pronoun: Pronoun) -> tuple[float, float]:
        """Return how far the nearest other subject pronoun is, and how many are near."""
        sentences, here = self.subject_sentences[gender], pronoun.sentence
        at = bisect_left(sentences, here)
        gaps = [abs(sentence - here) for sentence in sentences[max(0, at - 7) : at + 8]]
        if pronoun.form == SUBJECT and pronoun.gender == gender:
            gaps.remove(0)
        count = len([gap for gap in gaps if gap <= 3])
        return min(FAR, float(min(gaps, default=9))), float(min(6, count))

    def _shared(self, number: int, own: str) -> tuple[float, float]:
        """How alike the neighbours' people are: who shares the antecedent shares the gender."""
        mine = self.people_of[number]
        same = against = 0.0
        for at in range(max(0, number - 6), min(len(self.pronouns), number + 7)):
            if at == number:
                continue
            neighbour = self.pronouns[at]
            scores = neighbour.scores
            overlap = sum([share * scores[person] for person, share in mine if person in scores])
            if neighbour.gender == own:
                same += overlap
            else:
                against += overlap
        return same, against

    def _around(self, pronoun: Pronoun, own: str, other: str) -> list[float]:
        """How much near the pronoun shows a gender, and how many people are mentioned there."""
        words, at = self.words, pronoun.at
        begins, ends = words.sentence_span(at)
        earlier = words.sentence_starts[max(0, pronoun.sentence - 1)]
        values: list[float] = []
        for gender in (own, other):
            places = self.marks[gender]
            values += (
                float(_count(places, begins, ends)),
                float(_count(places, earlier, begins)),
                float(min(6, _count(places, at - WINDOW, at))),
                float(min(6, len(places))),
            )
        before = bisect_left(self.places[other], at)
        last_other = self.places[other][before - 1] if before else max(0, at - 400)
        values += (
            float(min(5, max(0, _count(self.name_starts, last_other + 1, at)))),
            float(min(4, _count(self.starts, begins, at))),
            float(min(4, _count(self.starts, at + 1, ends))),
        )
        return values

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
