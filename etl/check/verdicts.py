"""The verdicts on one report, without a warehouse.

``sql/fact_finding.sql`` gives the same verdicts on all reports at once; a property test holds the two together.
"""

import operator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache

from etl.check.compile import Address, Check, compile_checks
from etl.check.rules import Equation
from etl.forms import TABLES
from etl.model import Extraction, Status


class Verdict(StrEnum):
    """What a check says of a report."""

    PASS = "pass"
    PASS_BLANK_AS_ZERO = "pass_blank_as_zero"  # holds if blanks and dashes count as 0
    VACUOUS = "vacuous"  # every cell is 0, blank or dash: holds, and says nothing
    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"  # a cell is missing or unreadable, or a total is not stated


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one check on one report.

    ``left_value`` and ``right_value`` sum the printed cells of each side, None where none is printed; a rule
    about a single figure has no right side. ``delta`` is left minus right. ``cells`` are addresses such as
    ``requests.received.new.total``, left side first.
    """

    rule_id: str
    severity: str
    status: Verdict
    left_value: Decimal | None
    right_value: Decimal | None
    delta: Decimal | None
    cells: tuple[str, ...]
    check_key: int = field(default=0, compare=False)  # which compiled check it is


_HOLDS = {"eq": operator.eq, "ge": operator.ge, "le": operator.le}

Cells = dict[Address, tuple[Status, Decimal | None]]
_LACKING = Status.UNREADABLE, None


def check(extraction: Extraction) -> tuple[Finding, ...]:
    """All verdicts on a report: one an equation of its forms, and one a figure that breaks a value rule.

    A table is judged by the form it is printed on; one that was not found, by the form of the report.
    A report of which nothing was read has no findings.
    """
    cells = {(seen.table, seen.row, seen.column): (seen.status, seen.value) for seen in extraction.observations}
    if not cells:
        return ()
    findings = []
    for table in TABLES:
        form = extraction.forms.get(table, extraction.form)
        for made in _checks_of().get((form, table), ()):
            if isinstance(made.rule, Equation):
                findings.append(_judge(made, made.rule, cells))
                continue
            _, value = cells.get(made.terms[0].address, _LACKING)
            if value is not None and made.rule.forbids(value):
                findings.append(_finding(made, Verdict.FAIL, value, None))
    return tuple(findings)


@cache
def _checks_of() -> dict[tuple[str | None, str], tuple[Check, ...]]:
    grouped: dict[tuple[str | None, str], list[Check]] = {}
    for made in compile_checks():
        grouped.setdefault((made.form, made.table), []).append(made)
    return {key: tuple(made) for key, made in grouped.items()}


def _judge(made: Check, rule: Equation, cells: Cells) -> Finding:
    left: list[Decimal] = []
    right: list[Decimal] = []
    is_readable, has_unstated_total = True, False
    for side, address, is_total in made.terms:
        status, value = cells.get(address, _LACKING)
        if value is not None:
            (left if side == "left" else right).append(value)
        elif status is Status.UNREADABLE:
            is_readable = False
        elif is_total:
            has_unstated_total = True
    left_sum, right_sum = _sum(left), _sum(right)
    if not is_readable:
        verdict = Verdict.NOT_ASSESSABLE
    elif not any(left) and not any(right):
        verdict = Verdict.VACUOUS
    elif _HOLDS[rule.op](left_sum or 0, right_sum or 0):
        all_printed = len(left) + len(right) == len(made.terms)
        verdict = Verdict.PASS if all_printed else Verdict.PASS_BLANK_AS_ZERO
    elif has_unstated_total or not left or not right:
        verdict = Verdict.NOT_ASSESSABLE
    else:
        verdict = Verdict.FAIL
    return _finding(made, verdict, left_sum, right_sum)


def _finding(made: Check, verdict: Verdict, left: Decimal | None, right: Decimal | None) -> Finding:
    delta = None if left is None or right is None else left - right
    return Finding(made.rule.id, made.rule.severity, verdict, left, right, delta, made.cells, made.key)


def _sum(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None
