#!/usr/bin/env python3
"""Show where the vote on pronouns errs: texts with what a model that had not seen them missed
and flagged falsely, the people each such pronoun may mean, and what is known of their genders.

The texts of part 0 are left out, so that there are some which nobody looked at.
"""

from __future__ import annotations

import argparse
import sys
from typing import TextIO

from corpus import Case
from reading import options, people_of, place_of
from train import Judged, all_cases, fold_of, held_out

from transclean.checks.pronouns.binding import NONE, Binder
from transclean.checks.pronouns.cues import Cues
from transclean.checks.pronouns.forms import Pronoun
from transclean.checks.pronouns.people import People
from transclean.checks.pronouns.report import name_of

FLAGGED = options().at_least


def show(judged: Judged, out: TextIO) -> None:
    """Print a text with its errors marked, and below it what is behind each."""
    case = judged.case
    people = people_of(case.text)
    pronouns = Binder(people, judged.binding).bind()
    places = [place_of(people, pronoun.at) for pronoun in pronouns]
    kinds = [_kind(case, place, score) for place, score in zip(places, judged.scores, strict=True)]
    if not any(kinds):
        return
    text, last = "", 0
    for place, kind, score in zip(places, kinds, judged.scores, strict=True):
        end = place + len(_word(case, place))
        text += case.text[last:end]
        if kind or place in case.wrong or score > 0.3:
            text += f"[{kind or ('+' if place in case.wrong else '')}{score:.2f}]"
        last = end
    print(f"=== {case.id}\n{text}{case.text[last:]}", file=out)
    cues = Cues(people, pronouns)
    for pronoun, place, kind in zip(pronouns, places, kinds, strict=True):
        if kind:
            print(f"  {kind} {_word(case, place)} at {place}: "
                  f"{_candidates(people, cues, pronoun)}", file=out)  # fmt: skip


def _kind(case: Case, place: int, score: float) -> str:
    if place in case.things:
        return ""
    wrong = place in case.wrong
    if wrong == (score >= FLAGGED):
        return ""
    return "MISSED " if wrong else "FALSE "


def _word(case: Case, place: int) -> str:
    end = place
    while end < len(case.text) and case.text[end].isalpha():
        end += 1
    return case.text[place:end]


def _candidates(people: People, cues: Cues, pronoun: Pronoun) -> str:
    parts = []
    for person, share in sorted(pronoun.scores.items(), key=lambda item: -item[1])[:4]:
        if person == NONE:
            parts.append(f"nobody {share:.2f}")
        elif share >= 0.04:
            lean, behind = cues.leaning(person, pronoun)
            shown = people.genders[person] or "?"
            name = name_of(people, people.persons[person])
            parts.append(f"{name} {share:.2f} ({shown}, other {lean:.2f} of {behind:.1f})")
    verdict = cues.verdicts[cues.pronouns.index(pronoun)]
    return f"{'; '.join(parts)}; other {verdict.other:.2f}, odds {verdict.odds:.1f}"


def main() -> None:
    """Show the errors in one kind of text."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("domain", nargs="?", default="news", choices=("news", "gum", "gap"))
    domain = arguments.parse_args().domain
    judged = [one for one in held_out(all_cases()) if one.case.domain == domain]
    seen = [one for one in judged if fold_of(one.case) != 0]
    for one in seen:
        show(one, sys.stdout)
    flagged = sum(int((one.scores >= FLAGGED).sum()) for one in seen)
    right = sum(int((one.sample.wrong & (one.scores >= FLAGGED)).sum()) for one in seen)
    wrong = sum(len(one.case.wrong) for one in seen)
    print(f"{wrong} wrong pronouns, {right} of them among {flagged} flagged")


if __name__ == "__main__":
    main()
