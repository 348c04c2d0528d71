"""Whether an archive file is whole, and making it whole again as far as it can be."""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from warcio.recordloader import ArcWarcRecord

from etl.archive.content import UNPACKED, encodings
from etl.archive.index import content_of, index_line, parse_line, parse_member
from etl.archive.members import Span, spans


class Fault(NamedTuple):
    """Something that is wrong with an archive file."""

    file: str
    offset: int | None  # in bytes; None where it is of the whole file
    kind: str  # interrupted, torn, damaged, content_differs, not_indexed, index_astray, no_index, no_warc
    message: str
    is_mended: bool = False


class Judged(NamedTuple):
    """A part of an archive file, with its index line if it holds content, and its fault if it has one."""

    offset: int
    length: int
    line: bytes | None
    fault: Fault | None


def judge(warc: Path, file: str) -> Iterator[Judged]:
    """Hold every part of an archive file against the checksums in it."""
    for span in spans(warc):
        yield _judged(span, file)


def verify_index(index: Path | None, file: str, parts: Iterable[Judged]) -> list[Fault]:
    """Hold an index against the parts of its file. Lines to damaged records are not told again."""
    if index is None:
        return [Fault(file, None, "no_index", "the index is missing")]
    expected, damaged = set(), []
    for part in parts:
        if part.fault is not None:
            damaged.append(range(part.offset, part.offset + part.length))
        elif part.line is not None:
            expected.add(part.line)
    written = set(index.read_bytes().splitlines(keepends=True))
    faults = [
        Fault(file, _offset(line), "not_indexed", f"{_key(line)} is missing in the index")
        for line in sorted(expected - written)
    ]
    for line in sorted(written - expected):
        offset = _offset(line)
        if not any(offset in span for span in damaged):
            faults.append(Fault(file, offset, "index_astray", f"the index leads to {_key(line)} in vain"))
    return faults


def mend(warc: Path, file: str, mended: Path, quarantine: Path) -> list[Path]:
    """Copy an archive file without what is damaged.

    Args:
        warc: the file; it is only read.
        file: its name in the archive.
        mended: where the copy is written.
        quarantine: a folder for what is left out.

    Returns:
        the files of what was left out, named by file, offset and content.
    """
    taken = []
    with warc.open("rb") as source, mended.open("wb") as target:
        for part in judge(warc, file):
            source.seek(part.offset)
            content = source.read(part.length)
            if part.fault is None:
                target.write(content)
            else:
                # The content is in the name too: what is damaged later may lie at the same offset then.
                kept = quarantine / f"{file}.{part.offset}.{sha256(content).hexdigest()[:8]}.damaged"
                kept.write_bytes(content)
                taken.append(kept)
        target.flush()
        os.fsync(target.fileno())
    return taken


def rebuild_index(warc: Path, index: Path, file: str) -> list[Judged]:
    """Make the index of an archive file anew, of all that is whole in it; returns the parts of the file."""
    fresh = index.with_name(f"{index.name}.fresh")
    parts = []
    with fresh.open("wb") as out:
        for part in judge(warc, file):
            out.write(part.line or b"")
            parts.append(part._replace(line=None))
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, index)
    return parts


def _judged(span: Span, file: str) -> Judged:
    place = span.offset, span.length
    if span.record is None:
        kind = "torn" if span.is_torn else "damaged"
        message = f"{span.length} bytes are no whole record"
        return Judged(*place, None, Fault(file, span.offset, kind, message))
    try:
        record = parse_member(span.record, check_digests=True)
        line = index_line(record, file, span.offset, span.length)
        message = _difference(record, holds_content=line is not None)
    except Exception as error:  # whatever a damaged record makes the parser do is a fault of the record
        return Judged(*place, None, Fault(file, span.offset, "damaged", f"cannot be read: {error!r}"))
    fault = Fault(file, span.offset, "content_differs", message) if message else None
    return Judged(*place, line, fault)


def _difference(record: ArcWarcRecord, *, holds_content: bool) -> str:
    """How a record differs from what it says of itself; empty where it does not."""
    if holds_content:
        encoding = record.http_headers.get_header("Content-Encoding", "") if record.http_headers else ""
        try:
            content_of(record)
        except ValueError as error:
            if UNPACKED.issuperset(encodings(encoding)):
                return str(error)  # of what cannot be unpacked, the digests of what is stored have to do
    record.raw_stream.read()  # the digests are known at its end
    return "; ".join(record.digest_checker.problems)


def _offset(line: bytes) -> int | None:
    record = parse_line(line)
    return record.offset if record else None


def _key(line: bytes) -> str:
    return line[:12].decode("ascii", errors="replace") + "…"
