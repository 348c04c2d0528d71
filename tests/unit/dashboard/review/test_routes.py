"""Review in the browser: who may, what is written, and what is refused."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from starlette.types import ASGIApp

from etl.dashboard.evidence.shared import close_all
from etl.dashboard.review.password import hashed
from etl.dashboard.server import application
from etl.errors import GoujiError
from etl.hashes import sha256_of
from etl.settings import Home
from etl.warehouse.publish import publish
from etl.warehouse.read import connect
from etl.warehouse.review_file import load_reviews
from tests.built_warehouse import build, consistent, make_home
from tests.dashboard_client import Reply, ask
from tests.judged_reports import change

PASSWORD = "a good long password"
ORIGIN = "http://127.0.0.1:8000"
CELL = ("disputes", "review", "total")
LINE = {"rule": "T4_SUM_REVIEW", "line": "review"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = make_home(tmp_path_factory.mktemp("review"))
    build(home, change(consistent("a.pdf"), CELL, 9))
    publish(home)
    return home


@pytest.fixture
def home(published: Home) -> Iterator[Home]:
    known = published.model_copy(update={"review": True, "review_password": hashed(PASSWORD)})
    yield known
    close_all()
    for path in (*published.root.glob("reviews.yaml*"), *published.root.glob("corrections/*")):
        path.unlink()


@pytest.fixture
def app(home: Home) -> ASGIApp:
    return application(home)


def login(app: ASGIApp, password: str = PASSWORD, origin: str = ORIGIN) -> Reply:
    body = urlencode({"password": password}).encode()
    return ask(app, "/zh/review/login", method="POST", body=body, origin=origin)


class Reviewer:
    """A browser that gave the password."""

    def __init__(self, app: ASGIApp, home: Home) -> None:
        self.app = app
        self.cookie = login(app).headers["set-cookie"].partition(";")[0]
        self.url = f"/en/review/finding?{urlencode({'document': _document(home), **LINE})}"

    def get(self, url: str = "") -> Reply:
        return ask(self.app, url or self.url, cookie=self.cookie)

    def fields(self) -> dict[str, str]:
        text = self.get().text
        token = re.search(r'name="token" value="([^"]+)"', text)
        judged = re.search(r'name="judged" value="([^"]*)"', text)
        assert token
        assert judged
        return {"token": token[1], "judged": html.unescape(judged[1])}

    def post(self, origin: str | None = ORIGIN, url: str = "", **fields: str) -> Reply:
        headers = {} if origin is None else {"origin": origin}
        body = urlencode(fields).encode()
        return ask(self.app, url or self.url, method="POST", body=body, cookie=self.cookie, **headers)


def _document(home: Home) -> str:
    with connect(home) as connection:
        ((sha256,),) = connection.execute("SELECT document_sha256 FROM dim_document").fetchall()
    return str(sha256)


@pytest.fixture
def reviewer(app: ASGIApp, home: Home) -> Reviewer:
    return Reviewer(app, home)


JUDGEMENT = {"do": "judge", "verdict": "dismissed", "reason": "见更正说明", "reviewer": "示例"}
CORRECTION = {
    "do": "correct",
    "cell": "disputes.review.total",
    "corrected": "4",
    "reason": "四项之和为4",
    "evidence": "第5页",
    "reviewer": "示例",
    "status": "accepted",
}


def test_it_is_off_unless_set_on(published: Home) -> None:
    app = application(published)
    assert ask(app, "/zh/review").status == 404
    assert login(app).status in (404, 405)
    assert "review/finding" not in ask(app, "/zh/report/990001/2024").text


def test_without_a_password_it_does_not_start(published: Home) -> None:
    with pytest.raises(GoujiError, match="gouji review password"):
        application(published.model_copy(update={"review": True}))


@pytest.mark.parametrize("path", ["/zh/review", "/zh/review/finding?document=x&rule=y&line=z"])
def test_nothing_is_shown_without_the_password(app: ASGIApp, path: str) -> None:
    reply = ask(app, path)
    assert reply.status == 303
    assert reply.headers["location"] in ("review/login", "login")
    assert ask(app, path, cookie="gouji_review=invented").status == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: ASGIApp) -> None:
    cookie = login(app).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_wrong_passwords_are_refused_and_then_not_even_looked_at(app: ASGIApp) -> None:
    for _ in range(5):
        reply = login(app, "not the password")
        assert reply.status == 401
        assert "set-cookie" not in reply.headers
    reply = login(app)
    assert reply.status == 429
    assert int(reply.headers["retry-after"]) > 0


def test_a_verdict_goes_into_its_file_and_not_into_the_warehouse(reviewer: Reviewer, home: Home) -> None:
    before = sha256_of(home.warehouse)
    reply = reviewer.post(**JUDGEMENT, **reviewer.fields())
    assert reply.status == 303, reply.text
    (review,) = load_reviews(home.reviews)
    assert (review.verdict, review.reason, review.reviewer) == ("dismissed", "见更正说明", "示例")
    assert review.judged[-1] == "disputes.review.total=9"
    assert sha256_of(home.warehouse) == before
    assert "见更正说明" in reviewer.get().text
    assert "见更正说明" in reviewer.get("/zh/review").text


def test_a_correction_goes_the_way_of_the_command(reviewer: Reviewer, home: Home) -> None:
    reply = reviewer.post(**CORRECTION, **reviewer.fields())
    assert reply.status == 303, reply.text
    (path,) = home.own_corrections.glob("*.yaml")
    (entry,) = yaml.safe_load(path.read_text(encoding="utf-8"))["corrections"]
    assert (entry["printed"], entry["corrected"], entry["status"]) == (9, 4, "accepted")
    again = reviewer.post(**CORRECTION, **reviewer.fields())
    assert again.status == 422
    assert "corrected there already" in again.text


@pytest.mark.parametrize("corrected", ["", "many", "NaN", "Infinity", "1e999", "-1", "1.5", "9"])
def test_what_is_no_correction_is_refused(reviewer: Reviewer, home: Home, corrected: str) -> None:
    fields = CORRECTION | {"corrected": corrected}
    assert reviewer.post(**fields, **reviewer.fields()).status == 422
    assert not list(home.own_corrections.glob("*"))


def test_a_cell_of_another_finding_is_refused(reviewer: Reviewer) -> None:
    fields = CORRECTION | {"cell": "requests.received.new.total"}
    assert reviewer.post(**fields, **reviewer.fields()).status == 422


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", None])
def test_forms_from_elsewhere_are_refused(reviewer: Reviewer, home: Home, origin: str | None) -> None:
    assert reviewer.post(origin, **JUDGEMENT, **reviewer.fields()).status == 403
    assert not home.reviews.exists()


@pytest.mark.parametrize("token", ["", "invented"])
def test_forms_without_the_sessions_token_are_refused(reviewer: Reviewer, home: Home, token: str) -> None:
    assert reviewer.post(**JUDGEMENT, **(reviewer.fields() | {"token": token})).status == 403
    assert not home.reviews.exists()


def test_a_form_that_showed_other_values_is_refused(reviewer: Reviewer, home: Home) -> None:
    fields = reviewer.fields()
    fields["judged"] = fields["judged"].replace("total=9", "total=8")
    for form in (JUDGEMENT, CORRECTION):
        assert reviewer.post(**form, **fields).status == 409
    assert not home.reviews.exists()
    assert not list(home.own_corrections.glob("*"))


@pytest.mark.parametrize("missing", ["reason", "reviewer", "verdict"])
def test_name_and_reason_are_required(reviewer: Reviewer, home: Home, missing: str) -> None:
    reply = reviewer.post(**(JUDGEMENT | {missing: " "}), **reviewer.fields())
    assert reply.status == 422
    assert not home.reviews.exists()


def test_a_large_form_is_refused(reviewer: Reviewer) -> None:
    assert reviewer.post(**(JUDGEMENT | {"reason": "x" * 70_000}), **reviewer.fields()).status == 413


def test_what_a_reviewer_writes_is_text(reviewer: Reviewer) -> None:
    attack = "</textarea><script>alert(1)</script>"
    reviewer.post(**(JUDGEMENT | {"reason": attack}), **reviewer.fields())
    for url in ("", "/en/review"):
        text = reviewer.get(url).text
        assert "<script>alert" not in text
        assert html.escape(attack) in text


def test_leaving_ends_the_session(reviewer: Reviewer) -> None:
    token = reviewer.fields()["token"]
    assert reviewer.post(url="/zh/review/logout", token=token).status == 303
    assert reviewer.get().status == 303


def test_a_finding_that_is_none(reviewer: Reviewer) -> None:
    assert reviewer.get("/zh/review/finding?document=../../x&rule=NONE&line=x").status == 404
    assert reviewer.get("/zh/review/finding").status == 404


def test_findings_lead_to_their_review(app: ASGIApp, tmp_path: Path) -> None:
    text = ask(app, "/zh/report/990001/2024").text
    assert "review/finding?document=" in text
