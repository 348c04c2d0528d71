"""A night: every portal visited once, several at a time, one request at a time to a host."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from etl.catalogue.records import Memory, Record, VisitEnded
from etl.crawl.download import Downloader
from etl.crawl.fetch import Fetcher
from etl.crawl.outcome import VisitOutcome
from etl.crawl.visit import Visit
from etl.errors import GoujiError
from etl.places import Counties
from etl.places.portals import Portal

log = logging.getLogger(__name__)


class Ledger(Protocol):
    """What remembers portals from night to night."""

    def memory(self, portal_key: str) -> Memory: ...

    def record(self, run_id: int, portal_key: str, home: str, records: Sequence[Record]) -> None: ...


@dataclass
class Progress:
    """What the night has done so far. ``failed`` counts visits that did not end ok."""

    portals: int
    visited: int = 0
    found: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    requests: int = 0
    bytes: int = 0
    hosts: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)

    def add(self, ended: VisitEnded) -> None:
        """Count a visit."""
        self.visited += 1
        self.found += ended.found
        self.fetched += ended.fetched
        self.unchanged += ended.unchanged
        self.failed += ended.outcome != VisitOutcome.OK
        self.requests += ended.requests
        self.bytes += ended.bytes
        self.outcomes[ended.outcome] = self.outcomes.get(ended.outcome, 0) + 1


class Night:
    """The work of one crawl. `work` is given to Scrapy, which calls it with its downloader.

    Args:
        run_id: the catalogue's name of this run.
        portals: whom to visit, in order.
        counties: to judge titles by.
        fetcher: asks for addresses.
        ledger: remembers.
        at_once: portals visited at the same time.
        on_visit: told after each visit.
    """

    def __init__(
        self,
        run_id: int,
        portals: Sequence[Portal],
        counties: Counties,
        fetcher: Fetcher,
        ledger: Ledger,
        *,
        at_once: int,
        on_visit: Callable[[Progress], None],
    ) -> None:
        self.progress = Progress(len(portals))
        self.was_interrupted = False
        self._run_id = run_id
        self._portals = portals
        self._counties = counties
        self._fetcher = fetcher
        self._ledger = ledger
        self._at_once = at_once
        self._on_visit = on_visit
        self._failure: BaseException | None = None

    async def work(self, downloader: Downloader) -> None:
        """Visit all portals. A failure of archive or catalogue ends the night: `check` raises it."""
        self._fetcher.start(downloader)
        waiting = iter(self._portals)
        workers = [asyncio.ensure_future(self._worker(waiting)) for _ in range(self._at_once)]
        with _stopped_by_signals(workers) as stop:
            done, _ = await asyncio.wait(workers, return_when=asyncio.FIRST_EXCEPTION)
            failed = next((one for one in done if not one.cancelled() and one.exception()), None)
            if failed is not None:
                self._failure = failed.exception()
                for worker in workers:
                    worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            self.was_interrupted = stop.is_set()

    def check(self) -> None:
        """Raise what ended the night early, if anything did."""
        if self._failure is not None:
            raise self._failure

    async def _worker(self, waiting: Iterator[Portal]) -> None:
        for portal in waiting:
            ended = await self._visit(portal)
            self._ledger.record(self._run_id, portal.code, portal.home, [ended])
            self.progress.add(ended)
            self.progress.hosts = len(self._fetcher.tally.hosts)
            self._on_visit(self.progress)

    async def _visit(self, portal: Portal) -> VisitEnded:
        def keep(records: Sequence[Record]) -> None:
            if records:
                self._ledger.record(self._run_id, portal.code, portal.home, records)

        started = datetime.now(UTC)
        memory = self._ledger.memory(portal.code)
        visit = Visit(portal, memory, self._counties, self._fetcher.fetch, keep)
        try:
            return await visit.run()
        except (GoujiError, OSError):
            raise  # archive or catalogue: the night cannot go on
        except Exception as error:  # one page that breaks our code costs one visit, never the night
            log.exception("the visit to %s broke off", portal.home)
            return VisitEnded(
                outcome=VisitOutcome.BROKEN,
                message=f"the visit broke off: {error!r}",
                started_at=started,
                finished_at=datetime.now(UTC),
                family=None,
                listings=0,
                found=0,
                fetched=0,
                unchanged=0,
                failed=1,
                requests=0,
                bytes=0,
            )


@contextmanager
def _stopped_by_signals(workers: Sequence["asyncio.Future[None]"]) -> Iterator[asyncio.Event]:
    """Let Ctrl-C and SIGTERM end the visits where they are; what they finished is kept."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def end() -> None:
        stop.set()
        for worker in workers:
            worker.cancel()

    kinds = (signal.SIGINT, signal.SIGTERM)
    try:
        for kind in kinds:
            loop.add_signal_handler(kind, end)
    except (ValueError, RuntimeError, NotImplementedError):  # not the main thread, or not a POSIX system
        yield stop
        return
    try:
        yield stop
    finally:
        for kind in kinds:
            loop.remove_signal_handler(kind)
