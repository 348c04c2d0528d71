"""Writing archive files. They are written in the spool, and moved to the archive when they are full or done."""

import os
import secrets
import socket
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from etl import __version__
from etl.archive.exchange import Exchange, records_of, resource_of
from etl.archive.index import index_line

FULL = 256 * 2**20  # bytes of one archive file
_SYNCED_AFTER = 16 * 2**20  # bytes a power cut may cost
_LEVEL = 6  # zlib: level 9 takes three times as long for one percent

WARC, INDEX, OPEN = ".warc.gz", ".cdxj", ".open"


class _Open(NamedTuple):
    """The file that is being written, and its index."""

    name: str
    warc: BinaryIO
    lines: TextIO


class ArchiveWriter:
    """Writes records, each with one call to the operating system, so that a kill loses at most the last.

    Args:
        kind: what the files hold; their names begin with it.
        spool: the folder to write in.
        done: takes a finished file (its name without ending) to the archive.
    """

    def __init__(self, kind: str, spool: Path, done: Callable[[str], None]) -> None:
        self._kind = kind
        self._spool = spool
        self._done = done
        self._builder = WARCWriter(BytesIO(), gzip=False, warc_version="1.1")
        self._file: _Open | None = None
        self._size = self._unsynced = 0

    def exchange(self, exchange: Exchange) -> None:
        """Archive a request and its answer."""
        for record in records_of(exchange, self._builder):
            self._write(record)

    def resource(self, uri: str, content: bytes, file_name: str) -> str:
        """Archive a file that was taken in by hand; returns the SHA-256 of its content."""
        digest = sha256(content).hexdigest()
        self._write(resource_of(uri, content, digest, file_name, datetime.now(UTC), self._builder))
        return digest

    def close(self) -> None:
        """Finish the file that is being written, and hand it on."""
        if self._file is None:
            return
        file, self._file = self._file, None
        self._sync(file)
        file.warc.close()
        file.lines.close()
        self._done(file.name)

    def _write(self, record: ArcWarcRecord) -> None:
        file = self._file or self._open()
        member = self._packed(record)
        offset = self._size
        file.warc.write(member)
        self._size += len(member)
        self._unsynced += len(member)
        line = index_line(record, file.name + WARC, offset, len(member))
        if line is not None:
            file.lines.write(line)
            file.lines.flush()
        if self._size >= FULL and record.rec_type != "response":  # a response is followed by its request
            self.close()
        elif self._unsynced >= _SYNCED_AFTER:
            self._sync(file)

    def _open(self) -> _Open:
        self._spool.mkdir(parents=True, exist_ok=True)
        name = f"{self._kind}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(4)}"
        self._file = _Open(
            name,
            (self._spool / f"{name}{WARC}{OPEN}").open("xb", buffering=0),
            (self._spool / f"{name}{INDEX}{OPEN}").open("x", encoding="utf-8"),
        )
        self._size = self._unsynced = 0
        info = {
            "software": f"gouji/{__version__}",
            "hostname": socket.gethostname(),
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        self._write(self._builder.create_warcinfo_record(name + WARC, info))
        return self._file

    def _packed(self, record: ArcWarcRecord) -> bytes:
        """The record as one gzip member."""
        out = self._builder.out = BytesIO()
        self._builder.write_record(record)
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
        return packer.compress(out.getbuffer()) + packer.flush()

    def _sync(self, file: _Open) -> None:
        os.fsync(file.warc.fileno())
        os.fsync(file.lines.fileno())
        self._unsynced = 0
