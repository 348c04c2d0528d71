"""A visit to one portal: from its lists (or its home page) to its reports and their files.

The visit decides what is asked and in which order; how it is asked is the fetcher's matter. What is learnt is
handed on as records, a report at a time, so that a visit that is cut off has lost nothing it had finished.
"""

import hashlib
from collections import deque
from collections.abc import Awaitable, Callable, Container, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from etl.catalogue.records import (
    Fetched,
    FileFetched,
    KnownListing,
    KnownPage,
    ListingSeen,
    Memory,
    Origin,
    Record,
    ReportSeen,
    Role,
    VisitEnded,
    Withdrawn,
)
from etl.crawl.discovery import Frontier, is_listing
from etl.crawl.families import Family, family_named, near, recognise
from etl.crawl.fetch import Answer
from etl.crawl.guard import site_of
from etl.crawl.links import title_of
from etl.crawl.outcome import BLOCKED, GOOD, MISSING, NOT_ASKED, Outcome, VisitOutcome
from etl.crawl.page import Ask, Link, Page
from etl.crawl.titles import Title, judge
from etl.places import Counties
from etl.places.portals import Portal

MOST_LIST_PAGES = 60  # pages of one list; a list that goes on is a calendar, or not ours
MOST_FILES = 20  # files of one report
_DEEPEST_FRAME = 2
_FIRST_YEAR = 2008  # the first reports were due in 2009

Tell = Callable[[Fetched], None]


class Fetch(Protocol):
    """Asks for one address; see `etl.crawl.fetch.Fetcher.fetch`."""

    def __call__(
        self, ask: Ask, kind: str, tell: Tell, known: KnownPage | None = None, *, in_full: bool = False
    ) -> Awaitable[Answer]: ...


Keep = Callable[[Sequence[Record]], None]


