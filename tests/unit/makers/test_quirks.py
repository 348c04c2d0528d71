"""Quirks change how a report is printed, never what it says."""

from random import Random

import pytest

from tests.makers import quirks
from tests.makers.layout import Document, Grid, lay_out
from tests.makers.places import invented
from tests.makers.report import make_report

PLACE = invented("990199", "样例县")


def document(year: int = 2023) -> Document:
    return lay_out(make_report(PLACE, year, 5, "big"))


def covered(grid: Grid) -> list[tuple[int, int]]:
    """Every place of the grid that a cell covers, once for each cell that does."""
    return [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


@pytest.mark.parametrize("year", [2020, 2023])
@pytest.mark.parametrize("name", sorted(set(quirks.QUIRKS) - quirks.NAMED_ONLY))
def test_every_figure_stands_once_and_cells_tile_their_table(name: str, year: int) -> None:
    changed = quirks.apply(document(year), (name,), Random(3))
    grids = [block for block in changed.blocks if isinstance(block, Grid)]
    addresses = [cell.address for grid in grids for cell in grid.cells if cell.kind == "figure"]
    assert set(addresses) == set(changed.report.figures)
    if name != "split_repeated_row":
        assert len(addresses) == len(set(addresses))
    for grid in grids:
        assert sorted(covered(grid)) == [
            (row, column) for row in range(grid.height) for column in range(grid.columns)
        ]


@pytest.mark.parametrize("name", sorted(set(quirks.QUIRKS) - {"nbsp_blanks"}))
def test_a_quirk_shows_in_one_form_or_the_other(name: str) -> None:
    assert any(
        quirks.apply(document(year), (name,), Random(3)).blocks != document(year).blocks
        for year in (2020, 2023)
    )


def test_picked_quirks_go_together() -> None:
    for seed in range(200):
        picked = set(quirks.pick(Random(seed), 6))
        assert all(len(picked & group) <= 1 for group in quirks.EXCLUSIVE)


def test_a_misspelt_quirk_is_refused() -> None:
    with pytest.raises(ValueError, match="no_such_quirk"):
        quirks.apply(document(), ("no_such_quirk",), Random(1))
