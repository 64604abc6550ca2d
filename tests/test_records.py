"""Files of records: which values are prose, what is written back, what is told of bad ones."""

from __future__ import annotations

import csv
import io
import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from transclean.fixer import apply_edits
from transclean.formats import DEFAULTS, Options, get_format
from transclean.formats.records import changes_of, document_of, reread
from transclean.model import Edit


def read(name, data, options=DEFAULTS, path="a"):
    return list(get_format(name).records(io.BytesIO(data), path, options, None))


def values(name, data, **options):
    return [
        [tuple(value) for value in record.values]
        for record in read(name, data, Options(**options))
        if record.number is not None
    ]


def faults(name, data, **options):
    return [(r.line, r.fault) for r in read(name, data, Options(**options)) if r.fault]


BODY = {"fields": ("body",)}


@pytest.mark.parametrize(
    ("name", "data", "fields", "expected"),
    [
        pytest.param("jsonl", '{"title": "a", "id": "b", "body": "c"}\n\n{"body": 1}\n', None,
                     [[("title", "a"), ("body", "c")], []], id="fields by default"),
        pytest.param("jsonl", '{"x": {"y": ["a", {"z": "b"}]}}', ("x.y.z", "x.y"),
                     [[("x.y[1].z", "b"), ("x.y[0]", "a")]], id="paths, lists"),
        pytest.param("json", '[{"body": "a"}, {"body": "b"}]', None,
                     [[("body", "a")], [("body", "b")]], id="list of records"),
        pytest.param("json", '{"articles": [{"title": "a"}, {"title": "b"}]}', ("articles.title",),
                     [[("articles[0].title", "a"), ("articles[1].title", "b")]], id="one record"),
        pytest.param("json", " [] ", None, [], id="empty list"),
        pytest.param("csv", 'id,body\n1,"a ""b"", c\nd"\n2,e\n', None,
                     [[("body", 'a "b", c\nd')], [("body", "e")]], id="cells"),
        pytest.param("csv", "id;title\r\n1;a, b\r\n", None, [[("title", "a, b")]], id="semicolons"),
    ],
)  # fmt: skip
def test_which_values_are_prose(name, data, fields, expected):
    options = {"fields": fields} if fields else {}
    assert values(name, data.encode(), **options) == expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        pytest.param("jsonl", b'{"body": "a"}\n{"body": \n{"body": "b"}\n',
                     [(2, "is not valid JSON: Input data was truncated")], id="cut short"),
        pytest.param("jsonl", b'{"body": "\xff"}\n', [(1, None)], id="not UTF-8"),
        pytest.param("jsonl", b"[" * 100_000 + b"\n", [(1, None)], id="nested too deeply"),
        pytest.param("json", b'[{"body": "a"},\n{"body": x},\n{"body": "b"}]', [(2, None)],
                     id="an item of a list"),
        pytest.param("json", b'[{"body": "a"},\n{"body": "b', [
            (2, "ends within the list that it began")], id="a list cut short"),
        pytest.param("json", b'[1] 2', [(1, "goes on after the list")], id="more after a list"),
        pytest.param("csv", b"id,body\n1,a,b\n2,c\n", [(2, "has 3 cells, the first row 2")],
                     id="too many cells"),
        pytest.param("csv", b'id,body\n1,"a\n2,c\n',
                     [(2, "has a quotation mark that is never closed")], id="open quotation"),
        pytest.param("csv", b"id,body\n1,\xff\n2,c\n", [(2, "is not valid UTF-8 (byte 0xFF);"
                      " name its encoding with --encoding")],
                     id="a row that is not UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(name, data, expected):
    found = faults(name, data)
    assert [line for line, _ in found] == [line for line, _ in expected]
    for (_, said), (_, wanted) in zip(found, expected, strict=True):
        assert wanted is None or said == wanted
    pieces = read(name, data)
    assert b"".join(record.raw for record in pieces) == data


TEXT = st.text(st.sampled_from("ab é“\U0001f600\"\\\n,;\t'"), max_size=12)
NAMES = st.sampled_from(["body", "title", "other", 'a"b'])
OBJECTS = st.dictionaries(NAMES, TEXT | st.integers() | st.lists(TEXT, max_size=2), max_size=4)


def repaired(name, record, edit_of, data):
    """Return the record's bytes after an edit of each value, and the values it should have."""
    document = document_of("a", record, DEFAULTS)
    edits, wanted, at = [], [], 0
    for value in record.values:
        edit = edit_of(value.text)
        wanted.append(apply_edits(value.text, [edit]))
        edits.append(Edit(start=edit.start + at, end=edit.end + at, replacement=edit.replacement))
        at += len(value.text) + 2
    changes = changes_of(document, [tuple(edits)])
    after = reread(document, apply_edits(document.text, edits), edits)
    assert [after.text[f.start : f.end] for f in after.options.fields] == wanted
    return get_format(name).written(record, changes, None), wanted


@settings(deadline=None)
@given(
    st.lists(OBJECTS, min_size=1, max_size=3), st.booleans(), st.sampled_from([None, 1]), st.data()
)
def test_an_edit_of_json_changes_its_string_alone(objects, ascii_only, indent, data):
    for name in ("jsonl", "json"):
        if name == "jsonl":
            text = "".join(json.dumps(o, ensure_ascii=ascii_only) + "\r\n" for o in objects)
        else:
            text = json.dumps(objects, ensure_ascii=ascii_only, indent=indent)
        for record in read(name, text.encode()):
            if record.values:
                new, wanted = repaired(name, record, lambda v: edit_in(v, data), data)
                assert [v for _, v in values("jsonl", new.replace(b"\n", b" "))[0]] == [
                    v for v in wanted if v.strip()
                ]
                before, after = json.loads(record.raw), json.loads(new)
                texts = ("body", "title")
                assert {k: v for k, v in before.items() if k not in texts} == {
                    k: v for k, v in after.items() if k not in texts
                }


def edit_in(value, data):
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, len(value)))
    return Edit(start=start, end=end, replacement=data.draw(TEXT))


ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4)


