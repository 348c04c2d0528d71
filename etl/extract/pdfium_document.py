"""PDFium's view of a PDF: page texts, and every character with its box."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import Self

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from etl.extract.characters import Character, parts_words
from etl.extract.scan.picture import Picture, Turn
from etl.model import Box, ReadError

# PDFium writes a hyphen at a line's end as one of these; in a table it is a dash in a cell.
_HYPHENS = {0x02: "-", 0xFFFE: "-"}


_SEGMENTS_OF_A_BOX = 8
_FEW_LETTERS = 15  # of a page number, a date, a stamp
_PATHS_OF_RULES = 1500  # no table has as many
_LEANING = 0.03  # 5 degrees off the page's edges
_AS_TALL = 2.0  # times: characters that differ more may be of a text and of a watermark across it
_SAME_EDGE = 0.5  # points
_CODES = re.compile(r"\(cid:\d+\)")
_CHARACTERS_ASKED = 60  # of a page, to know which way its text runs
_MOST_DPI, _FEWEST_DPI = 200.0, 36.0  # an image is not read finer than that, nor drawn coarser
_MOST_IMAGES = 50  # of a page that are looked at
_SMALLEST_PIXELS, _SMALLEST_POINTS = 300, 72.0  # of a side; a smaller image is no table
_MOST_PIXELS = 5000  # of a side, whatever size the page says it has


class PdfiumDocument:
    """An open PDF. Pages are numbered from 1.

    Raises:
        ReadError: ``encrypted`` or ``corrupt``.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pdfium.PdfDocument(content)
            self._count = len(self._document)
            self._pages: dict[int, pdfium.PdfPage] = {}
            self._text_pages: dict[int, pdfium.PdfTextPage] = {}
            self._characters: dict[int, list[Character]] = {}
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise ReadError("encrypted", "the PDF asks for a password") from error
            raise ReadError("corrupt", f"the PDF cannot be opened: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for text_page in self._text_pages.values():
            text_page.close()
        self._document.close()

    def __len__(self) -> int:
        return self._count

    def _page(self, page: int) -> pdfium.PdfPage:
        """The page, which PDFium parses each time that it is opened."""
        if page not in self._pages:
            self._pages[page] = self._document[page - 1]
        return self._pages[page]

    def opens(self, page: int) -> bool:
        """Whether the page can be opened: damage can leave a document with pages that are none."""
        try:
            self._page(page)
        except pdfium.PdfiumError:
            return False
        return True

    def text(self, page: int) -> str:
        """The page's text in PDFium's reading order.

        Raises:
            ReadError: ``page_failed`` for a page that cannot be opened.
        """
        return str(self._text_page(page).get_text_bounded())

    def _text_page(self, page: int) -> pdfium.PdfTextPage:
        """The page's text as PDFium lays it out, which takes longer than asking for it."""
        if page not in self._text_pages:
            try:
                self._text_pages[page] = self._page(page).get_textpage()
            except pdfium.PdfiumError as error:
                raise ReadError("page_failed", f"page {page} could not be opened: {error}") from error
        return self._text_pages[page]

    def turn(self, page: int) -> int | None:
        """By how many degrees clockwise the stored page has to be turned for most of its text to stand upright.

        A quarter of a circle or several; None for a page without text.
        """
        text_page = self._text_page(page)
        count = text_page.count_chars()
        step = max(1, count // _CHARACTERS_ASKED)
        angles = Counter(
            round(math.degrees(pdfium_c.FPDFText_GetCharAngle(text_page.raw, index)) / 90) % 4
            for index in range(0, count, step)
            if not chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, index)).isspace()
        )
        return -angles.most_common(1)[0][0] % 4 * 90 if angles else None

    def rotation(self, page: int) -> int:
        """By how many degrees clockwise the page is turned when it is shown: its /Rotate entry."""
        return int(self._page(page).get_rotation())

    def is_cropped(self, page: int) -> bool:
        """Whether only a part of the stored page is shown: parsers disagree on where such a page begins."""
        handle = self._page(page)
        shown, stored = handle.get_bbox(), handle.get_mediabox()
        return any(abs(one - other) > _SAME_EDGE for one, other in zip(shown, stored, strict=True))

    def upright(self, turns: Mapping[int, int]) -> bytes:
        """The document with what is on some pages turned clockwise by so many degrees, and shown so.

        These pages begin at 0, 0 then and have nothing beside what is shown of them.
        """
        for page, turn in turns.items():
            handle = self._page(page)
            left, bottom, right, top = handle.get_bbox()
            matrices: dict[int, tuple[float, ...]] = {
                0: (1, 0, 0, 1, -left, -bottom),
                90: (0, -1, 1, 0, -bottom, right),
                180: (-1, 0, 0, -1, right, top),
                270: (0, 1, -1, 0, top, -left),
            }
            across, up = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
            whole = pdfium_c.FS_RECTF(0, up, across, 0)
            pdfium_c.FPDFPage_TransFormWithClip(handle.raw, pdfium_c.FS_MATRIX(*matrices[turn]), whole)
            handle.set_rotation(0)
            handle.set_mediabox(0, 0, across, up)
            handle.set_cropbox(0, 0, across, up)
        turned = BytesIO()
        self._document.save(turned)
        return turned.getvalue()

    def weight(self, page: int) -> int:
        """How many characters and drawn things are on the page: what reading it costs."""
        handle = self._page(page)
        text_page = handle.get_textpage()
        try:
            return int(text_page.count_chars()) + int(pdfium_c.FPDFPage_CountObjects(handle.raw))
        finally:
            text_page.close()

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of the page in points."""
        width, height = self._page(page).get_size()
        return float(width), float(height)

    def has_image(self, page: int) -> bool:
        return any(True for _ in self._objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE))

    def is_scan(self, page: int, text: str) -> bool:
        """Whether the page has to be read from its image instead of by its ``text``.

        That is so where its text is the codes of a font without a character map; where it is next to nothing (a
        page number, a stamp's) beside an image or outlines; and where it was laid unseen over an image by
        somebody's text recognition.
        """
        letters = re.sub(r"\s", "", _CODES.sub("\ufffd", text))
        unknown = sum(_is_unknown(letter) for letter in letters)
        if unknown * 4 > len(letters):
            return True
        if len(letters) - unknown < _FEW_LETTERS:
            return self.has_image(page) or self._is_outlined(page)
        return self.has_image(page) and all(
            pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            for item in self._objects(page, pdfium_c.FPDF_PAGEOBJ_TEXT)
        )

    def _is_outlined(self, page: int) -> bool:
        """Whether the page holds more paths than rules of tables: its characters were drawn."""
        paths = self._objects(page, pdfium_c.FPDF_PAGEOBJ_PATH)
        return next(islice(paths, _PATHS_OF_RULES, None), None) is not None

    def images(self, page: int) -> list[Box]:
        """Where the images stand that may be a table, in points from the bottom left. On turned pages: none."""
        if self._page(page).get_rotation() != 0:
            return []
        boxes = []
        for item in islice(self._objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE, depth=1), _MOST_IMAGES):
            left, bottom, right, top = item.get_bounds()
            if (
                min(item.get_px_size()) >= _SMALLEST_PIXELS
                and min(right - left, top - bottom) >= _SMALLEST_POINTS
            ):
                boxes.append((left, bottom, right, top))
        return boxes

    def picture(self, page: int, box: Box | None = None) -> Picture:
        """The page, or a ``box`` of it in points from the bottom left, as an image.

        It has the resolution of the image it holds, within what is fit for reading.
        """
        handle = self._page(page)
        dpi = self._resolution(page)
        x0, y0, x1, y1 = handle.get_bbox()
        left, bottom, right, top = box or (x0, y0, x1, y1)
        cut = tuple(max(0.0, side) for side in (left - x0, bottom - y0, x1 - right, y1 - top))
        bitmap = handle.render(scale=dpi / 72, rev_byteorder=True, crop=cut)
        image = bitmap.to_numpy()[:, :, :3].copy()
        turn = _to_points(handle.get_rotation(), image.shape, 72 / dpi)
        turn[:, 2] += cut[0], cut[3]
        return Picture(image, page, dpi, turn)

    def _resolution(self, page: int) -> float:
        """Dots per inch of the page's largest image."""
        width, height = self._page(page).get_size()
        largest, dpi = 0.0, _MOST_DPI
        for item in self._objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE):
            left, bottom, right, top = item.get_bounds()
            area = (right - left) * (top - bottom)
            if area > largest:
                columns, rows = item.get_px_size()
                largest = area
                dpi = 72 * math.sqrt(columns * rows / max(area, 1.0))
        dpi = min(dpi, _MOST_DPI) if largest * 3 > width * height else _MOST_DPI
        return float(min(max(dpi, _FEWEST_DPI), _MOST_PIXELS * 72 / max(width, height, 1.0)))

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

    def _objects(self, page: int, kind: int, depth: int = 5) -> Iterator[pdfium.PdfObject]:
        yield from self._page(page).get_objects(filter=[kind], max_depth=depth)

    def characters(self, page: int) -> list[Character]:
        """The visible characters of a page that is not turned; those that lean are a watermark's."""
        if page in self._characters:
            return self._characters[page]
        handle = self._page(page)
        left, bottom, right, top = handle.get_bbox()
        text_page = self._text_page(page)
        raw = text_page.raw
        box = [ctypes.c_double() for _ in range(4)]
        x0, x1, y0, y1 = box
        references = [ctypes.byref(value) for value in box]
        found: list[Character] = []
        is_first, leans, is_blank = True, False, False
        tall = 0.0  # height of the last character: those of a line mostly lean alike, and to ask takes time
        for index in range(text_page.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(raw, index)
            if code in (0x0D, 0x0A, 0x20, 0xA0, 0x3000):
                is_first = is_first or code < 0x20
                is_blank = True
                continue
            if not pdfium_c.FPDFText_GetCharBox(raw, index, *references):
                continue
            was_first, is_first = is_first, False
            before, tall = tall, y1.value - y0.value
            if was_first or not before < tall * _AS_TALL < before * _AS_TALL**2:
                leans = math.sin(2 * pdfium_c.FPDFText_GetCharAngle(raw, index)) ** 2 > _LEANING
            if leans:
                continue
            if x1.value < left or x0.value > right or y1.value < bottom or y0.value > top:
                continue  # not shown: of the other half of a sheet, say
            text = _HYPHENS.get(code) or (chr(code) if code else "\ufffd")
            if is_blank:
                is_blank = False
                if found and not was_first and parts_words(found[-1].text[-1], text):
                    text = f" {text}"
            found.append(
                Character(text, x0.value - left, y0.value - bottom, x1.value - left, y1.value - bottom)
            )
        self._characters[page] = found
        return found

    def printed(self, page: int) -> list[Character]:
        """The upright page's characters and spaces, each from its base line to its font's height.

        All of a line have the same base line, whatever the shapes of the characters.
        """
        handle = self._page(page)
        left, bottom, right, top = handle.get_bbox()
        text_page = self._text_page(page)
        raw = text_page.raw
        x, y = ctypes.c_double(), ctypes.c_double()
        loose = pdfium_c.FS_RECTF()
        found = []
        for index in range(text_page.count_chars()):
            code = pdfium_c.FPDFText_GetUnicode(raw, index)
            if code in (0x0D, 0x0A) or pdfium_c.FPDFText_IsGenerated(raw, index) == 1:
                continue
            if not pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y):
                continue
            if not pdfium_c.FPDFText_GetLooseCharBox(raw, index, loose):
                continue
            if not (left <= x.value <= right and bottom <= y.value <= top):
                continue
            text = _HYPHENS.get(code) or (chr(code) if code else "\ufffd")
            base, height = y.value - bottom, loose.top - loose.bottom
            found.append(Character(text, loose.left - left, base, loose.right - left, base + height))
        return found


def _is_unknown(letter: str) -> bool:
    """Whether a font gave the character no meaning: a control, the replacement, or one of private use."""
    return letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" or (letter < " " and letter != "\x02")


def _to_points(rotation: int, shape: tuple[int, ...], points: float) -> Turn:
    """From pixels of a drawn page, ``points`` apart, to points from the top left of the page as it is stored:
    drawing turns it by ``rotation`` degrees clockwise."""
    height, width = shape[0] * points, shape[1] * points
    return np.array(
        {
            0: [(points, 0.0, 0.0), (0.0, points, 0.0)],
            90: [(0.0, points, 0.0), (-points, 0.0, width)],
            180: [(-points, 0.0, width), (0.0, -points, height)],
            270: [(0.0, -points, height), (points, 0.0, 0.0)],
        }[rotation]
    )
