"""Diffs say exactly what changed, and git and patch make the change from them."""

import os
import random
import shutil
import subprocess
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transclean.fixer.diff import streamed_diff, unified_diff

TOOLS = [
    pytest.param(
        command,
        marks=pytest.mark.skipif(not shutil.which(command[0]), reason=f"no {command[0]} here"),
        id=command[0],
    )
    for command in (["git", "apply"], ["patch", "-p1", "--silent"])
]


def diff(before, after, path="x.txt", context=3):
    return "".join(unified_diff(path, before, after, context=context))


def apply(command, patch, folder):
    """Run git or patch on the diff, with no one's settings."""
    clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    ceiling = {"GIT_CEILING_DIRECTORIES": str(Path(folder).parent)}
    done = subprocess.run(
        command, input=patch, cwd=folder, capture_output=True, env=os.environ | clean | ceiling
    )
    assert done.returncode == 0, (done.stdout + done.stderr, patch)


def assert_applies(command, folder, name, before, after):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    patch = b"".join(unified_diff(str(file), before, after))
    apply(command, patch, Path.cwd())
    assert file.read_bytes() == after, patch


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


HEAD = "--- a/x.txt\n+++ b/x.txt\n"


@pytest.mark.parametrize(
    ("before", "after", "hunks"),
    [
        pytest.param("a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", id="changed"),
        pytest.param("a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n", id="only line"),
        pytest.param("a\nb\n", "b\n", "@@ -1,2 +1 @@\n-a\n b\n", id="removed"),
        pytest.param("a\n", "a\nb\n", "@@ -1 +1,2 @@\n a\n+b\n", id="added"),
        pytest.param("", "a\n", "@@ -0,0 +1 @@\n+a\n", id="was empty"),
        pytest.param("a\n", "", "@@ -1 +0,0 @@\n-a\n", id="is empty now"),
        pytest.param(
            "a\nb\n", "A\nB\n", "@@ -1,2 +1,2 @@\n-a\n-b\n+A\n+B\n", id="neighbours in one block"
        ),
        pytest.param(
            "a",
            "b",
            "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n",
            id="no final newline",
        ),
        pytest.param(
            "a\nb",
            "A\nb",
            "@@ -1,2 +1,2 @@\n-a\n+A\n b\n\\ No newline at end of file\n",
            id="no final newline in the context",
        ),
        pytest.param(
            "a",
            "a\n",
            "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n",
            id="final newline added",
        ),
        pytest.param("a\r\nb\r\n", "a\r\n", "@@ -1,2 +1 @@\n a\r\n-b\r\n", id="CRLF stays"),
        pytest.param(
            "a\rb\x0cc\u2028d\x85\x1ce\n",
            "a\rb\x0cc\u2028D\x85\x1ce\n",
            "@@ -1 +1 @@\n-a\rb\x0cc\u2028d\x85\x1ce\n+a\rb\x0cc\u2028D\x85\x1ce\n",
            id="only LF ends a line",
        ),
        pytest.param(
            "-- a\n++ b\n", "-- A\n++ b\n", "@@ -1,2 +1,2 @@\n--- a\n+-- A\n ++ b\n", id="dashes"
        ),
    ],
)
def test_diff_of(before, after, hunks):
    assert diff(before, after) == HEAD + hunks


def test_no_diff_where_nothing_changed():
    assert diff("a\n", "a\n") == ""
    assert diff("", "") == ""


@pytest.mark.parametrize(
    ("apart", "hunks"),
    [
        pytest.param(6, ["@@ -2,14 +2,14 @@"], id="contexts touch"),
        pytest.param(7, ["@@ -2,7 +2,7 @@", "@@ -10,7 +10,7 @@"], id="a line between"),
    ],
)
def test_near_changes_share_a_hunk(apart, hunks):
    before = [f"{number}\n" for number in range(30)]
    after = list(before)
    after[4] = after[5 + apart] = "changed\n"
    found = [line for line in diff("".join(before), "".join(after)).splitlines() if "@@" in line]
    assert found == hunks


def test_context_may_be_left_out():
    assert diff("a\nb\nc\n", "a\nB\nc\n", context=0) == HEAD + "@@ -2 +2 @@\n-b\n+B\n"
    assert diff("a\nc\n", "a\nb\nc\n", context=0) == HEAD + "@@ -1,0 +2 @@\n+b\n"


