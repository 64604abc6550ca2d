"""All outputs share one list of findings and have an expected file each.

TRANSCLEAN_UPDATE_EXPECTED=1 writes the expected files anew: read their diff.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from transclean.model import (
    Applicability,
    Edit,
    Evidence,
    Finding,
    Fix,
    Severity,
    TranscleanError,
)
from transclean.output import OUTPUTS, FileFindings, OutputOptions, renderer
from transclean.output.excerpt import excerpt
from transclean.output.summary import Counts, summary
from transclean.output.visible import cells, columns, shorten, visible
from transclean.output.words import advice, place

EXPECTED = Path(__file__).parent / "output" / "expected"
PLAIN = OutputOptions()

LETTER = """\
Mill reopens after flood

The owner, Mme Duvall, thanked [une] any helper.
She would have signed on Monday ;  the bank agrees.

Read also: Ten mills to see
"""
NOTE = "“The dam held, Mr. Orsini said.\r\nHe spoke with \U0001f600 and 日本 M me Ott.\r\n"


def fix(level: str, *edits: tuple[int, int, str]) -> Fix:
    made = tuple(Edit(start=start, end=end, replacement=text) for start, end, text in edits)
    return Fix(applicability=Applicability(level), edits=made)


def finding(text: str, start: int, end: int, **fields: Any) -> Finding:
    """Return a finding in `text` with the lines and columns that its offsets have."""
    breaks = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    line, end_line = (sum(begin <= offset for begin in breaks) for offset in (start, end))
    defaults: dict[str, Any] = {
        "path": "a.txt",
        "rule": "fr-mme",
        "category": "honorific",
        "severity": Severity.WARNING,
        "message": "Untranslated honorific",
        "confidence": 0.9,
    }
    return Finding(
        text=text[start:end],
        start=start,
        end=end,
        line=line,
        column=start - breaks[line - 1] + 1,
        end_line=end_line,
        end_column=end - breaks[end_line - 1] + 1,
        **defaults | fields,
    )


def at(text: str, part: str, **fields: Any) -> Finding:
    start = text.index(part)
    return finding(text, start, start + len(part), **fields)


def letter_findings() -> Iterator[Finding]:
    mme, une = LETTER.index("Mme"), LETTER.index("[une]")
    yield at(
        LETTER,
        "Mme",
        message="Untranslated honorific “Mme”",
        confidence=0.97,
        fixes=(fix("safe", (mme, mme + 3, "Ms.")), fix("suggested", (mme, mme + 3, "Mrs."))),
    )
    yield at(
        LETTER,
        "[une]",
        rule="fr-bracketed-word",
        category="bracket",
        severity=Severity.ERROR,
        message="Source word in brackets",
        evidence=(Evidence(start=mme, end=mme + 3, reason="French honorific"),),
        fixes=(fix("safe", (une, une + 6, "")),),
    )
    would = LETTER.index("would")
    yield at(
        LETTER,
        "would have signed",
        rule="fr-conditional",
        category="verb",
        message="Conditional of hearsay",
        confidence=0.6,
        fixes=(fix("suggested", (would, would, "reportedly "), (would, would + 11, "")),),
    )
    yield at(
        LETTER,
        " ;  ",
        rule="common-spacing",
        category="spacing",
        severity=Severity.INFO,
        message="French spacing",
    )
    chrome = LETTER.index("\nRead")
    yield at(
        LETTER,
        LETTER[chrome + 1 :],
        rule="common-read-also",
        category="chrome",
        message="Page chrome",
        fixes=(fix("safe", (chrome, len(LETTER), "")),),
    )


def note_findings() -> Iterator[Finding]:
    said, end = NOTE.index(" Mr."), NOTE.index(" said.")
    yield finding(
        NOTE,
        0,
        NOTE.index("He spoke") + 2,
        path="notes/50%, off.txt",
        rule="common-quotation",
        category="quotation",
        message="Quotation is not closed",
        fixes=(fix("suggested", (said, said, "”"), (end, end + 5, " told us")),),
    )
    yield at(
        NOTE,
        "M me",
        path="notes/50%, off.txt",
        rule="fr-split-mme",
        category="superscript",
        message="Split superscript",
        fixes=(fix("safe", (NOTE.index("M me"), NOTE.index("M me") + 4, "Ms.")),),
    )


def shared_files() -> Iterator[FileFindings]:
    yield FileFindings("a.txt", LETTER, tuple(letter_findings()))
    yield FileFindings("clean.txt", "Nothing here.\n", ())
    yield FileFindings("notes/50%, off.txt", NOTE, tuple(note_findings()))


def render(name: str, *files: FileFindings, options: OutputOptions = PLAIN) -> str:
    return "".join(renderer(name)(iter(files), options))


def one(name: str, text: str, found: Finding, **options: Any) -> str:
    """Return the output for a single finding."""
    file = FileFindings(found.path, text, (found,))
    return render(name, file, options=OutputOptions(**options))


# What every output does


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_is_as_expected(name: str) -> None:
    output = render(name, *shared_files())
    expected = EXPECTED / f"{name}.txt"
    if os.environ.get("TRANSCLEAN_UPDATE_EXPECTED"):
        expected.write_bytes(output.encode())
    assert output == expected.read_bytes().decode()


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_streams(name: str) -> None:
    asked = 0

    def files() -> Iterator[FileFindings]:
        nonlocal asked
        for file in shared_files():
            asked += 1
            yield file

    next(iter(renderer(name)(files(), PLAIN)))
    assert asked == 1


@pytest.mark.parametrize("name", OUTPUTS)
def test_article_sends_nothing_to_the_terminal(name: str) -> None:
    text = "a\x1b[2Jb \x07\x9b31m\u202etxt\r\n"
    evil = "\x1b]0;x\x07\u2066\x9b\n"
    found = finding(
        text,
        1,
        5,
        path=evil,
        message=evil,
        evidence=(Evidence(start=0, end=8, reason="\x1bc"),),
        fixes=(fix("safe", (1, 5, "\x1b[0m")), fix("safe", (1, 5, "x\n\x1b[0m"), (6, 6, "\x07"))),
    )
    output = one(name, text, found)
    assert set(re.findall(r"[\x00-\x1f\x7f-\x9f]", output)) <= {"\n"}
    if not name.startswith("json"):
        assert not set(re.findall(r"[\u200b\u202a-\u202e\u2066-\u2069]", output))


def test_unknown_output_names_those_there_are() -> None:
    with pytest.raises(TranscleanError, match="“xml”; there are full, concise"):
        renderer("xml")


# Full


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "carets"),
    [
        pytest.param("Hello Mme Ott", 6, 9, "Hello Mme Ott", "      ^^^", id="plain"),
        pytest.param("日本 Mme", 3, 6, "日本 Mme", "     ^^^", id="wide before"),
        pytest.param("a 日本 b", 2, 4, "a 日本 b", "  ^^^^", id="wide inside"),
        pytest.param("ｆｕ Mme", 3, 6, "ｆｕ Mme", "     ^^^", id="fullwidth"),
        pytest.param("😀 Mme", 2, 5, "😀 Mme", "   ^^^", id="emoji"),
        pytest.param("👩‍💻 Mme", 4, 7, "👩‍💻 Mme", "   ^^^", id="emoji made of two"),
        pytest.param("👍🏽 Mme", 3, 6, "👍🏽 Mme", "   ^^^", id="skin tone"),
        pytest.param("❤️ Mme", 3, 6, "❤️ Mme", "   ^^^", id="sign drawn as an emoji"),
        pytest.param("🇫🇷 Mme", 3, 6, "🇫🇷 Mme", "   ^^^", id="flag"),
        pytest.param("e\u0301te\u0301 Mme", 6, 9, "e\u0301te\u0301 Mme", "    ^^^", id="combining"),
        pytest.param("می\u200cروم Mme", 7, 10, "می\u200cروم Mme", "      ^^^", id="non-joiner"),
        pytest.param("\tMme", 1, 4, "    Mme", "    ^^^", id="tab"),
        pytest.param("a\u200bb Mme", 4, 7, r"a\u200bb Mme", "         ^^^", id="zero-width space"),
        pytest.param("a\u200bb", 1, 2, r"a\u200bb", " ^^^^^^", id="finding is invisible"),
        pytest.param("a\x1bb Mme", 4, 7, r"a\x1bb Mme", "       ^^^", id="control character"),
        pytest.param("one two", 3, 3, "one two", "   ^", id="insertion"),
        pytest.param("one two", 7, 7, "one two", "       ^", id="end of the text"),
        pytest.param("a\r\nMme\r\nb", 3, 6, "Mme", "^^^", id="CRLF"),
        pytest.param("a\rMme\rb", 2, 5, "Mme", "^^^", id="CR"),
        pytest.param("one two\nthree", 4, 10, "one two", "    ^^^", id="two lines"),
        pytest.param("one\n\ntwo", 3, 5, "one", "   ^", id="line breaks alone"),
        pytest.param("a\x0bb\u2028Mme", 4, 7, r"a\x0bb\u2028Mme", "            ^^^", id="no line"),
    ],
)
def test_carets_stand_under_the_finding(
    text: str, start: int, end: int, line: str, carets: str
) -> None:
    assert excerpt(text, finding(text, start, end), 60) == (line, carets)


@pytest.mark.parametrize(
    ("text", "part", "line", "carets"),
    [
        pytest.param(
            "Mme " + "b" * 40, "Mme", "Mme bbbbbbbbbbbbbbb…", "^^^", id="at the beginning"
        ),
        pytest.param(
            "b" * 40 + " Mme", "Mme", "…bbbbbbbbbbbbbbb Mme", " " * 17 + "^^^", id="at the end"
        ),
        pytest.param(
            "a" * 40 + " Mme " + "b" * 40,
            "Mme",
            "…aaaaaa Mme bbbbbbb…",
            " " * 8 + "^^^",
            id="in the middle",
        ),
        pytest.param(
            "a" * 12 + " Mme " + "b" * 40,
            "Mme",
            "…aaaaaa Mme bbbbbbb…",
            " " * 8 + "^^^",
            id="half of the room each",
        ),
        pytest.param(
            "aa Mme " + "b" * 40, "Mme", "aa Mme bbbbbbbbbbbb…", "   ^^^", id="room left over"
        ),
        pytest.param("日" * 30 + "Mme", "Mme", "…日日日日日日日日Mme", " " * 17 + "^^^", id="wide"),
        pytest.param(
            "a" * 5 + "b" * 40, "b" * 40, "…abbbbbbbbbbbbbbbbb…", "  " + "^" * 18, id="long"
        ),
        pytest.param("a" * 17 + "Mme", "Mme", "a" * 17 + "Mme", " " * 17 + "^^^", id="fits"),
    ],
)
def test_long_line_is_cropped_around_the_finding(
    text: str, part: str, line: str, carets: str
) -> None:
    assert excerpt(text, at(text, part), 20) == (line, carets)
    assert columns(cells(line)) <= 20


def test_excerpt_reads_no_more_of_a_long_line_than_it_shows() -> None:
    class Watched(str):
        def __getitem__(self, key: Any) -> str:
            assert key.stop - key.start < 500
            return super().__getitem__(key)

    text = "word " * 100_000
    assert columns(cells(excerpt(Watched(text), finding(text, 250_000, 250_004), 80).line)) <= 80


@pytest.mark.parametrize(
    ("start", "end", "edits", "words"),
    [
        pytest.param(4, 7, [(4, 7, "Ms.")], "write “Ms.”", id="all of it"),
        pytest.param(4, 8, [(4, 8, "")], "remove “Mme ”", id="removal"),
        pytest.param(4, 7, [(4, 8, "")], "remove “Mme ”", id="removal with a space"),
        pytest.param(4, 12, [(4, 5, ""), (8, 9, "")], "remove “M” and “D”", id="two removals"),
        pytest.param(4, 12, [(4, 7, "Ms.")], "write “Ms. Dorn”", id="part of it"),
        pytest.param(3, 3, [(3, 3, ",")], "insert “,”", id="insertion"),
        pytest.param(4, 7, [(7, 7, ",")], "write “Mme,”", id="insertion after it"),
        pytest.param(8, 12, [(4, 7, "Ms.")], "write “Ms. Dorn” instead of “Mme Dorn”", id="beside"),
        pytest.param(4, 12, [(4, 7, "A"), (8, 12, "B")], "write “A B”", id="several"),
        pytest.param(4, 12, [(8, 12, "B"), (4, 7, "A")], "write “A B”", id="in any order"),
        pytest.param(4, 7, [(4, 7, "a\n\tb")], r"write “a\n\tb”", id="line break"),
        pytest.param(4, 7, [(4, 7, "x" * 99)], f"write “{'x' * 30}…{'x' * 29}”", id="long"),
    ],
)
def test_fix_in_words(start: int, end: int, edits: list[tuple[int, int, str]], words: str) -> None:
    text = "The Mme Dorn waits."
    assert advice(text, finding(text, start, end), fix("safe", *edits), 60) == words


def test_text_between_distant_edits_is_shortened() -> None:
    text = "“" + "a" * 500 + "«"
    made = fix("suggested", (0, 1, "‘"), (501, 502, "’"))
    assert advice(text, finding(text, 0, 502), made, 80) == f"write “‘{'a' * 20}…{'a' * 19}’”"


def test_full_marks_a_finding_of_several_lines() -> None:
    text = "one two\nthree\nfour"
    assert "^^^ and on to line 2\n" in one("full", text, finding(text, 4, 10))
    assert "^^^\n" in one("full", text, finding(text, 4, 8))


def test_full_limits_evidence() -> None:
    evidence = tuple(Evidence(start=i, end=i, reason=f"sign {i}") for i in range(7))
    output = one("full", "Mme Ott spoke", finding("Mme Ott spoke", 0, 3, evidence=evidence))
    assert "because of line 1: sign 4\n  = because of 2 more\n" in output


def test_full_is_coloured_only_on_request() -> None:
    found = at("Mme Ott", "Mme", fixes=(fix("safe", (0, 3, "Ms.")),))
    coloured = one("full", "Mme Ott", found, color=True)
    assert "\x1b[33m^^^\x1b[0m" in coloured
    assert "\x1b[32mfix (safe):\x1b[0m write" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == one("full", "Mme Ott", found)


def test_full_keeps_to_the_width() -> None:
    text = "word " * 50 + "Mme Ott" + " word" * 50
    lines = one("full", text, at(text, "Mme"), width=60).splitlines()
    assert len(lines[2]) == 60


# Concise


@pytest.mark.parametrize(
    ("levels", "end"),
    [
        pytest.param((), "honorific", id="no fix"),
        pytest.param(("safe",), "honorific [safe fix]", id="safe"),
        pytest.param(("suggested",), "honorific [suggested]", id="suggested"),
        pytest.param(("suggested", "safe"), "honorific [safe fix]", id="one of them is safe"),
    ],
)
def test_concise_tells_what_fix_would_do(levels: tuple[str, ...], end: str) -> None:
    found = at("Mme", "Mme", fixes=tuple(fix(level, (0, 3, "Ms.")) for level in levels))
    assert one("concise", "Mme", found) == f"a.txt:1:1: fr-mme Untranslated {end}\n"


def test_place_in_a_record() -> None:
    assert place(at("Mme", "Mme", path="b.jsonl", record=3, field="body")) == "b.jsonl[3].body:1:1"
    assert place(at("Mme", "Mme", path="b.jsonl", record=0)) == "b.jsonl[0]:1:1"


# JSON


def test_json_without_findings_is_an_empty_array() -> None:
    assert render("json", FileFindings("a.txt", "", ())) == render("json") == "[]\n"
    assert render("jsonl") == ""


def test_json_has_the_fields_of_the_contract_in_order() -> None:
    names = (
        "path rule category severity message confidence text start end "
        "line column end_line end_column evidence fixes"
    )
    array = json.loads(render("json", *shared_files()))
    assert {tuple(item) for item in array} == {tuple(names.split())}
    assert [json.loads(line) for line in render("jsonl", *shared_files()).splitlines()] == array


def test_json_of_a_record_says_which() -> None:
    found = at("Mme", "Mme", record=0, field="body")
    assert one("jsonl", "Mme", found).endswith('"fixes":[],"record":0,"field":"body"}\n')


def test_json_leaves_letters_as_they_are() -> None:
    found = at("日本 é “\x9b” 😀", "日本 é “\x9b” 😀")
    output = one("jsonl", found.text, found)
    assert r'"text":"日本 é “\u009b” 😀"' in output
    assert json.loads(output)["text"] == found.text


def test_json_keeps_a_file_name_that_is_not_unicode() -> None:
    found = at("Mme", "Mme", path="caf\udce9.txt")
    output = one("json", "Mme", found)
    assert json.loads(output)[0]["path"] == "caf\udce9.txt"
    assert output.encode().isascii()


# GitHub


@pytest.mark.parametrize(
    ("fields", "command"),
    [
        pytest.param({"severity": Severity.ERROR}, "::error file=a.txt,line=1,", id="error"),
        pytest.param({"severity": Severity.WARNING}, "::warning file=a.txt,line=1,", id="warning"),
        pytest.param({"severity": Severity.INFO}, "::notice file=a.txt,line=1,", id="info"),
        pytest.param({"path": "a,b:c%.txt"}, "::warning file=a%2Cb%3Ac%25.txt,", id="property"),
        pytest.param({"message": "5%, a:b"}, "title=transclean fr-mme::5%25, a:b\n", id="message"),
        pytest.param({"message": "a\r\nb"}, "::a%0D%0Ab\n", id="line break"),
        pytest.param({"message": "a\n::error::b"}, "::a%0A::error::b\n", id="another command"),
        pytest.param({"path": "a\nb\x1b.txt"}, r"file=a%0Ab\x1b.txt,", id="control characters"),
    ],
)
def test_github_escapes(fields: dict[str, Any], command: str) -> None:
    output = one("github", "Mme Ott", at("Mme Ott", "Mme", **fields))
    assert command in output
    assert output.count("\n") == 1


@pytest.mark.parametrize(
    ("start", "end", "lines"),
    [
        pytest.param(4, 7, "line=1,endLine=1,col=5,endColumn=8,title", id="one line"),
        pytest.param(4, 10, "line=1,endLine=2,title", id="two lines have no columns"),
        pytest.param(4, 8, "line=1,endLine=1,title", id="with its line break"),
    ],
)
def test_github_lines(start: int, end: int, lines: str) -> None:
    text = "one two\nthree"
    assert lines in one("github", text, finding(text, start, end))


def test_github_puts_a_record_on_its_file() -> None:
    output = one("github", "Mme", at("Mme", "Mme", path="b.csv", record=2, field="body"))
    assert output.startswith("::warning file=b.csv,title=transclean fr-mme::b.csv[2].body:1:1: Un")


# Text and numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("“naïve” 日本 😀", "“naïve” 日本 😀", id="nothing to escape"),
        pytest.param("a\x00\x1b[31m\x7f\x9b", r"a\x00\x1b[31m\x7f\x9b", id="control"),
        pytest.param("a\t\r\n", r"a\t\r\n", id="white space"),
        pytest.param("a\u202eb\u2066", r"a\u202eb\u2066", id="direction"),
        pytest.param("\ufeff\xad\u2028", r"\ufeff\xad\u2028", id="invisible"),
        pytest.param("caf\udce9", r"caf\udce9", id="file name that is not Unicode"),
        pytest.param("10\xa0km 👩\u200d💻", "10\xa0km 👩\u200d💻", id="space and joiner stay"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_shortened_text_has_exactly_the_limit() -> None:
    assert shorten("abcdefghij", 10) == "abcdefghij"
    assert shorten("abcdefghijk", 10) == "abcde…hijk"
    assert shorten("abcdefghijkl", 9) == "abcd…ijkl"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        pytest.param((0, 0, 0, 0), "No findings", id="none"),
        pytest.param((1, 1, 0, 0), "1 finding in 1 file, none with a fix", id="singular"),
        pytest.param((1, 1, 1, 0), "1 finding in 1 file: 1 with a safe fix", id="safe"),
        pytest.param((2, 1, 0, 1), "2 findings in 1 file: 1 with a suggested fix", id="suggested"),
        pytest.param(
            (12, 3, 5, 4),
            "12 findings in 3 files: 5 with a safe fix, 4 with a suggested one",
            id="both",
        ),
        pytest.param(
            (1200, 1000, 0, 0), "1,200 findings in 1,000 files, none with a fix", id="many"
        ),
    ],
)
def test_summary(numbers: tuple[int, int, int, int], words: str) -> None:
    findings, files, safe, suggested = numbers
    counts = Counts(findings=findings, files=files, safe=safe, suggested=suggested)
    assert summary(counts) == words


def test_counts_add_up_over_files() -> None:
    total = Counts()
    for file in shared_files():
        total += Counts.of(file.findings)
    assert total == Counts(findings=7, files=2, safe=4, suggested=2)
