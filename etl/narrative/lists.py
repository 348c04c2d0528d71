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
from etl.narrative.stated import Stated
from etl.narrative.vocabulary import vocabulary

_SEPARATORS = re.compile("[，；：、（）。]")
_TOLD_IN_ALL = re.compile("共|累计|总计|合计|总数|总量|收到|受理|发布|主动公开|开设")
_NEAR = 14  # characters
_LONGEST_LABEL = 8  # of what goes on listing where the parts make up the number already
# Ways to sort the same requests; a list that goes over to another way begins anew.
_APPLICANTS = re.compile("自然人|法人|公民|商业企业|科研|公益|法律服务")
_OUTCOMES = re.compile("(?:予以|同意|部分|不)公开|不予公开|无法提供|(?:不予|其他)处理")


class _Figure(NamedTuple):
    at: int
    label: str  # what stands between the separator before it and the figure
    lead: str  # all between the figure before it and this one
    quantity: Quantity

    @property
    def end(self) -> int:
        """Where its unit ends."""
        return self.at + 1 + len(self.quantity.unit)


def listed(
    shadow: Shadow, received: frozenset[int], apart: frozenset[int], outcomes: frozenset[int]
) -> Iterator[Stated]:
    """The lists of a sentence.

    Args:
        received: where the words end that claim requests received: what channels add up to.
        apart: where the words end that claim what is never a part of a list.
        outcomes: where the words end that claim outcomes: parts, and no list's number unless it says so.
    """
    figures = _figures(shadow)
    done = 0
    for index in range(1, len(figures)):
        if index < done:
            continue
        found = _opened(shadow, figures, index, apart) or _unopened(figures, index, apart, outcomes)
        if found is None:
            continue
        total, parts, is_exhaustive = found
        done = index + len(parts)
        if len(parts) > 1 or not is_exhaustive:
            yield _listed(total, parts, is_exhaustive, total.end in received)


def _listed(total: _Figure, parts: Sequence[_Figure], is_exhaustive: bool, is_received: bool) -> Stated:
    channel = vocabulary().channel
    lead = parts[0].lead
    named = len(channel.findall(lead)) if "分别" in lead else 0
    by_channel = named or sum(bool(channel.search(part.label)) for part in parts)
    said = sum((part.quantity.value for part in parts), Decimal(0))
    fewest = sum((part.quantity.least for part in parts), Decimal(0))
    greatest = sum((part.quantity.most for part in parts), Decimal(0))
    return Stated(
        "channels" if is_received and by_channel == len(parts) else "list",
        total.quantity.value,
        total.at - len(total.label),
        parts[-1].end,
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
    shadow: Shadow, figures: Sequence[_Figure], index: int, apart: frozenset[int]
) -> tuple[_Figure, list[_Figure], bool] | None:
    """Parts that 其中 or the like opens, and the number they are parts of: that right before."""
    told = vocabulary()
    first, total = figures[index], figures[index - 1]
    opened = told.list_open.search(first.lead)
    if opened is None or not _is_right_before(first.lead[: opened.start()], total):
        return None
    if told.other_time.search(total.label) or first.end in apart or first.quantity.unit != total.quantity.unit:
        return None
    if told.list_end.search(first.lead, opened.end()):
        return None
    in_brackets = "（" in first.lead[: opened.start()]
    parts = [first, *_further(figures[index + 1 :], total, first, in_brackets, apart)]
    said = sum((part.quantity.least for part in parts), Decimal(0))
    if said > total.quantity.most and index > 1:
        # Several numbers stand before the list, and it is too much for the last of them.
        same = [one for one in figures[: index - 1] if one.quantity.unit == total.quantity.unit]
        if same:
            return None
    is_exhaustive = (
        told.list_exhaustive.search(first.lead) is not None
        and "其中" not in first.lead
        and "等" not in shadow.text[first.at : parts[-1].end + 8]
        and len(parts) > 1
    )
    return total, parts, is_exhaustive


def _is_right_before(between: str, total: _Figure) -> bool:
    """Whether 其中 follows the number before it at once: its noun and a comma may stand between."""
    return len(between) <= _NEAR and "；" not in between[len(total.quantity.unit) :]


def _further(
    figures: Sequence[_Figure], total: _Figure, first: _Figure, in_brackets: bool, apart: frozenset[int]
) -> list[_Figure]:
    """The parts after the first: counted in the same unit, each set off as the second is, none something else,
    none beyond what is counted."""
    found: list[_Figure] = []
    depth = 0
    said = first.quantity.value
    sign = ""
    for figure in figures:
        depth += figure.lead.count("（") - figure.lead.count("）")
        if in_brackets and depth < 0:
            break
        if depth > 0:
            continue  # parts of a part
        signs = _SEPARATORS.findall(figure.lead)
        is_else = figure.quantity.unit != total.quantity.unit or not signs or figure.end in apart
        if is_else or _is_something_else(figure.lead, total):
            break
        if (said == total.quantity.value and len(figure.label) > _LONGEST_LABEL) or _is_otherwise(
            first, figure
        ):
            break
        sign = sign or signs[0]
        if sign == "、" and signs[0] != "、":
            break
        found.append(figure)
        said += figure.quantity.value
    return found


def _is_otherwise(first: _Figure, figure: _Figure) -> bool:
    """Whether two figures sort what is counted in different ways: by applicant, by channel, by outcome."""
    one, other = _ways(first), _ways(figure)
    return bool(one and other) and not one & other


def _ways(figure: _Figure) -> set[re.Pattern[str]]:
    return {way for way in (_APPLICANTS, _OUTCOMES, vocabulary().channel) if way.search(figure.label)}


def _is_something_else(lead: str, total: _Figure) -> bool:
    told = vocabulary()
    if told.list_end.search(lead):
        return True
    return any(found not in total.lead for found in told.activity.findall(lead))


def _unopened(
    figures: Sequence[_Figure], index: int, apart: frozenset[int], outcomes: frozenset[int]
) -> tuple[_Figure, list[_Figure], bool] | None:
    """Two or more numbers that follow one and add up to it: 共86份，图文85份，视频1份."""
    total = figures[index - 1]
    if not _TOLD_IN_ALL.search(total.lead) or total.end in outcomes:
        return None
    parts: list[_Figure] = []
    said = Decimal(0)
    for figure in figures[index:]:
        if figure.quantity.unit != total.quantity.unit or not _SEPARATORS.search(figure.lead):
            return None
        if figure.end in apart or _is_something_else(figure.lead, total):
            return None
        parts.append(figure)
        said += figure.quantity.value
        if said >= total.quantity.value:
            break
    return (total, parts, True) if said == total.quantity.value and len(parts) > 1 and said else None