class Listed(NamedTuple):
    """A report as a list names it."""

    url: str
    title: Title | None  # None for a report the registry names
    link: Link | None


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
        self._portal = portal
        self._memory = memory
        self._counties = counties
        self._fetch = fetch
        self._keep = keep
        self._now = now
        self._records: list[Record] = []
        self._listed: dict[str, Listed] = {}
        family: str | None = portal.family
        if family is None:
            family = next((listing.family for listing in memory.listings if listing.family), None)
        self._family: Family | None = family_named(family) if family else None
        self._seen: set[str] = set()  # reports noted already
        self._done: set[str] = set()  # reports asked for already
        self._shared: dict[str, Answer] = {}  # files had in this visit, without their content
        self._listings = 0
        self._fetched = self._unchanged = self._failed = self._requests = self._bytes = 0
        self._has_answered = False
        self._bad: list[tuple[Outcome, str]] = []  # what went wrong, and where

    async def run(self) -> VisitEnded:
        """Visit the portal."""
        started = self._now()
        await self._find_reports()
        # In one transaction with the lists: a list that is remembered has all its reports remembered.
        for one in self._listed.values():
            self._see(one)
        self._flush()
        if not (self._is_turned_away() and not self._listed):
            for report in self._in_order():
                await self._report(report)
                self._flush()
        outcome, message = self._ending()
        return VisitEnded(
            outcome=outcome,
            message=message,
            started_at=started,
            finished_at=self._now(),
            family=self._family.name if self._family else None,
            listings=self._listings,
            found=len(self._listed),
            fetched=self._fetched,
            unchanged=self._unchanged,
            failed=self._failed,
            requests=self._requests,
            bytes=self._bytes,
        )

    # Finding

    async def _find_reports(self) -> None:
        """Fill ``self._listed`` from lists; discover a list where none is known or none answers."""
        found = False
        for url, origin in self._known_listings():
            if "{year}" in url:
                found = await self._walk_years(url) or found
            else:
                found = await self._walk(url, origin) or found
        if not found and not self._is_stopped() and not self._is_turned_away():
            await self._discover()

    def _known_listings(self) -> list[tuple[str, Origin]]:
        known: dict[str, Origin] = dict.fromkeys(self._portal.listings, "registry")
        for listing in self._memory.listings:
            if listing.origin == "discovered":
                known.setdefault(listing.url, "discovered")
        return list(known.items())

    async def _walk(self, url: str, origin: Origin, first: Answer | None = None) -> bool:
        """Follow a list from its first page to its last; return whether it is one.

        The walk ends early where the list begins as it is remembered: new reports come first.
        """
        remembered = next((one for one in self._memory.listings if one.url == url), None)
        waiting, asked = deque([Ask(url)]), {Ask(url)}
        head = hashlib.sha256()
        links: dict[str, Link] = {}
        is_whole, is_head = True, True
        for _ in range(MOST_LIST_PAGES):
            if not waiting:
                break
            ask = waiting.popleft()
            if first is not None:
                answer, first = first, None
            else:
                answer = await self._list_page(ask, is_remembered=remembered is not None and ask.url == url)
            if answer.outcome is Outcome.UNCHANGED and not answer.content and remembered is not None:
                self._remember_reports()
                self._see_listing(remembered, origin)
                return True
            if answer.outcome not in GOOD:
                self._note(answer)
                if ask.url == url:
                    return False
                is_whole = False
                continue
            page = answer.page
            family = self._family_of(page)
            listed = family.list_page(page)
            links |= {link.url: link for link in listed.links if link.url not in links}
            new = [one for one in listed.further if one not in asked]
            waiting.extend(new)
            asked.update(new)
            if is_head:
                reports = {one.url for one in self._wanted(listed.links)}
                for part in sorted(reports | {str(one) for one in listed.further}):
                    head.update(part.encode())
                if reports:
                    is_head = False
                    if remembered is not None and remembered.links_sha256 == head.hexdigest():
                        self._remember_reports()
                        self._see_listing(remembered, origin)
                        return True
        wanted = self._wanted(links.values())
        self._listed |= {one.url: one for one in wanted if one.url not in self._listed}
        self._listings += 1
        if is_whole:
            family_name = self._family.name if self._family else ""
            self._records.append(
                ListingSeen(url, family_name, origin, self._now(), head.hexdigest(), len(wanted))
            )
        return bool(wanted)

    def _see_listing(self, known: KnownListing, origin: Origin) -> None:
        """Note that a list is as it was."""
        self._listings += 1
        self._records.append(
            ListingSeen(known.url, known.family, origin, self._now(), known.links_sha256, known.reports)
        )

    async def _list_page(self, ask: Ask, *, is_remembered: bool) -> Answer:
        """A page of a list. Only the first page of a list that is remembered may be left unsent: the others,
        and those of lists that a script draws, are needed to go on from."""
        may_be_unsent = is_remembered and self._family is not None and not self._family.draws_by_script
        known = self._memory.pages.get(ask.url) if ask.form is None else None
        return await self._get(ask, "listing", known, in_full=not may_be_unsent)

    def _family_of(self, page: Page) -> Family:
        if self._family is None:
            self._family = recognise(page)
        return self._family

    def _remember_reports(self, but: Container[str] = ()) -> None:
        """Take the reports listed before as listed still, but for those at some addresses."""
        for report in self._memory.reports.values():
            if not report.is_withdrawn and report.url not in but:
                self._listed.setdefault(report.url, Listed(report.url, None, None))

    def _wanted(self, links: Iterable[Link]) -> list[Listed]:
        found = []
        for link in links:
            title = judge(link.text, self._counties, self._portal.code)
            if title.is_wanted:
                found.append(Listed(link.url, title, link))
        return found

    async def _walk_years(self, template: str) -> bool:
        """Ask an endpoint that gives the report of a year: on the first visit for every year, later for those
        it gave before, and for the last one while it is missing."""
        last = self._now().year - 1
        is_first = all(one.url != template for one in self._memory.listings)
        years = {template.replace("{year}", str(year)): year for year in range(last, _FIRST_YEAR - 1, -1)}
        found = False
        for url, year in years.items():
            if is_first or year == last or url in self._memory.reports:
                found = await self._year(url, year) or found
                if self._is_stopped() or self._is_turned_away():
                    return found
        if not is_first:
            self._remember_reports(years)
        self._listings += 1
        self._records.append(
            ListingSeen(template, "hanweb_annual", "registry", self._now(), "", len(self._listed))
        )
        return found or bool(self._listed)

    async def _year(self, url: str, year: int) -> bool:
        """Ask for the report of one year: the page is the report, or links to it, or says there is none."""
        known = self._memory.reports.get(url)
        answer = await self._get(Ask(url), "page", self._memory.pages.get(url))
        self._done.add(url)
        if answer.outcome in GOOD and answer.content:
            page = answer.page
            if wanted := self._wanted(self._family_of(page).list_page(page).links):
                self._listed |= {one.url: one for one in wanted if one.url not in self._listed}
                return True
        if answer.outcome in MISSING or (answer.content and not _tells_of_year(answer.page, year)):
            if known is not None and known.files and not known.is_withdrawn:
                self._records.append(Withdrawn(url, self._now()))
            return False
        if answer.outcome not in GOOD:
            self._note(answer)
            return False
        title = judge(f"{year}年政府信息公开工作年度报告", self._counties, self._portal.code)
        self._listed[url] = Listed(url, title, None)
        await self._report(self._listed[url], answer)
        self._flush()
        return True

    async def _discover(self) -> None:
        """Look for a list, from the home page on and near known reports."""
        home = self._portal.home
        sites = {site_of(home), *(host.partition(":")[0] for host in self._portal.hosts)}
        likely = [address for url in self._portal.reports for address in near(url)]
        frontier = Frontier(home, likely, lambda url: site_of(url) in sites or urlsplit(url).netloc in sites)
        while (ask := frontier.next()) is not None:
            answer = await self._get(ask, "home" if ask.url == home else "discovery")
            if answer.outcome not in GOOD:
                if ask.url == home or answer.outcome in NOT_ASKED | BLOCKED:
                    self._note(answer)
                if answer.outcome in NOT_ASKED:
                    return
                continue
            if not answer.is_html:
                continue
            if is_listing(answer.page, self._counties, self._portal.code):
                self._family = recognise(answer.page)
                if await self._walk(ask.url, "discovered", answer):
                    return
            frontier.found(answer.page, ask.url)

    # Fetching

    def _in_order(self) -> list[Listed]:
        """What to ask for: what is listed, what was found before and what the registry names.

        Newest first: what a budget cuts off are old reports, seen on other nights. A report no longer listed
        is asked for as well; whether it is withdrawn its own address must say.
        """
        reports = dict(self._listed)
        for report in self._memory.reports.values():
            if not report.is_withdrawn:
                reports.setdefault(report.url, Listed(report.url, None, None))
        for url in self._portal.reports:
            reports.setdefault(url, Listed(url, None, None))
        left = [one for one in reports.values() if one.url not in self._done]
        return sorted(left, key=lambda one: (-(self._year_of(one) or 0), one.url))

    def _year_of(self, listed: Listed) -> int | None:
        if listed.title is not None:
            return listed.title.year
        known = self._memory.reports.get(listed.url)
        return known.year if known else None

    async def _report(self, listed: Listed, answer: Answer | None = None) -> None:
        known = self._memory.reports.get(listed.url)
        if answer is None:
            answer = await self._get(Ask(listed.url), "page", self._memory.pages.get(listed.url))
        if answer.outcome in MISSING:
            if known is not None and known.files:
                self._records.append(Withdrawn(listed.url, self._now()))
            elif listed.url not in self._seen:
                self._see(listed)
            self._note(answer)
            return
        if listed.url not in self._seen:
            self._see(listed, answer)
        if answer.outcome not in GOOD:
            self._note(answer)
            return
        self._have(listed.url, listed.url, "page", answer)
        if answer.content:
            failed = self._failed
            await self._files(listed.url, answer)
            if self._failed > failed:
                self._ask_in_full_again(listed.url)
        elif known is not None:
            for url, role in known.files:
                if url != listed.url:
                    await self._file(listed.url, url, role)

    def _ask_in_full_again(self, url: str) -> None:
        """Forget what would keep a page from being sent again: some of its files could not be had, and only the
        page names them."""
        self._records = [
            replace(one, etag=None, last_modified=None, served_at=None)
            if isinstance(one, Fetched) and one.url == url
            else one
            for one in self._records
        ]

    async def _files(self, report: str, answer: Answer) -> None:
        """The attachments and frames of a report's page, and of its frames."""
        if not answer.is_html:
            return
        waiting = deque((one, 1) for one in self._family_of(answer.page).files(answer.page))
        seen = {report}
        while waiting and len(seen) <= MOST_FILES:
            found, depth = waiting.popleft()
            if found.url in seen:
                continue
            seen.add(found.url)
            inner = await self._file(report, found.url, found.role, found.name)
            if found.role == "frame" and depth < _DEEPEST_FRAME and inner.content and inner.is_html:
                waiting.extend((one, depth + 1) for one in self._family_of(inner.page).files(inner.page))

    async def _file(self, report: str, url: str, role: Role, name: str = "") -> Answer:
        """A file of a report; one that several reports share is asked for once."""
        if url in self._shared:
            answer = self._shared[url]
        else:
            answer = await self._get(Ask(url), role, self._memory.pages.get(url))
            self._shared[url] = replace(answer, content=b"")
        if answer.outcome in GOOD:
            self._have(report, url, role, answer, name)
        else:
            self._note(answer)
        return answer

    def _see(self, listed: Listed, answer: Answer | None = None) -> None:
        """Note what is known of a report. One that only the registry names is titled by its own page."""
        title, link = listed.title, listed.link
        if title is None and listed.url in self._memory.reports:
            return
        self._seen.add(listed.url)
        if title is None and answer is not None and answer.content and answer.is_html:
            title = judge(title_of(answer.page), self._counties, self._portal.code)
        self._records.append(
            ReportSeen(
                url=listed.url,
                title=title.text if title else "",
                year=title.year if title else None,
                county_code=title.county_code if title else None,
                body=title.body if title else None,
                listed_on=link.date if link else None,
                at=self._now(),
            )
        )

    def _have(self, report: str, url: str, role: Role, answer: Answer, name: str = "") -> None:
        assert answer.sha256 is not None
        if answer.outcome is Outcome.FETCHED:
            self._fetched += 1
        else:
            self._unchanged += 1
        file_name = name or PurePosixPath(unquote(urlsplit(url).path)).name or "index.html"
        self._records.append(FileFetched(report, url, role, answer.sha256, file_name, self._now()))

    async def _get(
        self, ask: Ask, kind: str, known: KnownPage | None = None, *, in_full: bool = False
    ) -> Answer:
        def tell(fetched: Fetched) -> None:
            self._requests += 1
            self._bytes += fetched.size
            self._records.append(fetched)

        answer = await self._fetch(ask, kind, tell, known, in_full=in_full)
        self._has_answered = self._has_answered or answer.outcome in GOOD | MISSING
        return answer

    # Ending

    def _note(self, answer: Answer) -> None:
        self._failed += 1
        self._bad.append((answer.outcome, answer.asked))

    def _is_turned_away(self) -> bool:
        """Whether the portal wants a person, not us; then nothing more is asked."""
        return any(outcome in BLOCKED - {Outcome.ROBOTS_DENIED} for outcome, _ in self._bad)

    def _is_stopped(self) -> bool:
        return any(outcome in NOT_ASKED for outcome, _ in self._bad)

    def _flush(self) -> None:
        self._keep(self._records)
        self._records = []

    def _ending(self) -> tuple[VisitOutcome, str]:
        self._flush()
        had_before = len([one for one in self._memory.reports.values() if not one.is_withdrawn])
        met = [outcome for outcome, _ in self._bad]
        message = "; ".join(f"{outcome}: {url}" for outcome, url in self._bad[:3])
        if len(self._bad) > 3:
            message += f"; and {len(self._bad) - 3} more"
        have = self._fetched + self._unchanged
        if have == 0 and any(outcome in BLOCKED for outcome in met):
            return VisitOutcome.BLOCKED, message
        if any(outcome in (Outcome.BUDGET_SPENT, Outcome.WINDOW_CLOSED) for outcome in met):
            return VisitOutcome.STOPPED, message
        if not self._has_answered and met:
            return VisitOutcome.UNREACHABLE, message
        expected = max(self._portal.min_reports, 1 if had_before else 0)
        if len(self._listed) < expected:
            lost = (
                f"{len(self._listed)} reports listed, at least {expected} expected, {had_before} known before"
            )
            return VisitOutcome.LOST, f"{lost}; {message}".rstrip("; ")
        if not self._listed and not have:
            return VisitOutcome.NOTHING_FOUND, message or "no list of reports was found"
        return (VisitOutcome.PARTIAL, message) if met else (VisitOutcome.OK, "")


def _tells_of_year(page: Page, year: int) -> bool:
    """Whether what an endpoint gave is a report of a year, and not a page that says there is none."""
    return "信息公开" in page.text and f"{year}年" in page.text
