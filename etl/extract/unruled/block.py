"""A table without rules as it is put together: rows of figures, with the words around them."""

from dataclasses import dataclass, field

from etl.extract.unruled.runs import Run

INFERRED = 0.95  # certainty of cells in columns that nothing is drawn between
DOUBTED = 0.8  # of a row whose label stands level with it by halves only, or that no figure shows
Interval = tuple[float, float]


@dataclass
class Row:
    """A line of figures, with the lines of its label."""

    y: float
    figures: list[Run]
    label: list[Run] = field(default_factory=list)
    certainty: float = INFERRED


@dataclass
class Block:
    """Rows under one set of columns. ``heads`` are the words over the columns, ``words`` those at the left."""

    rows: list[Row]
    heads: list[Run] = field(default_factory=list)
    words: list[Run] = field(default_factory=list)
    corner: list[Run] = field(default_factory=list)
    columns: list[Interval] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        """All that the block was made of."""
        figures = [run for row in self.rows for run in row.figures]
        return [*self.heads, *self.words, *self.corner, *figures]
