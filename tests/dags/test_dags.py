"""The DAGs parse, keep the house's rules, and carry real documents to a published warehouse."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from etl.demo import DOCUMENTS
from etl.model_internet import Fault, ModelInternet
from etl.resources import ROOT
from etl.settings import Home
from etl.warehouse.read import connect
from tests.built_warehouse import contents
from tests.crawled import home_for

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.dagrun import DagRun

pytestmark = pytest.mark.slow

SOUND, UNBALANCED, PAGE, DAMAGED = (
    "suizhong-2024.pdf",
    "qinghe-2023.pdf",
    "linlan-2023.html",
    "bailu-2024.pdf",
)


DAGS = ROOT / "dags"


def run_airflow(*arguments: str) -> str:
    """Run Airflow's command and return what it printed; a failure fails the test with it."""
    done = subprocess.run(
        [sys.executable, "-m", "airflow", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh Airflow with its database ready; its settings stand before anything imports it."""
    home = tmp_path_factory.mktemp("airflow")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AIRFLOW_")]:
            patch.delenv(name)
        patch.setenv("AIRFLOW_HOME", str(home))
        patch.setenv("AIRFLOW__CORE__DAGS_FOLDER", str(DAGS))
        patch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        patch.setenv("AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION", "False")
        patch.setenv("AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "False")
        run_airflow("db", "migrate")
        yield home


@pytest.fixture(scope="session")
def bag(airflow_home: Path) -> "DagBag":
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(DAGS)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home that knows the invented places of the demo, found by the DAG as a deployment's is."""
    shutil.copyfile(DOCUMENTS / "places.csv", tmp_path / "places.csv")
    (tmp_path / "gouji.toml").write_text('extra_counties = "places.csv"\nworkers = 2\n', encoding="utf-8")
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path))
    monkeypatch.setenv("GOUJI_SITE", "public")
    return Home()


def put(home: Home, *names: str) -> None:
    home.inbox.mkdir(exist_ok=True)
    for name in names:
        shutil.copyfile(DOCUMENTS / name, home.inbox / name)


def run(bag: "DagBag", **params: Any) -> "DagRun":
    done: DagRun = bag.dags["gouji_nightly"].test(run_conf=params)
    return done


def states(done: "DagRun") -> dict[str, str]:
    return {one.task_id: str(one.state) for one in done.get_task_instances()}


def handed_on(done: "DagRun", task_id: str) -> Any:
    (instance,) = [one for one in done.get_task_instances() if one.task_id == task_id]
    return instance.xcom_pull(task_ids=task_id)


def warehouse(home: Home) -> dict[str, Any]:
    with connect(home) as connection:
        return contents(connection)


def asked(home: Home, query: str) -> list[tuple[Any, ...]]:
    with connect(home) as connection:
        return connection.execute(query).fetchall()


def events_of(done: "DagRun", name: str) -> list[dict[str, Any]]:
    """What the run wrote into the events of an asset."""
    from airflow.models.asset import AssetEvent, AssetModel
    from airflow.utils.session import create_session

    with create_session() as session:
        found: Iterable[AssetEvent] = (
            session.query(AssetEvent)
            .join(AssetModel, AssetModel.id == AssetEvent.asset_id)
            .filter(AssetModel.name == name, AssetEvent.source_run_id == done.run_id)
        )
        return [dict(event.extra) for event in found]


def test_all_dags_parse(bag: "DagBag") -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == {"gouji_nightly"}


def test_airflow_itself_finds_no_import_errors(airflow_home: Path) -> None:
    assert "No data found" in run_airflow("dags", "list-import-errors", "--local")


def test_every_dag_keeps_the_rules_of_the_house(bag: "DagBag") -> None:
    for dag in bag.dags.values():
        assert dag.tags
        assert dag.doc_md
        assert dag.catchup is False
        assert dag.max_active_runs == 1
        for task in dag.tasks:
            assert task.owner == "gouji", task
            assert task.retries, task
            assert task.retry_exponential_backoff, task
            assert task.execution_timeout, task
            assert task.doc_md, task


def test_whatever_writes_runs_once_at_a_time(bag: "DagBag") -> None:
    tasks = bag.dags["gouji_nightly"].tasks
    at_will = [task.task_id for task in tasks if task.max_active_tis_per_dag != 1]
    assert sorted(at_will) == ["check_crawl", "find_new_files"]  # they only read


def test_it_starts_at_two_in_the_morning_in_china(bag: "DagBag") -> None:
    timetable: Any = bag.dags["gouji_nightly"].timetable
    assert (timetable.expression, str(timetable.timezone)) == ("0 2 * * *", "Asia/Shanghai")


def test_parsing_touches_no_home(airflow_home: Path, home: Home) -> None:
    from airflow.dag_processing.dagbag import DagBag

    before = sorted(home.root.iterdir())
    assert DagBag(DAGS).import_errors == {}
    assert sorted(home.root.iterdir()) == before


