"""The command as a user runs it: real processes, real files."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import COMMAND, error, run, write

BAD = "Mme Roy left the hall.\n\nThe minister thanked Mme Coe.\n"
GOOD = "Ms. Roy left the hall.\n\nThe minister thanked Ms. Coe.\n"


# Checking


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (BAD, [], 1),
        (GOOD, [], 0),
        ("", [], 0),
        (BAD, ["--exit-zero"], 0),
        (BAD, ["--ignore", "honorific"], 0),
        (BAD, ["--select", "fr-mme"], 1),
        (BAD, ["--select", "chrome"], 0),
    ],
)
def test_status_of_check(folder, text, options, status):
    write(folder / "a.txt", text)
    assert run("check", "a.txt", *options).returncode == status


def test_json_is_an_array_of_findings_with_offsets_in_the_file(folder):
    text = "\ufeff😀 Mme Roy left.\r\n"
    write(folder / "a.txt", text)
    (finding,) = json.loads(run("check", "--format", "json", "a.txt").stdout)
    keys = (
        "path rule category severity message confidence text start end line column end_line "
        "end_column evidence fixes"
    )
    assert list(finding) == keys.split()
    assert (finding["path"], finding["rule"], finding["text"]) == ("a.txt", "fr-mme", "Mme")
    assert (finding["start"], finding["end"]) == (2, 5)  # the BOM does not count, the emoji as one
    assert (finding["line"], finding["column"]) == (1, 3)
    (fix,) = finding["fixes"]
    assert fix["applicability"] == "safe"
    assert fix["edits"] == [{"start": 2, "end": 5, "replacement": "Ms."}]


def test_jsonl_is_an_object_a_line(folder):
    write(folder / "a.txt", BAD)
    lines = run("check", "--format", "jsonl", ".").stdout.decode().splitlines()
    assert [json.loads(line)["start"] for line in lines] == [0, 45]


def test_output_goes_to_a_file(folder):
    write(folder / "a.txt", BAD)
    done = run("check", "--format", "concise", "--output", "out.log", "a.txt")
    assert (done.stdout, done.returncode) == (b"", 1)
    assert (folder / "out.log").read_text(encoding="utf-8").startswith("a.txt:1:1: fr-mme ")


@pytest.mark.parametrize("choice", ["never", "auto"])
def test_no_colour_without_a_terminal(folder, choice):
    write(folder / "a.txt", BAD)
    assert b"\x1b" not in run("check", "--color", choice, "a.txt").stdout


def test_colour_on_request(folder):
    write(folder / "a.txt", BAD)
    assert b"\x1b[" in run("check", "--color", "always", "a.txt").stdout


def test_files_lists_what_would_be_read(folder):
    write(folder / "b/two.txt", BAD)
    write(folder / "a.txt", BAD)
    write(folder / "picture.png", b"\x89PNG")
    done = run("check", "--files", ".")
    assert done.stdout.decode().splitlines() == ["a.txt", "b/two.txt"]
    assert done.returncode == 0


def test_excluded_files_that_are_named_are_read_unless_forced(folder):
    write(folder / "old/a.txt", BAD)
    write(folder / "transclean.toml", 'exclude = ["old/"]\n')
    assert run("check", "old/a.txt").returncode == 1
    done = run("check", "--force-exclude", "old/a.txt")
    assert done.returncode == 0
    assert "warning: there was no file to read" in error(done)


def test_exclude_on_the_command_line(folder):
    write(folder / "old/a.txt", BAD)
    write(folder / "new/a.txt", GOOD)
    assert run("check", ".", "--exclude", "old/").returncode == 0


def test_standard_input_has_the_name_it_is_given(folder):
    done = run("check", "-", "--stdin-filename", "x/y.txt", "--format", "concise", stdin=BAD)
    assert done.stdout.startswith(b"x/y.txt:1:1: ")
    assert run("check", "-", "--format", "concise", stdin=BAD).stdout.startswith(b"<stdin>:1:1: ")


def test_nearest_configuration_upward_from_the_file_holds(folder):
    write(folder / "site/transclean.toml", 'ignore = ["honorific"]\n')
    write(folder / "site/news/a.txt", BAD)
    write(folder / "b.txt", BAD)
    found = json.loads(run("check", "--format", "json", ".").stdout)
    assert {finding["path"] for finding in found} == {"b.txt"}


def test_style_of_the_configuration_reaches_the_repair(folder):
    write(folder / "transclean.toml", '[style]\nhonorific-female = "Mrs"\n')
    write(folder / "a.txt", BAD)
    run("fix", "a.txt")
    assert "Mrs Roy" in (folder / "a.txt").read_text(encoding="utf-8")


# Repairing


def test_fix_repairs_files_and_a_second_run_does_nothing(folder):
    path = write(folder / "a.txt", BAD)
    done = run("fix", ".")
    assert done.returncode == 0
    assert "a.txt: 2 fixes (fr-mme 2)" in done.stdout.decode()
    assert path.read_text() == GOOD
    before = path.stat()
    assert run("fix", ".").returncode == 0
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"], ids=lambda name: name
)
def test_encoding_line_ends_and_mode_stay(folder, encoding):
    text = "Mme Roy left.\r\n\r\nThe Café: Mme Coe\n"
    path = write(folder / "a.txt", text.encode(encoding))
    path.chmod(0o640)
    options = ["--encoding", encoding] if encoding in ("latin-1", "cp1252") else []
    assert run("fix", "a.txt", *options).returncode == 0
    expected = text.replace("Mme", "Ms.").encode(encoding)
    assert path.read_bytes() == expected
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("text", [BAD, BAD.rstrip(), BAD.replace("\n", "\r\n")])
def test_diff_is_taken_by_git(folder, text):
    path = write(folder / "news/a b.txt", text)
    done = run("fix", "--diff", "news")
    assert done.returncode == 1
    assert path.read_bytes() == text.encode()
    subprocess.run(["git", "apply", "-"], input=done.stdout, check=True, cwd=folder)
    assert path.read_bytes() == text.replace("Mme", "Ms.").encode()
    assert run("fix", "--diff", "news").returncode == 0


def test_fix_is_a_filter_for_standard_input(folder):
    assert run("fix", "-", stdin=BAD).stdout.decode() == GOOD
    assert run("fix", "-", stdin=GOOD).stdout.decode() == GOOD


def test_a_filter_that_fails_gives_back_what_it_got(folder):
    write(
        folder / "loop.yaml",
        """
