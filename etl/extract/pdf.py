"""PDF reports with text: ruled tables by Camelot, text by PDFium."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import playa
from pypdfium2 import PdfiumError

from etl.extract.camelot_page import CamelotPages
from etl.extract.flow import Page, paragraphs_in, text_on
from etl.extract.lost_signs import lost_signs
from etl.extract.pdf_streams import refuse_bombs
from etl.extract.pdfium_document import PdfiumDocument
from etl.extract.table_words import lacks_tables
from etl.extract.unruled.block import Interval
from etl.extract.unruled.grid import unruled_grids
from etl.extract.unruled.runs import Run, runs_of
from etl.forms import forms_with
from etl.forms.labels import compact
from etl.model import Box, Grid, Place, Problem, ReadError, Reading, Shown

if TYPE_CHECKING:
    from etl.extract.scan.document import Wanted

# Words that stand in the statutory tables and nowhere else in such number: a page with several of them
# holds a table, ruled or not.
_TABLE_WORDS = re.compile(
    "信息内容|本年制发|现行有效件数|本年废止|处理决定数量|本年收费|新制作数量|新公开数量|自然人|商业企业|科研机构"
    "|社会公益组织|法律服务机构|本年新收|上年结转|予以公开|部分公开|国家秘密|三安全一稳定|第三方合法|内部事务"
    "|过程性信息|执法案卷|行政查询|不掌握相关|另行制作|内容仍不明确|信访举报|重复申请|公开出版物|反复申请"
    "|重新出具|逾期|结转下年度|结果维持|结果纠正|其他结果|尚未审结|复议后起诉|未经复议"
)
WORDS_OF_A_TABLE = 3
_MOST_DRAWN = 40_000  # of a page: a full table has three thousand
_STARTING = 12  # characters of a line to know it by
_MOST_PASTED = 12  # images on pages of text that are read


def read_pdf(content: bytes, *, max_pages: int, scan_text: bool = True) -> Reading:
    """Read a PDF's ruled tables and text.

    Each page is read by Camelot's vector engine; where it finds no table on a page whose words say that
    there is one, by the raster engine. Pages without usable text are read from their image, and so are
    images on pages of text where not all tables were found otherwise.

    Raises:
        ReadError: ``encrypted``, ``corrupt``, ``unsafe``, ``too_many_pages``, or ``no_text`` if there is none.
    """
    refuse_bombs(content)
    try:
        return _read_upright(content, max_pages, scan_text)
    except PdfiumError as error:
        raise ReadError("corrupt", f"a page of the PDF cannot be opened: {error}") from error


def _read_upright(content: bytes, max_pages: int, scan_text: bool) -> Reading:
    """Turn what is turned, cut off what is not shown, and read."""
    with PdfiumDocument(content) as document:
        count = len(document)
        if count > max_pages:
            raise ReadError(
                "too_many_pages", f"the PDF has {count} pages; at most {max_pages} are read (max_pages)"
            )
        turns = _turns(document)
        if not turns:
            return _read(content, document, scan_text)
        rotations = {page: document.rotation(page) for page in turns}
        content = document.upright(turns)
    with PdfiumDocument(content) as document:
        shown = {
            page: Shown((rotations[page] - turn) % 360, *document.size(page)) for page, turn in turns.items()
        }
        return replace(_read(content, document, scan_text), shown=shown)


def upright(content: bytes) -> bytes:
    """The PDF with its turned pages of text turned upright, and no margins that are not shown."""
    with PdfiumDocument(content) as document:
        turns = _turns(document)
        return document.upright(turns) if turns else content


def _turns(document: PdfiumDocument) -> dict[int, int]:
    """The pages of text that are turned, or whose text is, and by how much they have to be turned; 0 for those
    that are only shown in part."""
    turns = {}
    for page in range(1, len(document) + 1):
        if not document.opens(page):
            continue
        turn = document.turn(page)
        is_odd = turn or document.rotation(page) or document.is_cropped(page)
        if turn is not None and is_odd and not document.is_scan(page, document.text(page)):
            turns[page] = turn
    return turns


def _read(content: bytes, document: PdfiumDocument, scan_text: bool) -> Reading:
    """Read a PDF whose pages of text are upright."""
    count = len(document)
    texts, unread = _texts(document)
    scanned = [page for page, text in texts.items() if document.is_scan(page, text)]
    printed = {page: text for page, text in texts.items() if page not in scanned and text.strip()}
    by_page, problems = _grids(content, document, printed)
    running = {
        page: text_on(Page(page, document.size(page)[1], document.characters(page), by_page.get(page, ())))
        for page in printed
    }
    problems = [*unread, *problems]
    lines = {page: _lines(text) for page, text in printed.items()}
    kind = "pdf" if printed else "scan"
    pasted: list[tuple[int, Box | None]] = []
    if printed and lacks_tables(grid for grids in by_page.values() for grid in grids):
        boxes = ((page, box) for page in printed for box in document.images(page))
        pasted += islice(boxes, _MOST_PASTED)
    without: Wanted = "tables" if printed else "headlines"
    whole: list[tuple[int, Box | None]] = [(page, None) for page in scanned]
    for drawn, wanted in ((whole, "text" if scan_text else without), (pasted, without)):
        if not drawn:
            continue
        from etl.extract.scan.document import read_pages

        pictures = (document.picture(*one) for one in drawn)
        for (page, _), read in zip(drawn, read_pages(pictures, wanted), strict=True):
            by_page[page] = [*by_page.get(page, ()), *read.grids]
            lines[page] = [*lines.get(page, ()), *read.lines]
            problems += read.problems if page in scanned or read.grids else ()
            if read.text is not None:
                running[page] = read.text
    if not any(lines.values()):
        raise ReadError("no_text", f"no text was found on any of its {count} pages")
    return Reading(
        kind,
        tuple(grid for page in sorted(by_page) for grid in by_page[page]),
        tuple(line for page in sorted(lines) for line in lines[page]),
        problems=tuple(problems),
        line_places=tuple(_line_places(document, lines, printed, by_page)),
        prose=tuple(paragraphs_in(running[page] for page in sorted(running))),
    )


def _texts(document: PdfiumDocument) -> tuple[dict[int, str], list[Problem]]:
    """The text of each page, and what is wrong with those that cannot be opened.

    Raises:
        ReadError: ``corrupt`` where no page can.
    """
    texts: dict[int, str] = {}
    unread = []
    for page in range(1, len(document) + 1):
        try:
            texts[page] = document.text(page)
        except ReadError as error:
            unread.append(Problem(error.code, str(error)))
    if unread and not texts:
        raise ReadError("corrupt", unread[0].message)
    return texts, unread


def _line_places(
    document: PdfiumDocument,
    lines: dict[int, list[str]],
    printed: dict[int, str],
    grids: dict[int, list[Grid]],
) -> Iterator[Place]:
    """Where each line of text stands: its page, and its box where section two may be told in sentences."""
    labels = {row.zh for form in forms_with("disclosure") for row in form.table("disclosure").rows}
    cells = {compact(cell.text) for some in grids.values() for grid in some for cell in grid.cells}
    is_told = not any(compact(label) in cells for label in labels)
    for page in sorted(lines):
        is_read = is_told and page in printed and document.weight(page) <= _MOST_DRAWN
        runs = runs_of(document.printed(page)) if is_read else []
        height = document.size(page)[1]
        starts = {compact(run.text)[:_STARTING]: run for run in reversed(runs)}
        for line in lines[page]:
            run = starts.get(compact(line)[:_STARTING])
            yield Place(page, _box(run, height) if run else None)


def _box(run: Run, height: float) -> Box:
    left, top, right, foot = run.x0, height - run.y - run.size, run.x1, height - run.y
    return round(left, 2), round(top, 2), round(right, 2), round(foot, 2)


def _lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := part.strip())]


def _grids(
    content: bytes, document: PdfiumDocument, texts: dict[int, str]
) -> tuple[dict[int, list[Grid]], list[Problem]]:
    grids: dict[int, list[Grid]] = {}
    columns: list[Interval] = []
    problems: list[Problem] = []
    with playa.parse(content, space="page") as parsed:
        pages = CamelotPages(content, parsed)
        for page, text in texts.items():
            words = table_words(text)
            # A page may hold a single row of a table that began on the page before.
            before = grids.get(page - 1)
            enough = 1 if before and not before[-1].is_ruled else WORDS_OF_A_TABLE
            if (count := document.weight(page)) > _MOST_DRAWN:
                told = f"page {page} holds {count} characters and drawn things; at most {_MOST_DRAWN} are read"
                problems.append(Problem("page_failed", told))
                continue
            if not document.may_hold_columns(page) and words < enough:
                continue
            try:
                signs = lost_signs(parsed.pages[page - 1])
                characters = [*document.characters(page), *signs]
                found = pages.grids(page, "vector", characters)
                may_be_drawn = document.has_image(page) or document.may_hold_columns(page)
                if words >= WORDS_OF_A_TABLE and _words_in(found) == 0 and may_be_drawn:
                    found = max(found, pages.grids(page, "raster", characters), key=_words_in)
                if words - _words_in(found) >= enough:
                    runs = _outside(runs_of([*document.printed(page), *signs]), found, document.size(page)[1])
                    more, columns = unruled_grids(runs, page=page, height=document.size(page)[1], known=columns)
                    found = sorted([*found, *more], key=_top)
            except MemoryError:
                raise
            except Exception as error:  # a page that breaks the parser must not take the others with it
                problems.append(Problem("page_failed", f"page {page} could not be parsed: {error!r}"))
                continue
            grids[page] = found
    return grids, problems


def _top(grid: Grid) -> float:
    return min(cell.place.box[1] for cell in grid.cells if cell.place.box is not None)


def _outside(runs: Sequence[Run], grids: Sequence[Grid], height: float) -> list[Run]:
    """The runs that stand in none of the grids."""
    boxes = [cell.place.box for grid in grids for cell in grid.cells if cell.place.box is not None]
    return [
        run
        for run in runs
        if not any(
            x0 <= (run.x0 + run.x1) / 2 <= x1 and y0 <= height - run.y - run.size / 3 <= y1
            for x0, y0, x1, y1 in boxes
        )
    ]


def table_words(text: str) -> int:
    """How many different words of the statutory tables stand in a page's text."""
    return len(set(_TABLE_WORDS.findall(re.sub(r"\s", "", text))))


def _words_in(grids: list[Grid]) -> int:
    return table_words("".join(cell.text for grid in grids for cell in grid.cells))
