"""UCAP (开普): ``/cNNN/list.shtml``, ``list_2.shtml``, or lists drawn by a script from ``/common/search/``."""

import re
from urllib.parse import parse_qs, urlsplit

from etl.crawl.families.base import Family
from etl.crawl.families.data import json_links, json_of, json_total
from etl.crawl.families.paging import MOST_PAGES, with_parameter
from etl.crawl.families.trs import folder_and_above
from etl.crawl.links import absolute
from etl.crawl.page import Ask, Link, Page

_REPORT = re.compile(
    r"^(?P<folder>https?://[^?#]+/)(?:\d{6,8}/(?:[0-9a-f]{32}|c04_\d+|i?\d+)|c\d+/content)\.s?html"
)
_SEARCH = re.compile(r"['\"]([^'\"\s]*/(?:common/)?search(?:List)?/[0-9a-f]{32}(?:\?[^'\"\s]*)?)['\"]")
_CHANNEL = re.compile(
    r"\b(?:channel_?id|manuscriptChannelId)\b['\"]?\s*[:=]\s*['\"]([0-9a-f]{32})['\"]", re.IGNORECASE
)
_PER_PAGE = 20


class Ucap(Family):
    """Portals made with UCAP."""

    name = "ucap"
    addresses = re.compile(r"/\d{6}/(?:[0-9a-f]{32}|c04_\d+)\.shtml|/c\d{5,}\w*/(?:\w*list(?:_\d+)?\.shtml)?$")
    marks = re.compile(
        r"createPageHTML\(\s*['\"]|UCAPCONTENT|ucapcontent|/\d{6}/(?:[0-9a-f]{32}|c04_\d+)\.shtml"
        r"|/search(?:List)?/[0-9a-f]{32}\?"
    )

    def links(self, page: Page) -> tuple[Link, ...]:
        value = json_of(page)
        return super().links(page) if value is None else json_links(value, page.url)

    def further(self, page: Page) -> list[Ask]:
        value = json_of(page)
        if value is not None:
            return _more(page, json_total(value), len(json_links(value, page.url)))
        asks = super().further(page)
        return asks or ([] if self.links_reports(page) else _searches(page))

    def is_drawn(self, page: Page) -> bool:
        return not self.links_reports(page) and bool(_searches(page))

    def links_reports(self, page: Page) -> bool:
        """Whether the page itself links to articles; else a script draws its list."""
        return any(self.addresses.search(link.url) and "list" not in link.url for link in self.links(page))

    def near(self, report_url: str) -> list[str]:
        folders = folder_and_above(_REPORT, report_url)
        return [url for folder in folders for url in (f"{folder}list.shtml", folder)]


def _searches(page: Page) -> list[Ask]:
    """The data address of a list: written out in the page, or made from its channel."""
    if found := _SEARCH.search(page.text):
        url = absolute(page.url, found[1])
        if url is not None:
            return [Ask(with_parameter(with_parameter(url, "_isJson", "true"), "page", 1))]
    if found := _CHANNEL.search(page.text):
        url = absolute(page.url, f"/common/search/{found[1]}")
        query = f"_isAgg=true&_isJson=true&_pageSize={_PER_PAGE}&_template=index&page=1"
        return [Ask(f"{url}?{query}")] if url is not None else []
    return []


def _more(page: Page, total: int | None, count: int) -> list[Ask]:
    """The pages after one of a data address."""
    query = parse_qs(urlsplit(page.url).query)
    number, size = (query.get(name, [""])[0] for name in ("page", "_pageSize"))
    if not total or not count or not number.isdecimal():
        return []
    per_page = int(size) if size.isdecimal() and int(size) else count
    last = min(-(-total // per_page), MOST_PAGES)
    return [Ask(with_parameter(page.url, "page", n)) for n in range(int(number) + 1, last + 1)]