rules:
  - {id: x-one, summary: s, category: calque, why: w, confidence: 1, pattern: cat,
     fix: {to: dog, applicability: safe}, examples: [{bad: cat, good: dog}]}
  - {id: x-two, summary: s, category: calque, why: w, confidence: 1, pattern: dog,
     fix: {to: cat, applicability: safe}, examples: [{bad: dog, good: cat}]}
""",
    )
    done = run("fix", "-", "--rules", "loop.yaml", stdin="a cat\n")
    assert (done.stdout, done.returncode) == (b"a cat\n", 2)
    assert "x-one, x-two" in error(done) or "x-one" in error(done)


# Rules and configuration


def test_rules_list_show_schema(folder):
    assert "fr-mme" in run("rules", "list").stdout.decode()
    assert {row["id"] for row in json.loads(run("rules", "list", "--format", "json").stdout)}
    page = run("rules", "show", "fr-mme").stdout.decode()
    assert "rules/fr/honorifics.yaml:" in page
    assert json.loads(run("rules", "schema").stdout)["$defs"]
    assert "did you mean “fr-mme”" in error(run("rules", "show", "fr-mmee"))


def test_init_writes_a_start_that_works(folder):
    (folder / "transclean.toml").unlink()
    assert run("init", "--rules", "house").returncode == 0
    assert run("rules", "test", "house").returncode == 0
    write(folder / "a.txt", "The mayor left the house of the town.\n")
    assert run("fix", "--suggested", "a.txt").returncode == 0
    assert (folder / "a.txt").read_text() == "The mayor left the town hall.\n"
    again = run("init")
    assert again.returncode == 2
    assert "is there already" in error(again)


def test_rules_test_fails_for_a_broken_example(folder):
    (folder / "transclean.toml").unlink()
    run("init", "--rules", "house")
    path = folder / "house" / "house.yaml"
    path.write_text(path.read_text().replace("good: The mayor", "good: A mayor"))
    done = run("rules", "test", "house")
    assert done.returncode == 1
    assert "house/house.yaml:" in done.stdout.decode()
    assert "expected [A mayor" in done.stdout.decode()


# Bad input


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("missing.txt", None, "missing.txt: ", id="missing"),
        pytest.param("bytes.txt", b"caf\xe9", "not valid UTF-8 (byte 0xE9", id="not UTF-8"),
        pytest.param("binary.txt", b"a\0b", "NUL byte", id="binary"),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_file_that_can_t_be_read_is_named_and_the_others_go_on(folder, command, name, data, said):
    if data is not None:
        write(folder / name, data)
    other = write(folder / "other.txt", BAD)
    done = run(command, name, "other.txt")
    assert done.returncode == 2
    assert said in error(done)
    assert name in error(done)
    if command == "fix":
        assert other.read_text() == GOOD
        assert data is None or (folder / name).read_bytes() == data
    else:
        assert b"other.txt:1:1" in done.stdout


def test_an_empty_folder_is_an_error(folder):
    (folder / "empty").mkdir()
    done = run("check", "empty")
    assert done.returncode == 2
    assert "empty: there is no article to read in this folder" in error(done)


def test_an_empty_folder_beside_a_full_one_is_an_error_too(folder):
    (folder / "empty").mkdir()
    write(folder / "full" / "a.txt", GOOD)
    done = run("check", "empty", "full", "full/a.txt")
    assert done.returncode == 2
    assert error(done).count("no article to read") == 1
    assert run("check", "full/a.txt", "full").returncode == 0


def test_a_filter_gives_back_what_is_no_text(folder):
    done = run("fix", "-", stdin=b"Mme Roy\xff")
    assert (done.stdout, done.returncode) == (b"Mme Roy\xff", 2)
    assert run("fix", "--diff", "-", stdin=b"Mme Roy\xff").stdout == b""


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('select = ["frr"]', "sub/transclean.toml: “frr” is no rule"),
        ('rules = ["none"]', "sub/transclean.toml: sub/none: there is no folder of rules"),
    ],
)
def test_a_broken_configuration_is_told_once_for_all_of_its_files(folder, settings, said):
    write(folder / "sub" / "transclean.toml", settings)
    for name in ("a", "b", "c"):
        write(folder / "sub" / f"{name}.txt", BAD)
    write(folder / "other.txt", BAD)
    done = run("check", "--format", "concise", ".")
    assert done.returncode == 2
    assert error(done).count("error: ") == 1
    assert said in error(done)
    assert done.stdout.startswith(b"other.txt:1:1")


def test_names_in_a_list_of_files_are_as_they_are(folder):
    names = [b"a b.txt", b"bad\xff.txt", b"esc\x1b[31m.txt"]
    for name in names:
        Path(os.fsdecode(name)).write_text(GOOD)
    assert run("check", "--files", ".").stdout.splitlines() == names


def test_a_mistake_of_ours_ends_with_its_file(folder):
    write(folder / "a.txt", BAD)
    write(folder / "b.txt", BAD)
    code = """
