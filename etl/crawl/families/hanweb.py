"""Hanweb jcms: lists drawn by a script from ``dataproxy.jsp``; an address that gives the report of a year."""

import html
import re
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from etl.crawl.families.base import Family
from etl.crawl.links import links, merged
from etl.crawl.page import Ask, Link, ListPage, Page
from etl.places.portals import FamilyName

_ADDRESS = re.compile(r"/(?:col/col\d+|art/\d{4}(?:/\d+/\d+)?/art_|module/web/jpage)")
_REPORT = re.compile(r"^(?P<site>https?://[^/]+)/art/\d{4}/\d+/\d+/art_(?P<column>\d+)_\d+\.html$")
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL)
_NEXT_GROUP = re.compile(r"<nextgroup>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</nextgroup>", re.DOTALL)
_HREF = re.compile(r"href\s*=\s*[\"']([^\"']+)")
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalRecord[\"']?\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_PROXY = re.compile(r"[\"'(]([^\"'()\s]*dataproxy\.jsp[^\"'()\s]*)")
_KEYS = (
    *("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype"),
)
_PER_PAGE = 20
_PER_REQUEST = 60


class Hanweb(Family):
    """Hanweb jcms."""

    name: ClassVar[FamilyName] = "hanweb"
    draws_by_script: ClassVar[bool] = True

    def recognises(self, page: Page) -> bool:
        return (
            _ADDRESS.search(page.url) is not None or "dataproxy.jsp" in page.text or "<datastore>" in page.text
        )

    def near(self, report_url: str) -> list[str]:
        report = _REPORT.match(report_url)
        return [f"{report['site']}/col/col{report['column']}/index.html"] if report else []

    def list_page(self, page: Page) -> ListPage:
        """Links of the page itself and of its records, and the further records to ask for."""
        is_data = "dataproxy.jsp" in page.url
        records = merged(_recorded(page))
        found = records if is_data else merged(iter((*links(page), *records)))
        further = list(_later(page, len(records)) if is_data else _first(page))
        if not is_data:
            further += super().list_page(page).further
        return ListPage(found, tuple(dict.fromkeys(further)))


class HanwebAnnual(Hanweb):
    """``xxgkAnnualReport.jsp?area=ORG&fbtime=YEAR``: the report of a year, or a page that links to it."""

    name: ClassVar[FamilyName] = "hanweb_annual"
    draws_by_script: ClassVar[bool] = False

    def recognises(self, page: Page) -> bool:
        return "xxgkAnnualReport" in page.url

    def near(self, report_url: str) -> list[str]:
        return []


def _recorded(page: Page) -> Iterator[Link]:
    for record in _RECORD.findall(page.text):
        yield from links(Page(page.url, html.unescape(record) if "&lt;a" in record else record))


def _first(page: Page) -> Iterator[Ask]:
    """The data address of a column page, with the parameters that its script gives."""
    for group in _NEXT_GROUP.findall(page.text):
        for target in _HREF.findall(html.unescape(group)):
            yield _ask(urljoin(page.url, target), {})
    given = _parameters(page.text)
    for target in _PROXY.findall(page.text):
        url = urljoin(page.url, html.unescape(target))
        if "columnid" in given or "columnid" in url:
            yield _ask(url, given)


def _later(page: Page, here: int) -> Iterator[Ask]:
    """The records after those of an answer, while the total says there are any."""
    total = _TOTAL.search(page.text)
    query = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    if total is None or not here or not query.get("endrecord", "").isdigit():
        return
    end = int(query["endrecord"])
    if end < int(total.group(1) or total.group(2)):
        span = {"startrecord": str(end + 1), "endrecord": str(end + _PER_REQUEST)}
        yield _ask(page.url, span, replace=True)


def _ask(url: str, given: dict[str, str], *, replace: bool = False) -> Ask:
    """A request for records. JSP reads parameters from the address and from a form; they are sent both ways."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    first = {"startrecord": "1", "endrecord": str(_PER_REQUEST), "perpage": str(_PER_PAGE)}
    merged_query = {**first, **query, **given} if replace else {**first, **given, **query}
    address = urlunsplit(parts._replace(query=urlencode(merged_query)))
    return Ask(address, tuple(sorted((key, merged_query[key]) for key in _KEYS if key in merged_query)))


def _parameters(text: str) -> dict[str, str]:
    """What a page's script gives the data address: ``columnid:'123'``, ``"columnid":"123"`` and the like."""
    given = {}
    for key in _KEYS:
        found = re.search(rf"\b{key}[\"']?\s*[:=]\s*(?:[\"']([^\"']*)[\"']|([\w./%-]+))", text)
        if found:
            given[key] = html.unescape(found.group(1) if found.group(1) is not None else found.group(2))
    return given
