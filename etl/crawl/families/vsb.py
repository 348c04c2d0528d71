"""VSB 博达: ``info/COLUMN/ID.htm``; lists ``COLUMN.htm`` with older pages ``COLUMN/N.htm`` counting down."""

import re
from typing import ClassVar

from etl.crawl.families.base import Attachment, Family
from etl.crawl.links import absolute
from etl.crawl.page import Page
from etl.places.portals import FamilyName

_ADDRESS = re.compile(r"/info/(?:egovinfo/)?\d+/")
_SHOWN = re.compile(r"showVsb(?:pdf|word|excel|ofd)Iframe\(\s*[\"']([^\"']+)[\"']", re.IGNORECASE)


class Vsb(Family):
    """VSB 博达."""

    name: ClassVar[FamilyName] = "vsb"

    def recognises(self, page: Page) -> bool:
        marks = ("_vsb", "vsbscreen", "vsb_content", "SiteBuilder", "webbuilder", "/_sitegray/", "showVsb")
        return _ADDRESS.search(page.url) is not None or any(mark in page.text for mark in marks)

    def files(self, page: Page) -> tuple[Attachment, ...]:
        shown = [url for target in _SHOWN.findall(page.text) if (url := absolute(page.url, target))]
        found = {url: Attachment(url, "attachment", url.rpartition("/")[2]) for url in shown}
        for one in super().files(page):
            found.setdefault(one.url, one)
        return tuple(found.values())
