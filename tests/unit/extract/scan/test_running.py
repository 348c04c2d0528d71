"""Lines of text outside tables are found, cut out straight, and placed on the page as it was scanned."""

from random import Random

import numpy as np
import pypdfium2 as pdfium
import pytest

from etl.extract.flow import PageText, paragraphs_in
from etl.extract.scan.page import straighten
from etl.extract.scan.picture import Picture
from etl.extract.scan.running import cut_text, read_texts
from etl.extract.scan.upright import turned_by
from tests.makers.layout import Document, Grid, lay_out
from tests.makers.pdf import PDF_STYLES, pdf
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.report import make_report
from tests.makers.scan import ScanStyle, damaged

POINTS = 72 / 200


@pytest.fixture(scope="module")
def document() -> Document:
    return lay_out(make_report(load_places(DEMO_PLACES)[0], 2023, 5))


@pytest.fixture(scope="module")
def drawn(document: Document) -> np.ndarray:
    with pdfium.PdfDocument(pdf(document, PDF_STYLES["ruled"])) as file:
        return file[0].render(scale=1 / POINTS, rev_byteorder=True).to_numpy()[:, :, :3].copy()


def read(image: np.ndarray) -> PageText:
    picture = Picture(image, 1, 200.0, np.array([[POINTS, 0.0, 0.0], [0.0, POINTS, 0.0]]))
    (text,) = read_texts([cut_text(straighten(picture))])
    return text


def opening(document: Document) -> list[str]:
    """The paragraphs above the first table."""
    texts = []
    for block in document.blocks:
        if isinstance(block, Grid):
            break
        texts.append(block.text.replace("\n", ""))
    return texts


@pytest.mark.parametrize("turn", [0.0, 2.5])
def test_paragraphs_above_a_table_come_back(document: Document, drawn: np.ndarray, turn: float) -> None:
    text = read(damaged(drawn, ScanStyle(turn=turn, noise=6, blur=0.5), 0, Random(1)))
    found = [one.text for one in paragraphs_in([text])]
    assert found[: len(opening(document))] == opening(document)


def test_lines_of_a_turned_page_lie_where_they_are_printed(drawn: np.ndarray) -> None:
    upright, head_down = read(drawn), read(turned_by(drawn, 2))
    height, width = (side * POINTS for side in drawn.shape[:2])
    assert [line.text for line in head_down.lines] == [line.text for line in upright.lines]
    for one, other in zip(upright.lines, head_down.lines, strict=True):
        assert one.place.box is not None
        assert other.place.box is not None
        x0, y0, x1, y1 = one.place.box
        assert other.place.box == pytest.approx((width - x1, height - y1, width - x0, height - y0), abs=2)
