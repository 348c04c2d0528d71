"""How crawls went: the last run, the portals as they stand, and all visits to one of them."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from etl.catalogue.models import Portal, Report, Run, Visit
from etl.catalogue.records import VisitEnded

_GOOD = ("ok", "partial")  # of etl.crawl.outcome.VisitOutcome
_NEUTRAL = ("stopped",)  # the night ended, not the portal
_SUMS = ("found", "fetched", "unchanged", "failed", "requests", "bytes")


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run with the sums of its visits. ``finished_at`` and ``outcome`` are None while it goes on."""

    run_id: int
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    portals: dict[str, int]  # visits by outcome
    found: int  # reports listed
    fetched: int  # files new or changed
    unchanged: int
    failed: int
    requests: int
    bytes: int


@dataclass(frozen=True, slots=True)
class PortalStatus:
    """A portal that was visited, as it stands. What a visit says is that of the last one."""

    key: str
    home: str
    family: str | None
    last_visit_at: datetime | None  # None while the first visit goes on, or was interrupted
    last_ok_at: datetime | None
    outcome: str | None
    message: str | None
    reports: int  # known and not withdrawn
    withdrawn: int
    nights_failing: (
        int  # visits since the last that found reports, without those that a budget or the hour ended
    )


def last_run(connection: Connection) -> RunSummary | None:
    """The summary of the newest run; None before the first."""
    run = connection.execute(
        select(Run.id, Run.started_at, Run.finished_at, Run.outcome).order_by(Run.id.desc()).limit(1)
    ).one_or_none()
    if run is None:
        return None
    by_outcome = connection.execute(
        select(Visit.outcome, func.count(), *(func.sum(getattr(Visit, name)) for name in _SUMS))
        .where(Visit.run_id == run.id)
        .group_by(Visit.outcome)
        .order_by(Visit.outcome)
    ).all()
    return RunSummary(
        run_id=run.id,
        started_at=run.started_at,
        finished_at=run.finished_at,
        outcome=run.outcome,
        portals={row[0]: row[1] for row in by_outcome},
        **{name: sum(int(row[2 + n]) for row in by_outcome) for n, name in enumerate(_SUMS)},
    )


def portals(connection: Connection, codes: Collection[str] = ()) -> list[PortalStatus]:
    """The portals that were visited, by key.

    Args:
        connection: to the catalogue.
        codes: only those of these keys, and those with a report of a county of these codes; all when empty.
    """
    newest = (
        select(Visit.portal_key, func.max(Visit.run_id).label("run_id")).group_by(Visit.portal_key).subquery()
    )
    good = (
        select(Visit.portal_key, func.max(Visit.run_id).label("run_id"))
        .where(Visit.outcome.in_(_GOOD))
        .group_by(Visit.portal_key)
        .subquery()
    )
    failing = (
        select(Visit.portal_key, func.count().label("nights"))
        .outerjoin(good, good.c.portal_key == Visit.portal_key)
        .where(Visit.outcome.not_in(_GOOD + _NEUTRAL), Visit.run_id > func.coalesce(good.c.run_id, -1))
        .group_by(Visit.portal_key)
        .subquery()
    )
    known = (
        select(
            Report.portal_key,
            func.count().label("reports"),
            func.count(Report.withdrawn_at).label("withdrawn"),
        )
        .group_by(Report.portal_key)
        .subquery()
    )
    query = (
        select(
            Portal.key,
            Portal.home,
            Portal.family,
            Visit.finished_at,
            Portal.last_ok_at,
            Visit.outcome,
            Visit.message,
            func.coalesce(known.c.reports - known.c.withdrawn, 0),
            func.coalesce(known.c.withdrawn, 0),
            func.coalesce(failing.c.nights, 0),
        )
        .outerjoin(newest, newest.c.portal_key == Portal.key)
        .outerjoin(Visit, (Visit.portal_key == newest.c.portal_key) & (Visit.run_id == newest.c.run_id))
        .outerjoin(known, known.c.portal_key == Portal.key)
        .outerjoin(failing, failing.c.portal_key == Portal.key)
    )
    if codes:
        of_county = select(Report.portal_key).where(Report.county_code.in_(codes))
        query = query.where(or_(Portal.key.in_(codes), Portal.key.in_(of_county)))
    return sorted((PortalStatus(*row) for row in connection.execute(query)), key=lambda one: one.key)


def visits(connection: Connection, portal_key: str) -> list[tuple[int, VisitEnded]]:
    """All visits to a portal that came to an end, newest first, each with its run."""
    columns = (getattr(Visit, field.name) for field in fields(VisitEnded))
    rows = connection.execute(
        select(Visit.run_id, *columns).where(Visit.portal_key == portal_key).order_by(Visit.run_id.desc())
    )
    return [(run_id, VisitEnded(*ended)) for run_id, *ended in rows]
