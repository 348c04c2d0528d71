"""Every page of the demo, served and as files, in both languages: it shows itself and asks nobody."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watched import Watched

PAGES = (
    "overview",
    "coverage",
    "coverage/year/2023",
    "coverage/99",
    "quality",
    "quality/T3_BALANCE",
    "quality/X_YOY",
    "compare",
    "compare/concept_fees",
    "compare/granted_rate/99",
    "run",
    "run/1",
    "county/990101",
    "county/990281",
    "county/211421",
    "county/990101/2023/letter",
    "report/990101/2023",
    "report/990101/2020",
    "search",
)
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(params=["served", "written"])
def address(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Where the dashboard is, and how its pages end."""
    return request.getfixturevalue(request.param), "" if request.param == "served" else ".html"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_itself_and_is_accessible(
    page: Page, watched: Watched, address: tuple[str, str], path: str
) -> None:
    root, suffix = address
    for language, name in (("zh", "勾稽"), ("en", "Gouji")):
        page.goto(f"{root}/{language}/{path}{suffix}")
        expect(page.locator("h1")).to_be_visible()
        assert name in page.title()
        assert (page.locator("html").get_attribute("lang") or "").startswith(language)
        if language == "zh" or not suffix:  # of files one language will do: the page is the same
            assert faults_of(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "overview",
        "quality",
        "quality/T3_BALANCE",
        "coverage/99",
        "county/990101",
        "compare",
        "report/990101/2023",
    ],
)
def test_phone_and_dark(page: Page, watched: Watched, served: str, path: str, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{served}/zh/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults_of(page) == []


def faults_of(page: Page) -> list[str]:
    """What axe finds: rule and element. It is run beside the page, whose policy allows our scripts alone."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]
