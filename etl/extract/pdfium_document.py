"""PDFium's view of a PDF: page texts, and every character with its box."""

import ctypes
from collections.abc import Iterator
from typing import Self

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from etl.extract.characters import Character
from etl.model import ReadError

# PDFium writes a hyphen at a line's end as one of these; in a table it is a dash in a cell.
_HYPHENS = {0x02: "-", 0xFFFE: "-"}


_SEGMENTS_OF_A_BOX = 8


class PdfiumDocument:
    """An open PDF. Pages are numbered from 1.

    Raises:
        ReadError: ``encrypted`` or ``corrupt``.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pdfium.PdfDocument(content)
            self._count = len(self._document)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise ReadError("encrypted", "the PDF asks for a password") from error
            raise ReadError("corrupt", f"the PDF cannot be opened: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return self._count

    def text(self, page: int) -> str:
        """The page's text in PDFium's reading order."""
        text_page = self._document[page - 1].get_textpage()
        try:
            return str(text_page.get_text_bounded())
        finally:
            text_page.close()

    def has_image(self, page: int) -> bool:
        return any(True for _ in self._objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE))

    def may_hold_columns(self, page: int) -> bool:
        """Whether lines or areas on the page could divide it into columns.

        Shaded paragraphs do not: their boxes all have the same two edges. A path of many segments may be
        a whole grid.
        """
        edges: set[int] = set()
        for item in self._objects(page, pdfium_c.FPDF_PAGEOBJ_PATH):
            left, _, right, _ = item.get_bounds()
            edges |= {round(left / 3), round(right / 3)}
            if len(edges) > 2 or pdfium_c.FPDFPath_CountSegments(item.raw) > _SEGMENTS_OF_A_BOX:
                return True
        return False

    def _objects(self, page: int, kind: int) -> Iterator[pdfium.PdfObject]:
        yield from self._document[page - 1].get_objects(filter=[kind], max_depth=5)

    def characters(self, page: int) -> list[Character] | None:
        """The page's visible characters; None for a turned page, whose boxes lie in another space."""
        handle = self._document[page - 1]
        if handle.get_rotation() != 0:
            return None
        left, bottom = handle.get_bbox()[:2]
        text_page = handle.get_textpage()
        raw = text_page.raw
        box = [ctypes.c_double() for _ in range(4)]
        x0, x1, y0, y1 = box
        references = [ctypes.byref(value) for value in box]
        found = []
        for index in range(text_page.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(raw, index)
            if code in (0x0D, 0x0A, 0x20, 0xA0, 0x3000):
                continue
            if not pdfium_c.FPDFText_GetCharBox(raw, index, *references):
                continue
            text = _HYPHENS.get(code) or (chr(code) if code else "\ufffd")
            found.append(
                Character(text, x0.value - left, y0.value - bottom, x1.value - left, y1.value - bottom)
            )
        text_page.close()
        return found
