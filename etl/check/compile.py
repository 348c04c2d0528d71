"""Rules and forms compiled into checks: one equation, or one value, of one form each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from etl.check.rules import Equation, Rule, ValueRule, load_rules
from etl.forms import load_forms

Address = tuple[str, str, str]
"""Table, row and column of a cell."""


class Term(NamedTuple):
    """A cell on one side of a check."""

    side: Literal["left", "right"]
    address: Address
    is_total: bool  # a sum printed on the form: left blank, it claims nothing


@dataclass(frozen=True, slots=True)
class Check:
    """A rule applied to one line of one form: the smallest thing that can hold or fail.

    ``key`` numbers the checks of all forms from 1; it changes when rules or forms do. ``line`` is the column
    or row an equation holds in, or ``row.column`` of a single value. A value's only term is on the left.
    ``cells`` are the addresses of the terms, left then right, such as ``requests.received.new.total``.
    """

    key: int
    rule: Rule
    form: str
    table: str
    line: str
    terms: tuple[Term, ...]
    cells: tuple[str, ...]


@cache
def compile_checks() -> tuple[Check, ...]:
    """Every check of every form: for the equations 42 on form 2021 and 40 on form 2019."""
    made = [
        (rule, form, table, line, terms)
        for rule in load_rules()
        for form in rule.forms
        for table, line, terms in (_lines(rule, form) if isinstance(rule, Equation) else _values(rule, form))
    ]
    return tuple(
        Check(key, *parts, cells=tuple(".".join(term.address) for term in parts[-1]))
        for key, parts in enumerate(made, start=1)
    )


def _lines(rule: Equation, form: str) -> Iterator[tuple[str, str, tuple[Term, ...]]]:
    totals = {(slot.table, slot.row, slot.column): slot.is_total for slot in load_forms()[form].slots()}
    lines, left, right = rule.keys(form)
    for line in lines:
        terms = []
        for side, operands in (("left", left), ("right", right)):
            for operand in operands:
                address = (rule.table, *rule.cell(line, operand))
                terms.append(Term("left" if side == "left" else "right", address, totals[address]))
        yield rule.table, line, tuple(terms)


def _values(rule: ValueRule, form: str) -> Iterator[tuple[str, str, tuple[Term, ...]]]:
    for slot in load_forms()[form].slots():
        if slot.kind == rule.cells:
            address = (slot.table, slot.row, slot.column)
            yield slot.table, f"{slot.row}.{slot.column}", (Term("left", address, slot.is_total),)
