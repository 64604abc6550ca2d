"""What is said of a wrong pronoun: the person it means, the evidence, and what replaces it."""

from __future__ import annotations

from transclean.checks.pronouns.binding import NONE
from transclean.checks.pronouns.forms import POSSESSIVE, Pronoun
from transclean.checks.pronouns.lists import FEMALE, MALE
from transclean.checks.pronouns.mentions import GENITIVE
from transclean.checks.pronouns.people import People, Person
from transclean.model import Document, Evidence

_OTHER_GENDER = {
    "he": "she",
    "she": "he",
    "him": "her",
    "himself": "herself",
    "herself": "himself",
    "hers": "his",
}
_SHOWN = 3  # pieces of evidence of each kind
_SURE = 0.5  # share from which a pronoun counts as meaning a person


def replacement(word: str, form: str) -> str:
    """Return the pronoun of the other gender in the same form and case."""
    low = word.lower()
    if low == "his":
        other = "her" if form == POSSESSIVE else "hers"
    elif low == "her":
        other = "his" if form == POSSESSIVE else "him"
    else:
        other = _OTHER_GENDER[low]
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def antecedent(people: People, pronoun: Pronoun, leaning: dict[int, float]) -> Person | None:
    """Return the person of the other gender that the pronoun means most likely.

    `leaning` holds for each person how likely it has the other gender.
    """
    best, most = None, 0.0
    for number, share in pronoun.scores.items():
        if number == NONE:
            continue
        weight = share * leaning.get(number, 0.5)
        if weight > most:
            best, most = people.persons[number], weight
    return best


def name_of(people: People, person: Person) -> str:
    """Return what to call a person: a surname, or the noun that describes them."""
    if person.named:
        return person.surname
    mention = person.mentions[0]
    words = [people.words.text[at] for at in range(mention.start, mention.end)]
    if words[0].lower() in ("a", "an", "one", "this", "that", *GENITIVE):
        words[0] = "the"
    text = " ".join(words)
    return text[0].lower() + text[1:] if words[0].istitle() and len(words) > 1 else text


def evidence(
    document: Document, people: People, pronouns: list[Pronoun], pronoun: Pronoun, person: Person
) -> tuple[Evidence, ...]:
    """Return what shows that the person has not the pronoun's gender, in order."""
    other = MALE if pronoun.gender == FEMALE else FEMALE
    found = []
    words = people.words
    shown = person.women if other == FEMALE else person.men
    for mention in shown[:_SHOWN]:
        if mention.word >= 0:
            found.append((mention.word, "a title or noun of one gender"))
    means = [
        p
        for p in pronouns
        if p is not pronoun and p.gender == other and p.scores.get(person.number, 0.0) >= _SURE
    ]
    means.sort(key=lambda p: (-p.scores[person.number], p.at))
    found += [(p.at, "a pronoun that means the same person") for p in means[:_SHOWN]]
    name = name_of(people, person)
    items = []
    for at, what in sorted(set(found)):
        start, end = words.span(at, at)
        reason = f"{name} is “{document.said(start, end)}” here: {what}"
        items.append(Evidence(start=start, end=end, reason=reason))
    return tuple(items)


def message(
    document: Document, word: str, people: People, person: Person, shown: tuple[Evidence, ...]
) -> str:
    """Return the sentence that says whom the pronoun means and what shows the gender."""
    name = name_of(people, person)
    if not shown:
        return f"“{word}” seems to mean {name}, who has another gender in this text"
    lines: dict[str, list[int]] = {}
    for item in shown:
        said = document.said(item.start, item.end)
        line = document.position(item.start)[0]
        places = lines.setdefault(said, [])
        if line not in places:
            places.append(line)
    parts = [f"“{said}” ({_lines(places)})" for said, places in lines.items()]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"“{word}” refers to {name}, who is {listed}"


def _lines(places: list[int]) -> str:
    if len(places) == 1:
        return f"line {places[0]}"
    return f"lines {', '.join(str(line) for line in places)}"
