"""“He” and “she” of a body: “the company said he would hire”, and “its” of a spouse."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.pronouns.bodies import HEAD_REACH, MEMBERS, TIMES, may_mean_body
from transclean.checks.pronouns.descriptions import BE
from transclean.checks.pronouns.forms import OBJECT, POSSESSIVE, Pronoun, find_pronouns
from transclean.checks.pronouns.lists import WordLists, lists_of
from transclean.checks.pronouns.mentions import DETERMINERS, PREPOSITIONS, Mention
from transclean.checks.pronouns.people import CONJUNCTIONS, People, people_of
from transclean.checks.pronouns.words import Words
from transclean.checks.wordlists import word_set
from transclean.model import Applicability, Edit, Evidence, Fix
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicon, Lexicons


class Options(WordLists, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    bodies: Annotated[str, Meta(description="Lexicon of nouns for bodies: company, party.")]
    owned: Annotated[str, Meta(description="Lexicon of nouns for what bodies alone have.")]


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str]:
    for name in (*options.names(), options.bodies, options.owned):
        lexicons[name]
    return frozenset({"he", "his", "him", "she", "her"})


TYPE = CheckType(Options, _literals)

_PERSONAL = word_set("he she him her they them i we you who whom his hers himself herself")


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the personal pronouns that can only mean a company, a party, an office."""
    options: Options = context.options
    bodies = context.lexicons[options.bodies].once("set", _as_set)
    owned = context.lexicons[options.owned].once("set", _as_set)
    if not may_mean_body(context.document, bodies, owned):
        return
    people = people_of(context.document, lists_of(options, context.lexicons))
    search = _Search(people, bodies, owned)
    for pronoun, subject in search.found():
        yield _hit(context, people.words, pronoun, subject)


def _as_set(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.words)


