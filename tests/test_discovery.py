"""Which files are checked: those that were named, and the wanted ones in folders."""

import inspect
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from transclean.cli.config import ConfigError, ConfigFinder
from transclean.cli.discovery import Target, discover

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
NOBODY = 65534
CONFIG = "transclean.toml"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plant(*names):
    """Make files in the working directory; a name that ends in “/” is a folder."""
    for name in names:
        path = Path(name)
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()


def write(name, *lines):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def exclude(*patterns, folder="."):
    """Write a configuration with these excludes."""
    write(f"{folder}/{CONFIG}", f"exclude = {json.dumps(patterns)}")


def found(*paths, configs=None, **options):
    """Return the paths of what is found, and what fails as “path: reason”."""
    items = discover(paths, configs or ConfigFinder(), **options)
    return [item.path if isinstance(item, Target) else str(item) for item in items]


# Files that are named


@pytest.mark.parametrize(
    "path", ["a.txt", "README", "page.weird", ".hidden.txt", ".git/x", "é.txt"]
)
def test_a_named_file_is_taken_whatever_its_name(path):
    plant(path)
    assert found(path) == [path]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("./a.txt", "a.txt"),
        ("d//a.txt", "d/a.txt"),
        ("d/./a.txt", "d/a.txt"),
        ("d/../a.txt", "d/../a.txt"),
        ("./-", "./-"),
        (".", ["a.txt", "d/a.txt"]),
        ("./", ["a.txt", "d/a.txt"]),
        ("d/", "d/a.txt"),
        ("./d", "d/a.txt"),
        ("d/..", ["d/../a.txt", "d/../d/a.txt"]),
    ],
)
def test_paths_are_shown_as_given_without_what_says_nothing(path, shown):
    plant("a.txt", "d/a.txt", "-")
    assert found(path) == ([shown] if isinstance(shown, str) else shown)


def test_absolute_paths_stay_absolute(folder):
    plant("d/a.txt")
    root = folder.as_posix()
    assert found(str(folder)) == found(str(folder / "d" / "a.txt")) == [f"{root}/d/a.txt"]


@pytest.mark.parametrize(
    "paths",
    [
        ["a.txt", "a.txt"],
        ["a.txt", "./a.txt", "d/../a.txt"],
        ["a.txt", "{here}/a.txt", "{here}/d/../a.txt"],
        ["a.txt", "."],
    ],
)
def test_a_file_named_twice_is_taken_once(paths):
    plant("a.txt", "d/")
    assert found(*(path.format(here=Path.cwd().as_posix()) for path in paths)) == ["a.txt"]


def test_folders_named_twice_or_within_each_other():
    plant("d/a.txt", "d/e/b.txt", "d/e/c.txt")
    assert found("d/e/c.txt", "d/e", "d", "d/", ".") == ["d/e/c.txt", "d/e/b.txt", "d/a.txt"]


def test_standard_input_is_taken_once_with_the_configuration_of_its_name():
    write(f"d/{CONFIG}", "timeout = 7")
    (target,) = discover(["-", "-"], ConfigFinder(), stdin_filename="d/none.txt")
    assert (target.path, target.is_stdin, target.config.settings.timeout) == ("-", True, 7.0)
    (target,) = discover(["-"], ConfigFinder())
    assert target.config.origin is None


def test_standard_input_is_never_excluded():
    exclude("*.txt")
    assert found("-", force_exclude=True, stdin_filename="a.txt") == ["-"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("none.txt", "none.txt: does not exist"),
        ("./none/", "none: does not exist"),
        ("", "'': does not exist"),
        ("a.txt/b", "a.txt/b: cannot be read: Not a directory"),
        ("nul\0.txt", "nul\0.txt: cannot be read: embedded null byte"),
        ("n" * 5000, "n" * 5000 + ": cannot be read: File name too long"),
    ],
)
@posix
def test_what_is_not_there_is_told_once_and_the_others_go_on(path, reason):
    plant("a.txt", "b.txt")
    assert found("a.txt", path, path, "b.txt") == ["a.txt", reason, "b.txt"]


# Files that lie in folders


def test_known_formats_are_taken_from_folders_in_the_order_of_names():
    plant("b.txt", "a/z.txt", "a/y.TXT", "a.txt", "c/d/e.txt", "c/image.png", "Makefile", "empty/")
    assert found(".") == ["a/y.TXT", "a/z.txt", "a.txt", "b.txt", "c/d/e.txt"]


