"""Picture files to pages: PNG, JPEG, TIFF (all its pages), BMP, GIF, WebP."""

from collections.abc import Iterator
from io import BytesIO

import cv2
import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from etl.extract.scan.document import read_pages
from etl.extract.scan.picture import Picture
from etl.model import ReadError, Reading

_PAPER_WIDTH = 595.0  # points, of A4: a picture does not reliably say how large its paper was
_PAPER_HEIGHT = 842.0
_MOST_DPI = 200.0  # more is slower and reads no better
_MOST_PIXELS = 120_000_000  # A3 at 600 dpi is 70 million
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def read_picture(content: bytes, *, max_pages: int) -> Reading:
    """Read a picture's tables and headlines.

    Places are in points of an A4 page that the picture is taken to fill.

    Raises:
        ReadError: ``corrupt``, ``too_large``, ``too_many_pages``, or ``no_text`` where nothing is read.
    """
    pages = read_pages(pages_of(content, max_pages))
    if not any(page.lines for page in pages.values()):
        raise ReadError("no_text", "no table and no text was found in the picture")
    return Reading(
        "image",
        tuple(grid for page in pages.values() for grid in page.grids),
        tuple(line for page in pages.values() for line in page.lines),
        problems=tuple(problem for page in pages.values() for problem in page.problems),
    )


def pages_of(content: bytes, max_pages: int | None = None) -> Iterator[Picture]:
    """The pages of a picture file, one at a time; raises as `read_picture` does."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as file:
            count = getattr(file, "n_frames", 1)
            if max_pages is not None and count > max_pages:
                raise ReadError(
                    "too_many_pages", f"the picture has {count} pages; at most {max_pages} are read (max_pages)"
                )
            for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise ReadError(
                        "too_large", f"the picture has {frame.width} × {frame.height} pixels; save it smaller"
                    )
                yield _picture(frame, number)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, EOFError) as error:
        raise ReadError("corrupt", f"the picture cannot be opened: {error}") from error


def _picture(frame: Image.Image, number: int) -> Picture:
    upright = ImageOps.exif_transpose(frame)
    if "A" in upright.getbands() or "transparency" in upright.info:
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright.convert("RGBA"))
    image = np.asarray(upright.convert("RGB"))
    height, width = image.shape[:2]
    across = _PAPER_WIDTH if height >= width else _PAPER_HEIGHT
    dpi = width / across * 72
    if dpi > _MOST_DPI:
        share = _MOST_DPI / dpi
        image = np.asarray(cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA))
        dpi = _MOST_DPI
    points = 72 / dpi
    return Picture(image, number, dpi, np.array([(points, 0.0, 0.0), (0.0, points, 0.0)]))
