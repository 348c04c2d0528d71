import pytest

from etl.extract.text import read_text
from etl.model import ReadError


def test_runs_of_tabbed_lines_are_grids() -> None:
    reading = read_text("标题\n甲\t1\n乙\t2\n\n丙\t3\t\n尾".encode("gbk"))
    assert [[cell.text for cell in grid.cells] for grid in reading.grids] == [
        ["甲", "1", "乙", "2"],
        ["丙", "3", ""],
    ]
    assert reading.grids[1].cells[1].place.path == "line[5]/field[2]"
    assert not reading.grids[0].is_ruled
    assert reading.lines[0] == "标题"


def test_nothing_is_refused() -> None:
    with pytest.raises(ReadError, match="no text"):
        read_text(b" \n\n")
