"""Printed characters with their boxes, and the text that some of them make together."""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple


class Character(NamedTuple):
    """A printed character and its box, in points from the page's bottom left.

    Blanks are no characters; one between Latin words stands before the next word's first, in its text.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


_LEFT, _TOP = attrgetter("x0"), attrgetter("y1")


def parts_words(before: str, after: str) -> bool:
    """Whether a blank between two characters parts Latin words; Chinese has none, figures are set with some."""
    return before.isascii() and after.isascii() and (before.isalpha() or after.isalpha())


def text_of(characters: Sequence[Character]) -> str:
    """Characters in reading order, a newline where a line ends."""
    if len(characters) < 2:  # of most cells of a form
        return characters[0].text.strip() if characters else ""
    texts = ("".join(one.text for one in line).strip() for line in lines_of(characters))
    return "\n".join(text for text in texts if text)


def lines_of(characters: Sequence[Character]) -> list[list[Character]]:
    """Characters by lines, top to bottom, each from left to right.

    A line is what shares height with its first character: boxes are tight, so a dash or a full stop has a
    middle of its own, but lies within the height of the figures beside it.
    """
    lines: list[list[Character]] = []
    low = high = 0.0
    for character in sorted(characters, key=_TOP, reverse=True):
        _, _, y0, _, y1 = character
        shared = (y1 if y1 < high else high) - (y0 if y0 > low else low)
        if lines and shared > 0.4 * (y1 - y0):
            lines[-1].append(character)
            low, high = (y0 if y0 < low else low), (y1 if y1 > high else high)
        else:
            lines.append([character])
            low, high = y0, y1
    return [sorted(line, key=_LEFT) for line in lines]
