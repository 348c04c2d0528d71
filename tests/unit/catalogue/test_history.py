"""What ``gouji crawl --status`` is told."""

from datetime import timedelta

from etl.catalogue import Catalogue
from etl.catalogue.history import PortalStatus, RunSummary
from tests.crawl_records import (
    DAY,
    HOME,
    PAGE,
    PORTAL,
    ended,
    fetched,
    file,
    night,
    seen,
    whole_visit,
    withdrawn,
)


def visit(catalogue: Catalogue, number: int, outcome: str, key: str = PORTAL) -> int:
    run, _ = catalogue.open_run(night(number), timedelta(0))
    catalogue.record(run, key, HOME, [ended(outcome, night(number))])
    catalogue.close_run(run, night(number), "finished")
    return run


def failing(catalogue: Catalogue) -> int:
    (portal,) = catalogue.portals()
    return portal.nights_failing


def test_before_the_first_crawl_there_is_no_history(catalogue: Catalogue) -> None:
    assert catalogue.last_run() is None
    assert catalogue.portals() == []
    assert catalogue.visits(PORTAL) == []


def test_the_last_run_is_summed_up(catalogue: Catalogue) -> None:
    visit(catalogue, 0, "lost")
    run, _ = catalogue.open_run(night(1), timedelta(0))
    for key, outcome in (("990001", "ok"), ("990002", "ok"), ("990003", "blocked")):
        catalogue.record(run, key, HOME, [ended(outcome, night(1))])
    summary = RunSummary(
        run, night(1), None, None, {"blocked": 1, "ok": 2}, 6, 9, 12, 0, 27, bytes=15_000_000_000
    )
    assert catalogue.last_run() == summary


def test_a_run_without_visits_has_sums_of_nothing(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, timedelta(0))
    catalogue.close_run(run, night(1), "finished")
    assert catalogue.last_run() == RunSummary(run, DAY, night(1), "finished", {}, 0, 0, 0, 0, 0, 0)


def test_a_portal_as_it_stands(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, timedelta(0))
    catalogue.record(run, PORTAL, HOME, whole_visit())
    gone = f"{HOME}gone.html"
    catalogue.record(run, PORTAL, HOME, [seen(gone), file(url=gone, report=gone), withdrawn(url=gone)])
    visit(catalogue, 1, "unreachable")
    (portal,) = catalogue.portals()
    a_minute = timedelta(minutes=1)
    assert portal == PortalStatus(
        key=PORTAL,
        home=HOME,
        family="trs",
        last_visit_at=night(1) + a_minute,
        last_ok_at=DAY + a_minute,
        outcome="unreachable",
        message="in words",
        reports=1,
        withdrawn=1,
        nights_failing=1,
    )


def test_a_portal_whose_first_visit_did_not_end_is_listed(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, timedelta(0))
    catalogue.record(run, PORTAL, HOME, [fetched()])
    (portal,) = catalogue.portals()
    assert (portal.last_visit_at, portal.outcome, portal.reports, portal.nights_failing) == (None, None, 0, 0)


def test_failing_nights_are_counted_from_the_last_good_one(catalogue: Catalogue) -> None:
    counts = []
    for number, outcome in enumerate(
        ["unreachable", "nothing_found", "ok", "lost", "stopped", "blocked", "partial", "broken"]
    ):
        visit(catalogue, number, outcome)
        counts.append(failing(catalogue))
    assert counts == [1, 2, 0, 1, 1, 2, 0, 1]


def test_portals_are_found_by_their_key_and_by_the_counties_they_report_on(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, timedelta(0))
    for key, county in (("990001", "990001"), ("990100", "990102"), ("990200", "990201")):
        catalogue.record(run, key, HOME, [seen(county_code=county), ended()])
    assert [one.key for one in catalogue.portals(["990102", "990200"])] == ["990100", "990200"]
    assert catalogue.portals(["990999"]) == []


def test_all_visits_of_a_portal_newest_first(catalogue: Catalogue) -> None:
    runs = [visit(catalogue, number, outcome) for number, outcome in enumerate(["ok", "lost", "ok"])]
    visit(catalogue, 3, "ok", key="990002")
    assert catalogue.visits(PORTAL) == [
        (runs[number], ended(outcome, night(number))) for number, outcome in ((2, "ok"), (1, "lost"), (0, "ok"))
    ]


def test_a_page_of_one_report_does_not_count_for_another_portal(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, timedelta(0))
    for key in (PORTAL, "990002"):
        catalogue.record(run, key, HOME, [seen(PAGE)])
    assert [(one.key, one.reports) for one in catalogue.portals()] == [(PORTAL, 1), ("990002", 1)]
