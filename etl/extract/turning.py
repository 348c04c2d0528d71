"""Places on a page that was turned to be read, as places on the page as it is shown."""

from collections.abc import Mapping

from etl.model import Box, Observation, Shown


def as_shown(observation: Observation, pages: Mapping[int, Shown]) -> Observation:
    """The observation with its box where it stands on the page that a viewer shows."""
    place = observation.place
    if place.box is None or place.page not in pages:
        return observation
    clockwise, width, height = pages[place.page]
    x0, y0, x1, y1 = place.box
    boxes: dict[int, Box] = {
        0: place.box,
        90: (height - y1, x0, height - y0, x1),
        180: (width - x1, height - y1, width - x0, height - y0),
        270: (y0, width - x1, y1, width - x0),
    }
    left, top, right, foot = (round(edge, 2) for edge in boxes[clockwise])
    return observation._replace(place=place._replace(box=(left, top, right, foot)))
