"""Which documents are handed on to be read, and what the catalogue says of each."""

from datetime import timedelta
from typing import Any

import pytest

from etl.catalogue import Catalogue
from etl.catalogue.documents import DOCUMENTS
from etl.catalogue.records import Record
from tests.crawl_records import DAY, HOME, PAGE, PDF, PORTAL, file, night, seen, sha, whole_visit, withdrawn

OTHER = f"{HOME}gk/2023.html"


@pytest.fixture
def run(catalogue: Catalogue) -> int:
    return catalogue.open_run(DAY, timedelta(hours=12))[0]


def documents(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    return {row["document_sha256"]: row for row in catalogue.documents().to_pylist()}


def test_no_documents_have_the_schema_too(catalogue: Catalogue) -> None:
    assert catalogue.documents().equals(DOCUMENTS.empty_table())


def test_a_crawled_document_has_what_its_report_said(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, whole_visit())
    found = documents(catalogue)
    assert list(found) == sorted(found)
    assert found[sha("pdf")] == {
        "document_sha256": sha("pdf"),
        "file_name": "2024.pdf",
        "url": PDF,
        "fetched_at": DAY,
        "stated_county": None,
        "stated_year": None,
        "expected_county": "990001",
        "expected_year": 2024,
        "report_url": PAGE,
        "role": "attachment",
        "is_latest": True,
        "withdrawn_at": None,
    }
    assert catalogue.names() == {sha("a"): "2024.html", sha("pdf"): "2024.pdf"}


def test_what_was_replaced_stays_and_is_not_the_latest(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [seen(), file("a"), file("b", at=night(1))])
    found = documents(catalogue)
    assert {sha256: row["is_latest"] for sha256, row in found.items()} == {sha("a"): False, sha("b"): True}
    assert found[sha("b")]["fetched_at"] == night(1)


def test_what_came_back_is_the_latest_again(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [seen(), *(file(content) for content in "aba")])
    found = documents(catalogue)
    assert {sha256: row["is_latest"] for sha256, row in found.items()} == {sha("a"): True, sha("b"): False}


def test_a_withdrawn_report_has_no_latest_file_and_stays_readable(catalogue: Catalogue, run: int) -> None:
    catalogue.record(run, PORTAL, HOME, [*whole_visit(), withdrawn(night(2))])
    assert [(row["is_latest"], row["withdrawn_at"]) for row in documents(catalogue).values()] == [
        (False, night(2)),
        (False, night(2)),
    ]


@pytest.mark.parametrize(
    ("body", "is_read"),
    [
        ("county", True),
        ("office", True),
        (None, True),
        ("department", False),
        ("township", False),
        ("park", False),
    ],
)
def test_reports_of_other_bodies_are_not_handed_on(
    catalogue: Catalogue, run: int, body: str | None, is_read: bool
) -> None:
    catalogue.record(run, PORTAL, HOME, [seen(body=body), file()])
    assert (sha("a") in catalogue.names()) is is_read


def test_of_two_reports_with_one_file_what_they_differ_in_is_not_expected(
    catalogue: Catalogue, run: int
) -> None:
    both: list[Record] = [seen(), seen(OTHER, year=2023), file(url=PDF), file(url=PDF, report=OTHER)]
    catalogue.record(run, PORTAL, HOME, both)
    (document,) = documents(catalogue).values()
    assert (document["report_url"], document["expected_county"], document["expected_year"]) == (
        OTHER,
        "990001",
        None,
    )


def test_a_file_still_published_somewhere_is_told_of_there(catalogue: Catalogue, run: int) -> None:
    both: list[Record] = [seen(), seen(OTHER, year=2023), file(), file(url=OTHER, report=OTHER)]
    catalogue.record(run, PORTAL, HOME, [*both, withdrawn(url=OTHER)])
    (document,) = documents(catalogue).values()
    assert (document["report_url"], document["expected_year"], document["is_latest"]) == (PAGE, 2024, True)


def test_the_order_of_visits_does_not_matter(catalogue: Catalogue, run: int) -> None:
    portals = ("990003", "990001", "990002")
    for key in portals:
        home = f"http://{key}.localhost/"
        page = f"{home}1.html"
        catalogue.record(run, key, home, [seen(page), file("same", page, report=page)])
    (document,) = documents(catalogue).values()
    assert document["url"] == "http://990001.localhost/1.html"


def test_a_document_taken_in_by_hand_and_crawled_too_keeps_what_was_stated(
    catalogue: Catalogue, run: int
) -> None:
    catalogue.add(sha("a"), "mine.html", "file:///mine.html", "990002", 2020)
    catalogue.record(run, PORTAL, HOME, [seen(), file()])
    catalogue.add(sha("a"), "again.html", "file:///again.html", None, 2021)
    (document,) = documents(catalogue).values()
    assert (document["stated_county"], document["stated_year"], document["url"]) == ("990002", 2021, PAGE)


def test_a_document_taken_in_by_hand_keeps_its_first_name(catalogue: Catalogue) -> None:
    catalogue.add(sha("a"), "mine.html", "file:///mine.html", None, None)
    catalogue.add(sha("a"), "again.html", "file:///again.html", None, None)
    assert catalogue.names() == {sha("a"): "mine.html"}
