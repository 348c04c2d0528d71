"""What goes wrong with the archive, as it is told to people."""

from collections.abc import Iterator
from contextlib import contextmanager

from etl.errors import GoujiError


class ArchiveError(GoujiError):
    """The archive cannot give what it should: a content is not there, or damaged."""


class ArchiveIOError(GoujiError):
    """The archive's place, or the spool, cannot be reached, read or written."""


@contextmanager
def told(place: object) -> Iterator[None]:
    """Whatever a disk or store raises becomes an `ArchiveIOError`: each store has exceptions of its own.

    Only for blocks that do nothing but reach for ``place``.
    """
    try:
        yield
    except GoujiError:
        raise
    except Exception as error:
        raise ArchiveIOError(
            f"the archive at {place} cannot be used: {error}; what was written before is kept"
        ) from error
