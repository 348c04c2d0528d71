"""Each family's list leads to its reports, as a person with that CMS before them would go."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest

from etl.content.charset import decode
from etl.model_internet import Family, ModelReport, Shown, synthetic_portals
from etl.model_internet.families import CMS
from tests.raw_client import Browser, Reply

Walk = Callable[[Browser, Reply], Iterator[Reply]]
PORTALS = {portal.host: portal for portal in synthetic_portals(2 * len(Family), 8, tuple(Family))}


def trs(browser: Browser, first: Reply) -> Iterator[Reply]:
    total = int(re.findall(r'createPageHTML\((\d+), 0, "index", "html"\)', first.text)[0])
    assert total > 1
    yield first
    for n in range(1, total):
        yield browser.get(urljoin(first.url, f"index_{n}.html"))


def vsb(browser: Browser, first: Reply) -> Iterator[Reply]:
    """Older pages count down to 1."""
    numbers = []
    while True:
        yield first
        after = first.said("下页")
        numbers += [int(n) for url in after for n in re.findall(r"/(\d+)\.htm$", url)]
        if not after:
            break
        first = browser.get(after[0])
    assert numbers == list(range(len(numbers), 0, -1))
    assert numbers


def hanweb(browser: Browser, first: Reply) -> Iterator[Reply]:
    records = re.findall(r"<record>.*?</record>", first.text, re.DOTALL)
    total = int(re.findall(r"totalRecord:(\d+)", first.text)[0])
    parameters = dict(re.findall(r"(\w+):'([^']*)'", first.text.split("ajaxParam:")[1].split("}")[0]))
    assert len(records) < total
    yield first
    proxy = re.findall(r"proxyUrl:'([^']*)'", first.text)[0]
    span = f"{proxy}?startrecord={len(records) + 1}&endrecord={total}&perpage=15"
    posted = browser.get(urljoin(first.url, span), urlencode(parameters).encode())
    asked = browser.get(urljoin(first.url, f"{span}&{urlencode(parameters)}"))
    assert posted.content == asked.content
    assert len(re.findall("<record>", posted.text)) == total - len(records)
    yield posted


def linked(browser: Browser, first: Reply) -> Iterator[Reply]:
    """Pages that a link 下一页 leads to."""
    while True:
        yield first
        after = _decoded(first).said("下一页")
        if not after:
            return
        first = browser.get(after[0])


def ucap(browser: Browser, first: Reply) -> Iterator[Reply]:
    if drawn := re.findall(r"'(/common/search/[^']*)'", first.text):
        for n in range(1, 20):
            page = browser.get(urljoin(first.url, drawn[0]).replace("&page=1", f"&page={n}"))
            data = json.loads(page.text)["data"]
            if not data["results"]:
                assert n > data["total"] // data["rows"]
                return
            yield _as_links(page, [(one["url"], one["title"]) for one in data["results"]])
    else:
        total = int(re.findall(r"createPageHTML\('page_div',(\d+), 1,'list','shtml',\d+\)", first.text)[0])
        yield first
        for n in range(2, total + 1):
            yield browser.get(urljoin(first.url, f"list_{n}.shtml"))


def guangdong(browser: Browser, first: Reply) -> Iterator[Reply]:
    data = json.loads(first.text)
    assert data["total"] == len(data["articles"])
    yield _as_links(first, [(one["url"], one["title"]) for one in data["articles"]])


def shaanxi(browser: Browser, first: Reply) -> Iterator[Reply]:
    years = [url for url, text in first.links().items() if re.fullmatch(r"20\d\d年", text)]
    if years:
        yield from map(browser.get, years)
    else:
        yield from linked(browser, first)


def _as_links(page: Reply, entries: list[tuple[str, str]]) -> Reply:
    text = "".join(f'<a href="{url}">{title}</a>' for url, title in entries)
    return page._replace(content=text.encode())


def _decoded(page: Reply) -> Reply:
    return page._replace(content=decode(page.content).encode())


WALKS: dict[Family, Walk] = {
    Family.TRS: trs,
    Family.VSB: vsb,
    Family.HANWEB: hanweb,
    Family.UCAP: ucap,
    Family.GUANGDONG: guangdong,
    Family.SHAANXI: shaanxi,
    Family.ANHUI: linked,
    Family.GENERIC: linked,
    Family.UNKNOWN: linked,
}


def _listings(browser: Browser) -> list[dict[str, Any]]:
    return [one for one in browser.net.portals() if one["family"] != Family.HANWEB_ANNUAL]


@pytest.mark.parametrize("host", [host for host, one in PORTALS.items() if one.family in WALKS])
def test_the_list_leads_to_every_report_and_much_else(played: Browser, host: str) -> None:
    (portal,) = (one for one in played.net.portals() if one["host"] == host)
    first = played.get(portal["listings"][0])
    assert first.status == 200
    found: dict[str, str] = {}
    for page in WALKS[Family(portal["family"])](played, first):
        assert page.status == 200
        found |= _decoded(page).links()
    reports = {report.title: report for report in PORTALS[host].reports}
    urls = {title: url for url, title in found.items() if title in reports}
    assert set(urls) == set(reports)
    for word in ("图解：", "法治政府", "通知", "局2"):
        assert any(word in title for title in found.values())
    for title, url in urls.items():
        _shows(played, url, reports[title])


@pytest.mark.parametrize("host", [host for host, one in PORTALS.items() if one.family is Family.HANWEB_ANNUAL])
def test_the_annual_endpoint_gives_the_report_of_a_year(played: Browser, host: str) -> None:
    (portal,) = (one for one in played.net.portals() if one["host"] == host)
    (address,) = portal["listings"]
    for report in PORTALS[host].reports:
        _shows(played, address.replace("{year}", str(report.year)), report)
    assert "暂无数据" in played.get(address.replace("{year}", "1999")).text


def _shows(browser: Browser, url: str, report: ModelReport) -> None:
    """The page at ``url`` is the report, or hands it out as the report says."""
    page = browser.get(url)
    assert page.status == 200
    if report.shown is Shown.INLINE:
        assert page.content == report.content.read()
        return
    if report.shown is Shown.FRAME:
        target = re.findall(r'<iframe src="([^"]*)"', _decoded(page).text)[0]
    else:
        assert report.shown is Shown.ATTACHMENT
        (target,) = (url for url, text in _decoded(page).links().items() if report.file_name in text)
    file = browser.get(urljoin(url, target))
    assert file.status == 200
    assert file.content == report.content.read()


def test_every_family_is_played_and_walked() -> None:
    assert set(CMS) == set(Family) == {*WALKS, Family.HANWEB_ANNUAL}


def test_sites_of_one_family_differ(played: Browser) -> None:
    """Both ways of UCAP and of Shaanxi are among the portals that the tests walk."""
    drawn = {
        "/common/search/" in played.get(one["listings"][0]).text
        for one in played.net.portals()
        if one["family"] == Family.UCAP
    }
    yearly = {"szfnb" in one["listings"][0] for one in played.net.portals() if one["family"] == Family.SHAANXI}
    assert drawn == yearly == {True, False}


def test_the_unknown_portal_is_several_clicks_deep(played: Browser) -> None:
    """Home page, 政务公开, 政府信息公开, 法定主动公开内容, 政府信息公开年报: no shorter way."""
    (portal, _) = (one for one in played.net.portals() if one["family"] == Family.UNKNOWN)
    at = portal["home"]
    for text in ("政务公开", "政府信息公开", "法定主动公开内容", "政府信息公开年报"):
        links = played.get(at).links()
        assert text == "政府信息公开年报" or "政府信息公开年报" not in links.values()
        (at,) = {url for url, said in links.items() if said == text}
    assert at == portal["listings"][0]


def test_the_old_site_is_gbk_and_claims_to_be_utf_8(played: Browser) -> None:
    (portal, _) = (one for one in played.net.portals() if one["family"] == Family.GENERIC)
    page = played.get(portal["listings"][0])
    assert b"charset=utf-8" in page.content
    assert "政府信息公开年报" in page.content.decode("gbk")
    assert "charset" not in page.headers["Content-Type"]


def test_a_search_that_robots_forbid_is_linked(played: Browser) -> None:
    (portal, _) = (one for one in played.net.portals() if one["family"] == Family.TRS)
    assert "Disallow: /so/" in played.get(portal["home"] + "robots.txt").text
    assert any("/so/s?" in url for url in played.get(portal["home"]).links())
