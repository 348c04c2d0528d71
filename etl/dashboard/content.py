"""What stands at a path: the bytes and their type, the same for server and site."""

from dataclasses import dataclass
from typing import Any

from etl.dashboard.pages import search
from etl.dashboard.reader import Reader, Row
from etl.dashboard.registry import File, Found
from etl.dashboard.render import Show, render, tables
from etl.dashboard.tables import as_csv
from etl.dashboard.words import Language

HTML = "text/html; charset=utf-8"
_LONGEST = 60  # characters of a search
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent or written."""

    body: bytes
    media_type: str


def content_of(show: Show, reader: Reader, found: Found) -> Content | None:
    """The page, CSV or file that ``found`` names; none where the warehouse has nothing of it."""
    if isinstance(found.what, File):
        body = found.what.content(reader, **found.given)
        return None if body is None else Content(body, found.what.media_type)
    values = found.what.values(reader, **found.given)
    if values is None:
        return None
    if found.table is not None:
        table = next((one for one in tables(values) if one.name == found.table), None)
        return None if table is None else Content(as_csv(table), CSV)
    return _page(show, reader, found, values)


def _page(show: Show, reader: Reader, found: Found, values: Any) -> Content:
    return Content(render(show, found, values, release(reader)).encode(), HTML)


def release(reader: Reader) -> Row:
    """What the foot of every page says of the warehouse."""
    row = reader.row("release")
    assert row is not None
    return row


def searched(show: Show, reader: Reader, language: Language, asked: str) -> Content:
    """The search page with what was asked for, which no file can know."""
    page = show.registry.page("search")
    return _page(show, reader, Found(page, {}, language), search.values(reader, asked[:_LONGEST]))
