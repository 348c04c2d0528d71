"""Documents of several formats, archived, read and published: what evidence is shown of."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from starlette.types import ASGIApp

from etl.dashboard.evidence.shared import close_all
from etl.dashboard.server import application
from etl.settings import Home
from etl.warehouse.read import connect
from tests.archived_home import archive_home, attacking

NAMES = ("qinghe-2023.pdf", "yanqiao-2024.html", "qinghe-2022.pdf")


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("archived")
    yield archive_home(folder / "home", NAMES, attacking(folder))
    close_all()


@pytest.fixture(scope="session")
def site(archived: Home) -> ASGIApp:
    return application(archived)


@pytest.fixture(scope="session")
def named(archived: Home) -> SimpleNamespace:
    """The documents' SHA-256, by what they are."""
    with connect(archived) as connection:
        found = dict(connection.execute("SELECT file_name, document_sha256 FROM dim_document").fetchall())
    return SimpleNamespace(
        pdf=found["qinghe-2023.pdf"], html=found["yanqiao-2024.html"], attack=found["attack.html"]
    )
