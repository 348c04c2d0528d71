"""One crawl: the registry's portals, in order of need, into archive and catalogue."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from etl.archive import Archive
from etl.catalogue import Catalogue
from etl.crawl.download import run
from etl.crawl.fetch import Fetcher
from etl.crawl.guard import Guard
from etl.crawl.night import Night, Progress
from etl.crawl.outcome import VisitOutcome
from etl.crawl.window import Window
from etl.errors import GoujiError
from etl.pipeline.ingest import writer
from etl.places import load_counties
from etl.places.portals import Registry, load_registry
from etl.settings import Home

_SAME_NIGHT = timedelta(hours=12)  # an unfinished crawl younger than this is gone on with

FAILED = frozenset({VisitOutcome.LOST, VisitOutcome.BROKEN})
"""Endings that are failures of a night: what was there is not found any more, or our own code broke."""


class CrawlError(GoujiError):
    """Nothing can be crawled."""


class WindowClosedError(CrawlError):
    """It is not an hour in which portals are asked."""


@dataclass(frozen=True)
class Crawled:
    """What came of a crawl. ``ended`` is finished, stopped (by a budget or the window, which is no failure),
    interrupted or nothing_found."""

    run_id: int
    ended: str
    progress: Progress
    already_done: int  # portals visited before this crawl went on with an interrupted one
    outcomes: Mapping[str, int]  # how many visits of the run ended how, those before the interruption too

    @property
    def is_success(self) -> bool:
        """Whether the night did its work: some portal was found in order, and none lost what it had."""
        has_failed = any(self.outcomes.get(one) for one in FAILED)
        return self.ended in ("finished", "stopped") and not has_failed


def crawl(
    home: Home, *, codes: Collection[str] = (), on_visit: Callable[[Progress], None] = lambda progress: None
) -> Crawled:
    """Visit the registry's portals and keep what is new.

    Args:
        home: whose registry, archive and catalogue.
        codes: visit only these portals; all of them when empty. Such a crawl is a run of its own.
        on_visit: told of the progress after each visit.

    Raises:
        CrawlError: the registry has no portal to visit.
        WindowClosedError: it is not the hour.
        HomeBusyError: another process is writing to this home.
        DataError: the registry is faulty.
    """
    counties = load_counties(home.counties_files)
    registry = load_registry(home.registry_files, counties)
    wanted = _chosen(registry, codes)
    now = datetime.now(UTC)
    if not Window(home.crawl_window).is_open(now):
        raise WindowClosedError(f"portals are asked only from {home.crawl_window} China time (crawl_window)")
    with writer(home):
        catalogue = Catalogue(home.catalogue_address)
        archive = Archive(home.archive_address, home.spool)
        resume_within = timedelta(0) if codes else _SAME_NIGHT
        run_id, done = catalogue.open_run(now, resume_within)
        order = catalogue.portal_order([code for code in wanted if code not in done])
        guard = Guard(registry.hosts, allow_loopback=home.allow_loopback)
        with archive.writer("crawl", home.contact) as archive_writer:
            night = Night(
                run_id,
                [registry.portals[code] for code in order],
                counties,
                Fetcher(home, guard, archive_writer),
                catalogue,
                at_once=home.portals_at_once,
                on_visit=on_visit,
            )
            asyncio.run(run(home, guard, night.work))
            night.check()
        ended = _ended(night)
        if not night.was_interrupted:
            catalogue.close_run(run_id, datetime.now(UTC), ended)
        summary = catalogue.last_run()
    return Crawled(run_id, ended, night.progress, len(done), summary.portals if summary else {})


def _chosen(registry: Registry, codes: Collection[str]) -> list[str]:
    unknown = [code for code in codes if code not in registry.portals]
    if unknown:
        raise CrawlError(f"no portal is known for {', '.join(unknown)}; gouji portals add registers one")
    wanted = [code for code in registry.portals if not codes or code in codes]
    if not wanted:
        raise CrawlError("the registry has no portals; gouji portals add registers one")
    return wanted


def _ended(night: Night) -> str:
    progress = night.progress
    if night.was_interrupted:
        return "interrupted"
    if progress.outcomes.get(VisitOutcome.STOPPED):
        return "stopped"
    if progress.visited and not progress.fetched + progress.unchanged:
        return "nothing_found"
    return "finished"
