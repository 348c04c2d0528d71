"""What the servers saw, from their own log: one request at a time, delays kept, robots.txt obeyed."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import pytest

from etl.crawl.download import user_agent
from etl.model_internet import Family, Fault, ModelInternet, synthetic_portals
from etl.model_internet.log import Logged
from etl.pipeline.crawl import crawl
from tests.crawled import home_for

DELAY = 0.2
SLACK = 0.1  # a request may be on its way so much longer than the next, where the machine is busy
FAMILIES = (Family.TRS, Family.HANWEB, Family.VSB, Family.UCAP, Family.UNKNOWN)
PORTALS = synthetic_portals(10, 3, FAMILIES)
DENYING = PORTALS[-1]


@dataclass(frozen=True)
class Seen:
    by_host: dict[str, list[Logged]]
    log: list[Logged]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    with ModelInternet(PORTALS) as internet:
        internet.switch(DENYING.host, Fault.ROBOTS_DENIED)
        internet.switch(PORTALS[0].host, Fault.ERRORS_THEN_SUCCESS)
        home = home_for(internet, tmp_path_factory.mktemp("manners"), f"crawl_delay = {DELAY}\n")
        registry = home.root / "portals.yaml"  # two portals of one host
        registry.write_text(registry.read_text().replace(PORTALS[2].host, PORTALS[1].host))
        crawl(home)
        log = sorted(internet.log(), key=lambda one: one.arrived)
    by_host: dict[str, list[Logged]] = defaultdict(list)
    for one in log:
        by_host[one.portal].append(one)
    return Seen(dict(by_host), log)


def test_hosts_are_asked_side_by_side(seen: Seen) -> None:
    first = [requests[0].arrived for requests in seen.by_host.values()]
    assert max(first) - min(first) < DELAY * len(PORTALS)


def test_never_two_requests_at_once_to_a_host(seen: Seen) -> None:
    for host, requests in seen.by_host.items():
        for one, following in pairwise(requests):
            assert following.arrived >= one.ended, (host, one.path, following.path)


def test_delays_are_kept(seen: Seen) -> None:
    for host, requests in seen.by_host.items():
        for one, following in pairwise(requests):
            assert following.arrived - one.arrived >= DELAY - SLACK, (host, one.path, following.path)
        in_all = requests[-1].arrived - requests[0].arrived
        assert in_all >= (len(requests) - 1) * DELAY - SLACK, host


def test_robots_txt_is_asked_for_first_and_once(seen: Seen) -> None:
    for host, requests in seen.by_host.items():
        assert requests[0].path == "/robots.txt", host
        assert sum(one.path == "/robots.txt" and one.status < 500 for one in requests) == 1, host


def test_robots_txt_is_obeyed(seen: Seen) -> None:
    assert [one.path for one in seen.by_host[DENYING.host]] == ["/robots.txt"]


def test_everybody_is_told_who_asks(seen: Seen) -> None:
    assert {one.user_agent for one in seen.log} == {user_agent("https://example.org/tests")}
