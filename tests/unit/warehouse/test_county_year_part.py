"""A county's report in several files: each table from the file that holds it, contradictions told."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from etl.model import Extraction
from tests.built_warehouse import COUNTY, build, candidate, consistent, make_home, rows
from tests.judged_reports import change


def only(table: str, name: str, scope: str | None = "county", value: int | None = None) -> Extraction:
    """The file of one table; ``value`` is what it says was newly received in all."""
    whole = consistent(name)
    if value is not None:
        whole = change(whole, ("requests", "received.new", "total"), value)
    return replace(
        whole,
        forms={table: whole.forms[table]},
        observations=tuple(one for one in whole.observations if one.table == table),
        identity=replace(whole.identity, scope=scope),
    )


def parts(home_of: Path, *extractions: Extraction) -> dict[str, str]:
    """The file that each table is taken from."""
    home = make_home(home_of)
    build(home, *extractions)
    with candidate(home) as connection:
        found = rows(
            connection,
            "SELECT form_table, file_name FROM county_year_part JOIN dim_report "
            "ON dim_report.report_key = part_report_key JOIN dim_document USING (document_key)",
        )
    return {row["form_table"]: row["file_name"] for row in found}


def test_each_table_comes_from_the_file_that_holds_it(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, *(only(table, f"{table}.docx") for table in ("disclosure", "requests", "disputes")))
    with candidate(home) as connection:
        (year,) = rows(connection, "SELECT received, reviews, balance_status FROM county_year")
        leaves = rows(connection, "SELECT form_table, count(*) AS n FROM leaf GROUP BY ALL ORDER BY ALL")
        sources = rows(
            connection,
            "SELECT DISTINCT form_table, file_name FROM leaf JOIN dim_report USING (report_key) "
            "JOIN dim_document USING (document_key) ORDER BY ALL",
        )
        assert rows(connection, "FROM contradiction") == []
    whole = make_home(tmp_path / "whole")
    build(whole, consistent("whole.pdf"))
    with candidate(whole) as connection:
        expected = rows(connection, "SELECT received, reviews, balance_status FROM county_year")
        assert leaves == rows(
            connection, "SELECT form_table, count(*) AS n FROM leaf GROUP BY ALL ORDER BY ALL"
        )
    assert [year] == expected
    assert {row["form_table"]: row["file_name"] for row in sources} == {
        table: f"{table}.docx" for table in ("disclosure", "requests", "disputes")
    }


def test_a_whole_report_is_taken_whole(tmp_path: Path) -> None:
    taken = parts(tmp_path, consistent("whole.pdf"), only("requests", "part.docx", value=77))
    assert set(taken.values()) == {"whole.pdf"}


def test_files_of_others_are_no_part(tmp_path: Path) -> None:
    taken = parts(
        tmp_path,
        only("requests", "county.docx"),
        only("disputes", "department.docx", scope="department"),
        only("disclosure", "nobody.docx", scope=None),
    )
    assert taken == {"requests": "county.docx"}


def test_another_number_in_another_report_is_told(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("whole.pdf"), only("requests", "part.docx", value=77))
    with candidate(home) as connection:
        (told,) = rows(
            connection,
            "SELECT county_code, form_row, form_column, other_value FROM contradiction",
        )
    assert told == {
        "county_code": COUNTY,
        "form_row": "received.new",
        "form_column": "total",
        "other_value": Decimal(77),
    }


def test_a_table_that_nobody_has_leaves_the_balance_open(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, only("disputes", "disputes.docx"))
    with candidate(home) as connection:
        (year,) = rows(connection, "SELECT received, balance_status FROM county_year")
    assert year == {"received": None, "balance_status": "not_assessable"}
