"""Records as a crawl of an invented portal tells them."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from etl.catalogue.records import (
    Fetched,
    FileFetched,
    ListingSeen,
    Record,
    ReportSeen,
    Role,
    VisitEnded,
    Withdrawn,
)

PORTAL, HOME = "990001", "http://qinghe.localhost/"
PAGE = f"{HOME}gk/2024.html"
PDF = f"{HOME}gk/2024.pdf"
LIST = f"{HOME}gk/"
DAY = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)


def night(number: int) -> datetime:
    """The time of a visit in a night."""
    return DAY + timedelta(days=number)


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def fetched(url: str = PAGE, content: str = "a", at: datetime = DAY, **changes: Any) -> Fetched:
    one = Fetched(url, "page", at, "fetched", 200, sha(content), len(content), 0.1, etag=f'"{content}"')
    return replace(one, **changes)


def unchanged(url: str = PAGE, content: str = "a", at: datetime = DAY, **changes: Any) -> Fetched:
    return fetched(url, content, at, **{"outcome": "unchanged", "status": 304, "etag": None, **changes})


def seen(url: str = PAGE, at: datetime = DAY, **changes: Any) -> ReportSeen:
    title = "青禾县2024年政府信息公开工作年度报告"
    one = ReportSeen(url, title, 2024, "990001", "county", date(2025, 1, 20), at)
    return replace(one, **changes)


def listing(url: str = LIST, at: datetime = DAY, **changes: Any) -> ListingSeen:
    return replace(ListingSeen(url, "trs", "registry", at, sha("links"), 1), **changes)


def file(
    content: str = "a", url: str = PAGE, role: Role = "page", at: datetime = DAY, report: str = PAGE
) -> FileFetched:
    return FileFetched(report, url, role, sha(content), url.rpartition("/")[2], at)


def withdrawn(at: datetime = DAY, url: str = PAGE) -> Withdrawn:
    return Withdrawn(url, at)


def ended(outcome: str = "ok", at: datetime = DAY, **changes: Any) -> VisitEnded:
    one = VisitEnded(
        outcome=outcome,
        message="" if outcome == "ok" else "in words",
        started_at=at,
        finished_at=at + timedelta(minutes=1),
        family="trs",
        listings=1,
        found=2,
        fetched=3,
        unchanged=4,
        failed=0,
        requests=9,
        bytes=5_000_000_000,
    )
    return replace(one, **changes)


def whole_visit(at: datetime = DAY) -> list[Record]:
    """A first visit that finds one report, a page with an attachment."""
    return [
        fetched(LIST, "list", at, kind="listing"),
        listing(at=at),
        fetched(at=at),
        seen(at=at),
        file(at=at),
        fetched(PDF, "pdf", at, kind="attachment"),
        file("pdf", PDF, "attachment", at),
        ended(at=at),
    ]
