"""Reports of 2014 to 2018: prose and the list of figures of form 2014, in the shapes that it is printed in.

The truth of a list is that of its figures; rows that a province added (``ADDED``) belong to none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from etl.forms import load_forms
from tests.makers.figures import SIZES, Figure, Figures
from tests.makers.grids import split, with_head
from tests.makers.layout import Block, Cell, Document, Grid, printed
from tests.makers.places import Place
from tests.makers.prose import Paragraph
from tests.makers.report import Report

FORM = "2014"
TABLE = "stat"
YEARS = range(2014, 2019)
COLUMN = "value"
ADDED = (
    ("channel_website", "3.新闻媒体公开政府信息数", "条"),
    ("ans_other_channel", "（四）转交其他部门办理数", "件"),
    ("trainees", "（四）编发工作简报数", "期"),
)
"""Rows of a provincial superset: the row each stands after, its label and unit."""

Line = tuple[str, str, str, str]  # label, unit, figure, key of the row ("" for headings and added rows)


def make_stat_report(place: Place, year: int, seed: int, size: str = "medium") -> Report:
    """A report of ``place`` for a year of 2014 to 2018 whose list adds up."""
    rng = Random(f"stat {place.code} {year} {seed}")
    body = f"{place.name}人民政府"
    return Report(
        place,
        year,
        {TABLE: FORM},
        stat_figures(size, rng),
        seed,
        f"{body}{year}年政府信息公开工作年度报告",
        body,
    )


def stat_figures(size: str, rng: Random) -> Figures:
    """Figures of the list: parts add up to their sums, 其中 is no more than what it is of."""
    table = load_forms()[FORM].table(TABLE)
    scale = SIZES[size]
    values: dict[str, Figure] = {}
    for row in reversed(table.rows):  # parts stand below their sum
        parts = [int(values[part.key]) for part in table.parts_of_total(row)]
        most = [int(values[part.key]) for part in table.rows if part.within == row.key]
        if parts:
            values[row.key] = sum(parts)
        elif row.kind == "amount":
            values[row.key] = Decimal(rng.randrange(scale * 300 + 1)).scaleb(-2).normalize() + 0
        else:
            values[row.key] = rng.randint(0, max(scale // 4, 1)) * bool(scale) + sum(most)
    values["proactive_total"] = max(
        int(values["proactive_normative_doc"]),
        sum(int(value) for key, value in values.items() if key.startswith("channel_")) * 4 // 5,
    )
    values["channel_website"] = int(values["channel_website"]) + int(values["proactive_total"])
    return {(TABLE, row.key, COLUMN): values[row.key] for row in table.rows}


def stat_lines(report: Report) -> list[Line]:
    """The lines of the list in printed order, headings with them."""
    table = load_forms()[FORM].table(TABLE)
    over = {heading.before: heading.zh for heading in table.headings}
    part = table.parts[0]
    lines: list[Line] = []
    for row in table.rows:
        if row.key in over:
            lines.append((over[row.key], "——", "——", ""))
        figure = printed(report.figures[TABLE, row.key, COLUMN])
        lines.append((row.zh, part.unit_of(row, part.columns[0]), figure, row.key))
    return lines


def stat_document(report: Report, shape: str, rng: Random) -> Document:
    """The report with its list in a shape of ``SHAPES``."""
    blocks = [*_opening(report), *SHAPES[shape](stat_lines(report), rng), Paragraph(report.publisher, "note")]
    return Document(report, tuple(blocks), (shape,))


def _opening(report: Report) -> list[Block]:
    year, place = report.year, report.name
    return [
        Paragraph(report.title, "title"),
        Paragraph("（示例：本报告为演示而编，地名和数字均系虚构。）", "note"),
        Paragraph(
            f"按照《中华人民共和国政府信息公开条例》的要求编写本报告，统计期限为{year}年1月1日至{year}年12月31日。"
        ),
        Paragraph("一、概述", "heading"),
        Paragraph(f"{year}年，{place}继续推进政府信息公开，比{year - 1}年有所进步。"),
        Paragraph("二、主动公开政府信息情况", "heading"),
        Paragraph("主要公开财政预算、征地拆迁、食品安全等方面的信息，数字见附表。"),
        Paragraph("三、依申请公开、复议、诉讼和申诉的情况", "heading"),
        Paragraph("公民可以当面、以信函或通过网络提出申请，数字见附表。"),
        Paragraph("四、存在的不足和改进措施", "heading"),
        Paragraph("公开内容还不够全面，将加强培训。"),
        Paragraph("附：政府信息公开情况统计表", "heading"),
    ]


def _grid(rows: Sequence[Sequence[str]], keys: Sequence[str], value: int = 2, heads: int = 1) -> Grid:
    """Rows of texts as a table; ``value`` is the column of figures."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            kind = "head" if row < heads else "figure" if column == value else "label"
            address = (TABLE, keys[row - heads], COLUMN) if kind == "figure" and keys[row - heads] else None
            cells.append(Cell(text, row, column, 1, 1, kind, address))  # type: ignore[arg-type]
    return Grid(TABLE, tuple(cells), max(map(len, rows)), header_rows=heads)


