"""Settings come from the nearest file upward, and what is wrong in it is told at once."""

import codecs
import pickle
import subprocess
import sys

import pytest

from transclean.cli.config import (
    ConfigError,
    ConfigFinder,
    Overrides,
    Settings,
    merge,
    read_config,
)
from transclean.rulebook.style import Style


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults(text, name="transclean.toml"):
    """Return the lines of what is said about a configuration file in the working directory."""
    with open(name, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        ConfigFinder().for_folder()
    return str(caught.value).splitlines()


EVERYTHING = """
select = ["fr", "pronoun"]
ignore = ["fr-mme"]
source-language = "fr"
rules = ["house-rules", "../shared-rules"]
exclude = ["drafts/", "!drafts/keep.txt"]
encoding = "cp1252"
timeout = 5
min-confidence = 0.5

[style]
honorific-female = "Mrs"
clock = "24-hour"
"""


def test_every_setting_is_read(folder):
    write(folder / "news/transclean.toml", EVERYTHING)
    config = ConfigFinder().for_file("news/today/article.txt")
    assert config.settings == Settings(
        select=("fr", "pronoun"),
        ignore=("fr-mme",),
        source_language="fr",
        rules=("news/house-rules", "news/../shared-rules"),
        exclude=("drafts/", "!drafts/keep.txt"),
        encoding="cp1252",
        timeout=5.0,
        min_confidence=0.5,
        style=Style(honorific_female="Mrs", clock="24-hour"),
    )
    assert config.origin == "news/transclean.toml"
    assert config.folder == str(folder / "news")


def test_a_shared_file_says_the_same_in_its_table(folder):
    own = write(folder / "a/transclean.toml", EVERYTHING)
    text = EVERYTHING.replace("[style]", "[tool.transclean.style]")
    shared = write(folder / "a/pyproject.toml", f"[tool.transclean]\n{text}")
    assert read_config(str(shared)).settings == read_config(str(own)).settings


def test_settings_are_keys_and_pickle():
    settings = Settings(select=("fr",))
    assert {settings: 1}[Settings(select=("fr",))] == 1
    assert pickle.loads(pickle.dumps(settings)) == settings


LANGUAGE = 'source-language = "{}"\n'
SHARED = '[tool.transclean]\nsource-language = "{}"\n'


@pytest.mark.parametrize(
    ("files", "path", "language", "origin"),
    [
        pytest.param({}, "a/x.txt", "auto", None, id="none"),
        pytest.param(
            {"transclean.toml": LANGUAGE.format("fr")},
            "x.txt",
            "fr",
            "transclean.toml",
            id="beside",
        ),
        pytest.param(
            {"transclean.toml": LANGUAGE.format("fr")},
            "a/b/c/x.txt",
            "fr",
            "transclean.toml",
            id="far above, through folders that do not exist",
        ),
        pytest.param(
            {
                "transclean.toml": LANGUAGE.format("fr"),
                "a/pyproject.toml": SHARED.format("es"),
                "a/b/c/transclean.toml": LANGUAGE.format("pt"),
            },
            "a/b/x.txt",
            "es",
            "a/pyproject.toml",
            id="nearest upward, not downward",
        ),
        pytest.param(
            {"transclean.toml": LANGUAGE.format("fr"), "a/transclean.toml": "timeout = 1"},
            "a/x.txt",
            "auto",
            "a/transclean.toml",
            id="not merged with what is above",
        ),
        pytest.param(
            {"transclean.toml": LANGUAGE.format("fr"), "pyproject.toml": SHARED.format("es")},
            "x.txt",
            "fr",
            "transclean.toml",
            id="own file wins in one folder",
        ),
        pytest.param(
            {
                "pyproject.toml": SHARED.format("es"),
                "a/pyproject.toml": '[project]\ndependencies = ["transclean"]\n',
            },
            "a/x.txt",
            "es",
            "pyproject.toml",
            id="shared file without the table is passed over",
        ),
        pytest.param(
            {"pyproject.toml": SHARED.format("es"), "a/pyproject.toml": "no TOML of ours ["},
            "a/x.txt",
            "es",
            "pyproject.toml",
            id="broken file that does not concern us is passed over",
        ),
        pytest.param(
            {"pyproject.toml": SHARED.format("es"), "a/pyproject.toml": "tool = 'transclean'"},
            "a/x.txt",
            "es",
            "pyproject.toml",
            id="something else called tool",
        ),
        pytest.param(
            {"transclean.toml": LANGUAGE.format("fr"), "a/pyproject.toml": "[tool.transclean]"},
            "a/x.txt",
            "auto",
            "a/pyproject.toml",
            id="empty table counts",
        ),
        pytest.param(
            {"transclean.toml": LANGUAGE.format("fr"), "a/transclean.toml/x": ""},
            "a/x.txt",
            "fr",
            "transclean.toml",
            id="a folder of that name is no configuration",
        ),
        pytest.param(
            {"transclean.toml": codecs.BOM_UTF8 + b'source-language = "fr"\r\n'},
            "x.txt",
            "fr",
            "transclean.toml",
            id="byte order mark and CRLF",
        ),
    ],
)
def test_the_nearest_file_upward_counts(folder, files, path, language, origin):
    for name, text in files.items():
        write(folder / name, text)
    config = ConfigFinder().for_file(path)
    assert (config.settings.source_language, config.origin) == (language, origin)


def test_the_working_directory_does_not_count(folder, monkeypatch):
    write(folder / "here/transclean.toml", LANGUAGE.format("fr"))
    article = write(folder / "there/article.txt", "")
    monkeypatch.chdir(folder / "here")
    assert ConfigFinder().for_file(article).origin is None
    assert ConfigFinder().for_folder().settings.source_language == "fr"


def test_a_configuration_above_the_working_directory_is_named_in_full(folder, monkeypatch):
    write(folder / "transclean.toml", "")
    (folder / "here").mkdir()
    monkeypatch.chdir(folder / "here")
    assert ConfigFinder().for_folder().origin == (folder / "transclean.toml").as_posix()


def test_a_file_is_read_once_for_all_below_it(folder, monkeypatch):
    path = write(folder / "transclean.toml", "")
    finder = ConfigFinder()
    first = finder.for_file("a/b/x.txt")
    path.write_text("broken [")
    assert finder.for_file("a/b/y.txt") is finder.for_file("a/c/z.txt") is first


def test_a_broken_file_is_told_for_each_file_that_it_concerns(folder):
    write(folder / "a/transclean.toml", "broken [")
    finder = ConfigFinder()
    for path in ("a/x.txt", "a/b/y.txt", "a/x.txt"):
        with pytest.raises(ConfigError, match=r"^a/transclean"):
            finder.for_file(path)
    assert finder.for_file("x.txt").origin is None


def test_one_file_fixed_for_all(folder):
    write(folder / "a/transclean.toml", LANGUAGE.format("fr"))
    write(folder / "ci/strict.toml", 'source-language = "es"\nrules = ["own"]')
    config = ConfigFinder("ci/strict.toml").for_file("a/x.txt")
    assert config.settings == Settings(source_language="es", rules=("ci/own",))
    assert (config.origin, config.folder) == ("ci/strict.toml", str(folder / "ci"))


def test_isolated_ignores_all_files(folder):
    write(folder / "transclean.toml", "broken [")
    assert ConfigFinder(isolated=True).for_folder().settings == Settings()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("none.toml", None, "none.toml: does not exist"),
        ("pyproject.toml", "[tool.ruff]", "pyproject.toml: has no table [tool.transclean]"),
        ("folder", {}, "folder: cannot be read: "),
        ("nul\0.toml", None, "cannot be read: embedded null byte"),
    ],
)
def test_a_fixed_file_must_be_there(folder, name, text, message):
    if text is not None:
        write(folder / name, text) if text else (folder / name).mkdir()
    with pytest.raises(ConfigError) as caught:
        ConfigFinder(name)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('sellect = ["fr"]', "unknown setting “sellect”; did you mean “select”?"),
        ("source_language = 'fr'", "unknown setting “source_language”; did you mean “source-lan"),
        ("honorific-female = 'Mrs'", "unknown setting “honorific-female”; it belongs in the table"),
        ("xyzzy = 1", "unknown setting “xyzzy”"),
        ('"two\\nlines" = 1', "unknown setting “two lines”"),
        ("select = 'fr'", "“select” must be a list of rules, categories or packs, not “fr”"),
        ("select = ['fr', 3]", "“select” must be a list of rules, categories or packs, not [“fr”,"),
        ("ignore = ['']", "“ignore” must be a list of rules, categories or packs, not [“”]"),
        ("rules = true", "“rules” must be a list of folders of rule files, not true"),
        ("exclude = 'drafts'", "“exclude” must be a list of patterns as in a .gitignore file, no"),
        ("exclude = ['a\\old']", "“exclude”: “a\\old” has “\\” between folders; write “a/old”"),
        ("source-language = 'french'", "“source-language” must be a language code such as “fr”,"),
        ("source-language = 1", "“source-language” must be a language code such as “fr”,"),
        ("encoding = 1252", "“encoding” must be the name of a text encoding such as “cp1252”, no"),
        ("encoding = 'utf8000'", "“encoding”: there is no text encoding “utf8000”"),
        ("encoding = 'base64'", "“encoding”: there is no text encoding “base64”"),
        ("min-confidence = 2", "“min-confidence” must be a number from 0 to 1, not 2"),
        ("timeout = 'fast'", "“timeout” must be a number of seconds above 0, at most 3600, not"),
        ("timeout = 0", "“timeout” must be a number of seconds above 0, at most 3600, not 0"),
        ("timeout = nan", "“timeout” must be a number of seconds above 0, at most 3600, not nan"),
        ("timeout = inf", "“timeout” must be a number of seconds above 0, at most 3600, not inf"),
        ("timeout = 1" + "0" * 400, "“timeout” must be a number of seconds above 0, at most"),
        ("timeout = true", "“timeout” must be a number of seconds above 0, at most 3600, not true"),
        ("style = 'house'", "“style” must be a table of house style, not “house”"),
        ("[style]\nclok = 1", "[style] unknown setting “clok”; did you mean “clock”?"),
        ("[style]\nam = 3", "[style] “am” must be text, not 3"),
        ("[style]\nclock = 'noon'", "[style] “clock” must be 12-hour or 24-hour, not “noon”"),
        (
            "[style]\nhonorific_male = 'Mr'",
            "[style] unknown setting “honorific_male”; did you mean",
        ),
        ("a = 1\nb = \nc = 2", "is not valid TOML: Invalid value (at line 2,"),
        ("a = 1\na = 2", "is not valid TOML: Cannot overwrite a value (at line 2,"),
        ("x = " + "[" * 5000, "is not valid TOML: "),
        ("timeout = " + "9" * 5000, "is not valid TOML: "),
        (b"# one\n# caf\xe9\n", "is not valid UTF-8 (at line 2)"),
    ],
)
def test_a_fault_is_one_line_that_names_the_file(text, fault):
    (line,) = faults(text)
    assert line.startswith(f"transclean.toml: {fault}")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[tool.transclean]\nsellect = 1", "[tool.transclean] unknown setting “sellect”; did you"),
        ("[tool.transclean]\ntimeout = -1", "[tool.transclean] “timeout” must be a number of"),
        ("[tool.transclean.style]\nclok = 1", "[tool.transclean.style] unknown setting “clok”; d"),
        ("[tool]\ntransclean = 3", "[tool.transclean] must be a table, not 3"),
        ("[tool.transclean]\nx =", "is not valid TOML: Invalid value (at"),
    ],
)
def test_a_fault_names_the_table_of_a_shared_file(text, fault):
    (line,) = faults(text, "pyproject.toml")
    assert line.startswith(f"pyproject.toml: {fault}")


