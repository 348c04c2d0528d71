"""A page as an image, and how its pixels lie on the page."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""Height × width; 0 is ink, 255 paper."""
Colour = npt.NDArray[np.uint8]
"""Height × width × 3, red first."""
Turn = npt.NDArray[np.float64]
"""2 × 3: from pixels of an image to those of another, or to points of a page."""
Projection = npt.NDArray[np.float64]
"""3 × 3: likewise, of an image taken at an angle; in homogeneous coordinates."""


def projection(turn: Turn) -> Projection:
    """A turn as a projection."""
    return np.vstack([turn, (0.0, 0.0, 1.0)])


@dataclass(frozen=True)
class Picture:
    """A page as an image, its number (from 1), its dots per inch, and how pixels become points of the page.

    ``is_cut_out``: it is a table cut out of its page, and ``dpi`` was told by its width, taken for the text's.
    """

    image: Colour
    page: int
    dpi: float
    to_points: Turn
    is_cut_out: bool = False
