"""Any other portal: what is linked is followed, and reports are looked for in the folder above them."""

import re
from urllib.parse import urljoin

from etl.crawl.families.base import Family
from etl.crawl.page import Page

_DATED = re.compile(r"(?:(?:19|20)\d\d(?:[-/]?\d\d){1,2}|articles)/$")


class Generic(Family):
    """Portals of no known family."""

    name = "generic"
    addresses = re.compile("")
    marks = re.compile("")

    def recognises(self, page: Page) -> bool:
        """Never by itself: a page is generic where no other family knows it."""
        return False

    def near(self, report_url: str) -> list[str]:
        """The folder a report lies in, without the folders of dates."""
        folder = urljoin(report_url, ".")
        while shorter := _DATED.sub("", folder):
            if shorter == folder:
                break
            folder = shorter
        return [folder] if folder.count("/") > 3 else []
