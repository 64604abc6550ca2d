"""Bytes to text and back: encoding, byte order mark, line endings as they are.

Nothing is guessed. A byte order mark decides; without one a file is UTF-8, or what the
user named. What is decoded here can be encoded again to the same bytes.
"""

from __future__ import annotations

import codecs

import msgspec

from transclean.model import TranscleanError

# UTF-32 stands before UTF-16: the mark of the one begins with the mark of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class SourceError(TranscleanError):
    """Bytes that are no text in their encoding, or text that the encoding cannot hold.

    The message is a reason in plain words, to stand after the file's name.
    """


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A decoded file: its text without byte order mark, and how to write it back.

    `text` keeps its line endings. `encoding` is a codec's name in Python's spelling;
    `bom` is the byte order mark that the file began with, or nothing.
    """

    text: str
    encoding: str
    bom: bytes = b""


def decode(data: bytes, *, encoding: str | None = None) -> Source:
    """Return the text of `data`, such that `encode` gives exactly `data` again.

    `encoding` is for files without a byte order mark; where there is one, it decides.
    Raises SourceError for binary data, for bytes that are wrong in the encoding and for
    an encoding that is unknown or would not give the same bytes back.
    """
    bom, name = _encoding(data, encoding)
    body = data[len(bom) :]
    if name == "utf-8":
        _refuse_nul(data.find(b"\0"))
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        hint = "" if bom or encoding else "; name its encoding with --encoding"
        wrong = error.object[error.start : error.start + 1].hex().upper()
        raise SourceError(
            f"is not valid {name.upper()} (byte 0x{wrong} at offset {len(bom) + error.start}){hint}"
        ) from None
    except UnicodeError:  # of the few codecs that name no place
        raise SourceError(f"is not valid {name.upper()}") from None
    if name != "utf-8":
        nul = text.find("\0")
        _refuse_nul(nul if nul < 0 else len(bom) + len(text[:nul].encode(name)))
        _check_round_trip(text, body, name)
    return Source(text=text, encoding=name, bom=bom)


def encode(text: str, source: Source) -> bytes:
    """Return `text` as bytes in the encoding, and with the byte order mark, of `source`.

    Raises SourceError, naming the character, where the encoding cannot express one.
    """
    try:
        return source.bom + text.encode(source.encoding)
    except UnicodeEncodeError as error:
        raise SourceError(
            f"cannot be written in its encoding, {source.encoding.upper()}, "
            f"which has no {_describe(text[error.start])}"
        ) from None


def _encoding(data: bytes, named: str | None) -> tuple[bytes, str]:
    """Return the byte order mark and the codec that `data` is to be decoded with."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return mark, name
    if named is None:
        return b"", "utf-8"
    try:
        name = codecs.lookup(named).name
        "".encode(name)  # refused by codecs that turn bytes into bytes
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        raise SourceError(f"cannot be decoded: there is no text encoding {named!r}") from None
    if name in ("utf-16", "utf-32"):
        raise SourceError(f"has no byte order mark; name its encoding as {name}-le or {name}-be")
    return b"", "utf-8" if name == "utf-8-sig" else name


def _refuse_nul(offset: int) -> None:
    if offset >= 0:
        raise SourceError(f"is not text: NUL byte at offset {offset}")


def _check_round_trip(text: str, body: bytes, name: str) -> None:
    """Raise SourceError unless `text` is encoded as exactly the bytes it came from."""
    try:
        same = text.encode(name) == body
    except UnicodeError:
        same = False
    if not same:
        raise SourceError(f"would not come back unchanged from {name.upper()}; it is left alone")


def _describe(character: str) -> str:
    """Return a character with its code point, so that it can be seen and searched for."""
    shown = f"“{character}” " if character.isprintable() else ""
    return f"{shown}U+{ord(character):04X}"
