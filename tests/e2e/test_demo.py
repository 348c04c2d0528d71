"""From documents to a queried warehouse, by the commands the README names."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from etl.demo import DOCUMENTS
from etl.hashes import sha256_of
from tests.command import gouji

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo") / "home"
    run = gouji("demo", "--home", home)
    assert run.returncode == 0, run.stderr
    assert "青禾县" in run.stdout
    assert "bailu-2024.pdf: corrupt" in run.stderr
    return home


def rows(home: Path, sql: str) -> list[dict[str, object]]:
    run = gouji("query", sql, "--format", "json", "--home", home)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_every_planted_error_is_found_and_no_other_sum_fails(home: Path) -> None:
    with (DOCUMENTS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        planted = {
            (row["county_code"], int(row["year"])): row["planted"].split(" fails")[0]
            for row in csv.DictReader(file)
            if " fails" in row["planted"]
        }
    assert planted
    failed = "select county_code, year, rule_id from finding where status = 'fail' and severity = 'hard'"
    found = rows(home, failed)
    assert {(one["county_code"], one["year"]) for one in found} == set(planted)
    for one in found:
        assert str(one["rule_id"]).startswith(planted[one["county_code"], one["year"]])  # type: ignore[index]


def test_a_number_has_a_place(home: Path) -> None:
    (pdf,) = rows(
        home,
        "select value, page, bbox, url, document_sha256, reader from observation where county_code = '211421'"
        " and form_row = 'licensing'",
    )
    assert pdf["value"] == 23619
    assert pdf["page"]
    assert len(pdf["bbox"]) == 4  # type: ignore[arg-type]
    assert str(pdf["url"]).endswith("suizhong-2024.pdf")
    sha256 = str(pdf["document_sha256"])
    kept = gouji("archive", "get", sha256, "--home", home, "-o", home / "copy.pdf")
    assert kept.returncode == 0, kept.stderr
    assert sha256_of(home / "copy.pdf") == sha256
    (html,) = rows(
        home,
        "select path from observation where county_code = '990101' and year = 2021 and form_row = 'licensing'",
    )
    assert str(html["path"]).startswith("/html")


def test_a_query_asks_what_was_known_on_a_day(home: Path) -> None:
    counted = "select count(*) as reports from county_year"
    for day, expected in (("2020-01-01", 0), ("9999-12-31", rows(home, counted)[0]["reports"])):
        run = gouji("query", counted, "--as-of", day, "--format", "json", "--home", home)
        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout) == {"reports": expected}
    run = gouji("query", "select * from fact_observation", "--as-of", "2020-01-01", "--home", home)
    assert run.returncode == 1
    assert "fact_observation" in run.stderr


def test_a_renamed_place_is_keyed_by_year(home: Path) -> None:
    found = rows(home, "select county_code, year from county_year where county_name like '柳溪%' order by year")
    assert found == [{"county_code": "990222", "year": 2021}, {"county_code": "990281", "year": 2023}]


def test_show_marks_failing_cells(home: Path) -> None:
    run = gouji("show", "990101", "2023", "--home", home)
    assert run.returncode == 0
    assert "✗" in run.stdout
    assert "T3_BALANCE" in run.stdout
    assert gouji("show", "990101", "1999", "--home", home).returncode == 1
    assert "No check fails" in gouji("show", "绥中县", "2024", "--home", home).stdout


def test_check_passes_and_counts_verdicts(home: Path) -> None:
    run = gouji("check", "--home", home)
    assert run.returncode == 0, run.stderr
    assert "T3_ROW_TOTAL" in run.stdout


def test_building_again_gives_the_same_content(home: Path) -> None:
    everything = "select * from observation order by all"
    before = rows(home, everything)
    assert gouji("build", "--home", home).returncode == 0
    assert rows(home, everything) == before
    assert (home / "warehouse.previous.duckdb").exists()


def test_a_folder_of_the_users_own_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    run = gouji("demo", "--home", tmp_path)
    assert run.returncode == 1
    assert (tmp_path / "thesis.txt").exists()


def test_an_installed_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    project = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=project,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(installed)
    where = tmp_path / "elsewhere"
    where.mkdir()
    code = (
        f"import etl; assert etl.__file__.startswith({str(installed)!r}), etl.__file__\n"
        "from etl.cli import main; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "demo"],
        cwd=where,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    assert (where / "gouji-demo" / "warehouse.duckdb").exists()
