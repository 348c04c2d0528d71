"""Finding counties by what people type: a code, a name of any time, a short name, a name with its parents."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from etl.forms.labels import compact
from etl.places.counties import Counties, County
from etl.places.names import aliases

_CLOSE = 0.5  # of difflib's ratio: 绥中线 is 0.67 to 绥中县
_MOST_SUGGESTIONS = 5


def find(counties: Counties, text: str) -> tuple[County, ...]:
    """The rows that ``text`` stands for: of that code, else of that name, else of that alias; by code and year.

    A name may have province and prefecture before it, in full or short: 江苏省徐州市鼓楼区, 徐州鼓楼区.
    """
    wanted = compact(text)
    if found := counties.coded(wanted):
        return tuple(found)
    for names in (_own_names(counties), _other_names(counties)):
        if found := names.get(wanted, ()):
            return tuple(found)
        if found := [
            county
            for name, rows in names.items()
            if len(name) > 1 and wanted.endswith(name)
            for county in rows
            if _is_address(wanted.removesuffix(name), county)
        ]:
            return tuple(dict.fromkeys(found))
    return ()


def suggestions(counties: Counties, text: str) -> tuple[County, ...]:
    """Counties whose names are close to ``text``, or whose codes are, the closest first, one row a code."""
    wanted = compact(text)
    names = {**_other_names(counties), **_own_names(counties)}
    if wanted.isdigit():
        names = {row.code: (row,) for row in counties.all}
    close = difflib.get_close_matches(wanted, names, n=4 * _MOST_SUGGESTIONS, cutoff=_CLOSE)
    latest = {row.code: row for name in close for row in names[name]}
    return tuple(latest.values())[:_MOST_SUGGESTIONS]


def _is_address(before: str, county: County) -> bool:
    """Whether what stands before a county's name is its province, its prefecture, or both."""
    for parent in (county.province, county.prefecture):
        for name in (parent, parent[:3], parent[:2]):
            if before.startswith(name):
                before = before.removeprefix(name)
                break
    return not before


@cache
def _own_names(counties: Counties) -> Mapping[str, tuple[County, ...]]:
    return _by_name((compact(row.name), row) for row in counties.all)


@cache
def _other_names(counties: Counties) -> Mapping[str, tuple[County, ...]]:
    return _by_name((compact(one.name), one.county) for one in aliases(counties))


def _by_name(pairs: Iterable[tuple[str, County]]) -> Mapping[str, tuple[County, ...]]:
    found: dict[str, list[County]] = defaultdict(list)
    for name, county in pairs:
        if county not in found[name]:
            found[name].append(county)
    return {name: tuple(rows) for name, rows in found.items()}
