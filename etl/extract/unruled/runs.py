"""Characters to runs of text: what stands together on one line, a word or a figure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from etl.extract.characters import Character
from etl.forms.values import is_value

SPLIT = 0.3  # characters further apart than this (in heights of a character) belong to two runs
_BRIDGED = 1.3  # likewise, where a space is printed between them
SAME_LINE = 0.3
LEADING = 1.4  # lines of one cell stand closer than this, in heights of a character
_NUMBERED = re.compile(r"[(（]?\d{1,2}[)）.．、]")  # what is left of a label on a line of its own
_MARKS = ".．、)）"  # after a figure: spread lines set them apart, and the figure is a number all the same
_UNIT = "(?:[件个项条]|[万亿]?元)"
_DIGITS = re.compile(rf"[\d.,，．]+{_UNIT}?")  # half a figure may be none by itself: 00, 01件
_BARE_UNIT = re.compile(_UNIT)


@dataclass(frozen=True)
class Run:
    """Characters that stand together on one line. ``y`` is their base line, ``size`` a character's height."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def is_figure(self) -> bool:
        if _NUMBERED.fullmatch(self.text):
            return False
        return len(self.text) < 25 and (is_value(self.text) or bool(_DIGITS.fullmatch(self.text)))


def runs_of(characters: Iterable[Character]) -> list[Run]:
    """Characters put together, their boxes from base line to base line plus height. Spaces are among them."""
    lines: list[list[Character]] = []
    for one in sorted(characters, key=lambda one: (-one.y0, one.x0)):
        if lines and abs(lines[-1][0].y0 - one.y0) <= SAME_LINE * _height(one):
            lines[-1].append(one)
        else:
            lines.append([one])
    runs: list[Run] = []
    for line in lines:
        printed: list[Character] = []
        end = 0.0  # of what is printed, spaces that follow it included
        for one in sorted(line, key=lambda one: one.x0):
            farthest = _BRIDGED if one.text in _MARKS and printed and printed[-1].text.isdigit() else SPLIT
            follows = bool(printed) and one.x0 - end <= farthest * _height(one)
            if not one.text.strip():
                end = one.x1 if follows else end
                continue
            gap = one.x0 - printed[-1].x1 if printed else 0.0
            if printed and not (follows and gap <= _BRIDGED * _height(one)):
                runs.append(_run(printed))
                printed = []
            elif printed and gap > SPLIT * _height(one):
                printed.append(Character(" ", printed[-1].x1, one.y0, one.x0, one.y1))
            printed.append(one)
            end = one.x1
        if printed:
            runs.append(_run(printed))
    return runs


def _height(one: Character) -> float:
    return max(one.y1 - one.y0, 1.0)


def _run(characters: Sequence[Character]) -> Run:
    size = median(_height(one) for one in characters)
    text = "".join(one.text for one in characters)
    return Run(text, characters[0].x0, characters[-1].x1, characters[0].y0, size)


def with_units(runs: Sequence[Run]) -> list[Run]:
    """The runs with figures' units put to them that had no room on their line."""
    found = list(runs)
    for unit in (run for run in runs if _BARE_UNIT.fullmatch(run.text)):
        for index, run in enumerate(found):
            is_above = 0 < run.y - unit.y < LEADING * unit.size and run.x0 < unit.x1 and unit.x0 < run.x1
            if is_above and run.is_figure:
                found[index] = replace(run, text=run.text + unit.text)
                found.remove(unit)
                break
    return found


def lines_of(words: Iterable[Run]) -> list[list[Run]]:
    """Runs side by side, each line from the left, lines top to bottom."""
    lines: list[list[Run]] = []
    for run in sorted(words, key=lambda run: (-run.y, run.x0)):
        if lines and abs(lines[-1][0].y - run.y) <= SAME_LINE * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def text_of_runs(runs: Iterable[Run], between: str = "") -> str:
    """What a cell of these runs says, line by line."""
    return "\n".join(between.join(run.text for run in line) for line in lines_of(runs))
