"""Word documents (DOCX) from their XML: tables with merged cells expanded, and the text line by line."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

from lxml import etree

from etl.extract.docx_numbering import Numbering, W
from etl.extract.embedded import Embedded, with_pictures
from etl.extract.prose import paragraph, told_in
from etl.extract.zip_package import ZipPackage
from etl.model import Cell, Grid, Paragraph, Place, ReadError, Reading

READER = "docx-lxml"

_MAX_UNPACKED = 2**28  # bytes, pictures included
_MAX_SPAN = 100
_MAX_CELLS = 20_000  # in one table, counted with spans
_MOST_TABLES = 2_000  # of a document; a report has some ten
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P, TBL, TR, TC, RUN, BOX = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "txbxContent"))
_TEXT = f"{W}t"
_SPAN, _DOWN, _ACROSS = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_VALUE = f"{W}val"
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
_WRITTEN = (P, _TEXT, *_SIGNS)
# What tracked changes took away, and the pronunciation over characters.
_DELETED = f"{W}del"
_GONE = (_DELETED, f"{W}moveFrom", f"{W}rt")
_ROW_PROPERTIES = f"{W}trPr"
_VANISH, _ALTERNATIVES = f"{W}vanish", f"{_MC}AlternateContent"
_OFF = ("0", "false", "off")
# Around rows, cells and paragraphs: content controls, custom XML, tracked insertions.
_WRAPPERS = frozenset(f"{W}{name}" for name in "sdt sdtContent customXml ins moveTo smartTag".split())


def read_docx(content: bytes, *, scan_text: bool = True) -> Reading:
    """Read a Word document.

    A cell's place is the path of its element, such as ``/w:document/w:body/w:tbl[2]/w:tr[3]/w:tc[4]``. Tables
    inside tables and in text boxes are grids of their own, and the outer one is a grid without their text.
    What tracked changes deleted, what is hidden, and field codes are not read; automatic numbering is. The
    file's properties name no title: they are mostly those of last year's file.

    Raises:
        ReadError: ``corrupt``, ``encrypted``, ``too_large``, ``unsafe``, or ``empty`` when there is no text.
    """
    package = ZipPackage(content, max_bytes=_MAX_UNPACKED)
    main = _main_part(package)
    root = package.xml(main)
    if root.tag == f"{_STRICT}document":
        root = _transitional(root)
    parts = _parts_of(package, main)
    numbering = Numbering(parts.numbering, parts.styles)
    gone = _blank_unseen(root)
    texts = _paragraphs(root, numbering)
    held, merged = _by_holder(texts), _merged(root)
    found = list(islice(root.iter(TBL), _MOST_TABLES + 1))
    if len(found) > _MOST_TABLES:
        raise ReadError("too_large", f"the document has more than {_MOST_TABLES} tables")
    tables: dict[etree._Element, Grid] = {}
    figures = {cell for row in gone for cell in row.iter(TC)}  # cells of tables that hold no running text
    for table in found:
        made = _grid(table, held, gone, merged)
        if made is not None:
            grid, elements = made
            tables[table] = grid
            if next(table.iterdescendants(TBL), None) is None:
                told = told_in(grid.cells)
                figures.update(
                    element for index, one in enumerate(elements) if index not in told for element in one
                )
    lines = tuple(line for text in texts.values() for part in text.split("\n") if (line := part.strip()))
    own = Reading("docx", tuple(tables.values()), lines, prose=tuple(_prose(texts, figures)))
    reading = with_pictures(own, lambda: list(_pictures(package, main, root, tables)), scan_text=scan_text)
    if not reading.lines:
        raise ReadError("empty", "the document holds no text" + _first_problem(reading))
    return reading


def _first_problem(reading: Reading) -> str:
    return "".join(f"; {said.message}" for said in reading.problems[:1])


def _pictures(
    package: ZipPackage, main: str, root: etree._Element, tables: dict[etree._Element, Grid]
) -> Iterator[Embedded]:
    """The document's pictures in its order; those that it only links to are left out."""
    folder, _, name = main.rpartition("/")
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package.names:
        return
    parts = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
        for relation in package.xml(relations).iter(_RELATIONS)
        if relation.get("TargetMode") != "External"
    }
    after = 0
    for element in root.iter(TBL, "{*}blip", "{*}imagedata"):
        if element.tag == TBL:
            after += element in tables
            continue
        keys = (value for name, value in element.attrib.items() if str(name).endswith(("}embed", "}id")))
        for part in (parts[key] for key in keys if key in parts):
            yield Embedded(part, partial(package.read, part), after)


