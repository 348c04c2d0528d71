"""Whether an archive file is whole, and making it whole again as far as it can be."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from etl.archive.exchange import CONTENT
from etl.archive.index import content_of, index_line, parse_line, parse_member
from etl.archive.members import Span, spans


class Fault(NamedTuple):
    """Something that is wrong with an archive file."""

    file: str
    offset: int | None  # in bytes; None where it is of the whole file
    kind: str  # torn, damaged, content_differs, not_indexed, index_astray, no_index
    message: str
    is_mended: bool = False


def verify_file(warc: Path, index: Path | None, file: str) -> list[Fault]:
    """Hold an archive file against its checksums and its index."""
    faults: list[Fault] = []
    expected: set[str] = set()
    for span, member in _members(warc):
        if not span.is_sound:
            kind = "torn" if span.is_last else "damaged"
            faults.append(Fault(file, span.offset, kind, f"{span.length} bytes are no whole record"))
            continue
        try:
            record = parse_member(member)
            line = index_line(record, file, span.offset, span.length)
            if line is not None:
                expected.add(line)
                if sha256(content_of(record)).hexdigest() != line[:64]:
                    message = f"the content of {line[:12]}… is not what it was"
                    faults.append(Fault(file, span.offset, "content_differs", message))
        except Exception as error:  # whatever a damaged record makes the parser do is a fault of the record
            faults.append(Fault(file, span.offset, "damaged", f"cannot be read: {error!r}"))
    if index is None:
        return [*faults, Fault(file, None, "no_index", "the index is missing")]
    written = set(index.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True))
    for line in sorted(expected - written):
        faults.append(Fault(file, _offset(line), "not_indexed", f"{line[:12]}… is missing in the index"))
    for line in sorted(written - expected):
        faults.append(Fault(file, _offset(line), "index_astray", f"the index leads to {line[:12]}… in vain"))
    return faults


def mend(warc: Path, quarantine: Path | None) -> list[Path]:
    """Take out of an archive file what is no whole record, or cannot be parsed.

    Args:
        warc: the file; left as it is when it is sound.
        quarantine: a folder for what is taken out; None to drop it (a record that was being written).

    Returns:
        the files of what was taken out, named by file and offset.
    """
    found = list(_judged(warc))
    bad = [span for span, is_sound in found if not is_sound]
    if not bad:
        return []
    taken = []
    mended = warc.with_name(f"{warc.name}.mended")
    with warc.open("rb") as source, mended.open("wb") as target:
        for span, is_sound in found:
            source.seek(span.offset)
            part = source.read(span.length)
            if is_sound:
                target.write(part)
            elif quarantine is not None:
                kept = quarantine / f"{warc.name}.{span.offset}.damaged"
                kept.write_bytes(part)
                taken.append(kept)
        target.flush()
        os.fsync(target.fileno())
    os.replace(mended, warc)
    return taken


def rebuild_index(warc: Path, index: Path, file: str) -> None:
    """Make the index of a sound archive file anew."""
    fresh = index.with_name(f"{index.name}.fresh")
    with fresh.open("w", encoding="utf-8") as out:
        for span, member in _members(warc):
            line = index_line(parse_member(member), file, span.offset, span.length) if span.is_sound else None
            if line is not None:
                out.write(line)
    os.replace(fresh, index)


def _judged(warc: Path) -> Iterator[tuple[Span, bool]]:
    for span, member in _members(warc):
        yield span, span.is_sound and _is_record(member)


def _is_record(member: bytes) -> bool:
    try:
        record = parse_member(member)
        content = record.rec_headers.get_header(CONTENT)
        if record.rec_type in ("response", "resource") and content:
            return bool(sha256(content_of(record)).hexdigest() == content)
    except Exception:  # see verify_file
        return False
    return True


def _members(warc: Path) -> Iterator[tuple[Span, bytes]]:
    with warc.open("rb") as file, warc.open("rb") as again:
        for span in spans(file, warc.stat().st_size):
            again.seek(span.offset)
            yield span, again.read(span.length) if span.is_sound else b""


def _offset(line: str) -> int | None:
    record = parse_line(line)
    return record.offset if record else None
