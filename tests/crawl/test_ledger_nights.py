"""The coverage ledger over nights of crawling: a change on one portal moves one row, a failure none."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.catalogue import Catalogue
from etl.model_internet import Fault, ModelInternet, synthetic_portals
from etl.pipeline.build import load
from etl.pipeline.crawl import crawl
from etl.pipeline.ingest import writer
from etl.settings import Home
from tests.built_warehouse import candidate, rows
from tests.crawled import home_for

PORTALS = synthetic_portals(5, 3)
CHANGED, REMOVED, LATE, CHALLENGED, DOWN = PORTALS
Ledger = dict[tuple[str, int], dict[str, Any]]


def build(home: Home) -> Ledger:
    """The ledger of the portals' counties, without what every look at a silent portal renews."""
    with writer(home):
        load(home, lambda _: None)
    with candidate(home) as connection:
        found = rows(
            connection, "SELECT * EXCLUDE (evidence_en, evidence_zh) FROM coverage WHERE county_code LIKE '99%'"
        )
    return {(row["county_code"], row["year"]): row for row in found}


def moved(before: Ledger, after: Ledger) -> set[tuple[str, int]]:
    """The rows that say something else; the last look at a portal is news of no row that rests on it."""
    assert before.keys() == after.keys()
    quiet = dict.fromkeys(("run_id", "looked_at"))
    return {
        at
        for at, row in after.items()
        if row != before[at] and not (row["evidence"] == "whole_list" and row | quiet == before[at] | quiet)
    }


@dataclass(frozen=True)
class Nights:
    home: Home
    first: Ledger
    still: Ledger
    changed: Ledger
    removed: Ledger
    late: Ledger
    failed: Ledger


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    with ModelInternet(PORTALS) as internet:
        home = home_for(internet, tmp_path_factory.mktemp("ledger"))

        def night() -> Ledger:
            crawl(home)
            return build(home)

        internet.switch(LATE.host, Fault.LATE_REPORT)
        first = night()
        still = night()
        internet.switch(CHANGED.host, Fault.CHANGED_REPORT)
        changed = night()
        internet.switch(REMOVED.host, Fault.REMOVED_REPORT)
        removed = night()
        internet.switch(LATE.host, Fault.LATE_REPORT, on=False)
        late = night()
        internet.switch(CHALLENGED.host, Fault.CHALLENGE)
        internet.switch(DOWN.host, Fault.RESET)
        yield Nights(home, first, still, changed, removed, late, night())


def newest(portal: Any) -> tuple[str, int]:
    return portal.code, max(report.year for report in portal.reports)


def test_what_is_on_the_portals_is_published_and_the_rest_is_not_found(nights: Nights) -> None:
    published = {at for at, row in nights.first.items() if row["state"].startswith("published")}
    on_portals = {(portal.code, report.year) for portal in PORTALS for report in portal.reports}
    assert published == on_portals - {newest(LATE)}
    assert {nights.first[at]["state"] for at in nights.first.keys() - published} <= {"not_found", "not_yet_due"}
    assert nights.first[newest(LATE)]["state"] == "not_found"


def test_a_night_in_which_nothing_changed_moves_no_row(nights: Nights) -> None:
    assert moved(nights.first, nights.still) == set()


def test_a_changed_report_moves_its_row_alone(nights: Nights) -> None:
    at = newest(CHANGED)
    assert moved(nights.still, nights.changed) == {at}
    before, after = nights.still[at], nights.changed[at]
    assert before["state"] == after["state"]
    assert before["document_sha256"] != after["document_sha256"]


def test_a_removed_report_moves_its_row_alone(nights: Nights) -> None:
    at = newest(REMOVED)
    assert moved(nights.changed, nights.removed) == {at}
    assert nights.removed[at]["state"] == "withdrawn"
    assert nights.removed[at]["withdrawn_at"] is not None


def test_a_report_that_appears_late_moves_its_row_alone(nights: Nights) -> None:
    at = newest(LATE)
    assert moved(nights.removed, nights.late) == {at}
    assert nights.late[at]["state"] in ("published", "published_late")
    assert nights.late[at]["run_id"] == 5


def test_a_portal_that_fails_moves_no_row(nights: Nights) -> None:
    catalogue = Catalogue(nights.home.catalogue_address)
    ended = {portal.code: catalogue.visits(portal.code)[0][1].outcome for portal in (CHALLENGED, DOWN)}
    assert set(ended.values()) <= {"blocked", "unreachable", "partial"}
    assert moved(nights.late, nights.failed) == set()


def test_a_first_night_that_fails_says_nothing(tmp_path: Path) -> None:
    with ModelInternet(PORTALS[:2]) as internet:
        home = home_for(internet, tmp_path)
        internet.switch(CHANGED.host, Fault.CHALLENGE)
        internet.switch(REMOVED.host, Fault.RESET)
        crawl(home)
        ledger = build(home)
    states: dict[str, set[str]] = {}
    for (code, _), row in ledger.items():
        states.setdefault(code, set()).add(row["state"])
    assert states == {CHANGED.code: {"blocked"}, REMOVED.code: {"not_looked"}}


def test_the_same_crawls_give_the_same_ledger(nights: Nights) -> None:
    with duckdb.connect(nights.home.candidate, read_only=True) as connection:
        before = connection.execute("FROM fact_coverage").fetchall()
    build(nights.home)
    with duckdb.connect(nights.home.candidate, read_only=True) as connection:
        assert connection.execute("FROM fact_coverage").fetchall() == before
