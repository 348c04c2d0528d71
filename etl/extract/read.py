"""A file of any supported format to a `Reading`. Readers are loaded when a file first needs them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from etl.content.sniff import ARCHIVES, sniff
from etl.model import Problem, ReadError, Reading

# Names of formats that are recognised and not read.
_UNREAD = {
    "pptx": "a presentation (PPTX)",
    "xlsb": "a binary workbook (XLSB)",
    "odf": "an OpenDocument file",
    **dict.fromkeys(ARCHIVES, "an archive, which is read member by member"),
}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a DOCX or XLSX under a password
_MACROS = {  # the parts and streams that hold them
    kind: (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le")) for kind in ("docx", "xls", "doc")
}
_SUFFIXES = {
    "pdf": {".pdf"},
    "scan": {".pdf"},
    "image": {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"},
    "html": {".html", ".htm", ".shtml", ".shtm", ".xhtml", ".jsp", ".php", ".aspx", ".asp", ".do"},
    "text": {".txt", ".tsv", ".text", ".tab"},
    "docx": {".docx", ".docm"},
    "doc": {".doc", ".dot"},
    "wps": {".wps", ".wpt"},
    "rtf": {".rtf"},
    "ofd": {".ofd"},
    "xls": {".xls", ".xlsx", ".xlsm", ".et"},
    "zip": {".zip"},
    "rar": {".rar"},
    "7z": {".7z"},
}
_KNOWN_SUFFIXES = set().union(*_SUFFIXES.values())


def read(
    content: bytes,
    name: str,
    *,
    max_bytes: int,
    max_pages: int,
    scan_text: bool = True,
    made: bytes | ReadError | None = None,
    beside: Callable[[str], bytes | None] | None = None,
) -> Reading:
    """Read one document.

    Args:
        content: the file's bytes.
        name: the name it was published under; told apart from what it is by a ``mislabelled`` problem.
        max_bytes: larger files are refused.
        max_pages: longer documents are refused.
        scan_text: whether the running text of scanned pages and pictures is read, and not only their headlines.
        beside: gives the file that a page names by a relative address.
        made: the DOCX that a DOC, WPS or RTF file was converted to together with others, or why it was not.

    Raises:
        ReadError: the file cannot be read; its ``code`` says why.
    """
    if not content:
        raise ReadError("empty", "the file is empty")
    if len(content) > max_bytes:
        size, limit = len(content) / 2**20, max_bytes / 2**20
        raise ReadError("too_large", f"the file has {size:.1f} MB; at most {limit:.0f} MB are read (max_bytes)")
    kind = sniff(content)
    if kind == "pdf":
        from etl.extract.pdf import read_pdf

        reading = read_pdf(content, max_pages=max_pages, scan_text=scan_text)
    elif kind == "html":
        from etl.extract.html import read_html

        reading = read_html(content, beside, scan_text=scan_text)
    elif kind == "text":
        from etl.extract.text import read_text

        reading = read_text(content)
    elif kind == "docx":
        from etl.extract.docx import read_docx

        reading = read_docx(content, scan_text=scan_text)
    elif kind == "xls":
        from etl.extract.xls import read_xls

        reading = read_xls(content, scan_text=scan_text)
    elif kind == "doc" and _ENCRYPTED in content:
        raise ReadError("encrypted", "the Office file is protected by a password")
    elif kind in ("doc", "rtf"):
        from etl.extract.office import read_office

        reading = read_office(
            content, "wps" if Path(name).suffix.lower() == ".wps" else kind, made, scan_text=scan_text
        )
    elif kind == "ofd":
        from etl.extract.ofd import read_ofd

        reading = read_ofd(content, max_pages=max_pages, scan_text=scan_text)
    elif kind == "image":
        from etl.extract.scan.pictures import read_picture

        reading = read_picture(content, max_pages=max_pages, scan_text=scan_text)
    elif kind in _UNREAD:
        raise ReadError(
            "unsupported_format", f"the file is {_UNREAD[kind]}, and is not read; save it as DOCX, XLSX or PDF"
        )
    else:
        raise ReadError("unknown_format", "the bytes are of no known document format")
    if any(mark in content for mark in _MACROS.get(kind, ())):
        said = Problem("macros", "the file carries macros (programs), which were neither run nor kept")
        reading = replace(reading, problems=(*reading.problems, said))
    if suffix := misnamed(name, reading.format):
        said = Problem(
            "mislabelled", f"the name ends in {suffix}, the content is {reading.format}; read as that"
        )
        return replace(reading, problems=(*reading.problems, said))
    return reading


def misnamed(name: str, format: str) -> str | None:
    """The ending of ``name``, where it is that of another format than ``format``."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in _KNOWN_SUFFIXES and suffix not in _SUFFIXES.get(format, ()) else None
