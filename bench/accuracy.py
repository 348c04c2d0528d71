"""How much of documents never seen before is read right: cells, and wrong ones that nothing points at.

``python -m bench.accuracy [--count N] [--seed S] [--format F]…`` draws N documents of each format with random
figures, styles and quirks, reads them, and prints a table. ``--wrong`` lists every cell that differs, with the
document's quirks; ``--keep DIR`` leaves the documents there. ``--folder DIR`` reads the documents of a folder
with a truth beside each instead, and lists what differs.

*Passed* are wrong cells at confidence 1: the reader has no reason to look. A cell that was not found is no
passed one, since the document has a problem that says so.
"""

import argparse
import multiprocessing
import tempfile
from collections import Counter
from pathlib import Path

from bench.documents import KINDS, draw
from bench.score import cells, differing, told_wrong, truth_beside
from etl.pipeline.extraction import Source
from etl.pipeline.pool import extract_files
from etl.resources import DATA
from etl.settings import Home

_DIGITAL = tuple(kind for kind in KINDS if kind not in ("scan", "scan-200", "picture"))


def measure(folder: Path, home: Home, lists: bool) -> Counter[str]:
    """Sums over the documents of a folder; ``lists``: print what differs."""
    sums: Counter[str] = Counter()
    files = [path.with_name(path.name.removesuffix(".truth.json")) for path in folder.glob("*.truth.json")]
    for read in extract_files([Source(path, path.name) for path in sorted(files)], home):
        truth = truth_beside(folder / read.file)
        wrong, told = differing(truth, read), told_wrong(truth, read)
        sums["files"] += 1
        sums["cells"] += sum(1 for _ in cells(truth))
        sums["wrong"] += len(wrong)
        sums["passed"] += sum(one.passed for one in wrong)
        sums["spoilt"] += bool(wrong)
        sums["told"] += len(told)
        if lists and (wrong or told):
            quirks = folder / f"{read.file}.quirks"
            print(f"{read.file}: {len(wrong)} cells; {' '.join(told)} wrong" if told else f"{read.file}:")
            print(f"  quirks: {quirks.read_text(encoding='utf-8') if quirks.exists() else '?'}")
            print(f"  problems: {'; '.join(f'{one.code}: {one.message}' for one in read.problems)[:300]}")
            for one in wrong[:12]:
                seen = one.seen
                what = "not found" if seen is None else f"{seen.value} ({seen.raw!r}) at {seen.confidence}"
                print(f"  {'.'.join(one.address)}: printed {one.want}, read {what}", flush=True)
    return sums


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=tuple(KINDS), action="append", help="all digital ones unless given")
    parser.add_argument("--wrong", action="store_true", help="list every cell that differs")
    parser.add_argument("--keep", type=Path, help="leave the documents in this folder")
    parser.add_argument("--folder", type=Path, help="read this folder instead")
    given = parser.parse_args()
    print(f"{'format':10}{'files':>7}{'spoilt':>8}{'cells':>9}{'right %':>9}{'wrong':>7}{'passed':>8}", end="")
    print(f"{'in 10,000':>11}{'whose/when wrong':>18}")
    with tempfile.TemporaryDirectory() as name:
        root = given.keep or Path(name)
        home = Home(home=Path(name), extra_counties=DATA / "demo" / "places.csv", max_seconds=600)
        kinds = [str(given.folder)] if given.folder else given.format or list(_DIGITAL)
        for kind in kinds:
            folder = given.folder or root / kind
            if not given.folder:
                # Elsewhere: drawing takes more memory than reading.
                context = multiprocessing.get_context("spawn")
                drawing = context.Process(target=draw, args=(folder, kind, given.count, given.seed))
                drawing.start()
                drawing.join()
                if drawing.exitcode:
                    print(f"{kind:10} could not be drawn")
                    continue
            sums = measure(folder, home, given.wrong or bool(given.folder))
            right = 100 * (1 - sums["wrong"] / max(sums["cells"], 1))
            per = 10_000 * sums["passed"] / max(sums["cells"], 1)
            print(
                f"{Path(kind).name:10}{sums['files']:7}{sums['spoilt']:8}{sums['cells']:9}{right:9.3f}"
                f"{sums['wrong']:7}{sums['passed']:8}{per:11.2f}{sums['told']:18}",
                flush=True,
            )


if __name__ == "__main__":
    main()
