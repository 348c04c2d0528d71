"""The demo in a real browser: served, and written as files. Skipped where there is no Chromium."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watched import Watched
from tests.command import gouji

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo") / "home"
    run = gouji("demo", "--home", home)
    assert run.returncode == 0, run.stderr
    return home


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address at which ``gouji dashboard`` serves a home."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GOUJI_")}
    command = [sys.executable, "-m", "etl.cli", "dashboard", "--port", "0", "--home", str(home)]
    process = subprocess.Popen(command, env=clean | {"COLUMNS": "400"}, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), line
        yield line.split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def served(demo_home: Path) -> Iterator[str]:
    with serving(demo_home) as address:
        yield address


@pytest.fixture(scope="session")
def written(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("site") / "public"
    run = gouji("site", out, "--home", demo_home)
    assert run.returncode == 0, run.stderr
    return out.as_uri()


# Of a module, not of the session: while Playwright is open its event loop counts as running, and the tests of
# other folders that follow in the same process could not start one of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def watched(page: Page) -> Iterator[Watched]:
    """What the page asks for and complains of; at the end there must be nothing."""
    watched = Watched(page)
    yield watched
    assert watched.faults == []
    assert watched.foreign == []
