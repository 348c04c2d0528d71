"""What a second night does: little where nothing has changed, and the right thing where something has."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from etl.archive import Archive
from etl.catalogue import Catalogue
from etl.catalogue.records import VisitEnded
from etl.model_internet import Family, Fault, ModelInternet, ModelPortal, synthetic_portals
from etl.model_internet.log import Logged
from etl.pipeline.crawl import Crawled, crawl
from etl.settings import Home
from tests.crawled import home_for

FAMILIES = tuple(Family)
CHANGES = (
    (Fault.CHANGED_REPORT, Family.TRS),
    (Fault.REMOVED_REPORT, Family.GENERIC),
    (Fault.UNLISTED_REPORT, Family.VSB),
    (Fault.REMOVED_LISTING, Family.UCAP),
    (Fault.MOVED_LISTING, Family.SHAANXI),
    (Fault.LATE_REPORT, Family.TRS),  # on in the first night, off in the second
    (Fault.REMOVED_REPORT, Family.HANWEB_ANNUAL),
)
PORTALS = synthetic_portals(len(FAMILIES) + len(CHANGES), 4, (*FAMILIES, *(family for _, family in CHANGES)))
STILL = PORTALS[: len(FAMILIES)]  # nothing changes on them
CHANGING = dict(zip(CHANGES, PORTALS[len(FAMILIES) :], strict=True))


def portal_with(fault: Fault, family: Family | None = None) -> ModelPortal:
    """The portal that a fault is on."""
    return next(CHANGING[one] for one in CHANGES if one[0] is fault and family in (None, one[1]))


LATE = portal_with(Fault.LATE_REPORT)


@dataclass(frozen=True)
class Nights:
    home: Home
    first: Crawled
    second: Crawled
    log: list[Logged]  # of the second night


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    with ModelInternet(PORTALS) as internet:
        internet.switch(LATE.host, Fault.LATE_REPORT)
        home = home_for(internet, tmp_path_factory.mktemp("nights"))
        first = crawl(home)
        internet.clear_log()
        internet.switch(LATE.host, Fault.LATE_REPORT, on=False)
        for (fault, _), portal in CHANGING.items():
            if fault is not Fault.LATE_REPORT:
                internet.switch(portal.host, fault)
        yield Nights(home, first, crawl(home), internet.log())


def last_visit(nights: Nights, code: str) -> VisitEnded:
    return Catalogue(nights.home.catalogue_address).visits(code)[0][1]


@pytest.mark.parametrize("portal", STILL, ids=lambda portal: str(portal.family))
def test_where_nothing_changed_two_requests_a_list_are_made_and_conditional_ones(
    nights: Nights, portal: ModelPortal
) -> None:
    asked = [one for one in nights.log if one.portal == portal.host]
    conditional = [one for one in asked if one.if_none_match or one.if_modified_since]
    robots = [one for one in asked if one.path == "/robots.txt"]
    others = len(asked) - len(conditional) - len(robots)
    assert others <= 2, [one.path for one in asked]
    assert len(robots) == 1


@pytest.mark.parametrize("portal", STILL, ids=lambda portal: str(portal.family))
def test_where_nothing_changed_nothing_is_fetched(nights: Nights, portal: ModelPortal) -> None:
    visit = last_visit(nights, portal.code)
    assert (visit.outcome, visit.fetched, visit.found) == ("ok", 0, 4)


def test_a_changed_report_is_a_new_revision_and_the_old_one_stays(nights: Nights) -> None:
    catalogue = Catalogue(nights.home.catalogue_address)
    portal = portal_with(Fault.CHANGED_REPORT)
    assert last_visit(nights, portal.code).fetched == 1
    documents = catalogue.documents().to_pylist()
    urls = set(catalogue.memory(portal.code).reports)
    of_portal = [one for one in documents if one["report_url"] in urls]
    old = [one for one in of_portal if not one["is_latest"]]
    assert len(old) == 1
    assert Counter(one["url"] for one in of_portal)[old[0]["url"]] == 2
    archive = Archive(nights.home.archive_address, nights.home.spool)
    both = [archive.read(one["document_sha256"]) for one in of_portal if one["url"] == old[0]["url"]]
    assert len(set(both)) == 2


@pytest.mark.parametrize("family", [Family.GENERIC, Family.HANWEB_ANNUAL])
def test_a_removed_report_is_withdrawn_and_stays_readable(nights: Nights, family: Family) -> None:
    catalogue = Catalogue(nights.home.catalogue_address)
    portal = portal_with(Fault.REMOVED_REPORT, family)
    reports = catalogue.memory(portal.code).reports.values()
    assert sorted(one.is_withdrawn for one in reports) == [False, False, False, True]
    withdrawn = [one for one in catalogue.documents().to_pylist() if one["withdrawn_at"] is not None]
    assert withdrawn
    archive = Archive(nights.home.archive_address, nights.home.spool)
    assert all(archive.read(one["document_sha256"]) for one in withdrawn)


def test_a_report_that_is_only_not_listed_any_more_is_not_withdrawn(nights: Nights) -> None:
    reports = Catalogue(nights.home.catalogue_address).memory(portal_with(Fault.UNLISTED_REPORT).code).reports
    assert not any(one.is_withdrawn for one in reports.values())


def test_a_list_that_is_empty_now_is_a_loss_and_fails_the_night(nights: Nights) -> None:
    visit = last_visit(nights, portal_with(Fault.REMOVED_LISTING).code)
    assert visit.outcome == "lost"
    assert nights.first.is_success
    assert not nights.second.is_success


def test_a_list_that_moved_is_found_again(nights: Nights) -> None:
    visit = last_visit(nights, portal_with(Fault.MOVED_LISTING).code)
    assert visit.found == 4, visit


def test_a_report_that_comes_late_is_fetched(nights: Nights) -> None:
    visit = last_visit(nights, LATE.code)
    assert visit.found == 4
    assert visit.fetched >= 1
