"""The site written as files: everything it links to is there."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from etl.dashboard.site import write_site
from etl.errors import GoujiError
from etl.settings import Home


@pytest.fixture(scope="module")
def site(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    write_site(home, folder)
    return folder


def test_every_link_and_asset_is_there(site: Path) -> None:
    broken = []
    for page in site.rglob("*.html"):
        for address in re.findall(r'\b(?:href|src|action)="([^"]*)"', page.read_text(encoding="utf-8")):
            parts = urlsplit(unescape(address))
            if parts.scheme in ("http", "https") or not parts.path:
                continue
            assert not parts.scheme, address
            assert not parts.path.startswith("/"), address
            target = page.parent / parts.path
            if not target.is_file():
                broken.append((page.relative_to(site), address))
    assert not broken


def test_no_page_asks_the_network(site: Path) -> None:
    for page in (*site.rglob("*.html"), *site.rglob("*.css"), *site.rglob("*.js")):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', text), page
        assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|sendBeacon", text), page


def test_a_site_is_replaced_and_a_folder_of_the_users_is_not(home: Home, tmp_path: Path) -> None:
    out = tmp_path / "public"
    write_site(home, out)
    (out / "old.html").touch()
    write_site(home, out)
    assert not (out / "old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["public"]
    own = tmp_path / "thesis"
    own.mkdir()
    (own / "chapter.txt").touch()
    with pytest.raises(GoujiError, match="another folder"):
        write_site(home, own)
    assert (own / "chapter.txt").exists()
