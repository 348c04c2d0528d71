"""A correction through its life, and what a faulty file is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.model import Extraction, Status
from etl.places import load_counties
from etl.settings import Home
from etl.warehouse.build import BuildCounts
from etl.warehouse.correction_files import Correction, file_correction, load_corrections, written
from etl.yaml_source import DataError
from tests.built_warehouse import COUNTY, build, candidate, consistent, make_home, rows
from tests.judged_reports import change

CELL = ("disputes", "review", "total")
BOTH = """\
SELECT finding.*, printed.status AS printed_status, printed.left_value AS printed_left_value,
    printed.right_value AS printed_right_value, corrected_status = finding.status AS agree
FROM finding JOIN printed_finding AS printed USING (county_code, year, rule_id, cells)
WHERE rule_id = '{}'"""
WRONG = change(consistent("a"), CELL, 9)  # 1 + 1 + 1 + 1 stand beside it
ENTRY: dict[str, Any] = {
    "county": COUNTY,
    "year": 2024,
    "cell": "disputes.review.total",
    "printed": 9,
    "corrected": 4,
    "reason": "the four results beside it add up to 4",
    "evidence": "page 5 of the report",
    "reviewer": "示例",
    "date": date(2025, 5, 1),
    "status": "accepted",
}


def put(home: Home, *entries: dict[str, Any], name: str = "a.yaml") -> None:
    home.own_corrections.mkdir(exist_ok=True)
    text = yaml.safe_dump({"corrections": list(entries)}, allow_unicode=True)
    (home.own_corrections / name).write_text(text, encoding="utf-8")


def built(
    home: Home, *reports: Extraction
) -> tuple[BuildCounts, dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """The counts, the correction, the cell, and the check it is in."""
    counts = build(home, *reports)
    with candidate(home) as connection:
        (told,) = rows(connection, "FROM correction")
        cells = rows(connection, "FROM observation WHERE form_row = 'review' AND form_column = 'total'")
        found = rows(connection, BOTH.format("T4_SUM_REVIEW"))
    return counts, told, cells[0], found


def test_the_life_of_a_correction(tmp_path: Path) -> None:
    home = make_home(tmp_path)

    put(home, ENTRY | {"status": "open"})
    counts, told, cell, (finding,) = built(home, WRONG)
    assert (told["status"], told["guard_holds"], told["found"]) == ("open", True, "9")
    assert (cell["value"], cell["printed_value"], cell["corrected"]) == (9, 9, False)
    assert (finding["status"], finding["printed_status"]) == ("fail", "fail")
    assert (counts.corrections, counts.refused) == (0, ())

    put(home, ENTRY)
    counts, told, cell, (finding,) = built(home, WRONG)
    assert (told["status"], told["refusal"]) == ("applied", None)
    assert (cell["value"], cell["printed_value"], cell["raw"], cell["corrected"]) == (4, 9, "9", True)
    assert (finding["status"], finding["left_value"], finding["right_value"]) == ("pass", 4, 4)
    assert (finding["printed_status"], finding["printed_right_value"]) == ("fail", 9)
    assert (counts.corrections, counts.refused) == (1, ())

    republished = change(consistent("b"), CELL, 5)
    crawled = {"a": {"is_latest": False}}
    counts = build(home, WRONG, republished, crawled=crawled)
    with candidate(home) as connection:
        (told,) = rows(connection, "FROM correction")
        values = rows(connection, "FROM observation WHERE form_row = 'review' AND form_column = 'total'")
    assert (told["status"], told["refusal"], told["expected"], told["found"]) == ("refused", "guard", "9", "5")
    assert {(one["value"], one["printed_value"], one["corrected"]) for one in values} == {
        (9, 9, False),
        (5, 5, False),
    }
    (words,) = counts.refused
    assert "a.yaml" in words
    assert "disputes.review.total of 990001 2024" in words
    assert "expected 9, found 5" in words

    put(home, ENTRY | {"status": "withdrawn"})
    counts, told, _, _ = built(home, WRONG)
    assert (told["status"], counts.refused) == ("withdrawn", ())


def test_only_the_cell_named_is_changed(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    put(home, ENTRY)
    other = consistent("c", year=2023)
    build(home, WRONG, other)
    with candidate(home) as connection:
        changed = rows(connection, "FROM observation WHERE corrected OR value IS DISTINCT FROM printed_value")
        verdicts = rows(connection, "FROM fact_finding WHERE status <> printed_status")
    assert [(one["year"], one["form_row"], one["form_column"]) for one in changed] == [
        (2024, "review", "total")
    ]
    assert len(verdicts) == 1


def test_a_correction_without_its_report_or_cell_is_refused(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    put(home, ENTRY | {"year": 2020}, ENTRY | {"cell": "disclosure.procurement.items"})
    counts = build(home, WRONG)
    with candidate(home) as connection:
        told = rows(connection, "SELECT status, refusal FROM correction ORDER BY ordinal")
    assert [tuple(one.values()) for one in told] == [("refused", "no_report"), ("refused", "no_cell")]
    assert len(counts.refused) == 2


def test_a_document_may_be_named(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    first, second = WRONG, replace(change(consistent("b"), CELL, 9))
    put(home, ENTRY | {"document": second.sha256[:12]})
    build(home, first, second)
    with candidate(home) as connection:
        changed = rows(connection, "SELECT document_sha256 FROM observation WHERE corrected")
    assert changed == [{"document_sha256": second.sha256}]


def test_an_unreadable_cell_becomes_a_number_and_a_number_blank(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    report = change(consistent("a"), CELL, Status.UNREADABLE)
    put(
        home,
        ENTRY | {"printed": "unreadable"},
        ENTRY | {"cell": "disputes.review.other", "printed": 1, "corrected": "blank"},
    )
    build(home, report)
    with candidate(home) as connection:
        cells = {
            one["form_column"]: one
            for one in rows(connection, "FROM observation WHERE form_row = 'review' AND corrected")
        }
        (finding,) = rows(connection, BOTH.format("T4_SUM_REVIEW"))
    assert (cells["total"]["value"], cells["total"]["printed_value"]) == (4, None)
    assert (cells["other"]["value"], cells["other"]["printed_value"]) == (None, 1)
    assert (finding["status"], finding["printed_status"]) == ("fail", "not_assessable")


def test_a_figure_that_breaks_a_value_rule_is_told_both_ways(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    at = ("disclosure", "licensing", "decisions")
    put(home, ENTRY | {"cell": ".".join(at), "printed": -3, "corrected": 3})
    build(home, change(consistent("a"), at, -3))
    with candidate(home) as connection:
        (finding,) = rows(connection, BOTH.format("NONNEG_INT"))
    assert (finding["status"], finding["printed_status"], finding["printed_left_value"]) == ("pass", "fail", -3)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"cell": "disputes.review.all"}, "no form has the cell"),
        ({"corrected": 9}, "the same"),
        ({"corrected": 4.5}, "whole number"),
        ({"corrected": -4}, "whole number"),
        ({"county": "990099"}, "no county"),
        ({"county": "990002"}, "not in force"),
        ({"reason": " "}, "reason"),
        ({"status": "applied"}, "status"),
        ({"reviewed": "x"}, "reviewed"),
        ({"date": "soon"}, "date"),
        ({"printed": "zero"}, "printed"),
    ],
)
def test_a_faulty_file_is_told_with_its_line(tmp_path: Path, changed: dict[str, Any], word: str) -> None:
    home = make_home(tmp_path)
    put(home, ENTRY | changed)
    with pytest.raises(DataError, match=rf"a\.yaml:\d+: .*{word}"):
        load_corrections(home.corrections_folders, load_counties(home.counties_files))


def test_two_corrections_of_one_cell_clash_unless_one_is_withdrawn(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    put(home, ENTRY)
    put(home, ENTRY | {"corrected": 5, "document": "a" * 12}, name="b.yaml")
    counties = load_counties(home.counties_files)
    with pytest.raises(DataError, match=r"b\.yaml:1: .*corrected in .*a\.yaml already"):
        load_corrections(home.corrections_folders, counties)
    put(home, ENTRY | {"status": "withdrawn"}, name="b.yaml")
    assert len(load_corrections(home.corrections_folders, counties)) == 2


def test_a_written_correction_is_read_as_it_was(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    counties = load_counties(home.counties_files)
    entry = Correction.model_validate(ENTRY | {"cell": "disclosure.fees.amount", "corrected": Decimal("4.25")})
    path = file_correction(tmp_path / "new", entry, (), counties)
    assert [filed.correction for filed in load_corrections((tmp_path / "new",), counties)] == [entry]
    assert path.name == "990001-2024-disclosure.fees.amount.yaml"
    assert "corrected: 4.25" in written(entry)
    before = path.read_bytes()
    with pytest.raises(DataError, match="not overwritten"):
        file_correction(tmp_path / "new", entry, (), counties)
    assert path.read_bytes() == before


def test_what_ships_has_no_fault() -> None:
    home = Home()
    load_corrections(home.corrections_folders[:1], load_counties(home.counties_files))
