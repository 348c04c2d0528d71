"""``gouji review``: a password hashed, verdicts listed."""

from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from etl.cli import app
from etl.settings import Home
from etl.warehouse.publish import publish
from etl.warehouse.review_file import checked_review, file_review
from tests.built_warehouse import COUNTY, build, consistent, make_home
from tests.judged_reports import change

PASSWORD = "a good long password"


def test_the_password_becomes_lines_for_gouji_toml(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["review", "password", "--stdin"], input=f"{PASSWORD}\n")
    assert run.exit_code == 0, run.output
    assert PASSWORD not in run.output
    (tmp_path / "gouji.toml").write_text(run.stdout, encoding="utf-8")
    home = Home(home=tmp_path)
    assert home.review
    assert home.review_password.startswith("scrypt:")


def test_it_is_asked_for_twice() -> None:
    run = CliRunner().invoke(app, ["review", "password"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert run.exit_code == 0, run.output
    assert 'review_password = "scrypt:' in run.stdout


def test_a_short_password_is_refused() -> None:
    run = CliRunner().invoke(app, ["review", "password", "--stdin"], input="short\n")
    assert run.exit_code == 2
    assert "10 characters" in run.output


@pytest.mark.parametrize("stored", ["a good long password", "scrypt:1:2:3:zz:zz"])
def test_a_password_in_the_clear_is_no_setting(tmp_path: Path, stored: str) -> None:
    (tmp_path / "gouji.toml").write_text(f'review_password = "{stored}"\n', encoding="utf-8")
    run = CliRunner().invoke(app, ["--home", str(tmp_path), "review", "list"])
    assert run.exit_code == 2
    assert "review_password" in run.output


def test_verdicts_are_listed_with_what_became_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.cli.review.out", Console(width=300, highlight=False))
    home = make_home(tmp_path)
    fields = {
        "county": COUNTY,
        "rule": "T4_SUM_REVIEW",
        "line": "review",
        "verdict": "confirmed",
        "judged": ["disputes.review.total=7"],
        "reason": "第5页",
        "reviewer": "示例",
        "date": "2025-05-01",
    }
    file_review(home.reviews, checked_review({**fields, "year": 2024}))
    build(home, change(consistent("a"), ("disputes", "review", "total"), 9))
    publish(home)
    file_review(home.reviews, checked_review({**fields, "year": 2023}))
    run = CliRunner().invoke(app, ["--home", str(home.root), "review", "list"])
    assert run.exit_code == 0, run.output
    assert "stale" in run.output
    assert "waits for a build" in run.output
    assert "示例" in run.output
