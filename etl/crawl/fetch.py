"""One request with all manners: guard, budgets, robots.txt, retries, redirects, archive.

Every request ends in an `Answer` with a named outcome; nothing is raised for what a server does.
"""

import asyncio
import hashlib
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from time import monotonic
from typing import Protocol
from urllib.parse import quote, urldefrag, urlencode, urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt
from tenacity.wait import wait_exponential_jitter
from w3lib.url import safe_url_string

from etl.archive import Exchange
from etl.catalogue.records import Fetched, KnownPage
from etl.content.charset import decode
from etl.content.sniff import sniff
from etl.crawl.download import CRAWL_DELAY, Downloader
from etl.crawl.guard import Guard, PrivateAddressError, slot_of
from etl.crawl.outcome import Outcome
from etl.crawl.page import Ask, Page
from etl.crawl.robots import Robots, robots_of
from etl.crawl.said import said_sha256
from etl.crawl.walls import wall
from etl.crawl.window import Window
from etl.settings import Home

_HOPS = 6  # redirects followed, one more than RFC 9309 asks for
_LONGEST_WAIT = 120.0  # seconds before a retry
_RETRIED = frozenset({Outcome.SERVER_ERROR, Outcome.CONNECTION_FAILED, Outcome.NAME_NOT_FOUND})
_FAILURES = _RETRIED | {Outcome.TOO_SLOW}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Writer(Protocol):
    """Where exchanges are archived."""

    def exchange(self, exchange: Exchange) -> None: ...


@dataclass(frozen=True)
class Answer:
    """How a request ended. ``content`` is unpacked; it is there when the outcome is `Outcome.FETCHED`, and
    when an unchanged page was sent in full again."""

    asked: str
    url: str  # where it finally came from
    outcome: Outcome
    status: int | None = None
    content: bytes = b""
    sha256: str | None = None
    said_sha256: str | None = None  # of what a page says; None where it is no page
    message: str = ""
    at: datetime | None = None  # when the last hop was asked for; the archive dates its record so

    @property
    def page(self) -> Page:
        return Page(self.url, decode(self.content))

    @property
    def is_html(self) -> bool:
        return sniff(self.content) == "html"


@dataclass(frozen=True)
class _Wish:
    """What a request is for; the same for all its hops and tries."""

    kind: str
    known: KnownPage | None
    in_full: bool


@dataclass
class _Host:
    """What is remembered of a host during one night."""

    requests: int = 0
    failures: int = 0  # in a row
    last_failure: Outcome = Outcome.CONNECTION_FAILED


@dataclass
class Tally:
    """What the night has cost so far."""

    requests: int = 0
    bytes: int = 0
    hosts: set[str] = field(default_factory=set)


