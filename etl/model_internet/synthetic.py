"""Any number of portals of invented places, for tests and benchmarks; the same seed makes the same portals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from etl.model_internet.model import Apart, Family, ModelPortal, ModelReport, Shown
from etl.resources import DATA

_FIRST_CODE = 991000
MOST = 9000
LAST_YEAR = 2025
PLAYED = tuple(family for family in Family if family is not Family.UNKNOWN)
_UPPER = "云霁青澄朔岚汀蓼榆枫筠芷荻苇杉桐槿葵菱萍藻鹭雁鸥鹂莺鸢隼鹮鲤鲈鳜鲟鲢鲫鲷鳊鳙鲂"
_LOWER = "泽渚汀浦湾渡津埠堰塘陂墩垭坳岗峁峪峡崖崮岫岑峰岭麓坪坝垣墅埂畴畈畦圃苑圩荡"
_SHOWN = (Shown.INLINE, Shown.INLINE, Shown.INLINE, Shown.ATTACHMENT, Shown.FRAME)


@dataclass(frozen=True, slots=True)
class Retold:
    """A document of the demo under another name, year and with other figures in its narrative."""

    name: str
    year: int
    kind: str  # html or txt

    def read(self) -> bytes:
        text, name, year = _model(self.kind)
        text = text.replace(str(year), str(self.year)).replace(str(year - 1), str(self.year - 1))
        return text.replace(name, self.name).encode()


@cache
def _model(kind: str) -> tuple[str, str, int]:
    """A document of the demo, the name of its place, and its year."""
    file, year = {"html": ("qinghe-2021.html", 2021), "txt": ("qinghe-2024.txt", 2024)}[kind]
    return (DATA / "demo" / file).read_text(encoding="utf-8"), "青禾县", year


def synthetic_portals(
    n: int,
    reports_each: int = 5,
    families: Sequence[Family] = PLAYED,
    seed: int = 0,
    *,
    clutter: int = 5,
    apart: Apart = Apart.NAME,
) -> tuple[ModelPortal, ...]:
    """``n`` portals (at most 9000), of the families in turn, each with the reports of the last years.

    Raises:
        ValueError: more portals than there are codes, or more reports than years since 1990.
    """
    if n > MOST or reports_each > LAST_YEAR - 1990:
        raise ValueError(f"at most {MOST} portals with {LAST_YEAR - 1990} reports each")
    return tuple(
        ModelPortal(
            f"p{i:04}.localhost",
            str(_FIRST_CODE + _number(i)),
            _name(i),
            families[i % len(families)],
            _reports(i, reports_each, seed),
            home_only=families[i % len(families)] is Family.UNKNOWN,
            clutter=clutter,
            apart=apart,
        )
        for i in range(n)
    )


def synthetic_counties(portals: Sequence[ModelPortal]) -> str:
    """The lines of a county list (columns as data/counties.csv, with its head) for synthetic portals."""
    rows = {f"{portal.code},{portal.name},县,示例三市,示例省,1990,," for portal in portals}
    return (
        "\n".join(["code,name,kind,prefecture,province,valid_from,valid_to,successor_codes", *sorted(rows)])
        + "\n"
    )


def _number(i: int) -> int:
    """Codes that do not end in 00, which would be a prefecture's."""
    return i // 99 * 100 + i % 99 + 1


def _name(i: int) -> str:
    """Names that are each given once, and to no real county."""
    rest, first = divmod(i, len(_UPPER))
    third, second = divmod(rest, len(_LOWER))
    return f"{_UPPER[first]}{_LOWER[second]}{_UPPER[third - 1] if third else ''}县"


def _reports(i: int, count: int, seed: int) -> tuple[ModelReport, ...]:
    rng = Random(f"{seed} {i}")
    reports = []
    for year in range(LAST_YEAR, LAST_YEAR - count, -1):
        shown = rng.choice(_SHOWN)
        kind = "txt" if shown is Shown.ATTACHMENT else "html"
        published = date(year + 1, rng.randint(1, 3), rng.randint(1, 28))
        title = f"{_name(i)}人民政府{year}年政府信息公开工作年度报告"
        content = Retold(_name(i), year, kind)
        code = str(_FIRST_CODE + _number(i))
        reports.append(
            ModelReport(code, _name(i), year, title, published, f"{code}-{year}.{kind}", content, shown)
        )
    return tuple(reports)
