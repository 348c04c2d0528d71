"""What a sentence states, with places in its shadow."""

from decimal import Decimal
from typing import NamedTuple

from etl.narrative.numerals import Quantity


class Stated(NamedTuple):
    """What a sentence states: its kind and figure, and where its words begin and end there."""

    kind: str
    value: Decimal | None
    start: int
    end: int
    quantity: Quantity | None = None
    parts: tuple[Decimal, ...] = ()
    is_exhaustive: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
