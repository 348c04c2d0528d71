"""A drawn page with a cell marked: whole, or cut to what stands around the cell."""

from io import BytesIO

from PIL import Image, ImageDraw

from etl.dashboard.evidence.drawn import PNG, Drawing
from etl.model import Box

_MARGIN = 3.0  # points between the box and the mark around it
_STROKE = 1.6  # points
_INK = (204, 0, 51)
_PAPER_SHARE = 0.12  # of the ink's colour over the marked cell
_AROUND = 80.0  # points above and below the cell that the cut view shows, in the width of the page


def mark(drawing: Drawing, box: Box | None, *, is_cut: bool) -> bytes:
    """The drawn page as a file of its own, with a box of the warehouse marked.

    Args:
        drawing: the page.
        box: what is marked; None where only the page is known.
        is_cut: show what stands around the box instead of the whole page.
    """
    shown = None if box is None else _within(drawing.shown(box), drawing)
    view = (0.0, 0.0, drawing.width, drawing.height)
    if is_cut and shown is not None:
        view = _within((0.0, shown[1] - _AROUND, drawing.width, shown[3] + _AROUND), drawing)
    return _png(drawing, shown, view) if drawing.media == PNG else _svg(drawing, shown, view)


def _grown(box: Box, across: float, down: float) -> Box:
    return box[0] - across, box[1] - down, box[2] + across, box[3] + down


def _within(box: Box, drawing: Drawing) -> Box:
    """The part of a box that lies on the page: of one beside it, the page's edge."""
    left, top = min(max(box[0], 0.0), drawing.width - 1), min(max(box[1], 0.0), drawing.height - 1)
    right, foot = min(max(box[2], left + 1), drawing.width), min(max(box[3], top + 1), drawing.height)
    return left, top, right, foot


def _png(drawing: Drawing, box: Box | None, view: Box) -> bytes:
    with Image.open(BytesIO(drawing.content), formats=["PNG"]) as opened:
        page = opened.convert("RGB")
    across, down = page.width / drawing.width, page.height / drawing.height
    if box is not None:
        x0, y0, x1, y1 = _grown(box, _MARGIN, _MARGIN)
        edges = (x0 * across, y0 * down, x1 * across, y1 * down)
        inner = [round(edge) for edge in edges]
        cell = page.crop((inner[0], inner[1], inner[2], inner[3]))
        page.paste(Image.blend(cell, Image.new("RGB", cell.size, _INK), _PAPER_SHARE), (inner[0], inner[1]))
        ImageDraw.Draw(page).rectangle(edges, outline=_INK, width=max(2, round(_STROKE * across)))
    left, top, right, foot = view
    cut = page.crop((round(left * across), round(top * down), round(right * across), round(foot * down)))
    made = BytesIO()
    cut.save(made, "PNG", compress_level=3)
    return made.getvalue()


def _svg(drawing: Drawing, box: Box | None, view: Box) -> bytes:
    left, top, right, foot = view
    rest = ""
    if box is not None:
        x0, y0, x1, y1 = _grown(box, _MARGIN, _MARGIN)
        ink = f"#{_INK[0]:02x}{_INK[1]:02x}{_INK[2]:02x}"
        rest = (
            f'<rect x="{x0:.2f}" y="{y0:.2f}" width="{x1 - x0:.2f}" height="{y1 - y0:.2f}" fill="{ink}"'
            f' fill-opacity="{_PAPER_SHARE}" stroke="{ink}" stroke-width="{_STROKE}"/>'
        )
    width, height = right - left, foot - top
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * width:.0f}" height="{2 * height:.0f}"'
        f' viewBox="{left:.2f} {top:.2f} {width:.2f} {height:.2f}">'
    )
    return f"{root}{drawing.content.decode()}{rest}</svg>".encode()
