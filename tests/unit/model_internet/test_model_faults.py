"""Each fault does what its name says, as a raw client sees it."""

import socket
import zlib
from collections.abc import Callable
from http.client import IncompleteRead, RemoteDisconnected
from typing import Any

import pytest

from etl.model_internet import Fault
from etl.model_internet.misbehave import HUGE, UNPACKED
from tests.raw_client import Browser, Reply

Portal = dict[str, Any]
REFUSALS = (ConnectionResetError, RemoteDisconnected)


def switch(browser: Browser, fault: Fault, **options: Any) -> Portal:
    """A fresh portal with a fault switched on."""
    portal = browser.fresh()
    browser.net.switch(portal["host"], fault, **options)
    return portal


def newest(browser: Browser, portal: Portal) -> str:
    """The address of the newest report's page."""
    title = f"{portal['name']}人民政府2025年政府信息公开工作年度报告"
    return next(url for url, said in browser.get(portal["listings"][0]).links().items() if said == title)


def slow_drip(browser: Browser) -> None:
    portal = switch(browser, Fault.SLOW_DRIP, seconds=0.01)
    connection = browser.connect(portal["home"])
    response = connection.getresponse()
    read = [response.read1(100) for _ in range(20)]
    assert all(0 < len(one) < 100 for one in read)
    assert not response.isclosed()
    connection.close()
    assert browser.get(f"{portal['home']}robots.txt").status == 200


def stall(browser: Browser) -> None:
    connection = browser.connect(switch(browser, Fault.STALL)["home"])
    assert connection.sock is not None
    connection.sock.settimeout(0.3)
    with pytest.raises(socket.timeout):
        connection.getresponse()
    connection.close()


def reset(browser: Browser) -> None:
    portal = switch(browser, Fault.RESET)
    with pytest.raises(REFUSALS):
        browser.get(portal["home"])
    (logged,) = (one for one in browser.net.log() if one.portal == portal["host"])
    assert (logged.status, logged.fault) == (0, "reset")


def flaky(browser: Browser) -> None:
    portal = switch(browser, Fault.FLAKY)
    for _ in range(2):
        with pytest.raises(REFUSALS):
            browser.get(portal["home"])
        assert browser.get(portal["home"]).status == 200


def truncated(browser: Browser) -> None:
    portal = switch(browser, Fault.TRUNCATED)
    with pytest.raises(IncompleteRead):
        browser.get(newest(browser, portal))


def errors(browser: Browser) -> None:
    portal = switch(browser, Fault.ERRORS)
    assert [browser.get(portal["home"]).status for _ in range(4)] == [500] * 4


def errors_then_success(browser: Browser) -> None:
    portal = switch(browser, Fault.ERRORS_THEN_SUCCESS, times=3)
    for url in (portal["home"], portal["listings"][0]):
        assert [browser.get(url).status for _ in range(5)] == [503, 503, 503, 200, 200]


def not_modified(browser: Browser) -> None:
    portal = switch(browser, Fault.NOT_MODIFIED)
    assert browser.get(portal["home"], If_None_Match='"never given"').status == 304
    assert browser.get(portal["home"]).status == 200


def refused(browser: Browser) -> None:
    assert browser.get(switch(browser, Fault.REFUSED)["home"]).status == 403


def too_many(browser: Browser) -> None:
    reply = browser.get(switch(browser, Fault.TOO_MANY, seconds=7)["home"])
    assert (reply.status, reply.headers["Retry-After"]) == (429, "7")


def empty_body(browser: Browser) -> None:
    reply = browser.get(switch(browser, Fault.EMPTY_BODY)["home"])
    assert (reply.status, reply.content) == (202, b"")
    assert reply.headers["Set-Cookie"]


def soft_404(browser: Browser) -> None:
    portal = switch(browser, Fault.SOFT_404)
    reply = browser.get(newest(browser, portal))
    assert reply.status == 200
    assert "不存在" in reply.text


def soft_404_home(browser: Browser) -> None:
    portal = switch(browser, Fault.SOFT_404_HOME)
    reply = browser.get(newest(browser, portal))
    assert (reply.status, reply.headers["Location"]) == (302, portal["home"])


def challenge(browser: Browser) -> None:
    reply = browser.get(switch(browser, Fault.CHALLENGE)["home"])
    assert reply.status == 412
    assert "<script>" in reply.text
    assert reply.headers["Set-Cookie"]


def challenge_200(browser: Browser) -> None:
    reply = browser.get(switch(browser, Fault.CHALLENGE_200)["home"])
    assert reply.status == 200
    assert "document.cookie" in reply.text


