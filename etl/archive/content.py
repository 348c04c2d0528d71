"""What a server sent, unpacked as its Content-Encoding says."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from gzip import GzipFile
from io import BytesIO

import brotli

UNPACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "br"})
"""The encodings that `contents` undoes."""

_CHUNK = 65536  # what the crawler (Scrapy) unpacks at a time: both give the same of a body that is cut short


def encodings(content_encoding: str) -> list[str]:
    """The encodings of a header, the first to be undone first."""
    return [one.strip().lower() for one in reversed(content_encoding.split(","))]


def contents(payload: bytes, content_encoding: str) -> Iterator[bytes]:
    """What a payload may hold for content: unpacked, then as it is.

    Servers name encodings that they did not apply. Whoever knows the content's SHA-256 knows which is meant.
    """
    if content_encoding:
        with suppress(ValueError):
            yield unpack(payload, content_encoding)
    yield payload


def unpack(payload: bytes, content_encoding: str) -> bytes:
    """``payload`` with its encodings undone: gzip, deflate and br, one over the other if need be.

    As the crawler does, this gives what can be had of a payload that is cut short or has a wrong checksum.
    Where an encoding is not known, what is inside is left as it is.

    Raises:
        ValueError: nothing can be unpacked.
    """
    for encoding in encodings(content_encoding):
        if encoding in ("gzip", "x-gzip"):
            payload = _gunzip(payload)
        elif encoding == "deflate":
            payload = _inflate(payload)
        elif encoding == "br":
            payload = _unbrotli(payload)
        else:
            break
    return payload


def _gunzip(payload: bytes) -> bytes:
    parts = []
    file = GzipFile(fileobj=BytesIO(payload))
    try:
        while part := file.read1(_CHUNK):
            parts.append(part)
    except (OSError, EOFError, zlib.error) as error:
        if not parts:
            raise ValueError(f"not gzip: {error}") from error
    return b"".join(parts)


def _inflate(payload: bytes) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # some servers send the stream without its envelope
        with suppress(zlib.error):
            return zlib.decompressobj(bits).decompress(payload)
    raise ValueError("not deflate")


def _unbrotli(payload: bytes) -> bytes:
    try:
        return bytes(brotli.Decompressor().process(payload))
    except brotli.error as error:
        raise ValueError(f"not br: {error}") from error
