"""What is known of a check that failed: the figures it compares, how each was read, which may be wrong."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from etl.check.compile import Address

Value = Decimal | None


class Cell(NamedTuple):
    """A figure of the check and how it was read.

    Attributes:
        side: of the comparison; ``sign`` is -1 where the rule takes it away.
        year: 0, or -1 for a figure of last year's report.
        status: what the page prints, as ``Observation.status``.
        value: the figure that holds: the printed one unless ``is_corrected`` by a reviewed correction.
        opinions: what each reader saw, where two were asked; None for no number.
        is_confirmed: whether it stands in a hard sum that holds, and is not 0.
    """

    address: Address
    side: Literal["left", "right"]
    sign: int
    year: int
    status: str
    value: Value
    page: int | None
    reader: str
    confidence: float
    is_corrected: bool = False
    opinions: tuple[Value, ...] = ()
    is_confirmed: bool = False

    @property
    def readers_agree(self) -> bool:
        return len(self.opinions) > 1 and len(set(self.opinions)) == 1

    @property
    def readers_differ(self) -> bool:
        return len(set(self.opinions)) > 1


class Suspect(NamedTuple):
    """A cell of a set that localisation found: the value it would need, and the slip that lies between."""

    address: Address
    value: Value  # as printed
    needed: Value
    needed_to: Value
    slip: str | None


class Suspects(NamedTuple):
    """The likeliest sets of cells of one part of a report: each, changed alone, makes its hard rules hold."""

    sets: tuple[tuple[Suspect, ...], ...]
    is_complete: bool

    @property
    def addresses(self) -> frozenset[Address]:
        return frozenset(one.address for each in self.sets for one in each)

    @property
    def only(self) -> tuple[Suspect, ...]:
        """The set, where there is but one."""
        return self.sets[0] if len(self.sets) == 1 and self.is_complete else ()


class Evidence(NamedTuple):
    """The figures of a failed check."""

    left_value: Value
    right_value: Value
    cells: tuple[Cell, ...]
    suspects: Suspects | None = None

    def in_question(self) -> Iterator[Cell]:
        """The cells one of which is wrong: those that localisation suspects, else all."""
        suspected = self.suspects.addresses if self.suspects else frozenset()
        found = [cell for cell in self.cells if cell.address in suspected and not cell.year]
        yield from found or self.cells
