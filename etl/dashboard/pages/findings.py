"""A failed check as pages show it."""

from dataclasses import dataclass

from etl.dashboard.reader import Row, Table


@dataclass(frozen=True)
class Finding:
    """A failed check and the cells of this report that take part in it."""

    row: Row
    cells: tuple[str, ...]


def findings(table: Table) -> tuple[Finding, ...]:
    """The failed checks of a table that has ``cells``, without the cells of last year's report (``@-1``)."""
    return tuple(Finding(row, tuple(cell for cell in row["cells"] if "@" not in cell)) for row in table.rows)
