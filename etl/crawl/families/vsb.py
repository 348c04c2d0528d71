"""VSB (博达): columns ``COL.htm``, whose further pages ``COL/N.htm`` count down; reports ``/info/N/ID.htm``."""

import re

from etl.crawl.families.base import Family
from etl.crawl.families.paging import MOST_PAGES
from etl.crawl.links import links
from etl.crawl.page import Ask, Page

_PAGE = re.compile(r"^(?P<column>https?://[^?#]+?)/(?P<number>\d{1,4})(?P<ending>\.html?)$")
_COLUMN = re.compile(r"^(?P<column>https?://[^?#]+?)(?P<ending>\.html?)$")


class Vsb(Family):
    """Portals made with VSB."""

    name = "vsb"
    addresses = re.compile(r"/info/(?:egovinfo/)?\d+/(?:[\w/-]+/)?[\w-]+\.htm$")
    marks = re.compile(
        r"vsb_content|v_news_content|/system/resource/js/|_sitegray|vsbscreen|showVsbpdfIframe|/info/\d{4,}/\d+\.htm\b"
    )

    def further(self, page: Page) -> list[Ask]:
        """The pages of a column: the first is ``COL.htm``, the second has the highest number, the last is 1."""
        found = _PAGE.match(page.url) or _COLUMN.match(page.url)
        if found is None:
            return super().further(page)
        head, ending = found["column"] + "/", found["ending"]
        numbers = {
            int(link.url[len(head) : -len(ending)])
            for link in links(page)
            if link.url.startswith(head)
            and link.url.endswith(ending)
            and re.fullmatch(r"\d{1,4}", link.url[len(head) : -len(ending)])
            and _is_paging(link.text)
        }
        if not numbers:
            return super().further(page)
        last = max(numbers)
        return [Ask(f"{head}{n}{ending}") for n in range(last, max(last - MOST_PAGES, 0), -1)]

    def near(self, report_url: str) -> list[str]:
        """Nothing: the number of a column in a report's address does not tell the column's own address."""
        return []


def _is_paging(text: str) -> bool:
    return re.search(r"^\W*\d{1,4}\W*$|[下尾末上首]一?页|next|last", text, re.IGNORECASE) is not None
