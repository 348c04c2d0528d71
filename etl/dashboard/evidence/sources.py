"""Documents of the archive for the dashboard: pages drawn, elements outlined, originals handed out.

A document is asked for by its SHA-256, which the warehouse has to name: nothing that a request says ever
becomes a path.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from threading import Lock

from etl.archive import Archive, ArchiveError, ArchiveIOError
from etl.archive.index import Record
from etl.dashboard.evidence.cache import DiskCache
from etl.dashboard.evidence.drawn import Drawing, drawn
from etl.dashboard.evidence.element import Element, element_at, outline
from etl.dashboard.evidence.marking import mark
from etl.dashboard.evidence.sandbox import Sandbox, SandboxError
from etl.model import Place, ReadError
from etl.settings import Home

SHA256 = re.compile(r"[0-9a-f]{64}")

_VERSION = "1"  # of what this package draws; one more when the same page comes out otherwise
_LIBRARIES = ("pypdfium2", "pillow", "lxml")
_READERS = ("etl.extract.html", "etl.extract.docx")  # of the formats that have no pages
_SECONDS_TO_DRAW = 10.0
_MEMORY_TO_DRAW = 768 * 2**20  # bytes
_MOST_LOCATED = 4096  # records of the archive that are remembered


class NoEvidenceError(Exception):
    """What was asked for cannot be shown; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the warehouse. ``name`` is what it was published as."""

    sha256: str
    name: str


class Sources:
    """What the dashboard shows of the documents of a home. Close it when the server stops."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._archive = Archive(home.archive_address, home.spool)
        self._cache = DiskCache(home.evidence_cache, home.evidence_cache_bytes)
        memory = min(home.max_memory, _MEMORY_TO_DRAW)
        self._drawing = Sandbox(1, _SECONDS_TO_DRAW, memory, needed=["etl.dashboard.evidence.drawing"])
        self._reading = Sandbox(
            1, home.max_seconds, home.max_memory, needed=[outline.__module__, *_READERS], may_write=True
        )
        self._located: dict[str, Record] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def start(self) -> None:
        """Start what opens documents now, so that the first one does not wait for it."""
        self._drawing.start()
        self._reading.start()

    def ready(self) -> None:
        """Wait until what opens documents is there."""
        self._drawing.ready()
        self._reading.ready()

    def close(self) -> None:
        self._drawing.close()
        self._reading.close()

    def page(self, document: Document, place: Place, *, is_cut: bool) -> tuple[str, bytes]:
        """The page of a place with its box marked: media type and bytes.

        Args:
            document: which document.
            place: page and box; the path where the document is an archive or the place in a picture.
            is_cut: show what stands around the box instead of the whole page.

        Raises:
            NoEvidenceError: the archive has lost the document, or it cannot be drawn.
        """
        drawing = self._drawing_of(document, place)
        return drawing.media, mark(drawing, place.box, is_cut=is_cut)

    def element(self, document: Document, path: str) -> Element:
        """The table or paragraph around a path, of a document without pages.

        Raises:
            NoEvidenceError: the archive has lost the document, or it cannot be read.
        """
        home = self._home
        member = path.rpartition("!")[0]  # of an archive, each is read by itself; of a workbook it is the sheet

        def made(content: bytes) -> bytes:
            name, limits = document.name, (home.max_bytes, home.max_pages)
            return self._reading.run(outline, content, name, path, *limits)

        try:
            return element_at(self._cached(document, f"element {member}", made), path)
        except ReadError as error:
            raise NoEvidenceError(str(error)) from error

    def original(self, document: Document) -> bytes:
        """The document's own bytes.

        Raises:
            NoEvidenceError: the archive has lost it.
        """
        try:
            return self._archive.read(self._record(document.sha256))
        except (ArchiveError, ArchiveIOError) as error:
            raise NoEvidenceError(f"the archive cannot give the document: {error}") from error

    def record(self, document: Document) -> Record | None:
        """Where the document lies in the archive; None where the archive has lost it."""
        try:
            return self._record(document.sha256)
        except (ArchiveError, ArchiveIOError):
            return None

    def _drawing_of(self, document: Document, place: Place) -> Drawing:
        where = place._replace(box=None)

        def made(content: bytes) -> bytes:
            found = self._drawing.run(drawn, content, document.name, where, self._home.max_bytes)
            return _packed(found)

        return _unpacked(self._cached(document, f"page {where.page} {where.path}", made))

    def _cached(self, document: Document, what: str, make: Callable[[bytes], bytes]) -> bytes:
        key = hashlib.sha256(f"{document.sha256} {what} {_edition()}".encode()).hexdigest()
        found = self._cache.get(key)
        if found is not None:
            return found
        with self._one_at_a_time(key):
            found = self._cache.get(key)
            if found is None:
                try:
                    found = make(self.original(document))
                except (ReadError, SandboxError) as error:
                    raise NoEvidenceError(str(error)) from error
                self._cache.put(key, found)
        return found

    @contextmanager
    def _one_at_a_time(self, key: str) -> Iterator[None]:
        """Whoever asks for what is being made waits for it, instead of having it made again."""
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        try:
            with lock:
                yield
        finally:
            with self._lock:
                self._locks.pop(key, None)

    def _record(self, sha256: str) -> Record:
        """The archive's record; a content never moves, so where it lies is remembered."""
        found = self._located.get(sha256) or self._archive.locate([sha256]).get(sha256)
        if found is None:
            raise ArchiveError(f"it holds no content {sha256}")
        with self._lock:
            if len(self._located) >= _MOST_LOCATED:
                self._located.clear()
            self._located[sha256] = found
        return found


def _edition() -> str:
    """Names what drawings depend on besides the document."""
    return " ".join((_VERSION, *(f"{library}={version(library)}" for library in _LIBRARIES)))


def _packed(drawing: Drawing) -> bytes:
    head = json.dumps({**drawing._asdict(), "content": None}).encode()
    return head + b"\n" + drawing.content


def _unpacked(packed: bytes) -> Drawing:
    head, _, content = packed.partition(b"\n")
    return Drawing(**{**json.loads(head), "content": content})
