"""``gouji demo``: portals of a model internet are crawled, and what they publish is read and built into a small
warehouse. A second run shows what a second night does: nothing unchanged is fetched or read again.
"""

import csv
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.crawl.night import Progress
from etl.errors import GoujiError
from etl.model_internet import ModelInternet
from etl.pipeline.build import build
from etl.pipeline.crawl import Crawled, crawl
from etl.pipeline.ingest import ingest
from etl.resources import DATA
from etl.settings import Home
from etl.warehouse.read import connect

DOCUMENTS = DATA / "demo"
_MARKER = "gouji-demo.txt"
_NOTE = """\
Made by `gouji demo`; it goes on with this folder. `gouji demo --fresh` deletes it and makes it anew.
Places with codes 99… are invented, and their portals were played on this machine, on port {port}.
"""
_SETTINGS = """\
registry = "portals.yaml"  # the model internet's portals, and no others
extra_counties = "places.csv"  # the invented places
allow_loopback = true
contact = "https://example.org/gouji-demo"
crawl_delay = 0.05
retry_seconds = 0.1
"""


@dataclass(frozen=True)
class Demo:
    """What the demo did: its home, the crawl, how many documents were read that had not been read before, a
    row a report, and what could not be read."""

    home: Home
    crawled: Crawled
    newly_read: int
    reports: tuple[tuple[str, str, int, str, int, int, int], ...]
    """County, code, year, file, cells read, hard rules that are broken, other rules that are."""
    problems: tuple[str, ...]


def own_documents() -> list[Path]:
    """The documents of the demo that no portal shows: a real county's figures."""
    with (DOCUMENTS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return [
            DOCUMENTS / row["file"] for row in csv.DictReader(file) if not row["county_code"].startswith("99")
        ]


def run_demo(
    root: Path,
    say: Callable[[str], None],
    on_visit: Callable[[Progress], None],
    *,
    fresh: bool = False,
) -> Demo:
    """Play a night, in the home at ``root``: a new one, or that of an earlier demo.

    Raises:
        GoujiError: ``root`` holds something that no demo made.
    """
    home, port = _home_at(root, fresh=fresh)
    with ModelInternet(port=port) as internet:
        (root / "portals.yaml").write_text(internet.registry_yaml(), encoding="utf-8")
        (root / _MARKER).write_text(_NOTE.format(port=internet.port), encoding="utf-8")
        say(f"crawling {len(internet.portals())} model portals on 127.0.0.1:{internet.port}")
        crawled = crawl(home, on_visit=on_visit)
    taken = ingest(home, own_documents())
    built = build(home, say)
    if not built.is_published:
        raise GoujiError("the demo's warehouse failed its audit: " + "; ".join(built.faults))
    with connect(home) as connection:
        rows = connection.execute(
            "SELECT coalesce(c.name, '?'), r.county_code, r.year, d.file_name,"
            " any_value((SELECT count(value) FROM fact_observation o WHERE o.report_key = r.report_key)),"
            " count(*) FILTER (f.severity = 'hard'), count(*) FILTER (f.severity <> 'hard')"
            " FROM dim_report r JOIN dim_document d USING (document_key)"
            " LEFT JOIN dim_county c USING (county_key)"
            " LEFT JOIN report_finding f ON f.report_key = r.report_key AND f.status = 'fail'"
            " WHERE r.form IS NOT NULL GROUP BY ALL ORDER BY r.county_code, r.year"
        ).fetchall()
        problems = connection.execute(
            "SELECT file_name || ': ' || code || ': ' || message FROM fact_problem"
            " JOIN dim_report USING (report_key) JOIN dim_document USING (document_key) ORDER BY ALL"
        ).fetchall()
    newly_read = built.newly_read + sum(not one.was_cached for one in taken)
    return Demo(home, crawled, newly_read, tuple(rows), tuple(text for (text,) in problems))


def _home_at(root: Path, *, fresh: bool) -> tuple[Home, int]:
    """The demo's home, and the port its portals were played on before (0: none yet)."""
    if root.exists() and any(root.iterdir()):
        if not (root / _MARKER).exists():
            raise GoujiError(f"{root} holds files that no demo made; name an empty folder with --home")
        if fresh:
            shutil.rmtree(root)
    root.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DOCUMENTS / "places.csv", root / "places.csv")
    (root / "gouji.toml").write_text(_SETTINGS, encoding="utf-8")
    return Home(home=root), _port_in(root / _MARKER)


def _port_in(marker: Path) -> int:
    """The port a demo noted; the addresses in its archive hold only while it is the same."""
    noted = re.search(r"on port (\d+)", marker.read_text(encoding="utf-8")) if marker.exists() else None
    return int(noted.group(1)) if noted else 0