def test_all_faults_of_a_file_are_told_together():
    lines = faults("selct = []\ntimeout = 0\nexclude = ['a\\b']\n[style]\nam = 1\npn = 'p.m.'")
    assert [line.split("”")[0] for line in lines] == [
        "transclean.toml: unknown setting “selct",
        "transclean.toml: “timeout",
        "transclean.toml: [style] “am",
        "transclean.toml: [style] unknown setting “pn",
        "transclean.toml: “exclude",
    ]


def test_an_error_survives_a_worker():
    with open("transclean.toml", "w") as file:
        file.write("a = 1\nb = 1\n")
    with pytest.raises(ConfigError) as caught:
        ConfigFinder().for_folder()
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.failures == caught.value.failures


@pytest.mark.parametrize(
    ("settings", "overrides", "merged"),
    [
        pytest.param({"timeout": 3.0}, {}, {"timeout": 3.0}, id="silence changes nothing"),
        pytest.param(
            {"select": ("fr",)}, {"select": ("es",)}, {"select": ("es",)}, id="select replaces"
        ),
        pytest.param(
            {"ignore": ("fr-mme",)},
            {"ignore": ("verb",)},
            {"ignore": ("fr-mme", "verb")},
            id="ignore adds",
        ),
        pytest.param(
            {"ignore": ("fr-mme", "verb")},
            {"select": ("fr-mme",)},
            {"select": ("fr-mme",), "ignore": ("verb",)},
            id="what is selected is no longer ignored by the configuration",
        ),
        pytest.param(
            {},
            {"select": ("verb",), "ignore": ("verb",)},
            {"select": ("verb",), "ignore": ("verb",)},
            id="but by the command line itself",
        ),
        pytest.param({"rules": ("a",)}, {"rules": ("b",)}, {"rules": ("a", "b")}, id="rules add"),
        pytest.param(
            {"source_language": "fr", "encoding": "cp1252", "timeout": 1.0},
            {"source_language": "es", "encoding": "utf-8", "timeout": 9.0},
            {"source_language": "es", "encoding": "utf-8", "timeout": 9.0},
            id="single values replace",
        ),
    ],
)
def test_the_command_line_overrides(settings, overrides, merged):
    assert merge(Settings(**settings), Overrides(**overrides)) == Settings(**merged)


