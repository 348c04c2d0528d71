"""The gzip members of an archive file, sound or not. A record is one member, so damage stays where it is."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 20
_MAGIC = b"\x1f\x8b\x08"
_LARGEST = 1 << 28  # a member that unpacks to more is none of ours


class Span(NamedTuple):
    """A part of a file: a whole member, or bytes that are none."""

    offset: int
    length: int
    is_sound: bool
    is_last: bool  # whether the file ends with it


def spans(file: BinaryIO, size: int) -> Iterator[Span]:
    """The file from its beginning to its end, as members and what lies between them.

    After damage the next member is looked for by its first bytes, and believed only when it is whole.
    """
    offset = bad_from = 0
    while offset < size:
        end = _end_of_member(file, offset)
        if end is None:
            following = _next_start(file, offset + 1, size)
            offset = size if following is None else following
            continue
        if bad_from < offset:
            yield Span(bad_from, offset - bad_from, is_sound=False, is_last=False)
        yield Span(offset, end - offset, is_sound=True, is_last=end == size)
        offset = bad_from = end
    if bad_from < size:
        yield Span(bad_from, size - bad_from, is_sound=False, is_last=True)


def _end_of_member(file: BinaryIO, offset: int) -> int | None:
    """Where the member at ``offset`` ends; None where there is no whole and sound one."""
    file.seek(offset)
    unpacker = zlib.decompressobj(wbits=31)
    read = unpacked = 0
    while True:
        chunk = file.read(_CHUNK)
        if not chunk:
            return None
        read += len(chunk)
        try:
            while chunk:
                unpacked += len(unpacker.decompress(chunk, _CHUNK))
                chunk = unpacker.unconsumed_tail
                if unpacked > _LARGEST:
                    return None
        except zlib.error:
            return None
        if unpacker.eof:
            return offset + read - len(unpacker.unused_data)


def _next_start(file: BinaryIO, offset: int, size: int) -> int | None:
    """The next place that begins as a member does."""
    while offset < size:
        file.seek(offset)
        chunk = file.read(_CHUNK + len(_MAGIC) - 1)
        found = chunk.find(_MAGIC)
        if found >= 0:
            return offset + found
        offset += _CHUNK
    return None
