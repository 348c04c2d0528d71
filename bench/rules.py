"""What judging costs at build: ``python -m bench.rules [--reports 50000] [--folder DIR]``.

A build of synthetic reports, step by step, in seconds of processor time (all threads, child processes included)
and of the clock. The reports are invented at random, so rules across years fail in nearly all: a worst case.

Target: all rules over 50,000 reports in 15 s of processor time.
"""

import argparse
import os
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from bench.synthetic import EXTRACTOR, make_home
from etl.warehouse.build import build_candidate

_STEPS = {
    "checking the balance rules": "all rules (equations, limits, sums over years, queries)",
    "locating mistakes": "localisation",
    "explaining findings": "blame and explanations, claims of the text",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "gouji-bench")
    given = parser.parse_args()
    home, documents = make_home(given.folder / f"build-{given.reports}", given.reports)
    marks: list[tuple[str, float, float]] = []

    def note(step: str) -> None:
        used = os.times()
        spent = used.user + used.system + used.children_user + used.children_system
        marks.append((step, spent, time.perf_counter()))

    counts = build_candidate(home, documents, note, EXTRACTOR)
    note("end")
    home.candidate.unlink()
    print(f"{counts.reports:,} reports, {counts.observations:,} cells, {counts.findings:,} findings")
    for (step, spent, clock), (_, spent_after, clock_after) in pairwise(marks):
        if step in _STEPS:
            print(f"{_STEPS[step]:60} {spent_after - spent:8.1f} s cpu {clock_after - clock:8.1f} s")


if __name__ == "__main__":
    main()
