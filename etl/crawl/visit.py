"""A visit to one portal: from its lists (or its home page) to its reports and their files.

The visit decides what is asked and in which order; how it is asked is the fetcher's matter. What is learnt is
handed on as records, a report at a time, so that a visit that is cut off has lost nothing it had finished.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from etl.catalogue.records import Memory, VisitEnded
from etl.crawl.lists import Listed, Lists
from etl.crawl.outcome import BLOCKED, FAILURES, Outcome, VisitOutcome
from etl.crawl.reports import Reports
from etl.crawl.session import Fetch, Keep, Session
from etl.places import Counties
from etl.places.portals import Portal

_TOLD = 3  # failures named in a visit's message


class Visit:
    """One visit. `run` does it and returns its summary.

    Args:
        portal: the registry's entry.
        memory: what earlier visits found.
        counties: to judge titles by.
        fetch: asks for one address.
        keep: takes records; called after every report, so that what is finished stays.
        now: the clock, UTC.
    """

    def __init__(
        self,
        portal: Portal,
        memory: Memory,
        counties: Counties,
        fetch: Fetch,
        keep: Keep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._session = Session(portal, memory, fetch, keep, now)
        self._reports = Reports(self._session, counties)
        self._lists = Lists(self._session, counties, self._reports.fetch)

    async def run(self) -> VisitEnded:
        """Visit the portal."""
        session, listed = self._session, self._lists.reports
        started = session.now()
        await self._lists.find()
        # In one transaction with the lists: a list that is remembered has all its reports remembered.
        for one in listed.values():
            self._reports.see(one)
        session.flush()
        for one in self._in_order():
            if session.has_met(_UNWELCOME) or (session.is_turned_away and not listed):
                break
            await self._reports.fetch(one)
        outcome, message = self._ending()
        session.flush()
        counts = session.counts
        return VisitEnded(
            outcome=outcome,
            message=message,
            started_at=started,
            finished_at=session.now(),
            family=session.family.name if session.family else None,
            listings=counts.listings,
            found=len(listed),
            fetched=counts.fetched,
            unchanged=counts.unchanged,
            failed=counts.failed,
            requests=counts.requests,
            bytes=counts.bytes,
            is_list_whole=self._lists.is_whole,
        )

    def _in_order(self) -> list[Listed]:
        """What to ask for: what is listed, what was found before and what the registry names.

        First what was never had, or not with all its files: a night goes on from one that a budget ended. Then
        newest first: what a budget cuts off are old reports, seen on other nights. A report no longer listed is
        asked for as well; whether it is withdrawn its own address must say, and whether it is back.
        """
        reports = dict(self._lists.reports)
        for report in self._session.memory.reports.values():
            reports.setdefault(report.url, Listed(report.url))
        for url in self._session.portal.reports:
            reports.setdefault(url, Listed(url))
        left = [one for one in reports.values() if one.url not in self._lists.asked]
        return sorted(left, key=lambda one: (self._is_had(one.url), -(self._year_of(one) or 0), one.url))

    def _is_had(self, url: str) -> bool:
        """Whether a report was had with all its files; else its page is remembered without validators."""
        page = self._session.memory.pages.get(url)
        return page is not None and any((page.etag, page.last_modified, page.served_at))

    def _year_of(self, listed: Listed) -> int | None:
        if listed.title is not None:
            return listed.title.year
        known = self._session.memory.reports.get(listed.url)
        return known.year if known else None

    def _ending(self) -> tuple[VisitOutcome, str]:
        session, listed = self._session, self._lists.reports
        failures = session.failures
        message = "; ".join(f"{outcome}: {url}" for outcome, url in failures[:_TOLD])
        if len(failures) > _TOLD:
            message += f"; and {len(failures) - _TOLD} more"
        have = session.counts.fetched + session.counts.unchanged
        if not have and session.has_met(BLOCKED):
            return VisitOutcome.BLOCKED, message
        if session.has_met(_NIGHT_OVER):
            return VisitOutcome.STOPPED, message
        if failures and (not session.has_answered or (not listed and session.has_met(FAILURES))):
            return VisitOutcome.UNREACHABLE, message  # a list that cannot be had is no empty list
        # Withdrawn reports count: a portal that has lost all of them has not found itself a night later.
        had = sum(bool(report.files) for report in session.memory.reports.values())
        expected = max(session.portal.min_reports, 1 if had else 0)
        if len(listed) + self._reports.returned < expected:
            lost = f"{len(listed)} reports listed, at least {expected} expected, {had} known before"
            return VisitOutcome.LOST, f"{lost}; {message}".rstrip("; ")
        if not listed and not have:
            return VisitOutcome.NOTHING_FOUND, message or "no list of reports was found"
        return (VisitOutcome.PARTIAL, message) if failures else (VisitOutcome.OK, "")


_NIGHT_OVER = frozenset({Outcome.BUDGET_SPENT, Outcome.WINDOW_CLOSED})
_UNWELCOME = frozenset({Outcome.CHALLENGE, Outcome.LOGIN_WALL}) | _NIGHT_OVER
