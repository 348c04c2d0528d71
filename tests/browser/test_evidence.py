"""From a report to the printed place of a number, and a finding reviewed, in a real browser."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from etl.dashboard.review.password import hashed
from etl.warehouse.review_file import load_reviews
from tests.archived_home import archive_home, attacking
from tests.browser.conftest import serving
from tests.browser.test_pages import faults_of
from tests.browser.watched import Watched

MARK = (204, 0, 51)
PASSWORD = "a good long password"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    home = archive_home(folder / "home", ("qinghe-2023.pdf", "yanqiao-2024.html"), attacking(folder))
    with (home.root / "gouji.toml").open("a", encoding="utf-8") as file:
        file.write(f'review = true\nreview_password = "{hashed(PASSWORD)}"\n')
    return home.root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with serving(root) as address:
        yield address


def test_a_failing_cell_of_the_tables_leads_to_its_box(page: Page, watched: Watched, address: str) -> None:
    page.goto(f"{address}/zh/report/990101/2023")
    cell = page.locator("td.bad", has_text="13").last
    expect(cell.locator(".sign")).to_have_text("✗")
    cell.locator("a").click()
    expect(page.locator("#printed")).to_have_text("13")
    picture = page.locator("#marked")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    shown = Image.open(BytesIO(picture.screenshot())).convert("RGB")
    assert MARK in {colour for _, colour in shown.getcolors(1 << 24) or ()}
    page.locator("summary", has_text="整页").click()
    expect(page.locator("#whole")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载标框的整页图").click()
    assert Image.open(saved.value.path()).size == (1191, 1684)
    with page.expect_download() as original:
        page.get_by_role("link", name="下载原件").click()
    assert original.value.suggested_filename == "qinghe-2023.pdf"
    assert Path(original.value.path()).read_bytes().startswith(b"%PDF")


def test_neighbours_are_a_click_away(page: Page, watched: Watched, address: str) -> None:
    page.goto(f"{address}/en/report/990101/2023")
    page.locator("td.bad a", has_text="13").last.click()
    page.get_by_role("navigation", name="Neighbouring cells").get_by_role("link").first.click()
    expect(page.locator("#printed")).to_have_text("175")


def test_a_cell_of_a_web_page_is_marked_in_our_own_table(page: Page, watched: Watched, address: str) -> None:
    page.goto(f"{address}/en/report/990181/2024")
    page.locator("a[href*='requests.received.new.total']").first.click()
    marked = page.locator("td#marked")
    expect(marked).to_contain_text("10")
    expect(marked).to_be_visible()
    assert page.locator("main script, main img").count() == 0


def test_a_finding_is_reviewed(page: Page, watched: Watched, address: str, root: Path) -> None:
    page.goto(f"{address}/en/report/990101/2023")
    finding = page.locator(".finding", has_text="T3_BALANCE").first
    finding.get_by_role("link", name="Review this finding").click()
    page.get_by_label("Password of the reviewers").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("h1")).to_have_text("Review")
    page.goto(f"{address}/en/report/990101/2023")
    finding = page.locator(".finding", has_text="T3_BALANCE").first
    finding.get_by_role("link", name="Review this finding").click()
    page.get_by_label("dismissed:").check()
    form = page.locator("form", has=page.locator("input[value=judge]"))
    form.get_by_label("Reason", exact=True).fill("见更正说明")
    form.get_by_label("Reviewer").fill("示例")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("next build")
    (review,) = load_reviews(root / "reviews.yaml")
    assert (review.verdict, review.reason, review.rule) == ("dismissed", "见更正说明", "T3_BALANCE")
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.locator("#reviews")).to_contain_text("waits for the next build")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Password of the reviewers")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("start", ["report/990101/2023", "report/990181/2024"])
def test_evidence_is_accessible(
    page: Page, watched: Watched, address: str, start: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    for language in ("zh", "en"):
        page.goto(f"{address}/{language}/{start}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_of(page) == []
        page.locator("a[href*='requests.received.new.total']").first.click()
        expect(page.locator("#marked")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_of(page) == []


def test_review_is_accessible(page: Page, watched: Watched, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/zh/review/login")
    assert faults_of(page) == []
    page.get_by_label("审核密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(f"{address}/zh/report/990101/2023")
    page.get_by_role("link", name="审核此项").first.click()
    expect(page.locator("#judge-title")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults_of(page) == []
