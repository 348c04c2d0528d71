"""One county through all years: what it was called, what it published, what it said, what does not add up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.dashboard import charts
from etl.dashboard.charts import Chart
from etl.dashboard.pages.coverage import KNOWN, SIGNS
from etl.dashboard.pages.findings import Finding, findings
from etl.dashboard.reader import Reader, Row, Table, statement
from etl.dashboard.registry import Evidence, Given
from etl.errors import GoujiError
from etl.letter import Letter, as_docx, as_markdown, compose
from etl.warehouse.reports import find_report

SMALL = 30
"""Below so many concluded requests a rate says little: one request more or less moves it by several points."""

FIGURES = (
    "received",
    "carried_in",
    "concluded",
    "granted",
    "partial",
    "refused",
    "unavailable",
    "not_processed",
    "other",
    "carried_out",
    "reviews",
    "corrected_reviews",
    "lawsuits",
)
RATES = ("granted", "partial", "refused", "unavailable", "not_processed", "other")


_BY_CODE = (
    "county_years",
    "county_figures",
    "county_findings",
    "county_revisions",
    "county_reports",
    "county_series",
)


@dataclass(frozen=True)
class Line:
    """One county through renames, recodes and upgrades: its keys in dim_county and its codes."""

    keys: tuple[int, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def lines_of(reader: Reader) -> dict[str, Line]:
    """The line of every code."""
    rows = reader.rows("county_lines")
    code_of = {row["county_key"]: row["code"] for row in rows}
    group_of = {key: [key] for key in code_of}
    for row in rows:
        one, other = group_of[row["county_key"]], group_of.get(row["successor_key"])
        if other is not None and one is not other:
            one += other
            group_of |= dict.fromkeys(other, one)
    # Two counties may have had one code, one after the other: they are shown together.
    by_code: dict[str, list[int]] = {}
    for key, code in code_of.items():
        group = by_code.setdefault(code, [])
        group += [one for one in group_of[key] if one not in group]
    return {
        code: Line(tuple(sorted(keys)), tuple(dict.fromkeys(code_of[key] for key in sorted(keys))))
        for code, keys in by_code.items()
    }


@dataclass(frozen=True)
class CountyPage:
    """Everything about a county. ``last`` is the last of its ``periods``."""

    code: str
    last: Row
    periods: Table
    steps: Table
    years: Table
    shown_years: tuple[Row, ...]
    figures: Table
    findings: Table
    failed: tuple[Finding, ...]
    revisions: Table
    reports: Table
    series: Table
    is_summed: bool  # whether the series has years of more than one predecessor, or breaks
    letters: tuple[Row, ...]  # the county and year of each report that a letter can be written on
    received_chart: Chart
    rates_chart: Chart
    signs: dict[str, str]
    small: int
    figure_names: tuple[str, ...]
    rate_names: tuple[str, ...]


def values(reader: Reader, code: str) -> CountyPage | None:
    """The county that has or had the code, through all its codes."""
    return several(reader, [{"code": code}])[0]


def several(reader: Reader, given: Sequence[Given]) -> list[CountyPage | None]:
    """Many counties, asked for together: the static site has thousands."""
    lines = lines_of(reader)
    known = [lines.get(one["code"]) for one in given]
    tables = _Tables(reader, dict.fromkeys(line for line in known if line is not None))
    return [
        None if line is None else _page(one["code"], line, tables)
        for one, line in zip(given, known, strict=True)
    ]


class _Tables:
    """The tables of many counties, each cut into the rows of one."""

    def __init__(self, reader: Reader, lines: Iterable[Line]) -> None:
        lines = tuple(lines)
        by_code = {code: line for line in lines for code in line.codes}
        by_key = {key: line for line in lines for key in line.keys}
        codes, keys = {"codes": list(by_code)}, {"keys": list(by_key)}
        self._cut: dict[str, dict[Line, list[Row]]] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        for name in _BY_CODE:
            self._take(reader.table(name, **codes), lambda row: {by_code[row["county_code"]]})
        self._take(reader.table("county_periods", **keys), lambda row: {by_key[row["county_key"]]})
        self._take(
            reader.table("county_steps", **keys),
            lambda row: {
                by_key[key] for key in (row["predecessor_key"], row["successor_key"]) if key in by_key
            },
        )

    def _take(self, table: Table, lines: Callable[[Row], Iterable[Line]]) -> None:
        cut = self._cut.setdefault(table.name, {})
        self._columns[table.name] = table.columns
        for row in table.rows:
            for line in lines(row):
                cut.setdefault(line, []).append(row)

    def of(self, name: str, line: Line) -> Table:
        given = {"codes": list(line.codes)} if name in _BY_CODE else {"keys": list(line.keys)}
        rows = tuple(self._cut[name].get(line, ()))
        return Table(name, self._columns[name], rows, statement(name, given))


def _page(code: str, line: Line, tables: _Tables) -> CountyPage:
    periods, years, figures, found, series = (
        tables.of(name, line)
        for name in ("county_periods", "county_years", "county_figures", "county_findings", "county_series")
    )
    return CountyPage(
        code=code,
        last=periods.rows[-1],
        periods=periods,
        steps=tables.of("county_steps", line),
        years=years,
        shown_years=_shown(years),
        figures=figures,
        findings=found,
        failed=findings(found),
        revisions=tables.of("county_revisions", line),
        reports=tables.of("county_reports", line),
        series=series,
        is_summed=any(row["members"] > 1 or row["broken_in"] for row in series.rows),
        letters=_letters(found),
        received_chart=charts.lines(figures.rows, x="year", series=("received", "concluded")),
        rates_chart=charts.lines(
            figures.rows,
            x="year",
            series=("granted_rate", "refused_rate", "unavailable_rate"),
            top=1.0,
            is_share=True,
        ),
        signs=SIGNS,
        small=SMALL,
        figure_names=FIGURES,
        rate_names=RATES,
    )


def _shown(years: Table) -> tuple[Row, ...]:
    """The years from the first of which anything is known; all where nothing is."""
    first = min((row["year"] for row in years.rows if row["state"] in KNOWN), default=0)
    return tuple(row for row in years.rows if row["year"] >= first)


def _letters(table: Table) -> tuple[Row, ...]:
    found = {
        (row["county_code"], row["year"]): row
        for row in table.rows
        if row["blame"] == "source"
        and (row["severity"] in ("hard", "near_hard") or row["rule_id"].startswith("N_"))
    }
    return tuple({"county_code": code, "year": year} for code, year in found)


def listed(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The counties of which anything is known, under every code that they have had."""
    for code in sorted(known(reader)):
        yield {"code": code}


