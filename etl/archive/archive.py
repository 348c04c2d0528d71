"""The archive as one object: files at an address, found by content."""

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from etl.archive.index import Record, content_of, parse_lines, parse_member
from etl.archive.verify import Fault, mend, rebuild_index, verify_file
from etl.archive.writer import INDEX, OPEN, WARC, ArchiveWriter
from etl.errors import GoujiError


class ArchiveError(GoujiError):
    """The archive cannot give or take what it should."""


class Archive:
    """An archive.

    Args:
        address: a folder, or any fsspec address.
        spool: a local folder for files that are being written.

    Raises:
        ArchiveError: there is no file system for the address.
    """

    def __init__(self, address: str, spool: Path) -> None:
        try:
            fs, root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise ArchiveError(f"archive_url {address}: {error}") from error
        self._fs: Any = fs
        self._root: str = root.rstrip("/")
        self._spool = spool

    @contextmanager
    def writer(self, kind: str) -> Iterator[ArchiveWriter]:
        """Write into the archive while the block runs. There must be no other writer.

        What an interrupted writer left behind is taken in first.
        """
        self.recover()
        writer = ArchiveWriter(kind, self._spool, self._take)
        try:
            yield writer
        finally:
            writer.close()

    def recover(self) -> list[str]:
        """Take in what an interrupted writer left in the spool; returns the names of the files.

        A torn last record is cut off: it is the one that was being written.
        """
        if not self._spool.is_dir():
            return []
        taken = []
        for warc in sorted(self._spool.glob(f"*{WARC}{OPEN}")):
            name = warc.name.removesuffix(f"{WARC}{OPEN}")
            mend(warc, quarantine=None)
            if warc.stat().st_size == 0:
                warc.unlink()
                (self._spool / f"{name}{INDEX}{OPEN}").unlink(missing_ok=True)
                continue
            rebuild_index(warc, self._spool / f"{name}{INDEX}{OPEN}", name + WARC)
            self._take(name)
            taken.append(name)
        for index in self._spool.glob(f"*{INDEX}{OPEN}"):  # killed between moving the one and the other
            name = index.name.removesuffix(f"{INDEX}{OPEN}")
            if self._fs.exists(self._at(name + WARC)):
                self._move(index, self._at(name + INDEX))
        return taken

    def locate(self, wanted: Collection[str]) -> dict[str, Record]:
        """Where contents lie, by SHA-256; those the archive does not hold are left out."""
        missing, found = set(wanted), {}
        for lines in self._indexes():
            if not missing:
                break
            for record in parse_lines(line for line in lines if line[:64] in missing):
                found[record.sha256] = record
                missing.discard(record.sha256)
        return found

    def read(self, wanted: Record | str) -> bytes:
        """The unpacked content of a record, or of a SHA-256.

        Raises:
            ArchiveError: it is not there, or is not what it was.
        """
        record = self.locate([wanted]).get(wanted) if isinstance(wanted, str) else wanted
        if record is None:
            raise ArchiveError(f"the archive holds no content {wanted}")
        start, end = record.offset, record.offset + record.length
        try:
            content = content_of(parse_member(self._bytes(record.file, start, end)))
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{record.file} at {start}: cannot be read: {error}") from error
        if sha256(content).hexdigest() != record.sha256:
            raise ArchiveError(f"{record.file} at {start}: damaged; gouji archive verify says more")
        return content

    def files(self) -> list[str]:
        """The names of all archive files."""
        if not self._fs.exists(self._root):
            return []
        found = (name for name in self._fs.find(self._root) if name.endswith(WARC))
        return sorted(name[len(self._root) + 1 :] for name in found)

    def verify(
        self, *, repair: bool = False, on_file: Callable[[str], None] = lambda name: None
    ) -> list[Fault]:
        """Hold every file against its own checksums and its index.

        Args:
            repair: mend what is found: sound records stay, damaged bytes go to the folder ``quarantine``,
                the index is made anew. No other process may be writing.
            on_file: told of each file that is done.

        Returns:
            what was found; with ``repair`` each says whether it is mended.
        """
        if repair:
            self.recover()
        faults: list[Fault] = []
        for name in self.files():
            with self._local(name) as warc, self._local_index(name) as index:
                found = verify_file(warc, index, name.rpartition("/")[2])
                if found and repair:
                    self._repair(name, warc)
                    found = [fault._replace(is_mended=True) for fault in found]
            faults += found
            on_file(name)
        return faults

    def _repair(self, name: str, warc: Path) -> None:
        folder = self._spool / "repair"
        folder.mkdir(parents=True, exist_ok=True)
        base = name.rpartition("/")[2]
        copy, index = folder / base, folder / (base.removesuffix(WARC) + INDEX)
        shutil.copyfile(warc, copy)
        for damaged in mend(copy, quarantine=folder):
            self._move(damaged, f"{self._root}/quarantine/{damaged.name}")
        rebuild_index(copy, index, base)
        target = f"{self._root}/{name}"
        self._move(copy, target)
        self._move(index, target.removesuffix(WARC) + INDEX)

    def _take(self, name: str) -> None:
        """Move a finished file and its index from the spool to the archive."""
        for ending in (WARC, INDEX):
            self._move(self._spool / f"{name}{ending}{OPEN}", self._at(name + ending))

    def _at(self, file: str) -> str:
        """The address of a file: in a folder a year."""
        year = file.rpartition("-")[0].rpartition("-")[2][:4]
        return f"{self._root}/{year}/{file}"

    def _move(self, source: Path, target: str) -> None:
        """Move a local file to the archive; it is there whole or not at all."""
        self._fs.makedirs(target.rpartition("/")[0], exist_ok=True)
        if isinstance(self._fs, LocalFileSystem):
            try:
                os.replace(source, target)
                return
            except OSError:  # another file system
                beside = f"{target}{OPEN}"
                shutil.copyfile(source, beside)
                os.replace(beside, target)
        else:
            self._fs.put_file(str(source), target)
        source.unlink()

    def _bytes(self, file: str, start: int, end: int) -> bytes:
        spooled = self._spool / f"{file}{OPEN}"
        if spooled.exists():
            with spooled.open("rb") as opened:
                opened.seek(start)
                return opened.read(end - start)
        return bytes(self._fs.cat_file(self._at(file), start=start, end=end))

    def _indexes(self) -> Iterator[Iterator[str]]:
        """The lines of every index, those in the spool last."""
        if self._fs.exists(self._root):
            for name in sorted(self._fs.find(self._root)):
                if name.endswith(INDEX):
                    with self._fs.open(name, "rb") as raw, TextIOWrapper(raw, encoding="utf-8") as lines:
                        yield lines
        for path in sorted(self._spool.glob(f"*{INDEX}{OPEN}")) if self._spool.is_dir() else ():
            with path.open(encoding="utf-8", errors="replace") as lines:
                yield lines

    @contextmanager
    def _local(self, name: str) -> Iterator[Path]:
        """An archive file as a local one: itself, or a copy while the block runs."""
        address = f"{self._root}/{name}"
        if isinstance(self._fs, LocalFileSystem):
            yield Path(address)
            return
        self._spool.mkdir(parents=True, exist_ok=True)
        copy = self._spool / f"checking-{name.rpartition('/')[2]}"
        try:
            self._fs.get_file(address, str(copy))
            yield copy
        finally:
            copy.unlink(missing_ok=True)

    @contextmanager
    def _local_index(self, name: str) -> Iterator[Path | None]:
        index = name.removesuffix(WARC) + INDEX
        if not self._fs.exists(f"{self._root}/{index}"):
            yield None
            return
        with self._local(index) as path:
            yield path
