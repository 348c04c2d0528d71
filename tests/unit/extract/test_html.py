import pytest
from lxml import etree

from etl.extract.html import read_html
from etl.model import ReadError


def texts(html: str) -> list[list[tuple[str, int, int, int, int]]]:
    return [
        [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells]
        for grid in read_html(html.encode()).grids
    ]


def test_spans_are_expanded() -> None:
    html = "<table><tr><td rowspan=2>a</td><td colspan='2'>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert texts(html) == [[("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1)]]


def test_unclosed_cells_and_odd_spans_are_borne() -> None:
    html = "<TABLE><TR><TD colspan=0>a<TD colspan=x>b<TR><TD rowspan=99999>c<TD>d</TABLE>"
    assert [[cell[0] for cell in grid] for grid in texts(html)] == [["a", "b", "c", "d"]]


def test_paragraphs_and_breaks_are_lines_and_inline_tags_are_not() -> None:
    cells = "<td><p>法律</p><p>服务</p></td><td>23<br>619</td><td><span>1</span><span>2</span>\n</td>"
    html = f"<table><tr>{cells}</tr></table>"
    assert [cell[0] for cell in texts(html)[0]] == ["法律\n服务", "23\n619", "12"]


def test_tables_in_tables_are_grids_of_their_own() -> None:
    html = "<table><tr><td>menu<table><tr><td>1</td></tr></table>after</td></tr></table>"
    assert [[cell[0] for cell in grid] for grid in texts(html)] == [["menu\nafter"], ["1"]]


def test_what_a_browser_hides_is_not_read() -> None:
    html = (
        "<table style='DISPLAY: NONE'><tr><td>old</td></tr></table>"
        "<table><tr><td style='display:none'>x</td><td>1<!-- no --><script>2</script></td></tr></table>"
    )
    assert texts(html) == [[("1", 0, 0, 1, 1)]]


def test_a_cells_path_leads_back_to_it() -> None:
    html = (
        "<html><body><div hidden><p>x</p></div><table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>"
    )
    root = etree.fromstring(html, etree.HTMLParser())
    for cell in read_html(html.encode()).grids[0].cells:
        (element,) = root.xpath(cell.place.path)
        assert element.text == cell.text


def test_title_and_publisher_come_from_the_metadata() -> None:
    html = (
        "<head><meta name='ArticleTitle' content='某县2023年政府信息公开工作年度报告'>"
        "<meta name='ContentSource' content='某县人民政府'><title>某县</title></head><p>x</p>"
    )
    reading = read_html(html.encode())
    assert reading.titles == ("某县2023年政府信息公开工作年度报告", "某县")
    assert reading.publishers == ("某县人民政府",)


@pytest.mark.parametrize("html", ["<html></html>", "<script>x</script>", "<!-- -->", "   "])
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(ReadError) as told:
        read_html(html.encode())
    assert told.value.code == "empty"
