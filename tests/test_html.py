"""HTML: what is prose, what is protected, what a fix makes of it, how its bytes are decoded."""

from __future__ import annotations

import pytest

from transclean import Cleaner, TranscleanError
from transclean.formats import declared_encoding, get_format


def views(text):
    return [s.text for s in get_format("html").parse(text, "a.html").segments]


@pytest.fixture(scope="module")
def cleaner():
    return Cleaner(select=["fr", "common"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<p>One <b>two</b>\n   three</p><p>four", ["One two three", "four"], id="p"),
        pytest.param("M<sup>me</sup>&nbsp;Joly &amp; co &eacute;&#233;", ["Mme\u00a0Joly & co éé"],
                     id="entities"),
        pytest.param("<ul><li>One<li>two</ul>", ["One", "two"], id="end tags left out"),
        pytest.param("<table><tr><td>a<td>b</table>", ["a", "b"], id="cells"),
        pytest.param("One<br>two<br><br>three", ["One\ntwo", "three"], id="line breaks"),
        pytest.param("One <img alt='two &amp; three'> four", ["One \ufffc four", "two & three"],
                     id="picture"),
        pytest.param('<a title="One two">three</a>', ["One two", "three"], id="title"),
        pytest.param("<head><title>One</title><meta name=description content='Two three'>"
                     "<meta property=og:title content='Four'><meta name=x content='no'></head>",
                     ["One", "Two three", "Four"], id="head"),
        pytest.param("a < b & c <d", ["a < b & c <d"], id="signs that are no markup"),
        pytest.param("<p>1 < 2 &amp; 3", ["1 < 2 & 3"], id="an entity behind such a sign"),
        pytest.param("<b>One <i>two</b> three</i>", ["One two three"], id="tags that cross"),
        pytest.param("One</b></div> two", ["One", "two"], id="end tags of nothing"),
        pytest.param("<?xml version='1.0'?><p>One</p>", ["One"], id="XML declaration"),
        pytest.param("<p>One<!-- two --> three", ["One three"], id="comment"),
        pytest.param("<p>One <script>two</script>three", ["One three"], id="script in a sentence"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_what_is_prose(text, expected):
    assert views(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<script>Mme Joly</script><style>Mme Joly</style>", id="script, style"),
        pytest.param("<pre>Mme Joly</pre><p>So <code>Mme Joly</code>, <kbd>Mme Joly</kbd>, "
                     "<samp>Mme Joly</samp> is.", id="code"),
        pytest.param('<p translate="no">Mme Joly</p><p>So <i translate=no>Mme Joly</i> is.',
                     id="not to be translated"),
        pytest.param('<p lang="fr">Mme Joly</p><p>So <i lang=fr-CA>Mme Joly</i> is.',
                     id="in another language"),
        pytest.param('<p data-x="Mme Joly" class="Mme Joly">So it is.</p>', id="attributes"),
        pytest.param("<textarea>Mme Joly</textarea><!-- Mme Joly -->", id="form, comment"),
        pytest.param("<p>See {{ Mme Joly }} and {% x Mme Joly %}.</p>", id="templates"),
    ],
)  # fmt: skip
def test_what_is_protected(cleaner, text):
    assert cleaner.check(text, format="html") == []
    assert cleaner.fix(text, suggested=True, format="html").text == text


def test_english_in_a_passage_of_another_language_is_prose():
    assert views('<div lang="fr"><p>Non.</p><p lang="en">Yes it is.</p></div>') == ["Yes it is."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<p>M<sup>me</sup>&nbsp;Joly spoke.</p>", "<p>Ms.&nbsp;Joly spoke.</p>",
                     id="raised letters"),
        pytest.param('<p><a href="/x?a=1&b">Mme Joly</a> spoke.',
                     '<p><a href="/x?a=1&b">Ms. Joly</a> spoke.', id="link"),
        pytest.param("<p>He is <b>[une]</b> any man.", "<p>He is any man.", id="emphasis goes"),
        pytest.param("<div>\n<p>The council met on Monday.</p>\n<p>Read also: The end</p>\n</div>",
                     "<div>\n<p>The council met on Monday.</p>\n</div>", id="a paragraph goes"),
        pytest.param('<img alt="Mme Joly spoke">', '<img alt="Ms. Joly spoke">', id="attribute"),
    ],
)  # fmt: skip
def test_what_a_fix_writes(cleaner, text, expected):
    assert cleaner.fix(text, suggested=True, format="html").text == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b'<meta charset="iso-8859-1">', "cp1252", id="Latin-1 means windows-1252"),
        pytest.param(b"<meta http-equiv=x content='text/html; charset=koi8-r'>", "koi8-r",
                     id="http-equiv"),
        pytest.param(b"<?xml version='1.0' encoding='iso-8859-15'?>", "iso8859-15", id="XHTML"),
        pytest.param(b"<meta charset=utf-16>", "utf-8", id="UTF-16 can't be declared in ASCII"),
        pytest.param(b"<meta charset=nonsense>", None, id="unknown"),
        pytest.param(b"<p>", None, id="none"),
        pytest.param(b" " * 2000 + b"<meta charset=koi8-r>", None, id="too late"),
    ],
)  # fmt: skip
def test_the_encoding_is_what_the_page_says(data, expected):
    assert declared_encoding("html", data) == expected


def test_deep_nesting_is_read():
    assert views("<div>" * 20_000 + "One two") == ["One two"]
    assert views("<b>" * 3_000 + "One two") == ["One two"]


def test_elements_without_bottom_are_told():
    with pytest.raises(TranscleanError, match="line 2: has elements more than 25,000 deep"):
        views("<p>One</p>\n" + "<div>" * 30_000)
    assert views("<p>One<br>" * 30_000)[0] == "One"
