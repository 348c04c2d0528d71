"""Hanweb's annual reports by year: ``/module/xxgk/xxgkAnnualReport.jsp?area=ORG&fbtime=YEAR``."""

import re
from urllib.parse import parse_qs, urlsplit

from etl.crawl.families.hanweb import Hanweb
from etl.crawl.page import Link, Page

_YEAR = re.compile(r"^\D*(20\d\d)\D{0,3}$")


class HanwebAnnual(Hanweb):
    """Portals whose reports a Hanweb endpoint gives by year."""

    name = "hanweb_annual"
    draws_by_script = False
    addresses = re.compile(r"/xxgkAnnualReport\.jsp")
    marks = re.compile(r"xxgkAnnualReport\.jsp\?")

    def links(self, page: Page) -> tuple[Link, ...]:
        """Links, those to the report of a year with what they are: on the page they say the year alone. A
        report's own page names the other years as well, which are asked for by themselves."""
        return tuple(_named(link) for link in super().links(page))

    def near(self, report_url: str) -> list[str]:
        parts = urlsplit(report_url)
        query = parse_qs(parts.query)
        if "xxgkAnnualReport" not in parts.path or "area" not in query:
            return []
        return [f"{parts.scheme}://{parts.netloc}{parts.path}?area={query['area'][0]}"]


def _named(link: Link) -> Link:
    year = _YEAR.match(link.text)
    if "xxgkAnnualReport.jsp" in link.url and year:
        return link._replace(text=f"{year[1]}年政府信息公开工作年度报告")
    return link
