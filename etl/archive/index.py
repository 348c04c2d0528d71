"""The index of an archive file: a line for each record that holds content, keyed by its SHA-256.

A line is that of a CDXJ file (key, time, JSON) whose key is the content instead of an address, in the order of
the file. It can always be made again from the WARC.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from etl.archive.exchange import CONTENT, FILE_NAME

_HOLDS_CONTENT = frozenset({"response", "resource"})


class Record(NamedTuple):
    """Where a content lies: a span of bytes of an archive file, one gzip member."""

    sha256: str
    file: str  # relative to the archive, or to the spool while it is written
    offset: int
    length: int


def parse_member(member: bytes) -> ArcWarcRecord:
    """The record in one gzip member; its content is still to be read.

    Raises:
        ValueError: it holds none.
    """
    for record in ArchiveIterator(BytesIO(member), no_record_parse=False):
        return record
    raise ValueError("no record in it")


def content_of(record: ArcWarcRecord) -> bytes:
    """The unpacked content of a record."""
    return bytes(record.content_stream().read())


def index_line(record: ArcWarcRecord, file: str, offset: int, length: int) -> str | None:
    """The index line of a record; None where it holds no content."""
    sha256 = record.rec_headers.get_header(CONTENT)
    if record.rec_type not in _HOLDS_CONTENT or not sha256:
        return None
    moment = record.rec_headers.get_header("WARC-Date") or ""
    fields = {
        "url": record.rec_headers.get_header("WARC-Target-URI"),
        "mime": record.http_headers.get_header("Content-Type") if record.http_headers else None,
        "status": record.http_headers.get_statuscode() if record.http_headers else None,
        "filename": file,
        "offset": str(offset),
        "length": str(length),
        "name": record.rec_headers.get_header(FILE_NAME),
    }
    digits = "".join(letter for letter in moment if letter.isdigit())[:14]
    told = json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)
    return f"{sha256} {digits} {told}\n"


def parse_line(line: str) -> Record | None:
    """What an index line says; None where it is torn."""
    sha256, _, rest = line.partition(" ")
    try:
        fields = json.loads(rest.partition(" ")[2])
        return Record(sha256, fields["filename"], int(fields["offset"]), int(fields["length"]))
    except (ValueError, KeyError, TypeError):
        return None


def parse_lines(lines: Iterator[str]) -> Iterator[Record]:
    """The records of an index, torn lines left out."""
    for line in lines:
        if (record := parse_line(line)) is not None:
            yield record
