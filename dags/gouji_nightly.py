"""### Gouji, every night: from the portals to a published warehouse

| task | what it does | what it hands on |
|---|---|---|
| `crawl` | visits the registered portals and archives what is new or changed; without a contact (`GOUJI_CONTACT`) nobody is asked | portals by outcome, files fetched |
| `check_crawl` | **fails, without a retry, when a portal lost what it had or nothing was found at all**; the night goes on all the same | |
| `find_new_files` | looks for files in `<home>/inbox` whose content was never taken in | their names |
| `ingest` | archives them and reads their tables; a file with problems is logged and becomes problem rows | how many files, how many with problems |
| `build_candidate` | reads what was crawled, and again what a new version of Gouji reads differently, then builds the candidate from all readings; a correction that is refused is logged | reports, cells, corrections |
| `audit` | holds the candidate against all suites; **fails, without a retry, when its structure is not sound** | failed checks, SHA-256 |
| `publish` | swaps in the candidate that was audited, and no other | |
| `write_site` | writes the dashboard as files to where `GOUJI_SITE` says; skipped where it says nothing | how many files |

Figures that do not add up never stop a night: they are published with their findings. When `audit` fails, its
log says why, nothing is published, and readers keep the warehouse of before; see `docs/how-to/run-nightly.md`.

The home folder is `GOUJI_HOME` of the workers, or `~/.gouji`.
"""  # noqa: E501

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronTriggerTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

# Tasks import what they call when they run: Airflow imports this file again and again, and that is to be quick.

OBSERVATIONS = Asset(name="gouji_observations", uri="x-gouji://home/extracted", group="gouji")
WAREHOUSE = Asset(name="gouji_warehouse", uri="x-gouji://home/warehouse.duckdb", group="gouji")

log = logging.getLogger("gouji_nightly")


