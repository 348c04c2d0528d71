"""Finding a portal's reports: lists the registry names, lists discovered, endpoints that give a year."""

import hashlib
from collections import deque
from collections.abc import Awaitable, Callable, Container, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from etl.catalogue.records import KnownListing, ListingSeen, Origin, Withdrawn
from etl.crawl.discovery import Frontier, is_listing
from etl.crawl.families import near, recognise
from etl.crawl.fetch import Answer
from etl.crawl.guard import site_of
from etl.crawl.outcome import BLOCKED, GOOD, MISSING, NOT_ASKED, Outcome
from etl.crawl.page import Ask, Link, Page
from etl.crawl.session import Session
from etl.crawl.titles import Title, judge
from etl.places import Counties
from etl.places.portals import YEAR

MOST_LIST_PAGES = 60  # pages of one list; a list that goes on is a calendar, or not ours
_FIRST_YEAR = 2008  # the first reports were due in 2009


class Listed(NamedTuple):
    """A report as a list names it. ``title`` and ``link`` are None where it is only remembered."""

    url: str
    title: Title | None = None
    link: Link | None = None


class Lists:
    """The lists of one portal. `find` fills ``reports``.

    Args:
        session: the visit's.
        counties: to judge titles by.
        have: takes the report of a year that was asked for to see whether there is one.
    """

    def __init__(
        self, session: Session, counties: Counties, have: Callable[[Listed, Answer], Awaitable[None]]
    ) -> None:
        self.reports: dict[str, Listed] = {}
        self.asked: set[str] = set()  # addresses of years that were asked for, whatever they gave
        self._session = session
        self._memory = session.memory
        self._counties = counties
        self._have = have
        self._read_whole: list[bool] = []  # of each list that is there

    @property
    def is_whole(self) -> bool:
        """Whether there is a list, and all there are were read to their end: what they name is all there is."""
        return bool(self._read_whole) and all(self._read_whole)

    async def find(self) -> None:
        """Find the reports; discover a list where none is known or none answers."""
        session = self._session
        found = False
        for url, origin in self._known():
            walked = self._walk_years(url) if YEAR in url else self._walk(url, origin)
            found = await walked or found
        if not found and not session.is_stopped and not session.is_turned_away:
            await self._discover()

    def _known(self) -> list[tuple[str, Origin]]:
        known: dict[str, Origin] = dict.fromkeys(self._session.portal.listings, "registry")
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
                self._session.note(answer)
                if ask.url == url:
                    if answer.outcome not in MISSING:  # a list that is gone may have moved: discovery will tell
                        self._read_whole.append(False)
                    return False
                is_whole = False
                continue
            page = answer.page
            family = self._session.family_of(page)
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
        self.reports |= {one.url: one for one in wanted if one.url not in self.reports}
        self._session.counts.listings += 1
        is_whole = is_whole and not waiting  # what was left off at the last page that is asked for is not known
        self._read_whole.append(is_whole)
        if is_whole:
            family_name = self._session.family.name if self._session.family else ""
            self._session.record(
                ListingSeen(url, family_name, origin, self._session.now(), head.hexdigest(), len(wanted))
            )
        return bool(wanted)

    def _see_listing(self, known: KnownListing, origin: Origin) -> None:
        """Note that a list is as it was, and so as whole."""
        self._read_whole.append(True)
        self._session.counts.listings += 1
        self._session.record(
            ListingSeen(known.url, known.family, origin, self._session.now(), known.links_sha256, known.reports)
        )

    async def _list_page(self, ask: Ask, *, is_remembered: bool) -> Answer:
        """A page of a list. Only the first page of a list that is remembered may be left unsent: the others,
        and those of lists that a script draws, are needed to go on from."""
        family = self._session.family
        may_be_unsent = is_remembered and family is not None and not family.draws_by_script
        known = self._memory.pages.get(ask.url) if ask.form is None else None
        return await self._session.get(ask, "listing", known, in_full=not may_be_unsent)

    def _remember_reports(self, but: Container[str] = ()) -> None:
        """Take the reports listed before as listed still, but for those at some addresses."""
        for report in self._memory.reports.values():
            if not report.is_withdrawn and report.url not in but:
                self.reports.setdefault(report.url, Listed(report.url))

    def _wanted(self, links: Iterable[Link]) -> list[Listed]:
        found = []
        for link in links:
            title = judge(link.text, self._counties, self._session.portal.code)
            if title.is_wanted:
                found.append(Listed(link.url, title, link))
        return found

    async def _walk_years(self, template: str) -> bool:
        """Ask an endpoint that gives the report of a year: on the first visit for every year, later for those
        it gave before, and for the last one while it is missing."""
        last = self._session.now().year - 1
        is_first = all(one.url != template for one in self._memory.listings)
        years = {template.replace(YEAR, str(year)): year for year in range(last, _FIRST_YEAR - 1, -1)}
        found = False
        failed = self._session.counts.failed
        for url, year in years.items():
            if is_first or year == last or url in self._memory.reports:
                found = await self._year(url, year) or found
                if self._session.is_stopped or self._session.is_turned_away:
                    self._read_whole.append(False)
                    return found
        self._read_whole.append(self._session.counts.failed == failed)
        if not is_first:
            self._remember_reports(years)
        self._session.counts.listings += 1
        self._session.record(
            ListingSeen(template, "hanweb_annual", "registry", self._session.now(), "", len(self.reports))
        )
        return found or bool(self.reports)

    async def _year(self, url: str, year: int) -> bool:
        """Ask for the report of one year: the page is the report, or links to it, or says there is none."""
        known = self._memory.reports.get(url)
        answer = await self._session.get_known(url, "page")
        self.asked.add(url)
        if answer.outcome in GOOD and answer.content:
            page = answer.page
            if wanted := self._wanted(self._session.family_of(page).list_page(page).links):
                self.reports |= {one.url: one for one in wanted if one.url not in self.reports}
                return True
        if answer.outcome in MISSING or (answer.content and not _tells_of_year(answer.page, year)):
            if known is not None and known.files and not known.is_withdrawn:
                self._session.record(Withdrawn(url, self._session.now()))
            return False
        if answer.outcome not in GOOD:
            self._session.note(answer)
            return False
        title = judge(f"{year}年政府信息公开工作年度报告", self._counties, self._session.portal.code)
        self.reports[url] = Listed(url, title)
        await self._have(self.reports[url], answer)
        return True

    async def _discover(self) -> None:
        """Look for a list, from the home page on and near known reports."""
        home = self._session.portal.home
        sites = {site_of(home), *(host.partition(":")[0] for host in self._session.portal.hosts)}
        likely = [address for url in self._session.portal.reports for address in near(url)]
        frontier = Frontier(home, likely, lambda url: site_of(url) in sites or urlsplit(url).netloc in sites)
        while (ask := frontier.next()) is not None:
            answer = await self._session.get(ask, "home" if ask.url == home else "discovery")
            if answer.outcome not in GOOD:
                if ask.url == home or answer.outcome in NOT_ASKED | BLOCKED:
                    self._session.note(answer)
                if answer.outcome in NOT_ASKED:
                    return
                continue
            if not answer.is_html:
                continue
            if ask.url == home:
                sites.add(site_of(answer.url))  # a portal that moved
            if is_listing(answer.page, self._counties, self._session.portal.code, frontier.text_of(ask.url)):
                self._session.family = recognise(answer.page)
                if await self._walk(ask.url, "discovered", answer):
                    return
            frontier.found(answer.page, ask.url)


def _tells_of_year(page: Page, year: int) -> bool:
    """Whether what an endpoint gave is a report of a year, and not a page that says there is none."""
    return "信息公开" in page.text and f"{year}年" in page.text
