"""Families of portals: how each is recognised, its lists, their further pages, files, and likely lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.crawl.families import FAMILIES, Attachment, family_named, near, recognise
from etl.crawl.links import links
from etl.crawl.page import Ask, Link, Page

SITE = "http://www.dashan.gov.cn"
HEX = "0123456789abcdef" * 2
TITLE = "大山县2023年政府信息公开工作年度报告"


def page(url: str, text: str = "") -> Page:
    return Page(url if "://" in url else SITE + url, text)


def further(family: str, url: str, text: str) -> list[str]:
    return [ask.url.removeprefix(SITE) for ask in family_named(family).list_page(page(url, text)).further]


# Recognising


@pytest.mark.parametrize(
    ("url", "text", "family"),
    [
        ("/zwgk/zfxxgknb/202401/t20240129_83645.shtml", "", "trs"),
        ("/zwgk/zfxxgknb/", '<script>createPageHTML(5, 0, "index", "shtml");</script>', "trs"),
        ("/zwgk/zfxxgknb/", '<a href="./202401/t20240129_83645.htm">甲</a>', "trs"),
        ("/col/col1229/index.html", "", "hanweb"),
        ("/art/2024/1/30/art_1229_89890.html", "", "hanweb"),
        (f"/lxz/gxs/art/2025/art_{HEX}.html", "", "hanweb"),
        ("/zfxxgk/", "<script type='text/xml'><datastore></datastore></script>", "hanweb"),
        ("/module/xxgk/xxgkAnnualReport.jsp?area=990101ZFC&fbtime=2023", "", "hanweb_annual"),
        ("/", '<a href="/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2023">2023</a>', "hanweb_annual"),
        ("/info/1677/56001.htm", "", "vsb"),
        ("/zwgk/nb.htm", '<a href="../info/1677/56001.htm">甲</a>', "vsb"),
        ("/zwgk/nb.htm", '<div id="vsb_content">', "vsb"),
        (f"/dsx/c106168/202302/{HEX}.shtml", "", "ucap"),
        ("/dsx/c102059/202301/c04_274952.shtml", "", "ucap"),
        ("/dsx/c106168/list.shtml", "", "ucap"),
        ("/dsx/nb/list.shtml", "<script>createPageHTML('page_div',3, 1,'list','shtml',45)</script>", "ucap"),
        ("/nb/content/post_1665156.html", "", "guangdong"),
        ("/gkmlpt/index#475", "", "guangdong"),
        ("/zfxxgk/zfxxgknb/xj/1753311688616128514.html", "", "shaanxi"),
        ("/zfxxgk/zfxxgknb/xj/", '<a href="1753311688616128514.html">甲</a>', "shaanxi"),
        ("/public/6596221/10189961.html", "", "anhui"),
        ("/public/content/37034572", "", "anhui"),
        ("/XxgkAnnualReport/show/5712.html", "", "anhui"),
        ("/html/5973/610465.html", "<p>年报</p>", "generic"),
        ("/", "", "generic"),
    ],
)
def test_recognise(url: str, text: str, family: str) -> None:
    assert recognise(page(url, text)).name == family


def test_every_family_is_named() -> None:
    assert [family_named(family.name) for family in FAMILIES] == list(FAMILIES)
    assert family_named("abandoned").name == "generic"


# Further pages of lists


@pytest.mark.parametrize(
    ("family", "url", "text", "urls"),
    [
        (
            "trs",
            "/nb/",
            '<script>createPageHTML(4, 0, "index", "shtml");</script>',
            ["/nb/index_1.shtml", "/nb/index_2.shtml", "/nb/index_3.shtml"],
        ),
        ("trs", "/nb/index_1.html", "createPageHTML(2, 1, 'index', 'html')", []),
        ("trs", "/nb/", "<script>createPageHTML(1, 0, 'index', 'shtml')</script>", []),
        (
            "trs",
            "/nb/",
            '<script>var countPage = 3; createPageHTML(countPage, currentPage, "index", "shtml");</script>',
            ["/nb/index_1.shtml", "/nb/index_2.shtml"],
        ),
        (
            "trs",
            "/nb/",
            """<script>var countPage = 2//共多少页
            document.write("<a href=\\"index"+"_"+nextPage+".shtml\\">下一页</a>");</script>""",
            ["/nb/index_1.shtml"],
        ),
        (
            "trs",
            "/nb/",
            '<a href="./2023n/">2023年</a><a href="2022n_59/">2022</a><a href="bm/">部门</a>'
            '<a href="/x/2021n/">2021年</a>',
            ["/nb/2023n/", "/nb/2022n_59/"],
        ),
        (
            "vsb",
            "/zwgk/nb.htm",
            '<a href="nb/3.htm">2</a><a href="nb/2.htm">3</a><a href="nb/3.htm">下页</a>'
            '<a href="nb/1.htm">尾页</a><a href="nb/99.htm">某文</a>',
            ["/zwgk/nb/3.htm", "/zwgk/nb/2.htm", "/zwgk/nb/1.htm"],
        ),
        ("vsb", "/zwgk/nb/2.htm", '<a href="1.htm">下页</a><a href="../nb.htm">1</a>', ["/zwgk/nb/1.htm"]),
        ("vsb", "/zwgk/nb.htm", '<a href="../info/1677/5.htm">甲</a>', []),
        (
            "ucap",
            "/dsx/c1/list.shtml",
            "<script>createPageHTML('page_div',3, 1,'list','shtml',45);</script>",
            ["/dsx/c1/list_2.shtml", "/dsx/c1/list_3.shtml"],
        ),
        (
            "ucap",
            "/dsx/c1/list.shtml",
            f"<script>var channelId = '{HEX}';</script>",
            [f"/common/search/{HEX}?_isAgg=true&_isJson=true&_pageSize=20&_template=index&page=1"],
        ),
        (
            "ucap",
            "/dsx/c1/list.shtml",
            f"<script>$.get('/search/{HEX}?_pageSize=10&_isJson=true');</script>",
            [f"/search/{HEX}?_pageSize=10&_isJson=true&page=1"],
        ),
        (
            "ucap",
            "/dsx/c1/list.shtml",
            f"<script>var channelId = '{HEX}';</script><a href='202302/{HEX}.shtml'>甲</a>",
            [],
        ),
        ("guangdong", "/gkmlpt/index#475", "<script>window._CONFIG = {SID: '755031'}</script>",
         ["/gkmlpt/api/all/475?page=1&sid=755031"]),
        ("guangdong", "/ds/gkmlpt/index", "<script>_CONFIG = {\"SID\": 2, COLUMN_ID: '9'}</script>",
         ["/ds/gkmlpt/api/all/9?page=1&sid=2"]),
        (
            "guangdong",
            "/nb/index.html",
            '<a href="index_2.html">2</a><a href="index_3.html">尾页</a>',
            ["/nb/index_2.html", "/nb/index_3.html"],
        ),
        ("shaanxi", "/zfxxgknb/szfnb/", '<a href="2023n/">2023年</a>', ["/zfxxgknb/szfnb/2023n/"]),
        (
            "anhui",
            "/public/column/6596221?type=4&action=list",
            "<script>paging({pageCount: 3, pageIndex: 1})</script>",
            [
                "/public/column/6596221?type=4&action=list&pageIndex=2",
                "/public/column/6596221?type=4&action=list&pageIndex=3",
            ],
        ),
        ("generic", "/nb/", '<a rel="next" href="index_2.html">后</a>', ["/nb/index_2.html"]),
        ("generic", "/nb/index.html", '<a href="/nb/index_1.html">下一页</a>', ["/nb/index_1.html"]),
        ("generic", "/nb.html", '<a href="/nb_2.html">下页 &gt;</a>', ["/nb_2.html"]),
        ("generic", "/nb/list-1.html", '<a href="list-2.html">2</a>', ["/nb/list-2.html"]),
        (
            "generic",
            "/list.jsp?id=7",
            '<a href="?id=7&page=2">[2]</a><a href="?id=7&page=5">末页</a><a href="?id=8&page=2">2</a>',
            [f"/list.jsp?id=7&page={n}" for n in (2, 5, 3, 4)],
        ),
        ("generic", "/nb/", '<a href="javascript:go(2)">下一页</a><a href="/other/index_2.html">2</a>', []),
        ("generic", "/nb/", '<a href="//elsewhere.gov.cn/nb/index_2.html">下一页</a>', []),
        ("generic", "/nb/index_2.html", '<a href="/nb/index_2.html">2</a>', []),
    ],
)  # fmt: skip
def test_further_pages(family: str, url: str, text: str, urls: list[str]) -> None:
    assert further(family, url, text) == urls


@pytest.mark.parametrize(
    "text",
    [
        "createPageHTML(99999, 0, 'index', 'shtml')",
        "<a href='index_2.html'>2</a><a href='index_999.html'>尾页</a>",
    ],
)
def test_further_pages_are_bounded(text: str) -> None:
    assert 2 <= len(further("trs", "/nb/", text)) <= 60


# Lists that a script draws

RECORD = (
    f'<record><![CDATA[<li><a href="/art/2024/1/30/art_7_1.html" title="{TITLE}">大山县2023年…</a>'
    "<span>2024-01-30</span></li>]]></record>"
)
REPORT = Link(f"{SITE}/art/2024/1/30/art_7_1.html", TITLE, date(2024, 1, 30))
COLUMN = f"""<html><body><div id="55"><script type="text/xml"><datastore>
<recordset>{RECORD}</recordset></datastore></script></div><script>
jQuery('#55').jpage({{totalRecord:100, proxyUrl:'/module/web/jpage/dataproxy.jsp', perPage:15,
 ajaxParam:{{col:1,appid:1,webid:'149',path:'%2F',columnid:7,sourceContentType:1,unitid:'55',
 webname:'大山县人民政府',permissiontype:0}}}});</script></body></html>"""


def test_hanweb_column_with_its_first_records_and_the_form_for_the_others() -> None:
    hanweb = family_named("hanweb")
    listed = hanweb.list_page(page("/col/col7/index.html", COLUMN))
    form = (
        ("col", "1"), ("appid", "1"), ("webid", "149"), ("path", "/"), ("columnid", "7"),
        ("sourceContentType", "1"), ("unitid", "55"), ("webname", "大山县人民政府"), ("permissiontype", "0"),
    )  # fmt: skip
    proxy = f"{SITE}/module/web/jpage/dataproxy.jsp"
    assert hanweb.draws_by_script
    assert listed.links == (REPORT,)
    assert listed.further == (
        Ask(f"{proxy}?startrecord=2&endrecord=46&perpage=15", form),
        Ask(f"{proxy}?startrecord=47&endrecord=91&perpage=15", form),
        Ask(f"{proxy}?startrecord=92&endrecord=100&perpage=15", form),
    )


def test_hanweb_records_and_the_group_they_name_next() -> None:
    text = (
        "<datastore><totalrecord>309</totalrecord><totalpage>21</totalpage><nextgroup><![CDATA["
        f'<a href="./dataproxy.jsp?page=2&appid=1&columnid=7"></a>]]></nextgroup>{RECORD}</datastore>'
    )
    listed = family_named("hanweb").list_page(page("/module/jpage/dataproxy.jsp?page=1", text))
    assert listed.links == (REPORT,)
    assert listed.further == (Ask(f"{SITE}/module/jpage/dataproxy.jsp?page=2&appid=1&columnid=7"),)


def test_hanweb_records_of_the_last_group() -> None:
    text = (
        f'<datastore><totalpage>1</totalpage><nextgroup><a href="dataproxy.jsp?page=2"></a></nextgroup>{RECORD}'
    )
    assert family_named("hanweb").list_page(page("/module/jpage/dataproxy.jsp", text)).further == ()


def test_hanweb_annual_years() -> None:
    endpoint = "/module/xxgk/xxgkAnnualReport.jsp?area=990101ZFC"
    years = f'<a href="{endpoint}&fbtime=2023">2023年</a><a href="{endpoint}&fbtime=2022">2022</a>'
    text = f'{years}<a href="/">首页</a>'
    annual = family_named("hanweb_annual")
    assert [link.text for link in annual.list_page(page("/zfxxgk/index.html", text)).links] == [
        "2023年政府信息公开工作年度报告",
        "2022年政府信息公开工作年度报告",
        "首页",
    ]
    # On a report's own page the other years are no reports of it.
    assert [link.text for link in annual.list_page(page(f"{endpoint}&fbtime=2023", text)).links] == ["首页"]
    # Without a year the endpoint is their list.
    assert len(annual.list_page(page(endpoint, text)).links) == 3


def test_guangdong_articles() -> None:
    text = (
        '{"total": 250, "articles": [{"id": 1,'
        '"url": "http:\\/\\/www.dashan.gov.cn\\/gkmlpt\\/content\\/0\\/1\\/post_1.html",'
        f'"title": "{TITLE}", "display_publish_time": 1706544000, "created_at": "2020-01-01 00:00:00"}},'
        '{"url": "/gkmlpt/content/0/1/post_2.html", "title": "<b>甲</b>", "created_at": "2023-02-01"}]}'
    )
    listed = family_named("guangdong").list_page(page("/gkmlpt/api/all/475?page=1&sid=755031", text))
    assert listed.links == (
        Link(f"{SITE}/gkmlpt/content/0/1/post_1.html", TITLE, date(2024, 1, 30)),
        Link(f"{SITE}/gkmlpt/content/0/1/post_2.html", "甲", date(2023, 2, 1)),
    )
    assert listed.further[0] == Ask(f"{SITE}/gkmlpt/api/all/475?sid=755031&page=2")


def test_ucap_results() -> None:
    text = (
        f'{{"data": {{"total": 45, "results": [{{"url": "/dsx/c1/202401/{HEX}.shtml", "title": "{TITLE}",'
        '"publishedTimeStr": "2024-01-30 09:00:00"}]}}'
    )
    address = f"/common/search/{HEX}?_isJson=true&_pageSize=20&page=1"
    listed = family_named("ucap").list_page(page(address, text))
    assert listed.links == (Link(f"{SITE}/dsx/c1/202401/{HEX}.shtml", TITLE, date(2024, 1, 30)),)
    assert [ask.url[-6:] for ask in listed.further] == ["page=2", "page=3"]


# Files


def files(body: str, url: str = "/info/1/2.htm") -> list[tuple[str, str, str]]:
    found = recognise(page(url, body)).files(page(url, f"<html><body>{body}</body></html>"))
    return [(one.url.removeprefix(SITE), one.role, one.name) for one in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<a href="./P020240130.pdf">附件1：大山县2023年年报.pdf</a>',
         ("/info/1/P020240130.pdf", "attachment", "大山县2023年年报.pdf")),
        ('<a href="/a/b.DOCX">下载</a>', ("/a/b.DOCX", "attachment", "")),
        *((f'<a href="/a.{ending}">表</a>', (f"/a.{ending}", "attachment", ""))
          for ending in ("doc", "wps", "ofd", "xls", "xlsx", "zip", "rar")),
        ('<a href="/module/download/downfile.jsp?classid=0&filename=2401.pdf">附件</a>',
         ("/module/download/downfile.jsp?classid=0&filename=2401.pdf", "attachment", "2401.pdf")),
        ('<a href="/system/_content/download.jsp?urltype=news&wbfileid=7">附件【年报.docx】</a>',
         ("/system/_content/download.jsp?urltype=news&wbfileid=7", "attachment", "年报.docx")),
        ('<p><img src="/__local/1.jpg" width="800"></p>', ("/__local/1.jpg", "attachment", "")),
        ('<iframe src="/pdfjs/web/viewer.html?file=/files/nb.pdf"></iframe>',
         ("/files/nb.pdf", "attachment", "")),
        ('<a href="/js/pdfjs/web/viewer.html?file=%2Ffiles%2Fnb.pdf">查看</a>',
         ("/files/nb.pdf", "attachment", "")),
        ('<iframe src="/files/nb.pdf"></iframe>', ("/files/nb.pdf", "attachment", "")),
        ('<iframe src="nb2023.html" width="100%" height="900"></iframe>', ("/info/1/nb2023.html", "frame", "")),
        ("""<a href="javascript:window.open('/up/nb.pdf')">附件</a>""", ("/up/nb.pdf", "attachment", "")),
        ('<embed src="nb.pdf" type="application/pdf">', ("/info/1/nb.pdf", "attachment", "")),
        ('<object data="nb.pdf"></object>', ("/info/1/nb.pdf", "attachment", "")),
        ('<object><param name="src" value="/nb.ofd"></object>', ("/nb.ofd", "attachment", "")),
        ('<script>showVsbpdfIframe("/__local/A/nb.pdf","100%","600","0");</script>',
         ("/__local/A/nb.pdf", "attachment", "")),
        ('<script>showVsbpdfIframe("/virtual_attach_file.vsb?oid=1&e=.pdf","100%")</script>',
         ("/virtual_attach_file.vsb?oid=1&e=.pdf", "attachment", "")),
        ("<script>PDFObject.embed('/upload/nb.pdf', '#x')</script>", ("/upload/nb.pdf", "attachment", "")),
        ("<script>var u = '/pdfjs/viewer.html?file=/up/nb.pdf'</script>", ("/up/nb.pdf", "attachment", "")),
    ],
)  # fmt: skip
def test_a_file(body: str, found: tuple[str, str, str]) -> None:
    assert files(body) == [found]


@pytest.mark.parametrize(
    "body",
    [
        '<img src="/images/logo.png">',
        '<img src="/images/header_bg.jpg">',
        '<img src="/ewm.jpg">',
        '<img src="/2.png" alt="微信二维码">',
        '<img src="/system/icon16_pdf.png">',
        '<img src="/images/pdf.png">',
        '<img src="/images/file_doc.png">',
        '<img src="/a.gif">',
        '<img src="/a.jpg" width="60" height="60">',
        '<img src="/a.jpg" style="width:32px">',
        '<div class="footer"><img src="/dangzheng.png"></div>',
        '<nav><a href="/help.pdf">帮助</a></nav>',
        '<img src="data:image/png;base64,AAAA">',
        '<iframe src="/share.html"></iframe>',
        '<iframe src="about:blank"></iframe>',
        '<iframe src="https://pucha.example.com/widget.html"></iframe>',
        '<iframe src="count.html" width="0" height="0"></iframe>',
        '<iframe src="hidden.html" style="display:none"></iframe>',
        '<a href="/download/index.html">下载中心</a>',
        '<a href="/info/1/3.htm">下一篇</a>',
        '<script src="/js/app.js"></script><script>var a = "x.js"</script>',
        f"<table>{'<tr><td>1</td><td>2</td></tr>' * 60}</table><img src='/chart.png'>",
    ],
)
def test_no_file(body: str) -> None:
    assert files(body) == []


def test_each_file_once() -> None:
    body = '<a href="nb.pdf">年报.pdf</a><iframe src="nb.pdf"></iframe><script>var f = "nb.pdf"</script>'
    assert files(body) == [("/info/1/nb.pdf", "attachment", "年报.pdf")]
    assert Attachment("http://a.gov.cn/x", "frame").name == ""


# Likely lists


@pytest.mark.parametrize(
    ("report", "lists"),
    [
        ("/zwgk/zfxxgknb/202401/t20240129_836.shtml", ["/zwgk/zfxxgknb/"]),
        ("/zfxxgknb/2022n_5959063/202401/t20240129_836.shtml", ["/zfxxgknb/2022n_5959063/", "/zfxxgknb/"]),
        ("/art/2024/1/30/art_1229_898.html", ["/col/col1229/index.html"]),
        (f"/lxz/gxs/art/2025/art_{HEX}.html", ["/lxz/gxs/", "/lxz/gxs/index.html"]),
        ("/module/xxgk/xxgkAnnualReport.jsp?area=9901&fbtime=2023",
         ["/module/xxgk/xxgkAnnualReport.jsp?area=9901"]),
        (f"/dsx/c106168/202302/{HEX}.shtml", ["/dsx/c106168/list.shtml", "/dsx/c106168/"]),
        ("/dsx/c102059/202301/c04_2749.shtml", ["/dsx/c102059/list.shtml", "/dsx/c102059/"]),
        ("/zfxxgknb/xj/1753311688616128514.html", ["/zfxxgknb/xj/"]),
        ("/zfxxgknb/szfnb/2023n/1753311688616128514.html", ["/zfxxgknb/szfnb/2023n/", "/zfxxgknb/szfnb/"]),
        ("/zwgk/ndbg/content/post_948.html", ["/zwgk/ndbg/", "/zwgk/ndbg/index.html"]),
        ("/gkmlpt/content/0/1/post_1.html", []),
        ("/info/1677/56001.htm", []),
        ("/public/6596221/10189961.html", ["/public/column/6596221"]),
        ("/XxgkAnnualReport/show/5712.html", ["/XxgkAnnualReport/", "/XxgkAnnualReport/index.html"]),
        ("/gk/zfxxgknb/content_184762", ["/gk/zfxxgknb/"]),
        ("/columns/0772/202302/13/67eb.html", ["/columns/0772/"]),
        ("/zfxxgknb/2021n/t803352.shtml", ["/zfxxgknb/2021n/", "/zfxxgknb/"]),
        ("/nb/2021n/ctx/index.html", ["/nb/2021n/", "/nb/"]),
        ("/nb/2022n/1.html", ["/nb/2022n/", "/nb/"]),
        ("/nb/content/a4ef1570-4339.html", ["/nb/"]),
        ("/nb/2021-11/09/article_20240414.html", ["/nb/"]),
        ("/xxgk-show-224787.html", []),
        ("/report.html", []),
    ],
)  # fmt: skip
def test_near(report: str, lists: list[str]) -> None:
    assert [url.removeprefix(SITE) for url in near(SITE + report)] == lists


# Anything a server may send

PIECES = st.sampled_from(
    [
        "<a href='",
        "x.pdf",
        "'>",
        "</a>",
        "<datastore>",
        "<record><![CDATA[",
        "]]></record>",
        '<nextgroup><a href="',
        "http://[",
        "createPageHTML(5,0,'index','shtml')",
        "createPageHTML(9,0,'http://[','shtml')",
        "{",
        "}",
        '"url":',
        '"title":"年报"',
        '"total":',
        "1e999",
        "NaN",
        '"date":99999999999999999999',
        ",",
        "[",
        "]",
        "<iframe src='",
        "2",
        "viewer.html?file=http://[",
        "ajaxParam:{a:1}",
        "totalRecord:99",
        "proxyUrl:'http://['",
        "下一页",
        "?page=2",
        "SID:'1'",
        f"channelId='{HEX}'",
        "pageCount:3",
        "\x00",
        "\ud800",
        "<td>",
        "<script>showVsbpdfIframe('",
        "')</script>",
    ]
)
URLS = st.sampled_from(
    [
        "/",
        "/nb.htm",
        "/nb/2.htm",
        "/gkmlpt/index#5",
        "/gkmlpt/api/all/5?page=1&sid=2",
        "/col/col1/index.html",
        "/module/jpage/dataproxy.jsp?page=1",
        f"/search/{HEX}?page=1",
        "/public/column/1?a=b",
        "/module/xxgk/xxgkAnnualReport.jsp?area=1",
    ]
)


@given(URLS, st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
def test_broken_pages_never_raise_and_addresses_are_absolute(url: str, text: str) -> None:
    broken = page(url, text)
    for family in (*FAMILIES, recognise(broken)):
        listed = family.list_page(broken)
        urls = [*(one.url for one in listed.links), *(one.url for one in listed.further)]
        urls += [one.url for one in family.files(broken)]
        assert all(one.startswith(("http://", "https://")) for one in urls)
        assert broken.url not in [one.url for one in listed.further]


@given(st.text(max_size=60))
def test_near_never_raises(path: str) -> None:
    assert all(url.startswith(SITE) for url in near(f"{SITE}/{path}"))


def test_shared_pages_are_not_changed_by_looking_at_them() -> None:
    one = page("/nb/", '<a href="index_2.html">下一页</a><img src="/a.jpg">')
    before = links(one)
    for family in FAMILIES:
        family.list_page(one)
        family.files(one)
    assert links(page("/nb/", one.text)) == before