def login_wall(browser: Browser) -> None:
    portal = switch(browser, Fault.LOGIN_WALL)
    reply = browser.get(portal["listings"][0])
    assert reply.status == 302
    form = browser.get(portal["home"].rstrip("/") + reply.headers["Location"])
    assert form.status == 200
    assert 'type="password"' in form.text


def redirect_loop(browser: Browser) -> None:
    portal = switch(browser, Fault.REDIRECT_LOOP)
    at, seen = portal["home"], set()
    while at not in seen:
        seen.add(at)
        reply = browser.get(at)
        assert reply.status == 302
        at = portal["home"].rstrip("/") + reply.headers["Location"]
    assert len(seen) > 1


def redirect_to_private(browser: Browser) -> None:
    portal = switch(browser, Fault.REDIRECT_TO_PRIVATE)
    assert browser.get(newest(browser, portal)).headers["Location"] == "http://10.0.0.1/"


def redirect_to_metadata(browser: Browser) -> None:
    portal = switch(browser, Fault.REDIRECT_TO_METADATA)
    assert browser.get(newest(browser, portal)).headers["Location"].startswith("http://169.254.169.254/")


def redirect_off_host(browser: Browser) -> None:
    portal = switch(browser, Fault.REDIRECT_OFF_HOST)
    target = browser.get(newest(browser, portal)).headers["Location"]
    assert target.startswith(f"http://lookalike.localhost:{browser.net.port}/")


def zip_bomb(browser: Browser) -> None:
    portal = switch(browser, Fault.ZIP_BOMB)
    reply = browser.get(newest(browser, portal))
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(reply.content) < 8 * 2**20
    unpacker = zlib.decompressobj(31)
    unpacked, rest = 0, reply.content
    while unpacked < 2**28:  # far enough
        unpacked += len(unpacker.decompress(rest, 2**24))
        rest = unpacker.unconsumed_tail
    assert len(rest) / len(reply.content) > 1 - 2 * unpacked / UNPACKED


def huge_body(browser: Browser) -> None:
    portal = switch(browser, Fault.HUGE_BODY)
    reply = _beginning(browser, newest(browser, portal))
    assert reply.headers["Content-Length"] is None
    assert len(reply.content) == 2**25


def huge_declared(browser: Browser) -> None:
    portal = switch(browser, Fault.HUGE_DECLARED)
    reply = _beginning(browser, newest(browser, portal))
    assert reply.headers["Content-Length"] == str(HUGE)


def _beginning(browser: Browser, url: str) -> Reply:
    connection = browser.connect(url)
    response = connection.getresponse()
    content = response.read(2**25)
    connection.close()
    return Reply(url, response.status, response.headers, content)


