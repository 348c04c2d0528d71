"""A cell given to a slot, on its way to becoming an observation."""

from typing import NamedTuple

from etl.forms.model import Kind
from etl.forms.values import parse_value
from etl.model import Cell, Observation


class Found(NamedTuple):
    """A printed cell and the address it was given. ``confidence`` is that of label and column together."""

    table: str
    row: str
    column: str
    kind: Kind
    unit: str | None  # what the print states beside the cell, for money
    cell: Cell
    reader: str
    confidence: float

    @property
    def address(self) -> tuple[str, str, str]:
        return self.table, self.row, self.column

    def observe(self) -> Observation:
        cell = self.cell
        status, number, sureness = parse_value(cell.text, self.kind, self.unit)
        confidence = min(self.confidence, sureness, cell.certainty)
        return Observation(
            self.table, self.row, self.column, number, cell.text, status, cell.place, self.reader, confidence
        )
