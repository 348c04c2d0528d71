"""The inbox: a folder where people and programs put reports for the next nightly run."""

from collections.abc import Container
from pathlib import Path

from etl.catalogue import Catalogue
from etl.hashes import sha256_of
from etl.settings import Home


def new_files(home: Home) -> list[Path]:
    """The files below ``home.inbox`` whose content was never taken in, by path.

    Whoever copies a file there may still be writing it: names that begin with a dot are left out, and so is
    what lies in folders named so. A home without an inbox has no new files. A file that cannot be read is
    among them: taking it in says why.
    """
    known = Catalogue(home.catalogue_address).names()
    files = [path for path in sorted(home.inbox.rglob("*")) if path.is_file() and not _is_hidden(path, home)]
    return [path for path in files if _is_new(path, known)]


def _is_hidden(path: Path, home: Home) -> bool:
    return any(part.startswith(".") for part in path.relative_to(home.inbox).parts)


def _is_new(path: Path, known: Container[str]) -> bool:
    try:
        return sha256_of(path) not in known
    except OSError:
        return True
