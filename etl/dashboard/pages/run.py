"""The nights: how many portals were visited, how long it took, which of them fail."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.dashboard.charts import Chart, lines, stacked
from etl.dashboard.reader import Reader, Table
from etl.dashboard.registry import Evidence, Given

_SITE_NIGHTS = 14  # the static site has pages of


@dataclass(frozen=True)
class Run:
    """The last sixty nights, and the portals whose last visit did not end well."""

    nights: Table
    failing: Table
    portals_chart: Chart
    duration_chart: Chart


def values(reader: Reader) -> Run:
    """What is known of the nights."""
    nights = reader.table("nights")
    oldest_first = [row | {"minutes": row["seconds"] / 60} for row in reversed(nights.rows)]
    return Run(
        nights,
        reader.table("portals_failing"),
        stacked(
            oldest_first,
            x="run_id",
            parts={
                "ok": lambda row: row["ok"],
                "partial": lambda row: row["partial"],
                "failed": lambda row: row["failed"],
            },
        ),
        lines(oldest_first, x="run_id", series=("minutes",)),
    )


@dataclass(frozen=True)
class Night:
    """One night: how its visits ended, and each of them (at most 1000)."""

    number: int
    outcomes: Table
    visits: Table


def of_night(reader: Reader, number: str) -> Night | None:
    """A night by its number."""
    outcomes = reader.table("night_outcomes", run=int(number))
    if not outcomes.rows:
        return None
    return Night(int(number), outcomes, reader.table("night", run=int(number)))


def listed(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The last nights."""
    for row in reader.rows("nights")[:_SITE_NIGHTS]:
        yield {"number": str(row["run_id"])}
