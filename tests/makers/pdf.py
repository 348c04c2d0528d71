"""PDFs drawn with reportlab: ruled tables that break over pages in the ways Word and WPS break them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.makers.layout import Cell, Document, Grid
from tests.makers.prose import Paragraph

MARGIN = 68.0
PAD = 2.0
_LACKING = str.maketrans("\u00a0−", " －")  # what the built-in font does not have, and what is drawn for it
BUILT_IN = "STSong-Light"  # an Adobe font that readers bring along: nothing is embedded


@dataclass(frozen=True)
class PdfStyle:
    """How a PDF is drawn. Lengths are in points.

    ``rules``: each edge a stroked line, each edge a thin filled rectangle (as Word does), each cell a stroked
    frame, or each edge a row of short strokes that touch; or only some edges: those across, those at head and
    foot of a table and below its headings, white ones on shaded cells, or none. ``breaks``: after the first row
    of the group, or after the caption, that holds one of these words a new page begins. ``figure_width``: below
    about 20, figures wrap within their cells. ``cut``: the last row before such a page break goes on after it,
    with the rest of its label (``label``) or with all its figures (``figures``).
    """

    rules: Literal["lines", "rects", "frames", "strokes", "across", "three", "white", "none"] = "lines"
    breaks: tuple[str, ...] = ()
    repeat_head: bool = False
    open_foot: bool = False
    figure_width: float = 33.0
    lead_width: float = 24.0
    cell_size: float = 9.0
    body_size: float = 14.0
    latin: str = ""  # another font for ASCII, as most documents have
    shaded: bool = False
    page_numbers: bool = True
    letter_space: float = 0.0  # between any two characters
    open_sides: bool = False  # no rule at the table's left and right
    landscape: bool = False
    turn: Literal[0, 90, 180, 270] = 0  # upright for the reader, by the page's /Rotate entry
    sideways: Literal[0, 90, 180, 270] = (
        0  # the page's content turned against the clock, and nothing that says so
    )
    repeat_row: bool = False  # the last row of a page again at the head of the next
    cut: Literal["", "label", "figures"] = ""
    align: Literal["middle", "top"] = "middle"  # where a cell's text stands in it
    centred_labels: bool = False
    right_figures: bool = False
    by_column: bool = False  # cells drawn column by column: the file's order of characters is no reading order
    watermark: str = ""


PDF_STYLES: Mapping[str, PdfStyle] = {
    "ruled": PdfStyle(),
    "word_rects": PdfStyle(rules="rects", latin="Times-Roman", shaded=True),
    "frames": PdfStyle(rules="frames", body_size=12),
    "broken_group": PdfStyle(rules="rects", breaks=("（四）无法提供",), open_foot=True, latin="Times-Roman"),
    "broken_caption": PdfStyle(breaks=("第（六）项", "（三）不予公开"), lead_width=14),
    "repeated_head": PdfStyle(rules="rects", breaks=("（三）不予公开",), repeat_head=True),
    "narrow": PdfStyle(figure_width=17, lead_width=14, latin="Helvetica"),
    "small": PdfStyle(rules="lines", cell_size=6.5, figure_width=24, body_size=10.5, page_numbers=False),
    "two_breaks": PdfStyle(
        rules="lines", breaks=("（三）不予公开", "（五）不予处理"), open_foot=True, lead_width=14
    ),
    "strokes": PdfStyle(rules="strokes", letter_space=1.2),
    "open_sides": PdfStyle(open_sides=True, by_column=True),
    "landscape": PdfStyle(landscape=True, rules="rects", figure_width=45, latin="Courier"),
    "turned": PdfStyle(turn=90, by_column=True),
    "watermark": PdfStyle(rules="rects", watermark="示例文件", latin="Times-Roman"),
    "no_rules": PdfStyle(rules="none", latin="Times-Roman"),
    "no_rules_top": PdfStyle(rules="none", align="top", right_figures=True, breaks=("（四）无法提供",)),
    "rules_across": PdfStyle(rules="across", latin="Helvetica", breaks=("（三）不予公开",), repeat_head=True),
    "three_rules": PdfStyle(rules="three", centred_labels=True, lead_width=14),
    "white_rules": PdfStyle(rules="white", latin="Times-Roman", body_size=12),
    "row_again": PdfStyle(rules="rects", breaks=("（三）不予公开", "（五）不予处理"), repeat_row=True),
    "row_again_head": PdfStyle(breaks=("（四）无法提供",), repeat_row=True, repeat_head=True),
    "cut_label": PdfStyle(breaks=("（四）无法提供",), cut="label", open_foot=True),
    "cut_figures": PdfStyle(rules="rects", breaks=("（五）不予处理",), cut="figures", latin="Times-Roman"),
    "turned_180": PdfStyle(turn=180, rules="rects", latin="Times-Roman"),
    "turned_270": PdfStyle(turn=270, landscape=True),
    "sideways": PdfStyle(sideways=90, landscape=True, rules="rects", latin="Times-Roman"),
    "sideways_clockwise": PdfStyle(sideways=270, landscape=True),
    "upside_down": PdfStyle(sideways=180),
}
"""The drawing manners, by name."""


def pdf(document: Document, style: PdfStyle, font: Path | None = None) -> bytes:
    """The document as a PDF, the same bytes each time and everywhere: not compressed, for zlibs differ.

    ``font``: a TrueType file to embed; the readers' own STSong unless given.
    """
    out = BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=0)
    canvas.setTitle(document.report.title.replace("\n", ""))
    draw(document, style, canvas, font)
    canvas.save()
    return out.getvalue()


def draw(document: Document, style: PdfStyle, canvas: Canvas, font: Path | None = None) -> None:
    """The document onto a canvas: reportlab's, or one that takes the same strokes to another format."""
    pen = _Pen(canvas, style, _embedded(font) if font else _built_in())
    for block in document.blocks:
        if isinstance(block, Grid):
            _draw_grid(pen, block)
        else:
            _draw_paragraph(pen, block)
    pen.end_page()


