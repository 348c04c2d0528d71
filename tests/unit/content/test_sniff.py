import pytest

from etl.content.sniff import sniff
from tests.makers.packages import packed


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf  <HTML>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        (b"<script>alert(1);history.back()</script>", "html"),
        (b"x" * 9000 + b"<div>", "html"),
        ("表\t1\n".encode(), "text"),
        (b"PK\x03\x04....word/document.xml", "docx"),
        (b"PK\x03\x04....OFD.xml", "ofd"),
        (b"PK\x03\x04....other", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x00\x01\x02binary", None),
    ],
)
def test_the_bytes_tell_the_format(content: bytes, format: str | None) -> None:
    assert sniff(content) == format


def test_an_archive_of_documents_is_no_document() -> None:
    inner = {"word/document.xml": "<a/>"}
    assert sniff(packed(inner)) == "docx"
    assert sniff(packed({"年报.docx": packed(inner)})) == "zip"
    assert sniff(packed({"XL/Workbook.xml": "<a/>"})) == "xls"


def test_an_old_workbook_is_told_from_an_old_text() -> None:
    def stream(name: str) -> bytes:
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + f"{name}\0".encode("utf-16-le")

    assert sniff(stream("Workbook")) == sniff(stream("Book")) == "xls"
    assert sniff(stream("WordDocument") + stream("Workbook")) == "doc"
