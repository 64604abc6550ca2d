"""Pronouns whose gender contradicts the person they mean.

words → mentions → people → binding (whom a pronoun may mean) → inference (genders and persons
together) → cues → vote → report, a module each.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from msgspec import Meta

from transclean.checks import CheckContext, Hit
from transclean.checks.pronouns.binding import Binder
from transclean.checks.pronouns.cues import Cues
from transclean.checks.pronouns.forms import Pronoun, is_of_either
from transclean.checks.pronouns.lists import WordLists, lists_of
from transclean.checks.pronouns.people import People, people_of
from transclean.checks.pronouns.report import (
    antecedent,
    evidence,
    message,
    replacement,
)
from transclean.checks.pronouns.vote import Weights, load_weights, probability
from transclean.checks.wordlists import vocabulary
from transclean.model import Applicability, Document, Edit, Fix
from transclean.rulebook.checktypes import CheckType
from transclean.rulebook.lexicons import Lexicons


class Options(WordLists, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule says to this check."""

    weights: Annotated[str, Meta(description="Name of a file of weights in rules/weights.")]
    at_least: Annotated[
        float, Meta(gt=0, le=1, description="Probability of being wrong from which to flag.")
    ]
    below: Annotated[
        float, Meta(gt=0, le=1, description="Probability from which another rule flags.")
    ] = 1.0
    rival: Annotated[
        float,
        Meta(
            gt=0,
            le=1,
            description="Probability from which someone without name and gender silences.",
        ),
    ] = 1.0
    applicability: Annotated[
        Applicability | None, Meta(description="Of the other pronoun; none is offered without.")
    ] = None


def _literals(options: Options, lexicons: Lexicons) -> frozenset[str]:
    for name in options.names():
        lexicons[name]
    return frozenset({"he", "his", "him", "she", "her"})


TYPE = CheckType(Options, _literals)


class Judgement(NamedTuple):
    """What was found out about a document."""

    people: People
    pronouns: list[Pronoun]
    cues: Cues
    weights: Weights
    known: dict[int, float]  # the probabilities found so far

    def probability(self, number: int) -> float:
        """Return how likely a pronoun that may be wrong is."""
        if number not in self.known:
            self.known[number] = probability(self.weights, self.cues.of(number))
        return self.known[number]


def run(context: CheckContext) -> Iterator[Hit]:
    """Yield the pronouns of the wrong gender, with the other pronoun to put there."""
    options: Options = context.options
    key = f"pronouns {options.weights} {options.names()}"
    judgement = context.document.once(key, lambda document: _judge(document, context))
    if judgement is None:
        return
    people = judgement.people
    for number, pronoun in enumerate(judgement.pronouns):
        # First what is cheap: a rival silences whatever the probability.
        if (
            not judgement.cues.may_be_wrong(number)
            or people.rival(pronoun.soft) >= options.rival
            or is_of_either(people.words, pronoun.at)
            or judgement.cues.is_of_two(number)
        ):
            continue
        likely = judgement.probability(number)
        if options.at_least <= likely < options.below:
            hit = _hit(context.document, options, judgement, pronoun, likely)
            if hit is not None:
                yield hit


def _judge(document: Document, context: CheckContext) -> Judgement | None:
    options: Options = context.options
    lists = lists_of(options, context.lexicons)
    if not lists.may_contradict(vocabulary(document)):
        return None
    weights = load_weights(options.weights)
    people = people_of(document, lists)
    pronouns = Binder(people, weights.binding).bind()
    return Judgement(people, pronouns, Cues(people, pronouns), weights, {})


def _hit(
    document: Document, options: Options, judgement: Judgement, pronoun: Pronoun, likely: float
) -> Hit | None:
    people = judgement.people
    start, end = people.words.span(pronoun.at, pronoun.at)
    word = document.said(start, end)
    person = antecedent(people, pronoun, judgement.cues.leanings(pronoun))
    if person is None or person.neutral:
        return None
    shown = evidence(document, people, judgement.pronouns, pronoun, person)
    fixes: tuple[Fix, ...] = ()
    if options.applicability is not None:
        edit = Edit(start=start, end=end, replacement=replacement(word, pronoun.form))
        fixes = (Fix(applicability=options.applicability, edits=(edit,)),)
    return Hit(
        start=start,
        end=end,
        message=message(document, word, people, person, shown),
        confidence=round(likely, 2),
        evidence=shown,
        fixes=fixes,
    )