def test_the_command_line_overrides_every_configuration(folder):
    write(folder / "a/transclean.toml", "timeout = 5\nsource-language = 'fr'")
    finder = ConfigFinder(overrides=Overrides(source_language="es"))
    assert finder.for_file("x.txt").settings == Settings(source_language="es")
    assert finder.for_file("a/x.txt").settings == Settings(source_language="es", timeout=5.0)
    assert ConfigFinder("a/transclean.toml", overrides=Overrides(timeout=1.0)).for_folder().settings
    isolated = ConfigFinder(isolated=True, overrides=Overrides(timeout=1.0))
    assert isolated.for_file("a/x.txt").settings == Settings(timeout=1.0)


@pytest.mark.parametrize(
    ("files", "imported"),
    [
        ({}, False),
        ({"pyproject.toml": "[project]\nname = 'other'"}, False),
        ({"pyproject.toml": "[tool.transclean]"}, True),
        ({"transclean.toml": ""}, True),
    ],
)
def test_the_parser_is_imported_only_for_a_configuration(folder, files, imported):
    for name, text in files.items():
        write(folder / name, text)
    code = (
        "import sys; from transclean.cli.config import ConfigFinder; ConfigFinder().for_folder();"
        "print('tomllib' in sys.modules or 'tomli' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == str(imported)
