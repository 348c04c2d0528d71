"""A verdict through its life: filed, built, and held against what is printed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.settings import Home
from etl.warehouse.review_file import Review, checked_review, file_review, load_reviews
from etl.yaml_source import DataError
from tests.built_warehouse import COUNTY, build, candidate, consistent, make_home, rows
from tests.judged_reports import change

CELL = ("disputes", "review", "total")
WRONG = change(consistent("a"), CELL, 9)  # 1 + 1 + 1 + 1 stand beside it
PARTS = [f"disputes.review.{name}=1" for name in ("upheld", "corrected", "other", "pending")]
FIELDS: dict[str, Any] = {
    "county": COUNTY,
    "year": 2024,
    "rule": "T4_SUM_REVIEW",
    "line": "review",
    "verdict": "confirmed",
    "judged": [*PARTS, "disputes.review.total=9"],
    "reason": "第5页所印如此",
    "reviewer": "示例",
    "date": date(2025, 5, 1),
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home")


def filed(home: Home, **changed: Any) -> Review:
    review = checked_review(FIELDS | changed)
    file_review(home.reviews, review)
    return review


def status(home: Home) -> list[tuple[str, str]]:
    with candidate(home) as connection:
        found = rows(connection, "SELECT verdict, status FROM review ORDER BY ordinal")
    return [(row["verdict"], row["status"]) for row in found]


def test_a_verdict_survives_builds(home: Home) -> None:
    filed(home)
    for extraction in (WRONG, None):
        build(home, *([extraction] if extraction else [WRONG]))
        assert status(home) == [("confirmed", "holds")]
    with candidate(home) as connection:
        joined = rows(
            connection,
            "SELECT review.reason FROM review JOIN report_finding USING (report_key, rule_id, line)",
        )
    assert [row["reason"] for row in joined] == ["第5页所印如此"]


def test_a_verdict_on_other_values_is_stale(home: Home) -> None:
    filed(home)
    build(home, change(consistent("a"), CELL, 8))
    assert status(home) == [("confirmed", "stale")]


def test_a_verdict_on_what_holds_now_is_settled(home: Home) -> None:
    filed(home)
    build(home, consistent("a"))
    assert status(home) == [("confirmed", "settled")]


def test_a_verdict_without_a_report(home: Home) -> None:
    filed(home, year=2023)
    build(home, WRONG)
    assert status(home) == [("confirmed", "no_finding")]


def test_of_two_reports_the_one_that_was_judged_is_meant(home: Home) -> None:
    filed(home)
    build(home, change(consistent("a"), CELL, 8), change(consistent("b", scope="office"), CELL, 9))
    assert status(home) == [("confirmed", "holds")]


def test_a_second_verdict_takes_the_place_of_the_first(home: Home) -> None:
    filed(home)
    filed(home, year=2023)
    last = filed(home, verdict="dismissed", reason='见更正说明: "九"\n# 不是注释')
    assert [one for one in load_reviews(home.reviews) if one.year == 2024] == [last]
    assert len(load_reviews(home.reviews)) == 2


def test_two_who_write_at_once_lose_nothing(home: Home) -> None:
    years = range(2008, 2024)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda year: filed(home, year=year), years))
    assert [one.year for one in load_reviews(home.reviews)] == list(years)
    assert sorted(path.name for path in home.root.glob("*reviews*")) == ["reviews.yaml", "reviews.yaml.lock"]


def test_a_faulty_file_stays_as_it_is(home: Home) -> None:
    home.reviews.write_text("reviews: [{county: 1}]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"reviews\.yaml:1"):
        filed(home)
    assert home.reviews.read_text(encoding="utf-8") == "reviews: [{county: 1}]\n"


def test_a_finding_judged_twice_is_a_fault(home: Home) -> None:
    filed(home)
    entry = home.reviews.read_text(encoding="utf-8").partition("reviews:\n")[2]
    with home.reviews.open("a", encoding="utf-8") as file:
        file.write(entry)
    with pytest.raises(DataError, match="judged twice"):
        load_reviews(home.reviews)


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": " "},
        {"reviewer": ""},
        {"verdict": "accepted"},
        {"rule": "x"},
        {"reason": "a\x00b"},
        {"year": 99},
    ],
)
def test_what_a_verdict_lacks_is_said(changed: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=next(iter(changed))):
        checked_review(FIELDS | changed)
