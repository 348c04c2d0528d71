"""A drawn page, and the order for one: what draws is imported by the process that draws, not by the server."""

from typing import NamedTuple

from etl.extract.turning import turned_box
from etl.model import Box, Place, Shown

PNG, SVG = "image/png", "image/svg+xml"


class Drawing(NamedTuple):
    """A drawn page.

    Attributes:
        media: PNG, or SVG for the elements of a drawing without their root.
        content: its bytes.
        width: of the page as it is shown, in points; ``height`` likewise.
        clockwise: by how many degrees places on the page have to be turned to lie on what is drawn.
    """

    media: str
    content: bytes
    width: float
    height: float
    clockwise: int = 0

    def shown(self, box: Box) -> Box:
        """Where a box of the warehouse lies on what is drawn, in points from its top left."""
        is_across = self.clockwise % 180
        width, height = (self.height, self.width) if is_across else (self.width, self.height)
        return turned_box(box, Shown(self.clockwise, width, height))


def drawn(content: bytes, name: str, place: Place, max_bytes: int) -> Drawing:
    """What `drawing.draw` makes of these. To be run in the sandbox: PDFium and numpy take long to import."""
    from etl.dashboard.evidence.drawing import draw

    return draw(content, name, place, max_bytes)
