"""Whether what is marked around a path is the cell that was read there, in every format without pages."""

from pathlib import Path

import pytest

from etl.dashboard.evidence.element import element_at, outline
from etl.model import ReadError
from etl.pipeline.extraction import Source, extract_file
from etl.resources import ROOT
from etl.settings import Home

GOLDEN = ROOT / "tests" / "golden"
NAMES = (
    "decimals.html",
    "amount-six-decimals.txt",
    "docx-plain.docx",
    "docx-nested.docx",
    "list-by-level.xls",
    "prose-html.html",
    "zip-parts.zip",
)
LIMITS = {"max_bytes": 32 * 2**20, "max_pages": 200}


def compact(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_marked_where_it_was_read(name: str, tmp_path: Path) -> None:
    path = GOLDEN / name
    content = path.read_bytes()
    seen = extract_file(Source(path, name), Home(home=tmp_path)).observations
    in_elements = [one for one in seen if one.place.page is None and one.place.box is None and one.place.path]
    assert len(in_elements) > 20
    outlined: dict[str, bytes] = {}
    for one in in_elements:
        at = str(one.place.path)
        member = at.rpartition("!")[0]
        if member not in outlined:
            outlined[member] = outline(content, name, at, **LIMITS)
        found = element_at(outlined[member], at)
        (marked,) = [cell for row in found.rows for cell in row if cell.is_marked]
        if found.is_table:
            assert compact(marked.text) == compact(one.raw)
        else:
            assert compact(one.raw) in compact(marked.text)


def test_a_path_that_is_none_is_refused() -> None:
    page = b"<html><table><tr><td>1</td><td>2</td></tr></table><p>text</p></html>"
    outlined = outline(page, "a.html", "/html/body/table/tr/td[1]", **LIMITS)
    with pytest.raises(ReadError):
        element_at(outlined, "/html/body/table/tr/td[9]")


def test_of_a_long_table_the_rows_around_the_cell_are_shown() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>x</td></tr>" for number in range(400))
    outlined = outline(f"<html><table>{rows}</table></html>".encode(), "a.html", "/", **LIMITS)
    for number in (0, 200, 399):
        found = element_at(outlined, f"/html/body/table/tr[{number + 1}]/td[1]")
        assert found.is_cut
        assert len(found.rows) == 150
        assert [cell.text for row in found.rows for cell in row if cell.is_marked] == [str(number)]


def test_no_markup_is_kept() -> None:
    cell = '<td onclick="x()"><b>&lt;i&gt;7</b><script>y()</script></td>'
    page = f"<html><table><tr>{cell}<td>2</td></tr></table></html>"
    outlined = outline(page.encode(), "a.html", "/", **LIMITS)
    found = element_at(outlined, "/html/body/table/tr/td[1]")
    assert found.rows[0][0].text == "<i>7"
    assert b"onclick" not in outlined
    assert b"y()" not in outlined
