"""How long evidence takes to show, and what memory it needs: ``python -m bench.evidence [--lines 500000]``.

The documents of the demo and two golden scans, drawn cold (nothing kept on disk), warm, and as a table of
elements; then where a document lies in an archive of many. Target: an image within 1 s cold.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from etl.archive import Archive
from etl.dashboard.evidence.sources import Document, Sources
from etl.demo import DOCUMENTS
from etl.hashes import sha256_of
from etl.model import Box, Place
from etl.pipeline.extraction import Source, extract_file
from etl.pipeline.ingest import ingest
from etl.resources import ROOT
from etl.settings import Home

_BOX: Box = (100.0, 200.0, 200.0, 220.0)


def documents() -> list[Path]:
    """The demo's documents, and golden ones of other formats."""
    golden = ROOT / "tests" / "golden"
    names = ("docx-plain.docx", "list-by-level.xls", "ofd-lines.ofd", "zip-parts.zip")
    scans = [
        path for path in sorted((golden / "scans").iterdir()) if path.suffix in (".pdf", ".png", ".tif", ".jpg")
    ]
    return [
        *sorted(DOCUMENTS.glob("*.pdf")),
        *sorted(DOCUMENTS.glob("*.html")),
        *(golden / name for name in names),
        *scans[:4],
    ]


def taken(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def places(path: Path, home: Home) -> list[Place]:
    """Where cells of a document stand: one a page, or one of its elements."""
    found: dict[object, Place] = {}
    for seen in extract_file(Source(path, path.name), home).observations:
        found.setdefault(seen.place.page or "element", seen.place)
    return list(found.values())


def resident() -> float:
    """MB that the processes started by this one hold."""
    shown = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in shown.splitlines()[1:]]
    family = {os.getpid()}
    for _ in range(3):
        family |= {pid for pid, parent, _ in rows if parent in family}
    return sum(rss for pid, _, rss in rows if pid in family and pid != os.getpid()) / 1024


def report(what: str, seconds: list[float]) -> None:
    if seconds:
        print(f"{what:46} {median(seconds):8.3f} s   slowest {max(seconds):6.3f} s   n {len(seconds)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--lines", type=int, default=500_000, help="Records of the archive for the last figure."
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(home=Path(folder))
        files = documents()
        asked = [(path, place) for path in files for place in places(path, home)]
        ingest(home, files)
        hashes = {path: sha256_of(path) for path in files}
        sources = Sources(home)
        began = time.perf_counter()
        sources.start()
        sources.ready()
        print(f"{'starting what opens documents':46} {time.perf_counter() - began:8.3f} s, in the background")
        for how in ("cold", "warm"):
            times: dict[str, list[float]] = {}
            for path, place in asked:
                document = Document(hashes[path], path.name)
                times.setdefault(path.suffix, []).append(taken(lambda: show(sources, document, place)))  # noqa: B023
            for suffix, seconds in sorted(times.items()):
                report(f"{suffix}, {how}", seconds)
        print(f"{'processes that open documents':46} {resident():8.0f} MB")
        sources.close()
        archive = Archive(home.archive_address, home.spool)
        index = next(Path(home.archive_address).rglob("*.cdxj"))
        line = index.read_bytes().splitlines()[0]
        many = index.with_name(f"{index.stem.replace('ingest', 'crawl')}.cdxj")
        many.write_bytes(b"".join(b"%064x" % number + line[64:] + b"\n" for number in range(given.lines)))
        last = next(reversed(hashes.values()))
        report(f"finding one of {given.lines:,} records", [taken(lambda: archive.locate([last]))])


def show(sources: Sources, document: Document, place: Place) -> None:
    if place.page is None and place.box is None:
        sources.element(document, place.path or "")
    else:
        sources.page(document, place if place.box else place._replace(box=_BOX), is_cut=True)


if __name__ == "__main__":
    main()
