"""How long a build takes and how much memory: ``python -m bench.build [--reports 50000] [--folder DIR]``.

The synthetic segments are made once and kept in the folder. Each run is a fresh process, so that its peak
memory is its own. Target: 50,000 reports (10 million cells) under 60 s and 4 GB on 2 cores.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from bench.synthetic import EXTRACTOR, make_home
from etl.warehouse import build_candidate, publish


def measure(root: Path, reports: int) -> dict[str, float]:
    """Seconds of each step of one build and publication, and the peak memory of this process in MB."""
    home, documents = make_home(root, reports)
    marks: list[tuple[str, float]] = []

    def note(step: str) -> None:
        marks.append((step, time.perf_counter()))

    counts = build_candidate(home, documents, note, EXTRACTOR)
    note("publishing")
    publish(home)
    note("end")
    seconds = {step: after - before for (step, before), (_, after) in pairwise(marks)}
    return {
        **{f"{step} (s)": round(value, 2) for step, value in seconds.items()},
        "all (s)": round(marks[-1][1] - marks[0][1], 2),
        "peak memory (MB)": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "cells": counts.observations,
        "findings": counts.findings,
        "warehouse (MB)": home.warehouse.stat().st_size // 2**20,
    }


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
    print(f"{'synthetic segments (s, not counted)':40} {time.perf_counter() - began:12,.2f}")
    command = [sys.executable, "-m", "bench.build", "--measure", "--reports", str(given.reports)]
    run = subprocess.run(
        [*command, "--folder", str(given.folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    for what, value in json.loads(run.stdout).items():
        print(f"{what:40} {value:12,}")


if __name__ == "__main__":
    main()
