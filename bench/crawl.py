"""Crawling the model internet: pages a second and memory, first and second night, beside plain Scrapy.

``python -m bench.crawl [PORTALS…]``; 100 and 300 portals unless given. Each crawl runs in a process of its own,
and so does the server; both cores are shared with it.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from etl.model_internet import ModelInternet, synthetic_portals
from etl.settings import Home

REPORTS = 10
AT_ONCE = 64
SETTINGS = f"""\
registry = "portals.yaml"
extra_counties = "places.csv"
allow_loopback = true
contact = "https://example.org/bench"
crawl_delay = 0
portals_at_once = {AT_ONCE}
"""


def gouji(root: Path) -> dict[str, float]:
    """A night of Gouji: archive, catalogue, robots.txt and all."""
    from etl.pipeline.crawl import crawl

    began = time.perf_counter()
    done = crawl(Home(home=root)).progress
    return {
        "seconds": time.perf_counter() - began,
        "requests": done.requests,
        "fetched": done.fetched,
        "found": done.found,
    }


def scrapy(root: Path) -> dict[str, float]:
    """The peer: Scrapy with the same download handler asks for the same addresses, and keeps nothing."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerRunner

    from etl.crawl.download import scrapy_settings
    from etl.crawl.guard import Guard

    addresses = json.loads((root / "addresses.json").read_text())
    settings = scrapy_settings(Home(home=root), Guard([], allow_loopback=True))

    class Plain(Spider):
        name = "plain"

        async def start(self) -> Any:
            for url in addresses:
                yield Request(url, callback=self.parse, dont_filter=True)

        def parse(self, response: Any) -> None:
            pass

    async def run() -> None:
        await AsyncCrawlerRunner(settings).crawl(Plain)

    began = time.perf_counter()
    asyncio.run(run())
    return {"seconds": time.perf_counter() - began, "requests": len(addresses)}


def measured(what: str, root: Path) -> dict[str, float]:
    """Run one of the above in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.crawl", "--run", what, root], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def compare(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, ModelInternet(synthetic_portals(count, REPORTS)) as internet:
        root = Path(folder)
        (root / "gouji.toml").write_text(SETTINGS)
        (root / "portals.yaml").write_text(internet.registry_yaml())
        (root / "places.csv").write_text(internet.counties_csv())
        first = measured("gouji", root)
        asked = [one for one in internet.log() if one.method == "GET"]
        (root / "addresses.json").write_text(json.dumps([f"http://{one.host}{one.path}" for one in asked]))
        internet.clear_log()
        second = measured("gouji", root)
        again = internet.log()
        conditional = sum(bool(one.if_none_match or one.if_modified_since) for one in again)
        plain = measured("scrapy", root)
    for name, night in (("first night", first), ("second night", second), ("plain Scrapy", plain)):
        rate, fetched = night["requests"] / night["seconds"], night.get("fetched", 0)
        print(
            f"| {count} | {name} | {night['requests']:.0f} | {fetched:.0f} | {night['seconds']:.1f} |"
            f" {rate:.0f} | {rate / (plain['requests'] / plain['seconds']):.2f} | {night['memory']:.0f} |"
        )
    unconditional = len(again) - conditional
    print(f"second night: {unconditional / count:.2f} unconditional requests a portal, robots.txt among them")


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        found = {"gouji": gouji, "scrapy": scrapy}[sys.argv[2]](Path(sys.argv[3]))
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    print("| portals | | requests | files fetched | s | pages/s | of plain Scrapy | peak MB |")
    print("|---|---|---|---|---|---|---|---|")
    for count in map(int, sys.argv[1:] or ("100", "300")):
        compare(count)


if __name__ == "__main__":
    main()
