"""The entries of a list: the reports a portal publishes, among much that only looks like them."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import NamedTuple

from etl.model_internet.model import ModelPortal, ModelReport

_DEPARTMENTS = ("教育局", "民政局", "财政局", "水利局", "司法局", "统计局", "文化旅游局", "农业农村局")
_TOWNS = ("东渠镇", "南坪乡", "河口街道", "石桥镇", "双泉乡")


class Entry(NamedTuple):
    """An entry of a list. ``id`` grows with the date and stays with the entry."""

    title: str
    published: date
    id: int
    report: ModelReport | None = None


def number(*parts: object) -> int:
    """A number that looks arbitrary and is always the same."""
    return int.from_bytes(sha256("\n".join(map(str, parts)).encode()).digest()[:8], "big")


def hexadecimal(*parts: object) -> str:
    """32 hexadecimal digits that look arbitrary and are always the same."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def county_entries(portal: ModelPortal) -> list[Entry]:
    """The list that has the reports, newest first."""
    rng = Random(f"county {portal.host}")
    rows: list[tuple[str, date, ModelReport | None]] = [
        (report.title, report.published, report) for report in portal.reports
    ]
    for year in sorted({report.year for report in portal.reports}):
        around = max(report.published for report in portal.reports if report.year == year)
        kinds = [kind.format(name=portal.name, year=year, **_someone(rng)) for kind in _KINDS]
        for title in kinds[: portal.clutter]:
            rows.append((title, around + timedelta(days=rng.randint(-40, 20)), None))
    return _numbered(rows, portal.host)


def department_entries(portal: ModelPortal) -> list[Entry]:
    """Another list beside: reports of departments and towns only."""
    rows: list[tuple[str, date, ModelReport | None]] = []
    for year in sorted({report.year for report in portal.reports})[-3:]:
        around = max(report.published for report in portal.reports if report.year == year)
        rows += [
            (_DEPARTMENT.format(name=portal.name, year=year, office=o), around, None) for o in _DEPARTMENTS
        ]
        rows += [(_TOWN.format(name=portal.name, year=year, town=town), around, None) for town in _TOWNS]
    return _numbered(rows, f"departments {portal.host}")


def more_entries(portal: ModelPortal, start: int, count: int) -> list[Entry]:
    """Entries of a list that never ends, from the ``start``-th on."""
    first = date(2008, 1, 1)
    return [
        Entry(f"{portal.name}政务信息第{n}期", first - timedelta(days=n % 3000), 10_000_000 + n)
        for n in range(start, start + count)
    ]


def _numbered(rows: Sequence[tuple[str, date, ModelReport | None]], seed: str) -> list[Entry]:
    ident = 20_000 + number(seed) % 60_000
    entries = []
    for title, published, report in sorted(rows, key=lambda row: (row[1], row[0])):
        ident += 1 + number(seed, title) % 40
        entries.append(Entry(title, published, ident, report))
    return entries[::-1]


def _someone(rng: Random) -> dict[str, str]:
    return {"office": rng.choice(_DEPARTMENTS), "town": rng.choice(_TOWNS)}


_DEPARTMENT = "{name}{office}{year}年政府信息公开工作年度报告"
_TOWN = "{name}{town}人民政府{year}年政府信息公开工作年度报告"
_KINDS = (
    _DEPARTMENT,
    "图解：{name}人民政府{year}年政府信息公开工作年度报告",
    "关于做好{name}{year}年政府信息公开工作年度报告编制发布工作的通知",
    _TOWN,
    "{name}{year}年法治政府建设年度报告",
    "{name}人民政府网站{year}年度工作报表",
    "{name}经济开发区管理委员会{year}年政府信息公开工作年度报告",
    "{name}{year}年政府工作报告",
    "{name}{year}年政务公开工作要点",
)
