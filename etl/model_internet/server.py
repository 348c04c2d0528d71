"""The server: one process that plays every portal, told apart by host name, port or address."""

import asyncio
import json
import socket
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web

from etl.errors import GoujiError
from etl.model_internet.families import build_site
from etl.model_internet.faults import Fault, Role, Switched
from etl.model_internet.log import Log, Logged
from etl.model_internet.misbehave import ANSWERS, BrokenOff
from etl.model_internet.model import Apart, ModelPortal
from etl.model_internet.site import HTML, Answer, Plan, Site, Validators

CONTROL = "control.localhost"
_OF_CONTENT = (Fault.WRONG_CHARSET, Fault.ENDLESS_CALENDAR, Fault.VISIT_COUNTER)
_CACHED = 32 * 2**20  # bytes of pages kept
_PIXEL = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)  # a GIF of one dot


@dataclass
class Stage:
    """A portal on the stage: its site as the faults that are on make it."""

    portal: ModelPortal
    home: str
    faults: dict[Fault, Switched] = field(default_factory=dict)
    version: int = 0
    site: Site = field(init=False)

    def __post_init__(self) -> None:
        for name in self.portal.faults:
            self.faults[Fault(name)] = Switched(Fault(name))
        self.set_up()

    def set_up(self) -> None:
        self.site = build_site(Plan(self.portal, self.home, tuple(self.faults.values())))
        self.version += 1

    def active(self) -> list[Switched]:
        return [switched for switched in self.faults.values() if switched.on]

    @property
    def on(self) -> list[str]:
        """The names of the faults that are on."""
        return sorted(switched.fault for switched in self.active())


class _Body(NamedTuple):
    answer: Answer
    etag: str


