"""One night over portals that each have another fault: each ends in its name, and none harms the rest."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.archive import Archive
from etl.catalogue import Catalogue
from etl.model_internet import Family, Fault, ModelInternet, synthetic_portals
from etl.model_internet.log import Logged
from etl.pipeline.crawl import Crawled, crawl
from etl.settings import Home
from tests.catalogues import requests_of
from tests.crawled import home_for

# What a fault does to the visit, and to the requests it concerns. None: no request fails.
NIGHT: dict[Fault, tuple[str, str | None]] = {
    Fault.SLOW_DRIP: ("unreachable", "too_slow"),
    Fault.STALL: ("unreachable", "too_slow"),
    Fault.RESET: ("unreachable", "connection_failed"),
    Fault.TRUNCATED: ("partial", "connection_failed"),
    Fault.ERRORS: ("unreachable", "server_error"),
    Fault.ERRORS_THEN_SUCCESS: ("ok", None),
    Fault.REFUSED: ("blocked", "refused"),
    Fault.TOO_MANY: ("blocked", "refused"),
    Fault.EMPTY_BODY: ("blocked", "challenge"),
    Fault.SOFT_404: ("partial", "soft_404"),
    Fault.SOFT_404_HOME: ("partial", "soft_404"),
    Fault.CHALLENGE: ("blocked", "challenge"),
    Fault.CHALLENGE_200: ("blocked", "challenge"),
    Fault.LOGIN_WALL: ("blocked", "login_wall"),
    Fault.REDIRECT_LOOP: ("unreachable", "redirect_loop"),
    Fault.REDIRECT_TO_PRIVATE: ("partial", "private_address"),
    Fault.REDIRECT_TO_METADATA: ("partial", "private_address"),
    Fault.REDIRECT_OFF_HOST: ("partial", "host_not_allowed"),
    Fault.ZIP_BOMB: ("partial", "too_compressed"),
    Fault.HUGE_BODY: ("partial", "too_large"),
    Fault.HUGE_DECLARED: ("partial", "too_large"),
    Fault.ROBOTS_DENIED: ("blocked", "robots_denied"),
    Fault.ROBOTS_ERROR: ("unreachable", "server_error"),
    Fault.WRONG_CHARSET: ("ok", None),
    Fault.VISIT_COUNTER: ("ok", None),
    Fault.ENDLESS_LIST: ("ok", None),
    Fault.ENDLESS_CALENDAR: ("ok", None),
}
SOUND = 4  # portals without a fault
FAMILIES = (Family.TRS, Family.GENERIC, Family.VSB, Family.SHAANXI)
PORTALS = synthetic_portals(len(NIGHT) + SOUND, 3, FAMILIES)
CODES = dict(zip(NIGHT, (portal.code for portal in PORTALS), strict=False))


@dataclass(frozen=True)
class Played:
    home: Home
    crawled: Crawled
    seconds: float
    log: list[Logged]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with ModelInternet(PORTALS) as internet:
        for fault, portal in zip(NIGHT, PORTALS, strict=False):
            internet.switch(portal.host, fault)
        home = home_for(internet, tmp_path_factory.mktemp("faults"))
        began = time.monotonic()
        crawled = crawl(home)
        yield Played(home, crawled, time.monotonic() - began, internet.log())


@pytest.mark.parametrize("fault", NIGHT, ids=str)
def test_a_fault_has_a_named_outcome(night: Played, fault: Fault) -> None:
    outcome, failing = NIGHT[fault]
    catalogue = Catalogue(night.home.catalogue_address)
    ((_, visit),) = catalogue.visits(CODES[fault])
    assert visit.outcome == outcome, visit.message
    met = {one for _, one in requests_of(night.home.catalogue_address, CODES[fault])}
    if failing is None:
        assert visit.failed == 0
    else:
        assert failing in met


def test_the_others_are_not_harmed(night: Played) -> None:
    catalogue = Catalogue(night.home.catalogue_address)
    for portal in PORTALS[len(NIGHT) :]:
        ((_, visit),) = catalogue.visits(portal.code)
        assert (visit.outcome, visit.found) == ("ok", 3)


def test_every_portal_was_visited_and_the_night_ended(night: Played) -> None:
    assert night.crawled.ended == "finished"
    assert night.crawled.progress.visited == len(PORTALS)
    assert night.seconds < 60


def test_nobody_else_was_asked(night: Played) -> None:
    known = {portal.host for portal in PORTALS}
    assert {one.host.partition(":")[0] for one in night.log} <= known


def test_the_archive_is_whole(night: Played) -> None:
    assert Archive(night.home.archive_address, night.home.spool).verify() == []
    assert not list(Path(night.home.spool).glob("*"))


def test_a_portal_that_challenges_is_asked_once_and_left_alone(night: Played) -> None:
    host = PORTALS[list(NIGHT).index(Fault.CHALLENGE)].host
    assert len([one for one in night.log if one.portal == host]) <= 2
