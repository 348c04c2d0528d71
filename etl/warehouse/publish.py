"""Publishing: the audited candidate becomes the warehouse that readers open."""

import os
import shutil
from pathlib import Path

from etl.errors import GoujiError
from etl.settings import Home
from etl.warehouse.files import wal_of


class PublishError(GoujiError):
    """There is no whole candidate to publish; the published warehouse is untouched."""


def publish(home: Home) -> Path:
    """Put ``home.candidate`` in the place of ``home.warehouse`` and return that path.

    The file published before stays as ``home.previous_warehouse``. Both appear by a rename on one file
    system, so a reader finds a whole warehouse at every moment, and one that is open keeps the file it opened.

    Raises:
        PublishError: there is no candidate, or it was not written to its end.
    """
    if not home.candidate.exists():
        raise PublishError(f"{home.candidate}: there is no candidate to publish; run the build first")
    if wal_of(home.candidate).exists():
        raise PublishError(
            f"{home.candidate}: something has written to the candidate and not finished; build it again"
        )
    _sync(home.candidate)
    if home.warehouse.exists():
        _keep(home.warehouse, home.previous_warehouse)
    home.candidate.replace(home.warehouse)
    _sync(home.root)
    return home.warehouse


def _keep(current: Path, previous: Path) -> None:
    """Give ``current`` the second name ``previous``: a hard link, or a copy where links are not to be had."""
    waiting = previous.with_name(f"{previous.name}.unfinished")
    waiting.unlink(missing_ok=True)
    try:
        try:
            os.link(current, waiting)
        except OSError:
            shutil.copyfile(current, waiting)
        waiting.replace(previous)
    finally:
        waiting.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have the file or folder on disk: a power cut must not leave a name without its content."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
