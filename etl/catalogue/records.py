"""What a crawl tells the catalogue, and what the catalogue remembers for the next one. Times are UTC."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Origin = Literal["registry", "discovered"]
Role = Literal["page", "attachment", "frame"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One request and how it ended. The validators of the last good answer are kept for the next request."""

    url: str
    kind: str  # robots, home, listing, page, attachment, frame
    at: datetime
    outcome: str  # see etl.crawl.outcome.Outcome
    status: int | None = None
    sha256: str | None = None  # of the content, unpacked
    size: int = 0  # bytes of the content
    seconds: float = 0.0
    etag: str | None = None
    last_modified: str | None = None
    said_sha256: str | None = None  # of what a page says, see etl.crawl.said; None where it is no page
    served_at: str | None = None  # the Date header: stands in for a missing Last-Modified
    message: str = ""


@dataclass(frozen=True, slots=True)
class ListingSeen:
    """A list of reports was walked to its end. ``links_sha256`` names what it listed."""

    url: str
    family: str
    origin: Origin
    at: datetime
    links_sha256: str
    reports: int


@dataclass(frozen=True, slots=True)
class ReportSeen:
    """A report was listed: its own address, and what its title says. ``body`` None while untold."""

    url: str
    title: str
    year: int | None
    county_code: str | None
    body: str | None  # county, office, department, township, park
    listed_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FileFetched:
    """A file of a report was fetched, or found unchanged. A new ``sha256`` makes a new revision."""

    report_url: str
    url: str
    role: Role
    sha256: str
    file_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A report's own address answers no more."""

    report_url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """The summary of one visit to a portal."""

    outcome: str  # see etl.crawl.outcome.VisitOutcome
    message: str
    started_at: datetime
    finished_at: datetime
    family: str | None
    listings: int
    found: int  # reports listed
    fetched: int  # files new or changed
    unchanged: int
    failed: int
    requests: int
    bytes: int
    is_list_whole: bool = False  # every list that is there was read to its end, or is as it was then


Record = Fetched | ListingSeen | ReportSeen | FileFetched | Withdrawn | VisitEnded


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What is remembered of an address that once gave content."""

    url: str
    sha256: str
    etag: str | None
    last_modified: str | None
    served_at: str | None
    fetched_at: datetime  # when this content was first given
    said_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class KnownListing:
    """A list of reports that was walked to its end before."""

    url: str
    family: str
    origin: Origin
    links_sha256: str
    reports: int


@dataclass(frozen=True, slots=True)
class KnownReport:
    """A report listed before, with the addresses of its files by role (its own page among them)."""

    url: str
    title: str
    year: int | None
    county_code: str | None
    body: str | None
    is_withdrawn: bool
    files: tuple[tuple[str, Role], ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything the catalogue remembers of one portal."""

    pages: dict[str, KnownPage] = field(default_factory=dict)
    listings: tuple[KnownListing, ...] = ()
    reports: dict[str, KnownReport] = field(default_factory=dict)
