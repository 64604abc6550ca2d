"""Whom a pronoun means, by place and grammar alone: its gender is not looked at.

Every person in reach gets a score, a sum of weights of the cues that hold (Lappin and Leass,
“An Algorithm for Pronominal Anaphora Resolution”, 1994, in the log-linear form of Denis and
Baldridge, “Specialized Models and Ranking for Coreference Resolution”, 2008); the weights are
learned. Earlier pronouns count as mentions of the people they probably mean.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate
from math import exp
from operator import attrgetter

from transclean.checks.pronouns.forms import POSSESSIVE, SLOTS, SUBJECT, Pronoun, find_pronouns
from transclean.checks.pronouns.lists import FEMALE, FRONTING, MALE
from transclean.checks.pronouns.mentions import PREPOSITIONS
from transclean.checks.pronouns.people import People
from transclean.checks.wordlists import word_set

NONE = -1  # nobody of the document's people
REACH = 12  # sentences
_PARTING = word_set(
    ', ; : that who which because when while but — and ” “ " as if'
)  # signs and words between clauses
_OPENING = word_set("as when before after while if although because once since")
_ASIDE = word_set("which who whose where interrupted read written delivered published broadcast")
_NEAR = ("0", "1", "2", *"333", *"6666666")  # how a cue calls the sentences before, by distance
_LONGEST_FRONTED = 8  # words in a phrase without a comma before its clause
_COOLING = 0.6  # what is left of a person's heat a sentence later
_RANKS = ("rank0", "rank1", "rank2", "rank3", "rank4")


Weights = Mapping[str, float]
Found = dict[int, dict[str, float]]  # the cues of each person that hold, and how much


def _kind_of(preposition: str) -> str:
    return preposition if preposition in ("for", "on", "of", "to", "with", "from", "in") else "x"


class _Sums(dict[str, float]):
    """The weights of cues for pronouns in one slot, as far as they were needed."""

    def __init__(self, weights: Weights, slot: str) -> None:
        super().__init__()
        self.weights, self.slot = weights, slot

    def __missing__(self, cue: str) -> float:
        weight = self[cue] = self.weights.get(cue, 0.0) + self.weights.get(self.slot + cue, 0.0)
        return weight


def _sums_of(weights: Weights) -> dict[str, _Sums]:
    """Return the weights for each slot of pronouns, kept from document to document."""
    if id(weights) not in _made:
        # The weights are kept, so that no others get their id.
        _made[id(weights)] = weights, {slot: _Sums(weights, slot) for slot in SLOTS}
    return _made[id(weights)][1]


_made: dict[int, tuple[Weights, dict[str, _Sums]]] = {}


class Binder:
    """Binds the pronouns of one document, left to right."""

    def __init__(self, people: People, weights: Weights) -> None:
        self.people, self.words = people, people.words
        self.pronouns: list[Pronoun] = []
        self._sums = _sums_of(weights)
        self._subjects = {
            m.start
            for m, role in zip(people.mentions, people.roles, strict=True)
            if role == "subj" and m.kind != "relation"
        }
        self._by_sentence: dict[int, list[int]] = {}
        for number, m in enumerate(people.mentions):
            self._by_sentence.setdefault(self.words.sentence[m.start], []).append(number)
        self._spoken_of = {there: self._people_in(there) for there in self._by_sentence}
        self._pronouns_of: dict[int, list[Pronoun]] = {}
        self._tallies: dict[int, dict[str, float]] = {}
        self._most = max((len(p.mentions) for p in people.persons), default=1)
        self._first = people.mentions[0].person if people.mentions else NONE
        # How much was said of each person up to the pronoun, the latest most.
        self._heat: dict[int, float] = {}
        self._heated = 0, 0  # the mentions in it, and the sentence up to which it cooled
        # How many signs and words that part clauses stand before each word.
        self._parting = list(accumulate(map(_PARTING.__contains__, self.words.low), initial=0))
        self._earlier: tuple[tuple[int, int], Found, list[int]] = ((-1, NONE), {}, [])
        self._spoken: dict[int, int] = {}  # the quotation that the pronoun at a word speaks
        self._quoting: dict[
            int, Pronoun
        ] = {}  # the pronoun that speaks one whose speaker has no name
        # What the pronoun at a word is said to be: “he is the first woman”.
        self._said_to_be = people.said_to_be()
        # Whom each quotation speaks of, who is hardly its speaker.
        self._told: dict[int, set[int]] = {}
        for m in people.mentions:
            if self.words.quote[m.start] >= 0:
                self._told.setdefault(self.words.quote[m.start], set()).add(m.person)

    def _people_in(self, sentence: int) -> list[tuple[int, str, bool]]:
        """Return whom a sentence mentions, the last first: the person, the kind of role, and
        whether as a relative; each once."""
        found: dict[tuple[int, str, bool], None] = {}
        for number in reversed(self._by_sentence[sentence]):
            m, role = self.people.mentions[number], self.people.roles[number]
            kind = "oblique" if role in ("of", "prep", "poss") else "other"
            if role.startswith("subj"):
                kind = "subj"
            if self.words.quote[m.start] >= 0:
                kind += ".quoted"
            found[m.person, kind, m.kind == "relation"] = None
        return list(found)

    def bind(self) -> list[Pronoun]:
        """Return all pronouns, each with the people that it may mean."""
        for pronoun in self.in_order():
            cues = self.cues(pronoun)
            self.settle(pronoun, cues)
        return self.pronouns

    def in_order(self) -> list[Pronoun]:
        """Return the pronouns as they are to be bound: the speaker of a quotation before those
        inside it, the others as they stand."""
        pronouns = find_pronouns(self.people)
        for pronoun in pronouns:
            quote = self._spoken_by(pronoun)
            if quote == NONE:
                continue
            self._spoken[pronoun.at] = quote
            if not self.people.speakers[quote]:
                self._quoting.setdefault(quote, pronoun)
        if not self._quoting:
            return pronouns
        early = {
            pronoun.at: self.words.quotes[quote][0] for quote, pronoun in self._quoting.items()
        }
        return sorted(
            pronouns, key=lambda pronoun: min(early.get(pronoun.at, pronoun.at), pronoun.at)
        )

    def _spoken_by(self, pronoun: Pronoun) -> int:
        """Return the quotation that a pronoun speaks, or NONE: “…”, she said; she added: “…”."""
        words, at, reporting = self.words, pronoun.at, self.people.lists.reporting
        if pronoun.form != SUBJECT or pronoun.quote >= 0:
            return NONE
        if pronoun.slot == "q":
            for before in (at - 1, at - 2):
                if before >= 0 and words.quote[before] >= 0:
                    return words.quote[before]
        end = min(len(words), at + 10)
        said = False
        for place in range(at + 1, end):
            if words.segment[place] != words.segment[at]:
                break
            if words.quote[place] >= 0:
                return words.quote[place] if said else NONE
            said = said or words.low[place] in reporting
        return NONE

    def settle(self, pronoun: Pronoun, cues: Found) -> None:
        """Turn the cues of each person into probabilities and remember the pronoun."""
        weights, gender = self._sums[pronoun.slot], pronoun.gender
        totals = {}
        for person, active in cues.items():
            total = 0.0
            for cue, value in active.items():
                total += value * weights[cue]
            totals[person] = total
        top = max(totals.values())
        raised = {person: exp(total - top) for person, total in totals.items()}
        whole = sum(raised.values())
        pronoun.scores = {person: value / whole for person, value in raised.items()}
        if pronoun.at in self._said_to_be:
            pronoun.scores = self._fitting(pronoun)
        soft = {
            person: share * self._agreement(person, gender)
            for person, share in pronoun.scores.items()
        }
        whole = sum(soft.values())
        pronoun.soft = {person: value / whole for person, value in soft.items()}
        for person, share in pronoun.soft.items():
            if share > 0.05:
                self._heat[person] = self._heat.get(person, 0.0) + share
        for person, share in pronoun.scores.items():
            tally = self._tallies.get(person)
            if tally is None:
                tally = self._tallies[person] = {FEMALE: 0.0, MALE: 0.0}
            tally[gender] += share
        insort(self.pronouns, pronoun, key=attrgetter("at"))
        insort(self._pronouns_of.setdefault(pronoun.sentence, []), pronoun, key=attrgetter("at"))

    def _fitting(self, pronoun: Pronoun) -> dict[int, float]:
        """Return whom a pronoun means that is said to be a woman or a man: “he is the first
        woman” is hardly said of a man."""
        said, genders = self._said_to_be[pronoun.at], self.people.genders
        if said.definite and genders[said.person] == said.gender:
            return {said.person: 1.0}
        gender = said.gender
        shares = {
            person: share if person == NONE or genders[person] in ("", gender) else share * 0.05
            for person, share in pronoun.scores.items()
        }
        whole = sum(shares.values())
        return {person: share / whole for person, share in shares.items()}

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

    def cues(self, pronoun: Pronoun) -> Found:
        """Return for each person in reach, and for nobody, the cues that hold."""
        owned = self._owned(pronoun)
        found: Found = defaultdict(dict)
        ranks = self._note_mentions(pronoun, found)
        self._note_fronted(pronoun, owned, found)
        self._note_pronouns(pronoun, found)
        earlier, people = self._before(pronoun.sentence, owned)
        for person, active in earlier.items():
            found[person].update(active)
        for person in people:
            ranks.setdefault(person, len(ranks))
        if not found:
            self._look_ahead(pronoun.sentence, found)
        found.pop(owned, None)
        self._note_standing(pronoun, ranks, found)
        nobody = found[NONE] = {"none": 1.0}
        if pronoun.quote >= 0:
            nobody["none.quote"] = 1.0
        if not ranks:
            nobody["none.alone"] = 1.0
        if self.words.is_heading(pronoun.at):
            nobody["none.heading"] = 1.0
        return found

    def _note_mentions(self, pronoun: Pronoun, found: Found) -> dict[int, int]:
        """Note the people before the pronoun in its sentence; return them, the last first, with
        their ranks."""
        people, words, at = self.people, self.words, pronoun.at
        ranks: dict[int, int] = {}
        for number in reversed(self._by_sentence.get(pronoun.sentence, ())):
            m = people.mentions[number]
            if m.end > at:
                continue
            role, active = people.roles[number], found[m.person]
            gap = self._boundaries(m.end, at)
            active[f"0{role}"] = 1.0
            active[f"0{role}.{min(gap, 3)}"] = 1.0
            if gap == 0 and role.startswith("subj"):
                active["0subj.clause"] = 1.0
            if m.end == at - 1 and words.low[m.end] in PREPOSITIONS:
                part = "obj" if role == "obj" else "other"
                active[f"0{part}.{_kind_of(words.low[m.end])}"] = 1.0
            if role == "obj" and gap == 0 and m.end < at - 1:
                active["0obj.clause"] = 1.0
            if words.quote[m.start] != pronoun.quote:
                active["0otherside"] = 1.0
            ranks.setdefault(m.person, len(ranks))
        return ranks

    def _note_fronted(self, pronoun: Pronoun, owned: int, found: Found) -> None:
        """Note the first person of the main clause after a fronted phrase with the pronoun."""
        inside = self._by_sentence.get(pronoun.sentence)
        fronted = self._fronted(pronoun.at) if inside else -1
        if not inside or fronted < 0:
            return
        for number in inside:
            m = self.people.mentions[number]
            if m.start >= fronted and m.person != owned:
                found[m.person][f"after.{self.people.roles[number]}"] = 1.0
                found[m.person]["after.first"] = 1.0
                if m.start <= fronted + 1:
                    found[m.person]["after.next"] = 1.0
                break

    def _note_pronouns(self, pronoun: Pronoun, found: Found) -> None:
        """Note the people whom earlier pronouns of the sentence mean."""
        subject_seen = False
        latest = True
        for other in reversed(self._pronouns_of.get(pronoun.sentence, ())):
            if other.at > pronoun.at:
                continue
            gap = min(self._boundaries(other.at + 1, pronoun.at), 2)
            side = "0" if other.quote == pronoun.quote else "0q"
            names = [f"{side}pro{other.slot}"]
            if other.form == SUBJECT and not subject_seen:
                names.append(f"{side}prosubj.{gap}")
                subject_seen = True
            if latest:
                names.append(f"{side}last{other.slot}.{gap}")
                latest = False
            for person, share in other.soft.items():
                if share > 0.05:
                    active = found[person]
                    for name in names:
                        if active.get(name, 0.0) < share:
                            active[name] = share

    def _before(self, sentence: int, owned: int) -> tuple[Found, list[int]]:
        """Return the cues of the people in the sentences before, and those whom mentions name,
        the nearest first. They are the same for all pronouns of a sentence."""
        key = sentence, owned
        if self._earlier[0] == key:
            return self._earlier[1:]
        words, segment = self.words, self.words.segment
        here = segment[words.sentence_starts[sentence]]
        found: Found = defaultdict(dict)
        named: dict[int, None] = {}
        for back in range(1, min(REACH, sentence) + 1):
            there, near = sentence - back, _NEAR[back]
            same_paragraph = segment[words.sentence_starts[there]] == here
            for person, kind, relation in self._spoken_of.get(there, ()):
                if relation and person == owned and back > 3:
                    continue
                active = found[person]
                active[near + kind] = 1.0
                if same_paragraph:
                    active[near + "par"] = 1.0
                named[person] = None
            if back <= 5:
                for other in reversed(self._pronouns_of.get(there, ())):
                    name = f"{near}pro{other.form if back < 3 else ''}"
                    for person, share in other.soft.items():
                        if share > 0.1 and found[person].get(name, 0.0) < share:
                            found[person][name] = share
            if back <= 2:
                for person, share in self._subject(there).items():
                    found[person][near + "first"] = share
        self._earlier = key, found, list(named)
        return self._earlier[1:]

    def _look_ahead(self, sentence: int, found: Found) -> None:
        """Note the people who come only after a pronoun before which nobody stands."""
        for there in range(sentence, sentence + 3):
            for number in self._by_sentence.get(there, ()):
                active = found[self.people.mentions[number].person]
                role = "subj" if self.people.roles[number].startswith("subj") else "other"
                active[f"ahead.{role}"] = 1.0
                active[f"ahead.{there - sentence}"] = 1.0

    def _warm(self, pronoun: Pronoun) -> None:
        """Bring up to the pronoun how much was said of each person."""
        done, sentence = self._heated
        if pronoun.sentence > sentence:
            less = _COOLING ** (pronoun.sentence - sentence)
            for person in self._heat:
                self._heat[person] *= less
        mentions = self.people.mentions
        while done < len(mentions) and mentions[done].end <= pronoun.at:
            m = mentions[done]
            age = pronoun.sentence - self.words.sentence[m.start]
            subject = self.people.roles[done].startswith("subj")
            heat = (1.5 if subject else 1.0) * _COOLING**age
            self._heat[m.person] = self._heat.get(m.person, 0.0) + heat
            done += 1
        self._heated = done, max(sentence, pronoun.sentence)

    def _note_standing(self, pronoun: Pronoun, ranks: Mapping[int, int], found: Found) -> None:
        """Add the cues that a person has wherever the pronoun stands."""
        quoted = pronoun.quote >= 0
        speaker = self._speaker(pronoun.quote) if quoted else {}
        told = self._told.get(self._spoken.get(pronoun.at, NONE), ())
        self._warm(pronoun)
        whole = sum([self._heat.get(person, 0.0) for person in found]) + 0.1
        for person, active in found.items():
            if person == NONE:
                continue
            who = self.people.persons[person]
            active["share"] = len(who.mentions) / self._most
            active["heat"] = self._heat.get(person, 0.0) / whole
            if person == self._first:
                active["firstperson"] = 1.0
            active[_RANKS[min(ranks.get(person, 9), 4)]] = 1.0
            if len(ranks) == 1:
                active["only"] = 1.0
            active["named" if who.named else "relation" if who.relation else "noun"] = 1.0
            if not who.sure:
                active["unsure"] = 1.0
            if person in told:
                active["told"] = 1.0
            if quoted:
                active["inquote"] = 1.0
                if speaker.get(person):
                    active["speaker"] = speaker[person]

    def _speaker(self, quote: int) -> Mapping[int, float]:
        """Return who speaks a quotation, as far as a mention or a pronoun says so."""
        while True:
            named = self.people.speakers[quote]
            if named:
                return named
            if quote in self._quoting:
                return self._quoting[quote].scores
            if not self.people.continuing[quote]:
                return {}
            quote -= 1

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
        return self._parting[end] - self._parting[start]

    def _fronted(self, at: int) -> int:
        """Return where the main clause begins after a fronted phrase that holds the pronoun."""
        words = self.words
        begins, ends = words.clause_start(at), words.sentence_span(at)[1]
        if at - begins > 12:
            return -1
        while begins < at and words.text[begins] in "“\"‘”’'—–":
            begins += 1
        low = words.low[begins]
        verbal = low.endswith(("ing", "ed"))
        opens = verbal or low in PREPOSITIONS or low in FRONTING
        if not opens and begins != at:
            return -1
        if not (verbal or low in _OPENING) and any(map(self.people.is_verb, range(begins, at))):
            return -1
        for place in range(at + 1, min(ends, at + _LONGEST_FRONTED)):
            if words.text[place] == "," or self.people.is_verb(place):
                break
            if place in self._subjects:
                return place  # “By her own count Ms. Roy has …”
        aside = False  # in a clause between commas: “In his request, which …, the prosecutor”
        for place in range(at + 1, min(ends, at + 25)):
            if words.text[place] == ",":
                if not aside and place + 1 < ends and words.low[place + 1] in _ASIDE:
                    aside = True
                    continue
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
