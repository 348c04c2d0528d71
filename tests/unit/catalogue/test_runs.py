"""Nights: gone on with after an interruption, abandoned when too old, and in order of need."""

from datetime import timedelta

from etl.catalogue import Catalogue
from tests.crawl_records import DAY, HOME, PORTAL, ended, night, whole_visit

HALF_A_DAY = timedelta(hours=12)


def test_a_first_run_has_done_nothing(catalogue: Catalogue) -> None:
    _, done = catalogue.open_run(DAY, HALF_A_DAY)
    assert done == frozenset()


def test_an_interrupted_run_goes_on_where_it_was(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, HALF_A_DAY)
    catalogue.record(run, PORTAL, HOME, whole_visit())
    catalogue.record(run, "990002", HOME, whole_visit()[:-1])  # its visit did not end
    catalogue.record(run, "990003", HOME, [ended("stopped")])  # a budget ended it
    assert catalogue.open_run(DAY + timedelta(hours=11), HALF_A_DAY) == (run, frozenset({PORTAL}))


def test_a_run_too_old_is_abandoned(catalogue: Catalogue) -> None:
    old, _ = catalogue.open_run(DAY, HALF_A_DAY)
    catalogue.record(old, PORTAL, HOME, whole_visit())
    new, done = catalogue.open_run(night(1), HALF_A_DAY)
    assert new != old
    assert done == frozenset()
    catalogue.close_run(new, night(1), "finished")
    newer, _ = catalogue.open_run(night(1) + timedelta(minutes=1), HALF_A_DAY)
    assert newer not in (old, new)


def test_a_finished_run_is_not_gone_on_with(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, HALF_A_DAY)
    catalogue.close_run(run, DAY, "finished")
    assert catalogue.open_run(DAY, HALF_A_DAY)[0] != run


def test_no_time_to_resume_in_is_always_a_new_run(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, timedelta(0))
    assert catalogue.open_run(DAY, timedelta(0))[0] != run


def test_a_stopped_visit_made_again_in_the_same_run_counts_as_it_ended(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, HALF_A_DAY)
    catalogue.record(run, PORTAL, HOME, [ended("stopped")])
    catalogue.record(run, PORTAL, HOME, [ended("ok")])
    assert catalogue.open_run(DAY, HALF_A_DAY) == (run, frozenset({PORTAL}))
    assert [visit.outcome for _, visit in catalogue.visits(PORTAL)] == ["ok"]


def test_portals_are_ordered_by_need(catalogue: Catalogue) -> None:
    visits = {
        "990001": [(0, "ok"), (3, "stopped")],
        "990002": [(0, "ok"), (2, "blocked")],
        "990003": [(1, "partial")],
        "990004": [(2, "stopped")],
    }
    for number in range(4):
        run, _ = catalogue.open_run(night(number), timedelta(0))
        for key, its in visits.items():
            told = [ended(outcome, night(when)) for when, outcome in its if when == number]
            catalogue.record(run, key, HOME, told)
    keys = ["990002", "990001", "990003", "990006", "990004", "990005"]
    assert catalogue.portal_order(keys) == ["990005", "990006", "990004", "990001", "990003", "990002"]
    assert catalogue.portal_order([]) == []
