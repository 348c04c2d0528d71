"""Every county-level division since 2008, keyed by code and the years it was in force.

Beside them stand other bodies that publish such reports: cities without counties, development zones, divisions
of the 兵团.

Sources and licences of the shipped lists: docs/reference/counties.md.
"""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.forms.labels import compact
from etl.yaml_source import DataError

DIRECT = "直辖"  # in the prefecture column: directly under the province or municipality

CITY_WITHOUT_COUNTIES = "不设县级政区的市"  # 东莞, 中山, 嘉峪关, 儋州: publish as a prefecture does
OUTLYING_OFFICE = "岛屿(非建制)"
DEVELOPMENT_ZONE = "开发区"
CORPS_DIVISION = "兵团师"
NO_COUNTIES = frozenset({CITY_WITHOUT_COUNTIES, OUTLYING_OFFICE, DEVELOPMENT_ZONE, CORPS_DIVISION})
"""The kinds that the ministry does not count as county-level divisions."""

_PART = re.compile(r"^(\d{6})\[(\d{4})\]$")
_COLUMNS = ["code", "name", "kind", "prefecture", "province", "valid_from", "valid_to", "successor_codes"]


@dataclass(frozen=True, slots=True)
class County:
    """One county under one name and parent. In force in the years from ``valid_from`` up to, not including,
    ``valid_to``, by the lists of 31 December; ``valid_to`` None means still in force."""

    code: str
    name: str
    kind: str
    prefecture: str
    province: str
    valid_from: int
    valid_to: int | None
    successors: tuple[str, ...]
    parts: tuple[tuple[str, int], ...] = ()  # code and year of what took over a part while the county went on

    @property
    def is_county(self) -> bool:
        """Whether it counts as a county-level division; a development zone or 东莞市 does not."""
        return self.kind not in NO_COUNTIES

    @property
    def is_division(self) -> bool:
        """Whether it is a division of the state at all: a development zone or a 兵团 division is none."""
        return self.kind not in (DEVELOPMENT_ZONE, CORPS_DIVISION)

    def in_force(self, year: int) -> bool:
        return self.valid_from <= year and (self.valid_to is None or year < self.valid_to)

    @property
    def full_name(self) -> str:
        """Province, prefecture and name, as an address is written."""
        return f"{self.province}{'' if self.prefecture == DIRECT else self.prefecture}{self.name}"


