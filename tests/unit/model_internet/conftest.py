"""Two model internets that the tests of a module share: one to look at, one to spoil."""

from collections.abc import Iterator

import pytest

from etl.model_internet import Family, ModelInternet, synthetic_portals
from tests.raw_client import Browser


@pytest.fixture(scope="session")
def played() -> Iterator[Browser]:
    """A portal of every family, with eight reports; nothing is switched here."""
    with ModelInternet(synthetic_portals(2 * len(Family), 8, tuple(Family))) as net:
        yield Browser(net)


@pytest.fixture(scope="session")
def spoiled() -> Iterator[Browser]:
    """TRS portals to switch faults on: a test takes one with ``browser.fresh()``."""
    with ModelInternet(synthetic_portals(80, 3, (Family.TRS,))) as net:
        yield Browser(net)
