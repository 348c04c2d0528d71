"""The first page: the last night, coverage by province and year, what adds up, trends."""

from dataclasses import dataclass

from etl.dashboard.charts import Chart, lines, stacked
from etl.dashboard.reader import Reader, Row, Table


@dataclass(frozen=True)
class HeatRow:
    """A province: its cells by year, and whether anything is known of any of its counties."""

    province: str
    name: str
    cells: dict[int, Row]
    is_known: bool


@dataclass(frozen=True)
class Overview:
    """What the first page shows."""

    night: Table
    years: Table
    heat: Table
    heat_years: tuple[int, ...]
    provinces: tuple[HeatRow, ...]
    newest: Row | None  # the last year with a report that was due
    coverage_chart: Chart
    balance_chart: Chart


def values(reader: Reader) -> Overview:
    """Of all counties together."""
    years, heat = reader.table("overview_years"), reader.table("overview_heat")
    due = [row for row in years.rows if row["due"]]
    with_reports = [row for row in due if row["published"]]
    since = min((row["year"] for row in due if row["unknown"] < row["due"]), default=0)
    shown = [row for row in due if row["year"] >= since]
    return Overview(
        night=reader.table("last_night"),
        years=years,
        heat=heat,
        heat_years=tuple(row["year"] for row in shown),
        provinces=_provinces(heat),
        newest=with_reports[-1] if with_reports else None,
        coverage_chart=stacked(
            shown,
            x="year",
            parts={
                "published": lambda row: row["published"] - row["late"],
                "late": lambda row: row["late"],
                "silent": lambda row: row["silent"],
                "other": lambda row: row["other"],
            },
        ),
        balance_chart=lines(shown, x="year", series=("balanced_share", "granted_rate"), top=1.0, is_share=True),
    )


def _provinces(heat: Table) -> tuple[HeatRow, ...]:
    by_province: dict[str, list[Row]] = {}
    for row in heat.rows:
        by_province.setdefault(row["province"], []).append(row)
    return tuple(
        HeatRow(
            province,
            rows[0]["province_name"],
            {row["year"]: row for row in rows},
            any(row["share"] is not None for row in rows if row["due"]),
        )
        for province, rows in by_province.items()
    )
