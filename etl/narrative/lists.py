"""Numbers of which a sentence lists the parts: 共发布86份，其中图文85份、视频1份.

Parts are what is counted in the same unit after 其中 and the like, up to what is something else. 其中 alone
names some of the parts; 分别为 names all. Where no such word stands, a list is one only if its parts add up.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from etl.narrative.numerals import Quantity
from etl.narrative.shadow import Shadow
from etl.narrative.vocabulary import vocabulary

_SEPARATORS = re.compile("[，；：、（）。]")
_TOLD_IN_ALL = re.compile("共|累计|总计|合计|总数|总量|收到|受理")
_CASE_UNITS = frozenset({"件", "件次", "份", "宗"})


class Listed(NamedTuple):
    """A number with its parts. ``least`` and ``most``: what the sum of the parts may be."""

    kind: str  # list, channels
    value: Decimal
    start: int
    end: int
    quantity: None
    parts: tuple[Decimal, ...]
    is_exhaustive: bool
    least: Decimal
    most: Decimal


class _Figure(NamedTuple):
    at: int
    label: str  # what stands between the separator before it and the figure
    lead: str  # all between the figure before it and this one
    quantity: Quantity


def listed(shadow: Shadow, received: frozenset[int]) -> Iterator[Listed]:
    """The lists of a sentence.

    Args:
        received: where the words end that claim requests received: what channels add up to.
    """
    figures = _figures(shadow)
    done = 0
    for index in range(1, len(figures)):
        if index < done:
            continue
        found = _opened(shadow, figures, index) or _unopened(shadow, figures, index)
        if found is None:
            continue
        total, parts, is_exhaustive = found
        done = index + len(parts)
        if len(parts) == 1 and is_exhaustive:
            continue
        yield _listed(shadow, total, parts, is_exhaustive, received)


def _listed(
    shadow: Shadow, total: _Figure, parts: Sequence[_Figure], is_exhaustive: bool, received: frozenset[int]
) -> Listed:
    told = vocabulary()
    first = parts[0]
    named = len(told.channel.findall(first.lead)) if "分别" in first.lead else 0
    by_channel = named or sum(bool(told.channel.search(part.label)) for part in parts)
    end_of_total = total.at + 1 + len(total.quantity.unit)
    is_received = any(total.at < place and place - total.at < 24 for place in received)
    kind = "channels" if by_channel == len(parts) and is_received else "list"
    said = sum((part.quantity.value for part in parts), Decimal(0))
    fewest = sum((part.quantity.least for part in parts), Decimal(0))
    greatest = sum((part.quantity.most for part in parts), Decimal(0))
    last = parts[-1]
    return Listed(
        kind,
        total.quantity.value,
        min(total.at, end_of_total),
        last.at + 1 + len(last.quantity.unit),
        None,
        tuple(part.quantity.value for part in parts),
        is_exhaustive,
        total.quantity.least - (greatest - said),
        total.quantity.most + (said - fewest),
    )


def _figures(shadow: Shadow) -> list[_Figure]:
    found = []
    before = 0
    for at, quantity in shadow.quantities.items():
        if not quantity.unit:
            continue
        lead = shadow.text[before:at]
        found.append(_Figure(at, _SEPARATORS.split(lead)[-1], lead, quantity))
        before = at + 1 + len(quantity.unit)
    compared = vocabulary().compared
    return [figure for figure in found if not compared.search(figure.lead)]


def _opened(
    shadow: Shadow, figures: Sequence[_Figure], index: int
) -> tuple[_Figure, list[_Figure], bool] | None:
    """Parts that 其中 or the like opens, and the number they are parts of."""
    told = vocabulary()
    first, before = figures[index], figures[index - 1]
    opened = told.list_open.search(first.lead)
    if opened is None or not _is_number_before(first.lead[: opened.start()], before):
        return None
    if told.other_time.search(before.label):
        return None
    unit = before.quantity.unit
    if first.quantity.unit != unit or _is_something_else(first.lead[opened.end() :]):
        return None
    parts = [first]
    parts += _further(figures, index + 1, unit, shadow)
    is_exhaustive = (
        told.list_exhaustive.search(first.lead) is not None
        and "其中" not in first.lead
        and "等" not in shadow.text[first.at : parts[-1].at + 8]
        and len(parts) > 1
    )
    total = _total(figures[:index], parts, unit)
    return None if total is None else (total, parts, is_exhaustive)


def _is_number_before(between: str, before: _Figure) -> bool:
    """Whether 其中 follows the number before it at once: its noun and a comma may stand between."""
    return len(between) <= 14 and "；" not in between[len(before.quantity.unit) :] and "。" not in between


def _is_something_else(label: str) -> bool:
    told = vocabulary()
    return bool(told.list_end.search(label) or told.compared.search(label))


def _further(figures: Sequence[_Figure], index: int, unit: str, shadow: Shadow) -> list[_Figure]:
    """The parts after the first: counted in the same unit, each after a separator, none something else."""
    found: list[_Figure] = []
    depth = 0
    for figure in figures[index:]:
        depth += figure.lead.count("（") - figure.lead.count("）")
        if depth > 0:
            continue  # parts of a part
        lead = figure.lead
        if figure.quantity.unit != unit or _is_something_else(lead) or not _SEPARATORS.search(lead):
            break
        if len(figure.label) == 0:
            break
        found.append(figure)
    return found


def _total(before: Sequence[_Figure], parts: Sequence[_Figure], unit: str) -> _Figure | None:
    """The number that parts are of: the one right before them; where several stand before and the parts are
    too many for it, the one that they make up, or none."""
    same = [figure for figure in before if figure.quantity.unit == unit]
    nearest = same[-1]
    said = sum((part.quantity.least for part in parts), Decimal(0))
    if len(same) == 1 or said <= nearest.quantity.most:
        return nearest
    return next((one for one in reversed(same) if said == one.quantity.value), None)


def _unopened(
    shadow: Shadow, figures: Sequence[_Figure], index: int
) -> tuple[_Figure, list[_Figure], bool] | None:
    """Two or more numbers that follow one and add up to it: 共86份，图文85份，视频1份."""
    total = figures[index - 1]
    if not _TOLD_IN_ALL.search(total.lead) :
        return None
    parts: list[_Figure] = []
    said = Decimal(0)
    for figure in figures[index:]:
        if figure.quantity.unit != total.quantity.unit or not _SEPARATORS.search(figure.lead):
            return None
        if _is_something_else(figure.lead):
            return None
        parts.append(figure)
        said += figure.quantity.value
        if said >= total.quantity.value:
            break
    return (total, parts, True) if said == total.quantity.value and len(parts) > 1 and said else None
