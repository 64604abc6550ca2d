"""The original beside the article: what is compared, and how the command is given it."""

from __future__ import annotations

import json

import pytest

from helpers import document_of, error, run, write
from transclean import Cleaner
from transclean.checks.source.numbers import spelt, values_of
from transclean.checks.source.pair import aligned

CLEANER = Cleaner(select=["source"])

FRENCH = """Le pont d’Orbe a été fermé lundi 14 mars 1987, a annoncé Nathalie Brunel.

Les travaux coûteront 34 600 euros, soit 2,5 % de plus que prévu.

« Nous ne fermerons plus jamais ce pont », a-t-elle déclaré à l’antenne locale.

Renseignements : mairie@orbe.example, https://orbe.example/pont
"""
ENGLISH = """The bridge of Orbe was closed on Monday, March 14, 1987, Nathalie Brunel announced.

The work will cost 34,600 euros, 2.5 percent more than planned.

“We will never close this bridge again,” she told the local station.

Information: mairie@orbe.example, https://orbe.example/pont
"""


def found(text, source, format="text"):
    return [(f.rule, f.text) for f in CLEANER.check(text, source=source, format=format)]


def rules(text, source, format="text"):
    return [rule.removeprefix("common-source-") for rule, _ in found(text, source, format)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("", "", [], id="a faithful translation"),
        pytest.param("1987", "1978", [("number-changed", "1978")], id="digits swapped"),
        pytest.param("34,600", "346,000", [("number-changed", "346,000")], id="a zero more"),
        pytest.param("2.5 percent more than", "more than was", [("number-lost", None)], id="left"),
        pytest.param("local", "local 117", [("number-added", "117")], id="added"),
        pytest.param("“We will", "We will", [], id="one mark is left"),
        pytest.param("mairie@orbe.example, ", "", [("link-lost", None)], id="an address"),
        pytest.param(", https://orbe.example/pont", "", [("link-lost", None)], id="a link"),
        pytest.param("Nathalie Brunel", "the mayor", [("name-lost", None)], id="a name"),
        pytest.param(
            "Nathalie Brunel", "Nathalie Darkish", [("name-lost", "Nathalie Darkish")], id="altered"
        ),
    ],
)
def test_what_differs_is_found(old, new, expected):
    made = found(ENGLISH.replace(old, new) if old else ENGLISH, FRENCH)
    assert [rule.removeprefix("common-source-") for rule, _ in made] == [r for r, _ in expected]
    for (_, text), (_, wanted) in zip(made, expected, strict=True):
        assert wanted is None or text == wanted


def test_without_a_source_all_are_silent():
    assert CLEANER.check(ENGLISH) == []


def test_a_source_that_says_nothing_is_none():
    assert CLEANER.check(ENGLISH, source="") == []
    assert CLEANER.check("", source=FRENCH) == []


def test_the_message_says_what_was_lost_and_where():
    (finding,) = CLEANER.check(ENGLISH.replace("2.5 percent more", "more"), source=FRENCH)
    assert finding.message == (
        "The source has “2,5” of “Les travaux coûteront 34 600 euros, soit 2,5…”, "
        "the article does not"
    )
    assert finding.text == "The work will cost 34,600 euros, more than planned."
    assert finding.fixes == ()


