"""Scans: a drawn PDF's pages as a scanner leaves them, in a PDF of images or a picture file.

The same seed damages in the same way; the bytes depend on the fonts of the machine and on its JPEG library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class ScanStyle:
    """How a scan came out: ``turn`` in degrees, every other page the other way; ``noise`` and ``paper`` in grey
    levels; ``blur`` in pixels; ``quality`` of the JPEG. ``text_pages`` are left as they were drawn. By
    ``quarters`` of a circle pages lie counter-clockwise, in turn. ``keystone``: the shares by which the upper
    edge of a photograph is shorter than the lower one, and the right than the left; of every other page the
    reverse.
    """

    dpi: int = 200
    turn: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    paper: int = 255
    shadow: bool = False
    stamp: bool = False
    quality: int = 90
    text_pages: tuple[int, ...] = ()
    file: Literal["pdf", "tiff"] = "pdf"
    quarters: tuple[int, ...] = (0,)
    keystone: tuple[float, float] = (0.0, 0.0)


SCAN_STYLES: Mapping[str, ScanStyle] = {
    "scan_clean": ScanStyle(),
    "scan_worn": ScanStyle(turn=0.7, noise=8, blur=0.6, quality=50),
    "scan_turned": ScanStyle(turn=2.8, noise=6, blur=0.5, quality=70),
    "scan_grey": ScanStyle(turn=0.4, noise=8, blur=0.6, paper=185, shadow=True, quality=60),
    "scan_stamped": ScanStyle(turn=0.5, noise=6, blur=0.6, stamp=True, quality=70),
    "scan_150": ScanStyle(dpi=150, turn=0.7, noise=8, blur=0.6, quality=50),
    "scan_150_worse": ScanStyle(dpi=150, turn=1.2, noise=18, blur=0.6, quality=35),
    "scan_300": ScanStyle(dpi=300, turn=0.5, noise=8, blur=0.9, quality=60),
    "scan_tiff": ScanStyle(dpi=150, turn=0.3, noise=4, blur=0.4, file="tiff"),
    "scan_mixed": ScanStyle(turn=0.5, noise=6, blur=0.5, quality=60, text_pages=(1,)),
    "scan_sideways": ScanStyle(turn=0.6, noise=6, blur=0.5, quality=60, quarters=(1, 3)),
    "scan_upside_down": ScanStyle(dpi=150, turn=0.3, noise=4, blur=0.4, file="tiff", quarters=(2, 0)),
    "scan_keystone": ScanStyle(turn=0.8, noise=6, blur=0.6, shadow=True, quality=70, keystone=(0.07, 0.05)),
}
"""The kinds of damage, by name."""


def scan(document: bytes, style: ScanStyle, seed: int) -> bytes:
    """A drawn PDF as a scan."""
    rng = Random(f"scan {seed}")
    with pdfium.PdfDocument(document) as drawn:
        pages = [
            _as_image(_page(drawn, number, style, rng), style)
            for number in range(len(drawn))
            if number + 1 not in style.text_pages
        ]
        out = BytesIO()
        if style.file == "tiff":
            pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="jpeg")
            return out.getvalue()
        pages[0].save(
            out, "PDF", save_all=True, append_images=pages[1:], resolution=style.dpi, quality=style.quality
        )
        if not style.text_pages:
            return out.getvalue()
        with pdfium.PdfDocument.new() as mixed, pdfium.PdfDocument(out.getvalue()) as scanned:
            taken = 0
            for number in range(len(drawn)):
                if number + 1 in style.text_pages:
                    mixed.import_pages(drawn, [number])
                else:
                    mixed.import_pages(scanned, [taken])
                    taken += 1
            whole = BytesIO()
            mixed.save(whole)
            return whole.getvalue()


def _as_image(pixels: Pixels, style: ScanStyle) -> Image.Image:
    out = BytesIO()
    image = Image.fromarray(pixels) if style.stamp else Image.fromarray(pixels).convert("L")
    image.save(out, "JPEG", quality=style.quality, dpi=(style.dpi, style.dpi))
    return Image.open(out)


def _page(drawn: pdfium.PdfDocument, number: int, style: ScanStyle, rng: Random) -> Pixels:
    bitmap = drawn[number].render(scale=style.dpi / 72, rev_byteorder=True)
    return damaged(bitmap.to_numpy()[:, :, :3], style, number, rng)


def damaged(drawn: Pixels, style: ScanStyle, number: int, rng: Random) -> Pixels:
    """A drawn page in colour, the document's ``number`` from 0, as the scanner leaves it."""
    page = drawn.astype(np.float32)
    height, width = page.shape[:2]
    if style.stamp:
        page = np.minimum(page, _seal(width, height, style.dpi, rng))
    turn = style.turn if number % 2 else -style.turn
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    page = _photographed(turned, style.keystone if number % 2 else tuple(-one for one in style.keystone))
    page *= style.paper / 255
    if style.shadow:
        page *= np.linspace(0.75, 1.0, width, dtype=np.float32)[None, :, None]
    if style.blur:
        page = cv2.GaussianBlur(page, (0, 0), style.blur).astype(np.float32)
    grain = np.random.default_rng(rng.randrange(2**32)).normal(0, style.noise, (height, width, 1))
    page = np.clip(page + grain, 0, 255)
    return np.rot90(page, style.quarters[number % len(style.quarters)]).astype(np.uint8)


def _photographed(page: np.ndarray, keystone: tuple[float, ...]) -> np.ndarray:
    """The page with its upper edge, and its right one, shorter by such a share; below 0: the opposite edge."""
    height, width = page.shape[:2]
    narrower, lower = keystone[0] * width / 2, keystone[1] * height / 2
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = corners.copy()
    upper, right = ((0, 1), (1, 2)) if narrower >= 0 else ((3, 2), (0, 3))
    for index, sign in zip(upper, (1, -1), strict=True):
        moved[index, 0] += sign * abs(narrower)
    for index, sign in zip(right, (1, -1), strict=True):
        moved[index, 1] += sign * abs(lower)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    size = width, height
    warped = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return warped.astype(np.float32)


def _seal(width: int, height: int, dpi: int, rng: Random) -> Pixels:
    """A round red seal somewhere in the page's lower right."""
    page = np.full((height, width, 3), 255, np.uint8)
    middle = int(width * rng.uniform(0.45, 0.75)), int(height * rng.uniform(0.3, 0.8))
    red = (214.0, 48.0, 52.0)
    cv2.circle(page, middle, int(dpi * 0.8), red, max(2, dpi // 22))
    start = middle[0] - int(dpi * 0.55), middle[1] + dpi // 12
    cv2.putText(page, "* 9 9 0 *", start, cv2.FONT_HERSHEY_SIMPLEX, dpi / 130, red, max(2, dpi // 40))
    return page
