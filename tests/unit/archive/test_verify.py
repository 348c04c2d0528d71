"""Damage is found, what is whole around it is kept, and nothing is thrown away."""

import gzip
import os
import random
from pathlib import Path

import pytest

from etl.archive import ArchiveError
from etl.archive.members import spans
from tests.unit.archive.exchanges import archive_in, exchange, sha, warc_files, written

CONTENTS = [f"report {number}".encode() * 40 for number in range(5)]
WANTED = [sha(content) for content in CONTENTS]


def _flip(path: Path, position: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_whole_archive_has_no_faults(tmp_path: Path) -> None:
    written(tmp_path, *CONTENTS)
    assert archive_in(tmp_path).verify() == []


def test_each_flipped_bit_is_found_and_costs_one_record(tmp_path: Path) -> None:
    original = written(tmp_path / "original", *CONTENTS)
    places = archive_in(tmp_path / "original").locate(WANTED)
    hit = places[WANTED[2]]
    content = original.read_bytes()
    index = original.with_name(original.name.replace(".warc.gz", ".cdxj"))
    chance = random.Random(7)
    header = range(3, 10)  # time, system and flags of a gzip member say nothing of its content
    positions = [one for one in range(hit.length) if one not in header]
    for position in [0, 1, 2, hit.length - 1, *chance.sample(positions, 60)]:
        folder = tmp_path / f"flipped-{position}"
        target = folder / original.relative_to(tmp_path / "original")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        (target.parent / index.name).write_bytes(index.read_bytes())
        _flip(target, hit.offset + position, chance.randrange(8))
        archive = archive_in(folder)
        with pytest.raises(ArchiveError):
            archive.read(hit)
        faults = archive.verify()
        assert [(fault.kind, fault.offset) for fault in faults] == [("damaged", hit.offset)]
        assert all(fault.is_mended for fault in archive.verify(repair=True))
        assert archive.verify() == []
        found = archive.locate(WANTED)
        assert set(found) == set(WANTED) - {WANTED[2]}
        assert [archive.read(found[sha(one)]) for one in CONTENTS if one != CONTENTS[2]]
        (kept,) = [path for path in (folder / "archive").rglob("*damaged*") if path.is_file()]
        assert len(kept.read_bytes()) == hit.length
        (warc,) = warc_files(folder)
        assert warc.stat().st_size + hit.length == len(content)


def test_later_damage_at_the_same_place_is_put_beside_the_first(tmp_path: Path) -> None:
    warc = written(tmp_path, *CONTENTS)
    archive = archive_in(tmp_path)
    first = archive.locate(WANTED)[WANTED[0]]
    for _ in range(2):  # after the first repair another record lies at this offset
        _flip(warc, first.offset + 12)
        archive.verify(repair=True)
    assert len(list((tmp_path / "archive" / "quarantine").iterdir())) == 2
    assert archive.verify() == []


def test_a_torn_file_is_cut_where_its_last_whole_record_ends(tmp_path: Path) -> None:
    warc = written(tmp_path, *CONTENTS)
    warc.chmod(0o644)
    os.truncate(warc, warc.stat().st_size - 3)
    archive = archive_in(tmp_path)
    assert [fault.kind for fault in archive.verify()] == ["torn"]
    archive.verify(repair=True)
    assert archive.verify() == []
    assert set(archive.locate(WANTED)) == set(WANTED)


def test_a_file_without_any_whole_record_goes_to_quarantine(tmp_path: Path) -> None:
    warc = written(tmp_path, *CONTENTS)
    warc.chmod(0o644)
    warc.write_bytes(b"\0" * 5000)
    archive = archive_in(tmp_path)
    assert {fault.kind for fault in archive.verify()} == {"damaged"}
    archive.verify(repair=True)
    assert archive.verify() == []
    (kept,) = [path for path in (tmp_path / "archive").rglob("*damaged*") if path.is_file()]
    assert kept.read_bytes() == b"\0" * 5000


def test_an_index_that_leads_nowhere_or_leaves_out_is_made_again(tmp_path: Path) -> None:
    warc = written(tmp_path, *CONTENTS)
    index = warc.with_name(warc.name.replace(".warc.gz", ".cdxj"))
    before = index.read_bytes()
    first, *others = before.splitlines(keepends=True)
    index.chmod(0o644)
    index.write_bytes(first.replace(b'"offset": "', b'"offset": "7') + b"".join(others) + b"\xff torn")
    archive = archive_in(tmp_path)
    assert {fault.kind for fault in archive.verify()} == {"index_astray", "not_indexed"}
    assert archive.read(WANTED[1]) == CONTENTS[1]
    with pytest.raises(ArchiveError):
        archive.read(WANTED[0])
    archive.verify(repair=True)
    assert index.read_bytes() == before


def test_an_index_whose_file_is_gone_is_told_and_put_aside(tmp_path: Path) -> None:
    warc = written(tmp_path, *CONTENTS)
    warc.unlink()
    archive = archive_in(tmp_path)
    assert [fault.kind for fault in archive.verify()] == ["no_warc"]
    archive.verify(repair=True)
    assert archive.verify() == []
    assert archive.locate(WANTED) == {}


def test_each_file_is_told(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    for content in CONTENTS:
        with archive.writer("ingest") as writer:
            writer.resource("file:///report.txt", content, "report.txt")
    told: list[str] = []
    archive.verify(on_file=told.append)
    assert told == archive.files()
    assert len(told) == len(CONTENTS)


def test_a_content_that_is_not_what_its_record_says_is_refused(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    with archive.writer("crawl") as writer:
        writer.exchange(exchange(b"this", body=b"that"))
        writer.exchange(exchange(b"sound"))
    with pytest.raises(ArchiveError, match="verify"):
        archive.read(sha(b"this"))
    assert [fault.kind for fault in archive.verify(repair=True)] == ["content_differs"]
    assert archive.verify() == []
    assert archive.read(sha(b"sound")) == b"sound"


@pytest.mark.parametrize("wanted", [b"page=2", b"packed somehow"], ids=["request", "encoding-unknown"])
def test_what_is_not_what_its_digests_say_is_found(tmp_path: Path, wanted: bytes) -> None:
    """Of these records no unpacked content is looked at; the digests of what is stored tell."""
    archive = archive_in(tmp_path)
    zstd = (("Content-Encoding", "zstd"),)
    with archive.writer("crawl") as writer:
        writer.exchange(exchange(b"page", body=b"packed somehow", headers=zstd, form=b"page=2"))
        writer.exchange(exchange(b"sound"))
    assert archive.verify() == []
    (warc,) = warc_files(tmp_path)
    members = [warc.read_bytes()[span.offset :][: span.length] for span in spans(warc)]
    warc.chmod(0o644)
    warc.write_bytes(
        b"".join(
            gzip.compress(plain.replace(wanted, wanted.upper())) if wanted in plain else member
            for member in members
            for plain in [gzip.decompress(member)]
        )
    )
    found = [fault for fault in archive.verify() if fault.kind == "content_differs"]
    assert len(found) == 1
    assert "digest failed" in found[0].message
    archive.verify(repair=True)
    assert archive.verify() == []
    assert archive.read(sha(b"sound")) == b"sound"