class Fetcher:
    """Asks portals. One is made a night and shared by all visits.

    Args:
        home: whose settings.
        guard: which addresses may be asked.
        writer: where every exchange is archived before its answer is used.
        now: the clock, UTC.
    """

    def __init__(
        self,
        home: Home,
        guard: Guard,
        writer: Writer,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.tally = Tally()
        self._home = home
        self._guard = guard
        self._writer = writer
        self._now = now
        self._window = Window(home.crawl_window)
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, asyncio.Future[Robots]] = {}
        self._downloader: Downloader | None = None

    def start(self, downloader: Downloader) -> None:
        """Say with what to download; before that nothing can be fetched."""
        self._downloader = downloader

    async def fetch(
        self,
        ask: Ask,
        kind: str,
        tell: Callable[[Fetched], None],
        known: KnownPage | None = None,
        *,
        in_full: bool = False,
    ) -> Answer:
        """Ask for one address, following redirects.

        Args:
            ask: what to ask for.
            kind: what it is to the caller, for the log: robots, home, listing, page, attachment, frame.
            tell: given the log entry of the request.
            known: what this address gave before, to be asked for only if it has changed.
            in_full: whether the content is wanted even if it has not changed.
        """
        began, at = monotonic(), self._now()
        answer, response = await self._follow(ask, _Wish(kind, known, in_full), tell)
        headers = response.headers if response is not None else {}
        tell(
            Fetched(
                url=ask.url,
                kind=kind,
                at=answer.at or at,
                outcome=answer.outcome,
                status=answer.status,
                sha256=answer.sha256,
                said_sha256=answer.said_sha256,
                size=len(answer.content),
                seconds=round(monotonic() - began, 3),
                etag=_text(headers.get("ETag")),
                last_modified=_text(headers.get("Last-Modified")),
                served_at=_text(headers.get("Date")),
                message=answer.message,
            )
        )
        return answer

    async def _follow(
        self, ask: Ask, wish: _Wish, tell: Callable[[Fetched], None]
    ) -> tuple[Answer, Response | None]:
        url, form = ask.url, ask.form
        seen: set[str] = set()
        for _ in range(_HOPS):
            refusal, delay = self._refusal(url), 0.0
            if refusal is None and wish.kind != "robots":
                robots = await self._robots_of(url, tell)
                refusal = robots.failure or (None if robots.allows(url) else Outcome.ROBOTS_DENIED)
                delay = robots.delay
            if refusal is not None:
                return Answer(ask.url, url, refusal, message=url if url != ask.url else ""), None
            seen.add(url)
            answer, response = await self._ask(ask.url, Ask(url, form), wish, delay)
            target = response.headers.get("Location") if response is not None else None
            if answer.status not in _REDIRECTS or not target:
                return answer, response
            url = _redirected(url, target)
            if answer.status == HTTPStatus.SEE_OTHER:
                form = None
            if url in seen:
                break
        return Answer(ask.url, url, Outcome.REDIRECT_LOOP, answer.status, message=f"led to {url} again"), None

    def _refusal(self, url: str) -> Outcome | None:
        """Why ``url`` is not asked at all, by guard, circuit breaker, budgets and window."""
        if refusal := self._guard.refusal(url):
            return refusal
        host = self._host(url)
        if host.failures >= self._home.breaker_failures:
            return Outcome.CIRCUIT_OPEN
        if host.requests >= self._home.host_requests or self.tally.requests >= self._home.night_requests:
            return Outcome.BUDGET_SPENT
        return None if self._window.is_open(self._now()) else Outcome.WINDOW_CLOSED

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(slot_of(url, self._guard), _Host())

    async def _robots_of(self, url: str, tell: Callable[[Fetched], None]) -> Robots:
        """The rules for ``url``, asked for once a night and origin. Whoever comes first asks."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        waiting = self._robots.get(origin)
        if waiting is None:
            waiting = self._robots[origin] = asyncio.get_running_loop().create_future()
            try:
                answer = await self.fetch(Ask(f"{origin}/robots.txt"), "robots", tell)
                waiting.set_result(robots_of(answer.outcome, answer.content))
            except BaseException:
                del self._robots[origin]
                waiting.cancel()
                raise
        return await asyncio.shield(waiting)

    async def _ask(self, asked: str, ask: Ask, wish: _Wish, delay: float) -> tuple[Answer, Response | None]:
        """One hop, tried as often as the settings allow."""
        host = self._host(ask.url)
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._home.fetch_tries),
            wait=wait_exponential_jitter(
                initial=self._home.retry_seconds, max=_LONGEST_WAIT, jitter=self._home.retry_seconds
            ),
            retry=retry_if_result(lambda result: result[0].outcome in _RETRIED),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        result: tuple[Answer, Response | None] = await retrying(self._once, asked, ask, wish, delay, host)
        answer, response = result
        if answer.outcome in _FAILURES:
            host.failures += 1
        else:
            host.failures = 0
        return answer, response

    async def _once(
        self, asked: str, ask: Ask, wish: _Wish, delay: float, host: _Host
    ) -> tuple[Answer, Response | None]:
        assert self._downloader is not None, "start() comes first"
        known = wish.known
        request = self._request(ask, None if wish.in_full else known, delay)
        host.requests += 1
        self.tally.requests += 1
        self.tally.hosts.add(request.meta["download_slot"])
        at = self._now()
        try:
            response = await self._downloader.download(request)
        except Exception as error:
            outcome, message = _failure(error)
            return Answer(asked, ask.url, outcome, message=message, at=at), None
        content = response.body
        self.tally.bytes += len(content)
        sha256 = hashlib.sha256(content).hexdigest()
        # 304 where nothing was known is no answer: there is nothing that it could be the same as.
        is_same = known is not None and (response.status == HTTPStatus.NOT_MODIFIED or sha256 == known.sha256)
        self._writer.exchange(_exchange(request, response, at, sha256, known if is_same else None))
        outcome = _outcome(response, content, asked, ask.url, is_same=is_same, is_robots=wish.kind == "robots")
        said = None
        if outcome is Outcome.FETCHED and wish.kind != "robots" and sniff(content) == "html":
            said = said_sha256(decode(content))
            if known is not None and said == known.said_sha256:
                outcome, is_same = Outcome.UNCHANGED, True
        if is_same and known is not None:
            sha256 = known.sha256
        return Answer(asked, ask.url, outcome, response.status, content, sha256, said, at=at), response

    def _request(self, ask: Ask, known: KnownPage | None, delay: float) -> Request:
        headers = {}
        if known is not None and ask.form is None:
            if known.etag:
                headers["If-None-Match"] = known.etag
            if since := known.last_modified or known.served_at:
                headers["If-Modified-Since"] = since
        if ask.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        meta = {"download_slot": slot_of(ask.url, self._guard), CRAWL_DELAY: delay}
        body = b"" if ask.form is None else urlencode(ask.form).encode()
        return Request(
            ask.url,
            method="GET" if ask.form is None else "POST",
            headers=headers,
            body=body,
            meta=meta,
            dont_filter=True,
        )


def _exchange(
    request: Request, response: Response, at: datetime, sha256: str, same: KnownPage | None
) -> Exchange:
    packed: Response = request.meta["packed"]
    try:
        reason = HTTPStatus(response.status).phrase
    except ValueError:
        reason = ""
    return Exchange(
        url=request.url,
        at=at,
        method=request.method,
        request_headers=tuple(_pairs(request)),
        request_body=request.body,
        http_version=packed.protocol or "HTTP/1.1",
        status=response.status,
        reason=reason,
        response_headers=tuple(_pairs(packed)),
        body=packed.body,
        sha256=sha256 if same is None else same.sha256,
        revisit_of=None if same is None else (request.url, same.fetched_at),
    )


def _pairs(message: Request | Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    ]


def _outcome(
    response: Response, content: bytes, asked: str, url: str, *, is_same: bool, is_robots: bool
) -> Outcome:
    status = response.status
    if is_same and status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        return Outcome.UNCHANGED
    if status in _REDIRECTS:
        return Outcome.UNEXPECTED_STATUS  # unless it names a place to go on to
    is_html = sniff(content) == "html"
    if not is_robots and (is_html or status != HTTPStatus.OK):
        text = decode(content) if is_html else ""
        headers = {name.lower(): value for name, value in _pairs(response)}
        if (found := wall(status, headers, text, asked, url)) is not None:
            return found
    if status == HTTPStatus.OK:
        return Outcome.FETCHED if content else Outcome.EMPTY
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Outcome.GONE
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome.SERVER_ERROR
    if status in _REFUSALS:
        return Outcome.REFUSED
    return Outcome.UNEXPECTED_STATUS


_REFUSALS = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_ACCEPTABLE,
        HTTPStatus.PRECONDITION_FAILED,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
    }
)


def _failure(error: Exception) -> tuple[Outcome, str]:
    """The outcome that an exception of the downloader stands for, and what it says."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddressError):
            return Outcome.PRIVATE_ADDRESS, str(cause)
        cause = cause.__cause__ or cause.__context__
    for kind, outcome in _FAILURE_KINDS.items():
        if isinstance(error, kind):
            return outcome, str(error)
    return Outcome.CONNECTION_FAILED, repr(error)


_FAILURE_KINDS: dict[type[Exception], Outcome] = {
    CannotResolveHostError: Outcome.NAME_NOT_FOUND,
    DownloadTimeoutError: Outcome.TOO_SLOW,
    DownloadCancelledError: Outcome.TOO_LARGE,
    IgnoreRequest: Outcome.TOO_COMPRESSED,
    UnsupportedURLSchemeError: Outcome.HOST_NOT_ALLOWED,
    DownloadConnectionRefusedError: Outcome.CONNECTION_FAILED,
    DownloadFailedError: Outcome.CONNECTION_FAILED,
    ResponseDataLossError: Outcome.CONNECTION_FAILED,
}


def _redirected(url: str, location: bytes) -> str:
    """Where ``Location`` leads from ``url``. Bytes beyond ASCII stand as they came, UTF-8 or GBK; what is
    no address at all is given as it is, for the guard to refuse."""
    target = quote(location, safe=string.printable)
    try:
        return urldefrag(safe_url_string(urljoin(url, target))).url
    except ValueError:
        return target


def _text(value: bytes | None) -> str | None:
    return value.decode("latin-1") if value else None
