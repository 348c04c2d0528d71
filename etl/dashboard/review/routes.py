"""What reviewers are answered: password, list, finding. Only served where the setting ``review`` is on."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from etl.dashboard.reader import Readers
from etl.dashboard.render import Show, render_own
from etl.dashboard.review.judging import ChangedError, Judged, correct, judge, judged, listed
from etl.dashboard.review.password import matches
from etl.dashboard.review.session import Session, Sessions, Throttle, is_own
from etl.dashboard.words import LANGUAGES, Language
from etl.errors import GoujiError
from etl.settings import Home

COOKIE = "gouji_review"

_HTML = "text/html; charset=utf-8"
# A browser that may name no page to anybody says of its forms that they come from nowhere.
_HEADERS = {"cache-control": "no-store", "referrer-policy": "same-origin"}
_MOST_BYTES = 64 * 2**10  # of a form
_MOST_FIELDS = 20


class _Asked(NamedTuple):
    """A request of a browser that gave the password."""

    request: Request
    language: Language
    session: Session
    form: Mapping[str, str]


class _RefusedError(Exception):
    """A request that is answered by a status and a message alone."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


def review_routes(home: Home, readers: Readers, show: Show) -> list[BaseRoute]:
    """The routes of review; none where it is off.

    Raises:
        GoujiError: it is on, and no password is set.
    """
    if not home.review:
        return []
    if not home.review_password:
        raise GoujiError("review is on and no password is set: gouji review password says how to set one")
    desk = _Desk(home, readers, show)
    return [
        Route("/{language}/review", desk.answer(desk.overview), methods=["GET"]),
        Route("/{language}/review/login", desk.login, methods=["GET", "POST"]),
        Route("/{language}/review/logout", desk.answer(desk.logout), methods=["POST"]),
        Route("/{language}/review/finding", desk.answer(desk.finding), methods=["GET", "POST"]),
    ]


class _Desk:
    def __init__(self, home: Home, readers: Readers, show: Show) -> None:
        self._home = home
        self._readers = readers
        self._show = show
        self._sessions = Sessions()
        self._throttle = Throttle()

    def answer(self, handler: Callable[[_Asked], Response]) -> Callable[[Request], Any]:
        """The handler behind the password: asked only by who gave it and, with a form, from a page of ours."""

        async def answered(request: Request) -> Response:
            try:
                language = _language(request)
                form = await _form(request) if request.method == "POST" else {}
                session = self._sessions.find(request.cookies.get(COOKIE))
                if session is None:
                    return _see(request, "login")
                if request.method == "POST" and not is_own(session, form.get("token", "")):
                    raise _RefusedError(403, "the form is not of this session; open the page again")
                return await run_in_threadpool(handler, _Asked(request, language, session, form))
            except _RefusedError as refused:
                return _plain(refused)

        return answered

    async def login(self, request: Request) -> Response:
        """The page that asks for the password, and what it is sent to."""
        try:
            language = _language(request)
            if request.method == "GET":
                return self._page(language, "review/login", "review_login.html", wrong=False)
            form = await _form(request)
            address = request.client.host if request.client else ""
            if wait := self._throttle.wait(address):
                raise _RefusedError(
                    429,
                    f"too many wrong passwords; try again in {wait} s",
                    {"retry-after": str(wait)},
                )
            is_right = await run_in_threadpool(matches, self._home.review_password, form.get("password", ""))
        except _RefusedError as refused:
            return _plain(refused)
        if not is_right:
            self._throttle.note_wrong(address)
            return self._page(language, "review/login", "review_login.html", status=401, wrong=True)
        response = _see(request, "")
        response.set_cookie(
            COOKIE,
            self._sessions.begin(),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
            path="/",
        )
        return response

    def logout(self, asked: _Asked) -> Response:
        self._sessions.end(asked.request.cookies.get(COOKIE))
        response = _see(asked.request, "login")
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    def overview(self, asked: _Asked) -> Response:
        """The verdicts that there are."""
        found = listed(self._readers.current())
        return self._page(
            asked.language,
            "review",
            "review.html",
            listed=found,
            token=asked.session.token,
            kept_in=self._home.reviews,
        )

    def finding(self, asked: _Asked) -> Response:
        """A finding with its forms; a form sent is written to its file."""
        query = asked.request.query_params
        found = judged(
            self._readers.current(), query.get("document", ""), query.get("rule", ""), query.get("line", "")
        )
        if found is None:
            raise _RefusedError(404, "no such check fails in what is published now")
        if asked.request.method == "GET":
            return self._finding_page(asked, found, done=query.get("done", ""))
        try:
            if asked.form.get("do") == "correct":
                correct(self._home, found, asked.form)
            else:
                judge(self._home, found, asked.form)
        except ChangedError as error:
            return self._finding_page(asked, found, status=409, fault=str(error))
        except GoujiError as error:
            return self._finding_page(asked, found, status=422, fault=str(error))
        done = "correction" if asked.form.get("do") == "correct" else "review"
        row = found.finding
        sent = urlencode(
            {"document": found.document, "rule": row["rule_id"], "line": row["line"], "done": done}
        )
        return _see(asked.request, f"finding?{sent}")

    def _finding_page(
        self, asked: _Asked, found: Judged, *, status: int = 200, fault: str = "", done: str = ""
    ) -> Response:
        return self._page(
            asked.language,
            "review/finding",
            "review_finding.html",
            status=status,
            v=found,
            token=asked.session.token,
            fault=fault,
            done=done,
            form=defaultdict(str, asked.form),
            query=urlencode(list(asked.request.query_params.multi_items())),
        )

    def _page(self, language: Language, path: str, template: str, status: int = 200, **values: Any) -> Response:
        body = render_own(self._show, language, path, template, **values)
        return Response(body, status, media_type=_HTML, headers=_HEADERS)


def _language(request: Request) -> Language:
    found = next((one for one in LANGUAGES if one == request.path_params["language"]), None)
    if found is None:
        raise _RefusedError(404, "there is no such page")
    return found


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that a page of ours sent; of one sent from elsewhere nothing is read."""
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    if origin is None or urlsplit(origin).netloc.lower() != host.lower():
        raise _RefusedError(403, "the form was not sent from a page of this dashboard")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise _RefusedError(413, "the form is too large")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise _RefusedError(400, "the form cannot be read") from error
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


def _see(request: Request, where: str) -> RedirectResponse:
    """On to another page of review; relative, so that it leads there whatever stands before the paths."""
    is_overview = request.url.path.endswith("/review")
    path = f"review/{where}" if is_overview else where or "../review"
    return RedirectResponse(path, 303, headers={"cache-control": "no-store"})


def _plain(refused: _RefusedError) -> Response:
    headers = {"cache-control": "no-store", **refused.headers}
    return Response(f"{refused}\n", refused.status, media_type="text/plain; charset=utf-8", headers=headers)
