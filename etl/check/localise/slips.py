"""Whether the figure that is needed is one slip away from the one that is printed.

A slip is what a hand or a reader does wrong once: a digit, two digits in the wrong order, a digit too few or
too many, a cell left empty; or, over several cells, two neighbours that changed places and a row or column of
figures moved by one cell. Slips rank solutions of equal weight; they never make a solution.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from etl.check.compile import Address
from etl.forms import Table


class Slip(StrEnum):
    """How a printed figure came from the one that is needed (docs/explanation/localisation.md)."""

    DIGIT = "digit"  # one digit differs
    TRANSPOSED = "transposed"  # two neighbouring digits changed places
    DROPPED_ZEROS = "dropped_zeros"  # zeros at the end are missing
    ADDED_ZEROS = "added_zeros"
    DROPPED_DIGIT = "dropped_digit"
    ADDED_DIGIT = "added_digit"
    LEFT_EMPTY = "left_empty"  # no number is printed, one is needed
    SWAPPED = "swapped"  # two neighbouring cells changed places
    SHIFTED = "shifted"  # figures of a row or column stand one cell off


def slip_of(printed: int | None, needed: int) -> Slip | None:
    """The slip that turns ``needed`` into ``printed`` (None: an empty cell), if it is a single one."""
    if printed is None:
        return Slip.LEFT_EMPTY if needed else None
    was, is_ = str(needed), str(printed)
    if was == is_ or printed < 0:
        return None
    if len(was) == len(is_):
        differ = [place for place, (a, b) in enumerate(zip(was, is_, strict=True)) if a != b]
        if len(differ) == 1:
            return Slip.DIGIT
        first, last = differ[0], differ[-1]
        is_pair = len(differ) == 2 and last == first + 1 and (was[first], was[last]) == (is_[last], is_[first])
        return Slip.TRANSPOSED if is_pair else None
    longer, shorter = (was, is_) if len(was) > len(is_) else (is_, was)
    is_dropped = longer is was
    if shorter != "0" and longer.rstrip("0") == shorter.rstrip("0"):
        return Slip.DROPPED_ZEROS if is_dropped else Slip.ADDED_ZEROS
    if len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    ):
        return Slip.DROPPED_DIGIT if is_dropped else Slip.ADDED_DIGIT
    return None


def slips_of(
    table: Table, printed: Mapping[Address, int | None], needed: Mapping[Address, int]
) -> tuple[dict[Address, Slip], int]:
    """The slip behind each cell of a solution where there is one, and how many mistakes it takes in all.

    Args:
        table: the table, whose rows and columns say which cells are neighbours.
        printed: every cell of the table, None where no number is printed.
        needed: the cells of the solution.

    A shift of many cells is one mistake, a cell without a slip counts as two.
    """
    slips: dict[Address, Slip] = {}
    mistakes = 0
    for line in lines_of(table):
        own = [address for address in line if address in needed and address not in slips]
        if len(own) > 1 and _is_shifted(line, printed, needed):
            mistakes += 1
            slips |= dict.fromkeys(own, Slip.SHIFTED)
    for line in lines_of(table):
        for one, other in pairwise(line):
            if {one, other} <= needed.keys() - slips.keys() and (needed[one], needed[other]) == (
                printed.get(other) or 0,
                printed.get(one) or 0,
            ):
                mistakes += 1
                slips |= {one: Slip.SWAPPED, other: Slip.SWAPPED}
    for address in needed.keys() - slips.keys():
        slip = slip_of(printed.get(address), needed[address])
        mistakes += 1 if slip else 2
        if slip:
            slips[address] = slip
    return slips, mistakes


def lines_of(table: Table) -> list[list[Address]]:
    """The rows of the table, then its columns, as lists of neighbouring cells."""
    lines = []
    for part in table.parts:
        grid = [[(table.key, row.key, column.key) for column in part.columns] for row in part.rows]
        lines += grid + [list(column) for column in zip(*grid, strict=True)]
    return [list(line) for line in lines]


def _is_shifted(
    line: Sequence[Address], printed: Mapping[Address, int | None], needed: Mapping[Address, int]
) -> bool:
    """Whether the solution moves the figures between its first and last cell of the line by one place."""
    own = [place for place, address in enumerate(line) if address in needed]
    shown = [printed.get(address) or 0 for address in line]
    true = [needed.get(address, shown[place]) for place, address in enumerate(line)]
    first, last = own[0], own[-1]
    # Moved back: a cell was dropped, and the last one holds whatever came after. Moved on: the reverse.
    # Two cells are a shift only where something was lost: else they are neighbours that changed places.
    is_swap = last == first + 1 and (true[first], true[last]) == (shown[last], shown[first])
    return not is_swap and (
        shown[first:last] == true[first + 1 : last + 1] or shown[first + 1 : last + 1] == true[first:last]
    )