def _keys(lines: Sequence[Line]) -> list[str]:
    return [key for *_, key in lines]


def plain(lines: list[Line], rng: Random) -> list[Block]:
    """统计指标、单位、统计数三列"""
    rows = [("统计指标", "单位", "统计数"), *((label, unit, figure) for label, unit, figure, _ in lines)]
    return [_grid(rows, _keys(lines))]


def two_columns(lines: list[Line], rng: Random) -> list[Block]:
    """指标名称、数量两列，单位写在数字后"""
    rows = [("指标名称", "数量")]
    rows += [(label, figure + unit if key else "") for label, unit, figure, key in lines]
    return [_grid(rows, _keys(lines), value=1)]


def unit_in_label(lines: list[Line], rng: Random) -> list[Block]:
    """单位写在指标名称后的括号内"""
    rows = [("指标", "数值")]
    rows += [
        (f"{label}（{unit}）" if key else label, figure if key else "") for label, unit, figure, key in lines
    ]
    return [_grid(rows, _keys(lines), value=1)]


def numbered(lines: list[Line], rng: Random) -> list[Block]:
    """前有序号列，后有备注列"""
    rows = [("序号", "指标名称", "计量单位", "数量", "备注")]
    rows += [
        (str(number), label, unit, figure, "无变化" if rng.random() < 0.1 else "")
        for number, (label, unit, figure, _) in enumerate(lines, 1)
    ]
    return [_grid(rows, _keys(lines), value=3)]


def indented(lines: list[Line], rng: Random) -> list[Block]:
    """指标按层级分列缩进"""
    rows = [("指标名称", "", "", "单位", "统计数")]
    for label, unit, figure, _ in lines:
        depth = 0 if label[1] == "、" else 1 if label[0] == "（" else 2
        rows.append((*("",) * depth, label, *("",) * (2 - depth), unit, figure))
    return [_grid(rows, _keys(lines), value=4)]


def side_by_side(lines: list[Line], rng: Random) -> list[Block]:
    """左右两栏并排"""
    half = (len(lines) + 1) // 2
    left, right = lines[:half], [*lines[half:], *[("", "", "", "")] * (2 * half - len(lines))]
    head = ("统计指标", "单位", "统计数")
    cells = _grid([head, *((a, b, c) for a, b, c, _ in left)], _keys(left)).cells
    other = _grid([head, *((a, b, c) for a, b, c, _ in right)], _keys(right)).cells
    moved = tuple(replace(cell, column=cell.column + 3) for cell in other)
    ordered = tuple(sorted((*cells, *moved), key=lambda cell: (cell.row, cell.column)))
    return [Grid(TABLE, ordered, 6, header_rows=1)]