@lru_cache(maxsize=1)
def known(reader: Reader) -> frozenset[str]:
    """The codes of counties of which anything is known, under any of their codes."""
    lines = lines_of(reader)
    return frozenset(
        code for row in reader.rows("counties_known") if (line := lines.get(row["code"])) for code in line.codes
    )


@dataclass(frozen=True)
class LetterPage:
    """A letter to the publisher of a report."""

    code: str
    name: str
    year: str
    letter: Letter


def letter(reader: Reader, code: str, year: str) -> LetterPage | None:
    """The letter on a report; none where the source is not known to be inconsistent."""
    found = _composed(reader, code, year)
    return None if found is None else LetterPage(code, found[0], year, found[1])


def letter_markdown(reader: Reader, code: str, year: str) -> bytes | None:
    """The letter as Markdown."""
    found = _composed(reader, code, year)
    return None if found is None else as_markdown(found[1]).encode()


def letter_docx(reader: Reader, code: str, year: str) -> bytes | None:
    """The letter as a Word document."""
    found = _composed(reader, code, year)
    return None if found is None else as_docx(found[1])


def _composed(reader: Reader, code: str, year: str) -> tuple[str, Letter] | None:
    with reader.connection as connection:
        try:
            report = find_report(connection, code, int(year))
            return report.county_name, compose(connection, report)
        except GoujiError:
            return None


def listed_letters(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The reports on which there is something to write."""
    for row in reader.rows("letters"):
        yield {"code": row["county_code"], "year": str(row["year"])}