@pytest.mark.parametrize(
    "name", [".git", ".hg", ".venv", ".cache", "node_modules", "venv", "__pycache__", "x/.tox"]
)
def test_hidden_folders_and_packages_are_skipped_unless_named(name):
    plant(f"{name}/a.txt", "b.txt")
    assert found(".") == ["b.txt"]
    assert found(name) == [f"{name}/a.txt"]


def test_hidden_files_are_taken():
    plant(".draft.txt")
    assert found(".") == [".draft.txt"]


def test_a_large_tree_is_not_read_ahead(monkeypatch):
    plant("a/1.txt", "b/2.txt", "c/3.txt")
    opened = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: opened.append(path) or scandir(path))
    items = discover(["."], ConfigFinder())
    assert next(items).path == "a/1.txt"
    assert opened == [".", "a"]


def test_a_deep_tree_needs_no_recursion():
    name = "/".join(["d"] * 100)
    plant(f"{name}/a.txt")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 60)
    try:
        assert found(".") == [f"{name}/a.txt"]
    finally:
        sys.setrecursionlimit(limit)


@posix
def test_links_to_folders_are_not_followed_and_loops_do_no_harm():
    plant("real/a.txt")
    os.symlink("..", "real/loop")
    os.symlink("real", "link")
    assert found(".") == ["real/a.txt"]
    assert found("link") == ["link/a.txt"]
    assert found("real", "link") == ["real/a.txt"]


@posix
def test_links_to_files_count_as_what_they_lead_to():
    plant("z.txt", "d/")
    os.symlink("z.txt", "a.txt")
    os.symlink("none", "b.txt")
    os.symlink("d", "c.txt")
    os.mkfifo("pipe.txt")
    assert found(".") == ["a.txt"]
    assert found("z.txt", ".") == ["z.txt"]


@posix
def test_a_folder_that_may_not_be_read_is_told_and_the_others_go_on(monkeypatch):
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to nobody
        monkeypatch.chdir(name)
        plant("a/1.txt", "b/2.txt", "c/3.txt")
        root = os.geteuid() == 0
        try:
            os.chmod("b", 0)
            os.chmod(name, 0o755)
            if root:
                os.seteuid(NOBODY)
            assert found(".") == ["a/1.txt", "b: cannot be read: no permission", "c/3.txt"]
            assert found("b", "b/2.txt", "c") == [
                "b: cannot be read: no permission",
                "b/2.txt: cannot be read: no permission",
                "c/3.txt",
            ]
        finally:
            if root:
                os.seteuid(0)
            os.chmod("b", 0o755)


@posix
def test_a_name_that_is_not_unicode():
    with open(b"caf\xe9.txt", "wb"):
        pass
    write(".gitignore", "*.md")
    assert found(".") == [os.fsdecode(b"caf\xe9.txt")]


# Excludes of the configuration


TREE = ["a.txt", "keep.txt", "docs/a.txt", "docs/keep.txt", "docs/old/a.txt", "old/docs/a.txt"]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        pytest.param([], TREE, id="none"),
        pytest.param(["a.txt"], ["docs/keep.txt", "keep.txt"], id="a name, anywhere"),
        pytest.param(["/a.txt"], TREE[1:], id="anchored by a slash in front"),
        pytest.param(["docs/a.txt"], ["a.txt", *TREE[1:2], *TREE[3:]], id="anchored by a slash"),
        pytest.param(["docs/"], ["a.txt", "keep.txt"], id="a folder, anywhere"),
        pytest.param(["/docs/"], ["a.txt", "keep.txt", "old/docs/a.txt"], id="a folder, here"),
        pytest.param(["a.txt/"], TREE, id="a folder, not a file"),
        pytest.param(["**/old"], ["a.txt", "docs/a.txt", "docs/keep.txt", "keep.txt"], id="stars"),
        pytest.param(["docs/**"], ["a.txt", "keep.txt", "old/docs/a.txt"], id="all that is in it"),
        pytest.param(["*.txt", "!keep.txt"], ["docs/keep.txt", "keep.txt"], id="negation"),
        pytest.param(["!keep.txt", "*.txt"], [], id="the last one decides"),
        pytest.param(["docs/", "!docs/keep.txt"], ["a.txt", "keep.txt"], id="excluded with parent"),
        pytest.param(["/docs/*", "!keep.txt"], [*TREE[:2], "docs/keep.txt", TREE[5]], id="but not"),
        pytest.param(["*", "!*/", "!keep.txt"], ["docs/keep.txt", "keep.txt"], id="all but one"),
        pytest.param(["[ab].txt"], ["docs/keep.txt", "keep.txt"], id="a class"),
        pytest.param(["d?cs/"], ["a.txt", "keep.txt"], id="a sign"),
        pytest.param(["DOCS/"], TREE, id="case counts"),
    ],
)
def test_excludes_are_gitignore_patterns(patterns, left):
    plant(*TREE)
    exclude(*patterns)
    assert sorted(found(".")) == sorted(left)


