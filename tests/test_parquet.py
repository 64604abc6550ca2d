"""Parquet: rows as records, a new file with the repairs, bad files told."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import helpers
from transclean.formats import SUPPORT, MissingError, get_format

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = 2500


@pytest.fixture
def table():
    bodies = ["Snow lay."] * ROWS
    bodies[3], bodies[1700], bodies[8] = "Mme Roy spoke.", "He met Mme Roy.", None
    columns = {
        "id": pa.array(range(ROWS), pa.int32()),
        "body": pa.array(bodies, pa.large_string()),
        "other": pa.array(["Mme Roy spoke."] * ROWS),
        "tags": pa.array([["a"]] * ROWS),
    }
    return pa.table(columns).replace_schema_metadata({"who": "me"})


@pytest.fixture
def run(tmp_path, table):
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=1200, compression="zstd")

    def call(*arguments, stdin=b""):
        done = helpers.run(*arguments, stdin=stdin, cwd=tmp_path)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return call


def test_findings_have_record_and_field(run):
    status, out, _ = run("check", "--format", "json", "a.parquet")
    found = [(f["record"], f["field"], f["start"], f["text"]) for f in json.loads(out)]
    assert (status, found) == (1, [(3, "body", 0, "Mme"), (1700, "body", 7, "Mme")])


def test_repairs_come_into_a_new_file(run, tmp_path):
    before = (tmp_path / "a.parquet").read_bytes()
    status, out, _ = run("fix", "a.parquet")
    assert (status, out) == (0, "a.fixed.parquet: 2 fixes (fr-mme 2)\n")
    assert (tmp_path / "a.parquet").read_bytes() == before
    made = pq.ParquetFile(tmp_path / "a.fixed.parquet")
    assert made.metadata.num_row_groups == 3
    assert made.metadata.row_group(0).column(0).compression == "ZSTD"
    after, table = made.read(), pq.read_table(tmp_path / "a.parquet")
    assert after.schema.equals(table.schema, check_metadata=True)
    assert after.drop_columns(["body"]) == table.drop_columns(["body"])
    differing = {
        at: new
        for at, (old, new) in enumerate(
            zip(table["body"].to_pylist(), after["body"].to_pylist(), strict=True)
        )
        if old != new
    }
    assert differing == {3: "Ms. Roy spoke.", 1700: "He met Ms. Roy."}
    assert run("fix", "-q", "a.fixed.parquet")[0] == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.fixed.parquet", "a.parquet"]


def test_fields_are_chosen(run):
    status, out, _ = run("check", "--format", "json", "--field", "other", "a.parquet")
    assert (status, len(json.loads(out))) == (1, ROWS)
    status, out, err = run("check", "--field", "id", "a.parquet")
    assert (status, out) == (0, "")
    assert "has no column of text named id, but id, body, other, tags" in err


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_file_cut_short_is_told_and_the_others_go_on(run, tmp_path, command):
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-300])
    (tmp_path / "c.txt").write_text("Mme Roy spoke.\n")
    status, out, err = run(command, "b.parquet", "c.txt")
    assert status == 2
    assert "b.parquet: is no whole Parquet file" in err
    assert "c.txt" in out
    assert not (tmp_path / "b.fixed.parquet").exists()


def test_what_it_can_not_do_is_told(run, tmp_path):
    status, _, err = run("fix", "--diff", "a.parquet")
    assert (status, "can't be a diff" in err) == (2, True)
    status, _, err = run("fix", "--diff", ".")
    assert (status, "warning: a.parquet: is no text" in err) == (0, True)
    data = (tmp_path / "a.parquet").read_bytes()
    status, _, err = run("check", "--as", "parquet", "-", stdin=data)
    assert (status, "not from standard input" in err) == (2, True)


def test_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(SUPPORT, "parquet", SUPPORT["parquet"]._replace(needs=("no_such",)))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "transclean.formats.parquet", raising=False)
    with pytest.raises(MissingError, match=r"pip install 'transclean\[parquet\]'"):
        get_format("parquet")


WITHOUT = """
import sys
sys.modules["pyarrow"] = None
from transclean.cli import app
sys.exit(app.run())
"""


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        pytest.param(".", 0, "warning", id="in a folder"),
        pytest.param("a.parquet", 2, "error", id="named"),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_without_the_extra_a_folder_is_read_all_the_same(tmp_path, command, path, status, kind):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.txt").write_text("One.\n")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, command, path], cwd=tmp_path, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    said = f"{kind}: a.parquet: reading parquet needs pyarrow: pip install"
    assert (done.returncode, said in done.stderr) == (status, True)
