"""Which documents a build loads, as whose, and that the same inputs give the same warehouse."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.model import Extraction, Observation, Place, Problem, Status
from etl.store import write_segment
from etl.warehouse.build import BuildError, build_candidate
from tests.built_warehouse import (
    COUNTY,
    EXTRACTOR,
    NEW,
    OLD,
    PARTED,
    build,
    candidate,
    consistent,
    contents,
    documents,
    make_home,
    rows,
)


def _silent(_: str) -> None:
    pass


def test_a_cell_is_found_again_with_its_place_and_source(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    address = ("requests", "received.new", "total")
    seen = Observation(
        *address, Decimal("12.5"), "12．5", Status.PRINTED, Place(4, (1.5, 2, 3, 4)), "camelot lattice", 0.75
    )
    build(home, replace(consistent("a.pdf"), observations=(seen,)))
    with candidate(home) as connection:
        (cell,) = rows(connection, "FROM observation")
    assert cell == {
        "county_code": COUNTY,
        "county_name": "示例县",
        "year": 2024,
        "form": "2021",
        "form_table": "requests",
        "form_row": "received.new",
        "form_column": "total",
        "value": Decimal("12.5"),
        "printed_value": Decimal("12.5"),
        "raw": "12．5",
        "status": "printed",
        "unit": "件",
        "is_total": True,
        "page": 4,
        "bbox": [1.5, 2, 3, 4],
        "path": None,
        "document_sha256": consistent("a.pdf").sha256,
        "url": "https://www.example.invalid/a.pdf",
        "reader": "camelot lattice",
        "confidence": 0.75,
        "corrected": False,
    }


def test_a_cell_of_a_page_without_boxes_has_no_box(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a.html"))
    with candidate(home) as connection:
        assert rows(connection, "SELECT DISTINCT page, bbox, path FROM observation") == [
            {"page": None, "bbox": None, "path": "/table"}
        ]


def test_counts_are_those_of_the_tables(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    broken = Extraction("b.pdf", "b" * 64, None, problems=(Problem("empty", "b.pdf: the file is empty"),))
    counts = build(home, consistent("a.html"), broken)
    assert (counts.reports, counts.county_years, counts.observations, counts.printed) == (2, 1, 200, 200)
    assert (counts.problems, counts.claims, counts.findings) == (1, 0, 45)


def test_a_stated_county_and_year_override_what_was_read(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(
        home,
        consistent("county.html", None, 2024),
        consistent("year.html", COUNTY, 2020),
        consistent("neither.html", None, None),
        stated={"county.html": (COUNTY, None), "year.html": (None, 2023)},
    )
    with candidate(home) as connection:
        found = rows(
            connection,
            "SELECT file_name, county_code, year FROM dim_report JOIN dim_document USING (document_key)",
        )
    assert {row.pop("file_name"): row for row in found} == {
        "county.html": {"county_code": COUNTY, "year": 2024},
        "year.html": {"county_code": COUNTY, "year": 2023},
        "neither.html": {"county_code": None, "year": None},
    }


def test_a_report_is_keyed_to_the_county_of_its_year(tmp_path: Path) -> None:
    expected = {
        (OLD, 2015): (OLD, "旧名县"),
        (OLD, 2016): (NEW, "新名区"),  # an old name that lingers
        (NEW, 2015): (OLD, "旧名县"),  # republished after the change
        (NEW, 2024): (NEW, "新名区"),
        (PARTED, 2024): (PARTED, None),  # two counties: undecided
        ("998877", 2024): ("998877", None),  # no such code
        ("320829", 2015): ("320829", "洪泽县"),
        ("320829", 2023): ("320813", "洪泽区"),
    }
    home = make_home(tmp_path)
    build(
        home,
        *(
            replace(consistent(f"{read} {year}", read, year), observations=(), forms={})
            for read, year in expected
        ),
    )
    with candidate(home) as connection:
        found = rows(
            connection,
            "SELECT file_name, county_code, dim_county.name FROM dim_report "
            "JOIN dim_document USING (document_key) LEFT JOIN dim_county USING (county_key)",
        )
    assert {row["file_name"]: (row["county_code"], row["name"]) for row in found} == {
        f"{read} {year}": keyed for (read, year), keyed in expected.items()
    }


def test_documents_unknown_to_the_catalogue_are_left_out(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    known, unknown = consistent("known.html"), consistent("unknown.html", OLD, 2015)
    write_segment(home.extracted, EXTRACTOR, [known, unknown])
    counts = build_candidate(home, documents([known, consistent("not yet read.html")]), _silent, EXTRACTOR)
    assert (counts.reports, counts.observations) == (1, 200)


def test_a_document_in_two_segments_is_loaded_once(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    first, second, third = (
        consistent("a.html"),
        consistent("b.html", OLD, 2015),
        consistent("c.html", NEW, 2020),
    )
    write_segment(home.extracted, EXTRACTOR, [first, second])
    write_segment(home.extracted, EXTRACTOR, [second, third])
    counts = build_candidate(home, documents([first, second, third]), _silent, EXTRACTOR)
    assert (counts.reports, counts.observations) == (3, 600)


def test_readings_of_another_extractor_are_left_out(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    write_segment(home.extracted, "older", [consistent("a.html")])
    assert build(home, consistent("a.html")).reports == 1


def test_building_twice_gives_the_same_content(tmp_path: Path) -> None:
    made = [consistent(f"{n}.html", (COUNTY, OLD, NEW, None)[n % 4], 2012 + n) for n in range(8)]
    found = []
    for name, order in (("one", made), ("two", made[::-1])):
        home = make_home(tmp_path / name)
        for extraction in order:  # a segment each, written in another order
            write_segment(home.extracted, EXTRACTOR, [extraction])
        build_candidate(home, documents(order), _silent, EXTRACTOR)
        with candidate(home) as connection:
            found.append(contents(connection))
    assert set(found[0]) >= {"fact_observation", "dim_report", "fact_finding", "coverage", "county_year"}
    assert len(found[0]["fact_observation"]) > 1500
    assert found[0] == found[1]


def test_facts_lie_in_order_of_county_and_year(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, *(consistent(f"{n}.html", (NEW, COUNTY)[n % 2], 2024 - n) for n in range(6)))
    with candidate(home) as connection:
        stored = connection.execute(
            "SELECT county_code, year, measure_key FROM fact_observation JOIN dim_report USING (report_key) "
            "ORDER BY fact_observation.rowid"
        ).fetchall()
    assert stored == sorted(stored)


def test_a_cell_that_no_form_has_stops_the_build(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    strange = Observation("requests", "received.lost", "total", None, "", Status.BLANK, Place(), "html", 1)
    with pytest.raises(BuildError, match=r"requests\.received\.lost\.total, which no form has"):
        build(home, replace(consistent("a.html"), observations=(strange,)))
    assert not list(home.root.glob("*.duckdb*"))


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError, RuntimeError])
def test_a_build_that_stops_halfway_leaves_nothing_behind(tmp_path: Path, stop: type[BaseException]) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a.html"))
    before = sorted(path.name for path in home.root.iterdir() if path != home.candidate)

    def stop_late(step: str) -> None:
        if "rules" in step:
            raise stop

    with pytest.raises(stop):
        build_candidate(home, documents([consistent("a.html")]), stop_late, EXTRACTOR)
    assert sorted(path.name for path in home.root.iterdir()) == before


def test_a_statement_ended_by_ctrl_c_ends_the_build_as_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: duckdb.DuckDBPyConnection) -> None:
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr("etl.warehouse.build.judge", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(make_home(tmp_path), consistent("a.html"))


def test_an_empty_home_gives_a_warehouse_without_reports(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    assert build(home).reports == 0
    with candidate(home) as connection:
        states = connection.execute("SELECT DISTINCT state FROM coverage").fetchall()
    assert set(states) == {("not_looked",), ("no_portal_known",)}


def test_a_home_with_a_quote_in_its_path_can_be_built(tmp_path: Path) -> None:
    assert build(make_home(tmp_path / "it's here"), consistent("a.html")).reports == 1
