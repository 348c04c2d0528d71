"""Camelot's lattice parser, asked page by page for ruled grids.

Camelot finds the rules and the cells they enclose. Text is put into the cells here, character by character,
because a text line that layout analysis fused across a rule would land in one cell whole. The characters are
PDFium's; those of Camelot's own parser (playa) are the second opinion: it drops some glyphs, a minus among
them, and where the two differ the cell is less certain.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import playa
import pypdfium2 as pdfium
from camelot.core import Table
from camelot.handlers import PDFHandler
from camelot.image_processing import find_joints_from_lines, find_lines_from_layout
from camelot.parsers import Lattice
from camelot.utils import get_image_char_and_text_objects, get_page_layout

from etl.extract.characters import Character, text_of
from etl.extract.sides import missing_sides
from etl.forms.labels import compact
from etl.model import Cell, Grid, Place

Engine = Literal["vector", "raster"]

# A strip thinner than this (points) between two rules is the gap of a double border, never a cell.
_MIN_SIDE = 4.0
_DIFFERING = 0.9  # certainty of a cell that the two parsers read differently
# The shortest rule the raster engine sees is a page's height over this: 11 points, less than a row of a form.
# Camelot's own 15 misses the rules between columns wherever captions cut them into single rows.
_LINE_SCALE = 75
_NAME = "document.pdf"  # Camelot wants a file name for its own reports, which are not made
_RASTER_DPI = 150  # cells come out the same from 72 to 300 dpi; 150 is a third of the time of 300


class GreyBackend:
    """Renders a page for Camelot's raster engine: grey, 150 dpi, in memory, from memory."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def convert(self, pdf_path: str, png_path: str, resolution: int = 300, page: int = 1) -> None:
        raise NotImplementedError("pages are rendered in memory only")

    def to_array(self, pdf_path: str, resolution: int = 300, page: int = 1) -> npt.NDArray[np.uint8]:
        """The page as height × width × 3 bytes, as OpenCV wants it."""
        with pdfium.PdfDocument(self._content) as document:
            bitmap = document[page - 1].render(scale=_RASTER_DPI / 72, grayscale=True)
            grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
            return np.repeat(grey[:, :, np.newaxis], 3, axis=2)


class _Ruled(Lattice):  # type: ignore[misc]  # Camelot is not typed
    """Lattice that keeps sparse tables and leaves the text alone.

    Camelot drops grids that are nine tenths empty as noise; a form filled with blanks looks like that.
    """

    def _generate_table_bbox_vector(self) -> None:
        """Camelot's own steps, with sides put to tables that are printed without them."""
        across = find_lines_from_layout(self.layout, "horizontal")
        down = find_lines_from_layout(self.layout, "vertical")
        down += missing_sides(across, down)
        self.pdf_image = self.threshold = None
        self.horizontal_segments, self.vertical_segments = across, down
        joints = find_joints_from_lines(across, down)
        self.table_bbox_parses = {box: {"joints": points} for box, points in joints.items()}
        self._compute_table_anchors()

    def _reject_table(self, table: Table) -> bool:
        return False

    def record_parse_metadata(self, table: Table) -> None:
        """Skip text assignment and the DataFrame: neither is used."""


class CamelotPages:
    """The pages of one open PDF, each laid out at most once for both engines."""

    def __init__(self, content: bytes, document: playa.Document) -> None:
        self._content = content
        self._document = document
        self._handler = PDFHandler(_NAME)  # asked for the layout of pages that are open already; reads no file
        self._layouts: dict[int, tuple[Any, ...]] = {}

    def grids(self, page: int, engine: Engine, characters: Sequence[Character] | None) -> list[Grid]:
        """Ruled grids of a page, top to bottom.

        Args:
            page: its number, from 1.
            engine: how rules are found: among the page's vector graphics, or in its rendered picture.
            characters: the page's characters; None to take those of Camelot's parser.
        """
        layout, size, images, own, horizontal, vertical, rotation = self._layout(page)
        parser = _Ruled(
            engine=engine, backend=GreyBackend(self._content), use_fallback=False, line_scale=_LINE_SCALE
        )
        parser.prepare_page_parse(
            _NAME, layout, size, page, images, horizontal, vertical, rotation, layout_kwargs={}
        )
        shown = (table for table in parser.extract_tables() if _is_on_page(table, size))
        tables = sorted(shown, key=lambda table: -table._bbox[3])
        reader = f"camelot-lattice-{engine}" + ("-playa" if characters is None else "")
        second = [
            Character(one.get_text(), one.x0, one.y0, one.x1, one.y1) for one in own if one.get_text().strip()
        ]
        first = second if characters is None or rotation else characters
        found = (_grid(table, first, second, size[1], reader) for table in tables)
        return [grid for grid in found if grid is not None]

    def _layout(self, page: int) -> tuple[Any, ...]:
        if page not in self._layouts:
            handle = self._document.pages[page - 1]
            # boxes_flow=None leaves out the reading order of text blocks, which tables do not need.
            layout, size = get_page_layout(handle, boxes_flow=None)
            images, characters, horizontal, vertical = get_image_char_and_text_objects(layout)
            found = layout, size, images, characters, horizontal, vertical, ""
            if _is_turned(characters):
                found = self._handler._get_layout(handle, boxes_flow=None)
            self._layouts = {page: found}
        return self._layouts[page]


