"""Any other portal: what is linked is followed, and reports are looked for in the folder above them."""

import re
from urllib.parse import urljoin

from etl.crawl.families.base import Family
from etl.crawl.families.trs import folder_and_above
from etl.crawl.page import Page

_OWN_FOLDER = re.compile(r"/(?:index|content)\.\w+$")
_DATED = re.compile(r"/(?:(?:19|20)\d\d[-/]?\d\d(?:[-/]?\d\d)?|articles|content|show)/$")
_FOLDER = re.compile(r"^(?P<folder>https?://[^?#]+/[^?#]*/)$")


class Generic(Family):
    """Portals of no known family."""

    name = "generic"
    addresses = re.compile("")
    marks = re.compile("")

    def recognises(self, page: Page) -> bool:
        """Never by itself: a page is generic where no other family knows it."""
        return False

    def near(self, report_url: str) -> list[str]:
        """The folder a report lies in, without folders of its own and of dates."""
        folder = urljoin(report_url, ".." if _OWN_FOLDER.search(report_url) else ".")
        while (shorter := _DATED.sub("/", folder)) != folder:
            folder = shorter
        return folder_and_above(_FOLDER, folder)
