"""Texts whose pronouns are known to be right or wrong, to learn from and to measure on.

A text of right pronouns gives wrong ones by flipping those of one person, as a translator
does: most possessives go wrong together, subjects seldom.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import CalledProcessError, run
from typing import NamedTuple

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "quality" / "pronouns"

# LitBank, a hundred novels' beginnings with their coreference (Bamman et al., LREC 2020), CC BY.
LITBANK_SOURCE = "https://github.com/dbamman/litbank"
LITBANK_COMMIT = "3e50db0ffc033d7ccbb94f4d88f6b99210328ed8"
LITBANK = Path.home() / ".cache" / "transclean-benchmarks" / "litbank"

# GUM's genres whose terms forbid commercial use: measured on, never trained on.
NOT_FOR_TRAINING = frozenset({"essay", "fiction", "letter", "podcast"})

FEMALE, MALE = "f", "m"
PRONOUNS = {
    "he": ("m", "s"), "she": ("f", "s"), "him": ("m", "o"), "himself": ("m", "r"),
    "herself": ("f", "r"), "hers": ("f", "i"), "his": ("m", "p"), "her": ("f", "p"),
}  # fmt: skip
_PRONOUN = re.compile(r"\b(?:he|she|him|himself|herself|hers|his|her)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^=== (?P<id>\S+) (?P<language>\S+)\n(?P<key>.*?)^---\n", re.M | re.S)
_MARKED = re.compile(r"\b(?P<word>[A-Za-z]+)\{(?P<who>[A-Z])\}")


# Titles of women and of men.
TITLES = {
    "en": (("Ms.", "Ms.", "Mrs."), ("Mr.",)),
    "fr": (("Mme", "Ms."), ("M.", "Mr.")),
    "es": (("Sra.", "Doña"), ("Sr.", "Don")),
    "pt": (("Sra.", "Dona"), ("Sr.",)),
    "it": (("Signora", "Ms."), ("Sig.", "Mr.")),
    "de": (("Frau",), ("Herr",)),
    "nl": (("Mevrouw", "Mrs."), ("Mr.", "Meneer")),
}


class Case(NamedTuple):
    """A text; `wrong` holds the starts of its wrong pronouns, `who` the person of each known."""

    id: str
    group: str  # texts of one group are variants of each other
    domain: str
    text: str
    wrong: frozenset[int]
    who: dict[int, str]  # start of a pronoun to a letter
    people: dict[str, tuple[str, str]]  # letter to gender and description
    train: bool = True
    things: frozenset[int] = frozenset()  # starts of wrong pronouns that mean things
    spots: tuple[tuple[int, int, str], ...] = ()  # start and end of other mentions, and letter
    language: str = "en"  # that it reads as if translated from


def development() -> Iterator[Case]:
    """Yield the development data, as far as it is there."""
    for name in ("news", "pronouns-gum", "pronouns-gap"):
        path = SHARED / f"{name}.dev.jsonl"
        if not path.exists():
            continue
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            domain = name.removeprefix("pronouns-")
            wrong = {g["start"] for g in row["gold"] if g.get("kind") != "thing"}
            things = {g["start"] for g in row["gold"]} - wrong
            yield Case(
                row["id"], _group(row["id"], domain), domain, row["text"],
                frozenset(wrong), {}, {}, row.get("genre") not in NOT_FOR_TRAINING,
                frozenset(things),
            )  # fmt: skip


def _group(case: str, domain: str) -> str:
    if domain == "gum":
        return re.sub(r"-(?:clean|\d+-[a-z-]+)$", "", case)
    if domain == "gap":
        return re.sub(r"-(?:clean|flip)$", "", case)
    return case


def articles() -> Iterator[Case]:
    """Yield the articles written for training, all pronouns right and their persons known."""
    for path in sorted((HERE / "articles").glob("?.txt")):
        yield from _written(path)


def snippets() -> Iterator[Case]:
    """Yield such texts again, like those of an encyclopaedia."""
    for case in _written(HERE / "articles" / "snippets.txt"):
        yield case._replace(domain="snippet")


def _written(path: Path) -> Iterator[Case]:
    content = path.read_text(encoding="utf-8")
    heads = list(_ARTICLE.finditer(content))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        marked = content[head.end() : following.start() if following else None].strip()
        yield _article(head["id"], marked, _people(head["key"]), head["language"])


def _people(key: str) -> dict[str, tuple[str, str]]:
    people = {}
    for line in key.splitlines():
        letter, gender, description = line.split(" ", 2)
        people[letter] = (gender, description)
    return people


def _article(case: str, marked: str, people: dict[str, tuple[str, str]], language: str) -> Case:
    text, last, who = "", 0, {}
    for found in _MARKED.finditer(marked):
        text += marked[last : found.start()]
        if found["word"].lower() in PRONOUNS:
            who[len(text)] = found["who"]
        text += found["word"]
        last = found.end()
    text += marked[last:]
    return Case(case, case, "article", text, frozenset(), who, people, language=language)


def fetch_litbank() -> None:
    """Fetch LitBank once; what can't be fetched is said and done without."""
    if LITBANK.exists():
        return
    LITBANK.parent.mkdir(parents=True, exist_ok=True)
    try:
        run(["git", "clone", "--quiet", LITBANK_SOURCE, str(LITBANK)], check=True)
        run(["git", "-C", str(LITBANK), "checkout", "--quiet", LITBANK_COMMIT], check=True)
    except (OSError, CalledProcessError) as error:
        print(f"without LitBank: {error}", file=sys.stderr)


