"""RAR, 7z, tar and gzip archives opened safely through libarchive; nothing is ever written to disk."""

import logging
import zlib
from ctypes import c_char_p, c_void_p, cast, create_string_buffer
from typing import Any, NamedTuple

from etl.content.sniff import sniff
from etl.extract.zip_package import MAX_MEMBERS, MAX_RATIO, RATIO_COUNTS_FROM, told_name
from etl.model import ReadError

_BLOCK = 2**18
_FILE, _ENCRYPTION = 2, 1  # kinds of RAR 5 headers and of the records in them
_HAS_TIME, _HAS_CHECKSUM = 0x02, 0x04
_RAR5 = b"Rar!\x1a\x07\x01\x00"
_OTHER_CHECKSUM = "its bytes have another checksum than was noted"
_PASSWORDS = ("encrypt", "crypto", "passphrase", "password")


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
        is_rar5 = content.startswith(_RAR5)
        self._rar = _rar5_files(content) if is_rar5 else []
        self._unpack(content, "rar5" if is_rar5 else {"7z": "7zip"}.get(kind or "", kind))

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
            with libarchive.read.new_archive_read(kind, "none") as handle:
                libarchive.ffi.read_open_memory(handle, cast(c_char_p(content), c_void_p), len(content))
                for number, entry in enumerate(libarchive.read.ArchiveRead(handle), start=1):
                    if number > MAX_MEMBERS:
                        raise ReadError("unsafe", f"the archive has more than {MAX_MEMBERS} members")
                    if entry.isdir:
                        continue
                    name = _name(entry.pathname)
                    said = self._rar[number - 1] if number <= len(self._rar) else _RarFile(False, None)
                    found = self._member(libarchive, handle, entry, name, left, said)
                    self._members[name] = found
                    left -= len(found) if isinstance(found, bytes) else 0
        except libarchive.ArchiveError as error:
            # What came before the damage is there; only an archive without anything is no archive.
            failure = _told(error, "the archive cannot be opened")
            if not self._members or failure.code == "encrypted":
                raise failure from error
            self._members.setdefault("…", ReadError(failure.code, f"the archive breaks off: {error.msg}"))

    def _member(
        self, libarchive: Any, handle: Any, entry: Any, name: str, left: int, said: "_RarFile"
    ) -> bytes | ReadError:
        if not entry.isreg:
            return ReadError("unsafe", f"{name} is a link or a device, which is not followed")
        if said.is_encrypted:
            return ReadError("encrypted", f"{name} is encrypted; it cannot be read without its password")
        found = bytearray()
        block = create_string_buffer(_BLOCK)
        try:
            while length := libarchive.ffi.read_data(handle, block, _BLOCK):
                if length < 0:  # a warning: of a checksum that is another
                    return ReadError("corrupt", f"{name} is damaged: {_OTHER_CHECKSUM}")
                found += block.raw[:length]
                self._judge(len(found), left)
        except libarchive.ArchiveError as error:
            return _told(error, f"{name} cannot be unpacked")
        if said.checksum not in (None, zlib.crc32(found)):
            return ReadError("corrupt", f"{name} is damaged: {_OTHER_CHECKSUM}")
        return bytes(found)

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
        import libarchive.read
    except (ImportError, OSError, AttributeError, TypeError) as error:  # it looks the system's library up
        raise ReadError(
            "libarchive_missing",
            "RAR, 7z and tar archives are read through libarchive, which is not installed here; install it"
            " (Debian and Ubuntu: apt-get install libarchive13) and read the file again",
        ) from error
    logging.getLogger("libarchive").setLevel(logging.CRITICAL)  # its warnings are not for standard error
    return libarchive


def _told(error: Any, what: str) -> ReadError:
    said = str(error.msg)
    if any(word in said.lower() for word in _PASSWORDS):
        return ReadError("encrypted", f"{what} without its password")
    return ReadError("corrupt", f"{what}: {said}")


class _RarFile(NamedTuple):
    is_encrypted: bool
    checksum: int | None


def _rar5_files(content: bytes) -> list[_RarFile]:
    """What the headers of a RAR 5 archive say of its files in order, and libarchive keeps to itself.

    It gives members under a password as they are, and does not hold stored ones against their checksum.
    """
    files = []
    at = len(_RAR5)
    while at < len(content):
        size, start = _number(content, at + 4)  # after the header's checksum
        kind, position = _number(content, start)
        flags, position = _number(content, position)
        extra, position = _number(content, position) if flags & 1 else (0, position)
        data, position = _number(content, position) if flags & 2 else (0, position)
        end = start + size
        if size == 0 or end > len(content):
            break
        if kind == _FILE:
            files.append(_RarFile(_is_encrypted(content, end - extra, end), _checksum(content, position)))
        at = end + data
    return files


def _is_encrypted(content: bytes, record: int, end: int) -> bool:
    while record < end:
        length, inside = _number(content, record)
        if _number(content, inside)[0] == _ENCRYPTION:
            return True
        record = inside + max(length, 1)
    return False


def _checksum(content: bytes, position: int) -> int | None:
    flags, position = _number(content, position)
    for _ in ("size", "attributes"):
        _, position = _number(content, position)
    position += 4 if flags & _HAS_TIME else 0
    return int.from_bytes(content[position : position + 4], "little") if flags & _HAS_CHECKSUM else None


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, lowest first, and where it ends."""
    value = 0
    for shift, byte in enumerate(content[at : at + 10]):
        value |= (byte & 0x7F) << 7 * shift
        if byte < 0x80:
            return value, at + shift + 1
    return 0, at + 10


def _name(path: str | bytes | None) -> str:
    return path if isinstance(path, str) else told_name(path or b"")


def _gzip_name(content: bytes) -> str:
    """The name in a gzip header (RFC 1952), which only a header without an extra field has at a fixed place."""
    if len(content) > 10 and content[3] & 0x0C == 0x08:
        return told_name(content[10:].split(b"\0", 1)[0][:255]) or "content"
    return "content"