def _is_turned(characters: Sequence[Any]) -> bool:
    """Whether the page's text runs up or down it.

    Camelot asks whether it found more vertical than horizontal lines, and so turns an upright page whose
    cells hold a character each.
    """
    turned = [one for one in characters if abs(one.matrix[1]) > abs(one.matrix[0])]
    return len(turned) * 2 > len(characters)


def _is_on_page(table: Table, size: tuple[float, float]) -> bool:
    """Whether a table is shown: what lies beyond the page's edges may be the other half of a sheet."""
    x0, y0, x1, y1 = table._bbox
    return bool(0 <= (x0 + x1) / 2 <= size[0] and 0 <= (y0 + y1) / 2 <= size[1])


def _grid(
    table: Table, characters: Sequence[Character], second: Sequence[Character], height: float, reader: str
) -> Grid | None:
    """A Camelot table as a grid: cells without a rule between them are one merged cell."""
    regions = _merged_regions(table)
    texts = _texts(table, regions, characters)
    others = texts if second is characters else _texts(table, regions, second)
    cells = []
    for region, text, other in zip(regions, texts, others, strict=True):
        rows = sorted({row for row, _ in region})
        columns = sorted({column for _, column in region})
        x0, x1 = table.cols[columns[0]][0], table.cols[columns[-1]][1]
        top, bottom = table.rows[rows[0]][0], table.rows[rows[-1]][1]
        if not text and (x1 - x0 < _MIN_SIDE or top - bottom < _MIN_SIDE):
            continue
        box = (round(x0, 2), round(height - top, 2), round(x1, 2), round(height - bottom, 2))
        certainty = 1.0 if text == other or compact(text) == compact(other) else _DIFFERING
        place = Place(table.page, box)
        cells.append(Cell(text, rows[0], columns[0], len(rows), len(columns), place, certainty))
    if len(cells) < 2:
        return None
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), reader)


def _texts(
    table: Table, regions: Sequence[Sequence[tuple[int, int]]], characters: Sequence[Character]
) -> list[str]:
    """The text in each region: every character goes where its middle lies."""
    owner = {position: index for index, region in enumerate(regions) for position in region}
    found: list[list[Character]] = [[] for _ in regions]
    lefts = [column[0] for column in table.cols]
    tops = [-row[0] for row in table.rows]  # descending down the page
    right, foot = table.cols[-1][1], table.rows[-1][1]
    for character in characters:
        x = (character.x0 + character.x1) / 2
        y = (character.y0 + character.y1) / 2
        column = bisect_right(lefts, x) - 1
        row = bisect_left(tops, -y) - 1
        if column >= 0 and row >= 0 and x <= right and y >= foot:
            found[owner[row, column]].append(character)
    return [text_of(inside) for inside in found]


def _merged_regions(table: Table) -> list[list[tuple[int, int]]]:
    """Positions (row, column) grouped by the rules between them."""
    cells = table.cells
    seen: set[tuple[int, int]] = set()
    regions = []
    for row in range(len(cells)):
        for column in range(len(cells[row])):
            if (row, column) in seen:
                continue
            region, waiting = [], [(row, column)]
            seen.add((row, column))
            while waiting:
                r, c = waiting.pop()
                region.append((r, c))
                cell = cells[r][c]
                for open_side, (nr, nc) in (
                    (not cell.right, (r, c + 1)),
                    (not cell.left, (r, c - 1)),
                    (not cell.bottom, (r + 1, c)),
                    (not cell.top, (r - 1, c)),
                ):
                    inside = 0 <= nr < len(cells) and 0 <= nc < len(cells[r])
                    if open_side and inside and (nr, nc) not in seen:
                        seen.add((nr, nc))
                        waiting.append((nr, nc))
            regions.append(region)
    return regions