PARAGRAPHS = [f"Paragraph {number}.\n" for number in range(300)]


def spaced(paragraphs):
    return "\n".join(paragraphs)


def lines_changed(before, after):
    return sum(line[0] in "+-" for line in diff(before, after).splitlines()[2:])


@pytest.mark.parametrize(
    ("paragraphs", "count"),
    [
        pytest.param([*PARAGRAPHS[:9], *PARAGRAPHS[10:]], 2, id="one removed"),
        pytest.param([p for p in PARAGRAPHS if "7" not in p], 2 * 111, id="many removed"),
        pytest.param(["New.\n", *PARAGRAPHS], 2, id="one before all"),
        pytest.param([p.replace("5", "five") for p in PARAGRAPHS], 2 * 111, id="many changed"),
        pytest.param([p.upper() for p in PARAGRAPHS], 2 * 300, id="all changed"),
        pytest.param(["Removed before.\n", "P.\n", *PARAGRAPHS[3:]], 7, id="changed and removed"),
    ],
)
def test_blank_lines_between_paragraphs_do_not_blur_the_diff(paragraphs, count):
    changed = lines_changed(spaced(PARAGRAPHS), spaced(paragraphs))
    assert changed <= count, diff(spaced(PARAGRAPHS), spaced(paragraphs))


@pytest.mark.parametrize(
    ("path", "header"),
    [
        pytest.param("x.txt", "x.txt", id="plain"),
        pytest.param("./sub//x.txt", "sub/x.txt", id="tidied"),
        pytest.param("sub/../x.txt", "x.txt", id="back again"),
        pytest.param("two words.txt", "two words.txt\t", id="space"),
        pytest.param("é.txt", r'"{}\303\251.txt"', id="not ASCII"),
        pytest.param("é è.txt", '"{}\\303\\251 \\303\\250.txt"\t', id="not ASCII, space"),
        pytest.param('"a\\b".txt', r'"{}\"a\\b\".txt"', id="quote and backslash"),
        pytest.param("a\tb\nc.txt", r'"{}a\tb\nc.txt"', id="tab and newline"),
        pytest.param("\x01\x7f.txt", r'"{}\001\177.txt"', id="control characters"),
        pytest.param("x\udce9.txt", r'"{}x\351.txt"', id="name that is not UTF-8"),
        pytest.param("..x/y.txt", "..x/y.txt", id="dots that lead nowhere"),
    ],
)
def test_header_names_the_file_as_git_does(here, path, header):
    def named(side):
        return header.format(side) if "{}" in header else side + header

    old, new, *_ = unified_diff(path, "a\n", "b\n")
    assert (old, new) == (f"--- {named('a/')}\n", f"+++ {named('b/')}\n")


def test_absolute_path_is_named_from_the_working_directory(here):
    assert diff("a\n", "b\n", str(here / "sub" / "x.txt")).startswith("--- a/sub/x.txt\n")


def test_file_outside_is_named_from_the_root(here, monkeypatch):
    (here / "sub").mkdir()
    monkeypatch.chdir(here / "sub")
    outside = (here / "x.txt").resolve().as_posix().lstrip("/")
    assert diff("a\n", "b\n", "../x.txt").startswith(f"--- a/{outside}\n")


