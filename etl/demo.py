"""``gouji demo``: a small warehouse from documents that ship with Gouji."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.errors import GoujiError
from etl.pipeline.build import build
from etl.pipeline.ingest import Ingested, ingest
from etl.resources import DATA
from etl.settings import Home
from etl.warehouse.read import connect

DOCUMENTS = DATA / "demo"
_MARKER = "gouji-demo.txt"
_NOTE = (
    "Made by `gouji demo`, which deletes this folder and makes it anew. Places with codes 99… are invented.\n"
)


@dataclass(frozen=True)
class Demo:
    """What the demo built: its home, the files with problems, and a row a report."""

    home: Home
    troubled: tuple[Ingested, ...]
    reports: tuple[tuple[str, str, int, str, int, int], ...]  # county, code, year, file, cells, failed checks


def demo_documents() -> list[Path]:
    """The documents of the demo, as its manifest lists them."""
    with (DOCUMENTS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return [DOCUMENTS / row["file"] for row in csv.DictReader(file)]


def run_demo(root: Path, say: Callable[[str], None], on_read: Callable[[int], None]) -> Demo:
    """Build the demo warehouse in a fresh home at ``root``.

    Raises:
        GoujiError: ``root`` holds something that no demo made.
    """
    home = _fresh_home(root)
    documents = demo_documents()
    say(f"reading {len(documents)} documents")
    taken = ingest(home, documents, on_read=on_read)
    built = build(home, say)
    if not built.is_published:
        raise GoujiError("the demo's warehouse failed its audit: " + "; ".join(built.faults))
    with connect(home) as connection:
        rows = connection.execute(
            "SELECT coalesce(c.name, '?'), r.county_code, r.year, d.file_name,"
            " (SELECT count(value) FROM fact_observation o WHERE o.report_key = r.report_key),"
            " (SELECT count(*) FROM fact_finding f WHERE f.report_key = r.report_key AND f.status = 'fail')"
            " FROM dim_report r JOIN dim_document d USING (document_key)"
            " LEFT JOIN dim_county c USING (county_key)"
            " WHERE r.form IS NOT NULL ORDER BY r.county_code, r.year"
        ).fetchall()
    return Demo(home, tuple(one for one in taken if one.problems), tuple(rows))


def _fresh_home(root: Path) -> Home:
    if root.exists() and any(root.iterdir()):
        if not (root / _MARKER).exists():
            raise GoujiError(f"{root} holds files that no demo made; name an empty folder with --home")
        shutil.rmtree(root)
    root.mkdir(parents=True, exist_ok=True)
    (root / _MARKER).write_text(_NOTE, encoding="utf-8")
    shutil.copyfile(DOCUMENTS / "places.csv", root / "places.csv")
    (root / "gouji.toml").write_text('extra_counties = "places.csv"  # the invented places\n', encoding="utf-8")
    return Home(home=root)
