"""Pictures of figures that are the same figure: most cells of a form hold a 0, and one of them is enough."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import Reading

_SIZE = 20, 28  # pixels, width and height, at which pictures are compared
_WIDEST = 1.25  # times the height: more holds several figures
_SAME_SIZE = 0.12  # of a side
_DIFFERENT = 50.0  # grey levels by which the same figure never differs anywhere, once blurred
_EXEMPLARS = 3
_SURE = 0.9


def recognise_alike(
    lines: Sequence[Grey], recognise: Callable[[Sequence[Grey]], Sequence[Reading]]
) -> list[Reading]:
    """The text of each picture of a line; of figures that look alike only a few are recognised.

    Their reading is that of all of them where the few agree and are sure; else each is recognised by itself.
    """
    groups = _groups(lines)
    grouped = {index for group in groups for index in group}
    chosen = [index for group in groups for index in _spread(group)]
    alone = [index for index in range(len(lines)) if index not in grouped]
    first = dict(zip((*chosen, *alone), recognise([lines[index] for index in (*chosen, *alone)]), strict=True))
    rest: list[int] = []
    for group in groups:
        seen = [first[index] for index in _spread(group)]
        least = min(seen, key=lambda reading: reading.certainty)
        if len({reading.text for reading in seen}) == 1 and least.certainty >= _SURE:
            first |= {index: least for index in group if index not in first}
        else:
            rest += [index for index in group if index not in first]
    first |= zip(rest, recognise([lines[index] for index in rest]), strict=True)
    return [first[index] for index in range(len(lines))]


def _spread(group: Sequence[int]) -> list[int]:
    """The first, the middle and the last of a group: from different parts of the page."""
    return sorted({group[0], group[len(group) // 2], group[-1]})


def _groups(lines: Sequence[Grey]) -> list[list[int]]:
    """Groups of more than ``_EXEMPLARS`` pictures, each like the group's first."""
    found: list[tuple[tuple[int, ...], npt.NDArray[np.float32], list[int]]] = []
    for index, line in enumerate(lines):
        if line.shape[1] > line.shape[0] * _WIDEST:
            continue
        shape, look = line.shape, _look(line)
        for other, seen, group in found:
            if _same_size(shape, other) and float(np.abs(look - seen).max()) < _DIFFERENT:
                group.append(index)
                break
        else:
            found.append((shape, look, [index]))
    return [group for _, _, group in found if len(group) > _EXEMPLARS]


def _same_size(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(abs(a - b) <= max(1.0, _SAME_SIZE * max(a, b)) for a, b in zip(one, other, strict=True))


def _look(line: Grey) -> npt.NDArray[np.float32]:
    """The picture at one size and one contrast, blurred, so that a pixel's shift does not count."""
    small = cv2.resize(line, _SIZE, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (3, 3), 0).astype(np.float32)
    dark, light = float(blurred.min()), float(np.percentile(blurred, 90))
    return (blurred - dark) * np.float32(255 / max(light - dark, 1.0))
