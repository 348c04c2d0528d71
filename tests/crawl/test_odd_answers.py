"""Answers that no server should give, and some do: each ends in its name, and the other reports are had."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import ValidationError
from sqlalchemy import create_engine, text

from etl.catalogue import Catalogue
from etl.catalogue.records import VisitEnded
from etl.pipeline.crawl import crawl
from etl.settings import Home
from tests.catalogues import requests_of
from tests.command import gouji
from tests.raw_server import CODE, RawServer, answer, listing, report

LIST = "/nb/"
NEWEST, OTHER = "/nb/2024.html", "/nb/2023.html"


def visited(server: RawServer, root: Path) -> tuple[VisitEnded, dict[str, str]]:
    """One night: how the visit ended, and each address's outcome."""
    home = server.home(root, listings=(LIST,))
    crawl(home)
    ((_, visit),) = Catalogue(home.catalogue_address).visits(CODE)
    return visit, {
        url.removeprefix(server.url): outcome for url, outcome in requests_of(home.catalogue_address, CODE)
    }


def playing(newest: bytes, **more: bytes) -> RawServer:
    return RawServer({LIST: listing(NEWEST, OTHER), OTHER: report(2023), NEWEST: newest, **more})


def moved_to(location: bytes) -> bytes:
    return answer(b"", b"Location: " + location, status=b"302 Found")


@pytest.mark.parametrize(
    ("location", "outcome"),
    [
        (b"http://[oops/", "host_not_allowed"),
        (b"http://127.0.0.1:99999/", "host_not_allowed"),
        (b"http://2130706433/", "host_not_allowed"),
        (b"http://[::ffff:10.0.0.1]/", "private_address"),
        (b"javascript:void(0)", "host_not_allowed"),
    ],
)
def test_a_redirect_to_what_is_no_address_ends_that_request_alone(
    tmp_path: Path, location: bytes, outcome: str
) -> None:
    with playing(moved_to(location)) as server:
        visit, outcomes = visited(server, tmp_path)
    assert (visit.outcome, visit.found, visit.fetched) == ("partial", 2, 1), visit
    assert outcomes[NEWEST] == outcome
    assert visit.requests == len(server.asked)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_redirect_in_raw_bytes_is_followed_as_it_stands(tmp_path: Path, encoding: str) -> None:
    raw = "/年报.html".encode(encoding)
    with playing(moved_to(raw), **{quote(raw): report(2024)}) as server:
        visit, _ = visited(server, tmp_path)
    assert (visit.outcome, visit.fetched) == ("ok", 2), visit


def test_a_file_whose_name_the_server_says_in_gbk_is_had(tmp_path: Path) -> None:
    name = b"Content-Disposition: attachment; filename=" + "年报.pdf".encode("gbk")
    page = report(2024, '<a href="/nb/f.pdf">附件</a>')
    with playing(page, **{"/nb/f.pdf": answer(b"%PDF-1.4\n%%EOF", name)}) as server:
        visit, _ = visited(server, tmp_path)
    assert (visit.outcome, visit.fetched) == ("ok", 3), visit


def test_not_modified_to_who_did_not_ask_so_is_no_content(tmp_path: Path) -> None:
    with playing(answer(b"", status=b"304 Not Modified")) as server:
        visit, outcomes = visited(server, tmp_path)
    assert (visit.outcome, visit.fetched, visit.unchanged) == ("partial", 1, 0), visit
    assert outcomes[NEWEST] == "unexpected_status"


def test_a_night_that_a_budget_stops_is_no_failure(tmp_path: Path) -> None:
    paths = [f"/nb/{year}.html" for year in range(2024, 2014, -1)]
    with RawServer({LIST: listing(*paths)} | {path: report(2024) for path in paths}) as server:
        crawled = crawl(server.home(tmp_path, listings=(LIST,), settings="host_requests = 6\n"))
    assert crawled.ended == "stopped"
    assert crawled.is_success
    assert len(server.asked) == 6


