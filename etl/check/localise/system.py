"""The hard equations of a report as one system over its cells, cut into independent parts.

Terms as in the literature on error localisation (Fellegi and Holt 1976; de Waal, Pannekoek and Scholtus,
*Handbook of Statistical Data Editing and Imputation*, 2011): an *edit* is a rule, a set of cells is a
*solution* if some other figures in these cells make every edit hold, and the best one has the least weight.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from etl.check.compile import Address, Check, compile_checks
from etl.check.rules import Equation, ValueRule
from etl.model import Observation, Status

CERTAIN = 100
"""Weight of a figure that was read with certainty: one such cell is cheaper than any two others."""

_LEAST, _BLANK = 60, 80
SURE_FROM = 0.9
"""Confidence of a figure that is not in doubt: a label matched at once, both readers of a scan agreed."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A cell of the system.

    ``printed`` is 0 for a cell that states nothing. ``weight`` is what a change of it costs; 0 marks a cell
    that makes no claim (not found, unreadable, a total left blank): it may take any value. ``is_impossible``
    says that the figure itself breaks a rule, as 1.5 requests do: it has to change whatever the sums say.
    """

    address: Address
    printed: int
    weight: int
    is_impossible: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """Equations ``sum(coefficient * variable) = 0``, each a map from the index of a variable."""

    variables: tuple[Variable, ...]
    equations: tuple[Mapping[int, int], ...]

    @property
    def is_broken(self) -> bool:
        """Whether the figures as printed cannot all be right; where nothing is unstated that is decisive."""
        return any(variable.is_impossible for variable in self.variables) or any(
            sum(factor * self.variables[index].printed for index, factor in equation.items())
            for equation in self.equations
            if all(self.variables[index].weight for index in equation)
        )


def weight_of(status: Status, confidence: float) -> int:
    """What changing a cell costs, 60 to 100: less for a doubtful reading, and for a cell that is empty.

    Any one cell costs less than any two, so weights decide between sets of one size, and a certain figure is
    given up for doubtful ones only where these are at most a third more.
    """
    full = CERTAIN if status is Status.PRINTED else _BLANK
    return full if confidence >= SURE_FROM else round(_LEAST + (full - _LEAST) * max(confidence, 0.0))


def systems(observations: Collection[Observation], form_of_table: Mapping[str, str]) -> Iterator[System]:
    """The system of each part of a report that shares no cell with another: section three, each of section
    four, and each figure that is impossible by itself.

    Args:
        observations: the report's cells.
        form_of_table: the form that each of its tables is judged by.
    """
    cells = {(seen.table, seen.row, seen.column): seen for seen in observations}
    for table, form in form_of_table.items():
        equations, limits = _hard_checks(form, table)
        impossible = {
            check.terms[0].address
            for check in limits
            if (seen := cells.get(check.terms[0].address)) is not None
            and seen.value is not None
            and _breaks(check.rule, seen.value)
        }
        for part in _parts(equations):
            yield _system(part, cells, impossible)
            impossible -= {term.address for check in part for term in check.terms}
        for address in sorted(impossible):
            seen = cells[address]
            yield System((Variable(address, 0, weight_of(seen.status, seen.confidence), True),), ())


@cache
def _hard_checks(form: str, table: str) -> tuple[tuple[Check, ...], tuple[Check, ...]]:
    hard = [
        check
        for check in compile_checks()
        if (check.form, check.table, check.rule.severity) == (form, table, "hard")
        and not (isinstance(check.rule, Equation) and check.rule.op != "eq")
    ]
    return (
        tuple(check for check in hard if isinstance(check.rule, Equation)),
        tuple(check for check in hard if isinstance(check.rule, ValueRule)),
    )


@cache
def _parts(checks: tuple[Check, ...]) -> tuple[tuple[Check, ...], ...]:
    """The checks, grouped so that two groups have no cell in common."""
    parts: list[tuple[set[Address], list[Check]]] = []
    for check in checks:
        joined: tuple[set[Address], list[Check]] = ({term.address for term in check.terms}, [check])
        apart = []
        for part in parts:
            if part[0] & joined[0]:
                joined = (part[0] | joined[0], part[1] + joined[1])
            else:
                apart.append(part)
        parts = [*apart, joined]
    return tuple(tuple(members) for _, members in parts)


def _breaks(rule: object, value: Decimal) -> bool:
    return isinstance(rule, ValueRule) and rule.forbids(value)


def _system(
    checks: Sequence[Check], cells: Mapping[Address, Observation], impossible: Collection[Address]
) -> System:
    totals = {term.address: term.is_total for check in checks for term in check.terms}
    silent = {address for address in totals if _is_silent(cells.get(address), totals[address])}
    for check in checks:
        silent |= _silent_side(check, cells)
    index = {address: number for number, address in enumerate(totals)}
    return System(
        tuple(_variable(address, cells, silent, impossible) for address in totals),
        tuple(
            {index[term.address]: 1 if term.side == "left" else -1 for term in check.terms} for check in checks
        ),
    )


def _variable(
    address: Address,
    cells: Mapping[Address, Observation],
    silent: Collection[Address],
    impossible: Collection[Address],
) -> Variable:
    if address in silent:
        return Variable(address, 0, 0)
    seen = cells[address]
    is_impossible = address in impossible
    printed = 0 if seen.value is None or is_impossible else int(seen.value)
    return Variable(address, printed, weight_of(seen.status, seen.confidence), is_impossible)


def _is_silent(seen: Observation | None, is_total: bool) -> bool:
    return seen is None or seen.status is Status.UNREADABLE or (seen.value is None and is_total)


def _silent_side(check: Check, cells: Mapping[Address, Observation]) -> set[Address]:
    """The cells of a side on which no number is printed while the other prints some: it claims nothing."""
    sides: dict[str, list[Observation | None]] = {"left": [], "right": []}
    for term in check.terms:
        sides[term.side].append(cells.get(term.address))
    is_stated = {
        side: any(seen is not None and seen.value is not None for seen in seens)
        for side, seens in sides.items()
    }
    if all(is_stated.values()) or not any(
        seen is not None and seen.value for seens in sides.values() for seen in seens
    ):
        return set()
    return {term.address for term in check.terms if not is_stated[term.side]}