class Server:
    """Plays ``portals`` and logs what is asked.

    Args:
        port: that all portals share; 0 for any that is free.
    """

    def __init__(self, portals: Sequence[ModelPortal], log: Log, port: int = 0) -> None:
        self._portals = portals
        self._log = log
        self._port = port
        self._stages: dict[str, Stage] = {}
        self._at: dict[tuple[str, int], Stage] = {}  # by the address that was connected to
        self._cache: OrderedDict[tuple[str, int, str], _Body] = OrderedDict()
        self._cached = 0
        self._runner: web.ServerRunner | None = None
        self.stopping = asyncio.Event()

    async def start(self) -> int:
        """Listen; the port that all portals share.

        Raises:
            GoujiError: the port is taken.
        """
        shared = _listen("127.0.0.1", self._port)
        self._port = shared.getsockname()[1]
        sockets = [shared]
        for portal in self._portals:
            home = f"http://{portal.host}:{self._port}"
            if portal.apart is Apart.PORT:
                sockets.append(_listen("127.0.0.1", 0))
                home = f"http://127.0.0.1:{sockets[-1].getsockname()[1]}"
            elif portal.apart is Apart.ADDRESS:
                n = len(sockets)
                sockets.append(_listen(f"127.1.{n // 250}.{n % 250 + 1}", self._port))
                home = f"http://{sockets[-1].getsockname()[0]}:{self._port}"
            stage = self._stages[portal.host] = Stage(portal, home)
            if portal.apart is not Apart.NAME:
                self._at[sockets[-1].getsockname()] = stage
        self._runner = web.ServerRunner(
            web.Server(self._serve, handler_cancellation=True, access_log=None), shutdown_timeout=0.1
        )
        await self._runner.setup()
        for one in sockets:
            await web.SockSite(self._runner, one, backlog=1024).start()
        return self._port

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.shutdown()
            await self._runner.cleanup()

    def describe(self) -> list[dict[str, Any]]:
        """The portals as they are now."""
        return [self._described(stage) for stage in self._stages.values()]

    # --- requests

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        arrived, wall = time.monotonic(), time.time()
        host = request.host.partition(":")[0].lower()
        if host == CONTROL:
            return await self._control(request)
        stage = self._at.get(_own_address(request)) or self._stages.get(host)
        fault: str | None = None
        status, sent = 0, 0
        response: web.StreamResponse | None = None
        try:
            if stage is None:
                response = web.Response(text="no such host here", status=404)
            else:
                response, fault = await self._answer(request, stage)
            if not response.prepared:
                await response.prepare(request)
                await response.write_eof()
            status, sent = response.status, response.body_length
            return response
        except BrokenOff as broken:
            sent, fault = broken.sent, _first_name(stage, request)
            return web.Response(status=444)  # nobody hears it
        except (ConnectionError, asyncio.CancelledError):
            fault = _first_name(stage, request)
            raise
        finally:
            headers = request.headers
            self._log.write(
                Logged(
                    stage.portal.host if stage else host,
                    request.host,
                    request.method,
                    request.path_qs,
                    headers.get("User-Agent", ""),
                    headers.get("If-None-Match"),
                    headers.get("If-Modified-Since"),
                    status,
                    fault,
                    arrived,
                    time.monotonic(),
                    wall,
                    sent,
                )
            )

    async def _answer(self, request: web.BaseRequest, stage: Stage) -> tuple[web.StreamResponse, str | None]:
        site, path = stage.site, request.path
        role, page = site.find(path, request.query_string)
        for switched in stage.active():
            if switched.fault in ANSWERS and switched.concerns(path, role):
                response = await ANSWERS[switched.fault](request, switched, stage.home)
                if response is not None:
                    return response, switched.fault.value
        if role is Role.ROBOTS:
            return self._robots(site), None
        if page is None:
            return _other(path, site), None
        query = dict(parse_qsl(request.query_string, keep_blank_values=True))
        key = (stage.portal.host, stage.version, request.path_qs)
        if request.method == "POST":
            form = (await request.read()).decode("utf-8", errors="replace")
            query |= dict(parse_qsl(form, keep_blank_values=True))
            key = (*key[:2], f"{request.path_qs}\n{form}")
        body = self._cache.get(key)
        if body is None:
            answer = page(query)
            if answer is None:
                return _missing(site), None
            body = self._keep(key, answer)
        answer = _with_faults(body.answer, stage, path, role)
        etag = body.etag if answer is body.answer else _etag(answer)
        validators = Validators.NONE if answer.is_dynamic else site.validators
        headers = _headers(site, answer, etag, validators)
        if _is_unchanged(request, answer, etag, validators, stage):
            return web.Response(status=304, headers=headers), None
        response = web.Response(body=answer.content, headers=headers)
        response.headers["Content-Type"] = answer.content_type
        return response, None

    def _keep(self, key: tuple[str, int, str], answer: Answer) -> _Body:
        """A page, kept until the space is needed for others."""
        body = _Body(answer, _etag(answer))
        if len(answer.content) < _CACHED // 8:
            self._cache[key] = body
            self._cached += len(answer.content)
            while self._cached > _CACHED:
                _, old = self._cache.popitem(last=False)
                self._cached -= len(old.answer.content)
        return body

    def _robots(self, site: Site) -> web.Response:
        if site.robots is None:
            return _missing(site)
        return web.Response(text=site.robots, content_type="text/plain", headers={"Server": site.server})

    # --- the control address

    async def _control(self, request: web.BaseRequest) -> web.StreamResponse:
        match request.method, request.path:
            case "GET", "/portals":
                return _json(self.describe())
            case "GET", "/faults":
                return _json({host: stage.on for host, stage in self._stages.items() if stage.on})
            case "POST", "/faults":
                return self._switch(await request.json())
            case "GET", "/log":
                return web.FileResponse(self._log.path)
            case "DELETE", "/log":
                self._log.clear()
                return _json({"cleared": True})
            case "POST", "/stop":
                self.stopping.set()
                return _json({"stopping": True})
        known = "GET /portals, GET or POST /faults, GET or DELETE /log, POST /stop"
        return _json({"error": f"no such thing here; there are {known}"}, 404)

    def _described(self, stage: Stage) -> dict[str, Any]:
        portal, site = stage.portal, stage.site
        return {
            "host": portal.host,
            "code": portal.code,
            "name": portal.name,
            "family": portal.family,
            "home": f"{stage.home}/",
            "listings": [f"{stage.home}{path}" for path in (*site.listings, *site.years)],
            "home_only": portal.home_only,
            "reports": len(portal.reports),
            "faults": stage.on,
        }

    def _switch(self, order: dict[str, Any]) -> web.Response:
        """``{"portal": host, "fault": name, "on": true, "path": glob, "times": 2, "seconds": 1.0}``"""
        stage = self._stages.get(str(order.get("portal")))
        names = [fault.value for fault in Fault]
        if stage is None:
            return _json({"error": f"no portal {order.get('portal')!r}; GET /portals lists them"}, 400)
        if order.get("fault") not in names:
            return _json({"error": f"no fault {order.get('fault')!r}; there are {', '.join(names)}"}, 400)
        fault = Fault(order["fault"])
        # A change counts from the next full second: HTTP dates know no parts of one.
        since = float(int(time.time()) + 1)
        if order.get("on", True):
            times, seconds = int(order.get("times", 2)), float(order.get("seconds", 1.0))
            stage.faults[fault] = Switched(fault, order.get("path"), times, seconds, since)
        elif fault in stage.faults:  # remembered: what it changed has changed back now
            stage.faults[fault].on, stage.faults[fault].since = False, since
        stage.set_up()
        return _json(self._described(stage))


