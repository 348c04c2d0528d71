"""Scans: cells right, wrong values that passed for certain, running text, seconds and memory, by damage.

``python -m bench.scan [--count N] [--seed S] [--long] [--no-text]`` draws N reports for each kind of damage in
tests.makers.scan, reads them in one warm process, and prints sums, the median of CPU and wall seconds a page,
those of a document of five pages at 200 dpi, and the process's peak memory. Wall seconds mean little on a
machine that does other work.

*Signs* are the characters written below the reports' headings, *lost* the share of them, in percent, by which
what was read differs (edits; wide and narrow marks count as the same). ``--long`` writes text as long as that
of real reports; ``--no-text`` reads tables only (the setting ``scan_text``).
"""

import argparse
import itertools
import multiprocessing
import pickle
import resource
import statistics
import tempfile
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
from rapidfuzz.distance import Levenshtein

from etl.model import Narrative, Observation, Status
from etl.pipeline.extraction import Source, extract_file
from etl.resources import DATA
from etl.settings import Home
from tests.makers.corpus import make, render
from tests.makers.layout import Document, lay_out
from tests.makers.pdf import PDF_STYLES
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.prose import long_prose
from tests.makers.report import Report
from tests.makers.scan import SCAN_STYLES, scan
from tests.makers.truth import truth_of
from tests.narratives import told, written

LONG = 5  # pages of a long document
# Ruled tables on upright pages: of others a scan says that it holds no tables.
DRAWN = tuple(
    name
    for name, style in PDF_STYLES.items()
    if style.rules in ("lines", "rects", "frames", "strokes") and not style.turn and not style.sideways
)


def right(one: Observation | None, want: float | None) -> bool:
    """Whether a cell was read as printed; blanks and dashes stand for nothing or for zero."""
    if one is None:
        return False
    unstated = one.status in (Status.BLANK, Status.DASH)
    return (
        unstated
        if want is None
        else (one.value is not None and float(one.value) == want) or (not want and unstated)
    )


def score(report: Report, found: tuple[Observation, ...]) -> tuple[int, int, int, int]:
    """Cells, cells right, wrong at less than full confidence, wrong at full confidence."""
    seen = {(one.table, one.row, one.column): one for one in found}
    truth = truth_of(report, "", "scan")
    wanted = [
        ((table, row, column), want)
        for table in ("disclosure", "requests", "disputes")
        for row, columns in truth.get(table, {}).items()
        for column, want in columns.items()
    ]
    wrong = [seen.get(address) for address, want in wanted if not right(seen.get(address), want)]
    passed = sum(one is not None and one.confidence == 1 for one in wrong)
    return len(wanted), len(wanted) - len(wrong), len(wrong) - passed, passed


def edits(document: Document, narrative: Narrative) -> tuple[int, int]:
    """Characters written below the headings of a document, and those by which what was read differs."""
    found, printed = (
        unicodedata.normalize("NFKC", "".join(one for of in said.values() for one in of))
        for said in (told(narrative), written(document))
    )
    return len(printed), Levenshtein.distance(found, printed)


def draw(folder: Path, count: int, seed: int, is_long: bool) -> None:
    """The scans of each kind of damage, with their pages and truths, into ``folder``."""
    places = load_places(DEMO_PLACES)
    for kind, (name, style) in enumerate(SCAN_STYLES.items()):
        for number in range(count):
            index = kind * count + number
            drawn = DRAWN[index % len(DRAWN)]
            made = make(index, seed, places, drawn)
            if is_long:
                written_long = lay_out(made.report, long_prose(made.report, index))
                content = render(written_long, drawn)[2]
                made = replace(made, document=written_long, content=content)
            with pdfium.PdfDocument(made.content) as document:
                pages = len(document)
            (folder / f"{name}-{number}").write_bytes(scan(made.content, style, index))
            (folder / f"{name}-{number}.report").write_bytes(pickle.dumps((pages, made.document)))


def draw_long(path: Path, seed: int) -> None:
    """A worn scan of five pages, the first such of the seed."""
    places = load_places(DEMO_PLACES)
    for index in itertools.count():
        made = make(index, seed, places, DRAWN[index % len(DRAWN)])
        with pdfium.PdfDocument(made.content) as document:
            if len(document) == LONG:
                path.write_bytes(scan(made.content, SCAN_STYLES["scan_worn"], index))
                return


def time_long(path: Path, home: Home) -> None:
    """Print what the scan of five pages takes."""
    cpu, wall = [], []
    for _ in range(3):
        before = time.process_time(), time.perf_counter()
        extract_file(Source(path, path.name), home)
        cpu.append(time.process_time() - before[0])
        wall.append(time.perf_counter() - before[1])
    print(f"{LONG} pages: {statistics.median(cpu):.2f} s of CPU, {statistics.median(wall):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--long", action="store_true", help="text as long as that of real reports")
    parser.add_argument("--no-text", action="store_true", help="read tables only")
    given = parser.parse_args()
    print(
        f"{'damage':16}{'files':>6}{'cells':>7}{'right':>7}{'doubtful':>9}{'passed':>7}{'signs':>8}{'lost':>6}"
        f"{'cpu/page':>11}{'s/page':>8}"
    )
    with tempfile.TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        home = Home(home=folder, extra_counties=DATA / "demo" / "places.csv", scan_text=not given.no_text)
        drawing = multiprocessing.get_context("spawn").Process(
            target=draw, args=(folder, given.count, given.seed, given.long)
        )
        drawing.start()  # elsewhere, for it takes more memory than reading
        drawing.join()
        drawing = multiprocessing.get_context("spawn").Process(
            target=draw_long, args=(folder / "long.pdf", given.seed)
        )
        drawing.start()
        drawing.join()
        for name in SCAN_STYLES:
            sums, cpu, wall = [0, 0, 0, 0, 0, 0], [], []
            for number in range(given.count):
                path = folder / f"{name}-{number}"
                pages, document = pickle.loads(path.with_suffix(".report").read_bytes())
                before = time.process_time(), time.perf_counter()
                read = extract_file(Source(path, path.name), home)
                cpu.append((time.process_time() - before[0]) / pages)
                wall.append((time.perf_counter() - before[1]) / pages)
                counted = *score(document.report, read.observations), *edits(document, read.narrative)
                sums = [one + more for one, more in zip(sums, counted, strict=True)]
            cells, good, doubtful, passed, signs, lost = sums
            share = 100 * lost / max(signs, 1)
            print(
                f"{name:16}{given.count:6}{cells:7}{good:7}{doubtful:9}{passed:7}{signs:8}{share:6.2f}"
                f"{statistics.median(cpu):11.2f}{statistics.median(wall):8.2f}",
                flush=True,
            )
        time_long(folder / "long.pdf", home)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
