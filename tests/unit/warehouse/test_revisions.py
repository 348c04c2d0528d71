"""A report published several times: what replaces what, how far they are equal, and where they differ."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.catalogue.looks import FILES, REPORTS, VISITS, Looks
from etl.model import Extraction
from tests.built_warehouse import COUNTY, build, candidate, consistent, make_home, rows

T0 = datetime(2025, 3, 1, 12, tzinfo=UTC)
Publication = tuple[Extraction, int, str, int]  # the document, report, portal, and day it was had


def published(*publications: Publication) -> Looks:
    reports = {
        report_id: {
            "report_id": report_id,
            "portal_key": portal,
            "url": f"https://{portal}.example.invalid/{report_id}.html",
            "year": 2024,
            "county_code": COUNTY,
            "first_seen_at": T0,
            "known_from": T0,
        }
        for _, report_id, portal, _ in publications
    }
    files = [
        {"report_id": report_id, "document_sha256": document.sha256, "had_from": T0 + timedelta(days=day)}
        for document, report_id, _, day in publications
    ]
    return Looks(
        VISITS.empty_table(),
        pa.Table.from_pylist(list(reports.values()), schema=REPORTS),
        pa.Table.from_pylist(files, schema=FILES),
    )


def changed(extraction: Extraction, row: str, column: str, value: int | None) -> Extraction:
    def put(seen: Any) -> Any:
        if (seen.row, seen.column) != (row, column):
            return seen
        number = None if value is None else Decimal(value)
        status = type(seen.status)("blank" if value is None else "printed")
        return seen._replace(value=number, raw="" if value is None else str(value), status=status)

    return replace(extraction, observations=tuple(map(put, extraction.observations)))


def revisions(tmp_path: Path, *publications: Publication, crawled: Any = None) -> list[dict[str, Any]]:
    home = make_home(tmp_path)
    documents = {one[0].sha256: one[0] for one in publications}
    build(home, *documents.values(), looks=published(*publications), crawled=crawled)
    with candidate(home) as connection:
        return rows(connection, "FROM report_revision")


def test_one_file_on_two_portals_is_byte_equal(tmp_path: Path) -> None:
    one = consistent("a")
    (revision,) = revisions(tmp_path, (one, 1, "990001", 0), (one, 2, "990000", 1))
    assert (revision["relation"], revision["place"]) == ("byte_equal", "other_portal")
    assert revision["earlier_sha256"] == revision["later_sha256"] == one.sha256
    assert revision["later_url"] == "https://990000.example.invalid/2.html"
    assert revision["changed_cells"] is None


def test_two_formats_of_one_page_are_figure_equal(tmp_path: Path) -> None:
    (revision,) = revisions(
        tmp_path, (consistent("a.docx"), 1, "990001", 0), (consistent("a.pdf"), 1, "990001", 0)
    )
    assert (revision["relation"], revision["place"]) == ("figure_equal", "other_file")
    assert (revision["changed_cells"], revision["added_cells"], revision["dropped_cells"]) == (0, 0, 0)


def test_a_changed_report_tells_each_cell_with_both_values(tmp_path: Path) -> None:
    before = consistent("a")
    after = changed(changed(consistent("b"), "received.new", "total", 77), "carried_out", "total", None)
    url = "https://990001.example.invalid/1.html"
    crawled = {
        "a": {"url": url, "is_latest": False, "report_url": url},
        "b": {"url": url, "report_url": url},
    }
    (revision,) = revisions(tmp_path, (before, 1, "990001", 0), (after, 1, "990001", 5), crawled=crawled)
    assert (revision["relation"], revision["place"], revision["is_replaced"]) == (
        "changed",
        "same_address",
        True,
    )
    assert (revision["changed_cells"], revision["added_cells"], revision["dropped_cells"]) == (1, 0, 1)
    assert revision["published_at"] == (T0 + timedelta(days=5)).replace(tzinfo=None)
    with candidate(make_home(tmp_path)) as connection:
        cells = {row["form_row"]: row for row in rows(connection, "FROM report_revision_cell")}
    assert set(cells) == {"received.new", "carried_out"}
    assert cells["received.new"]["later_value"] == 77
    assert cells["received.new"]["earlier_value"] != 77
    assert (cells["carried_out"]["later_status"], cells["carried_out"]["later_value"]) == ("blank", None)


def test_departments_are_not_revisions_of_each_other_nor_of_the_county(tmp_path: Path) -> None:
    office = consistent("b", scope="office")
    assert revisions(tmp_path, (consistent("a"), 1, "990001", 0), (office, 2, "990001", 0)) == []


def test_files_with_a_table_each_say_nothing_of_each_other(tmp_path: Path) -> None:
    def only(name: str, *tables: str) -> Extraction:
        whole = consistent(name)
        return replace(whole, observations=tuple(one for one in whole.observations if one.table in tables))

    parts = (only("a", "disclosure"), 1, "990001", 0), (only("b", "requests", "disputes"), 1, "990001", 0)
    (revision,) = revisions(tmp_path, *parts)
    assert revision["relation"] == "other_tables"


def test_three_publications_make_two_revisions(tmp_path: Path) -> None:
    publications = [(consistent(name), number, "990001", number) for number, name in enumerate("abc")]
    found = revisions(tmp_path, *publications)
    assert [one["number"] for one in found] == [2, 3]
    assert [one["place"] for one in found] == ["other_address"] * 2
