"""``gouji correct``: what it shows, what it writes, and what it refuses."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from etl.check.verdicts import Verdict
from etl.cli import app
from etl.cli.common import out
from etl.errors import GoujiError
from etl.pipeline.correct import printed, verdicts
from etl.places import load_counties
from etl.settings import Home
from etl.warehouse.correction_files import Correction, load_corrections
from tests.built_warehouse import COUNTY, build, consistent, make_home
from tests.judged_reports import change

CELL = "disputes.review.total"
WORDS = ("--reason", "the results add up to 4", "--evidence", "page 5", "--reviewer", "示例")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = make_home(tmp_path / "home")
    (made.root / "gouji.toml").write_text('extra_counties = "counties.csv"\n', encoding="utf-8")
    build(made, change(consistent("a"), ("disputes", "review", "total"), 9))
    made.candidate.rename(made.warehouse)
    return made


def correct(home: Home, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(app, ["--home", str(home.root), "correct", *arguments], input=answers)


def filed(home: Home) -> list[Correction]:
    counties = load_counties(home.counties_files)
    return [one.correction for one in load_corrections((home.own_corrections,), counties)]


def test_the_rules_are_told_before_and_after(home: Home) -> None:
    cell = printed(home, "示例县", 2024, CELL)
    assert (cell.county, cell.says, cell.observation.raw) == (COUNTY, 9, "9")
    (one,) = verdicts(cell, Decimal(4))
    assert (one.finding.rule_id, one.finding.status, one.afterwards) == (
        "T4_SUM_REVIEW",
        Verdict.FAIL,
        Verdict.PASS,
    )
    assert [each.afterwards for each in verdicts(cell, Decimal(5))] == [Verdict.FAIL]


def test_all_by_options(home: Home) -> None:
    run = correct(
        home, COUNTY, "2024", CELL, "--to", "4", *WORDS, "--date", "2025-05-01", "--status", "accepted"
    )
    assert run.exit_code == 0, run.output
    assert filed(home) == [
        Correction(
            county=COUNTY,
            year=2024,
            cell=CELL,
            printed=Decimal(9),
            corrected=Decimal(4),
            reason="the results add up to 4",
            evidence="page 5",
            reviewer="示例",
            date=date(2025, 5, 1),
            status="accepted",
        )
    ]


def test_what_is_missing_is_asked_for(home: Home) -> None:
    run = correct(home, "示例县", "2024", CELL, answers="4\nwhy\nwhere\n示例\ny\n")
    assert run.exit_code == 0, run.output
    assert "read as 9" in run.output
    assert "T4_SUM_REVIEW: fail as printed (4 against 9), then pass" in run.output
    (one,) = filed(home)
    assert (one.printed, one.corrected, one.reason, one.evidence, one.status) == (9, 4, "why", "where", "open")


def test_without_answers_nothing_is_written(home: Home) -> None:
    run = correct(home, COUNTY, "2024", CELL, "--to", "4")
    assert run.exit_code == 2
    assert "--reason, --evidence, --reviewer" in run.output
    run = correct(home, COUNTY, "2024", CELL, "--to", "4", answers="why\nwhere\n示例\nn\n")
    assert run.exit_code == 1
    assert filed(home) == []


def test_nothing_is_written_twice(home: Home) -> None:
    assert correct(home, COUNTY, "2024", CELL, "--to", "4", *WORDS).exit_code == 0
    again = correct(home, COUNTY, "2024", CELL, "--to", "5", *WORDS)
    assert isinstance(again.exception, GoujiError)
    assert "corrected there already" in str(again.exception)
    assert [one.corrected for one in filed(home)] == [4]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((COUNTY, "2024", "disputes.review.all"), "no form has the cell"),
        ((COUNTY, "2020", CELL), "no report of 990001 for 2020"),
        ((COUNTY, "2024", "disclosure.procurement.items"), "has no cell"),
        ((COUNTY, "2024", CELL, "--document", "00000000"), "SHA-256 00000000"),
        ((COUNTY, "2024", CELL, "--to", "4.5", *WORDS), "whole number"),
        ((COUNTY, "2024", CELL, "--to", "9", *WORDS), "the same"),
    ],
)
def test_a_mistake_is_told(home: Home, arguments: tuple[str, ...], word: str) -> None:
    run = correct(home, *arguments)
    assert isinstance(run.exception, GoujiError)
    assert word in str(run.exception)
    assert filed(home) == []


def test_the_files_are_checked_and_the_outcomes_listed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(home, COUNTY, "2024", CELL, "--to", "4", *WORDS, "--status", "accepted")
    runner = CliRunner()
    told = runner.invoke(app, ["--home", str(home.root), "corrections", "check"])
    assert (told.exit_code, told.output) == (0, "1 corrections, 0 open, 1 accepted, no fault\n")
    build(home, change(consistent("a"), ("disputes", "review", "total"), 9))
    home.candidate.replace(home.warehouse)
    monkeypatch.setattr(out, "width", 200)
    listed = runner.invoke(app, ["--home", str(home.root), "corrections", "list"])
    assert "applied" in listed.output
    assert CELL in listed.output
