"""The archive at other addresses than a folder."""

from pathlib import Path

import fsspec
import pytest

from etl.archive import Archive, ArchiveError
from tests.unit.archive.exchanges import exchange, sha

MEMORY = "memory://gouji-test/archive"


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return f"file://{tmp_path / 'archive'}"
    fsspec.filesystem("memory").store.clear()
    return MEMORY


def test_an_archive_at_a_url_is_written_read_verified_and_repaired(address: str, tmp_path: Path) -> None:
    archive = Archive(address, tmp_path / "spool")
    assert (archive.verify(), archive.locate([sha(b"page")])) == ([], {})
    with archive.writer("crawl") as writer:
        writer.exchange(exchange(b"page"))
        writer.exchange(exchange(b"other"))
    assert list((tmp_path / "spool").iterdir()) == []
    assert archive.read(sha(b"page")) == b"page"
    assert archive.verify() == []
    system, root = fsspec.core.url_to_fs(address)
    (warc,) = [name for name in system.find(root) if name.endswith(".warc.gz")]
    content = bytearray(system.cat_file(warc))
    place = archive.locate([sha(b"page")])[sha(b"page")]
    content[place.offset + 30] ^= 1
    system.rm_file(warc)
    system.pipe_file(warc, bytes(content))
    assert [fault.kind for fault in archive.verify()] == ["damaged"]
    archive.verify(repair=True)
    assert archive.verify() == []
    assert archive.read(sha(b"other")) == b"other"
    with pytest.raises(ArchiveError, match="no content"):
        archive.read(sha(b"page"))


def test_what_the_archive_does_not_take_stays_in_the_spool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec.filesystem("memory").store.clear()
    archive = Archive(MEMORY, tmp_path / "spool")

    def unreachable(*_: object, **__: object) -> None:
        raise OSError("no route to the store")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "put_file", unreachable)
    with pytest.raises(OSError, match="no route"), archive.writer("crawl") as writer:
        writer.exchange(exchange(b"page"))
    assert archive.read(sha(b"page")) == b"page"
    monkeypatch.undo()
    archive.recover()
    assert archive.read(sha(b"page")) == b"page"
    assert list((tmp_path / "spool").iterdir()) == []


def test_an_address_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nowhere://"):
        Archive("nowhere://archive", tmp_path / "spool")