@settings(deadline=None)
@given(ROWS, st.sampled_from([",", ";", "\t"]), st.booleans(), st.data())
def test_an_edit_of_csv_changes_its_cell_alone(rows, delimiter, all_quoted, data):
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerows([("id", "title", "body"), *rows])
    text = out.getvalue().encode()
    records = read("csv", text)
    assert b"".join(record.raw for record in records) == text
    found = [record for record in records if record.number is not None]
    assert not [record.fault for record in found if record.fault]
    assert len(found) == len(rows)
    for record, row in zip(found, rows, strict=True):
        assert [v.text for v in record.values] == [cell for cell in row[1:] if cell.strip()]
        new, wanted = repaired("csv", record, lambda v: edit_in(v, data), data)
        (again,) = csv.reader(io.StringIO(new.decode(), newline=""), delimiter=delimiter)
        rest = iter(wanted)
        assert again == [row[0], *(next(rest) if cell.strip() else cell for cell in row[1:])]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, stdin=b""):
        done = helpers.run(*arguments, stdin=stdin)
        return done.returncode, done.stdout, done.stderr.decode()

    return call


LINES = (
    b'\xef\xbb\xbf{"title": "Mme Roy", "id": "Mme Roy"}\r\n'
    b"{broken\n"
    b'{"body": "One.\\nMme \\u0052oy spoke \\/ left.", "x": 1.50}'
)


def test_findings_name_record_and_field(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    status, out, err = run("check", "--format", "json", "a.jsonl")
    assert status == 2
    assert "a.jsonl: line 2: is not valid JSON" in err
    keys = ("record", "field", "text", "start", "line", "column")
    assert [tuple(f[key] for key in keys) for f in json.loads(out)] == [
        (0, "title", "Mme", 0, 1, 1),
        (2, "body", "Mme", 5, 2, 1),
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("csv", b"\xff\xfea\0,\0", "is in UTF-16", id="UTF-16"),
        pytest.param("jsonl", b"\xff\xfe{\0}\0\n\0", "is in UTF-16", id="JSON in UTF-16"),
        pytest.param("csv", b"id,\xe9\n1,2\n", "line 1, its columns: is not valid",
                     id="columns"),
        pytest.param("csv", b"a,b\n1,2\n", "has none of the columns", id="no such columns"),
        pytest.param("jsonl", b"x\n" * 25, "5 more lines can't be read", id="many bad lines"),
        pytest.param("jsonl", json.dumps({"body": "<b>x</b>" + "<div>" * 30_000}).encode() + b"\n",
                     "record 0: line 1: has elements more than 25,000 deep", id="deep HTML"),
    ],
)  # fmt: skip
def test_a_filter_loses_nothing_of_what_it_cannot_read(run, name, data, said):
    data += b'{"body": "Mme Roy"}' * (name == "jsonl")
    _, out, err = run("fix", "--as", name, "-", stdin=data)
    assert out == data.replace(b"Mme", b"Ms." if b"\xff" not in data else b"Mme")
    assert said in err
    assert len(err.splitlines()) < 30


def test_fix_changes_values_and_no_other_byte(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    status, _, err = run("fix", "a.jsonl")
    assert status == 2
    assert "2 fixes in 1 file" in err
    first = LINES.replace(b'"title": "Mme', b'"title": "Ms.')
    assert (tmp_path / "a.jsonl").read_bytes() == first.replace(b"\\nMme", b"\\nMs.")
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]


def test_diff_and_standard_input(run, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    status, out, _ = run("fix", "--diff", "a.jsonl")
    assert status == 2
    assert b'+{"body": "One.\\nMs. \\u0052oy spoke' in out
    assert (tmp_path / "a.jsonl").read_bytes() == LINES
    _, out, _ = run("fix", "-q", "--as", "csv", "-", stdin=b"body\nMme Roy spoke\n")
    assert out == b"body\nMs. Roy spoke\n"


def test_fields_are_chosen(run, tmp_path):
    (tmp_path / "a.csv").write_text("lead,id\nMme Roy spoke,x\n")
    status, _, err = run("check", "a.csv")
    assert status == 0
    assert "warning: a.csv: has none of the columns title" in err
    assert "--field: lead, id" in err
    assert run("check", "--field", "lead", "a.csv")[0] == 1
    (tmp_path / "transclean.toml").write_text('fields = ["lead"]\n')
    assert run("check", "a.csv")[0] == 1
    (tmp_path / "b.jsonl").write_text('{"other": "x"}\n')
    assert "no text" not in run("check", ".")[2]
    assert "has no text in a field lead" in run("check", "b.jsonl")[2]


def test_fields_of_a_record_speak_for_each_other(run, tmp_path):
    text = "In July 1 er the council met."
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "Mme Roy, Mme Gagné", "body": text}))
    run_out = run("check", "--format", "json", "a.jsonl")[1]
    assert {f["field"] for f in json.loads(run_out)} == {"title", "body"}


def test_names_that_are_odd_stay_in_their_place():
    letters = string.ascii_letters
    raw = json.dumps({"a.b": letters, "body": ["x", {"body": letters}]}).encode()
    assert values("jsonl", raw, fields=("body.body",)) == [[("body[1].body", letters)]]
