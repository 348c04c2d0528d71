"""Runs: a night is opened, gone on with after an interruption, and closed; and in which order it goes."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from etl.catalogue.models import Run, Visit

STOPPED = "stopped"  # of etl.crawl.outcome.VisitOutcome: a visit that budget or window ended
ABANDONED = "abandoned"

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def open_run(connection: Connection, now: datetime, resume_within: timedelta) -> tuple[int, frozenset[str]]:
    """Go on with the last run if it is unfinished and younger than ``resume_within``; else begin one.

    Older unfinished runs are closed as abandoned.

    Returns:
        the run, and the portals whose visit in it has ended; a visit that was stopped is to be made again.
    """
    last = connection.execute(
        select(Run.id, Run.started_at, Run.finished_at).order_by(Run.id.desc()).limit(1)
    ).one_or_none()
    is_resumed = last is not None and last.finished_at is None and now - last.started_at < resume_within
    abandoned = update(Run).where(Run.finished_at.is_(None))
    if is_resumed and last is not None:
        abandoned = abandoned.where(Run.id != last.id)
    connection.execute(abandoned.values(finished_at=now, outcome=ABANDONED))
    if is_resumed and last is not None:
        done = select(Visit.portal_key).where(Visit.run_id == last.id, Visit.outcome != STOPPED)
        return last.id, frozenset(connection.scalars(done))
    run_id = connection.execute(insert(Run).values(started_at=now).returning(Run.id)).scalar_one()
    return run_id, frozenset()


def close_run(connection: Connection, run_id: int, now: datetime, outcome: str) -> None:
    """Note that a run is over."""
    connection.execute(update(Run).where(Run.id == run_id).values(finished_at=now, outcome=outcome))


def portal_order(connection: Connection, keys: Collection[str]) -> list[str]:
    """``keys`` in the order of need: never visited, then those whose last whole visit is longest ago."""
    whole = func.max(Visit.finished_at).filter(Visit.outcome != STOPPED)
    visited = dict(
        connection.execute(select(Visit.portal_key, whole).group_by(Visit.portal_key)).tuples().all()
    )
    return sorted(keys, key=lambda key: (key in visited, visited.get(key) or _LONG_AGO, key))