def opening(case: Case, least: int = 40) -> Case:
    """Return the first paragraphs of a text, `least` words or more: short texts count, too."""
    ends = [found.start() for found in re.finditer(r"\n\n", case.text)] + [len(case.text)]
    end = next((end for end in ends if len(case.text[:end].split()) >= least), ends[-1])
    who = {start: letter for start, letter in case.who.items() if start < end}
    return case._replace(id=f"{case.id}-opening", domain="opening", text=case.text[:end], who=who)


def titled(case: Case, names: dict[int, str], seed: random.Random) -> Case:
    """Return a text with titles before most names of some of its people, as translated news
    have them; `names` holds the person of the name at each offset that has no title."""
    language = case.language if seed.random() < 0.5 else "en"
    bearers = {
        letter: seed.choice(TITLES[language][0 if case.people[letter][0] == FEMALE else 1])
        for letter in sorted({*names.values()})
        if case.people[letter][0] in "fm" and seed.random() < 0.75
    }
    edits = {
        start: (start, f"{bearers[names[start]]} ")
        for start in sorted(names)
        if names[start] in bearers and seed.random() < 0.85
    }
    text, moved = _edited(case, edits)
    who = {moved[start]: letter for start, letter in case.who.items()}
    return case._replace(id=f"{case.id}-titled", text=text, who=who)


def _edited(case: Case, edits: dict[int, tuple[int, str]]) -> tuple[str, dict[int, int]]:
    """Return the text with its edits (start to end and what goes there), and where each edit's
    place and each known pronoun went; what is put before a pronoun stands before it."""
    text, last, moved = "", 0, {}
    for start in sorted({*case.who, *edits}):
        text += case.text[last:start]
        last, put = edits.get(start, (start, ""))
        moved[start] = len(text) + (len(put) if last == start else 0)
        text += put
    return text + case.text[last:], moved


def litbank() -> Iterator[Case]:
    """Yield LitBank's novels, all pronouns right and their persons known, if it was fetched."""
    for path in sorted((LITBANK / "coref" / "brat").glob("*.txt")):
        text, moved = _detokenized(path.read_text(encoding="utf-8"))
        tsv = LITBANK / "coref" / "tsv" / f"{path.stem}.ann"
        persons = {
            mention: person
            for kind, mention, person, *_ in map(str.split, tsv.read_text("utf-8").splitlines())
            if kind == "COREF"
        }
        who, spots, genders = {}, [], {}
        for line in path.with_suffix(".ann").read_text("utf-8").splitlines():
            if not line.startswith("T"):
                continue
            mention, kind, begin, end, word = re.split("[\t ]", line, maxsplit=4)
            person = persons.get(mention)
            if person is None or not kind.endswith("_PER"):
                continue
            start, last = moved[int(begin)], moved[int(end) - 1] + 1
            if word.lower() in PRONOUNS:
                who[start] = person
                genders.setdefault(person, []).append(PRONOUNS[word.lower()][0])
            elif not kind.startswith("PRON"):
                spots.append((start, last, person))
        # A person with pronouns of both genders is an error of the annotation, or a disguise.
        people = {
            person: (found[0] if len(set(found)) == 1 else "x", "")
            for person, found in genders.items()
        }
        yield Case(path.stem, path.stem, "litbank", text, frozenset(), who, people,
                   spots=tuple(spots))  # fmt: skip


