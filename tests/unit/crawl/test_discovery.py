"""Discovery: which link is followed next, what bounds it, and which page is a list of reports."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.crawl.discovery import DEEPEST, MOST_PAGES, Frontier, is_listing, score
from etl.crawl.page import Page
from etl.places import Counties, load_counties
from etl.resources import DATA

HOME = "http://www.suizhong.gov.cn/"
SUIZHONG, XIANNING = "211421", "421200"
MENU = "".join(f'<li><a href="/{n}/">{n}</a></li>' for n in ("要闻", "互动", "招商", "旅游"))


@pytest.fixture(scope="module")
def counties() -> Counties:
    return load_counties((DATA / "counties.csv",))


def anchors(*links: tuple[str, str]) -> str:
    return MENU + "".join(f'<a href="{url}">{text}</a>' for url, text in links)


def walked(frontier: Frontier, pages: Callable[[str], str], most: int = 200) -> list[str]:
    """The addresses a frontier gives, in order, when each is answered by what ``pages`` says."""
    asked = []
    while (ask := frontier.next()) is not None and len(asked) < most:
        asked.append(ask.url)
        frontier.found(Page(ask.url, pages(ask.url)), ask.url)
    return asked


def test_best_first() -> None:
    site = {
        HOME: anchors(
            ("/xwzx/", "新闻中心"), ("/zwgk/", "政务公开"), ("/bmnb/", "部门信息公开年报"), ("/hd/", "互动交流")
        ),
        f"{HOME}zwgk/": anchors(("/zwgk/zn/", "政府信息公开指南"), ("/zwgk/fd/", "法定主动公开内容")),
        f"{HOME}zwgk/fd/": anchors(("/zwgk/fd/nb/", "政府信息公开年报")),
    }
    asked = walked(Frontier(HOME), lambda url: site.get(url, ""))
    names = [url.removeprefix(HOME) for url in asked]
    assert names[0] == ""
    assert names.index("zwgk/fd/") < names.index("zwgk/fd/nb/") < names.index("zwgk/zn/")
    assert "hd/" not in names
    assert "xwzx/" not in names


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("政府信息公开年报", "/a/"), ("法定主动公开内容", "/a/")),
        (("政府信息公开年报", "/a/"), ("2023年政府信息公开工作年度报告", "/a/1.html")),
        (("政府信息公开年报", "/a/"), ("部门政府信息公开年报", "/a/")),
        (("法定主动公开内容", "/a/"), ("政府信息公开", "/a/")),
        (("政府信息公开", "/a/"), ("政务服务", "/a/")),
        (("更多", "/zwgk/zfxxgknb/"), ("更多", "/zwgk/")),
        (("更多", "/xxgk/"), ("更多", "/a/")),
    ],
)
def test_score(better: tuple[str, str], worse: tuple[str, str]) -> None:
    assert score(better[0], HOME + better[1]) > score(worse[0], HOME + worse[1])


def test_letters_may_stand_apart() -> None:
    assert score("政 务 公 开", HOME) == score("政务公开", HOME)


@pytest.mark.parametrize(
    "home", ['<frameset><frame src="/0/"></frameset>', "<script>location.href='/0/'</script>"]
)
def test_a_frame_and_a_page_that_sends_on_are_no_clicks(home: str) -> None:
    clicks = {f"{HOME}{n}/": anchors((f"/{n + 1}/", "政务公开")) for n in range(DEEPEST + 1)}
    asked = walked(Frontier(HOME), lambda url: home if url == HOME else clicks.get(url, ""))
    assert asked[-1] == f"{HOME}{DEEPEST}/"


def test_a_list_that_a_script_draws_from_its_data_address(counties: Counties) -> None:
    text = f"<title>政府信息公开年报</title><script>load('/common/search/{'0a' * 16}?_isJson=true')</script>"
    assert is_listing(Page(f"{HOME}c100/list.shtml", text), counties, SUIZHONG)


def test_a_list_that_a_script_draws_may_be_named_by_the_link_alone(counties: Counties) -> None:
    column = f"{HOME}gkmlpt/index#1204"
    frontier = Frontier(HOME)
    walked(frontier, lambda url: anchors(("/gkmlpt/index#1204", "政府信息公开年报")) if url == HOME else "")
    page = Page(column, "<title>绥中县人民政府</title><script>SID: '755031'</script><div id='app'></div>")
    assert is_listing(page, counties, SUIZHONG, frontier.text_of(column))
    assert not is_listing(page, counties, SUIZHONG)


def test_likely_lists_come_before_the_home_page() -> None:
    frontier = Frontier(HOME, [f"{HOME}nb/"])
    assert walked(frontier, lambda url: "") == [f"{HOME}nb/", HOME]


def test_the_home_page_is_asked_for_as_it_is_written() -> None:
    assert walked(Frontier("http://www.suizhong.gov.cn"), lambda url: "") == ["http://www.suizhong.gov.cn"]


def test_near_a_report_that_is_linked_its_list_is_looked_for() -> None:
    report = ("/art/2024/1/30/art_1229_89890.html", "2023年政府信息公开工作年度报告")
    asked = walked(Frontier(HOME), lambda url: anchors(report) if url == HOME else "")
    assert asked == [HOME, f"{HOME}col/col1229/index.html", HOME + report[0][1:]]


@pytest.mark.parametrize(
    "url",
    [
        "http://english.suizhong.gov.cn/zwgk/",
        "http://big5.suizhong.gov.cn/zwgk/",
        "/en/zwgk/",
        "/gate/big5/www.suizhong.gov.cn/zwgk/",
        "/wap/zwgk/",
        "/login.jsp",
        "/search/?q=1",
        "/zwgk/nb.pdf",
        "http://www.elsewhere.gov.cn/zwgk/",
        "javascript:void(0)",
        "mailto:a@suizhong.gov.cn",
    ],
)
def test_what_is_never_followed(url: str) -> None:
    frontier = Frontier(HOME, is_ours=lambda url: "suizhong.gov.cn" in url)
    assert walked(frontier, lambda _: anchors((url, "政府信息公开年报"))) == [HOME]


@pytest.mark.parametrize("url", ["/wapx/", "/enshi/", "/zwgk/apply/", "/xxgk/soft/", "/progress/rss1/"])
def test_what_only_looks_like_another_language(url: str) -> None:
    asked = walked(Frontier(HOME), lambda at: anchors((url, "政府信息公开年报")) if at == HOME else "")
    assert asked == [HOME, HOME + url[1:]]


@pytest.mark.parametrize(
    "session",
    ["/gk.jsp;jsessionid={}", "/gk.jsp?sid={}", "/gk.jsp?a=1&_={}", "/gk.jsp?token={}&a=1", "/gk.jsp?a=1#{}"],
)
def test_sessions_do_not_make_new_addresses(session: str) -> None:
    count = iter(range(10_000))
    asked = walked(Frontier(HOME), lambda _: anchors((session.format(f"X{next(count)}"), "信息公开")))
    assert len(asked) == 2


@pytest.mark.parametrize(
    "calendar",
    ["/zwgk/calendar/{0}/1.html", "/zwgk/?date=2024-{0}", "/xxgk/t{0}.html", "/xxgk/{0}/{0}/"],
)
def test_endless_links_end(calendar: str) -> None:
    count = iter(range(10_000))
    asked = walked(
        Frontier(HOME), lambda _: anchors(*((calendar.format(next(count)), "政务公开") for _ in range(30)))
    )
    assert len(asked) < 10


def test_depth_is_bounded() -> None:
    def pages(url: str) -> str:
        return anchors((f"{url}x/", "政府信息公开"))

    assert walked(Frontier(HOME), pages) == [HOME + "x/" * depth for depth in range(DEEPEST + 1)]


def test_pages_are_bounded_and_asked_for_once() -> None:
    letters = "甲乙丙丁戊己庚辛壬癸"
    names = [f"/{a}/{b}/" for a in letters for b in letters]
    asked = walked(Frontier(HOME), lambda _: anchors(*((name, "信息公开") for name in names)))
    assert len(asked) == len(set(asked)) == MOST_PAGES


def test_frames_are_followed() -> None:
    asked = walked(Frontier(HOME), lambda url: '<iframe src="/gk/left.html"></iframe>' if url == HOME else "")
    assert asked == [HOME, f"{HOME}gk/left.html"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_linked_nothing_raises(target: str, text: str) -> None:
    asked = walked(Frontier(HOME), lambda _: f"<a href='{target}'>政府信息公开{text}</a>", most=5)
    assert all(url.startswith("http") for url in asked)


def reports(*years: int, name: str = "绥中县") -> tuple[tuple[str, str], ...]:
    return tuple((f"/nb/{name}{year}.html", f"{name}{year}年政府信息公开工作年度报告") for year in years)


COLUMN = "<title>政府信息公开年报_绥中县人民政府</title>"
SITE_TITLE = "<title>绥中县人民政府</title>"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("/zwgk/a/", SITE_TITLE + anchors(*reports(2022, 2023))),
        ("/zwgk/a/", COLUMN + anchors(*reports(2023))),
        ("/zwgk/zfxxgknb/", SITE_TITLE + anchors(*reports(2023))),
        ("/col/col1229/index.html", COLUMN + "<script>load()</script>"),
        ("/gkmlpt/index", COLUMN + "<script>SID='1'</script>"),
        ("/a/", "<title>2023年政府信息公开年报</title>" + anchors(*reports(2023))),
    ],
)
def test_a_list(counties: Counties, url: str, text: str) -> None:
    assert is_listing(Page(HOME + url[1:], text), counties, SUIZHONG)


@pytest.mark.parametrize(
    "text",
    [
        SITE_TITLE + anchors(("/zwgk/", "政府信息公开"), ("/nb/", "政府信息公开年报")),
        # News of one year on a home page.
        SITE_TITLE
        + anchors(*reports(2023), ("/n/2.html", "绥中县人民政府办公室2023年政府信息公开工作年度报告")),
        # A report's page that leads to those before and after.
        "<title>绥中县2023年政府信息公开工作年度报告</title>上一篇：" + anchors(*reports(2022, 2024)),
        "<title>绥中县2023年政府信息公开工作年度报告</title><td>本年新收</td>" + anchors(*reports(2022)),
        # Reports of others.
        COLUMN + anchors(*reports(2022, 2023, name="绥中县财政局")),
        COLUMN + anchors(*reports(2022, 2023, name="高台镇")),
        "<title>法治政府建设</title>" + anchors(("/1.html", "绥中县2023年法治政府建设年度报告")),
        "",
    ],
)
def test_no_list(counties: Counties, text: str) -> None:
    assert not is_listing(Page(f"{HOME}a/", text), counties, SUIZHONG)


def test_a_prefecture_lists_the_counties_of_one_year(counties: Counties) -> None:
    links = (*reports(2022, name="嘉鱼县"), *reports(2022, name="通城县"))
    page = Page("http://www.xianning.gov.cn/xxgk/a/", anchors(*links))
    assert is_listing(page, counties, XIANNING)