class Counties:
    """The county list with its indexes."""

    def __init__(self, counties: Iterable[County], digest: str) -> None:
        self.all = tuple(counties)
        self.digest = digest
        by_name: dict[str, list[County]] = defaultdict(list)
        by_code: dict[str, list[County]] = defaultdict(list)
        by_prefecture: dict[str, list[County]] = defaultdict(list)
        predecessors: dict[str, list[County]] = defaultdict(list)
        bodies: dict[str, list[County]] = defaultdict(list)
        for county in self.all:
            (by_name if county.is_division else bodies)[compact(county.name)].append(county)
            by_code[county.code].append(county)
            for code in county.successors:
                predecessors[code].append(county)
            by_prefecture[county.prefecture].append(county)
        self._by_name, self._by_code, self._predecessors = dict(by_name), dict(by_code), dict(predecessors)
        self._by_prefecture, self._bodies = dict(by_prefecture), dict(bodies)
        self._longest = max((len(name) for name in self._by_name), default=0)
        last_letters = sorted({name[-1] for name in self._by_name})
        self._last_letter = re.compile(f"[{re.escape(''.join(last_letters))}]" if last_letters else "(?!)")

    def named(self, name: str) -> Sequence[County]:
        """All counties that ever bore ``name``, and cities without counties."""
        return self._by_name.get(compact(name), ())

    def body_named(self, title: str) -> County | None:
        """The development zone or 兵团 division whose whole name ``title`` begins with, if any."""
        tight = compact(title)
        longest_first = (tight[:end] for end in range(len(tight), 0, -1))
        name = next((name for name in longest_first if name in self._bodies), None)
        return self._bodies[name][-1] if name is not None else None

    def coded(self, code: str) -> Sequence[County]:
        """All rows of ``code``, oldest first."""
        return self._by_code.get(code, ())

    def below(self, prefecture_code: str) -> Sequence[County]:
        """All rows whose code lies below that of a prefecture, ``421200``; oldest first within a code."""
        head = prefecture_code[:4]
        return [county for county in self.all if county.code.startswith(head)]

    def at(self, county: County, year: int) -> list[County]:
        """What stood for ``county`` in ``year``: itself, its predecessors, or its successors of then.

        A report of 2015 republished after a rename bears a name that did not exist in 2015, and an old
        name may linger after a change.
        """
        if county.in_force(year):
            return [county]
        if year < county.valid_from:
            return self._before(county, year, frozenset()) or [
                old for old in self.coded(county.code) if old.in_force(year)
            ]
        seen: set[str] = set()
        waiting = list(county.successors) or [county.code]
        after: list[County] = []
        while waiting:
            code = waiting.pop()
            if code in seen:
                continue
            seen.add(code)
            rows = self.coded(code)
            current = [row for row in rows if row.in_force(year)]
            after += current
            if not current:
                waiting += [successor for row in rows for successor in row.successors]
        return after

    def _before(self, county: County, year: int, seen: frozenset[County]) -> list[County]:
        """Its predecessors in ``year``, through as many changes as lie between."""
        found: dict[County, None] = {}
        for old in self._predecessors.get(county.code, ()):
            if old.in_force(year):
                found[old] = None
            elif year < old.valid_from and old not in seen:
                found |= dict.fromkeys(self._before(old, year, seen | {county}))
        return list(found)

    def stood_for(self, county: County, year: int) -> County | None:
        """The one county that stood for ``county`` in ``year``; None where several did and none has its name.

        綦江区 of 2010 is 綦江县, although 万盛区 went into it as well.
        """
        found = list({one.code: one for one in self.at(county, year)}.values())
        if len(found) > 1:
            found = [one for one in found if one.name[:-1] == county.name[:-1]]
        return found[0] if len(found) == 1 else None

    def is_prefecture(self, name: str, year: int | None) -> bool:
        """Whether ``name`` stands for a prefecture in ``year``, although a county bore it at another time.

        毕节市 was a county until 2011 and has been the prefecture of eight since.
        """
        own = [county for county in self.named(name) if year is None or county.in_force(year)]
        above = [c for c in self._by_prefecture.get(name, ()) if year is None or c.in_force(year)]
        return bool(above) and not own

    def names_in(self, text: str) -> list[tuple[int, str]]:
        """County names in ``text`` (compact), longest first where they overlap, as (position, name)."""
        found: list[tuple[int, str]] = []
        end_of_last = 0
        for last_letter in self._last_letter.finditer(text):
            end = last_letter.end()
            for start in range(max(end_of_last, end - self._longest), end - 1):
                if text[start:end] in self._by_name:
                    found.append((start, text[start:end]))
                    end_of_last = end
                    break
        return found


@cache
def load_counties(files: tuple[Path, ...]) -> Counties:
    """Read county lists; later files add to earlier ones.

    Raises:
        DataError: a file cannot be read or a line is faulty; the message names file and line.
    """
    counties: list[County] = []
    digest = hashlib.sha256()
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {error.strerror}") from error
        digest.update(content)
        rows = csv.DictReader(content.decode("utf-8-sig").splitlines())
        if rows.fieldnames is None or list(rows.fieldnames) != _COLUMNS:
            raise DataError(f"{path}:1: the columns must be {', '.join(_COLUMNS)}")
        for line, row in enumerate(rows, start=2):
            counties.append(_county(row, path, line))
    return Counties(counties, digest.hexdigest()[:12])


def _county(row: dict[str, str], path: Path, line: int) -> County:
    code = row["code"]
    if not (len(code) == 6 and code.isdigit()):
        raise DataError(f"{path}:{line}: the code {code!r} is not six digits")
    try:
        valid_from = int(row["valid_from"])
        valid_to = int(row["valid_to"]) if row["valid_to"] else None
    except ValueError as error:
        raise DataError(f"{path}:{line}: valid_from and valid_to are years") from error
    # "code[2010]" marks a part of the area that passed there while the unit went on: no successor.
    successors, parts = list[str](), list[tuple[str, int]]()
    for text in filter(None, (row["successor_codes"] or "").split(";")):
        if part := _PART.match(text):
            parts.append((part[1], int(part[2])))
        else:
            successors.append(text)
    names = row["name"], row["kind"], row["prefecture"], row["province"]
    return County(code, *names, valid_from, valid_to, tuple(successors), tuple(parts))
