"""What is known of every county and year: the provinces in a year, a province's counties through all."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.dashboard.reader import Reader, Row, Table
from etl.dashboard.registry import Evidence, Given

STATES = (
    "published",
    "published_late",
    "found_unreadable",
    "image_only",
    "withdrawn",
    "listed_without_file",
    "blocked",
    "not_found",
    "not_yet_due",
    "no_portal_known",
    "not_looked",
)
"""The states of the ledger, from the most that can be known of a report to nothing."""

SIGNS = dict(zip(STATES, "●◐▲■✕○◆∅…?·", strict=True))
"""A sign for each, so that colour is never the only one. docs/explanation/coverage.md explains the states."""

KNOWN = frozenset(STATES[:8])
_MOST = 250  # counties on one page; no province has as many
_FEWEST_YEARS = 6


@dataclass(frozen=True)
class Summary:
    """Provinces by state in one year: ``counts`` is by province, then state."""

    year: int
    years: tuple[int, ...]
    table: Table
    provinces: dict[str, str]
    counts: dict[str, dict[str, int]]
    states: tuple[str, ...]  # those that occur
    signs: dict[str, str]


def newest(reader: Reader, year: str | None = None) -> Summary | None:
    """All provinces in ``year``, else in the last year of which anything is known."""
    years = reader.rows("coverage_years")
    known = [row["year"] for row in years if row["known"]] or [row["year"] for row in years]
    if year is not None and int(year) not in {row["year"] for row in years}:
        return None
    chosen = int(year) if year is not None else max(known, default=0)
    table = reader.table("coverage_states", year=chosen)
    counts: dict[str, dict[str, int]] = {}
    for row in table.rows:
        counts.setdefault(row["province"], {})[row["state"]] = row["counties"]
    found = {row["state"] for row in table.rows}
    return Summary(
        chosen,
        tuple(row["year"] for row in years),
        table,
        {row["province"]: row["province_name"] for row in table.rows},
        counts,
        tuple(state for state in STATES if state in found),
        SIGNS,
    )


def of_year(reader: Reader, year: str) -> Summary | None:
    """All provinces in a year."""
    return newest(reader, year)


def listed_years(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The years of the ledger."""
    for row in reader.rows("coverage_years"):
        yield {"year": str(row["year"])}


@dataclass(frozen=True)
class CountyLine:
    """A county of the matrix: its cells by year."""

    code: str
    name: str
    prefecture: str
    cells: dict[int, Row]


@dataclass(frozen=True)
class Matrix:
    """The counties of a province by year. ``number`` of ``numbers`` pages."""

    name: str
    table: Table
    years: tuple[int, ...]
    lines: tuple[CountyLine, ...]
    prefectures: tuple[str, ...]
    states: tuple[str, ...]
    signs: dict[str, str]
    number: int
    numbers: int
    counties: int


def of_province(reader: Reader, province: str, number: str = "1") -> Matrix | None:
    """The counties of a province, at most 250 on a page."""
    whole = {row["province"]: row for row in reader.rows("provinces")}.get(province)
    at = int(number)
    if whole is None or not 1 <= at <= -(-whole["codes"] // _MOST):
        return None
    table = reader.table("coverage_matrix", province=province, most=_MOST, skipped=(at - 1) * _MOST)
    lines: dict[str, CountyLine] = {}
    for row in table.rows:
        line = lines.setdefault(
            row["county_code"], CountyLine(row["county_code"], row["county_name"], row["prefecture"], {})
        )
        line.cells[row["year"]] = row
    shown = tuple(lines.values())
    found = {row["state"] for row in table.rows}
    return Matrix(
        whole["name"],
        table,
        _years(table),
        shown,
        tuple(dict.fromkeys(line.prefecture for line in shown)),
        tuple(state for state in STATES if state in found),
        SIGNS,
        at,
        -(-whole["codes"] // _MOST),
        whole["codes"],
    )


def _years(table: Table) -> tuple[int, ...]:
    """The years from the first of which anything is known, at least the last six."""
    every = sorted({row["year"] for row in table.rows})
    known = min((row["year"] for row in table.rows if row["state"] in KNOWN), default=every[-1] if every else 0)
    first = min([known, *every[-_FEWEST_YEARS:][:1]])
    return tuple(year for year in every if year >= first)


def listed(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The provinces."""
    for row in reader.rows("provinces"):
        yield {"province": row["province"]}


def listed_further(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The second and further pages of provinces that have more counties than stand on one."""
    for row in reader.rows("provinces"):
        for number in range(2, -(-row["codes"] // _MOST) + 1):
            yield {"province": row["province"], "number": str(number)}
