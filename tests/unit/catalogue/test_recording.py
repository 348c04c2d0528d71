"""What a crawl tells is remembered: pages, lists, reports, revisions, withdrawals; once, however often told."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from etl.catalogue import Catalogue, CatalogueError
from etl.catalogue.records import KnownListing, KnownPage, KnownReport, Memory
from tests.catalogues import contents
from tests.crawl_records import (
    DAY,
    HOME,
    LIST,
    PAGE,
    PDF,
    PORTAL,
    ended,
    fetched,
    file,
    listing,
    night,
    seen,
    sha,
    unchanged,
    whole_visit,
    withdrawn,
)


@pytest.fixture
def run(catalogue: Catalogue) -> int:
    return catalogue.open_run(DAY, timedelta(hours=12))[0]


def revisions(address: str) -> list[tuple[object, ...]]:
    return [row[2:6] for row in contents(address)["revision"]]


def withdrawals(address: str) -> dict[str, object]:
    return {row[1]: row[-1] for row in contents(address)["report"]}


def logged(address: str) -> list[tuple[object, ...]]:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT url, outcome, status, message FROM request ORDER BY id"))
        return [tuple(row) for row in rows]


def test_a_visit_is_remembered(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, whole_visit())
    memory = catalogue.memory(PORTAL)
    assert set(memory.pages) == {LIST, PAGE, PDF}
    assert memory.pages[PAGE] == KnownPage(PAGE, sha("a"), '"a"', None, None, DAY)
    assert memory.listings == (KnownListing(LIST, "trs", "registry", sha("links"), 1),)
    (report,) = memory.reports.values()
    assert set(report.files) == {(PAGE, "page"), (PDF, "attachment")}
    title = "青禾县2024年政府信息公开工作年度报告"
    assert report == KnownReport(PAGE, title, 2024, "990001", "county", False, report.files)


def test_a_portal_never_visited_has_no_memory(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, whole_visit())
    assert catalogue.memory("990002") == Memory()


def test_nothing_told_is_nothing_written(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [])
    assert catalogue.portals() == []


def test_telling_twice_changes_nothing(address: str, catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, whole_visit())
    once = contents(address)
    catalogue.record(run, PORTAL, HOME, whole_visit(night(1)))
    assert contents(address) == once
    assert len(once["revision"]) == 2
    assert len(once["document"]) == 2


def test_the_time_of_a_page_is_that_of_its_content(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [fetched(at=night(0))])
    catalogue.record(run, PORTAL, HOME, [fetched(at=night(1), etag='"new"')])
    assert catalogue.memory(PORTAL).pages[PAGE] == KnownPage(PAGE, sha("a"), '"new"', None, None, night(0))
    catalogue.record(run, PORTAL, HOME, [fetched(content="b", at=night(2))])
    assert catalogue.memory(PORTAL).pages[PAGE] == KnownPage(PAGE, sha("b"), '"b"', None, None, night(2))


def test_an_unchanged_answer_renews_the_validators_it_gives_and_is_not_logged(
    address: str, catalogue: Catalogue, run: int
) -> None:
    first = fetched(last_modified="Mon, 02 Feb 2026 00:00:00 GMT", served_at="Sun, 01 Mar 2026 01:30:00 GMT")
    catalogue.record(run, PORTAL, HOME, [first])
    later = unchanged(at=night(1), served_at="Mon, 02 Mar 2026 01:30:00 GMT")
    catalogue.record(run, PORTAL, HOME, [later, unchanged(f"{HOME}never-seen.html")])
    assert catalogue.memory(PORTAL).pages == {
        PAGE: KnownPage(PAGE, sha("a"), '"a"', first.last_modified, later.served_at, DAY)
    }
    assert logged(address) == [(PAGE, "fetched", 200, "")]


def test_what_gave_no_content_is_logged_and_not_remembered(
    address: str, catalogue: Catalogue, run: int
) -> None:
    catalogue.record(run, PORTAL, HOME, [fetched()])
    gone = fetched(content="not found", outcome="gone", status=404)
    failed = fetched(LIST, outcome="too_slow", status=None, sha256=None, message="60 s")
    catalogue.record(run, PORTAL, HOME, [gone, failed])
    assert list(catalogue.memory(PORTAL).pages) == [PAGE]
    assert catalogue.memory(PORTAL).pages[PAGE].sha256 == sha("a")
    assert logged(address)[1:] == [(PAGE, "gone", 404, ""), (LIST, "too_slow", None, "60 s")]


def test_each_new_content_is_a_revision_even_one_that_was_there_before(
    address: str, catalogue: Catalogue, run: int
) -> None:
    catalogue.record(run, PORTAL, HOME, [seen(), file("a")])
    for number, content in enumerate(["a", "b", "b", "a"]):
        catalogue.record(run, PORTAL, HOME, [file(content, at=night(number))])
    assert revisions(address) == [
        (PAGE, 1, "page", sha("a")),
        (PAGE, 2, "page", sha("b")),
        (PAGE, 3, "page", sha("a")),
    ]


def test_revisions_told_at_once_are_numbered_in_order(address: str, catalogue: Catalogue, run: int) -> None:
    attachment = [file(content, PDF, "attachment") for content in "abba"]
    catalogue.record(run, PORTAL, HOME, [seen(), file("page"), *attachment])
    assert [row[:2] for row in revisions(address)] == [(PAGE, 1), (PDF, 1), (PDF, 2), (PDF, 3)]


def test_a_withdrawn_report_stays_with_the_day_it_was_missed(
    address: str, catalogue: Catalogue, run: int
) -> None:
    catalogue.record(run, PORTAL, HOME, [seen(), file()])
    for number in (1, 2):
        catalogue.record(run, PORTAL, HOME, [withdrawn(night(number))])
    assert catalogue.memory(PORTAL).reports[PAGE].is_withdrawn
    (document,) = catalogue.documents().to_pylist()
    assert document["withdrawn_at"] == night(1)


def test_only_its_own_address_brings_a_report_back(address: str, catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [seen(), file(), file("pdf", PDF, "attachment"), withdrawn()])
    catalogue.record(run, PORTAL, HOME, [file("pdf", PDF, "attachment"), seen()])
    assert withdrawals(address) == {PAGE: True}
    catalogue.record(run, PORTAL, HOME, [file()])
    assert withdrawals(address) == {PAGE: False}


def test_files_and_withdrawals_count_in_the_order_told(address: str, catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [seen(), file(), withdrawn()])
    assert withdrawals(address) == {PAGE: True}
    catalogue.record(run, PORTAL, HOME, [withdrawn(), file()])
    assert withdrawals(address) == {PAGE: False}


def test_a_title_that_tells_less_does_not_unsay_what_was_told(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [seen()])
    catalogue.record(
        run, PORTAL, HOME, [seen(title="年报", year=None, county_code=None, body=None, listed_on=None)]
    )
    report = catalogue.memory(PORTAL).reports[PAGE]
    assert (report.title, report.year, report.county_code, report.body) == ("年报", 2024, "990001", "county")
    catalogue.record(run, PORTAL, HOME, [seen(year=2023, body="office")])
    report = catalogue.memory(PORTAL).reports[PAGE]
    assert (report.year, report.body) == (2023, "office")


def test_a_list_that_changed_is_remembered_as_it_is_now(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [listing()])
    catalogue.record(run, PORTAL, HOME, [listing(links_sha256=sha("more"), reports=2, family="generic")])
    assert catalogue.memory(PORTAL).listings == (KnownListing(LIST, "generic", "registry", sha("more"), 2),)


@pytest.mark.parametrize("stranger", [file(), withdrawn()], ids=["file", "withdrawal"])
def test_a_record_of_a_report_never_listed_writes_nothing_of_its_batch(
    address: str, catalogue: Catalogue, run: int, stranger: object
) -> None:
    with pytest.raises(CatalogueError, match="has listed no such report"):
        catalogue.record(run, PORTAL, HOME, [fetched(), stranger])  # type: ignore[list-item]
    assert not any(contents(address).values())


def test_the_same_address_at_two_portals_is_remembered_of_each(catalogue: Catalogue, run: int) -> None:
    for key in (PORTAL, "990002"):
        catalogue.record(run, key, HOME, [fetched(), seen(county_code=key), file()])
    assert catalogue.memory("990002").reports[PAGE].county_code == "990002"
    assert catalogue.memory(PORTAL).reports[PAGE].county_code == PORTAL


def test_text_of_any_length_and_kind_is_taken(catalogue: Catalogue, run: int) -> None:
    long = HOME + "".join(f"{sha(str(n))}/" for n in range(100))
    others = [f"{HOME}年报\U0002000b.html", f"{HOME}{'%E5' * 3000}.html"]
    told = [
        record
        for url in (long, *others)
        for record in (fetched(url), seen(url, title="年\0报\ud800"), file(url=url, report=url), listing(url))
    ]
    catalogue.record(run, PORTAL, HOME, told)
    memory = catalogue.memory(PORTAL)
    assert set(memory.pages) == set(memory.reports) == {long, *others}
    assert memory.reports[long].title == "年报?"
    assert len(memory.listings) == 3


def test_a_stopped_database_is_said_by_name(address: str, catalogue: Catalogue, run: int) -> None:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE visit"))
    with pytest.raises(CatalogueError, match=r"the catalogue (sqlite|postgresql)\S+ failed: "):
        catalogue.record(run, PORTAL, HOME, [fetched(), ended()])
    assert catalogue.memory(PORTAL) == Memory()


def test_a_folder_that_cannot_be_made_is_said_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CatalogueError, match=r"the catalogue sqlite:\S+ cannot be made: "):
        Catalogue(f"sqlite:///{tmp_path}/file/catalogue.sqlite")
