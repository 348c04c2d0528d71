"""HTML pages: every table with its spans expanded, and the page's text line by line."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import cast
from urllib.parse import unquote_to_bytes

from lxml import etree

from etl.content.charset import decode
from etl.extract.embedded import Embedded, with_pictures
from etl.extract.prose import paragraph, rejoined, told_in
from etl.model import Cell, Grid, Paragraph, Place, ReadError, Reading

READER = "html-lxml"

_UNSEEN = ("script", "style", "noscript", "template", "select", "textarea", "head")
_BLOCKS = tuple(
    "address article aside blockquote br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_LINES = frozenset({*_BLOCKS, "body", "html"} - {"br", "hr"})
_STYLES = etree.XPath("/descendant::*/@style")
_MARKED_HIDDEN = etree.XPath("/descendant::*/@hidden/..")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_BREAKS = bytes.maketrans(b"\r\t\f\v", b"\n\n\n\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # which XML cannot hold
_STRAY = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r")
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_SPACES = re.compile(r"  +")
_DIGITS = re.compile(r"\s*(\d{1,6})")
_MAX_SPAN = 100  # a span beyond any real table is a slip in the page
_MAX_CELLS, _MAX_ROWS = 20_000, 5_000  # in one table, cells counted with spans
_MOST_CELLS = 100_000  # in all tables of a page
_PLACE = 20  # cells that a table counts for besides its own: to name its path takes as long
_DEEPEST = 30  # tables in tables; what lies deeper is no table of its own

_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")  # the others hold what a script loads later

_TITLE_META = ("articletitle", "title", "og:title", "contenttitle")
_PUBLISHER_META = ("contentsource", "author", "publisher", "sitename", "og:site_name")


_Table = tuple[etree._Element, Grid, list[etree._Element]]
"""A table's element, its grid, and the elements of its cells."""

Beside = Callable[[str], bytes | None]
"""The file that a page names by a relative address; None where there is none."""


def read_html(content: bytes, beside: Beside | None = None, *, scan_text: bool = True) -> Reading:
    """Read an HTML page of any Chinese charset.

    A cell's place is the XPath of its element. Tables inside tables are grids of their own, and the outer
    one is a grid without their text. Pictures that stand in the page itself, or beside it, are read where its
    tables are not all there.

    Raises:
        ReadError: ``empty`` when the page holds no text at all.
    """
    source, root = _parsed(decode(content))
    if root is None:
        raise ReadError("empty", "the page holds no text")
    titles, publishers = _named_in_metadata(root)
    hidden = _blank_unseen(root)
    if b"&#" in source:  # which may name characters that XML cannot hold
        _blank_controls(root)
    _mark_breaks(root)
    tables: dict[etree._Element, Grid] = {}
    told: dict[
        etree._Element, list[etree._Element]
    ] = {}  # of tables without others inside: cells of running text
    for table, grid, elements in _tables(root, hidden):
        tables[table] = grid
        if table.find(".//table") is None:
            told[table] = [elements[index] for index in sorted(told_in(grid.cells))]
    lines = tuple(line for part in _joined(root).split("\n") if (line := part.strip()))
    prose = tuple(rejoined(_prose(root, told), within_place=True))
    own = Reading("html", tuple(tables.values()), lines, titles, publishers, prose=prose)
    reading = with_pictures(own, lambda: list(_pictures(root, tables, beside)), scan_text=scan_text)
    if not reading.lines:
        raise ReadError("empty", "the page holds no text")
    return reading


