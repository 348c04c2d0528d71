"""The archive at other addresses than a folder."""

from pathlib import Path

import fsspec
import pytest

from etl.archive import Archive, ArchiveError, ArchiveIOError
from tests.unit.archive.exchanges import exchange, sha

MEMORY = "memory://gouji-test/archive"


class _NoRouteError(Exception):
    """As a store's own library has them: no OSError."""


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
        raise _NoRouteError("no route to the store")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "put_file", unreachable)
    with pytest.raises(ArchiveIOError, match=rf"{MEMORY} .* no route"), archive.writer("crawl") as writer:
        writer.exchange(exchange(b"page"))
    assert archive.read(sha(b"page")) == b"page"
    monkeypatch.undo()
    archive.recover()
    assert archive.read(sha(b"page")) == b"page"
    assert list((tmp_path / "spool").iterdir()) == []


def test_an_address_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nowhere://"):
        Archive("nowhere://archive", tmp_path / "spool")


def test_a_store_that_cannot_be_reached_is_told_apart_from_lost_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec.filesystem("memory").store.clear()
    archive = Archive(MEMORY, tmp_path / "spool")
    with archive.writer("crawl") as writer:
        writer.exchange(exchange(b"page"))
    place = archive.locate([sha(b"page")])[sha(b"page")]

    def unreachable(*_: object, **__: object) -> None:
        raise _NoRouteError("no route to the store")

    for name in ("find", "cat_file"):
        monkeypatch.setattr(type(fsspec.filesystem("memory")), name, unreachable)
    for ask in (lambda: archive.read(place), lambda: archive.locate([sha(b"page")]), archive.verify):
        with pytest.raises(ArchiveIOError, match="no route"):
            ask()
    monkeypatch.undo()
    fsspec.filesystem("memory").store.clear()
    with pytest.raises(ArchiveError, match="cannot be read"):
        archive.read(place)
