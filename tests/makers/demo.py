"""The documents of ``gouji demo``: 绥中县 2024's real figures, and six invented places over six years.

Words are our own throughout. Every invented document says so in its text: 示例.
"""

import csv
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random

from etl.resources import DATA
from tests.makers import figures, quirks
from tests.makers.corpus import Made
from tests.makers.figures import Figures, number
from tests.makers.html import html
from tests.makers.layout import lay_out
from tests.makers.pdf import PDF_STYLES, pdf
from tests.makers.places import DEMO_PLACES, Place, load_places
from tests.makers.report import Report, make_report
from tests.makers.text import text
from tests.makers.titles import TITLES

FOLDER = DATA / "demo"
SUIZHONG = Path(__file__).with_name("suizhong_2024.json")
NOTE = "（示例文件：数字取自绥中县2024年度报告，文字另写。）"


@dataclass(frozen=True)
class Entry:
    """A demo document: whose, when, in which style, and what is planted in it."""

    name: str
    code: str
    year: int
    style: str
    encoding: str = "utf8"
    size: str = "medium"
    title: str = "by_government"
    hybrid: str = ""
    breaks: str = ""  # a rule of figures.BREAKERS
    prints: str = ""  # blank_zeros and the like
    quirks: tuple[str, ...] = ()
    cut: bool = False  # only the first two thirds of the file
    planted: str = ""


ENTRIES = (
    Entry("qinghe-2019.html", "990101", 2019, "old_tables", "gbk_claims_gb2312", planted="form 2019"),
    Entry(
        "qinghe-2020.html",
        "990101",
        2020,
        "trs",
        "gbk",
        quirks=("yuan_in_cell",),
        planted="form 2019; amount in 元",
    ),
    Entry("qinghe-2021.html", "990101", 2021, "ucap", quirks=("table_a_part",)),
    Entry("qinghe-2022.pdf", "990101", 2022, "repeated_head"),
    Entry(
        "qinghe-2023.pdf",
        "990101",
        2023,
        "broken_group",
        breaks="T3_BALANCE",
        planted="T3_BALANCE fails; page breaks",
    ),
    Entry("qinghe-2024.txt", "990101", 2024, "text", quirks=("split_group_words",)),
    Entry(
        "linlan-2022.pdf",
        "990102",
        2022,
        "word_rects",
        hybrid="single_other",
        planted="hybrid: one （六）其他处理 row",
    ),
    Entry("linlan-2023.html", "990102", 2023, "hanweb", breaks="T4_SUM", planted="T4_SUM fails"),
    Entry(
        "yanqiao-2021.pdf",
        "990181",
        2021,
        "narrow",
        size="big",
        breaks="T3_RESULT_SUM",
        planted="T3_RESULT_SUM fails; figures wrapped in narrow columns",
    ),
    Entry(
        "yanqiao-2024.html",
        "990181",
        2024,
        "gkmlpt",
        size="small",
        title="by_office",
        prints="dash_zeros",
        planted="zeros printed as dashes; the government office's own report",
    ),
    Entry(
        "bailu-2020.html",
        "990221",
        2020,
        "word",
        "gb18030",
        "tiny",
        prints="blank_zeros",
        planted="zeros left blank",
    ),
    Entry("bailu-2024.pdf", "990221", 2024, "ruled", cut=True, planted="damaged: the file ends too early"),
    Entry("liuxi-2021.html", "990222", 2021, "vsb", quirks=("known_slips",), planted="a place renamed in 2022"),
    Entry("liuxi-2023.pdf", "990281", 2023, "frames", breaks="T3_ROW_TOTAL", planted="T3_ROW_TOTAL fails"),
)


def demo_documents() -> list[tuple[Made, str]]:
    """The documents with what is planted in them, 绥中县 first."""
    places = {place.code: place for place in load_places(DEMO_PLACES)}
    documents = [(_suizhong(), "real figures; page breaks")]
    before: dict[str, Report] = {}
    for entry in ENTRIES:
        report = _report(entry, places[entry.code], before.get(entry.code))
        before[entry.code] = report
        documents.append((_made(entry, report), entry.planted))
    return documents


def write_demo(folder: Path = FOLDER) -> None:
    """All documents, and manifest.csv that lists them."""
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as lines:
        manifest = csv.writer(lines, lineterminator="\n")
        manifest.writerow(("file", "county_code", "year", "planted"))
        for made, planted in demo_documents():
            (folder / made.name).write_bytes(made.content)
            manifest.writerow((made.name, made.report.place.code, made.report.year, planted))


def suizhong_report() -> Report:
    """绥中县 2024 as it was published: figures only."""
    tables = json.loads(SUIZHONG.read_text(encoding="utf-8"), parse_float=Decimal)
    real: Figures = {
        (table, row, column): value
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }
    place = Place("211421", "绥中县", "县", "葫芦岛市", "辽宁省", 1994, None)
    forms = dict.fromkeys(tables, "2021")
    title = "绥中县2024年政府信息公开工作年度报告"
    return Report(place, 2024, forms, real, 0, title, "绥中县人民政府", note=NOTE)


def _suizhong() -> Made:
    document = lay_out(suizhong_report())
    content = pdf(document, PDF_STYLES["broken_caption"])
    return Made("suizhong-2024.pdf", "pdf", "broken_caption", content, document.report, document)


def _report(entry: Entry, place: Place, before: Report | None) -> Report:
    rng = Random(f"demo {entry.name}")
    report = make_report(place, entry.year, 1, entry.size, entry.hybrid)
    if before is not None and before.year == entry.year - 1:
        _carry_over(before.figures, report.figures)
    if entry.breaks:
        figures.BREAKERS[entry.breaks](report.figures, rng)
    if entry.prints:
        figures.PRINTINGS[entry.prints](report.figures, rng)
    return replace(TITLES[entry.title](report, rng), quirks=())


def _carry_over(before: Figures, after: Figures) -> None:
    """What last year's report carried out is what this year's carries in; documents in force go on."""
    columns = [column for _, row, column in after if row == "received.carried_in" and column != "total"]
    for column in columns:
        carried_in = number(before["requests", "carried_out", column])
        settled = number(after["requests", "outcome.total", column])
        new = settled + number(after["requests", "carried_out", column]) - carried_in
        after["requests", "received.carried_in", column] = carried_in
        after["requests", "received.new", column] = max(new, 0)
        # Where more came over than was settled, the rest is carried on.
        after["requests", "carried_out", column] = max(new, 0) + carried_in - settled
    for row in ("received.new", "received.carried_in", "carried_out"):
        after["requests", row, "total"] = sum(number(after["requests", row, column]) for column in columns)
    key = ("disclosure", "normative_documents")
    if (*key, "in_force") in before and (*key, "in_force") in after:
        stock = number(before[*key, "in_force"]) + number(after[*key, "issued"])
        after[*key, "repealed"] = min(number(after[*key, "repealed"]), stock // 2)
        after[*key, "in_force"] = stock - number(after[*key, "repealed"])


def _made(entry: Entry, report: Report) -> Made:
    document = quirks.apply(lay_out(report), entry.quirks, Random(f"demo {entry.name}"))
    kind = Path(entry.name).suffix[1:].replace("txt", "text")
    match kind:
        case "pdf":
            content = pdf(document, PDF_STYLES[entry.style])
        case "text":
            content = text(document)
        case _:
            content = html(document, entry.style, entry.encoding)
    if entry.cut:
        content = content[: len(content) * 2 // 3]
    return Made(entry.name, kind, entry.style, content, report, document)
