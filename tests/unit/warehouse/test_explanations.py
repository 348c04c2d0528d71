"""Explanations, lineage and the letter, from a warehouse that was built."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from etl.errors import GoujiError
from etl.letter import as_docx, as_markdown, compose
from etl.model import Extraction, Place
from etl.resources import sql
from etl.warehouse.lineage import findings_of, lineage
from etl.warehouse.reports import find_report
from tests.built_warehouse import COUNTY, build, candidate, consistent, make_home
from tests.judged_reports import change

GRANTED = ("requests", "outcome.granted", "total")


def read_by(extraction: Extraction, reader: str, confidence: float = 1.0) -> Extraction:
    seen = tuple(
        one._replace(reader=reader, confidence=confidence, place=Place(page=3))
        for one in extraction.observations
    )
    return replace(extraction, observations=seen)


def wrong(reader: str = "html-lxml", confidence: float = 1.0) -> tuple[Extraction, int]:
    """A report with one wrong cell, and the figure that belongs there."""
    right = consistent("a.html")
    (value,) = (one.value for one in right.observations if (one.table, one.row, one.column) == GRANTED)
    assert value is not None
    return read_by(change(right, GRANTED, value + 7), reader, confidence), int(value)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    home = make_home(tmp_path)
    build(home, wrong()[0])
    with candidate(home) as connection:
        yield connection


def test_a_finding_says_what_is_printed_where_what_would_balance_and_how_sure(
    opened: duckdb.DuckDBPyConnection,
) -> None:
    found = findings_of(opened, find_report(opened, COUNTY, 2024))
    hard = [one for one in found if one["severity"] == "hard"]
    right = wrong()[1]
    assert {one["rule_id"] for one in hard} == {"T3_ROW_TOTAL", "T3_RESULT_SUM_2021"}
    for one in hard:
        assert one["blame"] == "source"
        assert f"total' {right} instead of {right + 7}" in one["explanation_en"]
        assert f"·总计”由{right + 7}改为{right}" in one["explanation_zh"]
        assert "(page 3)" in one["explanation_en"]
        assert "（第3页）" in one["explanation_zh"]
        assert one["explanation_en"].endswith("so the source has them so.")


def test_a_single_doubtful_reader_leaves_it_undecided(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, wrong("camelot-lattice-vector")[0])
    with candidate(home) as connection:
        report = find_report(connection, COUNTY, 2024)
        hard = [one for one in findings_of(connection, report) if one["severity"] == "hard"]
        assert {(one["blame"], one["reason"]) for one in hard} == {("undecided", "alone")}
        with pytest.raises(GoujiError, match="nothing to write"):
            compose(connection, report)


def test_lineage_of_a_cell(opened: duckdb.DuckDBPyConnection) -> None:
    report = find_report(opened, COUNTY, 2024)
    told = lineage(opened, report, ".".join(GRANTED))
    assert (told["page"], told["reader"], told["raw"]) == (3, "html-lxml", str(int(told["value"])))
    assert {one["rule_id"]: one["status"] for one in told["findings"]} == {
        "T3_ROW_TOTAL": "fail",
        "T3_RESULT_SUM_2021": "fail",
    }
    assert [(one["is_best"], int(one["needed"])) for one in told["suspicions"]] == [(True, wrong()[1])]
    assert lineage(opened, report, "outcome.granted.total") == told
    with pytest.raises(GoujiError, match="is no cell of this report"):
        lineage(opened, report, "requests.outcome.granted.nobody")


@pytest.mark.parametrize(
    "address",
    [
        "requests.received.new.total",
        "requests.outcome.granted.total",
        "requests.outcome.granted.business",
        "requests.outcome.refused.process.total",
        "requests.outcome.total.total",
        "disputes.review.total",
        "disputes.review.corrected",
        "disputes.litigation_direct.total",
        "disputes.litigation_direct.upheld",
    ],
)
def test_a_cell_goes_into_the_columns_that_change_with_it(tmp_path: Path, address: str) -> None:
    """Lineage says the same as county_year does when the cell is another."""
    home = make_home(tmp_path)
    build(home, consistent("a.html"))
    with duckdb.connect(home.candidate) as connection:
        told = lineage(connection, find_report(connection, COUNTY, 2024), address)
        named = {one["column"] for one in told["views"] if one["view"] == "county_year"}
        before = _county_year(connection)
        connection.execute(
            "UPDATE fact_observation SET value = value + 1000 WHERE measure_key = ?", [told["measure_key"]]
        )
        connection.execute("DROP TABLE county_year")
        connection.execute(sql("county_year"))
        changed = {name for name, value in _county_year(connection).items() if value != before[name]}
    assert changed == named


def _county_year(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    result = connection.execute("FROM county_year")
    (row,) = result.fetchall()
    return dict(zip((column[0] for column in result.description or ()), row, strict=True))


def test_a_letter_lists_what_the_source_prints(opened: duckdb.DuckDBPyConnection) -> None:
    letter = compose(opened, find_report(opened, COUNTY, 2024))
    assert letter.addressee.endswith("：")
    assert any("（第3页）" in point and "改为" in point for point in letter.points)
    assert not any("原件以文字载明" in point for point in letter.points)
    written = as_markdown(letter)
    assert written.startswith("# 关于《")
    assert "\n1. " in written
    with zipfile.ZipFile(BytesIO(as_docx(letter))) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    shown = "".join(document.itertext())
    assert all(point in shown for point in letter.points)
    assert as_docx(letter) == as_docx(letter)


def test_a_soft_finding_is_blamed_and_told_as_well(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    first = consistent("a.html", COUNTY, 2024)
    later = change(
        consistent("b.html", COUNTY, 2025), ("requests", "received.carried_in", "total"), Decimal(999)
    )
    first, later = read_by(first, "html-lxml"), read_by(later, "html-lxml")
    build(home, first, later)
    with candidate(home) as connection:
        found = findings_of(connection, find_report(connection, COUNTY, 2025))
    (carry,) = [one for one in found if one["rule_id"] == "X_CARRY"]
    assert (carry["blame"], carry["reason"]) == ("source", "exact")
    assert "last year's 'carried over to next year'" in carry["explanation_en"]
    assert "It would hold if" in carry["explanation_en"]
    assert "则相符" in carry["explanation_zh"]
