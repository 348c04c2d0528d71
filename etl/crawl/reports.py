"""Fetching a report: its page, the files it offers, the frames it shows."""

from collections import deque
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from etl.catalogue.records import FileFetched, ReportSeen, Role, Withdrawn
from etl.crawl.fetch import Answer
from etl.crawl.links import title_of
from etl.crawl.lists import Listed
from etl.crawl.outcome import GOOD, MISSING, Outcome
from etl.crawl.session import Session
from etl.crawl.titles import judge
from etl.places import Counties

MOST_FILES = 20  # files of one report
_DEEPEST_FRAME = 2


class Reports:
    """The reports of one portal.

    Args:
        session: the visit's.
        counties: to judge titles by.
    """

    def __init__(self, session: Session, counties: Counties) -> None:
        self._session = session
        self._memory = session.memory
        self._counties = counties
        self._seen: set[str] = set()  # reports noted already
        self._shared: dict[str, Answer] = {}  # files had in this visit, without their content
        self.returned = 0  # reports that were withdrawn, and are there again

    def see(self, listed: Listed, answer: Answer | None = None) -> None:
        """Note what is known of a report. One that only the registry names is titled by its own page."""
        title, link = listed.title, listed.link
        if title is None and listed.url in self._memory.reports:
            return
        self._seen.add(listed.url)
        if title is None and answer is not None and answer.content and answer.is_html:
            title = judge(title_of(answer.page), self._counties, self._session.portal.code)
        self._session.record(
            ReportSeen(
                url=listed.url,
                title=title.text if title else "",
                year=title.year if title else None,
                county_code=title.county_code if title else None,
                body=title.body if title else None,
                listed_on=link.date if link else None,
                at=self._session.now(),
            )
        )

    async def fetch(self, listed: Listed, answer: Answer | None = None) -> None:
        """Fetch a report and its files, and record what was had. ``answer`` is its page, if that was had."""
        await self._fetch(listed, answer or await self._session.get_known(listed.url, "page"))
        self._session.flush()

    async def _fetch(self, listed: Listed, answer: Answer) -> None:
        known = self._memory.reports.get(listed.url)
        if known is not None and known.is_withdrawn:
            if answer.outcome not in GOOD:
                return  # as it was
            self.returned += 1
        if answer.outcome in MISSING:
            if known is not None and known.files:
                self._session.record(Withdrawn(listed.url, self._session.now()))
            elif listed.url not in self._seen:
                self.see(listed)
            self._session.note(answer)
            return
        if listed.url not in self._seen:
            self.see(listed, answer)
        if answer.outcome not in GOOD:
            self._session.note(answer)
            return
        self._have(listed.url, listed.url, "page", answer)
        if answer.content:
            failed = self._session.counts.failed
            await self._files(listed.url, answer)
            if self._session.counts.failed > failed:
                self._session.ask_in_full_again(listed.url)  # only the page names what could not be had
        elif known is not None:
            for url, role in known.files:
                if url != listed.url:
                    await self._file(listed.url, url, role)

    async def _files(self, report: str, answer: Answer) -> None:
        """The attachments and frames of a report's page, and of its frames."""
        if not answer.is_html:
            return
        waiting = deque((one, 1) for one in self._session.family_of(answer.page).files(answer.page))
        seen = {report}
        while waiting and len(seen) <= MOST_FILES:
            found, depth = waiting.popleft()
            if found.url in seen:
                continue
            seen.add(found.url)
            inner = await self._file(report, found.url, found.role, found.name)
            if found.role == "frame" and depth < _DEEPEST_FRAME and inner.content and inner.is_html:
                family = self._session.family_of(inner.page)
                waiting.extend((one, depth + 1) for one in family.files(inner.page))

    async def _file(self, report: str, url: str, role: Role, name: str = "") -> Answer:
        """A file of a report; one that several reports share is asked for once."""
        if url in self._shared:
            answer = self._shared[url]
        else:
            answer = await self._session.get_known(url, role)
            self._shared[url] = replace(answer, content=b"")
        if answer.outcome in GOOD:
            self._have(report, url, role, answer, name)
        else:
            self._session.note(answer)
        return answer

    def _have(self, report: str, url: str, role: Role, answer: Answer, name: str = "") -> None:
        assert answer.sha256 is not None
        if answer.outcome is Outcome.FETCHED:
            self._session.counts.fetched += 1
        else:
            self._session.counts.unchanged += 1
        file_name = name or PurePosixPath(unquote(urlsplit(url).path)).name or "index.html"
        self._session.record(FileFetched(report, url, role, answer.sha256, file_name, self._session.now()))
