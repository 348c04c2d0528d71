"""Lists that come as JSON from a data address, whatever the CMS: links, and the next page."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from etl.crawl.links import absolute, date_in
from etl.crawl.page import Ask, Link, ListPage, Page

_ADDRESSES = ("url", "href", "link", "docpuburl", "linkurl", "htmlurl")
_TITLES = ("title", "doctitle", "name", "subject")
_DATES = (
    "display_publish_time",
    "publishedtimestr",
    "publish_time",
    "publishtime",
    "pubdate",
    "created_at",
    "date",
)
_PAGE = re.compile(r"^(?:page|pageno|pageindex|currentpage|cur_page|pagenum|p)$", re.IGNORECASE)
_PAGES = ("pages", "totalpages", "totalpage", "pagecount", "last_page")
_TAG = re.compile(r"<[^>]+>")
_CHINA_OFFSET = 8 * 3600


def parse_json(text: str) -> Any:
    """A JSON document, or one in a JSONP call; None where it is neither."""
    text = text.strip()
    if not text.startswith(("{", "[")):
        call = re.match(r"^[\w.$]+\((.*)\);?$", text, re.DOTALL)
        text = call.group(1) if call else ""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def json_list(page: Page, data: Any) -> ListPage:
    """The links of a JSON list, and its next page while this one is not empty and not the last."""
    found = tuple(_links(data, page.url, 0))
    return ListPage(found, tuple(_next(page.url, data)) if found else ())


def _links(data: Any, base: str, depth: int) -> Iterator[Link]:
    if depth > 8:
        return
    if isinstance(data, list):
        for one in data:
            yield from _links(one, base, depth + 1)
    elif isinstance(data, dict):
        keys = {str(key).lower(): value for key, value in data.items()}
        target = next((keys[key] for key in _ADDRESSES if isinstance(keys.get(key), str) and keys[key]), None)
        title = next((keys[key] for key in _TITLES if isinstance(keys.get(key), str) and keys[key]), None)
        if target and title:
            url = absolute(base, target)
            if url:
                yield Link(url, " ".join(_TAG.sub("", title).split()), _date(keys))
        else:
            for one in data.values():
                yield from _links(one, base, depth + 1)


def _date(keys: dict[str, Any]) -> date | None:
    for key in _DATES:
        value = keys.get(key)
        if isinstance(value, str) and (found := date_in(value)):
            return found
        if isinstance(value, int | float) and 10**8 < value < 10**14:
            seconds = value / 1000 if value > 10**11 else value
            return datetime.fromtimestamp(seconds + _CHINA_OFFSET, UTC).date()
    return None


def _next(url: str, data: Any) -> Iterator[Ask]:
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    number = next((int(value) for key, value in query if _PAGE.match(key) and value.isdigit()), None)
    if number is None:
        return
    last = _last_page(data, 0)
    if last is not None and number >= last:
        return
    later = [(key, str(number + 1) if _PAGE.match(key) else value) for key, value in query]
    yield Ask(urlunsplit(parts._replace(query=urlencode(later))))


def _last_page(data: Any, depth: int) -> int | None:
    if not isinstance(data, dict) or depth > 3:
        return None
    keys = {str(key).lower(): value for key, value in data.items()}
    for key in _PAGES:
        if isinstance(keys.get(key), int):
            return int(keys[key])
    return next((found for one in data.values() if (found := _last_page(one, depth + 1)) is not None), None)
