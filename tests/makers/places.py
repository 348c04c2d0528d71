"""Where made reports come from: places read from a CSV shaped like ``data/counties.csv``."""

import csv
from dataclasses import dataclass
from pathlib import Path

from etl.resources import DATA

DEMO_PLACES = DATA / "demo" / "places.csv"


@dataclass(frozen=True)
class Place:
    """A county-level unit. ``valid_to`` is the first year it no longer exists, None while it does."""

    code: str
    name: str
    kind: str
    prefecture: str
    province: str
    valid_from: int
    valid_to: int | None
    successors: tuple[str, ...] = ()

    def exists_in(self, year: int) -> bool:
        return self.valid_from <= year and (self.valid_to is None or year < self.valid_to)

    @property
    def seat(self) -> str:
        """The unit's kind as its own people write it: 县, 区, 市, 旗."""
        return self.name[-1]

    @property
    def superior(self) -> str:
        """The prefecture that stands before the name in titles, or the municipality; "" where there is none."""
        if self.prefecture == "直辖":
            return self.province if self.province.endswith("市") else ""
        return self.prefecture

    @property
    def is_invented(self) -> bool:
        return self.code.startswith("99")


def load_places(path: Path = DEMO_PLACES) -> list[Place]:
    """The places of a CSV with the columns of ``data/counties.csv``; island offices are left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Place(
                row["code"],
                row["name"],
                row["kind"],
                row["prefecture"],
                row["province"],
                int(row["valid_from"]),
                int(row["valid_to"]) if row["valid_to"] else None,
                tuple(code for code in row["successor_codes"].split(";") if code and "[" not in code),
            )
            for row in csv.DictReader(lines)
            if not row["kind"].startswith("岛屿")
        ]


def invented(code: str, name: str, kind: str = "县") -> Place:
    """A place for tests: ``invented("990199", "样例县")``."""
    return Place(code, name, kind, "示例市", "示例省", 2000, None)


def renamings(places: list[Place]) -> list[tuple[Place, Place]]:
    """(old, new) where one place became exactly one other under another name, and nothing else went into it."""
    starts = {(place.code, place.valid_from): place for place in places}
    origins: dict[tuple[str, int], list[Place]] = {}
    for place in places:
        for code in place.successors if place.valid_to else ():
            origins.setdefault((code, place.valid_to or 0), []).append(place)
    return [
        (before[0], starts[key])
        for key, before in origins.items()
        if key in starts
        and len(before) == 1
        and len(before[0].successors) == 1
        and before[0].name != starts[key].name
    ]
