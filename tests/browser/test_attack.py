"""A county's page that tries to be a script, in its title, its publisher and its address."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.dashboard.site import write_site
from tests.browser.conftest import serving
from tests.browser.watched import Watched
from tests.built_warehouse import NEW
from tests.dashboard_home import ATTACK, publish_home


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("attacked")
    write_site(publish_home(root / "home"), root / "site")
    return root


@pytest.mark.parametrize("shown", ["served", "written"])
def test_a_title_is_text(page: Page, watched: Watched, attacked: Path, shown: str) -> None:
    if shown == "written":
        _look(page, f"{(attacked / 'site').as_uri()}/zh/county/{NEW}.html")
        return
    with serving(attacked / "home") as address:
        _look(page, f"{address}/zh/county/{NEW}")


def _look(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text(ATTACK).first).to_be_visible()
    assert "owned" not in page.title()
    assert page.locator("img[src=x], main script").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
