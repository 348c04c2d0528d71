"""UCAP 开普: ``/cNNNNNN/list.shtml``, ``list_2.shtml``; some lists come as JSON from ``/common/search/…``."""

import re
from typing import ClassVar
from urllib.parse import urljoin

from etl.crawl.families.base import Family
from etl.crawl.families.data import json_list, parse_json
from etl.crawl.page import Ask, ListPage, Page
from etl.places.portals import FamilyName

_ADDRESS = re.compile(r"/c\d{3,}/(?:\d{6}/(?:[0-9a-f]{32}|c04_\d+)\.shtml|(?:common_)?list(?:_\d+)?\.shtml)")
_REPORT = re.compile(r"^(?P<column>.*?/c\d{3,})/\d{6}/(?:[0-9a-f]{32}|c04_\d+)\.shtml$")
_DATA = re.compile(r"[\"'](?P<url>(?:https?:)?/[^\"']*?/?common/search/[^\"']+)[\"']")


class Ucap(Family):
    """UCAP 开普."""

    name: ClassVar[FamilyName] = "ucap"
    draws_by_script: ClassVar[bool] = True

    def recognises(self, page: Page) -> bool:
        return _ADDRESS.search(page.url) is not None or "ucapcontent" in page.text.lower()

    def near(self, report_url: str) -> list[str]:
        report = _REPORT.match(report_url)
        return [f"{report['column']}/{name}.shtml" for name in ("list", "common_list")] if report else []

    def list_page(self, page: Page) -> ListPage:
        if (data := parse_json(page.text)) is not None:
            return json_list(page, data)
        listed = super().list_page(page)
        drawn = tuple(Ask(urljoin(page.url, found["url"])) for found in _DATA.finditer(page.text))
        return listed._replace(further=(*drawn, *listed.further))