import sys
from transclean.engine import Engine
original = Engine.run
def broken(self, document, *rest):
    if document.path == "a.txt":
        raise RuntimeError("oh")
    return original(self, document, *rest)
Engine.run = broken
sys.argv = ["transclean", sys.argv[1], "."]
from transclean.cli import main
main()
"""
    for command in ("check", "fix"):
        done = subprocess.run(
            [sys.executable, "-c", code, command], capture_output=True, check=False
        )
        assert done.returncode == 2
        assert b"a.txt: internal error: RuntimeError: oh; please report it" in done.stderr
        assert b"Traceback" not in done.stderr
    assert (folder / "a.txt").read_text() == BAD
    assert (folder / "b.txt").read_text() == GOOD


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(folder):
    write(folder / "a.txt", BAD).chmod(0)
    done = run("check", "a.txt")
    assert done.returncode == 2
    assert "permission" in error(done)


def test_a_read_only_file_is_left_alone(folder):
    path = write(folder / "a.txt", BAD)
    path.chmod(0o444)
    done = run("fix", "a.txt")
    assert done.returncode == 2
    assert "a.txt: " in error(done)
    assert path.read_text() == BAD


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "name at least one file"),
        (["check", "--select", "honorifix", "a.txt"], "did you mean “honorific”"),
        (["check", "--rules", "nowhere", "a.txt"], "nowhere: there is no folder of rules"),
        (["check", "--source-language", "french", "a.txt"], "no language code"),
        (["check", "--config", "nowhere.toml", "a.txt"], "nowhere.toml"),
        (["check", "--format", "xml", "a.txt"], "xml"),
        (["check", "--encoding", "klingon", "a.txt"], "no text encoding “klingon”"),
        (["check", "--exclude", "drafts\\old", "a.txt"], "write “drafts/old”"),
        (["check", "--exclude", "!", "."], "is no pattern"),
        (["check", "--output", "no/where", "a.txt"], "no/where: "),
        (["frob"], "frob"),
    ],
)
def test_wrong_calls(folder, arguments, said):
    write(folder / "a.txt", GOOD)
    done = run(*arguments)
    assert done.returncode == 2
    assert said in error(done)


def test_unknown_settings_are_errors_with_a_suggestion(folder):
    write(folder / "transclean.toml", 'sellect = ["fr"]\n')
    write(folder / "a.txt", GOOD)
    done = run("check", "a.txt")
    assert done.returncode == 2
    assert "did you mean “select”" in error(done)


def test_a_broken_rule_names_all_faults_with_their_places(folder):
    write(folder / "rules.yaml", "rules:\n  - id: x-y\n    pattern: '('\n    sumary: x\n")
    write(folder / "a.txt", GOOD)
    done = run("check", "--rules", "rules.yaml", "a.txt")
    assert done.returncode == 2
    lines = error(done).splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("transclean: error: rules.yaml:") for line in lines)


def test_a_rule_that_explodes_fails_on_that_file_and_the_rest_goes_on(folder):
    write(
        folder / "bomb.yaml",
        """
