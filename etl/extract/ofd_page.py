"""What is drawn on a page of an OFD document: characters and rules, in points from the page's bottom left.

GB/T 33190 places objects in millimetres from the page's top left: a point of an object goes through the
object's CTM, then to the corner of its Boundary.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from lxml import etree

from etl.extract.characters import Character, parts_words
from etl.extract.sides import Line

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = ax + cy + e, y' = bx + dy + f."""

_POINTS = 72 / 25.4  # in a millimetre
_THIN = 3.0  # a filled area narrower than this (points) is a rule, as Word draws them
_SHORTEST = 1.0
_LONGEST = 30_000.0  # points
_SLANT = 0.5  # points that a rule may lean
_ASCENT, _DESCENT = 0.8, 0.1  # of a character's size above and below its base line
_CURVES = frozenset("QBA")
_CURVE = re.compile(r"[QBA]([^A-Z]*)")
_NO_STEPS: list[float] = []
_SHORT = 200  # characters of a path that is worth remembering
_UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)


class Image(NamedTuple):
    """An image by the key of its resource, and where it is drawn: a box in points from the top left."""

    resource: str
    box: tuple[float, float, float, float]


@dataclass
class Drawn:
    """A page's content. ``height`` and ``width`` are in points."""

    height: float
    width: float
    characters: list[Character] = field(default_factory=list)
    across: list[Line] = field(default_factory=list)
    down: list[Line] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


def drawn_on(layers: Sequence[etree._Element], box: tuple[float, float, float, float]) -> Drawn:
    """The characters and rules of a page.

    Text that leans, as a watermark does, is left out. A page whose text runs up or down it is turned.

    Args:
        layers: the contents of the page and of its templates.
        box: the page's x, y, width and height in millimetres.
    """
    texts, paths, images = (
        [
            item
            for layer in layers
            for item in layer.iter(f"{{*}}{kind}")
            if item.get("Visible") not in ("false", "0")
        ]
        for kind in ("TextObject", "PathObject", "ImageObject")
    )
    base, height = _page_matrix(texts, box)
    page = Drawn(height, sum(box[2:]) * _POINTS - height)
    rule = partial(_rule, seen=set())
    for draw, items in ((_write, texts), (rule, paths), (_place, images)):
        for item in items:
            try:
                draw(item, base, page)
            except (ValueError, IndexError, OverflowError):
                continue  # an object whose numbers are none is not drawn by viewers either
    return page


def local(element: etree._Element) -> str:
    """The element's name without its namespace, which differs between writers."""
    return _name(str(element.tag))


@cache
def _width(character: str) -> float:
    """Of a character, in its size, where the writer does not say."""
    return 1.0 if east_asian_width(character) in "WFA" else 0.5


@lru_cache(maxsize=1000)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def numbers(text: str | None) -> list[float]:
    """Numbers between spaces. Raises ValueError."""
    return list(map(float, text.split())) if text else []


def _page_matrix(
    texts: Sequence[etree._Element], box: tuple[float, float, float, float]
) -> tuple[Matrix, float]:
    """From millimetres of the page to points from the bottom left, with the text upright; and the height."""
    x, y, width, height = box
    ways = Counter(
        _way(_matrix(item.get("Boundary"), ctm, _UPRIGHT)) if (ctm := item.get("CTM")) else (1, 0)
        for item in texts
    )
    way = ways.most_common(1)[0][0] if ways else (1, 0)
    k = _POINTS
    if way == (0, 1):  # runs down: a quarter turn against the clock
        return (0, k, k, 0, -y * k, -x * k), width * k
    if way == (0, -1):
        return (0, -k, -k, 0, (y + height) * k, (x + width) * k), width * k
    if way == (-1, 0):
        return (-k, 0, 0, k, (x + width) * k, -y * k), height * k
    return (k, 0, 0, -k, -x * k, (y + height) * k), height * k


def _way(matrix: Matrix) -> tuple[int, int]:
    """Where text runs in millimetres: (1, 0) to the right, (0, 1) down; (0, 0) where it leans."""
    a, b = matrix[:2]
    if abs(b) <= 0.02 * abs(a):
        return (1, 0) if a > 0 else (-1, 0)
    if abs(a) <= 0.02 * abs(b):
        return (0, 1) if b > 0 else (0, -1)
    return 0, 0


def _matrix(boundary: str | None, ctm: str | None, base: Matrix) -> Matrix:
    """From an object's own coordinates through its CTM and Boundary to ``base``."""
    m, n, o, p, q, r = base
    try:
        left, top, *_ = (boundary or "").split(None, 2)
        x, y = float(left), float(top)
        if not ctm:
            return m, n, o, p, x * m + y * o + q, x * n + y * p + r
        a, b, c, d, e, f = _given(ctm)
    except ValueError:
        return 0, 0, 0, 0, 0, 0
    e, f = e + x, f + y
    return (
        a * m + b * o,
        a * n + b * p,
        c * m + d * o,
        c * n + d * p,
        e * m + f * o + q,
        e * n + f * p + r,
    )


@lru_cache(maxsize=256)  # a writer scales all its objects alike
def _given(matrix: str) -> list[float]:
    return list(map(float, matrix.split()))


