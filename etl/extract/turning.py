"""Places on a page that was turned to be read, as places on the page as it is shown."""

from collections.abc import Iterable, Mapping, Sequence

from etl.model import Box, Observation, Paragraph, Part, Place, Shown


def as_shown(observations: Sequence[Observation], pages: Mapping[int, Shown]) -> tuple[Observation, ...]:
    """Observations with their boxes where they stand on the pages that a viewer shows."""
    if not pages:
        return tuple(observations)
    return tuple(one._replace(place=_shown(one.place, pages)) for one in observations)


def text_as_shown(prose: Iterable[Paragraph], pages: Mapping[int, Shown]) -> tuple[Paragraph, ...]:
    """Paragraphs, likewise."""
    if not pages:
        return tuple(prose)
    return tuple(
        one._replace(parts=tuple(Part(offset, _shown(place, pages)) for offset, place in one.parts))
        for one in prose
    )


def _shown(place: Place, pages: Mapping[int, Shown]) -> Place:
    if place.box is None or place.page is None or place.page not in pages:
        return place
    return place._replace(box=turned_box(place.box, pages[place.page]))


def turned_box(box: Box, page: Shown) -> Box:
    """Where a box of an upright page stands on the page as it is shown, to a hundredth of a point."""
    clockwise, width, height = page
    x0, y0, x1, y1 = box
    boxes: dict[int, Box] = {
        0: box,
        90: (height - y1, x0, height - y0, x1),
        180: (width - x1, height - y1, width - x0, height - y0),
        270: (y0, width - x1, y1, width - x0),
    }
    left, top, right, foot = (round(edge, 2) for edge in boxes[clockwise])
    return left, top, right, foot
