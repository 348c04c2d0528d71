"""Homes that crawl a model internet, for tests of crawling."""

from pathlib import Path

from etl.model_internet import ModelInternet
from etl.settings import Home

QUICK = """\
registry = "portals.yaml"
extra_counties = "places.csv"
allow_loopback = true
contact = "https://example.org/tests"
crawl_delay = 0
retry_seconds = 0.02
fetch_seconds = 2
max_bytes = 8000000
"""


def home_for(internet: ModelInternet, root: Path, settings: str = "") -> Home:
    """A home whose registry is that of a running model internet.

    Args:
        internet: the portals.
        root: the folder.
        settings: further lines of gouji.toml; a name given here replaces the default above.
    """
    root.mkdir(parents=True, exist_ok=True)
    lines = {line.partition(" = ")[0]: line for line in (QUICK + settings).splitlines()}
    (root / "gouji.toml").write_text("\n".join(lines.values()) + "\n", encoding="utf-8")
    (root / "portals.yaml").write_text(internet.registry_yaml(), encoding="utf-8")
    (root / "places.csv").write_text(internet.counties_csv(), encoding="utf-8")
    return Home(home=root)