def test_every_rule_has_its_say_of_one_place():
    source = "Anne-Lise Brunel a fermé.\n\nNathalie Brunel attend 347 bateaux dans le port.\n"
    text = "It was closed by Anne-Lise.\n\nThe mayor is waiting for ships in the harbour.\n"
    made = found(text, source)
    assert {rule for rule, _ in made} >= {"common-source-number-lost", "common-source-name-lost"}
    assert len({text for _, text in made}) == 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("some 15,200 people", "quelque 15 200 personnes", id="thousands: a space"),
        pytest.param("some 15,200 people", "quelque 15\u202f200 personnes", id="thin space"),
        pytest.param("some 15,200 people", "rund 15.200 Menschen", id="a point"),
        pytest.param("some 15,200 people", "rund 15’200 Menschen", id="an apostrophe"),
        pytest.param("1,234.5 tons", "1.234,5 Tonnen", id="both signs"),
        pytest.param("seventeen boats", "17 bateaux", id="spelt"),
        pytest.param("thirty-four boats", "34 bateaux", id="spelt with a hyphen"),
        pytest.param("two weeks later", "15 jours plus tard", id="fifteen days"),
        pytest.param("a day later", "24 heures plus tard", id="a day"),
        pytest.param("half of them", "50 % d’entre eux", id="a half"),
        pytest.param("half a million people", "500 000 personnes", id="half a million"),
        pytest.param("two decades", "20 ans", id="decades"),
        pytest.param("1.5 billion euros", "1.500 millones de euros", id="millones"),
        pytest.param("2,500 million", "2,5 Milliarden", id="Milliarden"),
        pytest.param("at 4:45 p.m.", "à 16h45", id="an hour"),
        pytest.param("at 4:45 p.m.", "um 16.45 Uhr", id="Uhr"),
        pytest.param("at 4 p.m.", "à 16 heures", id="heures"),
        pytest.param("on May 15, 2024", "am 15.05.2024", id="a date"),
        pytest.param("in the 1990s", "dans les années 90", id="the nineties"),
        pytest.param("the 2019-20 season", "la saison 2019-2020", id="a season"),
        pytest.param("the 20th century", "le XXe siècle", id="a century"),
        pytest.param("19 miles away", "à 30 km", id="miles"),
        pytest.param("160 euros ($173)", "160 euros", id="in dollars"),
        pytest.param("see https://a.example/b", "voir https://a.example/7413", id="in a link"),
        pytest.param("the A380 lands", "l’A380 atterrit", id="a name with digits"),
        pytest.param("one to three", "de 1 à 3", id="small numbers"),
        pytest.param("call 01 42 34 56 78", "appelez le 01.42.34.56.78", id="telephone"),
    ],
)
def test_numbers_that_are_the_same(text, source):
    assert rules(f"The end: {text} in all.", f"La fin : {source} en tout.") == []


@pytest.mark.parametrize(
    ("token", "values"),
    [
        ("1987", {"1987"}),
        ("1.234", {"1234", "1.234"}),
        ("1.234,50", {"1234.5"}),
        ("2,0", {"2"}),
        ("12 345 678", {"12345678"}),
        ("15.05.2024", set()),
        ("0,75", {"0.75"}),
    ],
)
def test_values_of_a_number(token, values):
    assert values_of(token) == values


@pytest.mark.parametrize(
    ("number", "words"), [(13, "thirteen"), (40, "forty"), (57, "fifty-seven")]
)
def test_spelt(number, words):
    assert spelt(number) == words


LONG = (
    "La société Brumaval, de Tarn-le-Vieux, avait trouvé 312 fissures dans les piliers en 2019, "
    "mais le Conseil de Mornay n’avait rien fait."
)


@pytest.mark.parametrize("at", range(5))
def test_a_missing_paragraph_is_told_once_wherever_it_stood(at):
    paragraphs = FRENCH.strip().split("\n\n")
    source = "\n\n".join([*paragraphs[:at], LONG, *paragraphs[at:]])
    (finding,) = CLEANER.check(ENGLISH, source=source)
    assert finding.rule == "common-source-paragraph-lost"
    assert "La société Brumaval" in finding.message
    before = ENGLISH.strip().split("\n\n")[max(0, at - 1)]
    assert finding.text in before


def test_missing_paragraphs_in_a_row_are_told_together():
    other = LONG.replace("Brumaval", "Lacombe").replace("312", "417").replace("Mornay", "Salins")
    first, *rest = FRENCH.strip().split("\n\n")
    (finding,) = CLEANER.check(ENGLISH, source="\n\n".join([first, LONG, other, *rest]))
    assert finding.message.startswith("2 paragraphs of the source are missing here")


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        pytest.param("\n\nThe work", " The work", id="two made one"),
        pytest.param(", 2.5 percent", ".\n\nThat is 2.5 percent", id="one made two"),
    ],
)
def test_paragraphs_may_be_cut_in_another_way(cut, expected):
    assert rules(ENGLISH.replace(cut, expected), FRENCH) == []


