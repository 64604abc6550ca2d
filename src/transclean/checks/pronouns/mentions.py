"""Mentions of people: names, titles, and nouns for persons, each a stretch of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import filterfalse

import msgspec

from transclean.checks.pronouns.lists import FEMALE, GLUED_TO_TITLE, MALE, Lists
from transclean.checks.pronouns.words import Words, places_of
from transclean.checks.wordlists import word_set

DETERMINERS = word_set("a an the this that another every each one its our my your")
GENITIVE = word_set("’s 's")
POSSESSIVES = word_set("his her their my our your its whose")
PARTICLES = word_set(
    "al ben bin d da das de del della den der des di do dos du e el la las le les lo los ten"
    " ter van von y zu zur"
)
MONTHS_AND_DAYS = word_set(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday christmas easter"
)
# Capitalised words that begin sentences or belong to names of things.
NO_NAMES = MONTHS_AND_DAYS | word_set(
    "a about according after again all almost also although among an and another any as asked"
    " at because before behind below beside besides both but by despite during each either"
    " even every everyone far few finally first following for from hardly he her here hers"
    " herself him himself his how however i if in inside instead is it its just last late"
    " later like many me meanwhile more moreover most much my neither never nevertheless next"
    " no nobody none nor not nothing now of off often on once one only onto or other others"
    " our out outside over perhaps quite rather read received second several she shortly"
    " should since so some someone soon still such suddenly ten than that the their them then"
    " there therefore these they third this those though three through throughout thus to"
    " today together tomorrow too toward towards two under unlike until up upon us very was we"
    " were what when whenever where whether which while who whoever whom whose why will with"
    " within without would yes yesterday yet you your accompanied born asked questioned seated"
    " suffering flanked photo interview reuters afp english french spanish italian german"
    " dutch portuguese european american british"
)
_STORMS = word_set("storm hurricane cyclone typhoon")  # have first names, too
NO_PERSONS = _STORMS | word_set(
    "academy accord act ag agency agreement airlines airport airways alliance army"
    " association authority avenue award awards bank base bay beach bible bill board boulevard"
    " bridge building cabinet campaign canal cape castle cathedral center centre chamber"
    " championship championships channel church city clinic close club coalition coast code college"
    " commission committee company concerto confederation conference congress conservatory"
    " constitution corps council county court creek cup daily dam democrats department desert"
    " disease disorders district east express factory fc federation ferry festival films"
    " forest foundation front fund games gardens gazette gmbh government group guardian hall"
    " harbour herald hills holding holdings hospital hotel house inc institute insurance"
    " island islands journal lake lane law league lega liga line ltd magazine medal mill"
    " ministry model motors mount mountains movement museum navy news north ocean office"
    " olympics open opera orchestra organisation organization palace parish park parliament"
    " partido party peninsula pier place plant plc police port post press prize program"
    " programme project province quartet radio records region republic republicans review"
    " river road sa school sea senate south square state states station stores street studios"
    " summit sun symphony syndrome team television theater theatre times tour tower treaty"
    " tribune trust tv union united university valley war west works world"
)
PREPOSITIONS = word_set(
    "about above across after against along among around at behind below beneath beside"
    " besides between beyond by concerning despite during for from in inside into like near of"
    " off on onto opposite outside over past since through throughout to toward towards under"
    " until unlike upon with within without"
)


# “’s” after these is “is” or “has”.
_CONTRACTED = word_set("he she it that this there here who what where how when why let")
_ENDS_PHRASE = PREPOSITIONS | DETERMINERS | POSSESSIVES
_MARKS = frozenset("“”\"‘’'«»„(")
_OPENERS = _MARKS | {":", "–", "—"}
_PLACE_BEGINNINGS = word_set(
    "san santa santo são sao saint sainte st ste sankt los las puerto porto port monte mont"
    " mount val vila villa ville castel castello rio río new north south east west bad la le"
)
COUNTRY = re.compile("(?:[aeio]an|ese|ish|man|ch|eek|iss|[aeiou]qi|raeli|stani)$")  # adjectives
_ELIDED = re.compile("(?:d|l|dell|dall|all)['’][^\\W\\d_a-zà-ÿ]")  # d’Estrées
_DEGREES = frozenset(["Dr", "Prof", "Rev"])
_FRENCH_TITLES = frozenset(["Mme", "Mmes", "MM", "Mlle", "Mlles"])
_RAISED = frozenset(["me", "lle"])  # what is raised in “M<sup>me</sup>”, and torn off
# What is “general” without being a general's.
_GENERAL = word_set("assembly council election elections meeting practice public store strike")
_LONGEST_NAME = 12  # words; a row of more capitals is a headline or a list


class Mention(msgspec.Struct, kw_only=True):
    """A stretch of words, `start` up to `end`, that speaks of one person.

    `start` is the first word with its determiner and title; `head` the noun or the last part
    of the name. `gender` is what the mention itself says, by `word` if it says so.
    """

    start: int
    end: int
    head: int
    kind: str  # name, noun or relation (“his wife”)
    name: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    gender: str = ""
    strong: bool = False  # a title or a noun that is used of one gender alone
    word: int = -1
    definite: bool = True
    sure: bool = True  # surely a person
    person: int = -1  # number of the person, once known


def find_mentions(words: Words, lists: Lists) -> list[Mention]:
    """Return all mentions of single persons, in order and disjoint."""
    return list(_Finder(words, lists).run())


class _Finder:
    def __init__(self, words: Words, lists: Lists) -> None:
        self.words, self.lists = words, lists
        self.text, self.low = words.text, words.low
        # What is asked of a word again and again is found out once for each that occurs.
        spelt, vocabulary = set(self.text), set(self.low)
        self.lower_words = spelt & vocabulary
        self.nouns = lists.persons_among(vocabulary)
        self.begins_noun = self.nouns | DETERMINERS | POSSESSIVES | GENITIVE
        self.last_end = -1  # where the last mention ended
        self.titles = self._titles(spelt)
        capitals = {
            word
            for word in filterfalse(str.islower, spelt)
            if word[0].isupper() or _is_elided(word)
        }
        self.upper = capitals | (spelt & self.titles.keys())  # “doña”, too
        self.name_words = set(filter(_is_like_name, capitals))
        self.first_names = lists.first_names_among(self.upper)
        self.upper_places = places_of(self.upper, self.text)
        self.opening = self._opening_places()
        # Words with a capital where no sentence begins: names, of people or of things.
        self.capitals = {self.text[at] for at in self.upper_places if at not in self.opening}
        self.persons_names = self._names_of_persons()
        self.places = self._names_of_places()

    def _titles(self, spelt: set[str]) -> Mapping[str, str]:
        """Return the titles with the gender they show. “M.” is one beside French titles, or
        before different names; else it is an initial. “Mr.me” is “Mme”, translated and mangled."""
        raised = {word: FEMALE for word in spelt if "." in word and word[0].isalpha()}
        titles = {**self.lists.titles, **raised} if raised else self.lists.titles
        if "M" not in spelt:
            return titles
        named = {
            self._text_at(at + 2)
            for at, word in enumerate(self.text)
            if word == "M" and self._is_french_title(at)
        }
        if _FRENCH_TITLES.isdisjoint(spelt) and len(named) < 2:
            return titles
        return {**titles, "M": MALE}

    def _is_french_title(self, at: int) -> bool:
        """Whether “M.” at `at` may be a title, no initial as in “J. M. Roy”."""
        after_initial = at >= 2 and self.text[at - 1] == "." and len(self.text[at - 2]) == 1
        return self.text[at] == "M" and self._text_at(at + 1) == "." and not after_initial

    def _opening_places(self) -> set[int]:
        """Return the places where a capital only says that a sentence begins."""
        found = set(self.words.sentence_starts)
        openers = _OPENERS.intersection(self.text)
        for at in places_of(openers, self.text) if openers else ():
            word = self.text[at]
            if (word in _MARKS and (at in found or self._text_at(at - 1) in (":", ",", "."))) or (
                word in (":", "–", "—") and at < len(self.text) - 1
            ):
                found.add(at + 1)
        return found

    def _names_of_persons(self) -> set[str]:
        """Return the parts of names that a title, a first name or a verb of saying betrays."""
        found: set[str] = set()
        titles, first_names = self.titles, self.first_names
        for at in self.upper_places:
            word = self.text[at]
            gender, place = self._title(at)
            if (
                gender
                or word in titles
                or word in _DEGREES
                or (word in first_names and word.lower() not in _PLACE_BEGINNINGS)
            ):
                place = place if gender else self._after_point(at + 1)
                row = [word] if word in first_names else []
                end = min(len(self.text), place + _LONGEST_NAME)
                while place < end and (
                    self.text[place] in self.upper or self.low[place] in PARTICLES
                ):
                    if self.low[place] not in NO_NAMES:
                        row.append(self.text[place])
                    place += 1
                found.update(row)
            elif self._says(at):
                found.add(word)
        return found

    def _names_of_places(self) -> set[str]:
        """Return the names that stand where places do: “in Lens”, “LENS –”."""
        found: set[str] = set()
        for at in self.upper_places:
            word = self.text[at]
            if word in self.persons_names:
                continue
            if at and self.low[at - 1] in ("in", "at", "near", "towards"):
                found.add(word)
            elif word.isupper() and len(word) > 2:
                found.add(word.capitalize())
        return found

    def _says(self, at: int) -> bool:
        """Whether a verb of saying stands next to a capitalised word, or “who” after it: “said
        Kamp”, “the work of Turner, who”."""
        reporting = self.lists.reporting
        if at in self.opening and self.text[at] not in self.capitals:
            return False
        if self.low[at + 1 : at + 3] == [",", "who"]:
            return True
        before = self.low[at - 1] if at else ""
        after = self.low[at + 1] if at + 1 < len(self.text) else ""
        return before in reporting or after in reporting

    def run(self) -> Iterator[Mention]:
        low, upper, begins_noun, done = self.low, self.upper, self.begins_noun, 0
        titles = upper & self.titles.keys()
        beginnings = self.name_words.union(titles, _DEGREES, ["St"])  # of names
        nouns = places_of(begins_noun, low)
        for at in sorted({*self.upper_places, *nouns}):
            if at < done:
                continue
            mention = None
            if self.text[at] in upper and (
                self.text[at] in beginnings or not self.nouns.isdisjoint(low[at : at + 4])
            ):
                mention = self.name(at)
            if mention is None and low[at] in begins_noun:
                mention = self.noun(at)
            if mention is not None:
                yield mention
                done = self.last_end = mention.end

    # Names

    def name(self, at: int) -> Mention | None:
        """Return the name that begins at `at`, with titles before it."""
        place, gender, title, nouns, degree = at, "", -1, [], False
        while place < len(self.text) and self._same_sentence(at, place):
            word = self.text[place]
            shown, after = self._title(place)
            if shown:
                gender, title, place = shown, place, after
            elif word in _DEGREES or word == "St":
                degree = degree or word != "St"  # “St. Mary” may be a church
                place = self._after_point(place + 1)
            elif word in self.upper and (role := self._role_before_name(place)) >= 0:
                nouns.append(self.low[role])
                place = self._after_point(role + 1)
            else:
                break
        if title < 0 and self._is_behind_torn_title(at):
            gender, title = FEMALE, at - 1
        parts, end = self._name_parts(place, titled=title >= 0 or degree or bool(nouns))
        if not parts:
            return None
        own = [self.lists.gender_of_noun(noun) for noun in nouns]
        if not gender and any(own):
            gender = next(g for g in own if g)
            title = at
        introduced = title >= 0 or degree or bool(nouns)
        sure = introduced or parts[0] in self.first_names
        if sure and not introduced and self._is_no_person(at, parts):
            return None
        if not sure and not self._may_be_person(at, place, end, parts):
            return None
        sure = sure or self.low[end : end + 2] == [",", "who"]
        start = at
        before = self._noun_before(at)
        if before >= 0:
            nouns.insert(0, self.low[before])
            sure = True
            if not gender and (own_gender := self.lists.gender_of_noun(self.low[before])):
                gender, title = own_gender, before
        return Mention(
            start=start,
            end=end,
            head=end - 1,
            kind="name",
            name=tuple(parts),
            nouns=tuple(nouns),
            gender=gender,
            strong=bool(gender),
            word=title,
            sure=sure,
        )

    def _role_before_name(self, at: int) -> int:
        """Return where the noun stands that ends a role in capitals before a name, or -1:
        “Minister Jo Li”, “Foreign Affairs Minister Jo Li”."""
        if self.nouns.isdisjoint(self.low[at : at + 4]):
            return -1
        first_names = self.first_names
        for place in range(at, min(at + 4, len(self.text))):
            if not self._same_sentence(at, place):
                return -1
            is_noun = self.low[place] in self.nouns
            if self.text[place] not in self.upper and (place == at or not is_noun):
                return -1
            if is_noun and self._is_of_country(place):
                return -1
            if is_noun:
                following = self._after_point(place + 1)
                name = self._text_at(following)
                if name in self.name_words and (
                    self.low[following] not in self.nouns or name in first_names
                ):
                    return place
            if place == at and self.text[place] in first_names:
                return -1
        return -1

    def _name_parts(self, place: int, *, titled: bool) -> tuple[list[str], int]:
        parts: list[str] = []
        end = place
        if titled and place < len(self.text) and self.low[place] in PARTICLES:
            while place < len(self.text) and self.low[place] in PARTICLES:
                place += 1
        while place < len(self.text):
            if self._is_name_word(place, first=not parts and not titled):
                parts.append(self.text[place])
                place += 1
                if len(self.text[place - 1]) == 1 and self._text_at(place) == ".":
                    place += 1
                end = place
            elif parts and self.low[place] in PARTICLES and self._text_at(place) != "And":
                ahead = place
                while ahead < len(self.text) and self.low[ahead] in PARTICLES:
                    ahead += 1
                if not self._is_name_word(ahead, first=False) or ahead - place > 3:
                    break
                place = ahead
            else:
                break
            if len(parts) > 5:
                return [], end
        return parts, end

    def _is_name_word(self, at: int, *, first: bool) -> bool:
        if at >= len(self.text) or self.text[at] not in self.name_words:
            return False
        if self._is_titled(at):
            return False
        if first and at in self.opening:
            word, low = self.text[at], self.low[at]
            if low in self.lower_words or low in self.lists.persons:
                return False
            return (
                word in self.capitals
                or word in self.persons_names
                or self._is_described(at)
                or (self._text_at(at + 1)[:1].isupper() and self.low[at + 1] not in NO_NAMES)
            )
        return True

    def _is_described(self, at: int) -> bool:
        """Whether a description follows: “Matthis, a developer, …”."""
        if self._text_at(at + 1) != "," or self._text_at(at + 2).lower() not in ("a", "an", "the"):
            return False
        return any(
            self._is_person_noun(place) for place in range(at + 3, min(at + 6, len(self.text)))
        )

    def _may_be_person(self, at: int, place: int, end: int, parts: list[str]) -> bool:
        low = [part.lower() for part in parts]
        if not NO_PERSONS.isdisjoint(low) or (parts[0].isupper() and len(parts[0]) > 1):
            return False
        before = self.low[at - 1] if at else ""
        if before in ("the", "a", "an", "in", "at", "near") or before in _STORMS:
            return False
        if low[0] in _PLACE_BEGINNINGS:
            return False
        if before in _PLACE_BEGINNINGS and self.text[at - 1] in self.upper:
            return False
        if (
            len(parts) == 1
            and parts[0] not in self.persons_names
            and (before in PREPOSITIONS or self._text_at(end) == "’s" or parts[0] in self.places)
        ):
            return False
        return not (self._text_at(end) == "’s" and len(parts) > 3)

    def _is_no_person(self, at: int, parts: list[str]) -> bool:
        """Whether what begins like a first name is none: “Santa Clara”, “the Dane”."""
        before = self.low[at - 1] if at else ""
        if parts[0].lower() in _PLACE_BEGINNINGS or before in _STORMS:
            return True
        if before in _PLACE_BEGINNINGS and parts[-1].lower() in NO_PERSONS:
            return True  # “Santa Fe Opera”
        return len(parts) == 1 and before in ("the", "a", "an")

    def _noun_before(self, at: int) -> int:
        """Return where a noun for a person stands right before a name (“the actor Jo Li”)."""
        if at == 0 or not self._same_sentence(at - 1, at):
            return -1
        low = self.low[at - 1]
        if self.text[at - 1] != low:
            return -1
        is_noun = low in self.lists.persons or bool(self.lists.gender_of_noun(low))
        return at - 1 if is_noun else -1

    # Nouns

    def noun(self, at: int) -> Mention | None:
        """Return the mention that begins with the determiner at `at`, or is a bare noun."""
        low = self.low[at]
        if low in GENITIVE and self.low[at - 1] in _CONTRACTED:
            return None
        if low in POSSESSIVES or low in DETERMINERS or low in GENITIVE:
            return self._noun_phrase(at)
        if self._is_person_noun(at) and self._begins_phrase(at):
            # A bare noun: “Daughter of a railwayman, she …”, “Treasurer Ms. Hahn”
            head = self._last_noun(at)
            if self._is_name_ahead(head + 1):
                return self.name(head + 1)
            return self._made(at, head, definite=True, relation=False)
        return None

    def _noun_phrase(self, at: int) -> Mention | None:
        place = at + 1
        if self.nouns.isdisjoint(self.low[place : at + 6]):
            return None
        limit = min(len(self.text), at + 6)
        while place < limit and self._same_sentence(at, place):
            if self._is_person_noun(place):
                head = self._last_noun(place)
                whence = self._is_of_country(head)
                if self._is_name_ahead(head + 1) and not whence:
                    mention = self.name(head + 1)
                    if mention:
                        mention.start = at
                    return mention
                if not whence and self._is_adjective(head):
                    place = head + 1
                    continue
                # “Ms. Roy’s brother” is somebody’s as “her brother” is; “the firm’s director” not.
                of_whom = self.low[at] in GENITIVE
                relation = self.last_end == at if of_whom else self.low[at] in POSSESSIVES
                definite = self.low[at] in ("the", "this", "that") or relation or of_whom
                mention = self._made(at, head, definite=definite, relation=relation)
                mention.end += whence
                return mention
            if not self.text[place][0].isalpha() and not self.text[place][0].isdigit():
                return None
            if self.low[place] in _ENDS_PHRASE:
                return None
            if self._is_titled(place) and self.text[place] in self.upper:
                return None
            place += 1
        return None

    def _made(self, start: int, head: int, *, definite: bool, relation: bool) -> Mention:
        nouns = [head]
        second = head + 2
        if (
            not definite
            and self._text_at(head + 1) == "and"
            and second < len(self.text)
            and self._is_person_noun(second)
            and self.text[second] == self.low[second]
        ):
            nouns.append(self._last_noun(second))  # “a nurse and mother of two”
        gender, word, weak = "", -1, False
        for at in nouns:
            own = self.lists.gender_of_noun(self.low[at])
            if gender and own:  # “a man and woman”, “a mother and daughter”
                nouns = nouns[:1]
            elif own:
                gender, word = own, at
        if not gender and self.low[head] in self.lists.weak_men:
            gender, word, weak = MALE, head, True
        return Mention(
            start=start,
            end=nouns[-1] + 1,
            head=head,
            kind="relation" if relation else "noun",
            nouns=tuple(self.low[at] for at in nouns),
            gender=gender,
            strong=bool(gender) and not weak,
            word=word,
            definite=definite,
        )

    def _is_person_noun(self, at: int) -> bool:
        return self.low[at] in self.nouns

    def _last_noun(self, at: int) -> int:
        """Return the last of a row of nouns for persons: “woman pastor”, “police officer”."""
        while (
            at + 1 < len(self.text)
            and self._is_person_noun(at + 1)
            and self.text[at + 1] == self.low[at + 1]
            and self._same_sentence(at, at + 1)
        ):
            at += 1
        return at

    def _is_of_country(self, at: int) -> bool:
        """Whether no name follows but where somebody is from: “the 41-year-old Ukrainian”."""
        if not self.low[at].endswith("-old"):
            return False
        word, following = self._text_at(at + 1), self._text_at(at + 2)
        return (
            COUNTRY.search(word) is not None
            and word not in self.persons_names
            and following not in self.name_words
        )

    def _is_adjective(self, at: int) -> bool:
        """Whether “34-year-old” or “general” at `at` goes with a noun that follows."""
        if self.low[at] == "general":
            return self._text_at(at + 1) in _GENERAL
        if not self.low[at].endswith("-old") or at + 1 >= len(self.text):
            return False
        following = self.low[at + 1]
        return (
            following.isalpha()
            and following not in PREPOSITIONS
            and following not in self.lists.verbs
            and following not in NO_NAMES
            and not following.endswith("ed")
        )

    def _begins_phrase(self, at: int) -> bool:
        if at == 0 or self.words.segment[at - 1] != self.words.segment[at]:
            return True
        before = self.text[at - 1]
        return before in (",", "“", "”", '"', "—", "–", ":", ";", ".", "(") or (
            self.text[at] in self.upper and self.low[at - 1] not in PREPOSITIONS
        )

    def _is_name_ahead(self, at: int) -> bool:
        return at < len(self.text) and (self._is_titled(at) or self._is_name_word(at, first=False))

    def _is_titled(self, at: int) -> bool:
        return bool(self._title(at)[0]) or self.text[at] in _DEGREES

    def _title(self, at: int) -> tuple[str, int]:
        """Return the gender that a courtesy title at `at` shows, as “Ms”, and the place after it;
        nothing where none stands. An initial “M” is none, “M me Roy” one."""
        word = self.text[at]
        gender = self.titles.get(word, "")
        if not gender and word != "M":
            return "", at
        after = self._after_point(at + 1)
        if gender != FEMALE and self._text_at(after) in _RAISED:
            if self._text_at(after + 1) in self.upper:
                return FEMALE, after + 1
            return "", at
        if word == "M" and not self._is_french_title(at):
            return "", at
        return gender, after

    def _is_behind_torn_title(self, at: int) -> bool:
        """Whether “Mme” was torn to both sides of a noun or glued to a word before a name:
        “M’s officeme Joly”, “a letter fromme Joly”."""
        if at < 1 or not self.low[at - 1].endswith("me"):
            return False
        if self.low[at - 1] in GLUED_TO_TITLE:
            return True
        return at > 2 and self.text[at - 2] in GENITIVE and self.text[at - 3] == "M"

    # Small things

    def _text_at(self, at: int) -> str:
        return self.text[at] if at < len(self.text) else ""

    def _after_point(self, at: int) -> int:
        return at + 1 if self._text_at(at) == "." else at

    def _same_sentence(self, one: int, other: int) -> bool:
        return self.words.segment[one] == self.words.segment[other]


def _is_elided(word: str) -> bool:
    """Whether a word in lower case begins a name: “d’Estrées”."""
    return ("’" in word or "'" in word) and _ELIDED.match(word) is not None


def _is_like_name(word: str) -> bool:
    """Whether a word with a capital can be part of a name."""
    if not word[0].isalpha() or word.lower() in NO_NAMES:
        return False
    return not (1 < len(word) < 4 and word.isupper())
