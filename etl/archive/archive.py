"""The archive as one object: files at an address, found by content."""

import errno
import os
import shutil
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from etl.archive.errors import ArchiveError, told
from etl.archive.index import Record, content_of, parse_lines, parse_member
from etl.archive.verify import Fault, judge, mend, rebuild_index, verify_index
from etl.archive.writer import INDEX, OPEN, WARC, ArchiveWriter


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
        self._address = address
        self._fs: Any = fs
        self._root: str = root.rstrip("/")
        self._spool = spool

    @contextmanager
    def writer(self, kind: str, contact: str = "") -> Iterator[ArchiveWriter]:
        """Write into the archive while the block runs. There must be no other writer.

        What an interrupted writer left behind is taken in first.

        Args:
            kind: what is written; the names of the files begin with it.
            contact: of whoever crawls, for the first record of each file.

        Raises:
            ArchiveIOError: a file cannot be written, or not be moved to the archive; it stays in the spool.
        """
        self.recover()
        writer = ArchiveWriter(kind, self._spool, self._take, contact)
        try:
            yield writer
        finally:
            writer.close()

    def recover(self) -> list[str]:
        """Take in what an interrupted writer left in the spool; returns the names of the files.

        A torn last record is cut off: it is the one that was being written. No writer may be at work.
        """
        taken = []
        for warc in self._spooled(WARC):
            name = warc.name.removesuffix(f"{WARC}{OPEN}")
            index = warc.with_name(f"{name}{INDEX}{OPEN}")
            parts = rebuild_index(warc, index, name + WARC)
            if parts and parts[-1].fault is not None and parts[-1].fault.kind in ("torn", "damaged"):
                os.truncate(warc, parts.pop().offset)
            if len(parts) <= 1:  # of the first record, which tells of the file itself, there is no need
                index.unlink()
                warc.unlink()
                continue
            self._take(name)
            taken.append(name + WARC)
        return taken

    def locate(self, wanted: Collection[str]) -> dict[str, Record]:
        """Where contents lie, by SHA-256; those the archive does not hold are left out.

        Every index is read once, line by line.

        Raises:
            ArchiveIOError: the archive cannot be reached.
        """
        missing, found = {sha256.encode() for sha256 in wanted}, {}
        for lines in self._indexes():
            if not missing:
                break
            for record in parse_lines(line for line in lines if line[:64] in missing):
                found[record.sha256] = record
                missing.discard(record.sha256.encode())
        return found

    def read(self, wanted: Record | str) -> bytes:
        """The unpacked content of a record, or of a SHA-256.

        Raises:
            ArchiveError: it is not there, or is not what it was.
            ArchiveIOError: the archive cannot be reached.
        """
        record = self.locate([wanted]).get(wanted) if isinstance(wanted, str) else wanted
        if record is None:
            raise ArchiveError(f"the archive holds no content {wanted}")
        start, end = record.offset, record.offset + record.length
        with told(self._address):
            packed = self._bytes(record.file, start, end)
        try:
            content = content_of(parse_member(zlib.decompress(packed, zlib.MAX_WBITS | 16)))
        except (zlib.error, ValueError) as error:
            raise ArchiveError(
                f"{record.file} at {start}: damaged, gouji archive verify says more: {error}"
            ) from error
        if sha256(content).hexdigest() != record.sha256:
            raise ArchiveError(f"{record.file} at {start}: the index is wrong; gouji archive verify --repair")
        return content

    def files(self) -> list[str]:
        """The archive's WARC files, by address within the archive."""
        return self._found(WARC)

    def verify(
        self, *, repair: bool = False, on_file: Callable[[str], None] = lambda name: None
    ) -> list[Fault]:
        """Hold every file against its own checksums and its index. No other process may be writing.

        Args:
            repair: mend what is found: sound records stay, damaged bytes go to the folder ``quarantine``,
                the index is made anew.
            on_file: told of each file that is done.

        Returns:
            what was found; with ``repair`` each says whether it is mended.
        """
        faults = [
            Fault(warc.name, None, "interrupted", "its writer was interrupted; the next one takes it in")
            for warc in self._spooled(WARC)
        ]
        if repair:
            self.recover()
            faults = [fault._replace(is_mended=True) for fault in faults]
        for name in self.files():
            faults += self._verify_file(name, repair)
            on_file(name)
        warcs = {name.removesuffix(WARC) for name in self.files()}
        alone = [name for name in self._found(INDEX) if name.removesuffix(INDEX) not in warcs]
        return [*faults, *(self._put_aside(name, repair) for name in alone)]

    def _verify_file(self, name: str, repair: bool) -> list[Fault]:
        file = _base(name)
        with self._local(name) as warc, self._local_index(name) as index:
            parts = list(judge(warc, file))
            damages = [part.fault for part in parts if part.fault is not None]
            faults = [*damages, *verify_index(index, file, parts)]
            if not (faults and repair):
                return faults
            with TemporaryDirectory(dir=self._workshop(), prefix="repair-") as folder:
                mended, fresh = Path(folder) / file, Path(folder) / f"{file}{INDEX}"
                for damaged in mend(warc, file, mended, Path(folder)) if damages else ():
                    self._move(damaged, f"{self._root}/quarantine/{damaged.name}")
                target = f"{self._root}/{name}"
                left = rebuild_index(mended if damages else warc, fresh, file)
                if left:
                    if damages:
                        self._move(mended, target)
                    self._move(fresh, target.removesuffix(WARC) + INDEX)
                else:
                    self._remove(target)
                    if index is not None:
                        self._remove(target.removesuffix(WARC) + INDEX)
        return [fault._replace(is_mended=True) for fault in faults]

    def _put_aside(self, index: str, repair: bool) -> Fault:
        """An index whose file is gone."""
        if repair:
            with self._local(index) as path, TemporaryDirectory(dir=self._workshop()) as folder:
                copy = Path(folder) / f"{_base(index)}.damaged"
                shutil.copyfile(path, copy)
                self._move(copy, f"{self._root}/quarantine/{copy.name}")
            self._remove(f"{self._root}/{index}")
        return Fault(_base(index), None, "no_warc", "the file that it is the index of is missing", repair)

    def _take(self, name: str) -> None:
        """Move a finished file and its index from the spool to the archive.

        The index goes first: a file that was moved has its index, and one that was not is still in the spool.
        """
        for ending in (INDEX, WARC):
            source = self._spool / f"{name}{ending}{OPEN}"
            if ending == WARC or source.exists():
                self._move(source, self._at(name + ending))

    def _at(self, file: str) -> str:
        """The address of a file: in a folder a year."""
        year = file.rpartition("-")[0].rpartition("-")[2][:4]
        return f"{self._root}/{year}/{file}"

    def _move(self, source: Path, target: str) -> None:
        """Move a local file to the archive; in a folder it is there whole or not at all."""
        with told(self._address):
            self._moved(source, target)

    def _moved(self, source: Path, target: str) -> None:
        folder = target.rpartition("/")[0]
        self._fs.makedirs(folder, exist_ok=True)
        if not isinstance(self._fs, LocalFileSystem):
            self._fs.put_file(str(source), target)
            source.unlink()
            return
        source.chmod(0o444)
        try:
            os.replace(source, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            beside = f"{target}{OPEN}"
            shutil.copyfile(source, beside)
            _sync(beside)
            os.replace(beside, target)
            source.unlink()
        _sync(folder)

    def _remove(self, target: str) -> None:
        with told(self._address):
            self._fs.rm_file(target)

    def _bytes(self, file: str, start: int, end: int) -> bytes:
        spooled = self._spool / f"{file}{OPEN}"
        with suppress(FileNotFoundError), spooled.open("rb") as opened:
            opened.seek(start)
            return opened.read(end - start)
        try:
            return bytes(self._fs.cat_file(self._at(file), start=start, end=end))
        except OSError as error:  # of this file; a store that is not there raises others
            raise ArchiveError(f"{file}: cannot be read: {error}") from error

    def _indexes(self) -> Iterator[Iterator[bytes]]:
        """The lines of every index. Those in the spool first: one that moves meanwhile is met again then."""
        for path in self._spooled(INDEX):
            with suppress(FileNotFoundError), path.open("rb") as lines:
                yield lines
        for name in self._found(INDEX):
            yield self._lines(name)

    def _lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file, read in large pieces: a store's own files are slow to give single lines."""
        rest = b""
        with told(self._address), self._fs.open(f"{self._root}/{name}", "rb") as file:
            while piece := file.read(1 << 20):
                *lines, rest = (rest + piece).split(b"\n")
                yield from lines
        if rest:
            yield rest

    def _spooled(self, ending: str) -> list[Path]:
        return sorted(self._spool.glob(f"*{ending}{OPEN}"))

    def _found(self, ending: str) -> list[str]:
        """The archive's files of an ending, by address within the archive."""
        with told(self._address):
            self._fs.invalidate_cache()
            found = self._fs.find(self._root)
        return sorted(name[len(self._root) + 1 :] for name in found if name.endswith(ending))

    def _workshop(self) -> Path:
        self._spool.mkdir(parents=True, exist_ok=True)
        return self._spool

    @contextmanager
    def _local(self, name: str) -> Iterator[Path]:
        """An archive file as a local one: itself, or a copy while the block runs."""
        address = f"{self._root}/{name}"
        if isinstance(self._fs, LocalFileSystem):
            yield Path(address)
            return
        with TemporaryDirectory(dir=self._workshop(), prefix="checking-") as folder:
            copy = Path(folder) / _base(name)
            with told(self._address):
                self._fs.get_file(address, str(copy))
            yield copy

    @contextmanager
    def _local_index(self, name: str) -> Iterator[Path | None]:
        index = name.removesuffix(WARC) + INDEX
        with told(self._address):
            is_there = self._fs.exists(f"{self._root}/{index}")
        if not is_there:
            yield None
            return
        with self._local(index) as path:
            yield path


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _sync(path: str) -> None:
    """Have the disk hold a file's content, or a folder's names, before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
