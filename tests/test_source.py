"""Bytes become text and the same bytes again, or are refused with a reason."""

import codecs
import encodings.aliases
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transclean.formats import get_format
from transclean.source import Source, SourceError, decode, encode

# Every text that a file may hold.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        pytest.param(b"", "", "utf-8", b"", id="empty"),
        pytest.param(b"Mme Joly", "Mme Joly", "utf-8", b"", id="ascii"),
        pytest.param("M’s café".encode(), "M’s café", "utf-8", b"", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfcaf\xc3\xa9", "café", "utf-8", b"\xef\xbb\xbf", id="mark"),
        pytest.param(b"\xef\xbb\xbf", "", "utf-8", b"\xef\xbb\xbf", id="mark alone"),
        pytest.param(
            b"\xef\xbb\xbf\xef\xbb\xbfx", "\ufeffx", "utf-8", b"\xef\xbb\xbf", id="second mark kept"
        ),
        pytest.param(b"\xff\xfeh\0i\0", "hi", "utf-16-le", b"\xff\xfe", id="utf-16-le"),
        pytest.param(b"\xfe\xff\0h\0i", "hi", "utf-16-be", b"\xfe\xff", id="utf-16-be"),
        pytest.param(
            b"\xff\xfe\0\0h\0\0\0", "h", "utf-32-le", b"\xff\xfe\0\0", id="utf-32-le, not utf-16"
        ),
        pytest.param(b"\0\0\xfe\xff\0\0\0h", "h", "utf-32-be", b"\0\0\xfe\xff", id="utf-32-be"),
        pytest.param(
            b"a\r\nb\rc\n\x0cd\xe2\x80\xa8e",
            "a\r\nb\rc\n\x0cd\u2028e",
            "utf-8",
            b"",
            id="line ends stay",
        ),
    ],
)
def test_encoding_is_found(data, text, encoding, bom):
    assert decode(data) == Source(text=text, encoding=encoding, bom=bom)


@pytest.mark.parametrize(
    ("data", "named", "text", "encoding"),
    [
        pytest.param(b"caf\xe9", "latin-1", "café", "iso8859-1", id="latin-1"),
        pytest.param(b"\x93oui\x94", "cp1252", "“oui”", "cp1252", id="windows quotes"),
        pytest.param(b"h\0i\0", "utf-16-le", "hi", "utf-16-le", id="utf-16 without mark"),
        pytest.param(b"caf\xc3\xa9", "UTF8", "café", "utf-8", id="utf-8 by another name"),
        pytest.param(b"oui", "utf-8-sig", "oui", "utf-8", id="mark is optional"),
        pytest.param(b"\x82\xa0", "shift_jis", "あ", "shift_jis", id="two bytes"),
    ],
)
def test_named_encoding_is_used(data, named, text, encoding):
    source = decode(data, encoding=named)
    assert source == Source(text=text, encoding=encoding)
    assert encode(source.text, source) == data


@pytest.mark.parametrize("named", ["latin-1", "utf-16", "utf-16-be", "utf-8-sig", "no-such"])
def test_mark_wins_over_the_named_encoding(named):
    data = codecs.BOM_UTF16_LE + "é".encode("utf-16-le")
    assert decode(data, encoding=named) == decode(data)


