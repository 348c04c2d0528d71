"""Ways through the dashboard as people go them."""

import csv
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.watched import Watched
from tests.command import gouji


@pytest.fixture(params=["served", "written"])
def start(request: pytest.FixtureRequest) -> str:
    """The first page, served or as a file."""
    root = request.getfixturevalue(request.param)
    return f"{root}/zh/overview" if request.param == "served" else f"{root}/index.html"


def test_from_the_heat_map_to_the_marked_box(page: Page, watched: Watched, start: str) -> None:
    page.goto(start)
    heat = page.locator("#heat")
    heat.get_by_role("row", name=re.compile("示例省")).get_by_role("link", name="60%").last.click()
    expect(page.locator("h1")).to_contain_text("示例省")
    page.locator("#matrix").get_by_role("row", name=re.compile("青禾县")).get_by_role(
        "link", name="已公布"
    ).last.click()
    expect(page.locator("h1")).to_contain_text("青禾县")
    finding = page.locator(".finding", has_text="T3_BALANCE").first
    finding.locator(".cells a").first.click()
    picture = page.locator("main img").first
    expect(picture).to_be_visible()
    drawn = "image => image.complete && image.naturalWidth > 100"
    page.wait_for_function(drawn, arg=picture.element_handle())


def test_a_county_is_found_by_its_pinyin(page: Page, watched: Watched, start: str) -> None:
    page.goto(start)
    search = page.get_by_role("searchbox")
    for asked in ("qinghe", "qh", "示例 青禾", "990101"):
        search.fill(asked)
        suggestion = page.locator(".suggestions a").filter(has_text="990101")
        expect(suggestion).to_be_visible()
    search.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("青禾县")
    page.get_by_role("searchbox").fill("liuxixian")  # what 柳溪市 was
    page.get_by_role("searchbox").press("Enter")
    page.locator("#results a").filter(has_text="柳溪市").click()
    expect(page.locator("h1")).to_contain_text("柳溪市 990281")


def test_the_language_is_switched_in_place(page: Page, watched: Watched, start: str) -> None:
    page.goto(start)
    page.get_by_role("link", name="数据质量").click()
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Quality")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text("数据质量")


def test_filters_stand_in_the_address(page: Page, watched: Watched, start: str) -> None:
    page.goto(start)
    page.get_by_role("link", name="数据质量").click()
    page.get_by_label("严重程度").select_option(label="必须成立")
    page.get_by_label("筛选文字").fill("BALANCE")
    rows = page.locator("#rules-table tbody tr:visible")
    expect(rows).to_have_count(1)
    page.reload()
    expect(page.locator("#rules-table tbody tr:visible")).to_have_count(1)
    expect(page.locator("output")).to_have_text(re.compile(r"1/\d+"))


def test_views_are_downloaded(page: Page, watched: Watched, start: str) -> None:
    page.goto(start)
    page.get_by_role("link", name="数据质量").click()
    with page.expect_download() as chart:
        page.locator("button[data-png=severity-chart]").click()
    assert _colours(Path(chart.value.path())) > 10
    with page.expect_download() as table:
        page.locator("button[data-png=rules]").click()
    assert _colours(Path(table.value.path())) > 10
    with page.expect_download() as sheet:
        page.locator("a[href$='quality.quality_rules.csv']").click()
    text = Path(sheet.value.path()).read_text(encoding="utf-8-sig")
    assert "T3_BALANCE" in {row["rule_id"] for row in csv.DictReader(io.StringIO(text))}


def _colours(picture: Path) -> int:
    with Image.open(picture) as image:
        assert image.width > 300
        return len(image.convert("RGB").getcolors(1 << 24) or ())


def test_the_query_behind_a_view_runs(page: Page, watched: Watched, served: str, demo_home: Path) -> None:
    page.goto(f"{served}/zh/county/990101")
    page.locator("#years-title ~ .foot details.query summary").first.click()
    statement = page.locator("#years-title ~ .foot pre").first.inner_text()
    run = gouji("query", statement, "--format", "csv", "--home", demo_home)
    assert run.returncode == 0, run.stderr
    assert "青禾县" in run.stdout


def test_all_of_it_by_keyboard(page: Page, watched: Watched, served: str) -> None:
    page.goto(f"{served}/zh/overview")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("#heat").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#heat a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("各县历年公布情况")


def test_counties_side_by_side(page: Page, watched: Watched, served: str) -> None:
    page.goto(f"{served}/zh/compare/granted_rate")
    page.get_by_label("并列几个县").fill("青禾县 211421")
    page.get_by_role("button", name="比较").click()
    page.wait_for_url("**/compare/granted_rate/counties/990101+211421")
    expect(page.locator("#counties-chart .legend li")).to_have_count(2)


def test_without_scripts_everything_is_there(browser, served: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/zh/overview")
    page.get_by_role("searchbox").fill("suizhong")
    page.get_by_role("searchbox").press("Enter")
    page.locator("#results a").first.click()
    assert "绥中县" in page.locator("h1").inner_text()
    assert page.locator("button[data-png]:visible").count() == 0
    context.close()
