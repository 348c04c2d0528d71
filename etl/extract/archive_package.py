"""RAR, 7z, tar and gzip archives opened safely through libarchive; nothing is ever written to disk."""

import logging
import zlib
from typing import Any

from etl.content.sniff import sniff
from etl.extract.zip_package import MAX_MEMBERS, MAX_RATIO, RATIO_COUNTS_FROM, told_name
from etl.model import ReadError

_BLOCK = 2**18
_RAR5 = b"Rar!\x1a\x07\x01\x00"
_PASSWORDS = ("encrypt", "passphrase", "password")


class ArchivePackage:
    """The members of one archive held in memory. It is unpacked when it is opened: most have no directory."""

    def __init__(self, content: bytes, *, max_bytes: int) -> None:
        """Unpack an archive.

        Args:
            content: the file's bytes.
            max_bytes: how much all members may hold together, unpacked.

        Raises:
            ReadError: ``corrupt``, ``encrypted``, ``too_large``, ``unsafe`` for an archive made to swell, or
                ``libarchive_missing``.
        """
        self._limit = max_bytes
        self._packed = len(content)
        self._members: dict[str, bytes | ReadError] = {}
        kind = sniff(content)
        if kind == "gzip":
            name = _gzip_name(content)
            content = self._gunzipped(content)
            kind = sniff(content)
            if kind != "tar":
                self._members[name] = content
                return
        self._unpack(content, "rar5" if content.startswith(_RAR5) else {"7z": "7zip"}.get(kind or "", kind))

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the order of the archive, folders left out."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """A member's bytes.

        Raises:
            ReadError: ``encrypted``, ``unsafe`` for a link, or ``corrupt`` when it is missing or damaged.
        """
        found = self._members.get(name, ReadError("corrupt", f"the archive has no {name}"))
        if isinstance(found, ReadError):
            raise found
        return found

    def _unpack(self, content: bytes, kind: str | None) -> None:
        libarchive = _libarchive()
        left = self._limit
        try:
            with libarchive.memory_reader(content, kind, "none") as archive:
                for number, entry in enumerate(archive, start=1):
                    if number > MAX_MEMBERS:
                        raise ReadError("unsafe", f"the archive has more than {MAX_MEMBERS} members")
                    if entry.isdir:
                        continue
                    name = _name(entry.pathname)
                    self._members[name] = found = self._member(libarchive, entry, name, left)
                    left -= len(found) if isinstance(found, bytes) else 0
        except libarchive.ArchiveError as error:
            # What came before the damage is there; only an archive without anything is no archive.
            failure = _told(error, "the archive cannot be opened")
            if not self._members or failure.code == "encrypted":
                raise failure from error
            self._members.setdefault("…", ReadError(failure.code, f"the archive breaks off: {error}"))

    def _member(self, libarchive: Any, entry: Any, name: str, left: int) -> bytes | ReadError:
        if not entry.isreg:
            return ReadError("unsafe", f"{name} is a link or a device, which is not followed")
        parts = []
        size = 0
        try:
            for block in entry.get_blocks(_BLOCK):
                parts.append(block)
                size += len(block)
                self._judge(size, left)
        except libarchive.ArchiveError as error:
            return _told(error, f"{name} cannot be unpacked")
        return b"".join(parts)

    def _judge(self, size: int, left: int) -> None:
        """Refuse more bytes than may be unpacked, or than an archive of this size honestly holds."""
        whole = self._limit - left + size
        if whole > max(RATIO_COUNTS_FROM, self._packed * MAX_RATIO):
            raise ReadError(
                "unsafe", f"the archive unpacks to over {MAX_RATIO} times its size: it is made to swell"
            )
        if size > left:
            raise ReadError(
                "too_large", f"the archive unpacks to more than {self._limit / 2**20:.0f} MB, which are read"
            )

    def _gunzipped(self, content: bytes) -> bytes:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            found = unpacker.decompress(content, self._limit + 1)
        except zlib.error as error:
            raise ReadError("corrupt", f"the archive cannot be opened: {error}") from error
        self._judge(len(found), self._limit)
        if not unpacker.eof:
            raise ReadError("corrupt", "the archive is cut off")
        return found


def _libarchive() -> Any:
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError) as error:  # it looks the system's library up
        raise ReadError(
            "libarchive_missing",
            "RAR, 7z and tar archives are read through libarchive, which is not installed here; install it"
            " (Debian and Ubuntu: apt-get install libarchive13) and read the file again",
        ) from error
    logging.getLogger("libarchive").setLevel(logging.CRITICAL)  # its warnings are not for standard error
    return libarchive


def _told(error: Exception, what: str) -> ReadError:
    if any(word in str(error).lower() for word in _PASSWORDS):
        return ReadError("encrypted", f"{what} without its password")
    return ReadError("corrupt", f"{what}: {error}")


def _name(path: str | bytes | None) -> str:
    return path if isinstance(path, str) else told_name(path or b"")


def _gzip_name(content: bytes) -> str:
    """The name in a gzip header (RFC 1952), which only a header without an extra field has at a fixed place."""
    if len(content) > 10 and content[3] & 0x0C == 0x08:
        return told_name(content[10:].split(b"\0", 1)[0][:255]) or "content"
    return "content"