def test_link_is_named_by_its_target(here):
    (here / "real").mkdir()
    try:
        (here / "link").symlink_to("real", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert diff("a\n", "b\n", "link/x.txt").startswith("--- a/real/x.txt\n")


@pytest.mark.parametrize("command", TOOLS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"a\nb\nc\n", b"a\nB\nc\n", id="changed"),
        pytest.param(b"", b"a\n", id="was empty"),
        pytest.param(b"a\n", b"", id="is empty now"),
        pytest.param(b"a", b"b", id="no final newline"),
        pytest.param(b"a", b"a\n", id="final newline added"),
        pytest.param(b"a\n", b"a", id="final newline removed"),
        pytest.param(b"a\nb\nc", b"A\nb\nc", id="no final newline in the context"),
        pytest.param(b"a\r\nb\r\n", b"a\r\nB\r\n", id="CRLF"),
        pytest.param(b"a\r\nb\n\r\n", b"a\nb\r\n\n", id="line ends change"),
        pytest.param(b"a\rb\rc", b"a\rB\rc", id="CR alone"),
        pytest.param(b"a\x0cb\x0b\x1c\nc\n", b"a\x0cb\x0b\x1c\nC\n", id="form feed"),
        pytest.param("a\u2028b\x85c\n".encode(), "a\u2028B\x85c\n".encode(), id="U+2028"),
        pytest.param(b"\xef\xbb\xbfMme\nx\n", b"\xef\xbb\xbfMs.\nx\n", id="byte order mark"),
        pytest.param(b"caf\xe9\nMme\n", b"caf\xe9\nMs.\n", id="latin-1"),
        pytest.param("é\nMme\n".encode("utf-16"), "é\nMs.\n".encode("utf-16"), id="UTF-16"),
        pytest.param(b"-- a\n-- b\n++ c\n", b"-- a\n++ c\n", id="lines like headers"),
        pytest.param(b"\n\n\n\n", b"\n\n", id="blank lines"),
        pytest.param(b"a \n\tb  \n", b"a \n\tB  \n", id="spaces at line ends"),
        pytest.param(b"Mme " * 50_000, b"Ms. " * 50_000, id="long line"),
    ],
)
def test_diff_applies(here, command, before, after):
    assert_applies(command, here, "x.txt", before, after)


@pytest.mark.skipif(os.name == "nt", reason="names that Windows refuses")
@pytest.mark.parametrize("command", TOOLS)
@pytest.mark.parametrize(
    "name",
    [
        "two words.txt",
        " edge .txt",
        "é à.txt",
        'a "quoted" \\name\\.txt',
        "tab\there\nand newline.txt",
        "-p0",
        "a/b/x.txt",
        "b/a/x.txt",
        "dev/null",
        "..dots/x.txt",
        "Joly 2024-05-17 10:00:00",
    ],
)
def test_diff_applies_to_a_file_named(here, command, name):
    assert_applies(command, here, name, b"a\r\nb", b"a\r\nB")


@pytest.mark.parametrize("command", TOOLS)
@pytest.mark.parametrize("folder", ["sub", "a", "b/a"])
def test_diff_applies_within_a_folder_of_a_repository(here, command, folder, monkeypatch):
    subprocess.run(["git", "init", "--quiet", here], check=True)
    inner = here / folder
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert_applies(command, inner, "x.txt", b"a\nb\n", b"a\nB\n")
    assert_applies(command, inner, "in/x.txt", b"a\nb\n", b"a\nB\n")


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
@pytest.mark.parametrize("command", TOOLS)
def test_diff_of_a_linked_file_applies(here, command):
    (here / "real.txt").write_bytes(b"a\n")
    (here / "link.txt").symlink_to("real.txt")
    assert_applies(command, here, "link.txt", b"a\n", b"b\n")
    assert (here / "link.txt").is_symlink()


@pytest.mark.parametrize("command", TOOLS)
def test_diffs_of_several_files_apply_as_one(here, command):
    files = {
        "1.txt": (b"a\n-- x", b"A\n-- x"),
        "2 2.txt": (b"", b"new\n"),
        "3.txt": (b"a\r\n" * 40, b"b\r\n" + b"a\r\n" * 38 + b"c\r\n"),
    }
    patch = b""
    for name, (before, after) in files.items():
        (here / name).write_bytes(before)
        patch += b"".join(unified_diff(name, before, after))
    apply(command, patch, here)
    assert {name: (here / name).read_bytes() for name in files} == {
        name: after for name, (_, after) in files.items()
    }


def patched(before, lines):
    """Return `before` with a diff's hunks made, believing no line that it can check."""
    old, new, done = before.split(b"\n"), [], 0
    old = [line + b"\n" for line in old[:-1]] + ([old[-1]] if old[-1] else [])
    body: list[bytes] = []
    for line in lines[2:]:
        if line == b"\\ No newline at end of file\n":
            body[-1] = body[-1].removesuffix(b"\n")
        else:
            body.append(line)
    for line in body:
        if line.startswith(b"@@"):
            _, left, right, _ = line.split()
            start, _, count = left[1:].partition(b",")
            at = int(start) - (count != b"0")
            new += old[done:at]
            done = at
            start, _, count = right[1:].partition(b",")
            assert len(new) == int(start) - (count != b"0")
        elif line[:1] == b"+":
            new.append(line[1:])
        else:
            assert old[done] == line[1:]
            done += 1
            new += [line[1:]] if line[:1] == b" " else []
    return b"".join([*new, *old[done:]])


