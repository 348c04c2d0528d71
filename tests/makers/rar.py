"""RAR 5 archives whose members are stored: no free program writes RAR, and reading needs only that."""

from collections.abc import Mapping
from zlib import crc32

_SIGNATURE = b"Rar!\x1a\x07\x01\x00"
_MAIN, _FILE, _END = 1, 2, 5  # kinds of header
_HAS_DATA = 0x02
_HAS_CRC = 0x04


# The record of a member under a password: its size and kind, version, flags, rounds of the key, salt and IV.
_ENCRYPTION = bytes((0x24, 0x01, 0x00, 0x00, 0x0F)) + bytes(32)


def rar(parts: Mapping[str, bytes], *, encrypted: bool = False) -> bytes:
    """The parts as an archive (RAR 5.0 technical note); ``encrypted`` ones cannot be read by anybody."""
    extra = _ENCRYPTION if encrypted else b""
    blocks = [_header(_MAIN, 0, _number(0))]
    for name, content in parts.items():
        raw = name.encode()
        fields = (
            _number(_HAS_CRC),
            _number(len(content)),
            _number(0x20),  # attributes: an ordinary file
            crc32(content).to_bytes(4, "little"),
            _number(0),  # stored
            _number(0),  # written on Windows
            _number(len(raw)),
            raw,
        )
        blocks += [_header(_FILE, _HAS_DATA, b"".join(fields), data=len(content), extra=extra)]
        blocks.append(bytes(one ^ 0x5A for one in content) if encrypted else content)
    return _SIGNATURE + b"".join(blocks) + _header(_END, 0, _number(0))


def _header(kind: int, flags: int, fields: bytes, data: int | None = None, extra: bytes = b"") -> bytes:
    flags |= 1 if extra else 0
    sizes = (_number(len(extra)) if extra else b"") + (b"" if data is None else _number(data))
    body = _number(kind) + _number(flags) + sizes + fields + extra
    sized = _number(len(body)) + body
    return crc32(sized).to_bytes(4, "little") + sized


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))