_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def _transitional(root: etree._Element) -> etree._Element:
    """A strict document (ISO/IEC 29500 Strict) under the names that nearly all documents use."""
    text = etree.tostring(root)
    return etree.fromstring(text.replace(_STRICT[1:-1].encode(), W[1:-1].encode()))


@dataclass(frozen=True)
class _Parts:
    numbering: etree._Element | None
    styles: etree._Element | None


def _main_part(package: ZipPackage) -> str:
    """The name of the part that holds the text, which is word/document.xml nearly always."""
    if "word/document.xml" in package.names:
        return "word/document.xml"
    for relation in package.xml("_rels/.rels").iter(_RELATIONS):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise ReadError("corrupt", "the package names no document")


def _parts_of(package: ZipPackage, main: str) -> _Parts:
    folder = main.rpartition("/")[0]

    def part(name: str) -> etree._Element | None:
        path = f"{folder}/{name}" if folder else name
        return package.xml(path) if path in package.names else None

    numbering = part("numbering.xml")
    return _Parts(numbering, part("styles.xml") if numbering is not None else None)


def _blank_unseen(root: etree._Element) -> set[etree._Element]:
    """Empty what is not printed; the elements stay, so that paths are those of the document.

    Returns:
        the rows that a tracked change deleted.
    """
    rows: set[etree._Element] = set()
    for element in list(root.iter(*_GONE, _VANISH, _ALTERNATIVES)):
        parent = element.getparent()
        above = None if parent is None else parent.getparent()
        if element.tag == _VANISH:
            if above is not None and above.tag == RUN and element.get(_VALUE, "") not in _OFF:
                above.clear(keep_tail=True)
        elif element.tag == _ALTERNATIVES:  # a drawing and its replacement for old programs say the same
            if element.find(f"{_MC}Choice") is not None:
                for other in element.findall(f"{_MC}Fallback"):
                    other.clear(keep_tail=True)
        else:
            of_row = parent is not None and parent.tag == _ROW_PROPERTIES
            if element.tag == _DELETED and of_row and above is not None:
                rows.add(above)
            # The mark that a paragraph's end or a row was deleted is an empty w:del among its properties.
            if len(element):
                element.clear(keep_tail=True)
    return rows


class _Merged(NamedTuple):
    """Columns of a cell, and how it is merged with the one above and the one before: restart, continue, ""."""

    span: int = 1
    down: str = ""
    across: str = ""


_ALONE = _Merged()


def _merged(root: etree._Element) -> dict[etree._Element, _Merged]:
    """The cells that take more than one place."""
    found: dict[etree._Element, _Merged] = {}
    for mark in root.iter(_SPAN, _DOWN, _ACROSS):
        properties = mark.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is None or cell.tag != TC:
            continue
        one = found.get(cell, _ALONE)
        if mark.tag == _SPAN:
            found[cell] = one._replace(span=_count(mark.get(_VALUE), 1) or 1)
        elif mark.tag == _DOWN:
            found[cell] = one._replace(down=mark.get(_VALUE, "continue"))
        else:
            found[cell] = one._replace(across=mark.get(_VALUE, "continue"))
    return found


def _paragraphs(root: etree._Element, numbering: Numbering) -> dict[etree._Element, str]:
    """The text of each paragraph in reading order, without that of paragraphs in its text boxes."""
    has_boxes = next(root.iter(BOX), None) is not None
    has_lists = bool(numbering)
    pieces: dict[etree._Element, list[str]] = {}
    last: list[str] | None = None
    for element in root.iter(*_WRITTEN):
        tag = str(element.tag)
        if tag == P:
            label = numbering.label(element) if has_lists else ""
            last = pieces[element] = [label] if label else []
            continue
        parent = element.getparent()
        if parent is None or parent.tag != RUN:
            continue  # a w:tab among properties is a tab stop
        if has_boxes:
            owner = next(element.iterancestors(P), None)
            last = None if owner is None else pieces[owner]
        if last is not None:
            last.append((element.text or "") if tag == _TEXT else _SIGNS[tag])
    return {paragraph: "".join(found) for paragraph, found in pieces.items()}


