"""One portal's addresses and what they answer, as its CMS family lays them out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qsl

from etl.model_internet.entries import Entry, county_entries, department_entries, more_entries, number
from etl.model_internet.faults import Fault, Role, Switched
from etl.model_internet.model import ModelPortal, ModelReport

HTML = "text/html"
_CHINA = timedelta(hours=8)
_ENDLESS = 30_000  # entries of a list without end


class Answer(NamedTuple):
    """What an address gives: bytes of a type, and when they were last changed."""

    content: bytes
    content_type: str = HTML  # with its charset, if the server says one
    modified: datetime = datetime(2019, 1, 1, tzinfo=UTC)
    headers: tuple[tuple[str, str], ...] = ()
    is_dynamic: bool = False  # made by a program: no validators, whatever the site's pages have


Query = Mapping[str, str]
Page = Callable[[Query], Answer | None]


class Validators(StrEnum):
    """What a family's servers say of the age of a page, and which conditional requests they understand."""

    BOTH = "both"  # ETag and Last-Modified
    LAST_MODIFIED = "last_modified"
    SILENT = "silent"  # neither, but If-Modified-Since is compared with the time of the last change
    NONE = "none"  # neither, and a conditional request is answered in full


@dataclass
class Site:
    """The addresses of a portal, and the manners of its server."""

    home: str  # http://host:port
    validators: Validators
    server: str
    robots: str | None
    pages: dict[str, Page] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    listings: list[str] = field(default_factory=list)  # first pages of the lists of county reports
    years: tuple[str, ...] = ()  # addresses with {year} in place of lists

    def add(self, role: Role, address: str, page: Page) -> None:
        """Have ``address`` answer with ``page``; where it has a query, that query only."""
        key = _key(*address.partition("?")[::2])
        self.pages[key] = page
        self.roles[key] = role

    def find(self, path: str, query: str) -> tuple[Role, Page | None]:
        """What an address is and gives: that with its query, else that of the path."""
        for key in (_key(path, query), path) if query else (path,):
            if (page := self.pages.get(key)) is not None:
                return self.roles[key], page
        return (Role.ROBOTS if path == "/robots.txt" else Role.OTHER), None


def _key(path: str, query: str) -> str:
    return f"{path}?{sorted(parse_qsl(query))}" if query else path


class Column(NamedTuple):
    """A list of a site."""

    title: str
    key: str  # county or departments
    entries: Sequence[Entry]


@dataclass
class Plan:
    """A portal at one moment: what is published, seen through the faults that are on."""

    portal: ModelPortal
    home: str
    faults: Sequence[Switched] = ()

    def on(self, fault: Fault) -> Switched | None:
        return next((one for one in self.faults if one.fault is fault and one.on), None)

    @property
    def site_name(self) -> str:
        return f"{self.portal.name}人民政府"

    @property
    def moved(self) -> bool:
        return self.on(Fault.MOVED_LISTING) is not None

    def county(self) -> Column:
        """The list of the county's reports."""
        entries = [
            entry
            for entry in county_entries(self.portal)
            if not (
                entry.report
                and any(
                    self.hits(fault, entry.report)
                    for fault in (Fault.REMOVED_REPORT, Fault.UNLISTED_REPORT, Fault.LATE_REPORT)
                )
            )
        ]
        if self.on(Fault.REMOVED_LISTING):
            entries = []
        if self.on(Fault.ENDLESS_LIST):
            entries += more_entries(self.portal, 0, _ENDLESS)
        return Column("政府信息公开年报", "county", entries)

    def unlisted(self) -> list[Entry]:
        """Entries that answer although no list has them."""
        if self.on(Fault.REMOVED_LISTING):
            return [entry for entry in county_entries(self.portal) if entry.report]
        return [
            entry
            for entry in county_entries(self.portal)
            if entry.report and self.hits(Fault.UNLISTED_REPORT, entry.report)
        ]

    def departments(self) -> Column:
        """The list of the departments' and towns' reports."""
        return Column("部门和乡镇年报", "departments", department_entries(self.portal))

    def hits(self, fault: Fault, report: ModelReport) -> bool:
        """Whether a fault of single reports is on for ``report``: the newest, unless a pattern names others."""
        switched = self.on(fault)
        return switched is not None and self.is_meant(switched, report)

    def is_meant(self, switched: Switched, report: ModelReport) -> bool:
        if switched.path is not None:
            return switched.names(report.file_name, report.title)
        return report is max(self.portal.reports, key=lambda one: (one.published, one.year))

    def content(self, report: ModelReport) -> bytes:
        content = report.content.read()
        if not self.hits(Fault.CHANGED_REPORT, report):
            return content
        return report.revised.read() if report.revised else mended(content)

    def modified(self, day: date, report: ModelReport | None = None) -> datetime:
        """When a page of ``day`` was last changed."""
        moments = [
            datetime.fromtimestamp(one.since, UTC)
            for one in self.faults
            if report is not None and one.fault is Fault.CHANGED_REPORT and self.is_meant(one, report)
        ]
        return max([at_nine(day), *moments])

    def listed(self, entries: Sequence[Entry]) -> datetime:
        """When a list was last changed: with its newest entry, or when entries came or went."""
        day = max((entry.published for entry in entries), default=date(2019, 1, 1))
        moments = [datetime.fromtimestamp(one.since, UTC) for one in self.faults if one.fault in _ABOUT_LISTS]
        return max([at_nine(day), *moments])

    def number(self, *parts: object, low: int, high: int) -> int:
        """A number between ``low`` and ``high`` that is the site's own."""
        return low + number(self.portal.host, *parts) % (high - low)


_ABOUT_LISTS = (
    Fault.REMOVED_REPORT,
    Fault.UNLISTED_REPORT,
    Fault.LATE_REPORT,
    Fault.REMOVED_LISTING,
    Fault.MOVED_LISTING,
    Fault.ENDLESS_LIST,
)
"""Faults that change a list."""


def at_nine(day: date) -> datetime:
    """Nine in the morning in China, when offices publish."""
    return datetime.combine(day, time(9, 0, number(day) % 60), UTC) - _CHINA


def mended(content: bytes) -> bytes:
    """``content`` with a correction that leaves its figures as they are."""
    if content.startswith(b"%PDF"):
        return content + b"\n% corrected\n"
    note = "<!-- corrected --></body>" if b"</body>" in content else ""
    return content.replace(b"</body>", note.encode(), 1) if note else content + b"\n"
