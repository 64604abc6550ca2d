"""Files of translators (PO, XLIFF, TMX) and subtitles: what is prose, what a fix writes."""

from __future__ import annotations

import re

import pytest

from transclean import Cleaner, TranscleanError
from transclean.formats import declared_encoding, get_format

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: en\\n"
"""
XLIFF = """\
<?xml version="1.0"?>
<xliff version="1.2"><file source-language="fr" target-language="en"><body>
<trans-unit id="1"><source>Mme Joly</source><target>{}</target></trans-unit>
</body></file></xliff>
"""
TMX = """\
<tmx version="1.4"><header srclang="fr"/><body><tu>
<tuv xml:lang="fr"><seg>Mme Joly</seg></tuv><tuv xml:lang="en-GB"><seg>{}</seg></tuv>
</tu></body></tmx>
"""
SRT = """\
1
00:00:01,000 --> 00:00:02,500
{}

"""
VTT = """\
WEBVTT

NOTE Mme Joly

intro
00:01.000 --> 00:02.500 align:start
{}
"""


@pytest.fixture(scope="module")
def cleaner():
    return Cleaner(select=["fr"])


def document(name, text):
    return get_format(name).parse(text, "article")


def views(name, text):
    return [segment.text for segment in document(name, text).segments]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("po", PO, [], id="header"),
        pytest.param("po", PO + '\nmsgid "a"\nmsgstr ""\n"One "\n"\\"two\\".\\n"\n"Three"\n',
                     ['One "two".', "Three"], id="strings over lines"),
        pytest.param("po", PO + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "One"\nmsgstr[1] "Two"\n',
                     ["One", "Two"], id="plural"),
        pytest.param("po", PO
                     + '\nmsgid "a"\nmsgstr "M<sup>me</sup> <a "\n"href=\\"x\\">b</a><br>c <d>"\n',
                     ["Mme b\nc <d>"], id="HTML in PO"),
        pytest.param("exchange", XLIFF.format("M&lt;sup>me&lt;/sup> <g id='1'>&lt;i>x</g>"),
                     ["Mme x"], id="HTML in XLIFF"),
        pytest.param("po", PO + '\nmsgid "a"\nmsgstr "\\x \\101\\x42\\9"\n',
                     ["x AB9"], id="escapes"),
        pytest.param("exchange", XLIFF.replace("<target>", "<target a='>'>").format(
            "<g b='x>y'>One</g><!-- <x> -->"), ["One"], id="tags with signs of tags"),
        pytest.param("po", PO + '\n#~ msgid "a"\n#~ msgstr "One"\n# Two\n', [], id="obsolete"),
        pytest.param("po", PO.replace("en", "fr", 1).replace(": en", ": fr")
                     + '\nmsgid "a"\nmsgstr "Un"\n', [], id="into another language"),
        pytest.param("exchange", XLIFF.format("One &amp; <g id='1'>two</g> <ph>x</ph>three"),
                     ["One & two three"], id="XLIFF"),
        pytest.param("exchange", XLIFF.replace('"en"', '"de"').format("Ein"), [], id="German"),
        pytest.param("exchange", TMX.format("One\n two"), ["One two"], id="TMX"),
        pytest.param("subtitles", SRT.format("<i>One</i>\ntwo") * 2, ["One two"] * 2, id="SRT"),
        pytest.param("subtitles", SRT.format("- One\n- Two"), ["- One", "- Two"], id="speakers"),
        pytest.param("subtitles", VTT.format("<v Ann>One &amp; two"), ["One & two"], id="VTT"),
    ],
)  # fmt: skip
def test_what_is_prose(name, text, expected):
    assert views(name, text) == expected


@pytest.mark.parametrize(
    ("name", "frame", "before", "after"),
    [
        pytest.param("po", PO + '\nmsgid "Mme Joly"\nmsgstr ""\n{}\n',
                     '"M’s office"\n"me Joly %s."',
                     '"Ms. Joly’s office"\n" %s."', id="over lines"),
        pytest.param("po", PO + '\nmsgid "a"\nmsgstr {}\n', '"%s Mme Joly\\t\\"x\\""',
                     '"%s Ms. Joly\\t\\"x\\""', id="escapes"),
        pytest.param("po", PO + '\nmsgid "a"\nmsgstr {}\n',
                     '"M<sup>me</sup> Joly met <b class=\\"x\\">Mme</b> Roy"',
                     '"Ms. Joly met <b class=\\"x\\">Ms.</b> Roy"', id="HTML in PO"),
        pytest.param("exchange", XLIFF,
                     "M&lt;sup&gt;me&lt;/sup&gt; Joly met &lt;b&gt;Mme&lt;/b&gt; Roy",
                     "Ms. Joly met &lt;b&gt;Ms.&lt;/b&gt; Roy", id="HTML in XLIFF"),
        pytest.param("exchange", XLIFF, "<g id='1'>Mme</g> Joly <ph>Mme Joly</ph>",
                     "<g id='1'>Ms.</g> Joly <ph>Mme Joly</ph>", id="XLIFF"),
        pytest.param("exchange", TMX, "Mme Joly &lt;x&gt;", "Ms. Joly &lt;x&gt;", id="TMX"),
        pytest.param("subtitles", SRT, "<i>Mme</i> Joly said\non July 1 er.",
                     "<i>Ms.</i> Joly said\non July 1.", id="SRT"),
        pytest.param("subtitles", VTT, "<v Mme Joly>Mme Joly", "<v Mme Joly>Ms. Joly", id="VTT"),
    ],
)  # fmt: skip
def test_what_a_fix_writes(cleaner, name, frame, before, after):
    result = cleaner.fix(frame.replace("{}", before), suggested=True, format=name)
    assert result.text == frame.replace("{}", after)


def test_placeholders_are_protected():
    text = PO + '\nmsgid "a"\nmsgstr "A %(name)s, {count}, %d, <x>x</x> and %{y}."\n'
    found = document("po", text)
    assert [text[a:b] for a, b in found.protected] == [
        "%(name)s", "{count}", "%d", "<x>", "</x>", "%{y}"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("po", PO + '\nmsgid "a"\nmsgstr "One\n', "line 7: is no keyword", id="quote"),
        pytest.param("po", "nonsense\n", "line 1: is no keyword", id="no PO at all"),
        pytest.param("exchange", "<a>\n<b></a>", "line 2: is not valid XML", id="tags"),
        pytest.param("exchange", "", "line 1: is not valid XML: no element found", id="nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(name, text, said):
    with pytest.raises(TranscleanError, match=re.escape(said)):
        document(name, text)


def test_the_source_makes_the_provenance_sure(cleaner):
    engine = cleaner.engine
    known = document("exchange", XLIFF.format("One"))
    assert known.source_language == "fr"
    assert engine.run(known).provenance.given == "fr"
    source = "Le conseil municipal a adopté le budget de la ville mardi soir après un long débat."
    told = document("po", PO + f'\nmsgid "{source}"\nmsgstr "One two three"\n')
    assert engine.run(told).provenance.given == "fr"
    unsaid = document("po", PO + '\nmsgid "OK"\nmsgstr "OK"\n')
    assert engine.run(unsaid).provenance.given is None


NUMBERS = (
    PO
    + """
