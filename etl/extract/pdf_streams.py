"""Streams of a PDF that unpack to far more than a page can hold: refused before anything is drawn from them."""

import re
import zlib

from etl.model import ReadError

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 400  # bytes before a stream, in which its dictionary stands
_MOST_UNPACKED = 48 * 2**20  # bytes: a page of text and rules has some hundred thousand
_RATIO = 1000  # zlib packs no better
_PIECE = 2**20


def refuse_bombs(content: bytes) -> None:
    """Refuse a PDF one of whose streams, pictures apart, unpacks to more than 48 MB.

    Raises:
        ReadError: ``unsafe``.
    """
    for found in _STREAM.finditer(content):
        head = content[max(0, found.start() - _DICTIONARY) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        packed = head.count(b"/FlateDecode") + len(re.findall(rb"/Fl\b", head))
        if not packed or b"/Image" in head:
            continue
        if packed > 1:
            raise ReadError("unsafe", "the PDF holds a stream that is packed twice; no program writes such")
        end = content.find(b"endstream", found.end())
        if (end - found.end() if end > 0 else len(content)) * _RATIO > _MOST_UNPACKED:
            _measure(content[found.end() : end if end > 0 else None])


def _measure(data: bytes) -> None:
    inflate = zlib.decompressobj()
    size = 0
    try:
        while data and not inflate.eof:
            size += len(inflate.decompress(data, _PIECE))
            data = inflate.unconsumed_tail
            if size > _MOST_UNPACKED:
                raise ReadError(
                    "unsafe", f"the PDF holds a stream that unpacks to more than {_MOST_UNPACKED >> 20} MB"
                )
    except zlib.error:
        return  # damaged or encrypted: the reader says so
