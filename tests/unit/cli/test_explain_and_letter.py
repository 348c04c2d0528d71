"""``gouji explain`` and ``gouji letter`` as they are typed."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from etl.cli.main import app
from etl.narrative import claims
from tests.built_warehouse import COUNTY, OLD, build, consistent, make_home
from tests.judged_reports import change
from tests.narratives import narrative_of

WRONG = ("disputes", "review", "total")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_home(tmp_path_factory.mktemp("home"))
    said = narrative_of("全年未发生因政府信息公开引起的行政诉讼。")
    exact = consistent("b.html", OLD, 2015)
    wrong = change(consistent("a.html"), WRONG, 99)
    seen = tuple(one._replace(reader="html-lxml") for one in wrong.observations)
    build(made, replace(wrong, observations=seen, narrative=said, claims=claims(said, 2024)), exact)
    shutil.copy(made.candidate, made.warehouse)
    return made.root


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), *arguments])


def test_explain_says_in_both_languages_what_does_not_add_up(home: Path) -> None:
    told = run(home, "explain", COUNTY, "2024")
    assert told.exit_code == 0, told.output
    assert "T4_SUM_REVIEW (hard, source)" in told.output
    assert "'administrative reconsideration: total' 4 instead of 99" in told.output
    assert "“行政复议·总计”由99改为4" in told.output
    assert (
        "正文称“未发生因政府信息公开引起的行政诉讼”，而“四、政府信息公开行政复议、行政诉讼情况”表中"
        in told.output
    )


def test_explain_says_so_where_all_is_well(home: Path) -> None:
    told = run(home, "explain", OLD, "2015")
    assert "COUNTY_NO_RULES" in told.output  # each leaf is 1, rules included
    assert "hard" not in told.output.replace("near_hard", "")


def test_explain_follows_a_cell(home: Path) -> None:
    told = run(home, "explain", COUNTY, "2024", ".".join(WRONG))
    assert told.exit_code == 0, told.output
    for line in ("value       99", "read by     html-lxml", "T4_SUM_REVIEW: fail", "county_year.reviews = 99"):
        assert line in told.output
    (found,) = json.loads(run(home, "explain", COUNTY, "2024", ".".join(WRONG), "--json").output)["findings"]
    assert found["rule_id"] == "T4_SUM_REVIEW"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["explain", COUNTY, "2019"], "its years are 2024"),
        (["explain", "999999", "2024"], "no report of 999999"),
        (["explain", COUNTY, "2024", "requests.nobody"], "is no cell of this report"),
        (["letter", OLD, "2015", "--format", "docx"], "add --output FILE"),
    ],
)
def test_what_is_not_there_is_said(home: Path, arguments: list[str], told: str) -> None:
    answer = run(home, *arguments)
    assert answer.exit_code != 0
    assert told in answer.output.replace("\n", " ")


def test_letter_is_written_as_markdown_and_as_a_word_document(home: Path, tmp_path: Path) -> None:
    told = run(home, "letter", COUNTY, "2024")
    assert told.exit_code == 0, told.output
    assert told.output.startswith("# 关于《")
    assert "1. “四、" in told.output
    assert "2. " in told.output
    assert "工作顺利！" in told.output
    written = run(home, "letter", COUNTY, "2024", "--format", "docx", "-o", str(tmp_path / "letter.docx"))
    assert written.exit_code == 0, written.output
    assert (tmp_path / "letter.docx").read_bytes().startswith(b"PK")
