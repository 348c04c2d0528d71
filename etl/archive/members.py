"""The gzip members of an archive file, sound or not. A record is one member, so damage stays where it is."""

import re
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

_CHUNK = 16384
_MAGIC = b"\x1f\x8b\x08"
_LARGEST = 1 << 30  # a member that unpacks to more is none of ours
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)


class Span(NamedTuple):
    """A part of a file: a whole record, unpacked; or bytes that are none (``record`` is None then)."""

    offset: int
    length: int
    record: bytes | None
    is_torn: bool = False  # whether the file ends before the record that begins here


def spans(path: Path) -> Iterator[Span]:
    """The file from its beginning to its end, as records and what lies between them.

    After damage the next record is looked for by its first bytes, and believed only when it is whole.
    """
    size = path.stat().st_size
    with (
        path.open("rb") as file,
        # An empty file cannot be mapped.
        mmap(file.fileno(), 0, access=ACCESS_READ) if size else nullcontext(b"") as content,
    ):
        offset = 0
        while offset < size:
            found = _span(content, offset)
            if found.record is None:
                following = _next(content, offset + 1)
                end = size if following is None else following.offset
                found = Span(offset, end - offset, None, found.is_torn and following is None)
            yield found
            offset += found.length


def _next(content: mmap | bytes, start: int) -> Span | None:
    offset = content.find(_MAGIC, start)
    while offset >= 0:
        found = _span(content, offset)
        if found.record is not None:
            return found
        offset = content.find(_MAGIC, offset + 1)
    return None


def _span(content: mmap | bytes, offset: int) -> Span:
    """The record at ``offset``; without one, a span of no length."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    parts: list[bytes] = []
    unpacked, end = 0, offset
    while not unpacker.eof:
        chunk = content[end : end + _CHUNK]
        if not chunk:
            return Span(offset, 0, None, is_torn=True)
        end += len(chunk)
        try:
            while chunk and not unpacker.eof:
                parts.append(unpacker.decompress(chunk, 1 << 20))
                unpacked += len(parts[-1])
                chunk = unpacker.unconsumed_tail
        except zlib.error:
            return Span(offset, 0, None)
        if unpacked > _LARGEST or not parts[0].startswith(b"WARC/1."[: len(parts[0])]):
            return Span(offset, 0, None)
    record = b"".join(parts)
    length = end - len(unpacker.unused_data) - offset
    return Span(offset, length, record) if _is_whole(record) else Span(offset, 0, None)


def _is_whole(record: bytes) -> bool:
    head, _, rest = record.partition(b"\r\n\r\n")
    length = _LENGTH.search(head + b"\r\n")
    return length is not None and len(rest) == int(length[1]) + 4 and rest.endswith(b"\r\n\r\n")