def test_excludes_count_from_the_folder_of_their_file(monkeypatch):
    plant("p/docs/a.txt", "p/sub/docs/a.txt", "p/b.txt", "docs/a.txt")
    exclude("/docs/", folder="p")
    assert found(".") == ["docs/a.txt", "p/b.txt", "p/sub/docs/a.txt"]
    monkeypatch.chdir("p/sub")
    assert found("..") == ["../b.txt", "../sub/docs/a.txt"]


def test_the_nearest_configuration_decides_alone():
    plant("a.txt", "p/a.txt", "p/b.txt", "q/p/b.txt")
    exclude("a.txt")
    exclude("b.txt", folder="p")
    assert found(".") == ["p/a.txt", "q/p/b.txt"]


def test_a_configuration_named_for_all_excludes_elsewhere_too(monkeypatch):
    plant("here/x.txt", "here/drafts/x.txt", "here/x.old.txt")
    exclude("drafts/", "/x.old.txt", folder="conf")
    configs = ConfigFinder(f"conf/{CONFIG}")
    assert found("here", configs=configs) == ["here/x.txt"]
    forced = ["here/x.txt", "here/x.old.txt"]
    assert found(*forced, configs=configs, force_exclude=True) == ["here/x.txt"]


def test_default_excludes_can_be_taken_back():
    plant(".github/a.txt", ".git/a.txt", "venv/a.txt")
    exclude("!.github/", "!venv")
    assert found(".") == [".github/a.txt", "venv/a.txt"]


NAMED = [
    pytest.param("a.txt", ["a.txt"], True, id="its name"),
    pytest.param("docs/a.txt", ["docs/"], True, id="its folder"),
    pytest.param("docs/old/a.txt", ["/docs"], True, id="a folder above"),
    pytest.param("docs/old/a.txt", ["docs/", "!a.txt"], True, id="negation below the folder"),
    pytest.param("docs/keep.txt", ["*.txt", "!keep.txt"], False, id="negation"),
    pytest.param("docs/a.txt", ["/a.txt"], False, id="anchored elsewhere"),
    pytest.param(".cache/a.txt", [], True, id="a hidden folder"),
    pytest.param(".cache/a.txt", ["!.cache/"], False, id="a hidden folder taken back"),
    pytest.param("docs", ["docs/"], True, id="a folder"),
    pytest.param("docs", ["*.txt"], True, id="all in a folder"),
    pytest.param(".", [".*/"], False, id="the configuration's own folder"),
    pytest.param("a.txt", [], False, id="nothing"),
]


@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize(("path", "patterns", "excluded"), NAMED)
def test_what_is_named_is_excluded_only_by_force(path, patterns, excluded, absolute, folder):
    plant("a.txt", "docs/a.txt", "docs/old/a.txt", "docs/keep.txt", ".cache/a.txt")
    exclude(*patterns)
    path = str(folder / path) if absolute else path
    assert bool(found(path, force_exclude=True)) is not excluded
    if not Path(path).is_dir():
        assert found(path) == [Path(path).as_posix()]


@pytest.mark.parametrize("path", [".", "a.txt", "..", "../a.txt"])
def test_folders_from_that_of_the_configuration_upward_may_have_any_name(path, monkeypatch):
    plant(".home/a.txt", ".home/.project/a.txt")
    exclude("b.txt", folder=".home/.project")
    monkeypatch.chdir(".home/.project")
    configs = ConfigFinder(CONFIG)
    assert found(path, configs=configs, force_exclude=True) == found(path, configs=configs) != []


def test_a_named_folder_is_walked_though_it_is_excluded():
    plant("docs/a.txt", "docs/old/b.txt", "docs/new/c.txt")
    exclude("docs/", "/docs/old/")
    assert found("docs") == ["docs/a.txt", "docs/new/c.txt"]
    assert found("docs/old") == ["docs/old/b.txt"]
    assert found("docs", force_exclude=True) == []