def superset(lines: list[Line], rng: Random) -> list[Block]:
    """省里另加了指标"""
    return plain(added(lines), rng)


def added(lines: list[Line]) -> list[Line]:
    """The lines of the superset."""
    more = {after: (label, unit, str(7 + index), "") for index, (after, label, unit) in enumerate(ADDED)}
    return [one for line in lines for one in (line, *((more[line[3]],) if line[3] in more else ()))]


def by_level(lines: list[Line], rng: Random) -> list[Block]:
    """数字分为区直单位、乡镇街道和合计三列，表头两行"""
    rows = [("统计指标", "单位", "统计数", "", ""), ("", "", "合计", "区直单位", "乡镇街道")]
    for label, unit, figure, key in lines:
        part = rng.randint(0, 9) if key else 0
        rows.append((label, unit, figure, str(part) if key else "——", "0" if key else "——"))
    grid = _grid(rows, _keys(lines), heads=2)
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 3)}
    cells = tuple(
        replace(cell, row_span=spans[at][0], column_span=spans[at][1])
        if (at := (cell.row, cell.column)) in spans
        else cell
        for cell in grid.cells
        if cell.row > 1 or cell.text
    )
    return [replace(grid, cells=cells, columns=5)]


def cut(lines: list[Line], rng: Random) -> list[Block]:
    """分页：一行指标断在两页"""
    (whole,) = plain(lines, rng)
    assert isinstance(whole, Grid)
    at = next(cell.row for cell in whole.cells if cell.text.startswith("（一）收到申请数"))
    upper, lower = split(whole, at)
    torn = next(cell for cell in lower.cells if "维持具体行政行为或者" in cell.text)
    before, after = split(lower, torn.row)
    head = replace(torn, row=0, text=torn.text[:10])
    tail = [
        replace(
            cell,
            text=cell.text[10:] if cell.row == 0 and cell.kind == "label" and cell.column == 0 else cell.text,
        )
        for cell in after.cells
    ]
    blank = [Cell("", before.height, column, kind="spare") for column in (1, 2)]
    before = replace(before, cells=(*before.cells, replace(head, row=before.height), *blank))
    return [upper, with_head(before, whole), replace(after, cells=tuple(tail))]


def loose_wording(lines: list[Line], rng: Random) -> list[Block]:
    """省去“数”字和括注，编号写法不一"""

    def worded(label: str) -> str:
        for mark, other in (
            ("（一）", "(一)"),
            ("（二）", "(二) "),
            ("1.", "1、"),
            ("2.", "2．"),
            ("其中：", "其中:"),
        ):
            label = label.replace(mark, other)
        return label.split("（不")[0].removesuffix("数")

    return plain([(worded(label), unit, figure, key) for label, unit, figure, key in lines], rng)


def yuan(lines: list[Line], rng: Random) -> list[Block]:
    """费用以元计"""
    told = [
        (label, "元", printed((Decimal(figure) * 10000).quantize(Decimal(1))), key)
        if unit == "万元"
        else (label, unit, figure, key)
        for label, unit, figure, key in lines
    ]
    return plain(told, rng)


def blanks(lines: list[Line], rng: Random) -> list[Block]:
    """零留空"""
    return plain(
        [(label, unit, "" if figure == "0" else figure, key) for label, unit, figure, key in lines], rng
    )


def no_heads(lines: list[Line], rng: Random) -> list[Block]:
    """无表头，分组行无横线"""
    rows = [(label, unit if key else "", figure if key else "") for label, unit, figure, key in lines]
    return [_grid(rows, _keys(lines), heads=0)]


Shape = Callable[[list[Line], Random], list[Block]]
SHAPES: Mapping[str, Shape] = {
    shape.__name__: shape
    for shape in (
        plain,
        two_columns,
        unit_in_label,
        numbered,
        indented,
        side_by_side,
        superset,
        by_level,
        cut,
        loose_wording,
        yuan,
        blanks,
        no_heads,
    )
}
"""The shapes of the list, by name."""
