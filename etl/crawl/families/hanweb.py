"""Hanweb jcms (大汉): columns ``/col/colN/index.html``, drawn by a script from records in the page and from
``dataproxy.jsp``."""

import re
from typing import ClassVar
from urllib.parse import unquote, urljoin, urlsplit

from etl.crawl.families.base import MOST_FURTHER, Family
from etl.crawl.families.data import record_links, records_of
from etl.crawl.links import absolute, links
from etl.crawl.page import Ask, Link, Page
from etl.places.portals import FamilyName

_REPORT = re.compile(
    r"^(?P<site>https?://[^/]+(?:/(?!art/)[\w-]+)*)/art/\d{4}/\d{1,2}/\d{1,2}/art_(?P<col>\d+)_\d+"
)
_NEW_REPORT = re.compile(r"^(?P<folder>https?://[^?#]+/)art/\d{4}/art_[0-9a-f]{32}\.html")
_PROXY = re.compile(r"proxyUrl\s*:\s*['\"]([^'\"]+)['\"]")
_AJAX = re.compile(r"ajaxParam\s*:\s*\{([^{}]*)\}")
_PAIR = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([\w./%-]+))")
_TOTAL = re.compile(r"totalRecord\s*:\s*['\"]?(\d{1,6})|<totalrecord>\s*(\d{1,6})", re.IGNORECASE)
_PER_PAGE = re.compile(r"perPage\s*:\s*['\"]?(\d{1,4})")
_NEXT_GROUP = re.compile(r"<nextgroup>\s*(?:<!\[CDATA\[)?\s*<a\s+href=\"([^\"]+)\"", re.IGNORECASE)
_PAGE = re.compile(r"[?&]page=(\d+)")
_TOTAL_PAGES = re.compile(r"<totalpage>\s*(\d{1,5})", re.IGNORECASE)
_DEFAULT_PROXY = "/module/web/jpage/dataproxy.jsp"
_GROUP = 3  # pages that are asked for at once


class Hanweb(Family):
    """Portals made with Hanweb jcms."""

    name: ClassVar[FamilyName] = "hanweb"
    draws_by_script = True
    addresses = re.compile(r"/col/col\d+/|/art/\d{4}/(?:\d{1,2}/\d{1,2}/art_\d+_\d+|art_[0-9a-f]{32})\.html")
    marks = re.compile(
        r"<datastore>|jpage/\w*dataproxy\.jsp|/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|/col/col\d+/index\.html"
    )

    def links(self, page: Page) -> tuple[Link, ...]:
        """Links of records first: in the page, or in what the data address gave."""
        found = (*record_links(page), *(() if _is_data(page) else links(page)))
        # The report of a year links to those of other years; without a year the endpoint is the list of them.
        endpoint = _annual_endpoint(page.url) if "fbtime=" in page.url else None
        unique: dict[str, Link] = {}
        for link in found:
            if endpoint is None or _annual_endpoint(link.url) != endpoint:
                unique.setdefault(link.url, link)
        return tuple(unique.values())

    def further(self, page: Page) -> list[Ask]:
        groups = _groups(page)
        if groups is None:
            groups = _next_group(page) or ([] if _is_data(page) else super().further(page))
        return groups

    def near(self, report_url: str) -> list[str]:
        if found := _REPORT.match(report_url):
            return [f"{found['site']}/col/col{found['col']}/index.html"]
        if found := _NEW_REPORT.match(report_url):
            return [found["folder"], urljoin(found["folder"], "index.html")]
        return []


def _is_data(page: Page) -> bool:
    """Whether a page is the answer of a data address, not a page of HTML that holds records."""
    return "<datastore" in page.text[:500].lower() and "<html" not in page.text[:500].lower()


def _groups(page: Page) -> list[Ask] | None:
    """The groups of records after those in the page, as its script would post for them; None where it has no
    such script."""
    parameters, total = _AJAX.search(page.text), _TOTAL.search(page.text)
    if parameters is None or total is None:
        return None
    form = tuple((key, unquote(one or two or plain)) for key, one, two, plain in _PAIR.findall(parameters[1]))
    proxy = _PROXY.search(page.text)
    url = absolute(page.url, proxy[1] if proxy else _DEFAULT_PROXY)
    if url is None:
        return None
    size = _PER_PAGE.search(page.text)
    per_page = max(int(size[1]), 1) if size else 15
    count, group = int(total[1] or total[2]), per_page * _GROUP
    starts = range(len(records_of(page)) + 1, count + 1, group)[:MOST_FURTHER]
    return [
        Ask(f"{url}?startrecord={start}&endrecord={min(start + group - 1, count)}&perpage={per_page}", form)
        for start in starts
    ]


def _next_group(page: Page) -> list[Ask]:
    """The next group as the records themselves name it: ``dataproxy.jsp?page=1&columnid=…``."""
    found = _NEXT_GROUP.search(page.text)
    if found is None:
        return []
    asked, last = _PAGE.search(found[1]), _TOTAL_PAGES.search(page.text)
    if asked and last and int(asked[1]) > int(last[1]):
        return []
    url = absolute(page.url, found[1].replace("&amp;", "&"))
    return [Ask(url)] if url is not None else []


def _annual_endpoint(url: str) -> str | None:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" if "xxgkAnnualReport" in parts.path else None
