"""Taking files in: each is archived, noted in the catalogue, and read unless it was read before."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from etl.archive import Archive
from etl.catalogue import Catalogue
from etl.errors import GoujiError
from etl.hashes import sha256_of
from etl.model import Extraction, Problem
from etl.pipeline.extraction import PASSING, Source, cannot_open, extractor
from etl.pipeline.pool import extract_files
from etl.settings import Home
from etl.store import drop_unread, problems, stored, write_segment

_SEGMENT = 500  # documents a segment; what an interruption can lose is at most this much reading


class HomeBusyError(GoujiError):
    """Another process is writing to this home."""


@dataclass(frozen=True)
class Ingested:
    """What became of one named file. ``sha256`` is None where it could not even be opened."""

    name: str
    sha256: str | None
    was_cached: bool
    problems: tuple[Problem, ...]


@contextmanager
def writer(home: Home) -> Iterator[None]:
    """Be the one writer of a home while the block runs; raises `HomeBusyError` when there is another."""
    home.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.writer_lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise HomeBusyError(
            f"another gouji is writing to {home.root}; wait for it, or give another --home"
        ) from error
    try:
        yield
    finally:
        lock.release()


def ingest(
    home: Home,
    files: Sequence[Path],
    *,
    county: str | None = None,
    year: int | None = None,
    on_read: Callable[[int], None] = lambda done: None,
) -> list[Ingested]:
    """Take files in and read them.

    Args:
        home: where to.
        files: their paths.
        county: a code stated for all of them, over what they say themselves.
        year: likewise their report year.
        on_read: called with the number of files just finished, for a progress bar.

    Returns:
        what became of each file, in the order given.
    """
    with writer(home):
        catalogue = Catalogue(home.catalogue_address)
        reader = extractor(home.counties_files, home.scan_text)
        drop_unread(home.extracted, reader, PASSING)
        known = stored(home.extracted, reader)
        taken: list[tuple[str, str | None, Problem | None]] = []
        waiting: dict[str, str] = {}
        archive = Archive(home.archive_address, home.spool)
        held = set(archive.locate(_hashes(files)))
        with archive.writer("ingest") as archive_writer:
            for file in files:
                try:
                    content = file.read_bytes()
                except OSError as error:
                    taken.append((str(file), None, cannot_open(str(file), error)))
                    on_read(1)
                    continue
                sha256 = hashlib.sha256(content).hexdigest()
                uri = file.resolve().as_uri()
                if sha256 not in held:
                    archive_writer.resource(uri, content, file.name)
                    held.add(sha256)
                catalogue.add(sha256, file.name, uri, county, year)
                taken.append((str(file), sha256, None))
                if sha256 in known or sha256 in waiting:
                    on_read(1)
                else:
                    waiting[sha256] = file.name
        _read(home, reader, waiting, on_read)
        met = problems(home.extracted, reader, {sha256 for _, sha256, _ in taken if sha256})
    return [
        Ingested(
            name,
            sha256,
            was_cached=sha256 in known,
            problems=(failure,) if failure else tuple(met.get(sha256 or "", ())),
        )
        for name, sha256, failure in taken
    ]


def _hashes(files: Sequence[Path]) -> set[str]:
    """The content hashes of those files that can be read."""
    found = set()
    for file in files:
        with suppress(OSError):
            found.add(sha256_of(file))
    return found


def reread(home: Home, say: Callable[[str], None] = lambda text: None) -> int:
    """Read every archived document that the present extractor has not read; return their number.

    They are what a crawl brought, and what the archive had lost the last time; after a change of code, forms or
    county list they are all. The caller holds the writer lock.
    """
    reader = extractor(home.counties_files, home.scan_text)
    drop_unread(home.extracted, reader, PASSING)
    names = Catalogue(home.catalogue_address).names()
    missing = sorted(set(names) - stored(home.extracted, reader))
    if missing:
        say(f"reading {len(missing)} documents")
    _read(home, reader, {sha256: names[sha256] for sha256 in missing}, lambda done: None)
    return len(missing)


def _read(home: Home, reader: str, names: Mapping[str, str], on_read: Callable[[int], None]) -> None:
    """Read archived documents, given by content hash with the name each goes by."""
    places = Archive(home.archive_address, home.spool).locate(names)
    sources = [Source(places.get(sha256), name, sha256) for sha256, name in names.items()]
    batch: list[Extraction] = []
    lost: list[Extraction] = []  # in a segment of their own, which the next reading drops
    try:
        for extraction in extract_files(sources, home):
            is_lost = any(problem.code in PASSING for problem in extraction.problems)
            (lost if is_lost else batch).append(extraction)
            on_read(1)
            if len(batch) == _SEGMENT:
                write_segment(home.extracted, reader, batch)
                batch = []
    finally:
        for rest in (batch, lost):
            if rest:
                write_segment(home.extracted, reader, rest)
