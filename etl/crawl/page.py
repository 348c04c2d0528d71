"""What crawling passes around: a page that was fetched, the links on it, and what to ask for next."""

import datetime
from typing import NamedTuple


class Ask(NamedTuple):
    """A request to make: GET, or POST of ``form`` where a list is drawn by a script that posts."""

    url: str
    form: tuple[tuple[str, str], ...] | None = None


class Link(NamedTuple):
    """A link as it is printed on a page: where to, what it says, and the date printed beside it."""

    url: str  # absolute, without fragment
    text: str  # its text, or its title attribute where that says more
    date: datetime.date | None = None


class Page(NamedTuple):
    """A page that was fetched, decoded. ``url`` is where it finally came from, after redirects."""

    url: str
    text: str


class ListPage(NamedTuple):
    """What one page of a list of reports says: its links, and the further pages of the same list."""

    links: tuple[Link, ...]
    further: tuple[Ask, ...] = ()
