"""The Anhui cluster: ``/public/ORG/ID.html``, ``/OpennessAnnualReport/show/N.html``."""

import re
from typing import ClassVar
from urllib.parse import urljoin

from etl.crawl.families.base import Family
from etl.crawl.page import Page
from etl.places.portals import FamilyName

_ADDRESS = re.compile(r"/(?:Openness|Xxgk)AnnualReport/|/public/(?:column|content)/\d+", re.IGNORECASE)
_SHOWN = re.compile(r"/(?P<column>(?:Openness|Xxgk)AnnualReport)/show/\d+\.html", re.IGNORECASE)


class Anhui(Family):
    """The portals of counties of Anhui that one platform serves."""

    name: ClassVar[FamilyName] = "anhui"

    def recognises(self, page: Page) -> bool:
        return _ADDRESS.search(page.url) is not None or _SHOWN.search(page.text) is not None

    def near(self, report_url: str) -> list[str]:
        shown = _SHOWN.search(report_url)
        return [urljoin(report_url, f"/{shown['column']}/index.html")] if shown else []
