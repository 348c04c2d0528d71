"""A page of an OFD document as SVG: its characters, rules and images where they are printed.

The browser brings the fonts, so that a server without Chinese ones draws the page all the same.
"""

from base64 import b64encode
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from PIL import Image

from etl.extract.characters import Character
from etl.extract.ofd import drawn_page
from etl.extract.scan.pictures import picture_of
from etl.model import ReadError

_OF_SIZE = 0.9  # what a character's box is of its size, see etl.extract.ofd_page
_DESCENT = 0.1


def ofd_body(content: bytes, page: int) -> tuple[str, float, float]:
    """The elements of an SVG drawing of a page, without their root; its width and height in points.

    Raises:
        ReadError: the document cannot be opened, or has no such page.
    """
    drawn, images = drawn_page(content, page)
    width, height = drawn.width, drawn.height
    parts = [f'<rect width="{width:.2f}" height="{height:.2f}" fill="#fff"/>']
    for image, its_content in images:
        try:
            parts.append(_image(its_content, image.box))
        except ReadError:  # viewers leave out what they cannot open
            continue
    lines = [(x0, height - y0, x1, height - y1) for x0, y0, x1, y1 in (*drawn.across, *drawn.down)]
    path = "".join(f"M{x0:.2f} {y0:.2f}L{x1:.2f} {y1:.2f}" for x0, y0, x1, y1 in lines)
    parts.append(f'<path d="{path}" stroke="#000" stroke-width="0.7" fill="none"/>')
    parts += [_text(list(run), height) for _, run in groupby(drawn.characters, key=_line)]
    return "".join(parts), width, height


def _line(character: Character) -> tuple[float, float]:
    """What characters share that are printed in one line at one size."""
    return round(character.y0, 2), round(character.y1 - character.y0, 2)


def _text(run: list[Character], height: float) -> str:
    size = (run[0].y1 - run[0].y0) / _OF_SIZE
    base = height - run[0].y0 - _DESCENT * size
    at = " ".join(f"{one.x0:.2f}" for one in run)
    letters = escape("".join(one.text.strip()[:1] or "?" for one in run))
    return f'<text x="{at}" y="{base:.2f}" font-size="{size:.2f}" font-family="serif">{letters}</text>'


def _image(content: bytes, box: tuple[float, float, float, float]) -> str:
    made = BytesIO()
    Image.fromarray(picture_of(content, is_page=False).image).save(made, "PNG", compress_level=3)
    left, top, right, foot = box
    return (
        f'<image x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{foot - top:.2f}"'
        f' preserveAspectRatio="none" href="data:image/png;base64,{b64encode(made.getvalue()).decode()}"/>'
    )
