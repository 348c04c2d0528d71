"""The Anhui cluster: ``/public/ORG/ID.html``, ``/public/content/N``, ``/XxgkAnnualReport/show/N.html``; lists
``/public/column/ORG?…&pageIndex=N``."""

import re

from etl.crawl.families.base import Family
from etl.crawl.families.paging import counted_pages
from etl.crawl.page import Ask, Page

_REPORT = re.compile(r"^(?P<site>https?://[^/]+)/public/(?P<body>\d+)/\d+\.html")
_SHOWN = re.compile(r"^(?P<list>https?://[^/]+/(?:Openness|Xxgk)AnnualReport/)show/\d+\.html")


class Anhui(Family):
    """Portals of the Anhui cluster."""

    name = "anhui"
    addresses = re.compile(
        r"/public/(?:\d+/\d+\.html|content/\d+|column/\d+)|/(?:Openness|Xxgk)AnnualReport/", re.IGNORECASE
    )
    marks = re.compile(
        r"/public/(?:content/\d+|column/\d+|\d{5,}/\d+\.html)|/(?:Openness|Xxgk)AnnualReport/show/\d+"
    )

    def further(self, page: Page) -> list[Ask]:
        return super().further(page) or [Ask(url) for url in counted_pages(page, "pageIndex")]

    def near(self, report_url: str) -> list[str]:
        if found := _REPORT.match(report_url):
            return [f"{found['site']}/public/column/{found['body']}"]
        if found := _SHOWN.match(report_url):
            return [found["list"], f"{found['list']}index.html"]
        return []
