"""Portals of no known family: pages with links."""

from typing import ClassVar

from etl.crawl.families.base import Family
from etl.crawl.page import Page
from etl.places.portals import FamilyName


class Generic(Family):
    """Fits everything; what it does are the defaults of `Family`."""

    name: ClassVar[FamilyName] = "generic"

    def recognises(self, page: Page) -> bool:
        return True
