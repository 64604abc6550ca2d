"""Word and OpenDocument: what is read of files that real libraries write, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

import helpers
from helpers import error
from transclean.formats import DEFAULTS, read_archive
from transclean.model import SegmentKind, TranscleanError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def read(data):
    return read_archive("office", data, "a.docx", DEFAULTS)


def prose(data):
    return [(s.kind.value, s.text) for s in read(data).segments]


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def word(body):
    text = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    return archive(word__document=text)


@pytest.fixture
def docx():
    document = pytest.importorskip("docx").Document()
    document.add_heading("Mme Joly speaks", 1)
    paragraph = document.add_paragraph("M")
    paragraph.add_run("me").font.superscript = True
    paragraph.add_run(" Joly spoke,")
    paragraph.add_run().add_break()
    paragraph.add_run("at last.\tShe left.")
    document.add_paragraph("Mme Roy", style="List Bullet")
    document.add_paragraph("Mme Roy", style="Quote")
    document.add_table(1, 2).rows[0].cells[1].text = "Mme Gagné"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def odt():
    pytest.importorskip("odf")
    from odf import style, table, text
    from odf.opendocument import OpenDocumentText

    document = OpenDocumentText()
    for name, parent in (("P1", "Quotations"), ("P2", "Preformatted_20_Text")):
        document.automaticstyles.addElement(
            style.Style(name=name, family="paragraph", parentstylename=parent)
        )
    document.text.addElement(text.H(outlinelevel=1, text="Mme Joly speaks"))
    paragraph = text.P(text="M")
    paragraph.addElement(text.Span(text="me"))
    paragraph.addText(" \n Joly")
    paragraph.addElement(text.S(c=2))
    paragraph.addText("spoke")
    note = text.Note(noteclass="footnote")
    note.addElement(text.NoteCitation(text="1"))
    body = text.NoteBody()
    body.addElement(text.P(text="In a note."))
    note.addElement(body)
    paragraph.addElement(note)
    paragraph.addText(" at last.")
    document.text.addElement(paragraph)
    document.text.addElement(text.P(stylename="P1", text="Mme Roy"))
    document.text.addElement(text.P(stylename="P2", text="Mme Code"))
    items = text.List()
    item = text.ListItem()
    item.addElement(text.P(text="Mme Item"))
    items.addElement(item)
    document.text.addElement(items)
    rows = table.Table()
    row = table.TableRow()
    cell = table.TableCell()
    cell.addElement(text.P(text="Mme Gagné"))
    row.addElement(cell)
    rows.addElement(row)
    document.text.addElement(rows)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def test_word(docx):
    assert prose(docx) == [
        ("heading", "Mme Joly speaks"),
        ("paragraph", "Mme Joly spoke, at last.\tShe left."),
        ("list-item", "Mme Roy"),
        ("quotation", "Mme Roy"),
        ("cell", "Mme Gagné"),
    ]


def test_open_document(odt):
    assert prose(odt) == [
        ("heading", "Mme Joly speaks"),
        ("paragraph", "Mme Joly  spoke at last."),
        ("paragraph", "In a note."),
        ("quotation", "Mme Roy"),
        ("list-item", "Mme Item"),
        ("cell", "Mme Gagné"),
    ]


def test_offsets_count_in_the_text_as_read(docx):
    document = read(docx)
    assert document.text.startswith("Mme Joly speaks\nMme Joly spoke, at last.")
    for segment in document.segments:
        assert document.text[segment.start : segment.end] == segment.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<w:del><w:r><w:delText>One</w:delText></w:r></w:del>", [], id="deleted"),
        pytest.param("<w:moveFrom><w:r><w:t>One</w:t></w:r></w:moveFrom>", [], id="moved away"),
        pytest.param("<w:ins><w:r><w:t>One</w:t></w:r></w:ins>", ["One"], id="inserted"),
        pytest.param("<w:r><w:instrText>PAGE</w:instrText></w:r>", [], id="field"),
        pytest.param('<w:pPr><w:tabs><w:tab w:pos="9"/></w:tabs></w:pPr><w:r><w:t>One</w:t></w:r>',
                     ["One"], id="tab stops"),
        pytest.param('<w:pPr><w:pStyle w:val="SourceCode"/></w:pPr><w:r><w:t>One</w:t></w:r>',
                     [], id="code"),
        pytest.param(
            "<w:r><w:t>One</w:t></w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Box</w:t>"
            "</w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p>"
            "</mc:Fallback></mc:AlternateContent><w:r><w:t> two</w:t></w:r>",
            ["One two", "Box"], id="text box",
        ),
    ],
)  # fmt: skip
def test_what_is_read_of_word(body, expected):
    document = read(word(f"<w:p>{body}</w:p>"))
    assert [segment.text for segment in document.segments] == expected
    assert all(segment.kind is SegmentKind.PARAGRAPH for segment in document.segments)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "no whole Word", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0" * 200, "no whole Word", id="old or locked"),
        pytest.param(archive(other="x"), "neither a Word", id="another archive"),
        pytest.param(word("<w:p>"), "is not valid XML", id="invalid XML"),
        pytest.param(archive(content="<!DOCTYPE a><a/>"), "document type", id="DTD"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_told(data, said):
    with pytest.raises(TranscleanError, match=said):
        read(data)


def test_a_damaged_file_gives_no_traceback(docx):
    for at in range(0, len(docx), 997):
        for damaged in (docx[:at], docx[:at] + bytes([docx[at] ^ 255]) + docx[at + 1 :]):
            try:
                read(damaged)
            except TranscleanError:
                continue


def run(folder, *arguments, stdin=b""):
    return helpers.run(*arguments, stdin=stdin, cwd=folder)


def test_files_are_checked_and_left_alone(tmp_path, docx, odt):
    (tmp_path / "a.docx").write_bytes(docx)
    (tmp_path / "b.odt").write_bytes(odt)
    (tmp_path / "c.txt").write_text("Mme Roy spoke.\n")
    checked = run(tmp_path, "check", "--format", "json", "--select", "fr-mme", ".")
    assert checked.returncode == 1
    found = [(f["path"], f["text"], f["line"], len(f["fixes"])) for f in json.loads(checked.stdout)]
    assert ("a.docx", "Mme", 2, 1) in found
    assert ("b.odt", "Mme", 2, 1) in found
    fixed = run(tmp_path, "fix", ".")
    assert fixed.returncode == 0
    assert "warning: a.docx, b.odt: left alone" in error(fixed)
    assert (tmp_path / "a.docx").read_bytes() == docx
    assert (tmp_path / "c.txt").read_text() == "Ms. Roy spoke.\n"
    named = run(tmp_path, "fix", "a.docx")
    assert (named.returncode, "error: a.docx: left alone" in error(named)) == (2, True)
    assert run(tmp_path, "fix", "--as", "office", "-", stdin=docx).stdout == docx
