"""finding: verdicts with their cells and a sentence in each language."""

from decimal import Decimal
from pathlib import Path

from etl.model import Status
from tests.built_warehouse import COUNTY, build, candidate, consistent, make_home, rows
from tests.judged_reports import change


def test_a_failing_check_names_its_cells_and_both_sides(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, change(consistent("a.html"), ("disputes", "review", "total"), 0))
    with candidate(home) as connection:
        (row,) = rows(connection, "FROM finding WHERE status = 'fail' AND severity = 'hard'")
    english, chinese = row.pop("explanation_en"), row.pop("explanation_zh")
    assert row == {
        "county_code": COUNTY,
        "county_name": "示例县",
        "year": 2024,
        "rule_id": "T4_SUM_REVIEW",
        "severity": "hard",
        "status": "fail",
        "left_value": Decimal(4),
        "right_value": Decimal(0),
        "delta": Decimal(4),
        "cells": [
            f"disputes.review.{column}" for column in ("upheld", "corrected", "other", "pending", "total")
        ],
        "blame": "undecided",
    }
    assert "'total' 0; a difference of 4" in english
    assert "total' 4 instead of 0" in english
    assert "“总计”0；相差4" in chinese
    assert "由0改为4" in chinese


def test_a_value_by_itself_has_a_left_side_only(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, change(consistent("a.html"), ("disclosure", "licensing", "decisions"), Decimal("2.5")))
    with candidate(home) as connection:
        (row,) = rows(connection, "FROM finding WHERE status = 'fail' AND severity = 'hard'")
    assert (row["rule_id"], row["left_value"], row["right_value"]) == ("NONNEG_INT", Decimal("2.5"), None)
    assert "2.5. " in row["explanation_en"]
    assert "whole number" in row["explanation_en"]


def test_every_verdict_is_explained(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    spoilt = change(consistent("a.html"), ("disputes", "review", "total"), Status.UNREADABLE)
    spoilt = change(spoilt, ("disputes", "litigation_direct", "other"), Status.BLANK)
    build(home, spoilt, consistent("unplaced.html", None, None))
    with candidate(home) as connection:
        found = rows(connection, "FROM finding")
    assert len(found) == 2 * 42 + 3  # and the three figures of a row that a county leaves empty
    assert all(row["explanation_en"] and row["explanation_zh"] for row in found)
    assert {row["county_name"] for row in found} == {"示例县", None}
