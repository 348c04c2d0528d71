"""Figures for a report: random but consistent, whole, and breakable on purpose.

Figures are a mapping from address (table, row, column) to a number, or to the mark printed instead of one
("" for an empty cell, "/", "—", "无"). What a total sums is taken from the forms.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

from etl.forms import Form, Row, Table

Address = tuple[str, str, str]
Figure = int | Decimal | str
Figures = dict[Address, Figure]

SIZES: Mapping[str, int] = {"zero": 0, "tiny": 2, "small": 12, "medium": 150, "big": 4000, "huge": 60000}
"""About how many requests a year; everything else grows with it."""

MARKS = ("/", "—", "－", "-", "无", "——")


def random_figures(disclosure: Form, requests: Form, size: str, rng: Random) -> Figures:
    """Figures for section two of one form and sections three and four of another (equal unless a hybrid).

    All balance rules of the form hold: row totals, outcome total, received = settled + carried over, and the
    totals of table four.
    """
    scale = SIZES[size]
    return {
        **_disclosure(disclosure.table("disclosure"), scale, rng),
        **_requests(requests.table("requests"), scale, rng),
        **_disputes(requests.table("disputes"), scale, rng),
    }


def _disclosure(table: Table, scale: int, rng: Random) -> Figures:
    figures: Figures = {}
    for part in table.parts:
        for row in part.rows:
            for column in part.columns:
                figures[table.key, row.key, column.key] = (
                    0
                    if row.key == "regulations" or not scale
                    else _amount(scale, rng)
                    if column.kind == "amount"
                    else rng.randint(-9, 15)
                    if column.kind == "signed"
                    else _count(scale * (20 if column.key == "decisions" else 1), rng)
                )
    return figures


def _amount(scale: int, rng: Random) -> Decimal:
    """Money in 万元: whole yuan, with the two decimals most counties print, or none at all."""
    return Decimal(rng.randrange(scale * 3000)).scaleb(-rng.choice((0, 2, 2, 4))).normalize() + 0


def _count(scale: int, rng: Random) -> int:
    return rng.randint(0, max(2, round(scale * rng.choice((0.05, 0.3, 1)))))


def _requests(table: Table, scale: int, rng: Random) -> Figures:
    figures: Figures = {}
    columns = [column.key for column in table.parts[0].columns if not column.total]
    total_row = next(row for row in table.rows if row.total_of)
    leaves = table.parts_of_total(total_row)
    weights = [rng.choice((0, 1, 1, 4, 20)) for _ in leaves]
    weights[0] += 10
    for index, column in enumerate(columns):
        share = scale if index == 0 else scale * rng.choice((0, 0, 0.02, 0.1))
        new = round(share * rng.uniform(0.5, 1))
        carried_in = round(share * rng.choice((0, 0.02, 0.1)))
        carried_out = min(new, round(share * rng.choice((0, 0.02, 0.1))))
        settled = new + carried_in - carried_out
        figures[table.key, "received.new", column] = new
        figures[table.key, "received.carried_in", column] = carried_in
        figures[table.key, "carried_out", column] = carried_out
        for row, part in zip(leaves, _split(settled, weights, rng), strict=True):
            figures[table.key, row.key, column] = part
        figures[table.key, total_row.key, column] = settled
    _add_row_totals(table, figures)
    return figures


def _split(whole: int, weights: list[int], rng: Random) -> list[int]:
    parts = [0] * len(weights)
    if whole <= 200:
        for index in rng.choices(range(len(weights)), weights, k=whole):
            parts[index] += 1
        return parts
    noisy = [weight * rng.uniform(0.5, 1.5) for weight in weights]
    parts = [int(whole * weight / sum(noisy)) for weight in noisy]
    parts[0] += whole - sum(parts)
    return parts


def _disputes(table: Table, scale: int, rng: Random) -> Figures:
    figures: Figures = {
        (table.key, row.key, column.key): rng.choice((0, 0, 1, 2, scale // 40)) if scale else 0
        for row in table.rows
        for column in table.parts[0].columns
    }
    _add_row_totals(table, figures)
    return figures


def _add_row_totals(table: Table, figures: Figures) -> None:
    columns = table.parts[0].columns
    total = next(column.key for column in columns if column.total)
    for row in table.rows:
        figures[table.key, row.key, total] = sum(
            number(figures[table.key, row.key, column.key]) for column in columns if not column.total
        )


def number(figure: Figure) -> int:
    """The figure as a number, a blank or a dash as zero."""
    return 0 if isinstance(figure, str) else int(figure)


def failing(figures: Figures, requests: Form) -> list[str]:
    """The hard checks that the figures of sections three and four break, as ``RULE row-or-column``."""
    found: list[str] = []
    table = requests.table("requests")
    total_row = next(row for row in table.rows if row.total_of)
    leaves = table.parts_of_total(total_row)

    def at(row: str, column: str) -> int:
        return number(figures[table.key, row, column])

    for column in table.parts[0].columns:
        key = column.key
        if at("received.new", key) + at("received.carried_in", key) != at(total_row.key, key) + at(
            "carried_out", key
        ):
            found.append(f"T3_BALANCE {key}")
        if sum(at(leaf.key, key) for leaf in leaves) != at(total_row.key, key):
            found.append(f"T3_RESULT_SUM {key}")
    for checked, rule in ((table, "T3_ROW_TOTAL"), (requests.table("disputes"), "T4_SUM")):
        found += [f"{rule} {row.key}" for row in checked.rows if not _row_adds_up(checked, row, figures)]
    return found


def _row_adds_up(table: Table, row: Row, figures: Figures) -> bool:
    columns = table.parts[0].columns
    values = {column: number(figures[table.key, row.key, column.key]) for column in columns}
    return sum(value for column, value in values.items() if not column.total) == sum(
        value for column, value in values.items() if column.total
    )


def _shift(figures: Figures, address: Address, by: int) -> None:
    figures[address] = number(figures[address]) + by


def break_balance(figures: Figures, rng: Random) -> None:
    """一加二不等于三加四: a carried-over request more than there was, in one column and in the total."""
    column = rng.choice(("natural_person", "business"))
    by = rng.randint(1, 9)
    _shift(figures, ("requests", "carried_out", column), by)
    _shift(figures, ("requests", "carried_out", "total"), by)


def break_result_sum(figures: Figures, rng: Random) -> None:
    """办理结果相加不等于（七）总计: a result too many."""
    row = rng.choice(("outcome.granted", "outcome.unavailable.not_held", "outcome.refused.process"))
    by = rng.randint(1, 9)
    _shift(figures, ("requests", row, "natural_person"), by)
    _shift(figures, ("requests", row, "total"), by)


def break_row_total(figures: Figures, rng: Random) -> None:
    """各类申请人相加不等于总计: more from business in three rows that balance, their totals left."""
    by = rng.randint(1, 9)
    _shift(figures, ("requests", "received.new", "business"), by)
    _shift(figures, ("requests", "outcome.total", "business"), by)
    _shift(figures, ("requests", "outcome.granted", "business"), by)


def break_disputes_total(figures: Figures, rng: Random) -> None:
    """表四总计不等于各项之和: the total of one kind of dispute left as a bare 0, or one too high."""
    row = rng.choice(("review", "litigation_direct", "litigation_after_review"))
    address = ("disputes", row, "total")
    figures[address] = 0 if number(figures[address]) else rng.randint(1, 5)


BREAKERS: Mapping[str, Callable[[Figures, Random], None]] = {
    "T3_BALANCE": break_balance,
    "T3_RESULT_SUM": break_result_sum,
    "T3_ROW_TOTAL": break_row_total,
    "T4_SUM": break_disputes_total,
}
"""For each hard rule, something that changes figures so that it fails and no other rule does."""


def blank_zeros(figures: Figures, rng: Random) -> None:
    """零留空: every zero an empty cell."""
    for address, figure in figures.items():
        if figure == 0:
            figures[address] = ""


def blank_totals(figures: Figures, rng: Random) -> None:
    """总计留空: the totals of tables three and four, mostly, left empty."""
    for address in figures:
        if address[2] == "total" and rng.random() < 0.8:
            figures[address] = ""


def dash_zeros(figures: Figures, rng: Random) -> None:
    """零写作横线或“无”: every zero a mark, the same throughout."""
    mark = rng.choice(MARKS)
    for address, figure in figures.items():
        if figure == 0:
            figures[address] = mark


def dash_regulations(figures: Figures, rng: Random) -> None:
    """规章一行写作“/”: counties make no government rules."""
    mark = rng.choice(MARKS)
    for address in figures:
        if address[:2] == ("disclosure", "regulations"):
            figures[address] = mark


def blank_some(figures: Figures, rng: Random) -> None:
    """个别单元格留空: single cells left empty here and there, zero or not."""
    for address in figures:
        if rng.random() < 0.04:
            figures[address] = ""


PRINTINGS: Mapping[str, Callable[[Figures, Random], None]] = {
    "blank_zeros": blank_zeros,
    "blank_totals": blank_totals,
    "dash_zeros": dash_zeros,
    "dash_regulations": dash_regulations,
    "blank_some": blank_some,
}
"""Quirks that change what is printed, and the truth with it."""
