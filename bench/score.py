"""What was read held against the truth beside a document."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from etl.forms import load_forms, normalise
from etl.forms.values import parse_value
from etl.model import Extraction, Observation, Status

Address = tuple[str, str, str]
Number = int | Decimal | None  # None: a blank or a dash
Truth = dict[str, Any]
PeerTable = Sequence[Sequence[str]]

_LIKE = 75.0


class Differing(NamedTuple):
    """A cell that was not read as printed; ``seen`` is None where it was not found, ``want`` "none" where the
    document has no such cell."""

    address: Address
    want: Number | str
    seen: Observation | None

    @property
    def passed(self) -> bool:
        """Whether nothing about the cell says that it may be wrong."""
        return self.seen is not None and self.seen.confidence == 1 and self.seen.status is not Status.UNREADABLE


def truth_beside(path: Path) -> Truth:
    text = path.with_name(f"{path.name}.truth.json").read_text(encoding="utf-8")
    truth: Truth = json.loads(text, parse_float=Decimal)
    return truth


def cells(truth: Truth) -> Iterator[tuple[Address, Number]]:
    for table in ("disclosure", "requests", "disputes"):
        for row, columns in (truth.get(table) or {}).items():
            for column, want in columns.items():
                yield (table, row, column), want


def differing(truth: Truth, read: Extraction) -> list[Differing]:
    """The cells that differ. A zero left blank may be read as blank."""
    seen = {(one.table, one.row, one.column): one for one in read.observations}
    found = []
    for address, want in cells(truth):
        one = seen.pop(address, None)
        if one is None or not _agrees(one, want):
            found.append(Differing(address, want, one))
    return [*found, *(Differing(address, "none", one) for address, one in seen.items())]


def _agrees(one: Observation, want: Number) -> bool:
    if one.status in (Status.BLANK, Status.DASH):
        return not want
    return one.value is not None and one.value == want


def told_wrong(truth: Truth, read: Extraction) -> list[str]:
    """Which of county, year and form were not told as they are."""
    seen = {"county": read.identity.county, "year": read.identity.year, "form": read.form}
    return [name for name, value in seen.items() if value != truth[name]]


def peer_right(truth: Truth, tables: Sequence[PeerTable]) -> int:
    """Cells of the truth that the tables of a plain library hold in the right row and order.

    Generously: a row of the form is looked for in every row of every table whose words are like its label, and
    the best is taken; its figures count where they come in the right order, whatever stands between them;
    figures are read as Gouji reads them. Section four has one row of fifteen figures: any row may be it.
    """
    rows = [row for table in tables for row in table]
    values = [_values(row) for row in rows]
    words = [normalise("".join(row)) for row in rows]
    count = 0
    for table, labels in _labels(truth["form"]).items():
        wanted: dict[str, list[Number]] = {}
        for (of, row, _), want in cells(truth):
            if of == table:
                wanted.setdefault(row, []).append(want)
        if table == "disputes":
            want = [one for some in wanted.values() for one in some]
            count += max((_in_order(want, one) for one in values), default=0)
            continue
        for row, want in wanted.items():
            label = labels.get(row, "")
            like = [one for one, text in zip(values, words, strict=True) if _is_like(label, text)]
            count += max((_in_order(want, one) for one in like), default=0)
    return count


def _in_order(want: Sequence[Number], seen: Sequence[Any]) -> int:
    """How many of ``want`` stand in ``seen`` in the same order; "?" in ``seen`` is no value."""
    best = [0] * (len(seen) + 1)  # longest common subsequence, row by row
    for one in (str(_plain(value)) for value in want):
        before = best
        best = [0]
        for index, other in enumerate(seen):
            best.append(before[index] + 1 if one == other else max(before[index + 1], best[index]))
    return best[-1]


def _plain(value: Number) -> Number:
    return None if value is None else Decimal(value).normalize() + 0


def _values(row: Sequence[str]) -> list[str]:
    """The cells of a row as numbers, "None" for blanks and dashes, "?" for words."""
    return [_value(text or "") for text in row]


@cache
def _value(text: str) -> str:
    for kind, unit in (("signed", None), ("amount", "万元")):
        value = parse_value(text, kind, unit)  # type: ignore[arg-type]
        if value.status is not Status.UNREADABLE:
            return str(_plain(value.number))
    return "?"


@cache
def _is_like(label: str, text: str) -> bool:
    return bool(text) and (label in text or fuzz.partial_ratio(label, text) >= _LIKE)


@cache
def _labels(form: str) -> dict[str, dict[str, str]]:
    known = load_forms()[form]
    return {
        key: {row.key: normalise(row.zh) for part in known.table(key).parts for row in part.rows}
        for key in ("disclosure", "requests", "disputes")
    }