def test_alignment_covers_both_texts_in_order():
    original, document = document_of(FRENCH * 3), document_of(ENGLISH * 2)
    steps = aligned(original, document)
    assert [n for s in steps for n in s.theirs] == list(range(len(original.segments)))
    assert [n for s in steps for n in s.ours] == list(range(len(document.segments)))


TWICE = (
    "The repairs are to cost 34,600 euros, which is 2.5 percent more than the council had planned.",
    "Repairs will cost 34,600 euros, or 2.5 percent more than was planned by the council.",
)


OTHER = (
    "The Hotel Valmont in Tarn has new rooms for all who love skiing on the Dent Noire; dinner at"
    " Chez Denise is to be had until ten on Sundays."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\n\n".join(TWICE), ["paragraph-doubled"], id="in other words"),
        pytest.param("\n\n".join(TWICE[:1] * 2), [], id="word for word, which repetition finds"),
        pytest.param(f"{TWICE[0]}\n\n{OTHER}",
                     ["paragraph-added"], id="of another page"),
        pytest.param(TWICE[0] + "\n\nRead more on our site.", [], id="short"),
    ],
)  # fmt: skip
def test_a_paragraph_too_many_is_told(text, expected):
    old = ENGLISH.split("\n\n")[1]
    assert rules(ENGLISH.replace(old, text), FRENCH) == expected


LEFT = "Les habitants du village sont très heureux de retrouver leur pont cet été."


@pytest.mark.parametrize(
    ("before", "left", "after"),
    [
        pytest.param(ENGLISH, LEFT, "", id="a sentence"),
        pytest.param(ENGLISH, f"{LEFT} Le maire aussi est content de la fin des travaux.", "",
                     id="two in a row"),
        pytest.param("", FRENCH + LEFT, "", id="the whole text"),
    ],
)  # fmt: skip
def test_what_is_left_untranslated_is_told_once(before, left, after):
    cleaner = Cleaner(select=["untranslated"])
    found = cleaner.check(f"{before}\n{left}\n{after}", source=f"{FRENCH}\n{left}\n{after}")
    assert len(found) == 1


def test_markup_is_not_compared():
    text = ENGLISH.replace("34,600", "**34**,600").replace("Orbe", "*Orbe*", 1)
    assert rules(text, FRENCH.replace("34 600", "34 *600*"), "markdown") == []


def test_a_place_is_found_beside_a_link():
    source = "Voir https://orbe.example/pont et https://mairie.example/912 pour 347 photos."
    assert rules("See https://orbe.example/pont for photographs.", source) == [
        "link-lost",
        "number-lost",
    ]


def test_the_source_tells_the_language():
    text = "The factory has 35.000 workers in the valley."
    source = "L’usine compte 35.000 ouvriers dans la vallée, selon la direction du site."
    assert Cleaner().examine(text, source=source).provenance.given == "fr"
    assert Cleaner().examine(text).provenance.given is None


def test_repairs_go_on_beside_a_source():
    result = Cleaner().fix("Mme Roy left with 19 boats.\n", source="Mme Roy est partie, 91 ans.\n")
    assert result.text == "Ms. Roy left with 19 boats.\n"
    assert [f.rule for f in result.remaining] == ["common-source-number-changed"]


# The command


def check(*arguments):
    done = run("check", "--select", "source", "--format", "json", *arguments)
    return done.returncode, [f["rule"] for f in json.loads(done.stdout or "[]")], error(done)


WRONG = ENGLISH.replace("1987", "1978")
CHANGED = ["common-source-number-changed"]


@pytest.fixture
def articles(folder):
    write(folder / "a.md", WRONG)
    write(folder / "fr" / "orig.md", FRENCH)
    return folder


def test_source_option(articles):
    assert check("a.md")[:2] == (0, [])
    assert check("a.md", "--source", "fr/orig.md")[:2] == (1, CHANGED)
    done = run("fix", "a.md", "--select", "source", "--source", "fr/orig.md")
    assert (done.returncode, "1 finding left" in error(done)) == (0, True)
    done = run("check", "-", "--select", "source", "--source", "fr/orig.md", stdin=WRONG)
    assert done.returncode == 1