def test_a_night_publishes_what_lies_in_the_inbox_and_the_next_adds_nothing(bag: "DagBag", home: Home) -> None:
    put(home, SOUND, UNBALANCED, PAGE, DAMAGED)
    first = run(bag)
    assert set(states(first).values()) == {"success"}
    assert handed_on(first, "find_new_files") == sorted([SOUND, UNBALANCED, PAGE, DAMAGED])
    assert handed_on(first, "ingest") == {"files": 4, "files_with_problems": 1}

    with (DOCUMENTS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = {row["file"]: (row["county_code"], int(row["year"])) for row in csv.DictReader(file)}
    reports = sorted(manifest[name] for name in (SOUND, UNBALANCED, PAGE))
    assert ("211421", 2024) in asked(home, "SELECT county_code, year FROM county_year")
    assert asked(home, "SELECT DISTINCT county_code, year FROM observation ORDER BY ALL") == reports
    broken = asked(home, "SELECT DISTINCT county_code FROM finding WHERE status = 'fail' ORDER BY ALL")
    assert broken == [("990101",), ("990102",)]
    assert asked(
        home,
        "SELECT DISTINCT file_name FROM fact_problem JOIN dim_report USING (report_key)"
        " JOIN dim_document USING (document_key)",
    ) == [(DAMAGED,)]

    ((event),) = events_of(first, "gouji_warehouse")
    ((cells, failed),) = asked(
        home,
        "SELECT (SELECT count(*) FROM fact_observation),"
        " (SELECT count(*) FROM fact_finding WHERE status = 'fail')",
    )
    assert event == {
        "newly_read": 0,
        "reports": 4,
        "cells": cells,
        "failed_checks": failed,
        "corrections_applied": 0,
        "corrections_refused": 0,
        "sha256": handed_on(first, "audit")["sha256"],
        "path": str(home.warehouse),
    }
    assert events_of(first, "gouji_observations") == [
        {"files": 4, "files_with_problems": 1, "path": str(home.extracted)}
    ]

    assert handed_on(first, "write_site") > 0
    assert (home.root / "public/index.html").is_file()
    assert "绥中县" in (home.root / "public/zh/county/211421.html").read_text(encoding="utf-8")

    published = warehouse(home)
    second = run(bag)
    assert set(states(second).values()) == {"success"}
    assert handed_on(second, "ingest") == {"files": 0, "files_with_problems": 0}
    assert warehouse(home) == published


def test_a_structural_fault_fails_the_audit_and_readers_keep_the_old_file(bag: "DagBag", home: Home) -> None:
    put(home, SOUND, PAGE)
    run(bag)
    published = home.warehouse.read_bytes()

    # A home that has forgotten a document: the new warehouse would be smaller than the published one.
    home.root.joinpath("catalogue.sqlite").unlink()
    (home.inbox / SOUND).unlink()
    failed = run(bag)
    assert str(failed.state) == "failed"
    assert states(failed) == {
        "crawl": "success",
        "check_crawl": "success",
        "find_new_files": "success",
        "ingest": "success",
        "build_candidate": "success",
        "audit": "failed",
        "publish": "upstream_failed",
        "write_site": "upstream_failed",
    }
    assert home.warehouse.read_bytes() == published
    assert events_of(failed, "gouji_warehouse") == []

    allowed = run(bag, may_shrink=True)
    assert set(states(allowed).values()) == {"success"}
    assert asked(home, "SELECT DISTINCT county_code FROM observation") == [("990102",)]


def test_a_night_without_a_contact_asks_nobody(bag: "DagBag", home: Home) -> None:
    put(home, PAGE)
    assert handed_on(run(bag), "crawl") == {"ended": "skipped", "is_success": True}


def test_a_night_writes_no_site_where_none_is_named(
    bag: "DagBag", home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOUJI_SITE")
    put(home, PAGE)
    done = run(bag)
    assert str(done.state) == "success"
    assert states(done)["write_site"] == "skipped"


def test_a_night_crawls_reads_and_publishes_and_a_lost_list_fails_it(bag: "DagBag", home: Home) -> None:
    with ModelInternet() as internet:
        crawling = home_for(internet, home.root)
        first = run(bag)
        assert set(states(first).values()) == {"success"}
        assert handed_on(first, "crawl")["portals"] == {"ok": 7}
        reports = asked(crawling, "SELECT DISTINCT county_code, year FROM observation ORDER BY ALL")
        assert len(reports) == 13

        internet.switch("qinghe.localhost", Fault.REMOVED_LISTING)
        second = run(bag)
    assert str(second.state) == "failed"
    assert states(second) == dict.fromkeys(states(first), "success") | {"check_crawl": "failed"}
    assert asked(crawling, "SELECT DISTINCT county_code, year FROM observation ORDER BY ALL") == reports
