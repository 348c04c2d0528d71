"""Every format: cells right, seconds and memory, for Gouji and for plain libraries on the same files.

``python -m bench.formats [--count N] [--seed S] [--format F]… [--peers PYTHON]`` draws N documents of each
format with tests.makers (random figures, styles and quirks) and reads them with every reader that can, each in
a process of its own. It prints cells right of all, wrong ones that nothing points at (Gouji says how sure it is
of a cell; the others do not), median seconds a file by the clock and of the processor, the ratio of the latter
to Gouji's, and the peak memory of the process.

Of a plain library a cell counts as right where a figure stands in the right row and order of any of its tables
(`bench.score.peer_right` says how generously); that it is the cell of the form is Gouji's work, not theirs.

The libraries are in bench/peers.in, apart from the package: two of them cannot be installed beside it, and
PyMuPDF's licence (AGPL) must not come near it. ``make peers`` installs them; ``--peers`` names the interpreter.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.documents import draw
from bench.score import cells, peer_right, truth_beside

_ROOT = Path(__file__).parents[1]
_PEERS = _ROOT / ".venv-peers" / "bin" / "python"
READERS = {
    "html": ("pandas.read_html",),
    "text": (),
    "pdf": ("camelot", "pdfplumber", "PyMuPDF"),
    "docx": ("python-docx",),
    "xlsx": ("openpyxl",),
    "xls": ("xlrd",),
    "ofd": (),
    "zip": (),
    "doc": (),
    "rtf": (),
    "scan-200": ("img2table+rapidocr",),
    "picture": ("img2table+rapidocr",),
}
"""The plain libraries for a format, by their names in bench.reader."""

_RUNS = {"scan-200": 1, "picture": 1, "doc": 1, "rtf": 1}
_BATCH = {"doc": 10, "rtf": 10}
_MOST = {"scan-200": 3, "picture": 3}  # documents: they take a minute each with some readers


def read_by(python: str, reader: str, folder: Path, kind: str) -> dict[str, Any] | str:
    """What bench.reader measured, or why it did not."""
    words = [reader, str(folder), str(_RUNS.get(kind, 3)), str(_BATCH.get(kind, 1))]
    done = subprocess.run(
        [python, str(_ROOT / "bench" / "reader.py"), *words],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(_ROOT) if reader == "gouji" else ""},
        check=False,
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["?"])[-1]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=tuple(READERS), action="append", help="all unless given")
    parser.add_argument("--peers", default=str(_PEERS), help="the interpreter that has the plain libraries")
    given = parser.parse_args()
    has_peers = Path(given.peers).exists()
    if not has_peers:
        print(f"no plain libraries: {given.peers} is not there; make peers installs them")
    print(f"{'format':9} {'reader':19}{'files':>6}{'cells':>7}{'right %':>9}{'passed':>7}", end="")
    print(f"{'s a file':>9}{'cpu s':>8}{'of gouji':>9}{'peak MB':>8}")
    with tempfile.TemporaryDirectory() as name:
        for kind in given.format or READERS:
            folder = Path(name) / kind
            # Elsewhere: drawing takes more memory than reading.
            drawing = multiprocessing.get_context("spawn").Process(
                target=draw, args=(folder, kind, min(given.count, _MOST.get(kind, given.count)), given.seed)
            )
            drawing.start()
            drawing.join()
            if drawing.exitcode:
                print(f"{kind:9} could not be drawn")
                continue
            truths = {
                path.name.removesuffix(".truth.json"): truth_beside(
                    path.with_name(path.name[: -len(".truth.json")])
                )
                for path in folder.glob("*.truth.json")
            }
            count = sum(1 for truth in truths.values() for _ in cells(truth))
            own = 0.0
            for reader in ("gouji", *(READERS[kind] if has_peers else ())):
                found = read_by(sys.executable if reader == "gouji" else given.peers, reader, folder, kind)
                if isinstance(found, str):
                    print(f"{kind:9} {reader:19} missing: {found}", flush=True)
                    continue
                if reader == "gouji":
                    right, passed = count - found["wrong"], str(found["passed"])
                    own = found["processor"]
                else:
                    right = sum(peer_right(truth, found["tables"][file]) for file, truth in truths.items())
                    passed = "–"
                peak = f"{found['peak']:8.0f}"
                if found["peak_of_children"] > 1 and kind in _BATCH:
                    peak += f" + {found['peak_of_children']:.0f} LibreOffice"
                if failed := found.get("failed"):
                    peak += f"  {len(failed)} files failed: {next(iter(failed.values()))[:80]}"
                print(
                    f"{kind:9} {reader:19}{len(truths):6}{count:7}{100 * right / count:9.2f}{passed:>7}"
                    f"{found['seconds']:9.3f}{found['processor']:8.3f}{found['processor'] / own:9.2f}{peak}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
