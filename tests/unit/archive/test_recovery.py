"""Interruptions: what was written is kept but for the record that was being written."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.archive import ArchiveError
from tests.unit.archive.exchanges import archive_in, exchange, sha, warc_files


def _interrupted(folder: Path, contents: list[bytes]) -> Path:
    """A spool as a writer that was killed leaves it; returns the WARC."""
    writer = archive_in(folder).writer("crawl").__enter__()
    for content in contents:
        writer.exchange(exchange(content))
    (warc,) = (folder / "spool").glob("*.warc.gz.open")
    return warc


def test_a_cut_at_every_byte_loses_only_the_last_record(tmp_path: Path) -> None:
    contents = [b"first", b"second", b"third"]
    warc = _interrupted(tmp_path / "original", contents)
    whole, lines = warc.read_bytes(), _index_of(warc).read_bytes()
    place = archive_in(tmp_path / "original").locate([sha(b"third")])[sha(b"third")]
    for size in range(place.offset, len(whole)):
        folder = tmp_path / str(size)
        (folder / "spool").mkdir(parents=True)
        (folder / "spool" / warc.name).write_bytes(whole[:size])
        (folder / "spool" / _index_of(warc).name).write_bytes(lines)
        archive = archive_in(folder)
        archive.recover()
        found = archive.locate([sha(content) for content in contents])
        survives = size >= place.offset + place.length
        assert set(found) == {sha(content) for content in contents[: 3 if survives else 2]}
        assert [archive.read(record) for record in found.values()] == contents[: len(found)]
        assert archive.verify() == []
        assert list((folder / "spool").iterdir()) == []


@pytest.mark.parametrize("state", ["missing", "empty", "torn"])
def test_an_index_that_lags_is_made_again(tmp_path: Path, state: str) -> None:
    warc = _interrupted(tmp_path, [b"first", b"second"])
    index = _index_of(warc)
    if state == "missing":
        index.unlink()
    else:
        os.truncate(index, 0 if state == "empty" else index.stat().st_size - 30)
    archive = archive_in(tmp_path)
    archive.recover()
    assert archive.read(sha(b"second")) == b"second"
    assert archive.verify() == []


def test_a_new_writer_takes_in_the_old_file_and_never_appends_to_it(tmp_path: Path) -> None:
    _interrupted(tmp_path, [b"old"])
    archive = archive_in(tmp_path)
    with archive.writer("crawl") as writer:
        writer.exchange(exchange(b"new"))
    assert len(warc_files(tmp_path)) == 2
    assert (archive.read(sha(b"old")), archive.read(sha(b"new"))) == (b"old", b"new")


def test_a_move_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    warc = _interrupted(tmp_path, [b"first"])
    index = _index_of(warc)
    archive = archive_in(tmp_path)
    archive.recover()
    (moved,) = warc_files(tmp_path)
    moved_index = moved.with_name(moved.name.replace(".warc.gz", ".cdxj"))
    for back in ([(moved, warc)], [(moved, warc), (moved_index, index)]):
        for source, target in back:
            source.rename(target)
        archive.recover()
        assert archive.read(sha(b"first")) == b"first"
        assert archive.verify() == []
        assert list((tmp_path / "spool").iterdir()) == []


def test_damage_in_the_middle_is_left_to_verify(tmp_path: Path) -> None:
    """Recovery cuts off what was being written and nothing else; the damaged bytes may be wanted."""
    warc = _interrupted(tmp_path, [b"first", b"second", b"third"])
    place = archive_in(tmp_path).locate([sha(b"second")])[sha(b"second")]
    with warc.open("r+b") as file:
        file.seek(place.offset + place.length // 2)
        file.write(b"\0\0\0\0")
    size = warc.stat().st_size
    archive = archive_in(tmp_path)
    archive.recover()
    assert warc_files(tmp_path)[0].stat().st_size == size
    assert archive.read(sha(b"first")) == b"first"
    assert archive.read(sha(b"third")) == b"third"
    with pytest.raises(ArchiveError, match="no content"):
        archive.read(sha(b"second"))
    assert {fault.kind for fault in archive.verify()} == {"damaged"}


def test_an_interruption_is_found_and_repaired_by_verify(tmp_path: Path) -> None:
    warc = _interrupted(tmp_path, [b"first", b"second"])
    os.truncate(warc, warc.stat().st_size - 5)
    archive = archive_in(tmp_path)
    assert [fault.kind for fault in archive.verify()] == ["interrupted"]
    assert [fault.is_mended for fault in archive.verify(repair=True)] == [True]
    assert archive.verify() == []
    assert archive.read(sha(b"second")) == b"second"  # only its request was torn


_WRITER = """
import hashlib, random, sys
from pathlib import Path
from etl.archive import Archive
from tests.unit.archive.exchanges import exchange

folder = Path(sys.argv[1])
with Archive(str(folder / "archive"), folder / "spool").writer("crawl") as writer:
    for number in range(100_000):
        content = random.Random(number).randbytes(number * 37 % 30_000)
        writer.exchange(exchange(content))
        print(hashlib.sha256(content).hexdigest(), flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_kill_loses_at_most_the_record_being_written(tmp_path: Path, seed: int) -> None:
    told = tmp_path / "told"
    with told.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=out)
        while told.stat().st_size < 65 and process.poll() is None:
            time.sleep(0.01)
        time.sleep(random.Random(seed).random() * 0.5)
        process.send_signal(signal.SIGKILL)
        process.wait()
    said = told.read_text().split()
    archive = archive_in(tmp_path)
    archive.recover()
    assert archive.verify() == []
    found = archive.locate(said)
    assert set(found) == set(said)
    for sha256 in said[-20:]:
        assert sha(archive.read(found[sha256])) == sha256


def _index_of(warc: Path) -> Path:
    return warc.with_name(warc.name.replace(".warc.gz", ".cdxj"))
