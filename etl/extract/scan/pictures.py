"""Picture files to pages: PNG, JPEG, TIFF (all its pages), BMP, GIF, WebP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import cv2
import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from etl.extract.flow import paragraphs_in
from etl.extract.scan.document import ScannedPage, Wanted, read_pages
from etl.extract.scan.picture import Colour, Picture
from etl.model import Box, Cell, Place, ReadError, Reading

_PAPER_WIDTH = 595.0  # points, of A4: a picture does not reliably say how large its paper was
_PAPER_HEIGHT = 842.0
_TEXT_WIDTH = 440.0  # points between the margins of A4: that of a table cut out of its page
_PAGE_SHAPE = 1.25, 1.6  # longer side over shorter one: a whole page
_MOST_DPI = 200.0  # more is slower and reads no better
_MOST_PIXELS = 120_000_000  # A3 at 600 dpi is 70 million
_MOST_EMBEDDED = 40_000_000  # of each of many; A4 at 600 dpi is 35 million
Image.MAX_IMAGE_PIXELS = None  # every picture is held against the limits here before it is unpacked
_NARROWEST = 72.0  # points of a side; what is drawn smaller is none either
_LEAST = 32  # pixels of a side; what is smaller shows nothing
_SMALLEST = 300  # pixels of a side; smaller is no table of a report
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "JPEG2000")
_FAULTS = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    EOFError,
    ValueError,  # and the other errors are what damaged headers make of Pillow's plugins
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    ZeroDivisionError,
)


def read_picture(content: bytes, *, max_pages: int, scan_text: bool = True) -> Reading:
    """Read a picture's tables, and its running text or (not ``scan_text``) its headlines.

    Places are in points of an A4 page that the picture is taken to fill.

    Raises:
        ReadError: ``corrupt``, ``too_large``, ``too_many_pages``, or ``no_text`` where nothing is read.
    """
    pages = read_pages(pages_of(content, max_pages), "text" if scan_text else "headlines")
    if not any(page.lines for page in pages):
        raise ReadError("no_text", "no table and no text was found in the picture")
    return Reading(
        "image",
        tuple(grid for page in pages for grid in page.grids),
        tuple(line for page in pages for line in page.lines),
        problems=tuple(problem for page in pages for problem in page.problems),
        prose=tuple(paragraphs_in(page.text for page in pages if page.text is not None)),
    )


def read_embedded(content: bytes, path: str, wanted: Wanted) -> ScannedPage | None:
    """Read a picture that a document holds, None for one too small to be a table.

    Places are ``path`` and boxes in points: of A4 for a picture of a page's shape, else of a table as wide as
    the text of such a page. Of a picture that moves, the first frame is read.

    Raises:
        ReadError: ``corrupt`` or ``too_large``.
    """
    with _opened(content) as file:
        if min(file.size) < _SMALLEST:
            return None
        picture = _picture(_bounded(file, _MOST_EMBEDDED), 1, is_page=False)
    page = read_pages([picture], wanted)[0]

    def there(place: Place) -> Place:
        return place._replace(page=None, path=path)

    def moved(cell: Cell) -> Cell:
        return cell._replace(place=there(cell.place))

    grids = tuple(replace(grid, cells=tuple(map(moved, grid.cells))) for grid in page.grids)
    lines = [line._replace(place=there(line.place)) for line in page.text.lines] if page.text else []
    return replace(page, grids=grids, text=page.text and page.text._replace(lines=lines))


def read_placed(content: bytes, page: int, box: Box, wanted: Wanted) -> ScannedPage | None:
    """Read an image that is drawn on a page; None for one too small to be a table.

    Args:
        content: the image's bytes.
        page: the page's number.
        box: where on the page it is drawn, in points from the top left.
        wanted: see `Wanted`.

    Raises:
        ReadError: ``corrupt`` or ``too_large``.
    """
    left, top, right, foot = box
    with _opened(content) as file:
        if min(file.size) < _SMALLEST or min(right - left, foot - top) < _NARROWEST:
            return None
        image = _upright(_bounded(file, _MOST_EMBEDDED))
    dpi = image.shape[1] / (right - left) * 72
    image, dpi = _reduced(image, dpi)
    height, width = image.shape[:2]
    turn = np.array([((right - left) / width, 0.0, left), (0.0, (foot - top) / height, top)])
    return read_pages([Picture(image, page, dpi, turn)], wanted)[0]


def is_large(content: bytes) -> bool:
    """Whether a picture can be opened and is large enough to be a table."""
    try:
        with _opened(content) as file:
            return min(file.size) >= _SMALLEST
    except ReadError:
        return False


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as file:
            yield file
    except _FAULTS as error:
        raise ReadError("corrupt", f"the picture cannot be opened: {error}") from error


def pages_of(content: bytes, max_pages: int | None = None) -> Iterator[Picture]:
    """The pages of a picture file, one at a time; raises as `read_picture` does."""
    with _opened(content) as file:
        count = getattr(file, "n_frames", 1)
        if max_pages is not None and count > max_pages:
            raise ReadError(
                "too_many_pages", f"the picture has {count} pages; at most {max_pages} are read (max_pages)"
            )
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            if min(frame.size) >= _LEAST:
                yield _picture(_bounded(frame), number, is_page=True)


def picture_of(content: bytes, number: int = 1, *, is_page: bool = True) -> Picture:
    """One page of a picture file, or (not ``is_page``) a picture that a document holds, as it is read.

    Raises:
        ReadError: ``corrupt`` (no such page, too), or ``too_large``.
    """
    with _opened(content) as file:
        if not 1 <= number <= getattr(file, "n_frames", 1):
            raise ReadError("corrupt", f"the picture has no page {number}")
        if number > 1:
            file.seek(number - 1)
        frame = _bounded(file, _MOST_PIXELS if is_page else _MOST_EMBEDDED)
        return _picture(frame, number, is_page=is_page)


def _bounded(frame: Image.Image, most: int = _MOST_PIXELS) -> Image.Image:
    if frame.width * frame.height > most:
        raise ReadError("too_large", f"the picture has {frame.width} × {frame.height} pixels; save it smaller")
    return frame


def _picture(frame: Image.Image, number: int, *, is_page: bool) -> Picture:
    """``is_page``: whether the frame is a page for certain; else it may be a table cut out of one."""
    image = _upright(frame)
    height, width = image.shape[:2]
    across = _PAPER_WIDTH if height >= width else _PAPER_HEIGHT
    is_cut_out = not is_page and not _PAGE_SHAPE[0] <= max(width, height) / min(width, height) <= _PAGE_SHAPE[1]
    if is_cut_out:
        across = _TEXT_WIDTH
    image, dpi = _reduced(image, width / across * 72)
    points = 72 / dpi
    return Picture(image, number, dpi, np.array([(points, 0.0, 0.0), (0.0, points, 0.0)]), is_cut_out)


def _upright(frame: Image.Image) -> Colour:
    upright = ImageOps.exif_transpose(frame)
    if "A" in upright.getbands() or "transparency" in upright.info:
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright.convert("RGBA"))
    return np.asarray(upright.convert("RGB"))


def _reduced(image: Colour, dpi: float) -> tuple[Colour, float]:
    """An image no finer than is fit for reading, and its dots per inch."""
    if dpi <= _MOST_DPI:
        return image, dpi
    share = _MOST_DPI / dpi
    return np.asarray(cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)), _MOST_DPI