def _parsed(text: str) -> tuple[bytes, etree._Element | None]:
    """A page's source as it is parsed, and its tree; no tree of a page without text."""
    source = _cleaned(text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    return source, etree.fromstring(source, parser) if source.strip() else None


def _cleaned(text: str) -> bytes:
    """A page's source in UTF-8, without what XML cannot hold.

    Its line breaks are spaces, as in a browser, so that later a newline is a real one.
    """
    source = text.encode("utf-8", errors="replace").translate(_BREAKS, delete=_STRAY)
    while b"\n\n" in source:
        source = source.replace(b"\n\n", b"\n")
    source = source.replace(b"\n", b" ")
    for character in _NO_CHARACTERS:
        source = source.replace(character, b"")
    return source


def inline_picture(content: bytes, path: str) -> bytes:
    """The picture that stands in the page itself at ``path``.

    Raises:
        ReadError: ``corrupt``: there is none.
    """
    _, root = _parsed(decode(content))
    for element in root.iter("img") if root is not None else ():
        if element.getroottree().getpath(element) != path:
            continue
        for name in _SOURCES:
            source = (element.get(name) or "").strip()
            if source[:11].lower() == "data:image/":
                return _inline(source)
    raise ReadError("corrupt", "the page has no picture of this path")


def _pictures(
    root: etree._Element, tables: dict[etree._Element, Grid], beside: Beside | None
) -> Iterator[Embedded]:
    """The page's pictures in its order. One that stands in the page itself goes by its element's path."""
    tree = root.getroottree()
    after = 0
    for element in root.iter("table", "img"):
        if element.tag == "table":
            after += element in tables
            continue
        for name in _SOURCES:
            source = (element.get(name) or "").strip()
            if source[:5].lower() == "data:":
                if source[5:11].lower() == "image/":
                    yield Embedded(tree.getpath(element), partial(_inline, source), after)
            elif source and beside is not None and (content := beside(source)) is not None:
                yield Embedded(source, partial(_given, content), after)
                break


def _inline(source: str) -> bytes:
    """The bytes of a data: address (RFC 2397)."""
    head, _, data = source.partition(",")
    plain = unquote_to_bytes(data)
    if not head.lower().endswith(";base64"):
        return plain
    try:
        return base64.b64decode(re.sub(rb"\s+", b"", plain) + b"==")
    except (binascii.Error, ValueError) as error:
        raise ReadError("corrupt", f"its base64 is damaged: {error}") from error


def _given(content: bytes) -> bytes:
    return content


def _named_in_metadata(root: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        value = (element.get("content") or "").strip()
        if name and value:
            meta.setdefault(name, value)
    titles = [meta[name] for name in _TITLE_META if name in meta]
    for tag in ("h1", "h2", "title"):
        titles += [text for element in root.iter(tag) if (text := _joined(element).strip())]
    publishers = [meta[name] for name in _PUBLISHER_META if name in meta]
    return tuple(dict.fromkeys(titles)), tuple(dict.fromkeys(publishers))


def _blank_unseen(root: etree._Element) -> set[etree._Element]:
    """Empty what a browser does not show; the elements stay, so that paths are those of the document.

    Returns:
        the hidden elements: a hidden cell takes no column.
    """
    styles = cast(list[etree._ElementUnicodeResult], _STYLES(root))
    hidden = {cast(etree._Element, style.getparent()) for style in styles if _HIDING.search(style.lower())}
    hidden.update(cast(list[etree._Element], _MARKED_HIDDEN(root)))
    for element in (*hidden, *root.iter(*_UNSEEN)):
        element.clear(keep_tail=True)
    return hidden


def _blank_controls(root: etree._Element) -> None:
    for element in root.iter():
        if element.text:
            element.text = _CONTROLS.sub("", element.text)
        if element.tail:
            element.tail = _CONTROLS.sub("", element.tail)


def _mark_breaks(root: etree._Element) -> None:
    """Put a newline at both ends of every block, so that joined text has its lines."""
    for element in root.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"


def _joined(element: etree._Element) -> str:
    return _SPACES.sub(" ", _whole_text(element))


def _whole_text(element: etree._Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _prose(
    root: etree._Element, tables: Mapping[etree._Element, Sequence[etree._Element]]
) -> Iterator[Paragraph]:
    """The lines outside ``tables``, and in those of their cells that hold running text.

    A line's place is the block that it begins in.
    """
    tree = root.getroottree()
    paths: dict[etree._Element, str] = {}
    pieces: list[str] = []
    owner = root

    def told() -> Paragraph | None:
        text = "".join(pieces)
        pieces.clear()
        if text.isspace():
            return None
        block = owner
        while block.tag not in _LINES and (above := block.getparent()) is not None:
            block = above
        if block not in paths:
            paths[block] = tree.getpath(block)
        return paragraph(text, Place(path=paths[block]))

    for element, text in _texts(root, tables):
        first, *others = text.split("\n")
        if first:
            owner = owner if pieces else element
            pieces.append(first)
        for part in others:
            if pieces and (found := told()):
                yield found
            if part:
                owner = element
                pieces.append(part)
    if pieces and (found := told()):
        yield found


def _texts(
    element: etree._Element, tables: Mapping[etree._Element, Sequence[etree._Element]]
) -> Iterator[tuple[etree._Element, str]]:
    """The texts of an element in order, each with the element that it is a direct part of.

    Without recursion: pages may be nested deeper than Python goes.
    """
    if element.text:
        yield element, element.text
    open_ones: list[tuple[etree._Element, Iterator[etree._Element]]] = [(element, iter(element))]
    while open_ones:
        parent, children = open_ones[-1]
        child = next(children, None)
        if child is None:
            open_ones.pop()
            if open_ones and parent.tail:
                yield open_ones[-1][0], parent.tail
            continue
        if child.text:
            yield child, child.text
        open_ones.append((child, iter(tables.get(child, child))))


def _tables(root: etree._Element, hidden: set[etree._Element]) -> Iterator[_Table]:
    """The page's tables; those without cells, or with far too many, are left out.

    Raises:
        ReadError: ``too_large`` for a page that holds more cells than are read.
    """
    left = _MOST_CELLS
    for table in root.iter("table"):
        if sum(1 for _ in islice(table.iterancestors("table"), _DEEPEST)) == _DEEPEST:
            continue
        cells, elements, size = _cells(table, hidden)
        left -= _PLACE + size
        if left < 0:
            raise ReadError("too_large", f"the tables of the page have more than {_MOST_CELLS} cells")
        if cells:
            yield table, Grid(tuple(cells), READER), elements


def _cells(table: etree._Element, hidden: set[etree._Element]) -> tuple[list[Cell], list[etree._Element], int]:
    """A table's cells and their elements, none of a table with far too many; and how many places of rows and
    columns they take.
    """
    tree = table.getroottree()
    nests = table.find(".//table") is not None
    cells: list[Cell] = []
    elements: list[etree._Element] = []
    single = 0  # cells that take one row and one column
    merged: set[tuple[int, int]] = set()  # the places that the others take
    for row, element in enumerate(_rows(table)):
        if row > _MAX_ROWS:
            return [], [], single + len(merged)
        path = tree.getpath(element)
        column = 0
        counts = {"td": 0, "th": 0}
        for child in element.iterchildren("td", "th"):
            tag = cast(str, child.tag)
            counts[tag] += 1
            if child in hidden:
                continue
            while (row, column) in merged:
                column += 1
            column_span, row_span = _span(child.get("colspan")), _span(child.get("rowspan"))
            if column_span == row_span == 1:
                single += 1
            else:
                merged.update((row + r, column + c) for r in range(row_span) for c in range(column_span))
            if single + len(merged) > _MAX_CELLS:
                return [], [], single + len(merged)
            place = Place(None, None, f"{path}/{tag}[{counts[tag]}]")
            cells.append(Cell(_text(child, nests), row, column, row_span, column_span, place))
            elements.append(child)
            column += column_span
    return cells, elements, single + len(merged)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows in order, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form", "div"):
            yield from _rows(child)


@lru_cache(maxsize=1024)
def _span(value: str | None) -> int:
    if value is None:
        return 1
    digits = _DIGITS.match(value)
    return min(max(int(digits.group(1)), 1), _MAX_SPAN) if digits else 1


def _text(cell: etree._Element, nests: bool) -> str:
    """A cell's text, its lines separated by newlines; tables inside it are left out."""
    if nests and cell.find(".//table") is not None:
        inside: set[etree._Element] = set()
        for table in cell.iter("table"):
            if table not in inside:
                inside.update(table.iter())
        pieces = [cell.text or ""]
        for element in cell.iterdescendants():
            if element not in inside:
                pieces.append(element.text or "")
            if element not in inside or element.tag == "table":
                pieces.append(element.tail or "")
        text = _SPACES.sub(" ", "".join(pieces))
    else:
        text = _whole_text(cell).strip()
        if "\n" not in text and "  " not in text:
            return text
        text = _SPACES.sub(" ", text)
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))