def test_a_report_that_was_gone_for_a_night_comes_back(tmp_path: Path) -> None:
    def withdrawn() -> int:
        reports = Catalogue(home.catalogue_address).memory(CODE).reports.values()
        return sum(one.is_withdrawn for one in reports)

    with playing(report(2024)) as server:
        home = server.home(tmp_path, listings=(LIST,))
        crawl(home)
        there = server.answers.pop(NEWEST)
        crawl(home)
        assert withdrawn() == 1
        crawl(home)
        assert Catalogue(home.catalogue_address).visits(CODE)[0][1].outcome == "ok"  # gone, as it was
        server.answers[NEWEST] = there
        crawl(home)
    assert withdrawn() == 0


def test_only_what_was_sent_counts_as_a_request(tmp_path: Path) -> None:
    robots = answer(b"User-agent: *\nDisallow: /nb/2024", b"Content-Type: text/plain")
    with playing(report(2024), **{"/robots.txt": robots}) as server:
        visit, outcomes = visited(server, tmp_path)
    assert outcomes[NEWEST] == "robots_denied"
    assert visit.requests == len(server.asked) == 3


def test_the_status_of_a_portal_never_visited_is_an_error(tmp_path: Path) -> None:
    with playing(report(2024)) as server:
        home = server.home(tmp_path, listings=(LIST,))
        crawl(home)
    run = gouji("crawl", "--status", "999999", "--home", home.root)
    assert run.returncode == 1
    assert "999999" in run.stderr


def test_nights_that_a_budget_ends_have_everything_in_the_end(tmp_path: Path) -> None:
    years = range(2024, 2014, -1)
    tag = b'ETag: "a"'
    pages = {f"/nb/{year}.html": report(year, f'<a href="/nb/{year}.pdf">附件</a>', tag) for year in years}
    files = {f"/nb/{year}.pdf": answer(f"%PDF-1.4 {year}".encode(), tag) for year in years}
    with RawServer({LIST: listing(*pages)} | pages | files) as server:
        home = server.home(tmp_path, listings=(LIST,), settings="host_requests = 6\n")
        for _ in range(8):  # of 4 requests for reports: 20 addresses, and those at a night's end a second time
            crawl(home)
    reports = Catalogue(home.catalogue_address).memory(CODE).reports.values()
    assert [len(one.files) for one in reports] == [2] * len(years)


def test_a_contact_that_would_break_the_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="contact"):
        Home(home=tmp_path, contact="a@example.org\nX-Other: 1")
    assert Home(home=tmp_path, contact="示例县 某人").contact


def test_a_portal_that_lost_everything_stays_lost_until_it_is_back(tmp_path: Path) -> None:
    with playing(report(2024)) as server:
        home = server.home(tmp_path, listings=(LIST,))
        outcomes = []
        there = dict(server.answers)
        for answers in (there, {}, {}, there, there):
            server.answers = answers
            outcomes.append(
                (crawl(home).is_success, Catalogue(home.catalogue_address).visits(CODE)[0][1].outcome)
            )
    assert outcomes == [(True, "ok"), (False, "lost"), (False, "lost"), (True, "ok"), (True, "ok")]


def test_a_loss_before_an_interruption_fails_the_run_that_goes_on(tmp_path: Path) -> None:
    with playing(report(2024)) as server:
        home = server.home(tmp_path, listings=(LIST,))
        crawl(home)
        server.answers = {}
        crawl(home)
    # As if it had been cut off after that visit.
    with create_engine(home.catalogue_address).begin() as connection:
        connection.execute(text("UPDATE run SET finished_at = NULL, outcome = NULL WHERE id = 2"))
    gone_on = crawl(home)
    assert (gone_on.run_id, gone_on.already_done, gone_on.is_success) == (2, 1, False)


def test_the_delay_begins_when_the_answer_does(tmp_path: Path) -> None:
    answers = {LIST: listing(NEWEST, OTHER), NEWEST: report(2024), OTHER: report(2023)}
    with RawServer(answers, wait=0.2) as server:
        crawl(server.home(tmp_path, listings=(LIST,)).model_copy(update={"crawl_delay": 0.2}))
    assert len(server.asked) == 4
    for (_, answered), (arrived, _) in pairwise(server.times):
        assert arrived - answered >= 0.2
