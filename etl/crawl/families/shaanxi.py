"""The Shaanxi cluster: folders such as ``zfxxgk/zfxxgknb/xj/`` and reports named by 19-digit ids."""

import re
from typing import ClassVar

from etl.crawl.families.base import Family
from etl.crawl.page import Page
from etl.places.portals import FamilyName

_REPORT = re.compile(r"^(?P<folder>.*/)(?P<year>20\d\dn/)?\d{19}\.html$")
_ANY_REPORT = re.compile(r"/\d{19}\.html")


class Shaanxi(Family):
    """The portals of counties of Shaanxi that one platform serves."""

    name: ClassVar[FamilyName] = "shaanxi"

    def recognises(self, page: Page) -> bool:
        return _REPORT.match(page.url) is not None or len(_ANY_REPORT.findall(page.text)) > 2

    def near(self, report_url: str) -> list[str]:
        report = _REPORT.match(report_url)
        return [report["folder"]] if report else []