@cache
def _built_in() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(BUILT_IN))
    return BUILT_IN


@cache
def _embedded(path: Path) -> str:
    pdfmetrics.registerFont(TTFont(path.stem, str(path)))
    return path.stem


class _Pen:
    """The page being drawn: where the next thing goes (``y``, down from the top) and with which font."""

    def __init__(self, canvas: Canvas, style: PdfStyle, font: str) -> None:
        self.canvas = canvas
        self.style = style
        self.font = font
        self.page = 0
        short, long = float(A4[0]), float(A4[1])
        self.page_width, self.page_height = (long, short) if style.landscape else (short, long)
        self.begin_page()

    @property
    def column(self) -> float:
        """The width between the margins."""
        return self.page_width - 2 * MARGIN

    @property
    def room(self) -> float:
        return self.page_height - MARGIN - self.y

    def begin_page(self) -> None:
        self.page += 1
        self.y = MARGIN
        width, height = self.page_width, self.page_height
        against = (self.style.turn + self.style.sideways) % 360  # how far the content is turned on the paper
        paper = (width, height) if against % 180 == 0 else (height, width)
        if isinstance(self.canvas, Canvas) and self.style.turn % 180:
            paper = paper[::-1]  # reportlab is given the size as shown
        self.canvas.setPageSize(paper)
        self.canvas.setPageRotation(self.style.turn)
        if against:
            self.canvas.translate(*{90: (height, 0), 180: (width, height), 270: (0, width)}[against])
            self.canvas.rotate(against)

    def end_page(self) -> None:
        """Number the page and turn it; the next begins with ``begin_page``."""
        if self.style.page_numbers:
            self.text(f"- {self.page} -", self.page_width / 2 - 12, self.page_height - MARGIN / 2, 9)
        if self.style.watermark:
            self.canvas.saveState()
            self.canvas.setFillGray(0.85)
            self.canvas.translate(self.page_width / 4, self.page_height / 3)
            self.canvas.rotate(45)
            self.text(self.style.watermark, 0, self.page_height, 64)
            self.canvas.restoreState()
        self.canvas.showPage()

    def next_page(self) -> None:
        self.end_page()
        self.begin_page()

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text in pieces of one font each."""
        found: list[tuple[str, str]] = []
        for character in text.translate(_LACKING) if self.font == BUILT_IN else text:
            font = self.style.latin if self.style.latin and character.isascii() else self.font
            if found and found[-1][0] == font:
                found[-1] = font, found[-1][1] + character
            else:
                found.append((font, character))
        return found

    def width(self, text: str, size: float) -> float:
        drawn = sum(float(pdfmetrics.stringWidth(run, font, size)) for font, run in self.runs(text))
        return drawn + self.style.letter_space * len(text)

    def text(self, text: str, x: float, y: float, size: float) -> None:
        for font, run in self.runs(text):
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, self.page_height - y, run, charSpace=self.style.letter_space)
            x += pdfmetrics.stringWidth(run, font, size) + self.style.letter_space * len(run)

    def wrap(self, text: str, width: float, size: float) -> list[str]:
        """Lines no wider than ``width``, broken between any two characters; one character at least."""
        lines: list[str] = []
        for given in text.split("\n"):
            line = ""
            for character in given:
                if line and self.width(line + character, size) > width:
                    lines.append(line)
                    line = ""
                line += character
            lines.append(line)
        return lines


def _draw_paragraph(pen: _Pen, paragraph: Paragraph) -> None:
    size = {"title": 20.0, "heading": 15.0}.get(paragraph.kind, pen.style.body_size)
    indent = "" if paragraph.kind == "title" else "　　"
    for line in pen.wrap(indent + paragraph.text, pen.column, size):
        if pen.room < size * 1.6:
            pen.next_page()
        x = (pen.page_width - pen.width(line, size)) / 2 if paragraph.kind == "title" else MARGIN
        pen.text(line, x, pen.y + size, size)
        pen.y += size * 1.6
    pen.y += size * 0.4


def _column_widths(grid: Grid, style: PdfStyle, whole: float) -> list[float]:
    if grid.key == "stat" and grid.columns > 3:
        return [whole / grid.columns] * grid.columns
    if grid.key == "stat":
        return [whole * share for share in ((0.7, 0.12, 0.18) if grid.columns == 3 else (0.75, 0.25))]
    if grid.key != "requests":
        return [whole / grid.columns] * grid.columns
    figures = {cell.column for cell in grid.cells if cell.kind == "figure"}
    leads = [column for column in range(grid.columns) if column < min(figures)]
    fixed = dict.fromkeys(figures, style.figure_width)
    fixed |= {column: 8.0 for column in range(grid.columns) if column not in figures and column not in leads}
    if not any(cell.kind in ("label", "group", "corner") and cell.column == leads[-1] for cell in grid.cells):
        fixed[leads.pop()] = 8.0
    fixed |= {leads[0]: style.lead_width}
    fixed |= dict.fromkeys(leads[1:-1], 50.0)
    rest = max(whole - sum(fixed.values()), 60.0)
    return [fixed.get(column, rest) for column in range(grid.columns)]


def _row_heights(pen: _Pen, grid: Grid, widths: list[float]) -> list[float]:
    leading = pen.style.cell_size * 1.25
    heights = [leading + 2 * PAD + 3] * grid.height
    for cell in sorted(grid.cells, key=lambda cell: cell.row_span):
        width = sum(widths[cell.column : cell.column + cell.column_span]) - 2 * PAD
        needed = len(pen.wrap(cell.text, width, pen.style.cell_size)) * leading + 2 * PAD + 3
        last = cell.row + cell.row_span - 1
        have = sum(heights[cell.row : last + 1])
        # Vertical words of a long group are let go over rows that are high enough together.
        heights[last] += max(0.0, needed - have)
    return heights


def _forced_breaks(grid: Grid, words: Iterable[str]) -> set[int]:
    return {
        cell.row + 1
        for cell in grid.cells
        if cell.kind in ("group", "caption") and any(word in cell.text.replace("\n", "") for word in words)
    }


def _draw_grid(pen: _Pen, grid: Grid) -> None:
    """The table over as many pages as it needs."""
    widths = _column_widths(grid, pen.style, pen.column)
    heights = _row_heights(pen, grid, widths)
    forced = _forced_breaks(grid, pen.style.breaks)
    head = grid.header_rows if pen.style.repeat_head else 0
    rest = {cell: pen.wrap(cell.text, _inner(cell, widths), pen.style.cell_size) for cell in grid.cells}
    start = 0
    below: dict[Cell, list[str]] = {}
    while start < grid.height:
        if pen.room < heights[start] + 20:
            pen.next_page()
        if start and head:
            words = dict(_whole_words(pen, grid, widths, 0, head))
            _draw_rows(pen, grid, widths, heights, 0, head, words, is_last=True)
        if start and pen.style.repeat_row and not pen.style.cut:
            words = {cell: [] for cell in grid.cells}
            words |= {
                cell: lines
                for cell, lines in _whole_words(pen, grid, widths, start - 1, start)
                if cell.row_span == 1
            }
            _draw_rows(pen, grid, widths, heights, start - 1, start, words, is_last=False)
        if below:
            _draw_rows(pen, grid, widths, heights, start - 1, start, below, is_last=False)
        end, used = start + 1, heights[start]
        while end < grid.height and end not in forced and used + heights[end] <= pen.room:
            used += heights[end]
            end += 1
        below = _cut_row(grid, rest, end - 1, pen.style.cut) if end in forced else {}
        _draw_rows(pen, grid, widths, heights, start, end, rest, is_last=end == grid.height)
        if end < grid.height:
            pen.next_page()
        start = end
    pen.y += 12


def _cut_row(grid: Grid, rest: dict[Cell, list[str]], row: int, cut: str) -> dict[Cell, list[str]]:
    """Take from ``rest`` what of a row's words goes on after the page break, and give it back by cell."""
    below: dict[Cell, list[str]] = {cell: [] for cell in grid.cells}
    if not cut or not any(cell.row == row and cell.kind == "label" for cell in grid.cells):
        return {}
    for cell in (cell for cell in grid.cells if cell.row == row and cell.row_span == 1):
        if cell.kind == "label" and cut == "label":
            lines = rest[cell]
            if len(lines) == 1:
                half = len(cell.text) // 2
                lines = [cell.text[:half], cell.text[half:]]
            rest[cell], below[cell] = lines[: len(lines) // 2], lines[len(lines) // 2 :]
        elif cell.kind == "figure" and cut == "figures":
            rest[cell], below[cell] = [], rest[cell]
    return below


def _whole_words(
    pen: _Pen, grid: Grid, widths: list[float], start: int, end: int
) -> Iterable[tuple[Cell, list[str]]]:
    for cell in grid.cells:
        if start <= cell.row < end:
            yield cell, pen.wrap(cell.text, _inner(cell, widths), pen.style.cell_size)


def _inner(cell: Cell, widths: list[float]) -> float:
    return sum(widths[cell.column : cell.column + cell.column_span]) - 2 * PAD


def _draw_rows(
    pen: _Pen,
    grid: Grid,
    widths: list[float],
    heights: list[float],
    start: int,
    end: int,
    rest: dict[Cell, list[str]],
    *,
    is_last: bool,
) -> None:
    """Rows ``start`` to ``end`` at the pen. ``rest`` holds the lines still to be drawn of each cell: what does
    not fit into a merged cell's part on this page goes on in its part on the next."""
    leading = pen.style.cell_size * 1.25
    cells = sorted(grid.cells, key=lambda cell: cell.column) if pen.style.by_column else grid.cells
    for cell in cells:
        top, bottom = max(cell.row, start), min(cell.row + cell.row_span, end)
        if top >= bottom:
            continue
        x = MARGIN + sum(widths[: cell.column])
        width = _inner(cell, widths) + 2 * PAD
        y = pen.y + sum(heights[start:top])
        height = sum(heights[top:bottom])
        is_open = pen.style.open_foot and not is_last and bottom == end
        if pen.style.shaded and cell.kind in ("head", "corner"):
            pen.canvas.setFillGray(0.92)
            pen.canvas.rect(x, pen.page_height - y - height, width, height, stroke=0, fill=1)
            pen.canvas.setFillGray(0)
        hidden = {"bottom"} if is_open else set()
        if pen.style.open_sides:
            hidden |= {"left"} if cell.column == 0 else set()
            hidden |= {"right"} if cell.column + cell.column_span == grid.columns else set()
        if pen.style.rules == "white":
            pen.canvas.setFillGray(0.9 if cell.row % 2 else 0.8)
            pen.canvas.rect(x, pen.page_height - y - height, width, height, stroke=0, fill=1)
            pen.canvas.setFillGray(0)
        hidden |= _undrawn(pen.style.rules, grid, cell, start, end)
        _draw_edges(pen, x, y, width, height, hidden)
        fit = (
            len(rest[cell]) if bottom == cell.row + cell.row_span else max(1, int((height - 2 * PAD) / leading))
        )
        lines, rest[cell] = rest[cell][:fit], rest[cell][fit:]
        room = (height - len(lines) * leading) / 2 if pen.style.align == "middle" else PAD
        baseline = y + room + pen.style.cell_size
        for line in lines:
            spare = width - pen.width(line, pen.style.cell_size)
            left = x + spare / 2
            if cell.kind == "label" and not pen.style.centred_labels:
                left = x + PAD
            elif cell.kind == "figure" and pen.style.right_figures:
                left = x + spare - 2 * PAD
            pen.text(line, left, baseline, pen.style.cell_size)
            baseline += leading
    pen.y += sum(heights[start:end])


def _undrawn(rules: str, grid: Grid, cell: Cell, start: int, end: int) -> set[str]:
    """The edges of a cell that a manner of drawing rules leaves out."""
    if rules == "none":
        return {"top", "bottom", "left", "right"}
    if rules == "across":
        return {"left", "right"}
    if rules == "three":
        inner = {"left", "right"}
        heads = cell.kind in ("head", "corner")
        below = cell.row + cell.row_span
        is_last_head = heads and all(
            other.kind not in ("head", "corner") for other in grid.cells if other.row == below
        )
        return (
            inner
            | (set() if cell.row == 0 else {"top"})
            | (set() if is_last_head or below == grid.height else {"bottom"})
        )
    return set()


def _draw_edges(pen: _Pen, x: float, y: float, width: float, height: float, hidden: set[str]) -> None:
    """The rules around a cell, without the ``hidden`` ones."""
    canvas, bottom = pen.canvas, pen.page_height - y - height
    canvas.setLineWidth(0.5)
    if pen.style.rules == "white":
        canvas.setStrokeGray(1)
    if pen.style.rules == "frames" and not hidden:
        canvas.rect(x, bottom, width, height, stroke=1, fill=0)
        return
    edges = {
        "top": (x, bottom + height, width, 0.0),
        "bottom": (x, bottom, width, 0.0),
        "left": (x, bottom, 0.0, height),
        "right": (x + width, bottom, 0.0, height),
    }
    for name, (left, low, across, up) in edges.items():
        if name in hidden:
            continue
        if pen.style.rules == "rects":
            canvas.rect(left - 0.24, low - 0.24, across + 0.48, up + 0.48, stroke=0, fill=1)
        elif pen.style.rules == "strokes":
            count = max(1, round((across + up) / 15))
            for index in range(count):
                begin, end = index / count, (index + 1) / count
                canvas.line(left + across * begin, low + up * begin, left + across * end, low + up * end)
        else:
            canvas.line(left, low, left + across, low + up)
