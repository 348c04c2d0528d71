"""The counties of today followed back: which counties of a year make up, together, what one is now."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from etl.places.counties import Counties, County
from etl.places.succession import FIRST_YEAR, Succession, successions

Break = Literal["split", "part", "unknown"]
"""Why a county cannot be followed back further: it comes of a division, a part of its area came or went, or the
list does not say what it was before."""


class Stretch(NamedTuple):
    """A county of today in the years from ``first`` to ``last``, both included.

    ``members`` together cover the same area, unless ``broken`` says why not; then they are what it goes back to
    nevertheless, in whole or in part.
    """

    county: County
    first: int
    last: int
    members: tuple[County, ...]
    broken: Break | None
    broken_in: int | None  # the year of the change that broke it


def last_year(counties: Counties) -> int:
    """The last year that the list tells of."""
    return max((max(one.valid_from, one.valid_to or 0) for one in counties.all), default=FIRST_YEAR)


@cache
def lineage(counties: Counties) -> tuple[Stretch, ...]:
    """Every county in force in the last year of the list, through all years since 2008; by code, latest first.

    Bodies that are no counties have a line of their own.
    """
    last = last_year(counties)
    entering: dict[int, list[Succession]] = defaultdict(list)
    for step in successions(counties):
        entering[step.year].append(step)
    steps = {year: _Steps(year, entering[year]) for year in range(FIRST_YEAR, last + 1)}
    changed = {one for step in successions(counties) for one in (step.predecessor, step.successor)}
    today = sorted((one for one in counties.all if one.in_force(last)), key=lambda one: one.code)
    return tuple(
        stretch
        for county in today
        for stretch in (
            _line(county, last, steps)
            if county in changed or county.valid_from > FIRST_YEAR
            else (Stretch(county, FIRST_YEAR, last, (county,), None, None),)
        )
    )


class _Steps:
    """The changes of one year, by who gave and who took."""

    def __init__(self, year: int, steps: list[Succession]) -> None:
        self.into: dict[County, list[County]] = defaultdict(list)  # whole counties that went into one
        self.out_of: dict[County, list[Succession]] = defaultdict(list)
        self.parts_into: dict[County, list[Succession]] = defaultdict(list)
        self._year = year
        self._changed = {one for step in steps for one in (step.predecessor, step.successor)}
        for step in steps:
            self.out_of[step.predecessor].append(step)
            if step.predecessor.valid_to == step.year:
                self.into[step.successor].append(step.predecessor)
            else:
                self.parts_into[step.successor].append(step)

    def leaves_alone(self, members: tuple[County, ...]) -> bool:
        """Whether nothing happened to any of the counties of this year."""
        return all(one.valid_from < self._year and one not in self._changed for one in members)


def _line(county: County, last: int, steps: Mapping[int, _Steps]) -> Iterator[Stretch]:
    """A county from the last year back to the first."""
    stretch = Stretch(county, last, last, (county,), None, None)
    for year in range(last - 1, FIRST_YEAR - 1, -1):
        after = year + 1
        if steps[after].leaves_alone(stretch.members):
            stretch = stretch._replace(first=year)
            continue
        yield stretch
        before = _before(stretch.members, year, steps[after])
        broken, broken_in = stretch.broken, stretch.broken_in
        if broken is None and (reason := _break(stretch.members, before, after, steps[after])) is not None:
            broken, broken_in = reason, after
        stretch = Stretch(county, year, year, before, broken, broken_in)
    yield stretch


def _before(members: tuple[County, ...], year: int, steps: _Steps) -> tuple[County, ...]:
    """What the members were the year before: themselves, what went into them, and else what gave a part."""
    found: dict[County, None] = {}
    for member in members:
        if member.in_force(year):
            found[member] = None
        found |= dict.fromkeys(steps.into[member])
        if not member.in_force(year) and not steps.into[member]:
            found |= {step.predecessor: None for step in steps.parts_into[member]}
    return tuple(sorted(found, key=lambda one: one.code))


def _break(after: tuple[County, ...], before: tuple[County, ...], year: int, steps: _Steps) -> Break | None:
    """What keeps the members before ``year`` from covering the area of those after; None if they do."""
    if not before:
        return "unknown"
    if any(one.in_force(year) and one not in after for one in before):
        return "split"  # what gave a part to one that is new has kept the rest
    lost = [step for one in before for step in steps.out_of[one] if step.successor not in after]
    gained = [step for one in after for step in steps.parts_into[one] if step.predecessor not in before]
    reasons = {step.relation for step in (*lost, *gained)}
    if "split" in reasons:
        return "split"
    return "part" if reasons else None
