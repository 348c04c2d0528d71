"""The second reader of digital PDFs: the other Camelot engine, with the characters of the other parser."""

from collections.abc import Collection, Iterable

import playa

from etl.extract.camelot_page import CamelotPages, Engine
from etl.extract.pdf import WORDS_OF_A_TABLE, table_words, upright
from etl.extract.pdfium_document import PdfiumDocument
from etl.extract.scan.again import read_pages_again
from etl.extract.scan.page import READER as SCANNED
from etl.model import Grid, Place, Reading


def read_pdf_again(content: bytes, first: Reading, doubtful: Collection[Place]) -> Reading:
    """The tables of those pages that hold some, by the first reading or by their words.

    Where the first reading took rules from a page's graphics and characters from PDFium, this takes rules from
    the page's picture and characters from playa. The two share no step. Of scanned pages the cells at
    ``doubtful`` are recognised again.
    """
    content, _ = upright(content)
    scanned = [grid for grid in first.grids if grid.reader == SCANNED]
    pages = {grid.cells[0].place.page or 0 for grid in scanned}
    grids = [] if first.format == "scan" else _digital(content, first, pages)
    if pages:
        with PdfiumDocument(content) as document:
            pictures = (document.picture(page) for page in sorted(pages))
            grids += read_pages_again(pictures, scanned, doubtful)
    return Reading(first.format, tuple(grids), ())


def _digital(content: bytes, first: Reading, scanned: Collection[int]) -> list[Grid]:
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
