"""What the pages say, held against the reports they are made of."""

from decimal import Decimal
from html.parser import HTMLParser

import pytest
from starlette.types import ASGIApp

from etl.dashboard.pages import compare, county, coverage, overview, quality
from etl.dashboard.reader import Reader, Table, open_reader
from etl.dashboard.render import level, number, percent, web
from etl.dashboard.tables import as_csv
from etl.settings import Home
from tests.built_warehouse import COUNTY, NEW, OLD
from tests.dashboard_client import ask
from tests.dashboard_home import ATTACK


@pytest.fixture(scope="module")
def reader(home: Home) -> Reader:
    return open_reader(home)


def test_overview_counts_what_was_published(reader: Reader) -> None:
    shown = overview.values(reader)
    by_year = {row["year"]: row for row in shown.years.rows}
    assert (by_year[2024]["published"], by_year[2024]["balanced"]) == (2, 2)
    assert (by_year[2023]["published"], by_year[2023]["unbalanced"], by_year[2023]["balanced_share"]) == (
        1,
        1,
        0,
    )
    invented = next(one for one in shown.provinces if one.name == "虚构省")
    assert invented.is_known
    assert invented.cells[2024]["published"] == 2


def test_a_province_shows_every_county_and_year(reader: Reader) -> None:
    matrix = coverage.of_province(reader, "99")
    assert matrix is not None
    lines = {line.code: line for line in matrix.lines}
    assert lines[COUNTY].cells[2024]["state"] == "published"
    assert 2016 not in lines[OLD].cells  # it was NEW by then
    assert 2015 not in lines[NEW].cells
    assert coverage.of_province(reader, "99", "2") is None


def test_a_county_is_shown_through_its_codes(reader: Reader) -> None:
    by_old, by_new = county.values(reader, OLD), county.values(reader, NEW)
    assert by_old is not None
    assert by_new is not None
    assert by_old.last["code"] == by_new.last["code"] == NEW
    assert [row["code"] for row in by_new.periods.rows] == [OLD, NEW]
    assert {row["year"] for row in by_old.figures.rows} == {2015, 2024}
    assert [row["relation"] for row in by_new.steps.rows] == ["upgrade"]


def test_many_counties_at_once_are_the_same(reader: Reader) -> None:
    given = [{"code": code} for code in (COUNTY, OLD, "111111", NEW, "211421")]
    assert county.several(reader, given) == [county.values(reader, one["code"]) for one in given]


def test_failed_checks_lead_to_their_cells(reader: Reader) -> None:
    shown = county.values(reader, COUNTY)
    assert shown is not None
    failed = {(one.row["year"], one.row["rule_id"]) for one in shown.failed if one.row["severity"] == "hard"}
    assert (2023, "T3_BALANCE") in failed
    assert all(
        "requests.received.new.total" in one.cells for one in shown.failed if one.row["rule_id"] == "T3_BALANCE"
    )
    assert shown.letters == ()  # one reader alone saw them: whose fault it is, is undecided


def test_a_rule_through_the_years(reader: Reader) -> None:
    page = quality.of_rule(reader, "T3_BALANCE")
    assert page is not None
    assert {row["year"]: row["failed"] for row in page.years.rows if row["failed"]} == {2023: 1}
    assert page.count == len(page.failed) == 1


def test_metrics_follow_their_definition(reader: Reader) -> None:
    figures = {row["year"]: row for row in reader.rows("county_figures", codes=[COUNTY])}
    one = figures[2024]
    expected = {
        "granted_rate": one["granted"] / one["concluded"],
        "granted_of_processed_rate": (one["granted"] + one["partial"])
        / (one["concluded"] - one["not_processed"]),
        "disputes_per_concluded": (one["reviews"] + one["lawsuits"]) / one["concluded"],
        "handled": one["received"] + one["carried_in"],
    }
    for metric, value in expected.items():
        shown = compare.of_counties(reader, metric, COUNTY)
        assert shown is not None
        assert shown.counties[0].values[2024] == pytest.approx(float(value))
        province = compare.of_province(reader, metric, "99")
        assert province is not None
        assert COUNTY in {place.key for place in province.counties}


def test_every_metric_names_figures_that_are_there(reader: Reader) -> None:
    columns = set(reader.table("county_figures", codes=[COUNTY]).columns)
    for metric in compare.metrics().values():
        assert {*metric.above, *metric.below, *metric.less} <= columns


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.hrefs: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "style"):
            self.scripts.append(dict(attrs))
        self.hrefs += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("path", [f"county/{NEW}", "quality", "overview", "coverage/99", f"report/{NEW}/2024"])
def test_what_a_page_says_of_itself_is_text(app: ASGIApp, path: str) -> None:
    reply = ask(app, f"/zh/{path}")
    assert reply.status == 200
    assert ATTACK not in reply.text
    elements = _Elements()
    elements.feed(reply.text)
    assert [list(one) for one in elements.scripts] == [["src", "defer"]]
    assert elements.handlers == []
    assert not [href for href in elements.hrefs if href.lower().startswith(("javascript:", "data:", "//"))]


def test_the_attack_is_shown(app: ASGIApp) -> None:
    assert "&lt;script&gt;document.title" in ask(app, f"/zh/county/{NEW}").text


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://www.example.invalid/a", True),
        ("http://x.example/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, is_link: bool) -> None:
    assert (web(url) is not None) == is_link


def test_blank_is_not_zero() -> None:
    assert (number(None), percent(None), level(None)) == ("—", "—", "hx")
    assert (number(0), percent(0), level(0)) == ("0", "0%", "h0")
    assert (number(Decimal("1234.500000")), number(Decimal("12.000000"))) == ("1,234.5", "12")
    assert (percent(0.0004), percent(0.9999), percent(1), percent(0.1234, 1)) == (
        "<1%",
        ">99%",
        "100%",
        "12.3%",
    )
    assert (level(0.001), level(0.999), level(1)) == ("h1", "h9", "h10")


def test_csv_is_for_spreadsheets() -> None:
    rows = ({"a": None, "b": "=1+1", "c": Decimal("-3")}, {"a": 0, "b": "平", "c": ["x"]})
    text = as_csv(Table("t", ("a", "b", "c"), rows, "")).decode("utf-8-sig")
    assert text == 'a,b,c\r\n,\'=1+1,-3\r\n0,平,"[""x""]"\r\n'
