"""Cells of running text in a scan's table are a part of the page's text."""

from etl.extract.flow import Line, PageText
from etl.extract.scan.frame import Patch
from etl.extract.scan.told import with_told
from etl.model import Cell, Grid, Place

SENTENCE = "根据条例编写本报告，所列数据的统计期限为全年，\n由办公室负责解释。"


def test_sentences_of_a_cell_stand_among_the_lines_of_the_page() -> None:
    place = Place(1, (0.0, 0.0, 1.0, 1.0))
    lines = [Line(text, 1, 72, top, 144, top + 10, 10, place) for text, top in (("上", 20.0), ("下", 700.0))]
    boxes = (150, 150, 950, 250), (150, 250, 550, 300), (550, 250, 950, 300)
    texts = SENTENCE, "行政许可" * 10, "7"
    cells = tuple(Cell(text, n and 1, n > 1, 1, 1, place) for n, text in enumerate(texts))
    patches = [Patch(box, 0, 0, 1, 1) for box in boxes]
    page = with_told(PageText(1, 842.0, lines), [Grid(cells, "scan")], patches, 100.0)
    assert [line.text for line in page.lines] == ["上", *SENTENCE.split("\n"), "下"]
    first, second = page.lines[1:3]
    assert (first.x0, first.top, second.bottom) == (108.0, 108.0, 180.0)
    assert first.x1 == 684.0 > second.x1
