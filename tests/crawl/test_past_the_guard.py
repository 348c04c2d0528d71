"""Nobody is asked past the guard, and nothing listens: what Scrapy would do by itself is switched off."""

from pathlib import Path

import pytest

from etl.catalogue import Catalogue
from etl.crawl.download import scrapy_settings
from etl.crawl.guard import Guard
from etl.pipeline.crawl import crawl
from etl.settings import Home
from tests.raw_server import CODE, RawServer, listing, page, report

LIST = "/nb/"
REFRESH = '<html><head><meta http-equiv="refresh" content="0;url={}"></head><body></body></html>'


def test_a_refresh_to_an_address_of_this_machine_is_not_followed(tmp_path: Path) -> None:
    with RawServer({"/secret": page("inner")}) as inner:
        away = page(REFRESH.format(f"{inner.url}/secret"))
        with RawServer({LIST: listing("/nb/1.html", "/nb/2.html"), "/nb/1.html": report(2024)}) as server:
            server.answers["/nb/2.html"] = away
            crawl(server.home(tmp_path, listings=(LIST,)))
    assert "/nb/2.html" in server.asked
    assert inner.asked == []


def test_the_environment_names_no_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with RawServer({}) as proxy, RawServer({LIST: listing("/nb/1.html"), "/nb/1.html": report(2024)}) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        home = server.home(tmp_path, listings=(LIST,))
        crawl(home)
    assert proxy.asked == []
    assert Catalogue(home.catalogue_address).visits(CODE)[0][1].outcome == "ok"


def test_only_what_is_needed_of_scrapy_runs(tmp_path: Path) -> None:
    home = Home(home=tmp_path, crawl_delay=1)
    settings = scrapy_settings(home, Guard((), allow_loopback=False))
    assert [one.__name__ for one in settings.getdict("EXTENSIONS_BASE")] == ["AutoThrottle"]
    assert not settings.getdict("EXTENSIONS")
