"""The word lists that a rule hands to the check, ready to look words up in."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from transclean.checks.wordlists import word_set
from transclean.rulebook.lexicons import Lexicon, Lexicons

FEMALE, MALE = "f", "m"

_VERBS = word_set(
    "is was are were has had have will would can could may might must shall should does did"
    " do says said goes went gets got makes made takes took gives gave wants thinks knows knew"
    " sees saw comes came lives works plans plays runs ran holds held keeps kept leaves left"
    " finds found becomes became remains hopes expects seems looks"
)
_PERSONS_END = ("woman", "-year-old", "–year–old")
_PREFIXES = ("under", "vice-", "deputy-", "co-", "ex-", "archi", "arch", "sub")
_VERB_PREFIXES = ("re", "over", "under", "with", "mis", "out", "fore", "up", "un")
_REMEMBERED = 20_000  # words
# What shows a woman by its ending, each word a line: “chairwoman”, “officeme” of “M’s officeme”.
_WOMAN, _WOMAN_OR_TORN = re.compile("woman\n"), re.compile("woman\n|me\n")
# “from Mme Joly”, its raised letters glued to the word before.
GLUED_TO_TITLE = word_set("againstme andme atme betweenme byme forme fromme ofme thatme withme")
NEUTRAL = word_set("non-binary nonbinary genderqueer agender genderfluid")
FRONTING = word_set("as when although because once if while unlike accompanied born")
_FEMALE_PRONOUNS = frozenset(["she", "her", "hers", "herself"])
_MALE_PRONOUNS = frozenset(["he", "him", "his", "himself"])


class WordLists(msgspec.Struct, frozen=True, kw_only=True):
    """The names of the lexicons that the check needs."""

    women: Annotated[str, Meta(description="Lexicon of nouns for women alone.")]
    men: Annotated[str, Meta(description="Lexicon of nouns for men alone.")]
    generic_men: Annotated[str, Meta(description="Lexicon of nouns mostly, not only, for men.")]
    persons: Annotated[str, Meta(description="Lexicon of nouns for persons.")]
    female_titles: Annotated[str, Meta(description="Lexicon of titles of women.")]
    male_titles: Annotated[str, Meta(description="Lexicon of titles of men.")]
    female_names: Annotated[str, Meta(description="Lexicon of first names; they only silence.")]
    male_names: Annotated[str, Meta(description="Lexicon of first names; they only silence.")]
    other_names: Annotated[str, Meta(description="Lexicon of first names of no one gender.")]
    reporting: Annotated[str, Meta(description="Lexicon of verbs of saying.")]
    past: Annotated[str, Meta(description="Lexicon of irregular verbs with their past.")]

    def names(self) -> tuple[str, ...]:
        """Return the names of all lexicons."""
        return tuple(getattr(self, field) for field in WordLists.__struct_fields__)


class _Answers:
    """Of which words something holds, found out once for each that texts have."""

    def __init__(self, find: Callable[[set[str]], set[str]]) -> None:
        self._find = find
        self._asked: set[str] = set()
        self._found: set[str] = set()

    def among(self, words: set[str]) -> set[str]:
        """Return those of the words of which it holds."""
        new = words - self._asked
        if new:
            if len(self._asked) > _REMEMBERED:
                self._asked, self._found, new = set(), set(), words
            self._asked |= new
            self._found |= self._find(new)
        return words & self._found


class Lists:
    """Titles, nouns and first names with what they say of a person."""

    def __init__(
        self,
        women: Lexicon,
        men: Lexicon,
        generic_men: Lexicon,
        persons: Lexicon,
        female_titles: Lexicon,
        male_titles: Lexicon,
        female_names: Lexicon,
        male_names: Lexicon,
        other_names: Lexicon,
        reporting: Lexicon,
        past: Lexicon,
    ) -> None:
        self.titles = {
            **dict.fromkeys(female_titles.words, FEMALE),
            **dict.fromkeys(male_titles.words, MALE),
        }
        self.women, self.men = women.words, men.words
        self.weak_men, self.persons = generic_men.words, persons.words
        self.female_names, self.male_names = female_names.words, male_names.words
        self._other_names = other_names.words
        self.reporting = reporting.words
        simple = past.words.values()
        prefixed = [prefix + verb for prefix in _VERB_PREFIXES for verb in simple]
        self.verbs = {*reporting.words, *past.words, *simple, *prefixed, *_VERBS}
        self._nouns = frozenset().union(self.women, self.men, self.weak_men, self.persons)
        self._persons = _Answers(self._find_persons)
        self._first_names = _Answers(self._find_first_names)
        self._shows = {
            FEMALE: {
                *_runs(female_titles.words),
                *women.words,
                *_FEMALE_PRONOUNS,
                *GLUED_TO_TITLE,
            },
            MALE: {
                *_runs(male_titles.words),
                *men.words,
                *generic_men.words,
                *_MALE_PRONOUNS,
            },
        }

    def gender_of_noun(self, noun: str) -> str:
        """Return “f” or “m” for a noun of one gender alone, else nothing."""
        if noun in self.women or noun.endswith("woman"):
            return FEMALE
        return MALE if noun in self.men else ""

    def is_person(self, word: str) -> bool:
        """Whether a word in lower case is a noun for a person: “judge”, “34-year-old”."""
        return bool(self.persons_among({word}))

    def first_names_among(self, words: set[str]) -> set[str]:
        """Return those of words that are first names, as they are spelt."""
        return self._first_names.among(words)

    def _find_first_names(self, words: set[str]) -> set[str]:
        lexicons = (self.female_names, self.male_names, self._other_names)
        return {word for names in lexicons for word in words if word in names}

    def persons_among(self, words: set[str]) -> set[str]:
        """Return those of words in lower case that are nouns for persons."""
        return self._persons.among(words)

    def _find_persons(self, words: set[str]) -> set[str]:
        return {
            *(words & self._nouns),
            *[word for word in words if word.endswith(_PERSONS_END)],
            *[word for word in words if word.startswith(_PREFIXES) and self._is_prefixed(word)],
        }

    def _is_prefixed(self, word: str) -> bool:
        """Whether a noun for a person follows a prefix: “ex-minister”."""
        return word != "subscribe" and any(
            word.startswith(p) and word[len(p) :] in self.persons for p in _PREFIXES
        )

    def may_contradict(self, vocabulary: frozenset[str]) -> bool:
        """Whether a text with these words has a pronoun and what shows the other gender."""
        female = not vocabulary.isdisjoint(self._shows[FEMALE])
        male = not vocabulary.isdisjoint(self._shows[MALE])
        if female and male:
            return True
        if not male:
            return False
        ending = _WOMAN_OR_TORN if "m" in vocabulary else _WOMAN
        return ending.search("\n".join((*vocabulary, ""))) is not None


def _runs(titles: Iterable[str]) -> Iterator[str]:
    """Return titles as a document's vocabulary has them: of “Sig.ra” the last run of letters."""
    return (title.lower().split(".")[-1] for title in titles)


def lists_of(options: WordLists, lexicons: Lexicons) -> Lists:
    """Return the lists that `options` name, made once for each set of lexicons."""
    named = tuple(lexicons[name] for name in options.names())
    key = tuple(map(id, named))
    if key not in _made:
        # The lexicons are kept, so that no other gets the id of one of them.
        _made[key] = named, Lists(*named)
    return _made[key][1]


_made: dict[tuple[int, ...], tuple[tuple[Lexicon, ...], Lists]] = {}
