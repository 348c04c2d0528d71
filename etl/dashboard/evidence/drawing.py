"""A page of a document drawn: PDF and pictures as PNG, OFD as SVG. Runs in the sandbox (`sandbox`).

What is drawn is made here from the bytes; nothing of the document itself (scripts, links, forms) is handed on.
"""

import math
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image

from etl.content.sniff import ARCHIVES, sniff
from etl.dashboard.evidence.drawn import PNG, SVG, Drawing
from etl.dashboard.evidence.embedded_picture import embedded_picture
from etl.dashboard.evidence.member import member_of
from etl.dashboard.evidence.ofd_drawing import ofd_body
from etl.extract.pdfium_document import PdfiumDocument
from etl.extract.scan.picture import Picture
from etl.extract.scan.pictures import picture_of
from etl.model import Place, ReadError

_SCALE = 2.0  # pixels a point: 144 dpi, at which the small print of a form is read with ease
_MOST_PIXELS = 12_000_000  # A3 at this scale has four
_FEWEST_POINTS = 1.0  # of a side: a page narrower than that is damaged
_GREYS = 6  # levels by which a colour may differ from grey without being one


def draw(content: bytes, name: str, place: Place, max_bytes: int) -> Drawing:
    """Draw the page, or the picture inside a document, that a place lies on.

    Args:
        content: the document's bytes, those of an archive where it is one.
        name: the document's name.
        place: the page and, in an archive or for a picture in a document, the path.
        max_bytes: the largest member of an archive that is opened.

    Raises:
        ReadError: the document cannot be opened, or has no such page.
    """
    content, _, path = member_of(content, name, place.path, max_bytes)
    kind = sniff(content)
    if kind in ARCHIVES:
        raise ReadError("corrupt", f"the archive holds no member of the path {place.path}")
    if path is not None:
        return _of_picture(embedded_picture(content, kind, path))
    page = place.page or 1
    if kind == "pdf":
        return _of_pdf(content, page)
    if kind == "ofd":
        body, width, height = ofd_body(content, page)
        return Drawing(SVG, body.encode(), width, height)
    if kind == "image":
        return _of_picture(picture_of(content, page))
    raise ReadError("unsupported_format", f"a file of the kind {kind} has no pages to draw")


def _of_pdf(content: bytes, page: int) -> Drawing:
    with PdfiumDocument(content) as document:
        if not 1 <= page <= len(document) or not document.opens(page):
            raise ReadError("page_failed", f"page {page} of the PDF cannot be opened")
        # Boxes of pages read as text are those of the page as viewers show it; of scans, of the page as stored.
        is_scan = document.turn(page) is None or document.is_scan(page, document.text(page))
        clockwise = document.rotation(page) if is_scan else 0
        width, height = document.size(page)
    if min(width, height) < _FEWEST_POINTS:
        raise ReadError("page_failed", f"page {page} of the PDF has no size")
    with pdfium.PdfDocument(content) as document:
        image = document[page - 1].render(scale=_scale(width, height)).to_pil()
        return Drawing(PNG, _png(image), width, height, clockwise)


def _of_picture(picture: Picture) -> Drawing:
    height, width = (side * 72 / picture.dpi for side in picture.image.shape[:2])
    image = Image.fromarray(picture.image)
    share = min(1.0, _scale(width, height) * 72 / picture.dpi)
    if share < 1:
        image = image.resize((max(1, round(image.width * share)), max(1, round(image.height * share))))
    return Drawing(PNG, _png(image), width, height)


def _scale(width: float, height: float) -> float:
    return min(_SCALE, math.sqrt(_MOST_PIXELS / (width * height)))


def _png(image: Image.Image) -> bytes:
    """The image as PNG; grey where it has no colour, which is a third of the work."""
    image = image.convert("RGB")
    sample = image.resize((max(1, image.width // 8), max(1, image.height // 8)), Image.Resampling.BOX)
    red, green, blue = (band.tobytes() for band in sample.split())
    if all(max(levels) - min(levels) <= _GREYS for levels in zip(red, green, blue, strict=True)):
        image = image.convert("L")
    made = BytesIO()
    image.save(made, "PNG", compress_level=3)
    return made.getvalue()