# Few kinds of lines, so that many are equal; some stand alone, some hold other line ends.
LINES = st.sampled_from([b"", b"", b"a", b"b", b"c\r", b"\x0c", b"-- x", b"unique 1", b"unique 2"])
TEXTS = st.lists(LINES, max_size=30).map(b"\n".join)


@st.composite
def edited(draw):
    """A text and what some edits of its lines make of it."""
    lines = draw(st.lists(LINES, max_size=30))
    after = list(lines)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(after)))
        after[at : at + draw(st.integers(0, 2))] = draw(st.lists(LINES, max_size=2))
    return b"\n".join(lines), b"\n".join(after)


@settings(max_examples=500, deadline=None)
@given(edited() | st.tuples(TEXTS, TEXTS), st.integers(0, 4))
def test_diff_gives_the_new_text_from_the_old(pair, context):
    before, after = pair
    lines = list(unified_diff("x.txt", before, after, context=context))
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    assert (patched(before, lines) if lines else before) == after


PIECE = st.binary(max_size=3) | st.lists(LINES, max_size=3).map(
    lambda lines: b"".join(line + b"\n" for line in lines)
)
PIECES = st.lists(st.tuples(PIECE, PIECE) | PIECE.map(lambda piece: (piece, piece)), max_size=30)


@settings(max_examples=500, deadline=None)
@given(PIECES, st.integers(0, 4))
def test_a_diff_of_pieces_gives_the_new_text_from_the_old(pieces, context):
    before, after = (b"".join(side) for side in zip(*pieces, strict=True)) if pieces else (b"", b"")
    hunks = list(streamed_diff("x.txt", iter(pieces), context=context))
    lines = [line + b"\n" for line in b"".join(hunks).split(b"\n")[:-1]]
    assert (patched(before, lines) if lines else before) == after
    assert bool(hunks) == (before != after)


def test_a_diff_of_pieces_is_that_of_the_whole_and_holds_little():
    rows = [b"row %d\n" % number for number in range(100_000)]
    after = [row.replace(b"7", b"seven") if number % 1000 == 7 else row
             for number, row in enumerate(rows)]  # fmt: skip
    tracemalloc.start()
    made = b"".join(streamed_diff("x.txt", zip(iter(rows), iter(after), strict=True)))
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
    assert made == b"".join(unified_diff("x.txt", b"".join(rows), b"".join(after)))


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab\n\r\u2028é")), st.lists(st.text(alphabet="ab\n\r\u2028é")))
def test_text_and_bytes_have_the_same_diff(before, after):
    old, new = "\n".join(before), "\n".join(after)
    of_bytes = b"".join(unified_diff("x.txt", old.encode(), new.encode()))
    assert of_bytes.decode() == diff(old, new)


@pytest.mark.parametrize("command", TOOLS)
@settings(max_examples=25, deadline=None)
@given(pair=edited())
def test_any_diff_applies(tmp_path_factory, command, pair):
    folder = tmp_path_factory.mktemp("any")
    before, after = pair
    (folder / "x.txt").write_bytes(before)
    if patch := b"".join(unified_diff("x.txt", before, after)):
        apply(command, patch, folder)
    assert (folder / "x.txt").read_bytes() == after


def shuffled(lines):
    lines = list(lines)
    random.Random(1).shuffle(lines)
    return lines


MANY = [f"Paragraph {number}." for number in range(100_000)]
FEW = random.Random(2).choices("abc", k=200_000)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("word, " * 8_000_000, "word, " * 8_000_000 + "x", id="line of 50 MB"),
        pytest.param("\n\n".join(MANY), "\n\n".join(MANY[1:]).upper(), id="all changed"),
        pytest.param(
            "\n\n".join(MANY), "\n\n".join(MANY).replace("7.", "seven."), id="every tenth changed"
        ),
        pytest.param("\n".join(MANY), "\n".join(shuffled(MANY)), id="shuffled"),
        pytest.param("\n".join(FEW), "\n".join(FEW[1::2] + FEW[::2]), id="few kinds of lines"),
    ],
)
def test_large_files_take_seconds_at_most(before, after):
    start = time.perf_counter()
    assert sum(1 for _ in unified_diff("x.txt", before, after))
    assert time.perf_counter() - start < 10  # takes half a second; squares would take minutes
