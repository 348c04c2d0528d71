"""The documents of a home, opened once for all pages of a process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Lock, Timer

from etl.dashboard.evidence.sources import Sources
from etl.settings import Home

_SECONDS_AFTER_START = 1.0

_opened: dict[str, Sources] = {}
_lock = Lock()


def sources_of(home: Home) -> Sources:
    """The documents of a home; the same object each time, its processes started."""
    key = str(home.root)
    with _lock:
        if key not in _opened:
            _opened[key] = Sources(home)
            _opened[key].start()
        return _opened[key]


@asynccontextmanager
async def opened(home: Home) -> AsyncIterator[None]:
    """While a server runs: what opens documents is there soon after its start, and ends with it. Not at once:
    the first page would wait for the processor."""
    starting = Timer(_SECONDS_AFTER_START, sources_of, [home])
    starting.start()
    try:
        yield
    finally:
        starting.cancel()
        starting.join()
        close_all()


def close_all() -> None:
    """End the processes of all homes: when a server stops, or a site is written."""
    with _lock:
        for sources in _opened.values():
            sources.close()
        _opened.clear()
