"""Cells, rows, columns and numbers in words, Chinese and English, as the forms name them."""

from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from etl.check.compile import Address
from etl.forms import Slot, load_forms, measures

Language = Literal["zh", "en"]


class Named(NamedTuple):
    """The same in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Labels(NamedTuple):
    """The row and the column of a cell, and the two together."""

    row: Named
    column: Named
    cell: Named


@cache
def labels_of(form: str) -> dict[Address, Labels]:
    """The labels of every cell of a form."""
    slots = {(slot.table, slot.row, slot.column): slot for slot in load_forms()[form].slots()}
    found: dict[Address, Labels] = {}
    for table in load_forms()[form].tables:
        for part in table.parts:
            for row in part.rows:
                for column in part.columns:
                    at = (table.key, row.key, column.key)
                    found[at] = Labels(_bare(row.zh, row.en), Named(column.zh, column.en), _cell(slots[at]))
    return found


def _bare(zh: str, en: str) -> Named:
    """A row's label without the long note that the form prints behind it."""
    return Named(zh.split("（区分处理")[0], en)


def _cell(slot: Slot) -> Named:
    return Named(slot.zh, slot.en)


@cache
def cell_name(address: Address) -> Named:
    """A cell by the newest form that has it."""
    return labels_of(measures()[address][-1].form)[address].cell


@cache
def section_of(form: str, table: str) -> Named:
    """The section a table stands in, as the form heads it."""
    section = load_forms()[form].table(table).section
    return Named(section.zh, section.en)


def number(value: Decimal | None) -> str:
    """A figure without zeros behind the point."""
    if value is None:
        return "–"
    return f"{value.to_integral_value():f}" if value == value.to_integral_value() else f"{value.normalize():f}"
