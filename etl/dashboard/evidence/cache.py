"""Drawn pages on disk, so that a page is drawn once: bounded, the longest unasked go first."""

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock

_SPARED = 0.9  # of the bound is what is left after clearing, so that it is not cleared at every page


class DiskCache:
    """Contents by key (hexadecimal digits), in files under a folder.

    Files may vanish at any time, and several processes may share the folder: each write is a rename.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._lock = Lock()
        self._size: int | None = None  # counted when the first file is written

    def get(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            content = path.read_bytes()
            _touch(path)
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a content; one that cannot be kept (a full disk, a folder that may not be written to) is not."""
        if len(content) > self._most:
            return
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
                try:
                    file.write(content)
                    file.close()
                    _touch(file.name)
                    os.replace(file.name, path)
                except BaseException:
                    os.unlink(file.name)
                    raise
            self._make_room(len(content))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _make_room(self, added: int) -> None:
        with self._lock:
            self._size = None if self._size is None else self._size + added
            if self._size is not None and self._size <= self._most:
                return
            found = []
            for path in self._folder.glob("??/*"):
                with suppress(OSError):
                    status = path.stat()
                    found.append((status.st_mtime_ns, status.st_size, path))
            self._size = sum(size for _, size, _ in found)
            if self._size <= self._most:
                return
            for _, size, path in sorted(found):
                with suppress(OSError):
                    path.unlink()
                    self._size -= size
                if self._size <= self._most * _SPARED:
                    return


def _touch(path: str | Path) -> None:
    """Note that a file was asked for now; the file system's own clock is too coarse to order requests."""
    now = time.time_ns()
    os.utime(path, ns=(now, now))
