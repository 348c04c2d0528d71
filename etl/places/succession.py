"""What became of a county: the bridge from predecessors to successors, each step with its relation."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from etl.places.counties import Counties, County

Relation = Literal["rename", "recode", "upgrade", "merge", "split", "part", "parent"]
"""One county to one: rename (same code and kind), recode (another code, same kind), upgrade (another kind: 县
to 市辖区 or 县级市, rarely back), parent (only the name of the prefecture above changed). Several to one, or
into one that was there: merge. One to several, or a part that became a county: split. A part that went to a
county that was there, while the first went on: part."""

ONE_TO_ONE = ("rename", "recode", "upgrade", "parent")
"""Relations of what goes on as before under another name, code or kind."""

FIRST_YEAR = 2008
"""Earlier changes are left out: the list does not hold all counties that ended before."""


class Succession(NamedTuple):
    """One step. From ``year`` on (31 December) the area, or a part of it, is the successor's."""

    predecessor: County
    successor: County
    year: int
    relation: Relation


@cache
def successions(counties: Counties) -> tuple[Succession, ...]:
    """All steps since 2008, in order of year and codes."""
    pairs = [
        (county, successor)
        for county in counties.all
        if county.valid_to is not None and county.valid_to >= FIRST_YEAR
        for code in county.successors
        if (successor := _row(counties, code, county.valid_to)) is not None
    ]
    before: dict[County, int] = defaultdict(int)
    after: dict[County, int] = defaultdict(int)
    for county, successor in pairs:
        after[county] += 1
        # One that was there before is a source of itself.
        before[successor] += 1 if before[successor] or successor.valid_from == county.valid_to else 2
    steps = [
        Succession(one, other, one.valid_to or 0, _relation(one, other, before[other], after[one]))
        for one, other in pairs
    ]
    for county in counties.all:
        for code, year in county.parts:
            successor = _row(counties, code, year)
            if year >= FIRST_YEAR and successor is not None and county.in_force(year - 1):
                steps.append(Succession(county, successor, year, _relation_of_part(successor, year)))
    return tuple(sorted(steps, key=lambda one: (one.year, one.predecessor.code, one.successor.code)))


def _row(counties: Counties, code: str, year: int) -> County | None:
    return next((row for row in counties.coded(code) if row.in_force(year)), None)


def _relation(one: County, other: County, before: int, after: int) -> Relation:
    if after > 1:
        return "split"
    if before > 1:
        return "merge"
    if one.kind != other.kind:
        return "upgrade"
    if one.code != other.code:
        return "recode"
    return "rename" if one.name != other.name else "parent"


def _relation_of_part(successor: County, year: int) -> Relation:
    return "split" if successor.valid_from == year else "part"


@cache
def lines(counties: Counties) -> Mapping[County, tuple[County, ...]]:
    """All that each county has been, oldest first: through renames, recodes and upgrades alone."""
    line_of = {county: [county] for county in counties.all}
    for step in successions(counties):
        one, other = line_of[step.predecessor], line_of[step.successor]
        if step.relation in ONE_TO_ONE and one is not other:
            one += other
            line_of |= dict.fromkeys(other, one)
    ordered = {id(line): tuple(sorted(line, key=lambda row: row.valid_from)) for line in line_of.values()}
    return {county: ordered[id(line)] for county, line in line_of.items()}
