"""The Guangdong cluster: the disclosure platform gkmlpt, whose lists are JSON, and ``content/post_N.html``."""

import re
from urllib.parse import parse_qs, urlsplit

from etl.crawl.families.base import Family
from etl.crawl.families.data import json_links, json_of, json_total
from etl.crawl.families.paging import MOST_PAGES, with_parameter
from etl.crawl.page import Ask, Link, Page

_SITE = re.compile(r"^(?P<platform>https?://[^?#]*?/gkmlpt)(?:/|$)")
_REPORT = re.compile(
    r"^(?P<folder>https?://[^?#]+/)content/(?:\d+/\d+/)?(?:post_\w+|mpost_\w+|[0-9a-f-]{36})\.html"
)
_SID = re.compile(r"\bSID\b['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_COLUMN = re.compile(
    r"\b(?:COLUMN_?ID|CATEGORY_?ID|CATE_?ID)\b['\"]?\s*[:=]\s*['\"]?(\d+)|gkmlpt/api/all/(\d+)", re.IGNORECASE
)
_PER_PAGE = 100


class Guangdong(Family):
    """Portals of the Guangdong cluster."""

    name = "guangdong"
    draws_by_script = True
    addresses = re.compile(r"/gkmlpt(?:/|$)|/content/(?:\d+/\d+/)?m?post_\w+\.html")
    marks = re.compile(r"/gkmlpt/|/content/(?:\d+/\d+/)?post_\d+\.html")

    def links(self, page: Page) -> tuple[Link, ...]:
        value = json_of(page)
        return super().links(page) if value is None else json_links(value, page.url)

    def further(self, page: Page) -> list[Ask]:
        value = json_of(page)
        if value is not None:
            return _more(page, json_total(value), len(json_links(value, page.url)))
        return [*_first(page), *super().further(page)]

    def near(self, report_url: str) -> list[str]:
        """The folder above ``content/``. The platform's own addresses do not tell the column."""
        found = _REPORT.match(report_url)
        if found is None or _SITE.match(report_url):
            return []
        return [found["folder"], f"{found['folder']}index.html"]


def _first(page: Page) -> list[Ask]:
    """The data address of a column of the platform. The column is named behind the ``#`` of its address, or
    in the page."""
    site, sid = _SITE.match(page.url), _SID.search(page.text)
    if site is None or sid is None:
        return []
    named = urlsplit(page.url).fragment
    column = _COLUMN.search(page.text)
    number = named if named.isdecimal() else (column[1] or column[2]) if column else ""
    return [Ask(f"{site['platform']}/api/all/{number}?page=1&sid={sid[1]}")] if number else []


def _more(page: Page, total: int | None, count: int) -> list[Ask]:
    number = parse_qs(urlsplit(page.url).query).get("page", [""])[0]
    if not total or not count or number != "1":
        return []
    # A full page tells how many entries a page has; one that is not full is the last.
    last = min(-(-total // min(count, _PER_PAGE)), MOST_PAGES)
    return [Ask(with_parameter(page.url, "page", n)) for n in range(2, last + 1)]
