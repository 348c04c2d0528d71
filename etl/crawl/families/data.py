"""Lists as data addresses give them: JSON of entries, and XML of records that hold HTML."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from etl.crawl.links import MOST_LINKS, absolute, date_in, links
from etl.crawl.page import Link, Page
from etl.crawl.window import CHINA

_URLS = ("url", "link", "href", "post_url", "docpuburl", "docPubUrl", "pageUrl", "linkUrl", "infourl")
_TITLES = ("title", "showTitle", "docTitle", "doctitle", "DOCTITLE", "name", "infotitle")
_DATES = (
    "publishedTimeStr",
    "display_publish_time",
    "first_publish_time",
    "created_at",
    "date",
    "publishedTime",
    "publishTime",
    "pubDate",
    "docRelTime",
    "showtime",
)
_TOTALS = ("total", "totalCount", "totalrecord", "count")
_TAG = re.compile(r"<[^>]*>")
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?", re.IGNORECASE)
_RECORD_END = re.compile(r"(?:\]\]>)?\s*</record>", re.IGNORECASE)
_DEEPEST = 6


def json_of(page: Page) -> Any:
    """The JSON that a page is, plain or called back (``cb({…})``); None where it is none."""
    text = page.text.strip().removeprefix("\ufeff")
    if not text.startswith(("{", "[")):
        called = re.fullmatch(r"[\w.$]{1,60}\s*\((.*)\)\s*;?", text[:2_000_000], re.DOTALL)
        if called is None:
            return None
        text = called[1].strip()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def json_links(value: Any, base: str) -> tuple[Link, ...]:
    """The entries of a JSON list, wherever in it they are: whatever has an address and a title."""
    found: dict[str, Link] = {}
    for entry in _objects(value):
        target, title = _first(entry, _URLS), _first(entry, _TITLES)
        url = absolute(base, target) if isinstance(target, str) and target else None
        if url is None or not isinstance(title, str) or len(found) >= MOST_LINKS:
            continue
        found.setdefault(url, Link(url, " ".join(_TAG.sub("", title).split()), _day(_first(entry, _DATES))))
    return tuple(found.values())


def json_total(value: Any) -> int | None:
    """How many entries a list has in all, as its JSON says."""
    for entry in _objects(value):
        total = _first(entry, _TOTALS)
        if isinstance(total, int | str) and str(total).isdecimal() and len(str(total)) < 9:
            return int(total)
    return None


def record_links(page: Page) -> tuple[Link, ...]:
    """The links in the records of a datastore: ``<record><![CDATA[<li><a …>…</a></li>]]></record>``."""
    records = records_of(page)
    return links(Page(page.url, "".join(f"<div>{record}</div>" for record in records))) if records else ()


def records_of(page: Page) -> list[str]:
    """The records of a datastore, as the HTML they hold."""
    return [_RECORD_END.split(record, maxsplit=1)[0] for record in _RECORD.split(page.text)[1:]]


def _objects(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def _first(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((entry[key] for key in keys if entry.get(key)), None)


def _day(value: Any) -> date | None:
    """A date as text, or as seconds or milliseconds since 1970, in China's time."""
    if isinstance(value, str) and not value.isdecimal():
        return date_in(value)
    try:
        seconds = int(value)
        seconds = seconds // 1000 if seconds > 10**11 else seconds
        return datetime.fromtimestamp(seconds, UTC).astimezone(CHINA).date() if seconds > 10**8 else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None
