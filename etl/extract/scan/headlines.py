"""The lines of text above a page's tables."""

from collections.abc import Iterator

from etl.extract.scan.detector import detected, in_lines
from etl.extract.scan.page import StraightPage
from etl.extract.scan.recogniser import recognise

_UPPER = 0.5  # of a page without tables is looked at


def headlines(page: StraightPage) -> Iterator[str]:
    """The lines of text above the page's first table in reading order, each recognised when asked for."""
    foot = min((frame.box[1] for frame in page.frames), default=round(page.grey.shape[0] * _UPPER))
    above = page.grey[:foot]
    if foot < page.dpi / 4:
        return
    lines = in_lines(detected(above, page.dpi))
    if not lines:
        return
    from rapidocr.utils.process_img import get_rotate_crop_image

    for line in lines:
        read = recognise([get_rotate_crop_image(above, box) for box in line])
        if text := "".join(one.text for one in read):
            yield text