def _by_holder(texts: dict[etree._Element, str]) -> dict[etree._Element, list[str]]:
    """The paragraphs' texts by the cell or the text box that they stand in."""
    held: dict[etree._Element, list[str]] = {}
    for element, text in texts.items():
        holder = element.getparent()
        while holder is not None and holder.tag in _WRAPPERS:
            holder = holder.getparent()
        if holder is not None and holder.tag in (TC, BOX):
            held.setdefault(holder, []).append(text)
    return held


def _prose(texts: dict[etree._Element, str], figures: set[etree._Element]) -> Iterator[Paragraph]:
    """The lines of paragraphs that are in none of the cells ``figures``."""
    for element, text in texts.items():
        if not text:
            continue
        parent = element.getparent()
        if parent is not None and parent.tag != TC:
            parent = next(parent.iterancestors(TC), None)
        if parent in figures:
            continue
        place = Place(path=element.getroottree().getpath(element))
        for line in text.split("\n"):
            if found := paragraph(line, place):
                yield found


def _grid(
    table: etree._Element,
    held: dict[etree._Element, list[str]],
    gone: set[etree._Element],
    merged: dict[etree._Element, _Merged],
) -> tuple[Grid, list[list[etree._Element]]] | None:
    """A table's grid, and for each cell the elements that it is merged of."""
    tree = table.getroottree()
    cells: list[Cell] = []
    elements: list[list[etree._Element]] = []
    above: dict[int, int] = {}  # by column: the index in cells of the cell that reaches the row before
    taken = 0
    row = 0
    for element in _children(table, TR):
        if element in gone:
            continue
        path = tree.getpath(element)
        column = _before(element)
        number = 0
        here: dict[int, int] = {}
        merged_into: int | None = None  # for w:hMerge, of documents converted from old ones
        for cell in _children(element, TC):
            own = cell.getparent() is element
            number += own
            span, down, across = merged.get(cell, _ALONE)
            taken += span
            if taken > _MAX_CELLS:
                return None
            if across == "continue" and merged_into is not None:
                one = cells[merged_into]
                cells[merged_into] = one._replace(column_span=one.column_span + span)
                elements[merged_into].append(cell)
            elif down == "continue" and (index := above.get(column)) is not None:
                one = cells[index]
                if one.row + one.row_span == row:
                    cells[index] = one._replace(row_span=one.row_span + 1)
                merged_into = here[column] = index
                elements[index].append(cell)
            else:
                place = Place(None, None, f"{path}/w:tc[{number}]" if own else tree.getpath(cell))
                merged_into = here[column] = len(cells)
                cells.append(Cell(_text(cell, held), row, column, 1, span, place))
                elements.append([cell])
            column += span
        above = here
        row += 1
    return (Grid(tuple(cells), READER), elements) if cells else None


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of a kind in order, also those that a content control or a tracked change wraps."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _before(row: etree._Element) -> int:
    """How many columns a row leaves out at its left."""
    found = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if found is None else _count(found.get(_VALUE), 0)


def _count(text: str | None, otherwise: int) -> int:
    return min(int(text), _MAX_SPAN) if text and text.isdecimal() and len(text) < 6 else otherwise


def _text(cell: etree._Element, held: dict[etree._Element, list[str]]) -> str:
    """A cell's text, its lines separated by newlines; that of a text box where it has no other."""
    text = _joined(held.get(cell, ()))
    return text or _joined(text for box in cell.iter(BOX) for text in held.get(box, ()))


def _joined(texts: Iterable[str]) -> str:
    lines = [line.strip() for text in texts for line in text.split("\n")]
    return "\n".join(filter(None, lines))
