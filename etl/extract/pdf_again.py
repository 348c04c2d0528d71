"""The second reader of digital PDFs: the other Camelot engine, with the characters of the other parser."""

from collections.abc import Collection, Iterable

import playa

from etl.extract.camelot_page import CamelotPages, Engine
from etl.extract.pdf import WORDS_OF_A_TABLE, table_words, upright
from etl.extract.pdfium_document import PdfiumDocument
from etl.extract.scan.again import read_pages_again
from etl.extract.scan.page import READER as SCANNED
from etl.model import Grid, Place, Reading


def read_pdf_again(
    content: bytes, first: Reading, doubtful: Collection[Place], *, is_whole: bool = True
) -> Reading:
    """The tables of those pages that hold some, by the first reading or by their words.

    Where the first reading is whole only the pages of ``doubtful`` are read; its tables of the others are taken
    over, for what is on one page may go on from another.

    Where the first reading took rules from a page's graphics and characters from PDFium, this takes rules from
    the page's picture and characters from playa. The two share no step. Of scanned pages the cells at
    ``doubtful`` are recognised again.
    """
    content = upright(content)
    scanned = [grid for grid in first.grids if grid.reader == SCANNED]
    pages = {grid.cells[0].place.page or 0 for grid in scanned}
    wanted = {place.page for place in doubtful} if is_whole else None
    grids = [] if first.format == "scan" else _digital(content, first, pages, wanted)
    if pages:
        with PdfiumDocument(content) as document:
            pictures = (document.picture(page) for page in sorted(pages))
            grids += read_pages_again(pictures, scanned, doubtful)
    return Reading(first.format, tuple(grids), ())


def _digital(
    content: bytes, first: Reading, scanned: Collection[int], wanted: Collection[int | None] | None
) -> list[Grid]:
    """``wanted``: the pages that are read; None: all."""
    engines: dict[int, Engine] = dict.fromkeys(_pages_of_tables(content), "raster")
    for grid in first.grids:
        engine: Engine = "vector" if grid.reader.startswith("camelot-lattice-raster") else "raster"
        engines |= {cell.place.page: engine for cell in grid.cells if cell.place.page}
    grids: list[Grid] = []
    with playa.parse(content, space="page") as parsed:
        pages = CamelotPages(content, parsed)
        for page, engine in sorted(engines.items()):
            if page in scanned:
                continue
            if wanted is not None and page not in wanted:
                grids += [grid for grid in first.grids if grid.cells[0].place.page == page]
                continue
            try:
                grids += pages.grids(page, engine, None)
            except Exception:  # the first reading said so already; a second one that fails is no opinion
                continue
    return grids


def _pages_of_tables(content: bytes) -> Iterable[int]:
    with PdfiumDocument(content) as document:
        return [
            page for page in range(1, len(document) + 1) if table_words(document.text(page)) >= WORDS_OF_A_TABLE
        ]
