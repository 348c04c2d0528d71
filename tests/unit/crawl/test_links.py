"""Links of a page: where to, what they say, and the date beside them."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.crawl.links import MOST_LINKS, frames_of, links, sent_on, title_of
from etl.crawl.page import Link, Page

HOME = "http://www.dashan.gov.cn/zwgk/index.html"


def found(html: str, url: str = HOME) -> tuple[Link, ...]:
    return links(Page(url, html))


@pytest.mark.parametrize(
    ("html", "link"),
    [
        ('<a href="./a.html">甲</a>', Link("http://www.dashan.gov.cn/zwgk/a.html", "甲")),
        ('<area href="/gk/" alt="公开">', Link("http://www.dashan.gov.cn/gk/", "公开")),
        ('<a href="/gkmlpt/index#1204">年报</a>', Link("http://www.dashan.gov.cn/gkmlpt/index#1204", "年报")),
        ("<a href='../b.html#top'> 乙\n 丙 </a>", Link("http://www.dashan.gov.cn/b.html", "乙 丙")),
        ('<a href="//xx.gov.cn/c">丁</a>', Link("http://xx.gov.cn/c", "丁")),
        (
            '<base href="/gk/nb/"><a href="t1.html">年报</a>',
            Link("http://www.dashan.gov.cn/gk/nb/t1.html", "年报"),
        ),
        (
            '<a href="d.html" title="大山县2023年政府信息公开工作年度报告">大山县2023年政府信…</a>',
            Link("http://www.dashan.gov.cn/zwgk/d.html", "大山县2023年政府信息公开工作年度报告"),
        ),
        (
            '<a href="d.html" title="大山县2023年政府信息公开工作年度报告">大山县2023年政府信...</a>',
            Link("http://www.dashan.gov.cn/zwgk/d.html", "大山县2023年政府信息公开工作年度报告"),
        ),
        (
            '<a href="d.html" title="点击查看">2023年年报</a>',
            Link("http://www.dashan.gov.cn/zwgk/d.html", "2023年年报"),
        ),
        (
            '<a href="d.html"><img alt="年报" src="x.png"></a>',
            Link("http://www.dashan.gov.cn/zwgk/d.html", "年报"),
        ),
        (
            '<a href="#" onclick="window.open(\'/e.html\')">戊</a>',
            Link("http://www.dashan.gov.cn/e.html", "戊"),
        ),
        (
            '<a href="javascript:void(0)" onclick="location.href=\'f.html\'">己</a>',
            Link("http://www.dashan.gov.cn/zwgk/f.html", "己"),
        ),
        (
            "<a href=\"javascript:window.open('g.html')\">庚</a>",
            Link("http://www.dashan.gov.cn/zwgk/g.html", "庚"),
        ),
        ('<a href="年报.html">辛</a>', Link("http://www.dashan.gov.cn/zwgk/%E5%B9%B4%E6%8A%A5.html", "辛")),
    ],
)
def test_a_link(html: str, link: Link) -> None:
    assert found(html) == (link,)


@pytest.mark.parametrize(
    "html",
    [
        '<meta http-equiv="refresh" content="0;url=gk/index.html">',
        "<META HTTP-EQUIV=Refresh CONTENT=\"3; URL='/zwgk/gk/index.html'\"><p>正在进入</p>",
        "<script>window.location.href = 'gk/index.html';</script>",
        "<script>top.location.replace('/zwgk/gk/index.html')</script>",
        "<body onload=\"location='gk/index.html'\">",
    ],
)
def test_a_page_that_only_sends_on(html: str) -> None:
    assert sent_on(Page(HOME, html)) == "http://www.dashan.gov.cn/zwgk/gk/index.html"


@pytest.mark.parametrize(
    "html",
    [
        "<script>location.reload()</script>",
        "<script>if (location.href == 'x') f()</script>",
        '<meta http-equiv="refresh" content="30">',
        '<meta http-equiv="refresh" content="0;url=http://[::1">',
        "<script>location.href='/m/'</script><a href='/zwgk/'>政务公开</a>",
        "",
    ],
)
def test_a_page_that_sends_nowhere(html: str) -> None:
    assert sent_on(Page(HOME, html)) is None


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#top">顶部</a>',
        '<a href="javascript:void(0)">打印</a>',
        '<a href="mailto:a@dashan.gov.cn">邮箱</a>',
        '<a href="tel:0429">电话</a>',
        '<a href="ftp://dashan.gov.cn/x">ftp</a>',
        "<a>无</a>",
        '<a href="http://[::1">坏</a>',
        '<base href="http://[::1"><p>',
        "",
        "\x00",
    ],
)
def test_no_link(html: str) -> None:
    assert found(html) == ()


@pytest.mark.parametrize(
    "html",
    [
        '<ul><li><a href="x">2023年年报</a><span>2024-01-30</span></li></ul>',
        '<ul><li><span>[2024-01-30]</span><a href="x">2023年年报</a></li><li>2020-02-02</li></ul>',
        '<table><tr><td><a href="x">2023年年报</a></td><td>2024年1月30日</td></tr></table>',
        '<li><a href="x">2023年年报<span>2024/01/30</span></a></li>',
        '<td><a href="x">2023年年报</a> 2024.1.30<br><a href="y">别的</a> 2024-02-02</td>',
    ],
)
def test_the_date_beside(html: str) -> None:
    link = found(html)[0]
    assert (link.text, link.date) == ("2023年年报", date(2024, 1, 30))


def test_a_date_that_is_none() -> None:
    assert found('<li><a href="x">甲</a> 2023-02-31 12024-01-300</li>')[0].date is None


def test_an_address_comes_once_with_the_text_that_says_most() -> None:
    html = '<li><a href="x"><img src="p.png"></a><a href="x">2023年年报</a><a href="x">更多</a> 2024-01-30</li>'
    assert found(html) == (Link("http://www.dashan.gov.cn/zwgk/x", "2023年年报", date(2024, 1, 30)),)


def test_the_number_of_links_is_bounded() -> None:
    assert len(found("".join(f"<a href='{n}'>x</a>" for n in range(MOST_LINKS + 50)))) == MOST_LINKS


@pytest.mark.parametrize("declared", ['<meta charset="gbk">', '<?xml version="1.0" encoding="gb2312"?>'])
def test_a_declared_charset_does_not_matter_after_decoding(declared: str) -> None:
    assert found(f'{declared}<a href="x">年报</a>')[0].text == "年报"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (
            "<title>大山县人民政府</title><h1>大山县2023年政府信息公开工作年度报告</h1>",
            "大山县2023年政府信息公开工作年度报告",
        ),
        (
            '<meta name="ArticleTitle" content="2022年政府信息公开年报"><title>门户</title><h1>政务公开</h1>',
            "2022年政府信息公开年报",
        ),
        (
            "<title>2021年政府信息公开工作年度报告_大山县</title><h1>大山县人民政府</h1>",
            "2021年政府信息公开工作年度报告_大山县",
        ),
        ("<title> 大山县\n人民政府 </title>", "大山县 人民政府"),
        ("<p>无题</p>", ""),
        ("", ""),
    ],
)
def test_title(html: str, title: str) -> None:
    assert title_of(Page(HOME, html)) == title


def test_frames() -> None:
    html = '<iframe src="a.html"></iframe><iframe src="about:blank"></iframe><frame src="/b.html">'
    assert frames_of(Page(HOME, html)) == (
        "http://www.dashan.gov.cn/zwgk/a.html",
        "http://www.dashan.gov.cn/b.html",
    )


PIECES = st.sampled_from(
    [
        "<a href='",
        "x.html",
        "'>",
        "</a>",
        "<li>",
        "</ul>",
        "<base href='",
        "http://[",
        "//",
        "javascript:",
        "%zz",
        "<script>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "<table><tr><td>",
        "2024-13-45",
        "2024-01-30",
        "\x00",
        "\ud800",
        "年报",
        "onclick=\"window.open('",
        "')\"",
        "<iframe src=",
        "&#xD800;",
        "\\",
        "?a=b&c",
        "<?xml version='1.0'?>",
    ]
)


@given(st.lists(PIECES | st.text(max_size=10), max_size=40).map("".join))
def test_broken_pages_never_raise_and_links_are_absolute(html: str) -> None:
    page = Page(HOME, html)
    for url in (*(link.url for link in links(page)), *frames_of(page)):
        assert url.startswith(("http://", "https://"))
        assert not urlsplit(url).fragment
    title_of(page)