class _Search:
    def __init__(self, people: People, bodies: frozenset[str], owned: frozenset[str]) -> None:
        self.people, self.words = people, people.words
        self.bodies, self.owned = bodies, owned
        self.named = self._named_bodies()
        self.first = min(
            (m.start for m in people.mentions if self._may_be_meant(m)), default=len(self.words)
        )

        self.meant = {m.end - 1 for m in people.mentions if self._may_be_meant(m)}

    def _may_be_meant(self, m: Mention) -> bool:
        """Whether “he” can mean the person of a mention: no relative, no name of a body."""
        if m.kind == "relation":
            return False
        before = range(max(0, m.start - 3), m.start)
        bare = m.kind == "name" and not m.gender and self.bodies.issuperset(m.nouns)
        of_a_body = any(self.words.low[at] in self.bodies for at in before)
        return not (bare and (of_a_body or self.words.text[m.start] in self.named))

    def _names_body(self, m: Mention) -> bool:
        """Whether a name is of a body although its noun may be a person’s: “supplier Lumina”."""
        return bool(m.nouns) and not m.gender and self.bodies.issuperset(m.nouns)

    def _named_bodies(self) -> set[str]:
        """Return the first words of the names that follow a noun for a body, “the firm Lumina”
        or “Energy supplier Lumina” where a sentence begins, as far as nobody is called so."""
        low, text, sentence = self.words.low, self.words.text, self.words.sentence
        opening = set(self.words.sentence_starts)
        people = {
            part
            for m in self.people.mentions
            if m.kind == "name" and (m.gender or m.nouns or m.sure) and not self._names_body(m)
            for part in m.name
        }
        return {
            text[at]
            for at in range(2, len(text))
            if text[at][0].isupper()
            and low[at - 1] in self.bodies
            and (
                low[at - 2] in DETERMINERS
                or low[at - 3] in DETERMINERS
                or not opening.isdisjoint((at - 1, at - 2))
            )
            and sentence[at - 1] == sentence[at]
            and text[at] not in people
        }

    def found(self) -> Iterator[tuple[Pronoun, tuple[int, int]]]:
        """Yield each pronoun that means a body, and the words that name the body."""
        last: tuple[int, int] | None = None
        spoken = -1  # the last sentence with such a pronoun
        for pronoun in find_pronouns(self.people):
            if pronoun.quote >= 0 or self.words.is_heading(pronoun.at):
                continue
            subject = self._subject(pronoun)
            by_name = subject is not None and self.words.text[subject[0]] in self.named
            alone = not by_name and self._is_alone(pronoun)
            if subject is None and alone and last and 0 <= pronoun.sentence - spoken <= 1:
                subject = last  # the next sentence goes on about the same body
            if subject is None and pronoun.form == POSSESSIVE:
                subject = self._clause_subject(pronoun)
                alone = False
            if subject is None:
                continue
            if alone or (pronoun.form == POSSESSIVE and self._is_owned(pronoun)):
                last, spoken = subject, pronoun.sentence
                yield pronoun, subject

    def _clause_subject(self, pronoun: Pronoun) -> tuple[int, int] | None:
        """Return the words of the body that is subject of a later clause of the sentence, with
        nobody between it and the pronoun: “… in exchange, the airline will keep his base”."""
        words = self.words
        begins, _ = words.sentence_span(pronoun.at)
        for at in range(pronoun.at - 1, begins, -1):
            low = words.low[at]
            if low in _PERSONAL or at in self.meant:
                return None
            if low == "which" and words.text[at - 1] == ",":
                is_said_to_be = not BE.isdisjoint(words.low[at + 1 : pronoun.at])
                does = self._has_verb(at + 1, pronoun.at) and not is_said_to_be
                return (at - 2, at - 2) if does else None
            if low in ("the", "this") and words.low[at - 1] in CONJUNCTIONS:
                head = self._head(at)
                if head >= 0 and self._has_verb(head + 1, pronoun.at):
                    return at, head
        return None

    def _subject(self, pronoun: Pronoun) -> tuple[int, int] | None:
        """Return the words of the body that is the subject of the pronoun's clause."""
        words = self.words
        begins, ends = words.sentence_span(pronoun.at)
        start = self._after_dateline(begins, pronoun.at)
        if words.low[start] in TIMES:
            start += 2 if words.text[start + 1] == "," else 1
        if words.text[start] in self.named and start < pronoun.at:
            head = start
            while words.text[head + 1][0].isupper():
                head += 1
            return (start, head) if self._has_verb(head + 1, pronoun.at) else None
        if words.low[start] in DETERMINERS:
            head = self._head(start)
            if head >= 0 and self._has_verb(head + 1, pronoun.at):
                return start, head
            return None
        if words.low[start] in PREPOSITIONS and pronoun.at - start < 8:
            # “In a note to his customers, the firm said …”
            for at in range(pronoun.at + 1, min(ends - 1, pronoun.at + 8)):
                if words.text[at] == ",":
                    head = self._head(at + 1) if words.low[at + 1] in DETERMINERS else -1
                    return (at + 1, head) if head >= 0 else None
        return None

    def _after_dateline(self, begins: int, limit: int) -> int:
        """Return where the sentence begins after a dateline: “LENS – The firm …”."""
        for at in range(begins, min(limit, begins + 6)):
            if self.words.text[at] in "–—-":
                return at + 1
        return begins

    def _head(self, at: int) -> int:
        """Return where the noun of the body stands in the phrase that begins at `at`, or -1."""
        words = self.words
        for place in range(at + 1, min(len(words), at + 1 + HEAD_REACH)):
            low = words.low[place]
            if low in self.bodies and not self.people.lists.is_person(low):
                following = words.low[place + 1] if place + 1 < len(words) else ""
                if following in self.bodies or self.people.lists.is_person(following):
                    continue
                if following in ("’s", "'s"):
                    return -1
                return place
            if not words.text[place][0].isalpha() or low in PREPOSITIONS or low in MEMBERS:
                return -1
            if self.people.is_verb(place) and not low.endswith("ed"):
                return -1
        return -1

    def _has_verb(self, start: int, end: int) -> bool:
        return any(self.people.is_verb(at) or self.words.low[at].endswith("s")
                   for at in range(start, end))  # fmt: skip

    def _is_alone(self, pronoun: Pronoun) -> bool:
        """Whether nobody is named before the pronoun or right after it."""
        if self.first < pronoun.at:
            return False
        _, ends = self.words.sentence_span(pronoun.at)
        return not any(
            pronoun.at < m.start < ends and self._may_be_meant(m) for m in self.people.mentions
        )

    def _is_owned(self, pronoun: Pronoun) -> bool:
        """Whether what follows the possessive belongs to bodies alone: “his turnover”."""
        low = self.words.low
        if low[pronoun.at - 1] == "in" and low[pronoun.at + 1 : pronoun.at + 2] == ["history"]:
            return True
        return any(low[at] in self.owned for at in range(pronoun.at + 1, pronoun.at + 3)
                   if at < len(low))  # fmt: skip


_NEUTER = {"he": "it", "she": "it", "him": "it", "himself": "itself", "herself": "itself",
           "his": "its", "hers": "its"}  # fmt: skip


def _hit(context: CheckContext, words: Words, pronoun: Pronoun, subject: tuple[int, int]) -> Hit:
    start, end = words.span(pronoun.at, pronoun.at)
    word = context.document.said(start, end)
    low = word.lower()
    other = ("it" if pronoun.form == OBJECT else "its") if low == "her" else _NEUTER[low]
    if word[0].isupper():
        other = other.capitalize()
    first, last = words.span(*subject)
    body = context.document.said(first, last)
    line = context.document.position(first)[0]
    opens = words.low[subject[0]] in DETERMINERS  # a name keeps its capital
    named = body[0].lower() + body[1:] if opens else body
    reason = "the only one that the pronoun can mean is no person"
    return Hit(
        start=start,
        end=end,
        message=f"“{word}” refers to “{named}” (line {line}), which is no person",
        evidence=(Evidence(start=first, end=last, reason=reason),),
        fixes=(
            Fix(
                applicability=Applicability.SUGGESTED,
                edits=(Edit(start=start, end=end, replacement=other),),
            ),
        ),
    )
