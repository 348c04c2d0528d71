"""Every family of portals, crawled from end to end on the model internet."""

from collections.abc import Iterator

import pytest

from etl.catalogue import Catalogue
from etl.model_internet import Family, ModelInternet, ModelPortal, synthetic_portals
from etl.pipeline.crawl import Crawled, crawl
from etl.settings import Home
from tests.crawled import home_for

PORTALS = synthetic_portals(len(Family), 6, tuple(Family))


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Crawled]]:
    with ModelInternet(PORTALS) as internet:
        home = home_for(internet, tmp_path_factory.mktemp("families"))
        yield home, crawl(home)


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: str(portal.family))
def test_all_reports_of_a_portal_are_found_and_nothing_else(
    night: tuple[Home, Crawled], portal: ModelPortal
) -> None:
    home, _ = night
    found = Catalogue(home.catalogue_address).memory(portal.code).reports.values()
    assert sorted(one.year or 0 for one in found if one.files) == sorted(one.year for one in portal.reports)


def test_the_night_is_a_success(night: tuple[Home, Crawled]) -> None:
    _, crawled = night
    assert crawled.progress.outcomes == {"ok": len(PORTALS)}
    assert crawled.is_success
