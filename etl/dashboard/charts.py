"""Charts as geometry: what to draw where, in the units of an SVG of our own; ``parts.html`` draws it.

Colours are classes (``c0``, ``c1`` …, by the style sheet), so a chart follows light and dark. Series also
differ by marker, stacks by their order, that of the legend; the numbers stand in a table beside every chart.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.dashboard.reader import Row

WIDTH, HEIGHT = 640, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 12, 28


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of an axis and where it stands on it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or a point: its box, or its middle, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    at: str
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """One series: its name is a word of the catalogue or, where ``is_named``, a name as it stands."""

    name: str
    colour: int
    marks: tuple[Mark, ...]
    path: str  # of a line, in SVG's words; a gap where a value is not stated
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, in the units of the SVG, whose corner is at the top left."""

    kind: str  # lines or bars
    series: tuple[Series, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    is_share: bool = False
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    base: int = HEIGHT - _BOTTOM

    @property
    def is_empty(self) -> bool:
        return not any(one.marks for one in self.series)


def lines(
    rows: Sequence[Row],
    x: str,
    series: Iterable[str],
    top: float | None = None,
    is_named: bool = False,
    is_share: bool = False,
) -> Chart:
    """Lines over the values of ``x``, which are in order. A value that is not stated leaves a gap.

    ``top``: the upper end of the scale, where it is fixed (1 for shares); else a round number above all values.
    """
    names = tuple(series)
    known = [float(row[name]) for row in rows for name in names if row[name] is not None]
    highest = top if top is not None else _round_up(max(known, default=0), not is_share)
    place = _places(len(rows))
    drawn = []
    for index, name in enumerate(names):
        marks, path, pen_up = [], "", True
        for number, row in enumerate(rows):
            value = row[name]
            if value is None:
                pen_up = True
                continue
            at_x, at_y = place(number), _height_of(float(value), highest)
            path += f"{'M' if pen_up else 'L'}{at_x:.1f} {at_y:.1f}"
            pen_up = False
            marks.append(Mark(round(at_x, 1), round(at_y, 1), 0, 0, str(row[x]), float(value)))
        drawn.append(Series(name, index, tuple(marks), path, is_named))
    return Chart("lines", tuple(drawn), _x_ticks(rows, x, place), _y_ticks(highest, is_share), is_share)


def stacked(rows: Sequence[Row], x: str, parts: Mapping[str, Callable[[Row], Any]]) -> Chart:
    """Bars over the values of ``x``, each of its parts, one upon another."""
    amounts = [{name: float(part(row) or 0) for name, part in parts.items()} for row in rows]
    highest = _round_up(max((sum(one.values()) for one in amounts), default=0), True)
    place = _places(len(rows))
    width = min(36.0, (WIDTH - _LEFT - _RIGHT) / max(len(rows), 1) * 0.7)
    marks: dict[str, list[Mark]] = {name: [] for name in parts}
    for number, (row, one) in enumerate(zip(rows, amounts, strict=True)):
        below = 0.0
        for name, value in one.items():
            if value:
                upper, lower = _height_of(below + value, highest), _height_of(below, highest)
                box = (
                    round(place(number) - width / 2, 1),
                    round(upper, 1),
                    round(width, 1),
                    round(lower - upper, 1),
                )
                marks[name].append(Mark(*box, str(row[x]), value))
            below += value
    drawn = tuple(Series(name, index, tuple(marks[name]), "") for index, name in enumerate(parts))
    return Chart("bars", drawn, _x_ticks(rows, x, place), _y_ticks(highest, False))


def _places(count: int) -> Callable[[int], float]:
    step = (WIDTH - _LEFT - _RIGHT) / max(count, 1)
    return lambda number: _LEFT + step * (number + 0.5)


def _height_of(value: float, highest: float) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * (value / highest if highest else 0)


def _x_ticks(rows: Sequence[Row], x: str, place: Callable[[int], float]) -> tuple[Tick, ...]:
    every = math.ceil(len(rows) / 12) or 1
    return tuple(
        Tick(round(place(number), 1), str(row[x]))
        for number, row in enumerate(rows)
        if (len(rows) - 1 - number) % every == 0
    )


def _y_ticks(highest: float, is_share: bool) -> tuple[Tick, ...]:
    if not highest:
        return (Tick(_height_of(0, 1), "0%" if is_share else "0"),)
    step = _step(highest) if is_share else max(1.0, _step(highest))
    values = [step * number for number in range(round(highest / step) + 1)]
    return tuple(Tick(round(_height_of(value, highest), 1), _text(value, is_share)) for value in values)


def _text(value: float, is_share: bool) -> str:
    if is_share:
        return f"{value * 100:.0f}%"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _step(highest: float) -> float:
    """The distance of marks on the scale: 1, 2, 2.5 or 5 times a power of ten, at most five of them."""
    power = 10.0 ** math.floor(math.log10(highest / 5))
    return next(power * step for step in (1, 2, 2.5, 5, 10) if power * step * 5 >= highest * (1 - 1e-9))


def _round_up(value: float, is_count: bool) -> float:
    """The upper end of a scale: whole steps, the last not below ``value``; of counts, steps of at least one."""
    if value <= 0:
        return 0
    step = _step(value)
    if is_count:
        step = max(1.0, step)
    return math.ceil(value / step - 1e-9) * step