def _detokenized(tokens: str) -> tuple[str, list[int]]:
    """Return a text of tokens as people write it, and where each of its characters went."""
    glued = set()  # places of blanks that go
    for match in re.finditer(
        r" (?=(?:[,.;:!?)\]]|'(?:s|ll|re|ve|d|m|S)\b|n't\b|''))|(?<=[(\[]) ", tokens
    ):
        glued.add(match.start())
    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", tokens):
        opening = True
        for mark in re.finditer('"', paragraph[0]):
            at = paragraph.start() + mark.start()
            glued.add(at + 1 if opening else at - 1)
            opening = not opening
    text, moved, lines = "", [], 0
    for at, sign in enumerate(tokens):
        moved.append(len(text))
        if at in glued:
            continue
        if sign == "\n":
            lines += 1
            text += "\n\n" if lines % 4 == 0 else " "
        else:
            text += sign
    return text, moved


def flipped(word: str, following: str, form: str) -> str:
    """Return the other gender's pronoun of the same form."""
    low = word.lower()
    if low == "her":
        other = "his" if form == "p" else "him"
    else:
        other = {"he": "she", "she": "he", "him": "her", "his": "her" if form == "p" else "hers",
                 "hers": "his", "himself": "herself", "herself": "himself"}[low]  # fmt: skip
    return other.capitalize() if word[0].isupper() else other


def flip(case: Case, places: set[int], forms: dict[int, str], name: str) -> Case:
    """Return the case with the pronouns at `places` given the other gender."""
    edits = {}
    for start in places:
        word = _PRONOUN.match(case.text, start)
        assert word is not None
        edits[start] = word.end(), flipped(word[0], "", forms[start])
    text, moved = _edited(case, edits)
    wrong = frozenset(moved[start] for start in places)
    who = {moved[start]: letter for start, letter in case.who.items()}
    return case._replace(id=f"{case.id}-{name}", text=text, wrong=wrong, who=who, spots=())


def variants(
    case: Case, forms: dict[int, str], shown: set[str], seed: random.Random, kinds: Sequence[str]
) -> Iterator[Case]:
    """Yield flipped variants of a text whose pronouns are right and their persons known.

    Of persons whose gender the text does not show (`shown` has the letters of the others) at
    most a third goes wrong: nobody could tell otherwise.
    """
    by_person: dict[str, list[int]] = {}
    for start, letter in case.who.items():
        if start in forms and case.people.get(letter, ("x", ""))[0] in "fm":
            by_person.setdefault(letter, []).append(start)
    letters = sorted(x for x, starts in by_person.items() if len(starts) >= 2 or x in shown)
    if not letters:
        return
    for number, kind in enumerate(kinds):
        chosen = {seed.choice(letters)}
        if kind == "news":
            women = [x for x in letters if case.people[x][0] == FEMALE]
            if women and seed.random() < 0.6:
                chosen = {seed.choice(women)}
            if len(letters) > 1 and seed.random() < 0.3:
                chosen.add(seed.choice(letters))
        starts = [start for letter in sorted(chosen) for start in by_person[letter]]
        possessives = [start for start in starts if forms[start] == "p"]
        others = [start for start in starts if forms[start] != "p"]
        if kind == "news":
            share = seed.choice((0.5, 0.8, 1.0))
            less = seed.choice((0.1, 0.3, 0.5))
            places = {s for s in possessives if seed.random() < share}
            places |= {s for s in others if seed.random() < less}
        elif kind == "possessives":
            places = set(possessives)
        else:
            places = set(seed.sample(possessives or starts, 1) if kind == "one"
                         else seed.sample(others or starts, 1))  # fmt: skip
        for letter in sorted(chosen - shown):
            own = [start for start in by_person[letter] if start in places]
            seed.shuffle(own)
            places -= set(own[max(1, len(by_person[letter]) // 3) :])
        if places and (len(places) < len(case.who) or chosen <= shown):
            yield flip(case, places, forms, f"{kind}{number}")
