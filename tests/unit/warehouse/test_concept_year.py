"""Figures across forms: what is not comparable is null, and never added up."""

from pathlib import Path
from typing import Any

import pytest

from etl.forms import load_forms
from etl.model import Indicator, Place, Status
from tests.built_warehouse import COUNTY, FORM_2019, FORM_2021, build, candidate, consistent, make_home, rows
from tests.judged_reports import FORM_2014, change

HYBRID = FORM_2021 | {"requests": "2019"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str], dict[str, Any]]:
    home = make_home(tmp_path_factory.mktemp("home"))
    other = change(consistent("b", year=2021), ("requests", "outcome.other.other", "total"), Status.BLANK)
    build(
        home,
        consistent("a", year=2017, forms=FORM_2014),
        consistent("c", year=2019, forms=FORM_2019),
        other,
        consistent("d", year=2022, forms=HYBRID),
    )
    with candidate(home) as connection:
        told = rows(connection, f"FROM concept_year WHERE county_code = '{COUNTY}'")
        totals = rows(connection, "SELECT concept, sum(value) AS value FROM concept_year GROUP BY concept")
    sums = {(0, row["concept"]): row for row in totals}
    return {(row["year"], row["concept"]): row for row in told} | sums


def test_every_year_has_every_concept(found: dict[tuple[int, str], dict[str, Any]]) -> None:
    years = [year for year, _ in found if year]
    assert {years.count(year) for year in (2017, 2019, 2021, 2022)} == {years.count(2017)}


def test_other_handling_is_one_row_or_the_sum_of_three(found: dict[tuple[int, str], dict[str, Any]]) -> None:
    assert [found[year, "requests_other"]["value"] for year in (2019, 2021, 2022)] == [6, 18, 6]
    assert [found[year, "requests_other"]["parts"] for year in (2019, 2021, 2022)] == [1, 3, 1]
    assert [found[year, "requests_other"]["form"] for year in (2019, 2021, 2022)] == ["2019", "2021", "2019"]
    assert found[2017, "requests_other"]["value"] is None
    assert found[2017, "requests_other"]["comparability"] == "none"


def test_a_stock_of_2019_is_never_added_to_one_of_2021(found: dict[tuple[int, str], dict[str, Any]]) -> None:
    old, new = found[2019, "normative_documents_stock"], found[2021, "normative_documents_stock"]
    assert (old["value"], old["own_value"], old["comparability"]) == (None, 1, "none")
    assert (new["value"], new["own_value"], new["comparability"]) == (1, 1, "exact")
    assert found[0, "normative_documents_stock"]["value"] == 2  # of 2021 and 2022


def test_what_only_an_old_form_has_stays_with_it(found: dict[tuple[int, str], dict[str, Any]]) -> None:
    assert found[2019, "procurement_amount"]["value"] == 1
    later = found[2022, "procurement_amount"]
    assert (later["value"], later["own_value"], later["comparability"]) == (None, None, "none")
    assert "2021" in later["reason_en"]
    assert found[2019, "fees"]["value"] is None


def test_the_list_is_comparable_where_the_crosswalk_says_so(
    found: dict[tuple[int, str], dict[str, Any]],
) -> None:
    received, refused = found[2017, "requests_received"], found[2017, "requests_refused"]
    assert (received["value"], received["comparability"], received["form"]) == (4, "approximate", "2014")
    assert (refused["value"], refused["own_value"], refused["comparability"]) == (None, 6, "weak")
    assert refused["reason_zh"]


def test_cells_of_the_list_stand_in_the_usual_views(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a", year=2017, forms=FORM_2014))
    with candidate(home) as connection:
        cells = rows(connection, "SELECT form, form_table, form_row, value, unit, is_total FROM observation")
        assert len(cells) == len(list(load_forms()["2014"].slots()))
        assert {cell["form_row"] for cell in cells if cell["is_total"]} >= {"req_received", "ans_refused"}
        assert next(cell["unit"] for cell in cells if cell["form_row"] == "trainees") == "人次"
        verdicts = rows(connection, "SELECT DISTINCT rule_id, status FROM finding WHERE severity = 'hard'")
        assert {row["status"] for row in verdicts} == {"pass"}
        assert {row["rule_id"] for row in verdicts} >= {"S14_RECEIVED", "S14_REFUSED"}
        (year,) = rows(connection, "SELECT received, balance_status FROM county_year")
        assert (year["received"], year["balance_status"]) == (None, "balanced")


def test_indicators_are_kept_as_printed(tmp_path: Path) -> None:
    from dataclasses import replace

    home = make_home(tmp_path)
    printed = Indicator(
        ("一、主动公开", "咨询电话接听数"), "约30", "人次", Place(path="/table/tr[3]/td[3]"), "html-lxml"
    )
    old = replace(consistent("a", year=2010), forms={}, observations=(), indicators=(printed,))
    build(home, old)
    with candidate(home) as connection:
        (row,) = rows(connection, "FROM indicator")
    assert (row["county_code"], row["year"], row["label_path"]) == (
        COUNTY,
        2010,
        "一、主动公开 > 咨询电话接听数",
    )
    assert (row["raw"], row["unit"], row["path"]) == ("约30", "人次", "/table/tr[3]/td[3]")
    assert row["labels"] == ["一、主动公开", "咨询电话接听数"]