@pytest.mark.parametrize("paths", [["a.md", "b.md"], ["fr"]])
def test_source_option_is_for_one_article(articles, paths):
    done = run("check", *paths, "--source", "fr/orig.md")
    assert (done.returncode, "--source is what one article" in error(done)) == (2, True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "does not exist"),
        (b"\xe9t\xe9", "is not valid UTF-8"),
        (b"a\0b", "is not text"),
    ],
)
def test_a_source_that_cannot_be_read_is_named(articles, data, reason):
    if data is not None:
        write(articles / "x.txt", data)
    status, found, told = check("a.md", "--source", "x.txt")
    assert (status, found) == (2, [])
    assert "x.txt: " in told
    assert reason in told


def test_the_article_is_checked_though_its_source_cannot_be_read(articles):
    write(articles / "b.md", "---\nsource: gone.md\n---\n\nMme Roy left.\n")
    done = run("check", "--format", "concise", "b.md")
    assert done.returncode == 2
    assert b"fr-mme" in done.stdout
    assert "gone.md: " in error(done)


def test_neither_records_nor_the_article_itself_are_a_source(articles):
    write(articles / "x.jsonl", "{}\n")
    assert "x.jsonl: is no article" in check("a.md", "--source", "x.jsonl")[2]
    assert "a.md: is the article itself" in check("a.md", "--source", "a.md")[2]
    write(articles / "y.po", 'msgid "a"\nmsgstr "b"\n')
    for name in ("x.jsonl", "y.po"):
        status, _, told = check(name, "--source", "fr/orig.md")
        assert (status, "is no article that --source" in told) == (2, True), name


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("---\ntitle: A\nsource: fr/orig.md\n---\n\n", (1, CHANGED), id="yaml"),
        pytest.param('---\nsource: "fr/orig.md"  # by AB\n---\n\n', (1, CHANGED), id="quoted"),
        pytest.param("+++\nsource = 'fr/orig.md'\n+++\n\n", (1, CHANGED), id="toml"),
        pytest.param("---\nsource: Journal d’Orbe\n---\n\n", (0, []), id="a newspaper"),
        pytest.param("---\nsource: https://a.example/b.html\n---\n\n", (0, []), id="a page"),
        pytest.param("---\nsource: fr/none.md\n---\n\n", (2, []), id="a file that is not there"),
        pytest.param("source: fr/orig.md\n\n", (0, []), id="no front matter"),
    ],
)
def test_front_matter_names_the_source(articles, head, expected):
    write(articles / "a.md", head + WRONG)
    assert check("a.md")[:2] == expected
    write(articles / "sub" / "a.md", head.replace("fr/", "../fr/") + WRONG)
    assert check("sub/a.md")[:2] == expected


def test_a_pattern_names_the_sources(articles):
    write(articles / "transclean.toml", 'source = "{stem}.fr{suffix}"\n')
    assert check("a.md")[:2] == (0, [])  # none is there
    write(articles / "a.fr.md", FRENCH)
    write(articles / "b.md", ENGLISH)
    assert check("a.md", "b.md")[:2] == (1, CHANGED)
    assert check("a.fr.md")[:2] == (0, [])
    write(articles / "a.md", f"---\nsource: b.md\n---\n\n{ENGLISH}")
    assert check("a.md")[:2] == (0, [])  # the article's own word goes first


@pytest.mark.parametrize("value", ["'fr.md'", "'{name}.md'", "'{stem'", "7"])
def test_a_wrong_pattern_is_told(articles, value):
    write(articles / "transclean.toml", f"source = {value}\n")
    status, _, told = check("a.md")
    assert (status, "“source” must be" in told and "{stem}" in told) == (2, True)


def test_numbers_without_end_are_none():
    assert rules("It is 1 or so.", f"C’est {'9' * 5000} environ, ou {'1,' * 500} peut-être.") == []


def test_a_source_may_have_another_format(articles):
    write(articles / "b.html", "<p>Le pont est fermé depuis <b>19</b>87.</p>")
    write(articles / "b.txt", "The bridge has been closed since 1978.")
    assert check("b.txt", "--source", "b.html")[:2] == (1, CHANGED)