def test_further_excludes_count_from_the_working_directory(monkeypatch):
    plant("p/a.txt", "p/b.txt", "p/sub/a.txt", "p/.github/b.txt")
    exclude("!.github/", folder="p")
    monkeypatch.chdir("p")
    assert found(".", exclude=["/a.txt"]) == [".github/b.txt", "b.txt", "sub/a.txt"]
    assert found("a.txt", exclude=["/a.txt"]) == ["a.txt"]
    assert found("a.txt", exclude=["/a.txt"], force_exclude=True) == []


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("docs\\old\\*.txt", "has “\\” between folders; write “docs/old\\*.txt”"),
        ("", "is no pattern, so it would exclude nothing"),
        ("# note", "is no pattern, so it would exclude nothing"),
        ("/", "is no pattern, so it would exclude nothing"),
        ("!", "is no pattern, so it would exclude nothing"),
        ("a[", "is no pattern, so it would exclude nothing"),
        ("[z-a]", "is no pattern, so it would exclude nothing"),
        ("a\\", "is no pattern, so it would exclude nothing"),
    ],
)
def test_an_exclude_that_means_nothing_is_a_fault(pattern, fault):
    plant("a.txt", "p/b.txt", "p/q/c.txt")
    with pytest.raises(ConfigError) as caught:
        found(".", exclude=[pattern])
    assert str(caught.value) == f"--exclude: “exclude”: “{pattern}” {fault}"
    if pattern and "\\o" not in pattern:  # others are told when the configuration is read
        exclude(pattern, folder="p")
        message = f"p/{CONFIG}: “exclude”: “{pattern}” {fault}"
        assert found(".") == found(".", "p", "p/q") == ["a.txt", message]


@pytest.mark.parametrize("pattern", ["\\#a.txt", "\\!b.txt", "c\\ d.txt", "e\\[f].txt"])
def test_a_backslash_still_escapes_what_needs_it(pattern):
    plant(pattern.replace("\\", ""), "x.txt")
    exclude(pattern)
    assert found(".") == ["x.txt"]


def test_a_broken_configuration_is_told_once_and_the_others_go_on():
    plant("a/1.txt", "b/2.txt", "b/c/3.txt", "d/4.txt")
    write(f"b/{CONFIG}", "selct = []", "timeout = 0")
    broken = [
        f"b/{CONFIG}: unknown setting “selct”; did you mean “select”?",
        f"b/{CONFIG}: “timeout” must be a number of seconds above 0, at most 3600, not 0",
    ]
    assert found(".") == ["a/1.txt", *broken, "d/4.txt"]
    assert found("b/2.txt", "b/c/3.txt", "b", "d") == [*broken, "d/4.txt"]
    assert found("-", stdin_filename="b/x.txt") == broken


# What git ignores


def repository(path="."):
    subprocess.run(["git", "init", "-q", path], check=True)


def test_gitignore_files_count_at_every_level():
    repository()
    plant("a.txt", "d/a.txt", "d/b.txt", "d/e/a.txt", "d/e/b.txt", "b.txt", "c/drop/x.txt")
    write(".gitignore", "a.txt", "# note", "", "drop/")
    write("d/.gitignore", "!a.txt", "/b.txt")
    write("d/e/.gitignore", "a.txt")
    assert found(".") == ["b.txt", "d/a.txt", "d/e/b.txt"]


def test_gitignore_files_above_count_up_to_the_root_of_the_repository(monkeypatch):
    plant("r/d/e/a.txt", "r/d/e/b.txt", "r/d/e/c.txt", "r/d/e/x.txt")
    write(".gitignore", "*")
    repository("r")
    write("r/.gitignore", "/d/e/a.txt")
    write("r/d/.gitignore", "b.txt")
    write("r/.git/info/exclude", "c.txt")
    assert found("r") == found("r/d/e") == ["r/d/e/x.txt"]
    monkeypatch.chdir("r/d")
    assert found("e") == ["e/x.txt"]
    assert found("../d") == ["../d/e/x.txt"]


def test_outside_a_repository_the_gitignore_files_of_walked_folders_count():
    plant("d/a.txt", "d/b.txt", "d/e/b.txt", "d/e/c.txt")
    write(".gitignore", "a.txt")
    write("d/.gitignore", "b.txt")
    assert found("d") == ["d/a.txt", "d/e/c.txt"]
    assert found(".") == ["d/e/c.txt"]


def test_a_repository_within_another_is_not_ignored_by_the_outer_one():
    repository()
    repository("inner")
    plant("a.txt", "inner/a.txt", "inner/b.txt")
    write(".gitignore", "a.txt")
    write("inner/.gitignore", "b.txt")
    assert found(".") == found("inner") == ["inner/a.txt"]


