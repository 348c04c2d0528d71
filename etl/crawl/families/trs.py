"""TRS WCM: static pages, lists paged by ``createPageHTML(total, 0, "index", "shtml")``."""

import re
from typing import ClassVar

from etl.crawl.families.base import Family
from etl.crawl.page import Page
from etl.places.portals import FamilyName

_REPORT = re.compile(r"^(?P<folder>.*/)(?:20\d{4}|19\d{4})/t\d+_?\d*\.s?html?$")
_SHORT_REPORT = re.compile(r"^(?P<folder>.*/)t\d+(?:_\d+)?\.s?html?$")


class Trs(Family):
    """TRS WCM."""

    name: ClassVar[FamilyName] = "trs"

    def recognises(self, page: Page) -> bool:
        return (
            "createPageHTML" in page.text
            or "TRS_Editor" in page.text
            or "trs_paper" in page.text
            or _REPORT.match(page.url) is not None
        )

    def near(self, report_url: str) -> list[str]:
        report = _REPORT.match(report_url) or _SHORT_REPORT.match(report_url)
        return [report["folder"]] if report else []