rules:
  - {id: x-bomb, summary: s, category: calque, why: w, confidence: 1,
     pattern: 'b (?:a|aa)+$', examples: [{bad: b a}]}
""",
    )
    write(folder / "transclean.toml", "timeout = 0.1\n")
    write(folder / "a.txt", BAD + "b " + "a" * 60 + "c\n")
    done = run("check", "--rules", "bomb.yaml", "a.txt")
    assert done.returncode == 2
    assert "a.txt: rule x-bomb: its pattern took more than 0.1 s" in error(done)
    assert b"fr-mme" in done.stdout


def test_a_very_long_line_is_checked(folder):
    write(folder / "a.txt", "word " * 1_000_000 + "Mme Roy met Mme Poe. " + "word " * 1_000_000)
    done = run("check", "a.txt")
    assert done.returncode == 1
    assert b"fr-mme" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 2000
    assert run("fix", "a.txt").returncode == 0


def test_a_closed_pipe_is_no_traceback(folder):
    write(folder / "a.txt", BAD * 5000)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*COMMAND, "check", "a.txt"], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("transclean: error: the output was closed")
    assert b"Traceback" not in done.stderr


def test_closed_standard_input(folder):
    shell = f"{sys.executable} -m transclean check - <&-"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"<stdin>: " in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="there are no signals to send")
def test_ctrl_c_leaves_whole_files(folder):
    for number in range(400):
        write(folder / f"{number:03}.txt", BAD * 200)
    process = subprocess.Popen(
        [*COMMAND, "fix", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What runs in the background ignores the signal, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    process.stdout.readline()  # the first file is done
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().splitlines()[-1] == "transclean: error: interrupted"
    texts = {path.read_text() for path in folder.glob("*.txt")}
    assert texts <= {BAD * 200, GOOD * 200}
    assert sorted(path.name for path in folder.iterdir() if path.suffix != ".txt") == [
        "transclean.toml"
    ]


def test_a_file_that_changed_since_it_was_read_is_left_alone(folder):
    path = write(folder / "a.txt", BAD)
    code = f"""
import sys
from pathlib import Path
import transclean.cli.fix as fix
original = fix.fix_document
def meddle(*args, **kwargs):
    result = original(*args, **kwargs)
    Path({str(path)!r}).write_text("Somebody else was here. Mme Roy.\\n")
    return result
fix.fix_document = meddle
sys.argv = ["transclean", "fix", "a.txt"]
from transclean.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"a.txt: changed since it was read" in done.stderr
    assert path.read_text() == "Somebody else was here. Mme Roy.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no shell that closes them")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_output_is_no_fault(tmp_path, closed):
    write(tmp_path / "one.txt", "Mme Roy left.\n")
    command = f'"$0" -m transclean check --isolated one.txt {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"Mme" in done.stdout or closed != "2>&-"
    assert b"error" not in done.stderr


LONG = {  # paragraphs of 80,000 characters, on which what looks at all before or after it dwells
    "words": "they would see that it would be so and ",
    "capitals": "The Minister Of State Jean Paul Smith ",
    "letters": "a ",
}


@pytest.mark.parametrize("case", LONG)
def test_a_very_long_paragraph_is_checked_to_its_end(tmp_path, case):
    text = (LONG[case] * 100_000)[:80_000]
    text = f"The thief would have fled to the Senegal {text}, police said: “Likewise\u200b."
    write(tmp_path / "long.txt", text)
    choices = ("--isolated", "--select", "all", "--source-language", "fr", "--format", "concise")
    done = run("check", *choices, "long.txt", cwd=tmp_path)
    assert (done.returncode, "stopped" in error(done)) == (1, False), error(done)
    assert b"zero-width" in done.stdout
