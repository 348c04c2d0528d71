"""A number opened to where it is printed, and everything that is known of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from etl.archive import Record
from etl.dashboard.evidence.drawn import PNG, SVG
from etl.dashboard.evidence.element import Element
from etl.dashboard.evidence.shared import sources_of
from etl.dashboard.evidence.sources import Document, NoEvidenceError
from etl.dashboard.pages.printed_table import neighbours
from etl.dashboard.reader import Reader, Row, Table
from etl.dashboard.registry import Evidence as Which
from etl.dashboard.registry import Given
from etl.errors import GoujiError
from etl.model import Place
from etl.warehouse.lineage import origin
from etl.warehouse.printed import PrintedCell, printed_tables
from etl.warehouse.reports import Report, report_of

MEDIA = {"png": PNG, "svg": SVG}
"""What pages are drawn as."""

_MESSAGE_SIZE = (900, 160)


@dataclass(frozen=True)
class Evidence:
    """A cell of a report and what is known of it.

    Attributes:
        cell: as `etl.warehouse.lineage.origin` gives it.
        has_page: whether there is a page to show a picture of; ``picture`` names its kind: png or svg.
        element: what stands around the cell in a document without pages; else ``trouble`` says why not.
        record: where the document lies in the archive.
    """

    report: Report
    cell: Row
    facts: Table
    findings: Table
    claims: Table
    versions: Table
    beside: dict[str, PrintedCell]
    has_page: bool
    picture: str
    element: Element | None
    trouble: str
    record: Record | None


def values(reader: Reader, sha256: str, cell: str) -> Evidence | None:
    """What is known of the cell of a document; none where the warehouse has no such cell."""
    with reader.connection as connection:
        report = report_of(connection, sha256)
        if report is None:
            return None
        try:
            known = origin(connection, report, cell)
        except GoujiError:
            return None
        if known["cell"] != cell:
            return None
        beside = neighbours(printed_tables(connection, report), cell)
    sources, document = sources_of(reader.home), _document(known)
    has_page = known["page"] is not None or known["bbox"] is not None
    element, trouble = None, ""
    if not has_page and known["path"]:
        try:
            element = sources.element(document, known["path"])
        except NoEvidenceError as error:
            trouble = str(error)
    return Evidence(
        report=report,
        cell=known,
        facts=reader.table("evidence", document=sha256, cell=cell),
        findings=reader.table("evidence_findings", document=sha256, cell=cell),
        claims=reader.table("evidence_claims", document=sha256, cell=cell),
        versions=reader.table("evidence_versions", document=sha256),
        beside=beside,
        has_page=has_page,
        picture=picture_kind(known["format"], known["path"]),
        element=element,
        trouble=trouble,
        record=sources.record(document),
    )


def listed(reader: Reader, which: Which) -> Iterator[Given]:
    """The cells that the static site has pages for."""
    return ({"sha256": row["sha256"], "cell": row["cell"]} for row in _listed(reader, which))


def listed_pictures(part: str, kind: str) -> Callable[[Reader, Which], Iterator[Given]]:
    """The same for the pictures of one part and kind, as `picture` gives them."""

    def listed_of(reader: Reader, which: Which) -> Iterator[Given]:
        for row in _listed(reader, which):
            is_there = row["has_box"] if part == "cut" else row["has_page"]
            if is_there and picture_kind(row["format"], row["path"]) == kind:
                yield {"sha256": row["sha256"], "cell": row["cell"]}

    return listed_of


def _listed(reader: Reader, which: Which) -> tuple[Row, ...]:
    return () if which == "none" else reader.rows("evidence_listed", all=which == "all")


def picture_kind(format: str | None, path: str | None) -> str:
    """What the page of a document is drawn as: svg for OFD, in an archive too, else png."""
    name = (path or "").partition("!")[0].lower()
    return "svg" if name.endswith(".ofd") or (format == "ofd" and not name) else "png"


def picture(part: str, kind: str) -> Callable[..., bytes | None]:
    """What gives the bytes of a picture of a cell.

    Args:
        part: ``page``, the whole page with the cell marked, or ``cut``, what stands around the cell.
        kind: ``png`` or ``svg``; of a document whose pages are drawn as the other there is none.
    """

    def content(reader: Reader, sha256: str, cell: str) -> bytes | None:
        row = reader.row("evidence_place", document=sha256, cell=cell)
        if row is None or (row["page"] is None and row["bbox"] is None):
            return None
        if picture_kind(row["format"], row["path"]) != kind:
            return None
        place = Place(row["page"], tuple(row["bbox"]) if row["bbox"] else None, row["path"])
        try:
            media, drawn = sources_of(reader.home).page(_document(row), place, is_cut=part == "cut")
        except NoEvidenceError as error:
            return _said(str(error), kind)
        return drawn if media == MEDIA[kind] else _said("its member is of another kind", kind)

    return content


def original(reader: Reader, sha256: str) -> tuple[str, bytes] | None:
    """The name and the bytes of a document of the warehouse; none where it or the archive has it no longer."""
    row = reader.row("document_named", document=sha256)
    if row is None:
        return None
    try:
        content = sources_of(reader.home).original(Document(sha256, row["file_name"] or sha256))
    except NoEvidenceError:
        return None
    return row["file_name"] or sha256, content


def _document(row: Row) -> Document:
    return Document(row["document_sha256"], row["file_name"] or row["document_sha256"])


def _said(message: str, kind: str) -> bytes:
    """A picture that says why there is none: it stands where the page would."""
    told = f"This page cannot be shown: {message}."
    lines = list(_broken(told, 90))
    if kind == "svg":
        text = "".join(f'<tspan x="20" dy="24">{escape(line)}</tspan>' for line in lines)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_MESSAGE_SIZE[0]}" height="{_MESSAGE_SIZE[1]}">'
            f'<rect width="100%" height="100%" fill="#fff"/><text y="20" font-size="16">{text}</text></svg>'
        ).encode()
    image = Image.new("L", _MESSAGE_SIZE, 255)
    draw = ImageDraw.Draw(image)
    plain = "\n".join(lines).encode("ascii", "replace").decode()
    draw.multiline_text((20, 20), plain, fill=0, font=ImageFont.load_default(16), spacing=8)
    made = BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line
