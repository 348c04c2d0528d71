"""What a later release says was known at an earlier moment is what the release of that moment said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.model_internet import Fault, ModelInternet, synthetic_portals
from etl.pipeline.build import load
from etl.pipeline.crawl import crawl
from etl.pipeline.ingest import ingest, writer
from etl.settings import Home
from tests.crawled import home_for

PORTALS = synthetic_portals(6, 3)
CHANGED, REMOVED, RETURNED, LATE, CHALLENGED, DOWN = PORTALS
RELATIONS = (
    "observation",
    "county_year",
    "finding",
    "coverage",
    "candidate",
    "leaf EXCLUDE report_key",  # a key is of one file
    "contradiction",
    "comparable_series",
    "narrative",
)


@dataclass(frozen=True)
class Release:
    """A candidate as it was built at a moment."""

    moment: datetime
    path: Path


@dataclass(frozen=True)
class Nights:
    releases: tuple[Release, ...]

    @property
    def last(self) -> Release:
        return self.releases[-1]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    releases: list[Release] = []
    with ModelInternet(PORTALS) as internet:
        home = home_for(internet, tmp_path_factory.mktemp("nights"))

        def release() -> None:
            with writer(home):
                load(home, lambda _: None)
            path = home.root / f"release-{len(releases)}.duckdb"
            home.candidate.rename(path)
            releases.append(Release(datetime.now(UTC), path))

        def night(*faults: tuple[Any, Fault, bool]) -> None:
            for portal, fault, on in faults:
                internet.switch(portal.host, fault, on=on)
            crawl(home)
            release()

        night((LATE, Fault.LATE_REPORT, True))
        night((CHANGED, Fault.CHANGED_REPORT, True), (RETURNED, Fault.REMOVED_REPORT, True))
        by_hand(home)
        release()
        night((REMOVED, Fault.REMOVED_REPORT, True), (RETURNED, Fault.REMOVED_REPORT, False))
        night((CHALLENGED, Fault.CHALLENGE, True), (DOWN, Fault.RESET, True), (LATE, Fault.LATE_REPORT, False))
        night((CHANGED, Fault.CHANGED_REPORT, False), (CHALLENGED, Fault.CHALLENGE, False))
        yield Nights(tuple(releases))


def by_hand(home: Home) -> None:
    """A file that some reader had kept, of a county and year that a portal has as well."""
    newest = max(CHANGED.reports, key=lambda one: one.year)
    other = next(one for one in REMOVED.reports if one.year == newest.year)
    file = home.root / "kept.txt"
    file.write_bytes(other.content.read() + b"\n")
    ingest(home, [file], county=CHANGED.code, year=newest.year)


def rows(release: Release, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(release.path, read_only=True) as connection:
        return connection.execute(f"FROM ({query}) ORDER BY ALL").fetchall()


def at(moment: datetime) -> str:
    return f"TIMESTAMP '{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}'"


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("number", range(6))
def test_as_of_is_the_release_of_that_time_row_for_row(nights: Nights, relation: str, number: int) -> None:
    then = nights.releases[number]
    name, *columns = relation.split()
    what = " ".join(["SELECT *", *columns])
    told = rows(nights.last, f"{what} FROM {name}_as_of({at(then.moment)})")
    assert told == rows(then, f"{what} FROM {name}")


@pytest.mark.parametrize(("relation", "at_least"), [("observation", 4), ("county_year", 2), ("coverage", 5)])
def test_the_releases_differ(nights: Nights, relation: str, at_least: int) -> None:
    """Else the comparison above would say little."""
    several = {str(rows(release, f"FROM {relation}")) for release in nights.releases}
    assert len(several) >= at_least


def test_before_the_first_night_nothing_was_known(nights: Nights) -> None:
    began = "TIMESTAMP '2020-01-01'"
    assert rows(nights.last, f"FROM observation_as_of({began})") == []
    assert rows(nights.last, f"FROM county_year_as_of({began})") == []


def test_the_catalogue_remembers_that_a_report_was_withdrawn_and_came_back(nights: Nights) -> None:
    newest = max(report.year for report in RETURNED.reports)
    query = f"SELECT state FROM coverage WHERE county_code = '{RETURNED.code}' AND year = {newest}"
    states = [rows(release, query)[0][0] for release in nights.releases]
    assert states[1] == states[2] == "withdrawn"
    assert {states[0], states[3], states[5]} <= {"published", "published_late"}
