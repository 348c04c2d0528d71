"""What a family of content management systems is: how it is recognised, how its lists are read and paged."""

import re
from typing import ClassVar

from etl.crawl.families.files import Attachment, files_of
from etl.crawl.families.paging import linked_pages, script_pages, year_folders
from etl.crawl.links import links
from etl.crawl.page import Ask, Link, ListPage, Page
from etl.places.portals import FamilyName

MOST_FURTHER = 60  # pages of one list


class Family:
    """A family, with what most families do. A family overrides what it does differently."""

    name: ClassVar[FamilyName]
    draws_by_script: ClassVar[bool] = False
    """Whether the first page of a list holds no links: they come from a data address."""
    addresses: ClassVar[re.Pattern[str]]
    """The addresses of its pages."""
    marks: ClassVar[re.Pattern[str]]
    """What its pages, and hardly any others, say in their source."""

    def recognises(self, page: Page) -> bool:
        """Whether a page was made by this family."""
        return bool(self.addresses.search(page.url) or self.marks.search(page.text))

    def is_drawn(self, page: Page) -> bool:
        """Whether a script draws the list of this page."""
        return self.draws_by_script

    def list_page(self, page: Page) -> ListPage:
        """The links of one page of a list, and further pages of it: a page of HTML, or what a data address
        gave. Every page may name all others; whoever walks the list asks for each once."""
        further = dict.fromkeys(ask for ask in self.further(page) if ask.url != page.url)
        return ListPage(self.links(page), tuple(further)[:MOST_FURTHER])

    def links(self, page: Page) -> tuple[Link, ...]:
        return links(page)

    def further(self, page: Page) -> list[Ask]:
        urls = script_pages(page) or linked_pages(page)
        return [Ask(url) for url in (*urls, *year_folders(page))]

    def files(self, page: Page) -> tuple[Attachment, ...]:
        """The files and frames that a report's page shows or hands out."""
        return files_of(page)

    def near(self, report_url: str) -> list[str]:
        """Where the list is likely to be that a report of this address stands on; best first."""
        return []