def _write(item: etree._Element, base: Matrix, page: Drawn) -> None:
    """The characters of a text onto ``page``."""
    a, b, c, d, e, f = _matrix(item.get("Boundary"), item.get("CTM"), base)
    if not a > 0 or abs(b) > 0.02 * a or d >= 0:
        return
    size = float(item.get("Size") or 0)
    stretch = size * float(item.get("HScale") or 1)
    goes_down = item.get("ReadDirection") in ("90", "270")
    above, below = -_ASCENT * size * d, _DESCENT * size * d
    x = y = 0.0
    for code in item:
        if local(code) != "TextCode" or not (text := code.text):
            continue
        x, y = float(code.get("X") or x), float(code.get("Y") or y)
        at_x, at_y = x, y
        written = ""
        is_after_blank = False
        steps_x = steps_y = _NO_STEPS
        if len(text) > 1:
            steps_x, steps_y = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for index, character in enumerate(text):
            width = stretch * _width(character)
            if character.isspace():
                is_after_blank = True
            else:
                left, line = a * at_x + c * at_y + e, b * at_x + d * at_y + f
                is_apart = is_after_blank and parts_words(written, character)
                shown = f" {character}" if is_apart else character
                page.characters.append(Character(shown, left, line + below, left + a * width, line + above))
                written, is_after_blank = character, False
            if steps_x or steps_y:
                at_x += steps_x[index] if steps_x else 0.0
                at_y += steps_y[index] if steps_y else 0.0
            elif goes_down:
                at_y += size
            else:
                at_x += width


def _place(item: etree._Element, base: Matrix, page: Drawn) -> None:
    """An image, which fills the unit square under its CTM, or its Boundary where it has none, onto ``page``."""
    a, b, c, d, e, f = _matrix(item.get("Boundary"), item.get("CTM"), base)
    across, down = (1.0, 1.0) if item.get("CTM") else numbers(item.get("Boundary"))[2:4]
    xs = sorted((e, a * across + c * down + e))
    ys = sorted((page.height - f, page.height - (b * across + d * down + f)))
    page.images.append(Image(item.get("ResourceID") or "", (xs[0], ys[0], xs[1], ys[1])))


def _steps(text: str | None, count: int) -> list[float]:
    """Distances from each of ``count`` characters to the next, none where none are given.

    They are given as "1.5 2" or "g 3 1.5", which stands for three times 1.5; the last one goes on.
    """
    words = text.split() if text else []
    if "g" not in words:
        steps = list(map(float, words))
    else:
        steps = []
        index = 0
        while index < len(words) and len(steps) < count:
            if words[index] == "g":
                repeated = min(int(words[index + 1]), count)
                steps += [float(words[index + 2])] * repeated
                index += 3
            else:
                steps.append(float(words[index]))
                index += 1
    return steps + steps[-1:] * (count - len(steps))


def _rule(item: etree._Element, base: Matrix, page: Drawn, *, seen: set[tuple[str | bool | None, ...]]) -> None:
    """The straight lines of a path, and its filled areas that are thin, onto ``page``.

    ``seen``: the paths so far; most writers draw the edge between two cells for each of them.
    """
    is_stroked = item.get("Stroke") not in ("false", "0")
    is_filled = item.get("Fill") in ("true", "1")
    data = ""
    for child in item:
        if local(child) == "AbbreviatedData":
            data += child.text or ""
    boundary, ctm = item.get("Boundary"), item.get("CTM")
    key = data, boundary, ctm, is_stroked, is_filled
    if key in seen or not (is_stroked or is_filled):
        return
    seen.add(key)
    a, b, c, d, e, f = _matrix(boundary, ctm, base)
    # Rows and columns repeat, so the same few shapes stand in many places.
    for corners in _common_outlines(data) if len(data) <= _SHORT else _outlines(data):
        placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
        if is_filled:
            xs, ys = zip(*placed, strict=True)
            whole = min(xs), min(ys), max(xs), max(ys)
            if min(whole[2] - whole[0], whole[3] - whole[1]) < _THIN:
                _add(whole, _THIN, page)
                continue
        if is_stroked:
            for (x0, y0), (x1, y1) in pairwise(placed):
                if x0 > x1:
                    x0, x1 = x1, x0
                _add((x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0), _SLANT, page)


def _add(line: Line, thin: float, page: Drawn) -> None:
    x0, y0, x1, y1 = line
    width, height = x1 - x0, y1 - y0
    if height <= thin and _SHORTEST < width < _LONGEST and width > height:
        page.across.append((x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
    elif width <= thin and _SHORTEST < height < _LONGEST and height > width:
        page.down.append(((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))


@lru_cache(maxsize=4096)
def _common_outlines(data: str) -> list[list[tuple[float, float]]]:
    return list(_outlines(data))


def _outlines(data: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each straight part of a path."""
    if not _CURVES.isdisjoint(data):
        data = _CURVE.sub(lambda found: f" M {' '.join(found[1].split()[-2:])} ", data)
    for part in data.replace("S", "M").split("M"):
        values = list(map(float, part.replace("L", " ").replace("C", " ").split()))
        corners = list(zip(values[::2], values[1::2], strict=True))
        if "C" in part:
            corners.append(corners[0])
        if len(corners) > 1:
            yield corners