@pytest.mark.parametrize(
    ("data", "named", "reason"),
    [
        pytest.param(b"PK\x03\x04\0", None, "is not text: NUL byte at offset 4", id="binary"),
        pytest.param(b"\xff\xd8\xff\xe0\0", None, "is not text: NUL byte at offset 4", id="photo"),
        pytest.param(
            b"\xef\xbb\xbfa\0", None, "is not text: NUL byte at offset 4", id="NUL after mark"
        ),
        pytest.param(
            b"\xff\xfea\0\0\0", None, "is not text: NUL byte at offset 4", id="NUL in utf-16"
        ),
        pytest.param(b"a\0", "latin-1", "is not text: NUL byte at offset 1", id="NUL in latin-1"),
        pytest.param(
            b"Le caf\xe9 noir",
            None,
            "is not valid UTF-8 (byte 0xE9 at offset 6); name its encoding with --encoding",
            id="latin-1 unnamed",
        ),
        pytest.param(
            b"caf\xc3",
            None,
            "is not valid UTF-8 (byte 0xC3 at offset 3); name its encoding with --encoding",
            id="cut within a character",
        ),
        pytest.param(
            b"\xed\xa0\x80",
            None,
            "is not valid UTF-8 (byte 0xED at offset 0); name its encoding with --encoding",
            id="lone surrogate",
        ),
        pytest.param(
            b"\xc0\xaf",
            None,
            "is not valid UTF-8 (byte 0xC0 at offset 0); name its encoding with --encoding",
            id="overlong form",
        ),
        pytest.param(
            b"\xef\xbb\xbfab\xff",
            None,
            "is not valid UTF-8 (byte 0xFF at offset 5)",
            id="offset counts the mark",
        ),
        pytest.param(
            b"\xff\xfe\x41", None, "is not valid UTF-16-LE (byte 0x41 at offset 2)", id="odd length"
        ),
        pytest.param(
            b"\xff\xfea\0\x00\xd8b\0",
            None,
            "is not valid UTF-16-LE (byte 0x00 at offset 4)",
            id="half a pair",
        ),
        pytest.param(
            b"caf\xe9", "utf-8", "is not valid UTF-8 (byte 0xE9 at offset 3)", id="utf-8 was named"
        ),
        pytest.param(
            b"a\x81", "cp1252", "is not valid CP1252 (byte 0x81 at offset 1)", id="undefined byte"
        ),
        pytest.param(
            b"oui",
            "klingon",
            "cannot be decoded: there is no text encoding 'klingon'",
            id="unknown",
        ),
        pytest.param(b"oui", "", "cannot be decoded: there is no text encoding ''", id="no name"),
        pytest.param(
            b"oui", "u\0", r"cannot be decoded: there is no text encoding 'u\x00'", id="NUL in name"
        ),
        pytest.param(
            b"oui", "hex", "cannot be decoded: there is no text encoding 'hex'", id="not of text"
        ),
        pytest.param(
            b"oui",
            "undefined",
            "cannot be decoded: there is no text encoding 'undefined'",
            id="refuses all",
        ),
        pytest.param(
            b"o\0",
            "utf-16",
            "has no byte order mark; name its encoding as utf-16-le or utf-16-be",
            id="order unknown",
        ),
        pytest.param(
            b"+AGE-",
            "utf-7",
            "would not come back unchanged from UTF-7; it is left alone",
            id="two spellings of a letter",
        ),
    ],
)
def test_refused_with_a_reason(data, named, reason):
    with pytest.raises(SourceError) as caught:
        decode(data, encoding=named)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("character", "encoding", "reason"),
    [
        ("—", "latin-1", "cannot be written in its encoding, ISO8859-1, which has no “—” U+2014"),
        ("é", "ascii", "cannot be written in its encoding, ASCII, which has no “é” U+00E9"),
        ("\u202f", "cp1252", "cannot be written in its encoding, CP1252, which has no U+202F"),
        ("\udc80", "utf-8", "cannot be written in its encoding, UTF-8, which has no U+DC80"),
    ],
)
def test_character_that_the_encoding_lacks_is_named(character, encoding, reason):
    source = decode(b"Joly said", encoding=encoding)
    with pytest.raises(SourceError) as caught:
        encode(f"Joly {character} said", source)
    assert str(caught.value) == reason


def test_edited_text_keeps_mark_and_encoding():
    source = decode(codecs.BOM_UTF16_BE + "Mme\r\n".encode("utf-16-be"))
    assert encode("Ms.\r\n", source) == codecs.BOM_UTF16_BE + "Ms.\r\n".encode("utf-16-be")


@settings(deadline=None)
@given(st.builds(bytes.__add__, st.sampled_from([b"", *MARKED.values()]), st.binary()))
def test_bytes_come_back_or_are_refused(data):
    try:
        source = decode(data)
    except SourceError:
        return
    assert encode(source.text, source) == data


@settings(deadline=None)
@given(TEXTS, st.sampled_from(sorted(MARKED)))
def test_every_text_is_read_as_it_was_written(text, encoding):
    data = MARKED[encoding] + text.encode(encoding)
    source = decode(data)
    assert source == Source(text=text, encoding=encoding, bom=MARKED[encoding])
    assert encode(text, source) == data


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(deadline=None)
@given(st.binary(), st.sampled_from(sorted(set(encodings.aliases.aliases.values()))))
def test_every_codec_gives_the_bytes_back_or_is_refused(data, encoding):
    try:
        source = decode(data, encoding=encoding)
    except SourceError:
        return
    assert "\0" not in source.text
    assert encode(source.text, source) == data


def test_source_survives_pickling():
    source = decode(b"\xef\xbb\xbfoui")
    assert pickle.loads(pickle.dumps(source)) == source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The bridge over the canal has been closed since Monday,\nsays Mayor Astier.",
            1,
            id="a wrapped paragraph of two lines",
        ),
        pytest.param(
            "READ ALSO: The long winter of the swimming pool\n"
            "The search was resumed on Tuesday with two dogs and a boat from the town.",
            2,
            id="a menu's line over a sentence",
        ),
    ],
)
def test_two_lines_are_joined_where_a_program_wrapped_them(text, expected):
    assert len(get_format("text").parse(text, "a.txt").segments) == expected
