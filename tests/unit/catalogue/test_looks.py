"""What the catalogue tells the coverage ledger of visits and listed reports."""

from datetime import timedelta

from etl.catalogue import Catalogue
from etl.catalogue.looks import FILES, REPORTS, VISITS
from tests.crawl_records import (
    DAY,
    HOME,
    PAGE,
    PORTAL,
    ended,
    fetched,
    night,
    seen,
    sha,
    whole_visit,
    withdrawn,
)


def visit(catalogue: Catalogue, number: int, *records: object, **changes: object) -> int:
    run, _ = catalogue.open_run(night(number), timedelta(0))
    told = [*records, ended(at=night(number), **changes)]  # type: ignore[list-item]
    catalogue.record(run, PORTAL, HOME, told)  # type: ignore[arg-type]
    return run


def current(catalogue: Catalogue) -> list[dict[str, object]]:
    return [one for one in catalogue.looks().reports.to_pylist() if one["known_to"] is None]


def test_an_empty_catalogue_has_seen_nothing(catalogue: Catalogue) -> None:
    looks = catalogue.looks()
    assert (looks.visits.schema, looks.reports.schema, looks.files.schema) == (VISITS, REPORTS, FILES)
    assert looks.visits.num_rows == looks.reports.num_rows == looks.files.num_rows == 0


def test_visits_say_whether_the_lists_were_read_whole(catalogue: Catalogue) -> None:
    first = visit(catalogue, 0, is_list_whole=True)
    second = visit(catalogue, 1, outcome="blocked")
    visits = catalogue.looks().visits.to_pylist()
    assert [(one["run_id"], one["outcome"], one["is_list_whole"]) for one in visits] == [
        (first, "ok", True),
        (second, "blocked", False),
    ]
    assert visits[0]["started_at"] == DAY


def test_a_listed_report_has_its_files_and_the_outcome_of_its_last_request(catalogue: Catalogue) -> None:
    run, _ = catalogue.open_run(DAY, timedelta(0))
    catalogue.record(run, PORTAL, HOME, whole_visit())
    looks = catalogue.looks()
    (report,) = current(catalogue)
    assert (report["url"], report["year"], report["county_code"], report["outcome"]) == (
        PAGE,
        2024,
        PORTAL,
        "fetched",
    )
    assert {one["document_sha256"] for one in looks.files.to_pylist()} == {sha("a"), sha("pdf")}
    gone = fetched(at=night(1), outcome="gone", sha256=None, status=404)
    visit(catalogue, 1, gone, withdrawn(night(1)))
    (report,) = current(catalogue)
    assert (report["outcome"], report["withdrawn_at"]) == ("gone", night(1))


def test_reports_of_departments_are_left_out(catalogue: Catalogue) -> None:
    visit(
        catalogue, 0, seen(), seen(f"{HOME}other.html", body="department"), seen(f"{HOME}none.html", body=None)
    )
    urls = {one["url"] for one in catalogue.looks().reports.to_pylist()}
    assert urls == {PAGE, f"{HOME}none.html"}
