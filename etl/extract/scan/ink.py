"""A page's image in colour to one grey channel: stamps out, the ground white and even."""

import cv2
import numpy as np

from etl.extract.scan.picture import Colour, Grey

_DARK = 160
_RED_OVER = 28  # how much more red than green and blue a red pixel is
_LIFTED = 1.3  # red ink is a little darker than paper even in the red channel
_MOSTLY = 0.4  # of the ink is red: the print itself, not a stamp on it
_GROUND_SIDE = 360  # pixels on the longer side at which the ground is looked at
_WIDEST_STROKE = 7  # of those: 16 points of a page, more than any stroke and less than a shaded cell


def without_stamps(image: Colour) -> Grey:
    """The page in grey. Red ink, as of a seal, is paper in the red channel, and black ink under it stays."""
    red, green, blue = cv2.split(image)
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    reddish = cv2.subtract(red, cv2.max(green, blue)) > _RED_OVER
    count = int(np.count_nonzero(reddish))
    if not count or count > _MOSTLY * int(np.count_nonzero(grey < _DARK)):
        return np.asarray(grey)
    stamped = cv2.dilate(reddish.astype(np.uint8), np.ones((5, 5))) > 0
    grey[stamped] = np.minimum(red[stamped] * _LIFTED, 255)
    return np.asarray(grey)


def evened(grey: Grey) -> Grey:
    """The page on white ground: each pixel as a share of the brightness around it.

    Shades of cells, grey paper and the shadow of a fold go; ink stays as dark as it is against them.
    """
    height, width = grey.shape
    scale = _GROUND_SIDE / max(height, width)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_WIDEST_STROKE, _WIDEST_STROKE)))
    whole = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(whole, 32), scale=255), dtype=np.uint8)
