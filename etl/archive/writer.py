"""Writing archive files. They are written in the spool, and moved to the archive when they are full or done."""

import os
import secrets
import socket
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from etl import __version__
from etl.archive.errors import told
from etl.archive.exchange import Exchange, records_of, resource_of
from etl.archive.index import index_line

FULL = 256 * 2**20  # bytes of one archive file
_SYNCED_AFTER = 16 * 2**20  # bytes a power cut may cost
_LEVEL = 6  # of gzip: level 9 takes 1.4 times as long for files 1.5 % smaller

WARC, INDEX, OPEN = ".warc.gz", ".cdxj", ".open"


@dataclass
class _Open:
    """The file that is being written, and its index."""

    name: str
    warc: BinaryIO
    index: BinaryIO
    size: int = 0
    index_size: int = 0
    unsynced: int = 0


class ArchiveWriter:
    """Writes records, so that a kill loses at most the one being written. Not for several threads.

    Args:
        kind: what the files hold; their names begin with it.
        spool: the folder to write in.
        done: takes a finished file (its name without ending) to the archive.
        contact: of whoever crawls; stands in the first record of each file.
    """

    def __init__(self, kind: str, spool: Path, done: Callable[[str], None], contact: str = "") -> None:
        self._kind = kind
        self._spool = spool
        self._done = done
        self._contact = contact
        self._builder = WARCWriter(BytesIO(), gzip=False, warc_version="1.1")
        self._file: _Open | None = None
        # Moving a file to an object store takes a while, and the portals are not to wait for it.
        self._mover = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._moves: list[Future[None]] = []

    def exchange(self, exchange: Exchange) -> None:
        """Archive a request and its answer. They are with the operating system when this returns.

        Raises:
            ArchiveIOError: they cannot be written; the file is as it was before.
        """
        self._write(records_of(exchange, self._builder))

    def resource(self, uri: str, content: bytes, file_name: str) -> str:
        """Archive a file that was taken in by hand; returns the SHA-256 of its content.

        Raises:
            ArchiveIOError: it cannot be written; the archive file is as it was before.
        """
        digest = sha256(content).hexdigest()
        self._write([resource_of(uri, content, digest, file_name, datetime.now(UTC), self._builder)])
        return digest

    def close(self) -> None:
        """Finish what is being written, and wait until every file is in the archive.

        Raises:
            ArchiveIOError: a file cannot be moved there. It stays in the spool for the next writer.
        """
        self._finish()
        self._mover.shutdown()
        for move in self._moves:
            move.result()

    def _finish(self) -> None:
        """Hand the file that is being written on, if there is one."""
        if self._file is not None:
            self._moves.append(self._mover.submit(self._hand_on, self._file))
            self._file = None

    def _hand_on(self, file: _Open) -> None:
        with told(self._spool):
            for part in (file.warc, file.index):
                os.fsync(part.fileno())
                part.close()
        self._done(file.name)

    def _write(self, records: Iterable[ArcWarcRecord]) -> None:
        file = self._file or self._open()
        members, lines, end = [], [], file.size
        for record in records:
            members.append(self._packed(record))
            lines.append(index_line(record, file.name + WARC, end, len(members[-1])) or b"")
            end += len(members[-1])
        index_end = file.index_size + sum(map(len, lines))
        with told(self._spool):
            try:
                _append(file.warc, b"".join(members))
                _append(file.index, b"".join(lines))
            except BaseException:
                os.truncate(file.warc.fileno(), file.size)
                os.truncate(file.index.fileno(), file.index_size)
                raise
        file.unsynced += end - file.size
        file.size, file.index_size = end, index_end
        if file.size >= FULL:
            self._finish()
        elif file.unsynced >= _SYNCED_AFTER:
            with told(self._spool):
                os.fsync(file.warc.fileno())
            file.unsynced = 0

    def _open(self) -> _Open:
        name = f"{self._kind}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}"
        info = {
            "software": f"gouji/{__version__}",
            "operator": self._contact,  # left out when empty
            "hostname": socket.gethostname(),
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        with told(self._spool):
            self._spool.mkdir(parents=True, exist_ok=True)
            self._file = _Open(
                name,
                _new(self._spool / f"{name}{WARC}{OPEN}"),
                _new(self._spool / f"{name}{INDEX}{OPEN}"),
            )
        opened = self._file
        try:
            self._write([self._builder.create_warcinfo_record(name + WARC, info)])
        except BaseException:
            self._file = None  # a file begins with its warcinfo; recovery removes the empty one
            raise
        return opened

    def _packed(self, record: ArcWarcRecord) -> bytes:
        """The record as one gzip member."""
        out = self._builder.out = BytesIO()
        self._builder.write_record(record)
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        return packer.compress(out.getbuffer()) + packer.flush()


def _new(path: Path) -> BinaryIO:
    """A file that must not be there yet; every write goes to its end."""
    return os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644), "ab", buffering=0
    )


def _append(file: BinaryIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:  # a disk that is nearly full takes a part only
        rest = rest[os.write(file.fileno(), rest) :]
