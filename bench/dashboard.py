"""How fast the dashboard answers and how much memory it takes: ``python -m bench.dashboard [--reports 50000]``.

The home is that of ``bench.build``, built first if it is not there. The dashboard is started as users start it,
and asked over HTTP. For each page: the first time it is asked for, then the median of the next five, by clock
and by processor time of the server, which other work on the machine does not lengthen.

Targets on 50,000 reports: first page 2 s after the start and 1 s warm, any click 500 ms, 800 MB.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from bench.synthetic import make_home

PAGES = (
    "overview",
    "coverage",
    "coverage/year/2022",
    "coverage/99",
    "coverage/99/3",
    "quality",
    "quality/T3_BALANCE",
    "quality/X_YOY",
    "compare",
    "compare/granted_of_processed_rate",
    "compare/concept_fees",
    "compare/granted_rate/99",
    "compare/granted_rate/counties/990001+990002+990003+990004",
    "run",
    "run/3",
    "county/990001",
    "county/996999",
    "report/990001/2022",
    "search",
)
FURTHER = ("/counties.js", "/zh/search?q=xuniu0042xian", "/data/coverage/99.coverage_matrix.csv")
_TICKS = os.sysconf("SC_CLK_TCK")


def get(port: int, path: str) -> int:
    """Ask for a page; the number of bytes that came."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        return len(body)
    finally:
        connection.close()


def processor_seconds(pid: int) -> float:
    """Processor time that a process has used so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak_memory(pid: int) -> int:
    """The largest resident set of a process so far, in MB (Linux)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    return int(found[1]) // 1024 if found else 0


def measure(home: Path) -> None:
    command = [sys.executable, "-m", "etl.cli", "dashboard", "--port", "0", "--home", str(home)]
    began = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"COLUMNS": "400"})
    try:
        assert server.stdout is not None
        address = re.match(r"http://127\.0\.0\.1:(\d+)/", server.stdout.readline())
        assert address is not None
        port = int(address[1])
        get(port, "/zh/overview")
        print(
            f"first page after the start: {time.perf_counter() - began:.2f} s,"
            f" {processor_seconds(server.pid):.2f} s of the processor, {peak_memory(server.pid)} MB"
        )
        print(f"{'':60}{'KB':>7}{'first ms':>10}{'then ms':>9}{'CPU ms':>8}")
        for path in (*(f"/zh/{page}" for page in PAGES), *FURTHER):
            _measure_page(server.pid, port, path)
        print(f"peak memory: {peak_memory(server.pid)} MB")
    finally:
        server.terminate()
        server.wait()


def _measure_page(pid: int, port: int, path: str) -> None:
    times, used, size = [], processor_seconds(pid), 0
    for number in range(6):
        if number == 1:
            used = processor_seconds(pid)
        began = time.perf_counter()
        size = get(port, path)
        times.append((time.perf_counter() - began) * 1000)
    cpu = (processor_seconds(pid) - used) / 5 * 1000
    print(f"{path:60}{size / 1024:7.0f}{times[0]:10.0f}{median(times[1:]):9.0f}{cpu:8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "gouji-bench")
    given = parser.parse_args()
    root = given.folder / f"build-{given.reports}"
    home, _ = make_home(root, given.reports)
    if not home.warehouse.exists():
        build = [sys.executable, "-m", "bench.build", "--reports", str(given.reports)]
        subprocess.run([*build, "--folder", str(given.folder)], check=True)
    (root / "gouji.toml").write_text(
        'extra_counties = "counties.csv"\nregistry = "portals.yaml"\n', encoding="utf-8"
    )
    measure(root)


if __name__ == "__main__":
    main()
