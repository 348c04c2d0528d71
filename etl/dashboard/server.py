"""The dashboard as a web server: for one machine, read-only, and suspicious of everybody."""

import hashlib
from collections.abc import Iterable
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.dashboard.content import HTML, Content, content_of, searched
from etl.dashboard.evidence.original import original_response
from etl.dashboard.evidence.shared import opened
from etl.dashboard.pages import search
from etl.dashboard.reader import Readers
from etl.dashboard.render import ASSETS, Show, render_message
from etl.dashboard.review.routes import review_routes
from etl.dashboard.site_map import REGISTRY
from etl.dashboard.words import LANGUAGES, Language, Words
from etl.settings import Home
from etl.warehouse.read import NothingPublishedError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_SHOW = Show(REGISTRY)  # of messages, which lead to no review


def application(home: Home, hosts: Iterable[str] = ()) -> ASGIApp:
    """The dashboard of ``home`` as an ASGI application.

    Args:
        home: whose published warehouse is shown. A publication is noticed at the next request.
        hosts: names, beside those of this machine itself, under which it may be asked for. A request under
            another name is refused: a page of the web must not reach it through a name it has made up.

    Raises:
        GoujiError: review is on and no password is set.
    """
    readers = Readers(home, search.entries)
    shown = Show(REGISTRY, has_review=home.review)

    def show(request: Request) -> Response:
        path = _path(request)
        found = REGISTRY.find(path)
        try:
            content = None if found is None else content_of(shown, readers.current(), found)
        except NothingPublishedError as error:
            return _message(request, 503, "message.nothing_published", str(error))
        return _missing(request) if content is None else _answer(request, content)

    def find(request: Request) -> Response:
        language = request.path_params["language"]
        if language not in LANGUAGES:
            return _missing(request)
        try:
            content = searched(_SHOW, readers.current(), language, request.query_params.get("q", ""))
        except NothingPublishedError as error:
            return _message(request, 503, "message.nothing_published", str(error))
        return _answer(request, content)

    def choose(request: Request) -> Response:
        language, metric = request.path_params["language"], request.path_params["metric"]
        try:
            codes = search.codes_of(readers.current(), request.query_params.get("codes", ""))
        except NothingPublishedError as error:
            return _message(request, 503, "message.nothing_published", str(error))
        path = f"{language}/compare/{metric}" + (f"/counties/{'+'.join(codes)}" if codes else "")
        if REGISTRY.find(path) is None:
            return _missing(request)
        return RedirectResponse(f"counties/{'+'.join(codes)}" if codes else f"../{metric}", 307)

    def asset(request: Request) -> Response:
        return asset_of(request) or _missing(request)

    def original(request: Request) -> Response:
        return original_response(readers, request) or _missing(request)

    routes: list[BaseRoute] = [
        Route("/", _home),
        Route("/{language}/search", find),
        Route("/{language}/compare/{metric}/counties", choose),
        Route("/original/{sha256}", original),
        *review_routes(home, readers, shown),
        Route("/assets/{name}", asset),
        Route("/{path:path}", show),
    ]
    return Guard(Starlette(routes=routes, lifespan=lambda _: opened(home)), {*LOOPBACK, *hosts})


def _home(request: Request) -> Response:
    return RedirectResponse(f"{_preferred(request)}/overview", 307)


def asset_of(request: Request) -> Response | None:
    """A style sheet or script of ours, by its name alone."""
    path = ASSETS / str(request.path_params["name"])
    if path.parent != ASSETS or path.suffix not in _TYPES or not path.is_file():
        return None
    return _answer(request, Content(path.read_bytes(), _TYPES[path.suffix]))


def _answer(request: Request, content: Content) -> Response:
    """The content, or that the browser has it already."""
    tag = f'"{hashlib.sha256(content.body).hexdigest()[:20]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content.body, media_type=content.media_type, headers=headers)


def _missing(request: Request) -> Response:
    return _message(request, 404, "message.missing", Words(_preferred(request))("message.missing_text"))


def _message(request: Request, status: int, title: str, text: str) -> Response:
    language = _preferred(request)
    body = render_message(_SHOW, language, _path(request), Words(language)(title), text)
    return Response(body, status, media_type=HTML)


def _path(request: Request) -> str:
    return unquote(request.url.path).lstrip("/")


def _preferred(request: Request) -> Language:
    """The language of the path, else what the browser asks for first, else Chinese."""
    first = _path(request).partition("/")[0]
    if first in LANGUAGES:
        return "en" if first == "en" else "zh"
    return "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"


class Guard:
    """Refuses requests under foreign names, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, hosts: set[str]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                ours = ((name.encode(), value.encode()) for name, value in HEADERS.items())
                message["headers"] = [*message["headers"], *(one for one in ours if one[0] not in own)]
            await send(message)

        if host_of(Request(scope)) in self._hosts:
            await self._app(scope, receive, guarded)
        else:
            refusal = Response(
                "This dashboard is not known under that name: see gouji dashboard --name.\n", 421
            )
            await refusal(scope, receive, guarded)


def host_of(request: Request) -> str:
    """The name that a request was made to, without its port."""
    host = request.headers.get("host", "").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
