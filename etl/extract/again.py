"""A second, independent reading of a document of which the first left doubts."""

from etl.model import Reading

EXACT = frozenset({"html", "text", "docx", "doc", "wps", "rtf", "xls", "ofd"})
"""Formats that hold text and tables as such: a second reader would see what the first saw."""


def read_again(content: bytes, first: Reading) -> Reading | None:
    """Read a document with other means than the first time; None where there are none for its format.

    Digital PDFs: rules from the page's picture instead of its graphics (or the other way round), characters by
    another parser.
    """
    if first.format == "pdf":
        from etl.extract.pdf_again import read_pdf_again

        return read_pdf_again(content, first)
    return None
