"""Whom a pronoun means, by place and grammar alone: its gender is not looked at.

Every person in reach gets a score, a sum of weights of the cues that hold (Lappin and Leass,
“An Algorithm for Pronominal Anaphora Resolution”, 1994, in the log-linear form of Denis and
Baldridge, “Specialized Models and Ranking for Coreference Resolution”, 2008); the weights are
learned. Earlier pronouns count as mentions of the people they probably mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp

import msgspec

from transclean.checks.pronouns.lists import FEMALE, FRONTING, MALE
from transclean.checks.pronouns.mentions import DETERMINERS, POSSESSIVES, PREPOSITIONS
from transclean.checks.pronouns.people import CONJUNCTIONS, People, Person
from transclean.checks.pronouns.words import word_set

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
NONE = -1  # nobody of the document's people
REACH = 12  # sentences
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


class Pronoun(msgspec.Struct, kw_only=True):
    """A personal pronoun: where it stands, its gender and form, and whom it may mean."""

    at: int
    gender: str
    form: str
    sentence: int
    quote: int
    slot: str  # its form, or “a” after “according to”, “x” after another preposition
    scores: dict[int, float] = {}  # person (or NONE) to probability, gender left aside
    soft: dict[int, float] = {}  # the same with the pronoun's own gender as weak evidence


Weights = Mapping[str, float]


def _kind_of(preposition: str) -> str:
    return preposition if preposition in ("for", "on", "of", "to", "with", "from", "in") else "x"


def find_pronouns(people: People) -> list[Pronoun]:
    """Return the pronouns of one gender, in order, without saying whom they mean."""
    words = people.words
    found = []
    for at, low in enumerate(words.low):
        if low not in FORMS:
            continue
        gender, form = FORMS[low]
        if low in ("his", "her"):
            following = words.low[at + 1] if at + 1 < len(words) else "."
            same = at + 1 < len(words) and words.segment[at + 1] == words.segment[at]
            if not same or following in _NOT_POSSESSED:
                form = INDEPENDENT if low == "his" else OBJECT
            elif low == "her" and people.is_object_before(at):
                form = OBJECT
        before = words.low[at - 1] if at else ""
        slot = form
        if form == OBJECT and before in PREPOSITIONS:
            slot = "a" if before == "to" and words.low[at - 2] == "according" else "x"
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


class Binder:
    """Binds the pronouns of one document, left to right."""

    def __init__(self, people: People, weights: Weights) -> None:
        self.people, self.words, self.weights = people, people.words, weights
        self.pronouns: list[Pronoun] = []
        self._sums: dict[str, dict[str, float]] = {}
        self._by_sentence: dict[int, list[int]] = {}
        for number, m in enumerate(people.mentions):
            self._by_sentence.setdefault(self.words.sentence[m.start], []).append(number)
        self._pronouns_of: dict[int, list[Pronoun]] = {}
        self._tallies: dict[int, dict[str, float]] = {}
        self._most = max((len(p.mentions) for p in people.persons), default=1)
        self._order = {p.number: n for n, p in enumerate(self._in_order())}

    def _in_order(self) -> list[Person]:
        with_mentions = [p for p in self.people.persons if p.mentions]
        return sorted(with_mentions, key=lambda p: min(m.start for m in p.mentions))

    def bind(self) -> list[Pronoun]:
        """Return all pronouns, each with the people that it may mean."""
        for pronoun in find_pronouns(self.people):
            cues = self.cues(pronoun)
            self.settle(pronoun, cues)
        return self.pronouns

    def settle(self, pronoun: Pronoun, cues: dict[int, dict[str, float]]) -> None:
        """Turn the cues of each person into probabilities and remember the pronoun."""
        weights, own = self.weights, self._of_form(pronoun.form)
        totals = {}
        for person, active in cues.items():
            total = 0.0
            for cue, value in active.items():
                weight = own.get(cue)
                if weight is None:
                    weight = own[cue] = weights.get(cue, 0.0) + weights.get(pronoun.form + cue, 0.0)
                total += value * weight
            totals[person] = total
        top = max(totals.values())
        raised = {person: exp(total - top) for person, total in totals.items()}
        whole = sum(raised.values())
        pronoun.scores = {person: value / whole for person, value in raised.items()}
        soft = {}
        for person, share in pronoun.scores.items():
            soft[person] = share * self._agreement(person, pronoun.gender)
        whole = sum(soft.values())
        pronoun.soft = {person: value / whole for person, value in soft.items()}
        for person, share in pronoun.scores.items():
            tally = self._tallies.setdefault(person, {FEMALE: 0.0, MALE: 0.0})
            tally[pronoun.gender] += share
        self.pronouns.append(pronoun)
        self._pronouns_of.setdefault(pronoun.sentence, []).append(pronoun)

    def _of_form(self, form: str) -> dict[str, float]:
        """Return the weights of cues for one form of pronouns, as far as they were needed."""
        return self._sums.setdefault(form, {})

    def _agreement(self, person: int, gender: str) -> float:
        """Return how well a gender fits a person, 0.1 to 0.9: by titles and nouns, or else by
        the pronouns so far."""
        if person == NONE:
            return 0.5
        known = self.people.genders[person]
        if known:
            return 0.9 if known == gender else 0.1
        tally = self._tallies.get(person)
        if tally is None:
            return 0.5
        return 0.2 + 0.6 * (tally[gender] + 0.5) / (tally[FEMALE] + tally[MALE] + 1.0)

    def cues(self, pronoun: Pronoun) -> dict[int, dict[str, float]]:
        """Return for each person in reach, and for nobody, the cues that hold."""
        people, words = self.people, self.words
        at, sentence = pronoun.at, pronoun.sentence
        begins, ends = words.sentence_span(at)
        found: dict[int, dict[str, float]] = {}

        def note(person: int, cue: str, value: float = 1.0) -> None:
            active = found.setdefault(person, {})
            if active.get(cue, 0.0) < value:
                active[cue] = value

        owned = self._owned(pronoun)
        nearest: list[int] = []
        # the sentence itself
        for number in reversed(self._by_sentence.get(sentence, [])):
            m = people.mentions[number]
            if m.person == owned and m.start <= at + 4 and m.start >= at:
                continue
            role = people.roles[number]
            if m.start > at:
                continue
            if m.start <= at < m.end:
                continue
            gap = self._boundaries(m.end, at)
            note(m.person, f"0{role}")
            note(m.person, f"0{role}.{min(gap, 3)}")
            if role.startswith("subj") and gap == 0:
                note(m.person, "0subj.clause")
            if m.end == at - 1 and words.low[m.end] in PREPOSITIONS:
                note(
                    m.person, f"0{'obj' if role == 'obj' else 'other'}.{_kind_of(words.low[m.end])}"
                )
            if role == "obj" and gap == 0 and m.end < at - 1:
                note(m.person, "0obj.clause")
            if words.quote[m.start] != pronoun.quote:
                note(m.person, "0otherside")
            if m.person not in nearest:
                nearest.append(m.person)
        fronted = self._fronted(at, begins, ends)
        if fronted >= 0:
            for number in self._by_sentence.get(sentence, []):
                m = people.mentions[number]
                if m.start >= fronted and m.person != owned:
                    role = people.roles[number]
                    note(m.person, f"after.{role}")
                    note(m.person, "after.first")
                    break
        # earlier pronouns of the sentence
        subject_seen = False
        latest = True
        for other in reversed(self._pronouns_of.get(sentence, [])):
            gap = self._boundaries(other.at + 1, at)
            side = "" if other.quote == pronoun.quote else "q"
            first = other.form == SUBJECT and not subject_seen
            subject_seen = subject_seen or other.form == SUBJECT
            for person, share in other.soft.items():
                if share > 0.05:
                    note(person, f"0{side}pro{other.slot}", share)
                    if first:
                        note(person, f"0{side}prosubj.{min(gap, 2)}", share)
                    if latest:
                        note(person, f"0{side}last{other.slot}.{min(gap, 2)}", share)
            latest = False
        # sentences before
        for back in range(1, REACH + 1):
            there = sentence - back
            if there < 0:
                break
            near = str(back) if back < 3 else "3" if back < 6 else "6"
            for number in reversed(self._by_sentence.get(there, [])):
                m = people.mentions[number]
                if m.person == owned and m.kind == "relation" and back > 3:
                    continue
                role = people.roles[number]
                kind = (
                    "subj"
                    if role.startswith("subj")
                    else "oblique"
                    if role in ("of", "prep", "poss")
                    else "other"
                )
                note(m.person, f"{near}{kind}")
                if words.segment[m.start] == words.segment[at]:
                    note(m.person, f"{near}par")
                if m.person not in nearest:
                    nearest.append(m.person)
            for other in reversed(self._pronouns_of.get(there, [])):
                if back > 5:
                    break
                for person, share in other.soft.items():
                    if share > 0.1:
                        kind = other.form if back < 3 else ""
                        note(person, f"{near}pro{kind}", share)
            if back == 1 or back == 2:
                subject = self._subject(there)
                for person, share in subject.items():
                    note(person, f"{near}first", share)
        if not found:
            self._look_ahead(sentence, note)
        speaker = people.speakers[pronoun.quote] if pronoun.quote >= 0 else {}
        for person in list(found):
            if person == owned:
                found.pop(person)
                continue
            self._standing(person, found[person], nearest, pronoun)
            if pronoun.quote >= 0:
                found[person]["inquote"] = 1.0
                if speaker.get(person):
                    found[person]["speaker"] = speaker[person]
            if person in self._after_quote(at, begins):
                found[person]["quoted"] = 1.0
        found[NONE] = {"none": 1.0}
        if pronoun.quote >= 0:
            found[NONE]["none.quote"] = 1.0
        if not nearest:
            found[NONE]["none.alone"] = 1.0
        if words.is_heading(at):
            found[NONE]["none.heading"] = 1.0
        return found

    def _look_ahead(self, sentence: int, note: Callable[..., None]) -> None:
        """Note the people who come only after a pronoun before which nobody stands."""
        for there in range(sentence, sentence + 3):
            for number in self._by_sentence.get(there, []):
                role = "subj" if self.people.roles[number].startswith("subj") else "other"
                note(self.people.mentions[number].person, f"ahead.{role}")
                note(self.people.mentions[number].person, f"ahead.{there - sentence}")

    def _standing(
        self, person: int, active: dict[str, float], nearest: list[int], pronoun: Pronoun
    ) -> None:
        """Add the cues that a person has wherever the pronoun stands."""
        who = self.people.persons[person]
        active["share"] = len(who.mentions) / self._most
        if self._order.get(person) == 0:
            active["firstperson"] = 1.0
        rank = nearest.index(person) if person in nearest else 9
        active[f"rank{min(rank, 4)}"] = 1.0
        if len(nearest) == 1:
            active["only"] = 1.0
        active["named" if who.named else "relation" if who.relation else "noun"] = 1.0
        if not who.sure:
            active["unsure"] = 1.0

    def _owned(self, pronoun: Pronoun) -> int:
        """Return the person whom a possessive makes a relative of its own person, or NONE."""
        if pronoun.form != POSSESSIVE:
            return NONE
        for number in self._by_sentence.get(pronoun.sentence, []):
            m = self.people.mentions[number]
            if m.start == pronoun.at:
                return m.person
        return NONE

    def _boundaries(self, start: int, end: int) -> int:
        """Return how many signs and words that part clauses stand between."""
        low = self.words.low
        return sum(
            1
            for at in range(start, end)
            if low[at]
            in (
                ",",
                ";",
                ":",
                "that",
                "who",
                "which",
                "because",
                "when",
                "while",
                "but",
                "—",
                "and",
                "”",
                "“",
                '"',
                "as",
                "if",
            )
        )

    def _fronted(self, at: int, begins: int, ends: int) -> int:
        """Return where the main clause begins after a fronted phrase that holds the pronoun."""
        words = self.words
        if at - begins > 12:
            return -1
        while begins < at and words.text[begins] in "“\"‘”’'—–":
            begins += 1
        low = words.low[begins]
        opens = low in PREPOSITIONS or low in FRONTING or low.endswith(("ing", "ed"))
        if not opens and begins != at:
            return -1
        if (
            any(self.people.is_verb(place) for place in range(begins, at))
            and not low.endswith(("ing", "ed"))
            and low
            not in (
                "as",
                "when",
                "before",
                "after",
                "while",
                "if",
                "although",
                "because",
                "once",
                "since",
            )
        ):
            return -1
        for place in range(at + 1, min(ends, at + 25)):
            if words.text[place] == ",":
                return place + 1
        return at + 1

    def _subject(self, sentence: int) -> dict[int, float]:
        """Return who the subject of a sentence is: its first subject, noun or pronoun."""
        best: tuple[int, dict[int, float]] | None = None
        for number in self._by_sentence.get(sentence, []):
            if self.people.roles[number].startswith("subj"):
                m = self.people.mentions[number]
                best = (m.start, {m.person: 1.0})
                break
        for other in self._pronouns_of.get(sentence, []):
            if other.form == SUBJECT:
                if best is None or other.at < best[0]:
                    return other.soft
                break
        return best[1] if best else {}

    def _after_quote(self, at: int, begins: int) -> set[int]:
        """Return the people that the quotation right before the pronoun's clause mentions."""
        return set()


def masses(people: People, pronoun: Pronoun) -> tuple[float, float, float, float]:
    """Return the probability that the pronoun means somebody of its own gender, of the other,
    of a gender not known, or nobody."""
    same = other = unknown = 0.0
    for person, share in pronoun.scores.items():
        if person == NONE:
            continue
        gender = people.genders[person]
        if not gender:
            unknown += share
        elif gender == pronoun.gender:
            same += share
        else:
            other += share
    return same, other, unknown, pronoun.scores.get(NONE, 0.0)
