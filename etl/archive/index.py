"""The index of an archive file: a line for each record that holds content, keyed by its SHA-256.

A line is that of a CDXJ file (key, time, JSON) whose key is the content instead of an address, in the order of
the file. It can always be made again from the WARC.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from etl.archive.content import contents
from etl.archive.exchange import CONTENT, FILE_NAME

_HOLDS_CONTENT = frozenset({"response", "resource"})


class Record(NamedTuple):
    """Where a content lies: a span of bytes of an archive file, one gzip member."""

    sha256: str
    file: str  # its name, without folders
    offset: int
    length: int


def parse_member(member: bytes, *, check_digests: bool = False) -> ArcWarcRecord:
    """The record in one gzip member; its content is still to be read.

    Raises:
        ValueError: it holds none.
    """
    try:
        return next(ArchiveIterator(BytesIO(member), check_digests=check_digests))
    except (StopIteration, EOFError, ArchiveLoadFailed) as error:
        raise ValueError(f"no record in it: {error}") from error


def content_of(record: ArcWarcRecord) -> bytes:
    """The unpacked content of a record, which is the one that its SHA-256 names.

    Raises:
        ValueError: it holds another.
    """
    wanted = record.rec_headers.get_header(CONTENT)
    encoding = record.http_headers.get_header("Content-Encoding", "") if record.http_headers else ""
    for content in contents(record.raw_stream.read(), encoding):
        if sha256(content).hexdigest() == wanted:
            return content
    raise ValueError(f"the content is not {wanted}" + (f" (Content-Encoding {encoding})" if encoding else ""))


def index_line(record: ArcWarcRecord, file: str, offset: int, length: int) -> bytes | None:
    """The index line of a record; None where it holds no content."""
    sha256 = record.rec_headers.get_header(CONTENT)
    if record.rec_type not in _HOLDS_CONTENT or not sha256:
        return None
    moment = record.rec_headers.get_header("WARC-Date") or ""
    fields = {
        "url": record.rec_headers.get_header("WARC-Target-URI"),
        "mime": record.http_headers.get_header("Content-Type") if record.http_headers else None,
        "status": record.http_headers.get_statuscode() if record.http_headers else None,
        "digest": record.rec_headers.get_header("WARC-Payload-Digest"),
        "filename": file,
        "offset": str(offset),
        "length": str(length),
        "name": record.rec_headers.get_header(FILE_NAME),
    }
    digits = "".join(letter for letter in moment if letter.isdigit())[:14]
    told = json.dumps({name: value for name, value in fields.items() if value})
    return f"{sha256} {digits} {told}\n".encode()


def parse_line(line: bytes) -> Record | None:
    """What an index line says; None where it is torn."""
    try:
        sha256, _, told = line.decode().split(" ", 2)
        fields = json.loads(told)
        return Record(sha256, fields["filename"], int(fields["offset"]), int(fields["length"]))
    except (ValueError, KeyError, TypeError):
        return None


def parse_lines(lines: Iterable[bytes]) -> Iterator[Record]:
    """The records of an index, torn lines left out."""
    for line in lines:
        if (record := parse_line(line)) is not None:
            yield record
