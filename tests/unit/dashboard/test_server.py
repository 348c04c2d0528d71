"""What the server answers, and what it refuses."""

from pathlib import Path

import pytest
from starlette.types import ASGIApp

from etl.dashboard.server import application
from etl.settings import Home
from etl.warehouse.publish import publish
from tests.built_warehouse import build, consistent, make_home
from tests.dashboard_client import ask


def test_the_root_leads_to_the_overview_in_the_browsers_language(app: ASGIApp) -> None:
    assert ask(app, "/").headers["location"] == "zh/overview"
    assert ask(app, "/", accept_language="en-GB,zh;q=0.5").headers["location"] == "en/overview"


@pytest.mark.parametrize("path", ["/zh/overview", "/zh/nothing", "/assets/style.css", "/"])
def test_every_answer_has_the_headers(app: ASGIApp, path: str) -> None:
    headers = ask(app, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:8000"])
def test_a_foreign_name_is_refused(app: ASGIApp, host: str) -> None:
    reply = ask(app, "/zh/overview", host=host)
    assert reply.status == 421
    assert "<html" not in reply.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_own_names_are_answered(app: ASGIApp, host: str) -> None:
    assert ask(app, "/zh/overview", host=host).status == 200


def test_a_further_name_can_be_given(home: Home) -> None:
    assert ask(application(home, ["stat.example.org"]), "/zh/overview", host="stat.example.org").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/zh/nothing",
        "/fr/overview",
        "/assets/../server.py",
        "/assets/..%2fserver.py",
        "/assets/page.js%00",
        "/../../etc/passwd",
        "//etc/passwd",
        "/data/overview.nothing.csv",
    ],
)
def test_what_is_not_there_is_404(app: ASGIApp, path: str) -> None:
    assert ask(app, path).status == 404


def test_only_reading_is_allowed(app: ASGIApp) -> None:
    assert ask(app, "/zh/overview", method="POST").status == 405
    assert ask(app, "/zh/overview", method="HEAD").status == 200


def test_what_the_browser_has_is_not_sent_again(app: ASGIApp) -> None:
    tag = ask(app, "/zh/overview").headers["etag"]
    again = ask(app, "/zh/overview", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")


def test_without_a_publication_it_says_so(tmp_path: Path) -> None:
    reply = ask(application(Home(home=tmp_path)), "/en/overview")
    assert reply.status == 503
    assert "gouji ingest" in reply.text


def test_a_new_publication_is_noticed(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("one.pdf"))
    publish(home)
    app = application(home)
    assert "1 reports" in ask(app, "/en/overview").text
    build(home, consistent("one.pdf"), consistent("two.pdf", year=2023))
    publish(home)
    assert "2 reports" in ask(app, "/en/overview").text
