"""Arrow: files, streams and Feather are read and repaired as Parquet is."""

from __future__ import annotations

import json

import pytest

from helpers import error, run

pa = pytest.importorskip("pyarrow")

BODIES = ["Snow lay.", None, "Mme Roy spoke.", "Snow lay."]


@pytest.fixture
def table():
    columns = {"id": [1, 2, 3, 4], "body": BODIES, "other": ["Mme Roy"] * 4}
    return pa.table(columns).replace_schema_metadata({"who": "me"})


def stored(path, table, kind):
    if kind == "feather":
        from pyarrow import feather

        feather.write_feather(table, path, chunksize=2)
    else:
        make = pa.ipc.new_file if kind == "file" else pa.ipc.new_stream
        with make(path, table.schema) as out:
            out.write_table(table, max_chunksize=2)
    return path


KINDS = pytest.mark.parametrize(
    ("kind", "name"),
    [("file", "a.arrow"), ("stream", "a.arrow"), ("feather", "a.feather")],
)


@KINDS
def test_rows_are_checked_and_repaired_into_a_new_file(folder, table, kind, name):
    before = stored(folder / name, table, kind).read_bytes()
    done = run("check", "--format", "json", "--select", "fr-mme", name)
    assert [(f["record"], f["field"], f["text"]) for f in json.loads(done.stdout)] == [
        (2, "body", "Mme")
    ]
    fixed = name.replace("a.", "a.fixed.")
    assert run("fix", "--select", "fr-mme", name).stdout.decode() == f"{fixed}: 1 fix (fr-mme)\n"
    assert (folder / name).read_bytes() == before
    opened = pa.ipc.open_stream if kind == "stream" else pa.ipc.open_file
    after = opened((folder / fixed).read_bytes()).read_all()
    assert after.schema.equals(table.schema, check_metadata=True)
    assert after.drop_columns(["body"]) == table.drop_columns(["body"])
    assert after["body"].to_pylist() == ["Snow lay.", None, "Ms. Roy spoke.", "Snow lay."]
    assert [len(chunk) for chunk in after["body"].chunks] == [2, 2]


@KINDS
@pytest.mark.parametrize("kept", [0, 20, 0.6])
def test_a_file_cut_short_is_told(folder, table, kind, name, kept):
    data = stored(folder / name, table, kind).read_bytes()
    (folder / name).write_bytes(data[: int(kept if kept > 1 else kept * len(data))])
    for command in ("check", "fix"):
        done = run(command, name)
        assert (done.returncode, f"error: {name}: is no whole Arrow file" in error(done)) == (
            2,
            True,
        )
    assert [path.name for path in folder.iterdir() if "fixed" in path.name] == []


def test_the_first_version_of_feather_is_refused(folder):
    (folder / "a.feather").write_bytes(b"FEA1....")
    assert "is in the first version of Feather" in error(run("check", "a.feather"))
