"""The portals of ``gouji demo``: the documents of data/demo, spread over seven ways to publish them."""

import csv
from dataclasses import replace
from datetime import date

from etl.model_internet.model import Family, File, ModelPortal, ModelReport, Shown
from etl.places.counties import load_counties
from etl.resources import DATA

DOCUMENTS = DATA / "demo"

# Which documents of the manifest stand on which portal, and how it shows them. 绥中县 is real and not here.
_PORTALS: tuple[tuple[ModelPortal, dict[str, Shown]], ...] = (
    (
        ModelPortal("qinghe.localhost", "990101", "青禾县", Family.TRS, (), page_size=10),
        {
            "qinghe-2020.html": Shown.INLINE,
            "qinghe-2021.html": Shown.INLINE,
            "qinghe-2022.pdf": Shown.ATTACHMENT,
            "qinghe-2023.pdf": Shown.VIEWER,
            "qinghe-2024.txt": Shown.ATTACHMENT,
        },
    ),
    (
        ModelPortal("linlan.localhost", "990102", "临岚区", Family.HANWEB, (), clutter=9, page_size=2),
        {"linlan-2023.html": Shown.INLINE},
    ),
    (
        ModelPortal("yanqiao.localhost", "990181", "砚桥市", Family.GUANGDONG, ()),
        {"yanqiao-2021.pdf": Shown.ATTACHMENT, "yanqiao-2024.html": Shown.INLINE},
    ),
    (
        ModelPortal("bailu.localhost", "990221", "白鹭县", Family.UNKNOWN, (), home_only=True),
        {"bailu-2020.html": Shown.INLINE, "bailu-2024.pdf": Shown.ATTACHMENT},
    ),
    (
        ModelPortal("liuxixian.localhost", "990222", "柳溪县", Family.GENERIC, ()),
        {"liuxi-2021.html": Shown.FRAME},
    ),
    (
        ModelPortal("liuxi.localhost", "990281", "柳溪市", Family.UCAP, ()),
        {"liuxi-2023.pdf": Shown.VIEWER},
    ),
    (  # a prefecture, whose column carries what its counties sent
        ModelPortal("shiliyi.localhost", "990100", "示例一市", Family.VSB, ()),
        {"qinghe-2019.html": Shown.INLINE, "linlan-2022.pdf": Shown.VIEWER},
    ),
)


def demo_portals() -> tuple[ModelPortal, ...]:
    """The portals with their reports."""
    counties = load_counties((DOCUMENTS / "places.csv",))
    with (DOCUMENTS / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["file"]: row for row in csv.DictReader(lines)}
    portals = []
    for portal, documents in _PORTALS:
        reports = []
        for name, shown in documents.items():
            code, year = rows[name]["county_code"], int(rows[name]["year"])
            place = counties.coded(code)[0]
            office = "办公室" if "own report" in rows[name]["planted"] else ""
            title = f"{place.name}人民政府{office}{year}年政府信息公开工作年度报告"
            published = date(year + 1, 1, 9)
            reports.append(
                ModelReport(code, place.name, year, title, published, name, File(DOCUMENTS / name), shown)
            )
        portals.append(replace(portal, reports=tuple(reports)))
    return tuple(portals)