def test_linked_worktrees_share_info_exclude(folder):
    repository("main")
    write("main/x.txt")
    git = ["git", "-C", "main", "-c", "user.name=N", "-c", "user.email=n@example.org"]
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Begin"], check=True)
    subprocess.run([*git, "worktree", "add", "-q", "../tree"], check=True, capture_output=True)
    write("main/.git/info/exclude", "no.txt")
    plant("tree/no.txt", "tree/yes.txt")
    assert found("tree") == ["tree/yes.txt"]


def test_named_paths_are_taken_though_git_ignores_them():
    repository()
    plant("build/a.txt", "build/sub/b.txt", "build/c.log.txt")
    write(".gitignore", "build/", "*.log.txt")
    assert found(".") == []
    assert found("build") == ["build/a.txt", "build/sub/b.txt"]
    assert found("build/sub") == ["build/sub/b.txt"]
    assert found("build/c.log.txt", force_exclude=True) == ["build/c.log.txt"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbfa.txt\n", id="byte order mark"),
        pytest.param(b"a.txt\r\n", id="CRLF"),
        pytest.param(b"a.txt   \n", id="spaces at the end"),
        pytest.param(b"a.txt", id="no newline at the end"),
        pytest.param(b"[z-a]\na[\nb\\\n\xff\xfe\na.txt\n", id="wrong lines beside it"),
    ],
)
def test_oddly_written_gitignore_files(content):
    plant("a.txt", "b.txt")
    Path(".gitignore").write_bytes(content)
    assert found(".") == ["b.txt"]


def test_a_gitignore_that_cannot_be_read_ignores_nothing():
    plant("a.txt", ".gitignore/")
    assert found(".") == ["a.txt"]


NAMES = ["a", "b", "c", "ab", "a.txt", "b.txt", "ab.txt", "keep.txt"]
PARTS = ["a", "b", "c", "*", "**", "?", "a*", "*b", "[ab]", "[!a]", "*.txt", "a.txt", "keep.txt"]


def random_pattern(chance):
    parts = chance.choices(PARTS, k=chance.choice([1, 1, 1, 2, 2, 3]))
    signs = [chance.choice(options) for options in (["", "", "!"], ["", "", "/"], ["", "", "/"])]
    return f"{signs[0]}{signs[1]}{'/'.join(parts)}{signs[2]}"


def random_tree(chance, folder, depth):
    for name in chance.sample(NAMES, k=chance.randint(2, 6)):
        if name.endswith(".txt") and chance.random() < 0.9:
            plant(f"{folder}/{name}")
        elif depth:
            random_tree(chance, f"{folder}/{name}", depth - 1)
    if chance.random() < 0.4:
        patterns = (random_pattern(chance) for _ in range(chance.randint(1, 4)))
        write(f"{folder}/.gitignore", *patterns)


@pytest.mark.parametrize("seed", range(60))
def test_the_same_files_as_git_lists(seed):
    chance = random.Random(seed)
    repository()
    random_tree(chance, ".", 4)
    write(".git/info/exclude", random_pattern(chance))
    command = ["git", "-c", "core.excludesFile=", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    expected = {name for name in listed.split("\0") if name.endswith(".txt")}
    assert set(found(".")) == expected
    for name in {name.partition("/")[0] for name in expected if "/" in name}:
        assert set(found(name)) == {path for path in expected if path.startswith(f"{name}/")}


@pytest.mark.parametrize(
    ("files", "paths", "imported"),
    [
        ({}, ["a.txt"], False),
        ({}, ["."], False),
        ({".gitignore": "*.md"}, ["a.txt"], False),
        ({".gitignore": "# nothing"}, ["."], False),
        ({".gitignore": "*.md"}, ["."], True),
        ({CONFIG: "exclude = ['b.txt']"}, ["a.txt"], False),
        ({CONFIG: "exclude = ['b.txt']"}, ["."], True),
    ],
)
def test_patterns_are_imported_only_where_there_are_some(files, paths, imported):
    plant("a.txt")
    for name, text in files.items():
        write(name, text)
    code = (
        "import sys; from transclean.cli.config import ConfigFinder;"
        "from transclean.cli.discovery import discover;"
        "list(discover(sys.argv[1:], ConfigFinder())); print('pathspec' in sys.modules)"
    )
    command = [sys.executable, "-c", code, *paths]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == str(imported)
