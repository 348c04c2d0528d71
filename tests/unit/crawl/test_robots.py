import pytest

from etl.crawl.outcome import Outcome
from etl.crawl.robots import robots_of

RULES = b"""User-agent: *
Disallow: /private/
Crawl-delay: 7

User-agent: gouji
Disallow: /not-for-gouji/
Crawl-delay: 200
"""


def test_our_own_rules_come_before_those_for_all() -> None:
    robots = robots_of(Outcome.FETCHED, RULES)
    assert not robots.allows("http://x.gov.cn/not-for-gouji/a.html")
    assert robots.allows("http://x.gov.cn/private/a.html")
    assert robots.delay == 60  # what is asked for beyond a minute is not waited for


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.REFUSED, Outcome.SOFT_404, Outcome.REDIRECT_LOOP])
def test_no_robots_file_forbids_nothing(outcome: Outcome) -> None:
    assert robots_of(outcome, b"").allows("http://x.gov.cn/")


@pytest.mark.parametrize("outcome", [Outcome.SERVER_ERROR, Outcome.CONNECTION_FAILED, Outcome.TOO_SLOW])
def test_a_failing_server_forbids_all(outcome: Outcome) -> None:
    robots = robots_of(outcome, b"")
    assert not robots.allows("http://x.gov.cn/")
    assert robots.failure is outcome


def test_a_page_in_place_of_the_file_says_nothing() -> None:
    assert robots_of(Outcome.FETCHED, b"<html><body>Disallow: /</body></html>").allows("http://x.gov.cn/")