def robots_denied(browser: Browser) -> None:
    portal = switch(browser, Fault.ROBOTS_DENIED)
    assert browser.get(f"{portal['home']}robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert browser.get(portal["home"]).status == 200


def robots_error(browser: Browser) -> None:
    portal = switch(browser, Fault.ROBOTS_ERROR)
    assert browser.get(f"{portal['home']}robots.txt").status == 503
    assert browser.get(portal["home"]).status == 200


def wrong_charset(browser: Browser) -> None:
    portal = switch(browser, Fault.WRONG_CHARSET)
    reply = browser.get(portal["listings"][0])
    assert "charset=utf-8" in reply.headers["Content-Type"]
    assert "政府信息公开年报" in reply.content.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        reply.content.decode("utf-8")


def visit_counter(browser: Browser) -> None:
    portal = switch(browser, Fault.VISIT_COUNTER)
    url = newest(browser, portal)
    first = browser.get(url)
    again = browser.get(url, If_None_Match=first.headers["ETag"])
    assert again.status == 200
    assert again.content != first.content


def changed_report(browser: Browser) -> None:
    portal = browser.fresh()
    listing = browser.get(portal["listings"][0])
    titles = {said: url for url, said in listing.links().items()}
    files = [_report_file(browser, titles, portal, year) for year in (2025, 2024)]
    before = [browser.get(url) for url in files]
    browser.net.switch(portal["host"], Fault.CHANGED_REPORT)
    after = [
        browser.get(url, If_None_Match=old.headers["ETag"]) for url, old in zip(files, before, strict=True)
    ]
    assert [one.status for one in after] == [200, 304]
    assert after[0].content != before[0].content
    assert browser.get(files[0], If_Modified_Since=before[0].headers["Date"]).status == 200
    assert browser.get(listing.url, If_None_Match=listing.headers["ETag"]).status == 304
    browser.net.switch(portal["host"], Fault.CHANGED_REPORT, on=False)
    assert browser.get(files[0]).content == before[0].content
    assert browser.get(files[0], If_None_Match=after[0].headers["ETag"]).status == 200


def _report_file(browser: Browser, titles: dict[str, str], portal: Portal, year: int) -> str:
    """The report's own file: its page where that is the report."""
    url = titles[f"{portal['name']}人民政府{year}年政府信息公开工作年度报告"]
    page = browser.get(url)
    files = [one for one in page.links() if "/P0" in one]
    if 'iframe src="' in page.text:
        files = [url.rpartition("/")[0] + "/" + page.text.split('iframe src="./')[1].split('"')[0]]
    return files[0] if files else url


def removed_report(browser: Browser) -> None:
    portal = browser.fresh()
    url = newest(browser, portal)
    browser.net.switch(portal["host"], Fault.REMOVED_REPORT)
    assert browser.get(url).status == 404
    assert url not in browser.get(portal["listings"][0]).links()


def unlisted_report(browser: Browser) -> None:
    portal = browser.fresh()
    url = newest(browser, portal)
    browser.net.switch(portal["host"], Fault.UNLISTED_REPORT)
    assert browser.get(url).status == 200
    assert url not in browser.get(portal["listings"][0]).links()


def late_report(browser: Browser) -> None:
    portal = browser.fresh()
    url = newest(browser, portal)
    browser.net.switch(portal["host"], Fault.LATE_REPORT)
    early = browser.get(portal["listings"][0])
    assert browser.get(url).status == 404
    assert url not in early.links()
    browser.net.switch(portal["host"], Fault.LATE_REPORT, on=False)
    late = browser.get(portal["listings"][0], If_None_Match=early.headers["ETag"])
    assert late.status == 200
    assert url in late.links()


def removed_listing(browser: Browser) -> None:
    portal = browser.fresh()
    url = newest(browser, portal)
    browser.net.switch(portal["host"], Fault.REMOVED_LISTING)
    reply = browser.get(portal["listings"][0])
    assert reply.status == 200
    assert '<li><a href="./2' not in reply.text
    assert browser.get(url).status == 200


def moved_listing(browser: Browser) -> None:
    portal = switch(browser, Fault.MOVED_LISTING)
    (now,) = (one for one in browser.net.portals() if one["host"] == portal["host"])
    assert browser.get(portal["listings"][0]).status == 404
    assert now["listings"] != portal["listings"]
    assert newest(browser, now)


def endless_list(browser: Browser) -> None:
    portal = switch(browser, Fault.ENDLESS_LIST)
    pages = [browser.get(f"{portal['listings'][0]}index_{n}.html") for n in (1, 700, 1900)]
    assert [page.status for page in pages] == [200] * 3
    assert len({page.content for page in pages}) == 3
    assert "createPageHTML(200" in pages[0].text


def endless_calendar(browser: Browser) -> None:
    portal = switch(browser, Fault.ENDLESS_CALENDAR)
    seen = {portal["home"]}
    at = portal["home"]
    for _ in range(60):
        at = next(url for url in browser.get(at).links() if "/calendar/" in url and url not in seen)
        seen.add(at)
    assert len(seen) == 61


TESTS: dict[Fault, Callable[[Browser], None]] = {
    fault: globals()[fault.value] for fault in Fault if fault.value in globals()
}


@pytest.mark.parametrize("fault", list(Fault))
def test_the_fault(spoiled: Browser, fault: Fault) -> None:
    TESTS[fault](spoiled)


def test_a_fault_can_be_of_some_addresses_only(spoiled: Browser) -> None:
    portal = switch(spoiled, Fault.ERRORS, path="/zwgk/*")
    assert spoiled.get(portal["home"]).status == 200
    assert spoiled.get(portal["listings"][0]).status == 500


def test_a_fault_of_reports_can_name_them(spoiled: Browser) -> None:
    portal = spoiled.fresh()
    titles = {said: url for url, said in spoiled.get(portal["listings"][0]).links().items()}
    urls = [titles[f"{portal['name']}人民政府{year}年政府信息公开工作年度报告"] for year in (2025, 2024)]
    spoiled.net.switch(portal["host"], Fault.REMOVED_REPORT, path="*-2024.*")
    assert [spoiled.get(url).status for url in urls] == [200, 404]


def test_a_fault_can_be_switched_off(spoiled: Browser) -> None:
    portal = switch(spoiled, Fault.ERRORS)
    spoiled.net.switch(portal["host"], Fault.ERRORS, on=False)
    assert spoiled.get(portal["home"]).status == 200
    assert all(one["faults"] == [] for one in spoiled.net.portals() if one["host"] == portal["host"])
