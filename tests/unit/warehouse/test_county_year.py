"""county_year: blank is not zero, totals are never added to their parts, one report a county and year."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.check.compile import Address
from etl.forms import load_forms
from etl.model import Extraction, Status
from tests.built_warehouse import (
    COUNTY,
    FORM_2019,
    FORM_2021,
    belonging,
    build,
    candidate,
    consistent,
    make_home,
    rows,
)
from tests.judged_reports import change, consistent_figures, report

CountyYear = dict[str, dict[str, Any]]

CELLS = [column.key for column in load_forms()["2021"].table("requests").parts[0].columns]
UNAVAILABLE = [f"outcome.unavailable.{ground}" for ground in ("not_held", "needs_creation", "still_unclear")]


def _row(row: str) -> list[Address]:
    """All cells of a row of section three, the total included."""
    return [("requests", row, column) for column in CELLS]


def _with(cell: Status | int | None, *addresses: Address, of: Extraction | None = None) -> Extraction:
    """A report that adds up but for the given cells."""
    extraction = of or consistent("")
    for address in addresses:
        extraction = change(extraction, address, cell)
    return extraction


REPORTS = {
    "adds up": consistent(""),
    "wrong total": _with(60, ("requests", "outcome.granted", "total")),
    "total and a cell blank": _with(
        Status.BLANK, ("requests", "outcome.granted", "total"), ("requests", "outcome.granted", "business")
    ),
    "row blank": _with(Status.BLANK, *_row("carried_out"), *_row("outcome.granted")),
    "row dashed": _with(Status.DASH, *_row("carried_out")),
    "row unreadable": _with(Status.UNREADABLE, *_row("carried_out")),
    "row missing": _with(None, *_row("carried_out")),
    "row zero": _with(0, *_row("carried_out")),
    "row of a group blank": _with(Status.BLANK, *_row(UNAVAILABLE[0])),
    "group blank": _with(Status.BLANK, *(cell for row in UNAVAILABLE for cell in _row(row))),
    "outcome total blank": _with(Status.BLANK, *_row("outcome.total")),
    "all zero": report(consistent_figures(FORM_2021, leaf=0), FORM_2021),
    "form 2019": consistent("", forms=FORM_2019),
    "hybrid": consistent("", forms=FORM_2021 | {"requests": "2019"}),
    "balances with a blank as zero": _with(
        Status.BLANK, ("disputes", "review", "pending"), of=_with(3, ("disputes", "review", "total"))
    ),
    "cell missing": _with(None, ("disputes", "review", "pending")),
    "one lawsuit row blank": _with(
        Status.BLANK,
        *(
            ("disputes", "litigation_direct", column)
            for column in ("upheld", "corrected", "other", "pending", "total")
        ),
    ),
}


@pytest.fixture(scope="module")
def county_year(tmp_path_factory: pytest.TempPathFactory) -> CountyYear:
    """The row of county_year that each of REPORTS gives, all in one warehouse, each in a year of its own."""
    home = make_home(tmp_path_factory.mktemp("home"))
    years = {2100 + n: name for n, name in enumerate(REPORTS)}
    build(home, *(belonging(REPORTS[name], f"{year}.html", COUNTY, year) for year, name in years.items()))
    with candidate(home) as connection:
        found = {years[row["year"]]: row for row in rows(connection, "FROM county_year")}
    assert found.keys() == REPORTS.keys()
    return found


def test_figures_of_a_report_that_adds_up(county_year: CountyYear) -> None:
    assert county_year["adds up"] == {
        "county_code": COUNTY,
        "county_name": "示例县",
        "year": 2100,
        "received": 126,
        "carried_in": 6,
        "concluded": 126,
        "granted": 6,
        "partial": 6,
        "refused": 48,
        "unavailable": 18,
        "not_processed": 30,
        "other": 18,
        "carried_out": 6,
        "reviews": 4,
        "corrected_reviews": 1,
        "lawsuits": 8,
        "granted_rate": pytest.approx(6 / 126),
        "granted_rate_cells": 2,
        "partial_rate": pytest.approx(6 / 126),
        "partial_rate_cells": 2,
        "refused_rate": pytest.approx(48 / 126),
        "refused_rate_cells": 9,
        "unavailable_rate": pytest.approx(18 / 126),
        "unavailable_rate_cells": 4,
        "not_processed_rate": pytest.approx(30 / 126),
        "not_processed_rate_cells": 6,
        "other_rate": pytest.approx(18 / 126),
        "other_rate_cells": 4,
        "corrected_review_rate": 0.25,
        "corrected_review_rate_cells": 2,
        "balance_status": "balanced",
    }


def test_a_printed_total_is_taken_as_printed_even_if_its_parts_disagree(county_year: CountyYear) -> None:
    row = county_year["wrong total"]
    assert (row["granted"], row["balance_status"]) == (60, "unbalanced")


def test_a_blank_total_is_the_sum_of_the_stated_cells_of_its_row(county_year: CountyYear) -> None:
    row = county_year["total and a cell blank"]
    assert (row["granted"], row["granted_rate_cells"]) == (5, 5 + 1)


def test_a_row_that_states_nothing_is_null_and_not_zero(county_year: CountyYear) -> None:
    row = county_year["row blank"]
    assert (row["granted"], row["granted_rate"], row["granted_rate_cells"]) == (None, None, 1)


@pytest.mark.parametrize("name", ["row blank", "row dashed", "row unreadable", "row missing"])
def test_a_cell_without_a_number_counts_nothing(county_year: CountyYear, name: str) -> None:
    assert county_year[name]["carried_out"] is None


def test_a_printed_zero_is_a_zero(county_year: CountyYear) -> None:
    assert county_year["row zero"]["carried_out"] == 0


def test_a_group_is_the_sum_of_its_stated_rows(county_year: CountyYear) -> None:
    row = county_year["row of a group blank"]
    assert (row["unavailable"], row["unavailable_rate_cells"]) == (12, 2 + 1)


def test_a_group_that_states_nothing_is_null(county_year: CountyYear) -> None:
    row = county_year["group blank"]
    assert (row["unavailable"], row["unavailable_rate"]) == (None, None)


def test_concluded_falls_back_to_the_stated_outcomes(county_year: CountyYear) -> None:
    row = county_year["outcome total blank"]
    assert (row["concluded"], row["granted_rate_cells"]) == (126, 21 + 1)


def test_nothing_concluded_gives_no_rate(county_year: CountyYear) -> None:
    row = county_year["all zero"]
    assert (row["concluded"], row["granted"], row["granted_rate"]) == (0, 0, None)
    assert (row["corrected_review_rate"], row["balance_status"]) == (None, "vacuous")


@pytest.mark.parametrize("name", ["form 2019", "hybrid"])
def test_other_handling_is_one_row_on_the_form_of_2019(county_year: CountyYear, name: str) -> None:
    row = county_year[name]
    assert (row["other"], row["other_rate_cells"], row["concluded"]) == (6, 2, 114)
    assert row["balance_status"] == "balanced"


def test_blanks_that_make_it_balance_are_told(county_year: CountyYear) -> None:
    assert county_year["balances with a blank as zero"]["balance_status"] == "balanced_blank_as_zero"


def test_a_missing_cell_makes_it_not_assessable(county_year: CountyYear) -> None:
    assert county_year["cell missing"]["balance_status"] == "not_assessable"


def test_one_stated_row_of_lawsuits_is_the_lawsuits_stated(county_year: CountyYear) -> None:
    assert county_year["one lawsuit row blank"]["lawsuits"] == 4


def test_which_report_stands_for_a_county_and_year(tmp_path: Path) -> None:
    received = ("requests", "received.new", "total")
    equal = [change(consistent(f"{n}.html", year=2023), received, n) for n in range(5)]
    full = change(consistent("full.html", year=2024), received, 777)
    poorer = [change(consistent(f"poor {n}.html", year=2024), received, Status.BLANK) for n in range(5)]
    offices = [
        consistent(f"{scope}.html", year=2022, scope=scope)
        for scope in ("office", "department", "township", None)
    ]
    unplaced = replace(consistent("unplaced.html", year=2022, county=None))
    home = make_home(tmp_path)
    build(home, *equal, full, *poorer, *offices, unplaced)
    with candidate(home) as connection:
        chosen = dict(connection.execute("SELECT year, received FROM county_year").fetchall())
    assert chosen == {
        2023: min(range(5), key=lambda n: equal[n].sha256),  # equally printed: the lowest hash
        2024: 777,  # the most printed cells
    }  # none for 2022: no report of the whole county


def test_leaves_add_up_to_the_printed_totals(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    office = consistent("office.html", year=2022, scope="office")
    build(
        home,
        consistent("a.html"),
        consistent("copy.html"),
        office,
        consistent("b.html", year=2020, forms=FORM_2019),
    )
    with candidate(home) as connection:
        found = connection.execute(
            "SELECT year, sum(value), count(value) FROM leaf "
            "WHERE form_table = 'requests' AND starts_with(form_row, 'outcome.') GROUP BY year ORDER BY year"
        ).fetchall()
        printed = connection.execute(
            "SELECT DISTINCT year, value FROM observation "
            "WHERE form_row = 'outcome.total' AND form_column = 'total' AND year <> 2022 ORDER BY year"
        ).fetchall()
    assert found == [(2020, Decimal(114), 114), (2024, Decimal(126), 126)]
    assert printed == [(2020, Decimal(114)), (2024, Decimal(126))]
