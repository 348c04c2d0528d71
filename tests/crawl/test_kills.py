"""A crawl that is killed fifty times ends with what an undisturbed one has."""

import json
import subprocess
import sys

import pytest

from etl.archive import Archive
from etl.model_internet import Family, ModelInternet, synthetic_portals
from etl.pipeline.crawl import crawl
from etl.settings import Home
from tests.catalogues import contents
from tests.crawled import home_for

KILLS = 50
PORTALS = synthetic_portals(30, 6, tuple(Family))

pytestmark = pytest.mark.slow


def archived(home: Home) -> set[tuple[str, str]]:
    """What the archive holds, as (address, content)."""
    held = set()
    for index in (home.root / "archive").rglob("*.cdxj"):
        for line in index.read_text(encoding="utf-8").splitlines():
            sha256, _, fields = line.split(" ", 2)
            held.add((json.loads(fields)["url"], sha256))
    return held


def test_fifty_kills_lose_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    with ModelInternet(PORTALS) as internet:
        calm = home_for(internet, tmp_path_factory.mktemp("calm"))
        crawl(calm)
        killed = home_for(internet, tmp_path_factory.mktemp("killed"), "portals_at_once = 4\n")
        run = subprocess.run(
            [sys.executable, "-m", "tests.crawl.killed", killed.root, str(KILLS), "1"],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert run.stdout.strip() == str(KILLS), run.stderr
        crawl(killed)
    had, have = contents(calm.catalogue_address), contents(killed.catalogue_address)
    for table, rows in had.items():
        assert set(have[table]) ^ set(rows) == set(), table
    assert archived(killed) == archived(calm)
    assert Archive(killed.archive_address, killed.spool).verify() == []
    assert list(killed.spool.glob("*")) == []
