"""What a file is, told from its bytes: names and declared types are often wrong."""

import re
import zipfile
from io import BytesIO

_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|table|tr|td|div|p|meta|span|h1)\b", re.IGNORECASE
)
_HEAD = 8192


def sniff(content: bytes) -> str | None:
    """The format of ``content``: ``pdf``, ``html``, ``text``, another name known by its signature, or None.

    >>> sniff(b"%PDF-1.7 ...")
    'pdf'
    """
    head = content[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(content)
    if head.startswith(_OLE):
        return "xls" if _is_workbook(content) else "doc"
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head[257:262] == b"ustar":
        return "tar"
    readable = _without_utf16(head)
    if _MARKUP.search(readable):
        return "html"
    if _MARKUP.search(_without_utf16(content[:262144])):  # a long prologue of scripts or white space
        return "html"
    return None if b"\x00" in readable else "text"


_SIGNATURES = (
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
)


ARCHIVES = frozenset({"zip", "rar", "7z", "gzip", "tar"})
"""Names of what holds documents and is none itself."""

_PACKAGES = (
    ("word/document", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook", "xls"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation", "pptx"),
    ("META-INF/manifest.xml", "odf"),
)


def _zip_kind(content: bytes) -> str:
    """The kind of a package by the names in its directory; of one cut off before it, by any trace of them.

    Only the directory tells a document from an archive that holds one.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = [marker for marker, _ in _PACKAGES if marker.encode() in content]
    for marker, name in _PACKAGES:
        if any(one.replace("\\", "/").lower().startswith(marker.lower()) for one in names):
            return name
    return "zip"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # DOC, WPS, XLS, and office files under a password


def _is_workbook(content: bytes) -> bool:
    """Whether an OLE file has the stream of a workbook and not that of a text (names are UTF-16)."""
    if "WordDocument".encode("utf-16-le") in content:
        return False
    return any(f"{name}\0".encode("utf-16-le") in content for name in ("Workbook", "Book"))


def _without_utf16(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.replace(b"\x00", b"")
    return head


_DOCUMENT_NAME = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|bmp|webp|svg|ico|mp[34]|css|js|apk|exe)$",
    re.IGNORECASE,
)


def is_document_name(url: str) -> bool:
    """Whether an address names a file that is no page, by its ending."""
    return _DOCUMENT_NAME.search(url.partition("?")[0]) is not None
