"""Scrapy's downloader, set up for small government servers.

Scrapy gives: one request at a time to a host with a delay between them, AutoThrottle, limits of size and time,
unpacking within a limit. Retries, redirects and robots.txt are ours (etl.crawl.fetch): each of their requests
must be held against the guard, the budgets and the archive like any other.
"""

import logging
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from scrapy import Request, Spider, signals
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.downloadermiddlewares.defaultheaders import DefaultHeadersMiddleware
from scrapy.downloadermiddlewares.downloadtimeout import DownloadTimeoutMiddleware
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.useragent import UserAgentMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Headers, Response
from scrapy.settings import Settings

from etl import __version__
from etl.crawl.guard import Guard, GuardedResolver
from etl.settings import Home

CRAWL_DELAY = "crawl_delay"  # in a request's meta: what the host's robots.txt asks for, seconds
PRODUCT = "gouji"  # the name robots.txt files can address


def user_agent(contact: str) -> str:
    """Who asks, honestly: product, version, purpose, and where to complain."""
    reach = f"; +{contact}" if contact else ""
    return f"{PRODUCT}/{__version__} (yearly disclosure reports of counties{reach})"


class KeepPacked:
    """Keeps each response as it came, before Scrapy unpacks it: the archive stores that."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the packed response on its request."""
        request.meta["packed"] = response
        return response


class GuardedDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler, whose names are resolved by a `GuardedResolver`."""

    experimental = False  # said in docs/decisions/; not to be said again at every start

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._given_session = self._session
        self._session = ClientSession(
            connector=TCPConnector(
                limit=crawler.settings.getint("CONCURRENT_REQUESTS"),
                resolver=GuardedResolver(crawler.settings["GOUJI_GUARD"]),
            ),
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        """The headers as they came: servers write file names in GBK, which no text of aiohttp's holds."""
        return Headers(list(response.raw_headers))

    async def close(self) -> None:
        await self._given_session.close()
        await super().close()


def scrapy_settings(home: Home, guard: Guard) -> Settings:
    """Scrapy's settings for a home."""
    handler = f"{__name__}.{GuardedDownloadHandler.__name__}"
    values: dict[str, Any] = {
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        # Only these. Others would redirect, follow a page's <meta http-equiv=refresh> or ask through a proxy of
        # the environment, all of it past the guard.
        "DOWNLOADER_MIDDLEWARES_BASE": {
            DownloadTimeoutMiddleware: 350,
            DefaultHeadersMiddleware: 400,
            UserAgentMiddleware: 500,
            HttpCompressionMiddleware: 590,
            KeepPacked: 595,
        },
        "EXTENSIONS_BASE": {AutoThrottle: 0},  # not Scrapy's remote control: a server that runs what it is told
        "USER_AGENT": user_agent(home.contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": "gzip, deflate",
        },
        "CONCURRENT_REQUESTS": home.portals_at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": home.crawl_delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # the delay is a promise
        "AUTOTHROTTLE_ENABLED": home.crawl_delay > 0,
        "AUTOTHROTTLE_START_DELAY": home.crawl_delay,
        "AUTOTHROTTLE_MAX_DELAY": max(60.0, home.crawl_delay),
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "DOWNLOAD_TIMEOUT": home.fetch_seconds,
        "DOWNLOAD_MAXSIZE": home.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": False,  # expired and self-made certificates are common; the WARC says
        "GOUJI_GUARD": guard,
    }
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    return Settings(values)


class Downloader:
    """Downloads with a running crawler, heeding the Crawl-delay that a request carries."""

    def __init__(self, engine: ExecutionEngine) -> None:
        self._engine = engine
        engine.crawler.signals.connect(self._answered, signal=signals.headers_received)

    def _answered(self, request: Request) -> None:
        """Let the delay begin when the answer does. Scrapy has it begin when it decides to send: what holds the
        sending up, such as a long page that is being read, would shorten the delay that the server sees."""
        if (slot := self._engine.downloader.slots.get(request.meta["download_slot"])) is not None:
            slot.lastseen = monotonic()

    async def download(self, request: Request) -> Response:
        """Wait for the host's turn, and download."""
        if delay := request.meta.get(CRAWL_DELAY):
            self._slow_down(request, delay)
        return await self._engine.download_async(request)

    def _slow_down(self, request: Request, delay: float) -> None:
        downloader = self._engine.downloader
        slot = request.meta["download_slot"]
        least = max(delay, self._engine.settings.getfloat("DOWNLOAD_DELAY"))
        downloader.per_slot_settings[slot] = {"delay": least}
        if slot in downloader.slots:
            downloader.slots[slot].delay = max(least, downloader.slots[slot].delay)
        request.meta["autothrottle_dont_adjust_delay"] = True


Work = Callable[[Downloader], Awaitable[None]]


class PortalSpider(Spider):
    """The spider is a frame: what is asked, and in which order, is decided by the visits."""

    name = "portals"

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work

    async def start(self) -> Any:
        """Let the night do its work with this crawler's downloader. Nothing is scheduled through Scrapy."""
        await self.work(Downloader(self.crawler.engine))
        return
        yield


async def run(home: Home, guard: Guard, work: Work) -> None:
    """Start Scrapy, let ``work`` use its downloader, and stop it."""
    await AsyncCrawlerRunner(scrapy_settings(home, guard)).crawl(PortalSpider, work=work)