def _listen(address: str, port: int) -> socket.socket:
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        one.bind((address, port))
    except OSError as error:
        one.close()
        why = f"{address}:{port} cannot be listened on: {error.strerror}; name another port"
        raise GoujiError(why) from error
    return one


def _etag(answer: Answer) -> str:
    stamp = f"{int(answer.modified.timestamp()):x}-{len(answer.content):x}"
    return f'"{stamp}-{sha256(answer.content).hexdigest()[:6]}"'


def _own_address(request: web.BaseRequest) -> tuple[str, int]:
    transport = request.transport
    found = transport.get_extra_info("sockname") if transport is not None else None
    return found or ("", 0)


def _first_name(stage: Stage | None, request: web.BaseRequest) -> str | None:
    if stage is None:
        return None
    role, _ = stage.site.find(request.path, request.query_string)
    return next((one.fault.value for one in stage.active() if one.concerns(request.path, role)), None)


def _headers(site: Site, answer: Answer, etag: str, validators: Validators) -> dict[str, str]:
    headers = {"Server": site.server, **dict(answer.headers)}
    if validators in (Validators.BOTH, Validators.LAST_MODIFIED):
        headers["Last-Modified"] = format_datetime(answer.modified, usegmt=True)
    if validators is Validators.BOTH:
        headers["ETag"] = etag
    return headers


def _is_unchanged(
    request: web.BaseRequest, answer: Answer, etag: str, validators: Validators, stage: Stage
) -> bool:
    tags, since = request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")
    if Fault.NOT_MODIFIED in stage.on:
        return bool(tags or since)
    if validators is Validators.BOTH and tags is not None:  # RFC 9110: it goes before the date
        return etag in {one.strip().removeprefix("W/") for one in tags.split(",")}
    if validators is Validators.NONE or since is None:
        return False
    try:
        return answer.modified <= parsedate_to_datetime(since)
    except ValueError:
        return False


def _with_faults(answer: Answer, stage: Stage, path: str, role: Role) -> Answer:
    """A page as the faults of content make it."""
    if not answer.content_type.startswith(HTML):
        return answer
    for switched in stage.faults.values():
        if switched.fault not in _OF_CONTENT or not switched.concerns(path, role):
            continue
        changed = max(answer.modified, datetime.fromtimestamp(switched.since, UTC))
        if not switched.on:
            answer = answer._replace(modified=changed)
            continue
        content, kind = answer.content, answer.content_type
        match switched.fault:
            case Fault.WRONG_CHARSET:  # the meta element goes on saying what it said
                content, kind = _decoded(content).encode("gb18030"), f"{HTML}; charset=utf-8"
            case Fault.ENDLESS_CALENDAR:
                content = content.replace(b"</body>", _calendar(2024, 1) + b"</body>", 1)
            case _:
                switched.asked[path] += 1
                content = content.replace(b"</body>", f"<i>{switched.asked[path]}</i></body>".encode(), 1)
                changed = datetime.now(UTC)
        answer = answer._replace(content=content, content_type=kind, modified=changed)
    return answer


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _calendar(year: int, month: int) -> bytes:
    """Links to months, each of which links to the next: there is no end. ASCII, to fit any page's charset."""
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    near = [(year, month), after, (year + 1, month), (year + 10, month)]
    links = "".join(
        f'<a href="/xxgk/calendar/{y}/{m}.html">&#25919;&#21153;&#20844;&#24320; {y}-{m:02}</a> '
        for y, m in near
    )
    return f'<div class="calendar">{links}</div>'.encode("ascii")


def _other(path: str, site: Site) -> web.Response:
    if path.startswith("/images/"):
        return web.Response(body=_PIXEL, content_type="image/gif", headers={"Server": site.server})
    if path.startswith("/xxgk/calendar/"):
        year, _, month = path.removeprefix("/xxgk/calendar/").removesuffix(".html").partition("/")
        if year.isdecimal() and month.isdecimal():
            body = _calendar(int(year), int(month))
            return web.Response(body=b"<html><body>" + body + b"</body></html>", content_type="text/html")
    return _missing(site)


def _missing(site: Site) -> web.Response:
    return web.Response(
        text="<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>",
        status=404,
        content_type="text/html",
        headers={"Server": site.server},
    )


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(
        text=json.dumps(value, ensure_ascii=False), status=status, content_type="application/json"
    )
