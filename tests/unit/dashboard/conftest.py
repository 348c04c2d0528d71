"""A published warehouse of invented counties, made once: what the dashboard's tests look at."""

import pytest
from starlette.types import ASGIApp

from etl.dashboard.server import application
from etl.settings import Home
from tests.dashboard_home import publish_home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return publish_home(tmp_path_factory.mktemp("dashboard"))


@pytest.fixture(scope="session")
def app(home: Home) -> ASGIApp:
    return application(home)
