"""The names a county goes by beside its own: short, padded, former and later ones."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Literal, NamedTuple

from etl.places.counties import CITY_WITHOUT_COUNTIES, Counties, County
from etl.places.succession import lines

AliasKind = Literal["short", "padded", "former", "later"]

# The 55 peoples after which autonomous counties and banners are named, 各族 standing for several at once.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|"
    "塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(rf"(?P<place>.{{2,}}?|)(?:(?:{_PEOPLES})族?)+自治(?P<level>[县旗])")
_NEW_DISTRICT = re.compile(r"(?P<place>.{2,})新区")


class Alias(NamedTuple):
    """Another name of a county: ``name`` may be borne by several."""

    county: County
    name: str
    kind: AliasKind


def short_names(county: County) -> tuple[str, ...]:
    """What is said for its name: 绥中 for 绥中县, 双江 and 双江县 for 双江拉祜族佤族布朗族傣族自治县; never a
    single character. What stands after the place is told by the kind: 碑林区 is 碑林, 神农架林区 神农架."""
    name, kind = county.name, county.kind
    if found := _AUTONOMOUS.fullmatch(name):
        place, level = found["place"], found["level"]
        if place:
            return place, place + level
        return name.removesuffix(f"族自治{level}"), name.replace("族自治", "")  # named after its people alone
    if not county.is_county and kind != CITY_WITHOUT_COUNTIES:
        return ()
    if found := _NEW_DISTRICT.fullmatch(name):
        return (found["place"],)
    short = name[:-2] if kind in ("林区", "特区") else name[:-1]
    return (short,) if len(short) > 1 else ()


@cache
def aliases(counties: Counties) -> tuple[Alias, ...]:
    """All names beside the own ones, in order of code, year, kind and name.

    A former or later name is that of a row before or after in a line of renames, recodes and upgrades: a merger
    gives no name on. A padded name is one of two characters as lists print it, an ideographic space between.
    """
    found: set[Alias] = set()
    for county in counties.all:
        found |= {Alias(county, name, "short") for name in short_names(county)}
        if len(county.name) == 2:
            found.add(Alias(county, "　".join(county.name), "padded"))
    found |= {
        Alias(one, other.name, kind)
        for one, other, kind in _line(counties)
        if one.name != other.name and one.is_county
    }
    return tuple(sorted(found, key=lambda one: (one.county.code, one.county.valid_from, one.kind, one.name)))


def _line(counties: Counties) -> Iterator[tuple[County, County, AliasKind]]:
    """Pairs of rows of one line, each with what the second's name is to the first."""
    for line in {id(line): line for line in lines(counties).values()}.values():
        for earlier, later in combinations(line, 2):
            yield earlier, later, "later"
            yield later, earlier, "former"
