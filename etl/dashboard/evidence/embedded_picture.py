"""The picture inside a document of text that a path names."""

from etl.extract.html import inline_picture
from etl.extract.office import to_docx
from etl.extract.scan.picture import Picture
from etl.extract.scan.pictures import picture_of
from etl.extract.zip_package import ZipPackage
from etl.model import ReadError

_MAX_UNPACKED = 192 * 2**20  # bytes
_PACKAGES = ("docx", "xls")


def embedded_picture(content: bytes, kind: str | None, path: str) -> Picture:
    """A picture as it was read: ``path`` is that of an element (HTML) or of a part (Word, workbook).

    Raises:
        ReadError: there is no such picture, or it cannot be opened.
    """
    if kind == "html":
        return picture_of(inline_picture(content, path), is_page=False)
    if kind in ("doc", "rtf"):
        (made,) = to_docx([content])
        if isinstance(made, ReadError):
            raise made
        content, kind = made, "docx"
    if kind not in _PACKAGES:
        raise ReadError("unsupported_format", f"a file of the kind {kind} holds no pictures that are read")
    package = ZipPackage(content, max_bytes=_MAX_UNPACKED)
    if path not in package.names:
        raise ReadError("corrupt", f"the document holds no picture {path}")
    return picture_of(package.read(path), is_page=False)