@dag(
    schedule=CronTriggerTimetable("0 2 * * *", timezone="Asia/Shanghai"),
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "gouji",
        "retries": 4,  # a home that another process is writing to, a full disk: things that pass
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(hours=1),
    },
    params={
        "may_shrink": Param(
            False,
            type="boolean",
            title="May shrink",
            description="Publish although reports are gone since the last release.",
        )
    },
    tags=["gouji", "nightly"],
    doc_md=__doc__,
)
def gouji_nightly() -> None:
    """Crawl, take in new files, build a candidate warehouse, audit it, publish it."""

    @task(max_active_tis_per_dag=1, execution_timeout=timedelta(hours=12))
    def crawl() -> dict[str, Any]:
        """Visit the portals; count what was found. An interrupted crawl is gone on with by the retry."""
        from etl.pipeline.crawl import WindowClosedError, crawl
        from etl.settings import Home

        home = Home()
        if not home.contact and not home.allow_loopback:
            log.warning("no portal was asked: set GOUJI_CONTACT, so that the people behind them can reach you")
            return {"ended": "skipped", "is_success": True}
        try:
            crawled = crawl(home)
        except WindowClosedError as error:
            log.warning("no portal was asked: %s", error)
            return {"ended": "skipped", "is_success": True}
        log.info("%s: %s", crawled.ended, crawled.progress)
        progress = crawled.progress
        return {
            "ended": crawled.ended,
            "is_success": crawled.is_success,
            "portals": progress.outcomes,
            "fetched": progress.fetched,
            "unchanged": progress.unchanged,
        }

    @task
    def check_crawl(crawled: dict[str, Any]) -> None:
        """Fail the night, though not its warehouse, when the crawl lost what there was."""
        if not crawled["is_success"]:
            raise AirflowFailException(f"the crawl ended {crawled}; gouji crawl --status names the portals")

    @task
    def find_new_files() -> list[str]:
        """Name the files of the inbox that were never taken in."""
        from etl.pipeline.inbox import new_files
        from etl.settings import Home

        home = Home()
        found = [str(path.relative_to(home.inbox)) for path in new_files(home)]
        log.info("%d new files in %s", len(found), home.inbox)
        return found

    @task(outlets=[OBSERVATIONS], max_active_tis_per_dag=1, execution_timeout=timedelta(hours=6))
    def ingest(names: list[str]) -> dict[str, int]:
        """Archive and read files of the inbox; count them, and those with problems."""
        from etl.pipeline.ingest import ingest
        from etl.settings import Home

        home = Home()
        troubled = [one for one in ingest(home, [home.inbox / name for name in names]) if one.problems]
        for one in troubled:
            for problem in one.problems:
                log.warning("%s: %s: %s", one.name, problem.code, problem.message)
        counts = {"files": len(names), "files_with_problems": len(troubled)}
        _tell(OBSERVATIONS, counts | {"path": str(home.extracted)})
        return counts

    @task(max_active_tis_per_dag=1, execution_timeout=timedelta(hours=6))
    def build_candidate() -> dict[str, int]:
        """Build the candidate; count its reports, cells and corrections."""
        from etl.pipeline.build import load
        from etl.pipeline.ingest import writer
        from etl.settings import Home

        home = Home()
        with writer(home):
            loaded = load(home, log.info)
        for refused in loaded.counts.refused:
            log.warning("%s", refused)
        return {
            "newly_read": loaded.newly_read,
            "reports": loaded.counts.reports,
            "cells": loaded.counts.observations,
            "corrections_applied": loaded.counts.corrections,
            "corrections_refused": len(loaded.counts.refused),
        }

    @task(max_active_tis_per_dag=1)
    def audit() -> dict[str, int | str]:
        """Audit the candidate; fail for good when it must not be published."""
        from etl.pipeline.build import audit_candidate, faults
        from etl.pipeline.ingest import writer
        from etl.settings import Home

        logging.getLogger("great_expectations").setLevel(logging.WARNING)  # its chatter would bury the verdict
        home = Home()
        may_shrink = bool(get_current_context()["params"]["may_shrink"])
        with writer(home):
            audited = audit_candidate(home, log.info, may_shrink=may_shrink)
        if not audited.result.structural_ok:
            reasons = "\n".join(faults(audited.result))
            raise AirflowFailException(f"{home.candidate} is not fit to be published:\n{reasons}")
        return {"failed_checks": sum(audited.result.balance.values()), "sha256": audited.sha256}

    @task(outlets=[WAREHOUSE], max_active_tis_per_dag=1)
    def publish(built: dict[str, int], audited: dict[str, Any]) -> None:
        """Publish the candidate that was audited."""
        from etl.pipeline.build import release
        from etl.pipeline.ingest import writer
        from etl.settings import Home

        home = Home()
        with writer(home):
            release(home, log.info, audited["sha256"])
        _tell(WAREHOUSE, built | audited | {"path": str(home.warehouse)})

    @task(max_active_tis_per_dag=1, execution_timeout=timedelta(hours=6))
    def write_site() -> int:
        """Write the dashboard as files; they take the place of those of the night before all at once."""
        from etl.dashboard.site import write_site
        from etl.settings import Home

        home = Home()
        if home.site is None:
            raise AirflowSkipException("GOUJI_SITE names no folder for the dashboard's files")
        folder = home.root / home.site
        count = write_site(home, folder)
        log.info("%s: %d files", folder, count)
        return count

    # Any: here they stand for values that tasks will hand on.
    crawled: Any = crawl()
    names: Any = find_new_files()
    built: Any = build_candidate()
    audited: Any = audit()
    check_crawl(crawled)
    crawled >> names
    ingest(names) >> built >> audited >> publish(built, audited) >> write_site()


def _tell(asset: Asset, facts: dict[str, Any]) -> None:
    """Write ``facts`` into the event of ``asset``, where downstream DAGs find them."""
    get_current_context()["outlet_events"][asset].extra = facts


gouji_nightly()
