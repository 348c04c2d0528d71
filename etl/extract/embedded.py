"""Pictures inside a document of text, read as scans where the document's own tables are not all there."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from etl.extract.flow import PageText, paragraphs_in
from etl.extract.table_words import lacks_tables
from etl.model import Grid, Problem, ReadError, Reading

if TYPE_CHECKING:
    from etl.extract.scan.document import Wanted

_MOST_PICTURES = 30  # that are looked at in one document
_MOST_READ = 12  # that are large enough to be read
_WMF = b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00"
_LITTLE_TEXT = 200  # characters; a document with fewer has its title in a picture


class Embedded(NamedTuple):
    """A picture of a document.

    ``path`` is how the document names it. ``load`` gives its bytes or raises ReadError. ``after`` is the number
    of the document's own grids that stand before it.
    """

    path: str
    load: Callable[[], bytes]
    after: int


def with_pictures(
    reading: Reading, pictures: Callable[[], Sequence[Embedded]], *, scan_text: bool = True
) -> Reading:
    """A reading with the tables of the document's pictures among its own, in order.

    Pictures are only asked for where the document's own tables do not hold all that a form has, and only those
    large enough to be a table are read; the text beside their tables only where the document has next to none
    itself (without ``scan_text`` only the headlines). A cell's place is the picture's path and a box in it, in
    points of the A4 page that the picture is taken for.
    """
    if not lacks_tables(reading.grids):
        return reading
    found = pictures()
    if not found:
        return reading
    after: dict[int, list[Grid]] = {}
    lines: list[str] = []
    problems: list[Problem] = []
    texts: list[PageText] = []
    has_text = sum(map(len, reading.lines)) >= _LITTLE_TEXT
    wanted: Wanted = "tables" if has_text else "text" if scan_text else "headlines"
    read = 0
    for one in _once(found):
        try:
            content = one.load()
            if (drawing := _drawing(content)) is not None:
                raise ReadError("picture_unread", f"it is a drawing ({drawing}), not a grid of pixels")
            from etl.extract.scan.pictures import read_embedded

            page = read_embedded(content, one.path, wanted)
        except ReadError as error:
            problems.append(Problem("picture_unread", f"{one.path} was not read: {error}"))
            continue
        if page is None:
            continue
        if page.lines and wanted == "headlines":
            wanted = "tables"
        after.setdefault(one.after, []).extend(page.grids)
        lines += page.lines
        if page.grids:  # of a photograph nobody asks how fine it is
            problems += (
                replace(said, message=said.message.replace("page 1", one.path, 1)) for said in page.problems
            )
        if page.text is not None:
            texts.append(page.text.numbered(read))
        read += 1
        if read == _MOST_READ:
            break
    grids = [
        grid
        for number in range(len(reading.grids) + 1)
        for grid in (*after.get(number, ()), *reading.grids[number : number + 1])
    ]
    return replace(
        reading,
        grids=tuple(grids),
        lines=(*reading.lines, *lines),
        prose=(*reading.prose, *paragraphs_in(texts)),
        problems=(*reading.problems, *problems),
    )


def _once(pictures: Sequence[Embedded]) -> Iterator[Embedded]:
    """Each picture where it stands first, up to a number."""
    first = {one.path: one for one in reversed(pictures)}
    ordered = (one for one in pictures if first[one.path] is one)
    yield from islice(ordered, _MOST_PICTURES)


def _drawing(content: bytes) -> str | None:
    """The name of a format that draws with lines, packed or not."""
    head = content[:64]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content[:4096], 64)
        except zlib.error:
            return None
    if head.startswith(b"\x01\x00\x00\x00") and head[40:44] == b" EMF":
        return "EMF"
    return "WMF" if head.startswith(_WMF) else None
