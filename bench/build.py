"""How long a build takes and how much memory: ``python -m bench.build [--reports 50000] [--folder DIR]``.

Load and check, audit, publish: what ``gouji build`` does, in one process, which is a fresh one so that the peak
memory is its own. Importing Great Expectations is a line by itself: it takes as long whatever the size.
The synthetic segments are made once and kept in the folder.

Then the questions that are asked most are put to the published warehouse; what is told is the median of five.
The catalogue tells of as many listed reports as there are documents, and of five nights of visits.

Target: 50,000 reports (10 million cells) under 60 s and 4 GB on 2 cores, with at most 15 s of audit; coverage
by year and province in 100 ms, the whole history of a county in 10 ms.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.synthetic import EXTRACTOR, looks_of, make_home
from etl.check.context import import_great_expectations
from etl.check.suites import audit
from etl.settings import Home
from etl.warehouse.build import build_candidate
from etl.warehouse.publish import publish
from etl.warehouse.read import connect


def measure(root: Path, reports: int) -> dict[str, float]:
    """Seconds of each step of one build and publication, and the peak memory in MB at the end of each.

    Raises:
        RuntimeError: the audit blocks publication: the figures would be those of something else.
    """
    home, documents = make_home(root, reports)
    home.warehouse.unlink(missing_ok=True)
    figures: dict[str, float] = {}
    before = began = time.perf_counter()

    def note(step: str) -> None:
        nonlocal before
        now = time.perf_counter()
        figures[f"{step} (s)"] = round(now - before, 2)
        figures[f"{step}, peak memory so far (MB)"] = _peak_memory()
        before = now

    looks = looks_of(documents)
    before = began = time.perf_counter()
    counts = build_candidate(home, documents, lambda _: None, EXTRACTOR, looks)
    note("load and check")
    import_great_expectations()
    note("import of Great Expectations")
    result = audit(home.candidate, None, home.root)
    note("audit")
    if not result.structural_ok:
        raise RuntimeError("\n".join(map(str, (*result.failures, *result.exceptions))))
    publish(home)
    note("publish")
    figures["all (s)"] = round(time.perf_counter() - began, 2)
    return {
        **figures,
        **_answers(home),
        "cells": counts.observations,
        "findings": counts.findings,
        "failing rows found by the suites": sum(result.balance.values()),
        "warehouse (MB)": home.warehouse.stat().st_size // 2**20,
    }


_QUESTIONS = {
    "coverage by year and province": "SELECT year, province, state, count(*) FROM coverage GROUP BY ALL",
    "a county's coverage through all years": "FROM coverage WHERE county_code = '990001' ORDER BY year",
    "a county's figures through all years": "FROM county_year WHERE county_code = '990001' ORDER BY year",
    "a county's cells through all years": "FROM observation WHERE county_code = '990001'",
    "a county's comparable series": "FROM comparable_series WHERE county_code = '990001' ORDER BY year",
    "a county's comparable cells": "FROM comparable_leaf WHERE county_code = '990001'",
    "comparable series of all counties": "FROM comparable_series",
}


def _answers(home: Home) -> dict[str, float]:
    """Milliseconds that questions take, all rows fetched: the median of five, after one that is not counted."""
    taken: dict[str, float] = {}
    with connect(home) as connection:
        for what, query in _QUESTIONS.items():
            times = []
            for _ in range(6):
                began = time.perf_counter()
                connection.execute(query).to_arrow_table()
                times.append(time.perf_counter() - began)
            taken[f"{what} (ms)"] = round(median(times[1:]) * 1000, 1)
    return taken


def _peak_memory() -> int:
    """The largest resident set of this process so far, in MB."""
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest // (2**20 if sys.platform == "darwin" else 2**10)  # bytes there, kilobytes elsewhere


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "gouji-bench")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    root = given.folder / f"build-{given.reports}"
    if given.measure:
        print(json.dumps(measure(root, given.reports)))
        return
    began = time.perf_counter()
    make_home(root, given.reports)
    print(f"{'synthetic segments (s, not counted)':52} {time.perf_counter() - began:12,.2f}")
    command = [sys.executable, "-m", "bench.build", "--measure", "--reports", str(given.reports)]
    run = subprocess.run(
        [*command, "--folder", str(given.folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    for what, value in json.loads(run.stdout).items():
        print(f"{what:52} {value:12,}")


if __name__ == "__main__":
    main()