# 1978
msgid "Fermé en 1987, il coûte 34 600 euros."
msgstr "Closed in {}, it costs 34,600 euros."

msgid "Un %d (2345)"
msgid_plural "Des %d (2345)"
msgstr[0] "One %d (2345)"
msgstr[1] "Some %d (2345)"

msgid "En 1978,\\nen 2468."
msgstr "In 1978, in 2468."
"""
)
UNIT = "<source>Fermé <g id='1'>en 1987</g> &amp; ouvert</source>"


@pytest.mark.parametrize("year", ["1987", "1978"])
@pytest.mark.parametrize(
    ("name", "frame"),
    [
        pytest.param("po", NUMBERS, id="PO"),
        pytest.param("exchange", XLIFF.replace("<source>Mme Joly</source>", UNIT).replace(
            "{}", "Closed in {} &amp; opened"), id="XLIFF"),
        pytest.param("exchange", TMX.replace("Mme Joly", "Fermé en 1987").replace(
            "{}", "Closed in {}"), id="TMX"),
    ],
)  # fmt: skip
def test_each_translation_is_compared_with_its_own_source(name, frame, year):
    found = Cleaner(select=["source"]).check(frame.replace("{}", year), format=name)
    changed = [("common-source-number-changed", "1978")] if year == "1978" else []
    assert [(f.rule, f.text) for f in found] == changed


def test_encodings_are_what_the_files_declare():
    data = PO.replace("UTF-8", "ISO-8859-15").encode()
    assert declared_encoding("po", data) == "iso-8859-15"
    assert declared_encoding("exchange", b'<?xml version="1.0" encoding="cp1252"?>') == "cp1252"


def test_translate_toolkit_reads_the_same_translations(tmp_path):
    factory = pytest.importorskip("translate.storage.factory")
    texts = {
        "a.po": PO
        + '\nmsgid "a"\nmsgstr ""\n"One "\n"\\"two\\"\\tx"\n\nmsgid "b"\nmsgstr "Three"\n',
        "a.xlf": XLIFF.format("One &amp; two"),
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        units = factory.getobject(str(path)).units
        wanted = [str(unit.target) for unit in units if unit.target and not unit.isheader()]
        kind = {"po": "po", "xlf": "exchange"}[path.suffix[1:]]
        read = [" ".join(view.split()) for view in views(kind, text)]
        assert read == [" ".join(text.split()) for text in wanted]
