"""HTML pages: every table with its spans expanded, and the page's text line by line."""

import re
from collections.abc import Iterator

from lxml import etree

from etl.extract.charset import decode
from etl.model import Cell, Grid, Place, ReadError, Reading

READER = "html-lxml"

_SKIPPED = frozenset({"script", "style", "noscript", "template", "select", "textarea", "head"})
_BLOCKS = frozenset(
    "address article aside blockquote br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_MAX_SPAN = 100  # a span beyond any real table is a slip in the page
_MAX_CELLS = 20_000  # in one table, counted with spans

_TITLE_META = ("articletitle", "title", "og:title", "contenttitle")
_PUBLISHER_META = ("contentsource", "author", "publisher", "sitename", "og:site_name")


def read_html(content: bytes) -> Reading:
    """Read an HTML page of any Chinese charset.

    A cell's place is the XPath of its element. Tables inside tables are grids of their own, and the outer
    one is a grid without their text.

    Raises:
        ReadError: ``empty`` when the page holds no text at all.
    """
    text = decode(content)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", errors="replace"), parser) if text.strip() else None
    if root is None:
        raise ReadError("empty", "the page holds no text")
    titles, publishers = _named_in_metadata(root)
    lines = tuple(_lines(root))
    if not lines:
        raise ReadError("empty", "the page holds no text")
    grids = tuple(grid for table in root.iter("table") if (grid := _grid(table)) is not None)
    return Reading("html", grids, lines, titles, publishers)


def _named_in_metadata(root: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        value = (element.get("content") or "").strip()
        if name and value:
            meta.setdefault(name, value)
    titles = [meta[name] for name in _TITLE_META if name in meta]
    for tag in ("h1", "h2", "title"):
        titles += [line for element in root.iter(tag) if (line := _text(element).replace("\n", ""))]
    publishers = [meta[name] for name in _PUBLISHER_META if name in meta]
    return tuple(dict.fromkeys(titles)), tuple(dict.fromkeys(publishers))


def _grid(table: etree._Element) -> Grid | None:
    if any(_is_hidden(element) for element in (table, *table.iterancestors())):
        return None
    tree = table.getroottree()
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(_rows(table)):
        path = tree.getpath(element)
        column = 0
        counts = {"td": 0, "th": 0}
        for child in element:
            if child.tag not in counts:
                continue
            counts[child.tag] += 1
            if _is_hidden(child):
                continue
            while (row, column) in taken:
                column += 1
            column_span = _span(child.get("colspan"))
            row_span = _span(child.get("rowspan"))
            if len(taken) + column_span * row_span > _MAX_CELLS:
                return None
            taken.update((row + r, column + c) for r in range(row_span) for c in range(column_span))
            place = Place(path=f"{path}/{child.tag}[{counts[child.tag]}]")
            cells.append(Cell(_text(child), row, column, row_span, column_span, place))
            column += column_span
    return Grid(tuple(cells), READER) if cells else None


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows in order, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form", "div"):
            yield from _rows(child)


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d+)", value or "")
    return min(max(int(digits.group(1)), 1), _MAX_SPAN) if digits else 1


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or element.get("hidden") is not None


def _text(element: etree._Element) -> str:
    """The element's visible text; blocks and line breaks become newlines, tables inside are left out."""
    if len(element) == 0:
        return _tidy(element.text or "")
    return _tidy("".join(_pieces(element)))


def _pieces(element: etree._Element) -> Iterator[str]:
    """Text of ``element`` in order. Source line breaks are spaces, as in a browser; ``\\n`` is a real one."""
    if element.text:
        yield _SPACES.sub(" ", element.text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in _SKIPPED and tag != "table" and not _is_hidden(child):
            if tag in _BLOCKS:
                yield "\n"
                yield from _pieces(child)
                yield "\n"
            else:
                yield from _pieces(child)
        if child.tail:
            yield _SPACES.sub(" ", child.tail)


def _tidy(text: str) -> str:
    if "\n" not in text:
        return text.strip()
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))


def _lines(root: etree._Element) -> Iterator[str]:
    """The page's visible text, a block a line."""
    line: list[str] = []

    def flush() -> Iterator[str]:
        text = _SPACES.sub(" ", "".join(line)).strip()
        line.clear()
        if text:
            yield text

    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if skipping is None:
                if tag in _SKIPPED or _is_hidden(element):
                    skipping = element
                    continue
                if tag in _BLOCKS:
                    yield from flush()
                if element.text:
                    line.append(element.text)
        else:
            if skipping is element:
                skipping = None
            elif skipping is None and tag in _BLOCKS:
                yield from flush()
            if skipping is None and element.tail:
                line.append(element.tail)
    yield from flush()
