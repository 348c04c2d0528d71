"""One visit's dealings with a portal: what is asked, counted, gone wrong, and to be recorded."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from etl.catalogue.records import Fetched, KnownPage, Memory, Record
from etl.crawl.families import Family, family_named, recognise
from etl.crawl.fetch import Answer
from etl.crawl.outcome import BLOCKED, GOOD, MISSING, NOT_ASKED, NOT_SENT, Outcome
from etl.crawl.page import Ask, Page
from etl.places.portals import Portal

Tell = Callable[[Fetched], None]
Keep = Callable[[Sequence[Record]], None]


class Fetch(Protocol):
    """Asks for one address; see `etl.crawl.fetch.Fetcher.fetch`."""

    def __call__(
        self, ask: Ask, kind: str, tell: Tell, known: KnownPage | None = None, *, in_full: bool = False
    ) -> Awaitable[Answer]: ...


@dataclass
class Counts:
    """What a visit has done: ``fetched`` and ``unchanged`` count files of reports."""

    listings: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    requests: int = 0
    bytes: int = 0


@dataclass
class Session:
    """What the parts of a visit share.

    Args:
        portal: the registry's entry.
        memory: what earlier visits found.
        fetch: asks for one address.
        keep: takes records, for good.
        now: the clock, UTC.
    """

    portal: Portal
    memory: Memory
    fetch: Fetch
    keep: Keep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    counts: Counts = field(default_factory=Counts)
    failures: list[tuple[Outcome, str]] = field(default_factory=list)  # what went wrong, and where
    has_answered: bool = False
    family: Family | None = None
    _records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        remembered = (listing.family for listing in self.memory.listings if listing.family)
        name: str | None = self.portal.family or next(remembered, None)
        self.family = family_named(name) if name else None

    async def get(
        self, ask: Ask, kind: str, known: KnownPage | None = None, *, in_full: bool = False
    ) -> Answer:
        """Ask the portal for an address."""

        def tell(fetched: Fetched) -> None:
            # A message says where a redirect led: then it was sent as far as there.
            self.counts.requests += fetched.outcome not in NOT_SENT or bool(fetched.message)
            self.counts.bytes += fetched.size
            self.record(fetched)

        answer = await self.fetch(ask, kind, tell, known, in_full=in_full)
        self.has_answered = self.has_answered or answer.outcome in GOOD | MISSING
        return answer

    async def get_known(self, url: str, kind: str) -> Answer:
        """Ask for an address, conditionally where it is known."""
        return await self.get(Ask(url), kind, self.memory.pages.get(url))

    def family_of(self, page: Page) -> Family:
        """The portal's family; told from this page when it is not known yet."""
        if self.family is None:
            self.family = recognise(page)
        return self.family

    def record(self, record: Record) -> None:
        """Have something noted with the next `flush`."""
        self._records.append(record)

    def flush(self) -> None:
        """Hand on what was recorded, in one transaction."""
        self.keep(self._records)
        self._records = []

    def ask_in_full_again(self, url: str) -> None:
        """Take from what is to be recorded what would keep a page from being sent again."""
        self._records = [
            replace(one, etag=None, last_modified=None, served_at=None)
            if isinstance(one, Fetched) and one.url == url
            else one
            for one in self._records
        ]

    def note(self, answer: Answer) -> None:
        """Count a failure."""
        self.counts.failed += 1
        self.failures.append((answer.outcome, answer.asked))

    def has_met(self, outcomes: frozenset[Outcome]) -> bool:
        return any(outcome in outcomes for outcome, _ in self.failures)

    @property
    def is_turned_away(self) -> bool:
        """Whether the portal wants a person, not us; then nothing more is asked."""
        return self.has_met(BLOCKED - {Outcome.ROBOTS_DENIED})

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more can be asked tonight."""
        return self.has_met(NOT_ASKED)
