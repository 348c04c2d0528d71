"""A table of a form in the order in which a page shows it: lines of figures under their headings."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from etl.forms import Table as Definition
from etl.warehouse.printed import PrintedCell, PrintedPart, PrintedTable

Text = tuple[str, str]
"""The same words in Chinese and in English."""


class Line(NamedTuple):
    """A line of a table: a heading over others, or a label and its figures."""

    zh: str
    en: str
    cells: tuple[PrintedCell, ...]
    depth: int  # groups it stands under
    unit: str | None = None


class Heading(NamedTuple):
    """A heading over so many columns."""

    zh: str
    en: str
    span: int


class ShownPart(NamedTuple):
    """A part of a table. ``over`` are headings over several columns, where the form has any."""

    caption: str | None
    over: tuple[Heading, ...]
    columns: tuple[Text, ...]
    lines: tuple[Line, ...]
    has_units: bool


class ShownTable(NamedTuple):
    """A table of a report as its form lays it out."""

    key: str
    form: str
    section: Text
    parts: tuple[ShownPart, ...]


def shown(table: PrintedTable) -> ShownTable:
    """A printed table by lines. What a form prints side by side (section four) stands in lines too: a screen is
    narrower than a sheet."""
    definition = table.definition
    section = definition.section.zh, definition.section.en
    return ShownTable(
        definition.key, table.form, section, tuple(_part(definition, part) for part in table.parts)
    )


def _part(definition: Definition, part: PrintedPart) -> ShownPart:
    over = []
    for under, columns in groupby(part.columns, key=lambda column: column.under):
        over.append(Heading(under or "", under or "", len(list(columns))))
    return ShownPart(
        part.caption,
        tuple(over) if any(one.zh for one in over) else (),
        tuple((column.zh, column.en) for column in part.columns),
        tuple(_lines(definition, part)),
        definition.layout == "list",
    )


def _lines(definition: Definition, part: PrintedPart) -> Iterator[Line]:
    """Each row, before it the groups that begin with it."""
    told: set[str] = set()
    over = {heading.before: heading for heading in definition.headings}
    last_under = None
    for row, cells, unit in part.rows:
        depth = 0
        if definition.layout == "list":
            if (heading := over.get(row.key)) is not None:
                yield Line(heading.zh, heading.en, (), 0)
            depth = int((row.part_of or row.within) is not None)
        elif definition.layout == "across":
            if row.under and row.under != last_under:
                yield Line(row.under, row.under, (), 0)
            last_under, depth = row.under, int(bool(row.under))
        else:
            groups = [key for key in definition.groups if row.key.startswith(f"{key}.")]
            for level, key in enumerate(groups):
                if key not in told:
                    told.add(key)
                    yield Line(definition.groups[key].zh, definition.groups[key].en, (), level)
            depth = len(groups)
        shown_unit = unit or (part.columns[0].unit if definition.layout == "list" else None)
        yield Line(row.zh, row.en, cells, depth, shown_unit)


def neighbours(tables: tuple[PrintedTable, ...], address: str) -> dict[str, PrintedCell]:
    """The cells beside a cell, as the form lays them out: above, left, right, below, where there are any."""
    for table in tables:
        for part in table.parts:
            grid = [row.cells for row in part.rows]
            for down, cells in enumerate(grid):
                for across, cell in enumerate(cells):
                    if cell.address == address:
                        return dict(_beside(grid, down, across))
    return {}


def _beside(grid: list[tuple[PrintedCell, ...]], down: int, across: int) -> Iterator[tuple[str, PrintedCell]]:
    steps = {"above": (-1, 0), "left": (0, -1), "right": (0, 1), "below": (1, 0)}
    for name, (rows, columns) in steps.items():
        row, column = down + rows, across + columns
        if 0 <= row < len(grid) and 0 <= column < len(grid[row]) and grid[row][column].status != "missing":
            yield name, grid[row][column]
