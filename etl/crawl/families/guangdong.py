"""The Guangdong cluster: ``content/post_N.html``; its catalogue gkmlpt gives lists as JSON."""

import re
from typing import ClassVar
from urllib.parse import urljoin

from etl.crawl.families.base import Family
from etl.crawl.families.data import json_list, parse_json
from etl.crawl.page import Ask, ListPage, Page
from etl.places.portals import FamilyName

_REPORT = re.compile(r"^(?P<folder>.*/)content/post_\d+\.html$")
_DATA = re.compile(r"(?:https?:)?//[^\"'\s]+/gkmlpt/api/all/\d+[^\"'\s<]*|/gkmlpt/api/all/\d+[^\"'\s<]*")
_SID = re.compile(r"\bSID\b[\"']?\s*[:=]\s*[\"']?(\w+)", re.IGNORECASE)
_COLUMN = re.compile(r"(?:COLUMN_?ID|cate(?:gory)?_?ID|column)[\"']?\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)


class Guangdong(Family):
    """The portals of Guangdong, whose disclosure catalogue is gkmlpt (公开目录平台)."""

    name: ClassVar[FamilyName] = "guangdong"
    draws_by_script: ClassVar[bool] = True

    def recognises(self, page: Page) -> bool:
        return "gkmlpt" in page.url or "/gkmlpt/" in page.text or _REPORT.match(page.url) is not None

    def near(self, report_url: str) -> list[str]:
        report = _REPORT.match(report_url)
        return [report["folder"]] if report else []

    def list_page(self, page: Page) -> ListPage:
        if (data := parse_json(page.text)) is not None:
            return json_list(page, data)
        listed = super().list_page(page)
        drawn = [urljoin(page.url, url) for url in _DATA.findall(page.text)]
        sid, column = _SID.search(page.text), _COLUMN.search(page.text)
        if not drawn and sid and column:
            drawn = [urljoin(page.url, f"/gkmlpt/api/all/{column.group(1)}?page=1&sid={sid.group(1)}")]
        asks = tuple(Ask(url.replace("&amp;", "&")) for url in dict.fromkeys(drawn))
        return listed._replace(further=(*asks, *listed.further))
