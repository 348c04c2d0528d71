"""Named oddities of real reports, each a function on a laid-out document.

None makes the report unreadable: a careful person still finds every figure, so the truth stays as it was
(quirks that change what is printed, such as blanks, are in figures.py and change the truth with it).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from etl.forms import normalise
from tests.makers import grids
from tests.makers.layout import Cell, Document, Grid, printed
from tests.makers.prose import Paragraph

Quirk = Callable[[Document, Random], Document]

LABELS = ("head", "group", "label", "caption", "corner")
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def _each_cell(document: Document, change: Callable[[Cell], str]) -> Document:
    """The document with the text of every cell put through ``change``."""
    return replace(
        document,
        blocks=tuple(
            replace(block, cells=tuple(replace(cell, text=change(cell)) for cell in block.cells))
            if isinstance(block, Grid)
            else block
            for block in document.blocks
        ),
    )


def _each_grid(document: Document, change: Callable[[Grid], Grid], *keys: str) -> Document:
    return replace(
        document,
        blocks=tuple(
            change(block) if isinstance(block, Grid) and (not keys or block.key in keys) else block
            for block in document.blocks
        ),
    )


def _figures(document: Document, change: Callable[[str], str]) -> Document:
    return _each_cell(document, lambda cell: change(cell.text) if cell.kind == "figure" else cell.text)


def _labels(document: Document, change: Callable[[str], str]) -> Document:
    return _each_cell(document, lambda cell: change(cell.text) if cell.kind in LABELS else cell.text)


# -- figures as printed --------------------------------------------------------------------------------------


def full_width_digits(document: Document, rng: Random) -> Document:
    """全角数字: １２３"""
    return _figures(document, lambda text: text.translate(WIDE))


def some_full_width_digits(document: Document, rng: Random) -> Document:
    """个别全角数字: one figure in five full-width, 1２3 within a figure too"""
    return _figures(
        document, lambda text: "".join(c.translate(WIDE) if rng.random() < 0.2 else c for c in text)
    )


def thousands(document: Document, rng: Random) -> Document:
    """千分位: 23,619"""
    return _figures(document, lambda text: _grouped(text, ","))


def wide_thousands(document: Document, rng: Random) -> Document:
    """全角千分位: 23，619"""
    return _figures(document, lambda text: _grouped(text, "，"))


def spaced_thousands(document: Document, rng: Random) -> Document:
    """空格千分位: 23 619"""
    return _figures(document, lambda text: _grouped(text, " "))


def _grouped(text: str, separator: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}".replace(",", separator) + dot + rest if whole.isdigit() else text


def wrapped_digits(document: Document, rng: Random) -> Document:
    """数字折行: figures of three digits and more broken over lines in the cell"""

    def wrap(text: str) -> str:
        if len(text) < 3 or not text.isdigit():
            return text
        at = rng.randint(1, len(text) - 1)
        return f"{text[:at]}\n{text[at:]}"

    return _figures(document, wrap)


def spaced_figures(document: Document, rng: Random) -> Document:
    """数字旁空白: spaces, no-break spaces and line ends around figures"""
    return _figures(
        document, lambda text: rng.choice((" {} ", "{}\u00a0", "\u3000{}", "\n{}", "{}\n")).format(text)
    )


def nbsp_blanks(document: Document, rng: Random) -> Document:
    """空格占位: empty cells hold a no-break space"""
    return _figures(document, lambda text: text or "\u00a0")


def unit_in_counts(document: Document, rng: Random) -> Document:
    """件数带单位: 12件 in tables two and three"""
    return _each_cell(
        document,
        lambda cell: (
            f"{cell.text}件"
            if cell.kind == "figure" and cell.text.isdigit() and cell.address and cell.address[2] in _COUNTED
            else cell.text
        ),
    )


_COUNTED = ("decisions", "issued", "repealed", "in_force", "natural_person", "total")


def whole_decimals(document: Document, rng: Random) -> Document:
    """件数带小数: 12.0, as spreadsheets paste"""
    return _each_cell(
        document,
        lambda cell: (
            f"{cell.text}.0"
            if cell.kind == "figure" and cell.text.isdigit() and cell.address and cell.address[2] != "amount"
            else cell.text
        ),
    )


def spelt_zeros(document: Document, rng: Random) -> Document:
    """零写作“零”"""
    return _figures(document, lambda text: "零" if text == "0" else text)


def explicit_plus(document: Document, rng: Random) -> Document:
    """本年增/减写作 +3、－3"""
    minus = rng.choice("-－−")
    return _signed(
        document, lambda value: f"+{value}" if value > 0 else f"{minus}{-value}" if value < 0 else "0"
    )


def signed_words(document: Document, rng: Random) -> Document:
    """本年增/减写作 增3、减3"""
    return _signed(document, lambda value: f"增{value}" if value > 0 else f"减{-value}" if value < 0 else "0")


def _signed(document: Document, write: Callable[[int], str]) -> Document:
    def change(cell: Cell) -> str:
        if cell.kind != "figure" or cell.address is None or cell.address[2] != "items_change":
            return cell.text
        try:
            return write(int(cell.text))
        except ValueError:
            return cell.text

    return _each_cell(document, change)


# -- money ---------------------------------------------------------------------------------------------------


def _amounts(document: Document, write: Callable[[Decimal], str]) -> Document:
    figures = document.report.figures

    def change(cell: Cell) -> str:
        if cell.kind != "figure" or cell.address is None or cell.address[2] != "amount":
            return cell.text
        figure = figures[cell.address]
        return cell.text if isinstance(figure, str) else write(Decimal(figure))

    return _each_cell(document, change)


def _amount_heads(document: Document, unit: str) -> Document:
    """The amount column's heading with another unit."""

    def change(cell: Cell) -> str:
        if cell.kind != "head" or cell.address is None or cell.address[2] != "amount":
            return cell.text
        bare = cell.text.split("（")[0]
        return f"{bare}（单位：{unit}）" if unit else bare

    return _each_cell(document, change)


def _plain(value: Decimal) -> str:
    return printed(value.normalize() + 0)


def yuan_in_cell(document: Document, rng: Random) -> Document:
    """单元格内“80618元”"""
    return _amounts(document, lambda value: f"{_plain(value * 10000)}元")


def wan_in_cell(document: Document, rng: Random) -> Document:
    """单元格内“3382万元”"""
    return _amounts(document, lambda value: f"{_plain(value)}{rng.choice(('', ' '))}万元")


def wan_without_yuan(document: Document, rng: Random) -> Document:
    """单元格内“3,382万”"""
    return _amounts(document, lambda value: f"{_grouped(_plain(value), ',')}万")


def unit_in_label(document: Document, rng: Random) -> Document:
    """行名带单位: 行政事业性收费（元）, the heading names none"""
    changed = _amounts(document, lambda value: _plain(value * 10000))
    changed = _amount_heads(changed, "")
    rows = {address[1] for address in document.report.figures if address[2] == "amount"}

    def change(cell: Cell) -> str:
        is_amount = cell.kind == "label" and cell.address is not None and cell.address[1] in rows
        return f"{cell.text}（元）" if is_amount else cell.text

    return _each_cell(changed, change)


def yi_in_cell(document: Document, rng: Random) -> Document:
    """单元格内“1.5亿元”"""
    return _amounts(document, lambda value: f"{_plain(value / 10000)}亿元")


def yuan_in_head(document: Document, rng: Random) -> Document:
    """表头单位为元"""
    return _amount_heads(_amounts(document, lambda value: _plain(value * 10000)), "元")


def yi_in_head(document: Document, rng: Random) -> Document:
    """表头单位为亿元"""
    return _amount_heads(_amounts(document, lambda value: _plain(value / 10000)), "亿元")


def wan_in_head(document: Document, rng: Random) -> Document:
    """表头单位为万元 (form 2019 prints none)"""
    return _amount_heads(document, "万元")


def six_decimals(document: Document, rng: Random) -> Document:
    """金额六位小数: 190.457379, zeros filled"""
    return _amounts(document, lambda value: f"{value:.6f}" if value else "0.000000")


# -- labels --------------------------------------------------------------------------------------------------


def letter_spaced(document: Document, rng: Random) -> Document:
    """字间空格: 自 然 人, 商业 企业"""
    gap = rng.choice((" ", "　", "  "))
    return _labels(
        document, lambda text: gap.join(text) if len(text) <= 4 else text.replace("公开", f"公{gap}开")
    )


def broken_labels(document: Document, rng: Random) -> Document:
    """标签内换行"""

    def split(text: str) -> str:
        if len(text) < 4:
            return text
        at = rng.randint(2, len(text) - 2)
        return f"{text[:at]}\n{text[at:]}"

    return _labels(document, split)


def half_width_marks(document: Document, rng: Random) -> Document:
    """半角括号引号"""
    return _labels(document, lambda text: text.translate(str.maketrans("（）“”：，、．", '()"":,、.')))


def other_quotes(document: Document, rng: Random) -> Document:
    """别种括号引号: 〔〕「」‘’"""
    return _labels(
        document,
        lambda text: text.translate(str.maketrans("（）“”", rng.choice(("〔〕「」", "（）‘’", "【】《》")))),
    )


def spaced_numbering(document: Document, rng: Random) -> Document:
    """编号后空格与别种点号: 1. 属于, 1、属于, 1．属于, （1）属于"""
    shape = rng.choice(("{}. ", "{}、", "{}．", "（{}）", "({})"))

    def change(text: str) -> str:
        head, dot, rest = text.partition(".")
        return shape.format(head) + rest if dot and head.isdigit() else text

    return _labels(document, change)


def lost_numbering(document: Document, rng: Random) -> Document:
    """丢编号: list numbers of leaves lost, as copies of automatic numbering do"""
    return _each_cell(document, lambda cell: _unnumbered(cell.text) if cell.kind == "label" else cell.text)


def _unnumbered(text: str) -> str:
    head, dot, rest = text.partition(".")
    return rest if dot and head.isdigit() else text


SLIPS: Mapping[str, str] = {
    "本年废止件数": "本年度止件数",
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "6.属于四类过程性信息": "6.属于四类过程性性信息",
    "第二十条第（一）项": "第二十条第（一项）",
    "现行有效件数": "现行有效件数（历史累计）",
    "规章": "规章(县级无此项)",
    "对外公开总数量": "对外公开数量",
    "二、上年结转政府信息公开申请数量": "二、上年度结转政府信息公开申请数量",
    "四、结转下年度继续办理": "四、结转下年继续办理",
}
"""Wordings seen in print where the form has another."""


def known_slips(document: Document, rng: Random) -> Document:
    """见过的错字: 本年度止件数, 2.其他法律行政止公开, 第二十条第（一项）…"""
    return _labels(document, lambda text: SLIPS.get(text, text))


def new_slip(document: Document, rng: Random) -> Document:
    """新错字: one character of three labels lost, doubled, exchanged with its neighbour, or another"""
    longer = {
        (block.key, cell.row): cell  # one a row at most: two slips side by side are no slip any more
        for block in document.blocks
        if isinstance(block, Grid)
        for cell in block.cells
        if cell.kind in ("head", "group", "label") and len(normalise(cell.text)) >= 5
    }
    chosen = {cell: _slip(cell.text, rng) for cell in rng.sample(list(longer.values()), min(3, len(longer)))}
    return _each_cell(document, lambda cell: chosen.get(cell, cell.text))


def _slip(text: str, rng: Random) -> str:
    at = rng.randint(len(text) - len(normalise(text)), len(text) - 2)
    if (note := text.find("（单位")) > 1:
        at = min(at, note - 2)  # 元 for 万元 is no slip but another figure
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[: at + 1] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + rng.choice("公开信息年行政其的") + text[at + 1 :],
        )
    )


def section_wording(document: Document, rng: Random) -> Document:
    """标题异文: 四、因政府信息公开工作被申请行政复议、提起行政诉讼情况; the template's hint left in"""
    blocks: list[Grid | Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.kind == "heading" and block.text.startswith("四、"):
            block = replace(block, text="四、因政府信息公开工作被申请行政复议、提起行政诉讼情况")
        if isinstance(block, Grid):
            blocks.append(Paragraph("该部分以表格形式报告。表格如下："))
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


# -- shape ---------------------------------------------------------------------------------------------------


def table_a_part(document: Document, rng: Random) -> Document:
    """表二分项: one table for each 项 of section two"""
    parts = {
        index: grids.parts(block)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Grid) and block.key == "disclosure"
    }
    return document.replace_grids({index: tuple(found) for index, found in parts.items()})


def missing_first_caption(document: Document, rng: Random) -> Document:
    """缺首项标题: 第二十条第（一）项 is not printed"""
    return _each_grid(document, lambda grid: grids.drop_row(grid, 0), "disclosure")


def missing_part_heads(document: Document, rng: Random) -> Document:
    """缺分项表头: the line 信息内容 | 本年处理决定数量 is missing from the parts after the first"""

    def change(grid: Grid) -> Grid:
        heads = [cell.row for cell in grid.cells if cell.kind == "head" and cell.column == 0]
        kept = {heads[0]} | {
            row
            for row in heads
            for cell in grid.cells
            if cell.row == row and cell.address and cell.address[2] == "amount"
        }
        for row in sorted(set(heads) - kept, reverse=True):
            grid = grids.drop_row(grid, row)
        return grid

    return _each_grid(document, change, "disclosure") if document.report.form == "2021" else document


def spare_columns(document: Document, rng: Random) -> Document:
    """多余空列: an empty column between labels and figures, and one at the right"""

    def change(grid: Grid) -> Grid:
        first = min(cell.column for cell in grid.cells if cell.kind == "figure")
        grid = grids.insert_column(grid, grid.columns)
        return grids.insert_column(grid, first)

    return _each_grid(document, change, "requests")


def spare_rows(document: Document, rng: Random) -> Document:
    """多余空行: two empty rows at the end of each table"""

    def change(grid: Grid) -> Grid:
        return grids.append_row(grids.append_row(grid))

    return _each_grid(document, change)


def shifted_heads(document: Document, rng: Random) -> Document:
    """表头错位: section three's headings begin a column too early, the last is wider"""

    def change(grid: Grid) -> Grid:
        cells = []
        for cell in grid.cells:
            if cell.kind == "corner":
                cell = replace(cell, column_span=cell.column_span - 1)
            elif cell.kind == "head":
                last = cell.column + cell.column_span == grid.columns
                cell = replace(cell, column=cell.column - 1, column_span=cell.column_span + last)
            cells.append(cell)
        return replace(grid, cells=tuple(cells))

    return _each_grid(document, change, "requests")


def merged_lead(document: Document, rng: Random) -> Document:
    """标签并格: the group's words stand in the leaf's own cell, no group cells"""
    return _each_grid(document, grids.merge_groups, "requests")


def repeated_groups(document: Document, rng: Random) -> Document:
    """组名逐行重复: merged group cells taken apart, their words in every row"""
    return _each_grid(document, grids.repeat_groups, "requests")


def swapped_rows(document: Document, rng: Random) -> Document:
    """行序颠倒: two neighbouring leaves of （三） exchanged, labels with them"""

    def change(grid: Grid) -> Grid:
        labels = [
            c
            for c in grid.cells
            if c.kind == "label" and c.address and c.address[1].startswith("outcome.refused.")
        ]
        at = rng.randrange(1, len(labels) - 1)
        return grids.swap_rows(grid, labels[at].row, labels[at + 1].row)

    return _each_grid(document, change, "requests")


def one_table(document: Document, rng: Random) -> Document:
    """三表合一: sections two to four in one table, their headings as rows of it"""
    found = [index for index, block in enumerate(document.blocks) if isinstance(block, Grid)]
    first, last = found[0], found[-1] + 1
    joined = grids.joined(document.blocks[first:last])
    return replace(document, blocks=(*document.blocks[:first], joined, *document.blocks[last:]))


def told_in_prose(document: Document, rng: Random) -> Document:
    """第二部分无表: section two in sentences, 本年制发规章0件，废止1件，现行有效12件"""
    table = document.report.form_of("disclosure").table("disclosure")
    gap = rng.choice(("", " "))
    sentences = []
    for part in table.parts:
        for row in part.rows:
            stated = []
            for column in part.columns:
                value = printed(document.report.figures[table.key, row.key, column.key])
                if not value:
                    continue
                name = column.zh.split("（")[0].removeprefix("本年").removesuffix("件数")
                stated.append(f"{name}{gap}{value}{gap}{column.unit}")
            if len(part.columns) == len(stated) == 1 and rng.random() < 0.5:
                stated = [stated[0].removeprefix("处理决定数量").removeprefix("收费金额")]
            sentences.append(f"{row.zh}{'，'.join(stated)}。" if stated else "")
    year = document.report.year
    sentences[0] = f"{year}年，本年{sentences[0]}"
    sentences.append(f"通过网站发布信息{rng.randint(100, 9999)}条，其中政策解读{rng.randint(1, 99)}件。")
    cut = rng.randint(1, len(sentences) - 1)
    told = [Paragraph("".join(sentences[:cut])), Paragraph("".join(sentences[cut:]))]
    at = {i: tuple(told) for i, b in enumerate(document.blocks) if isinstance(b, Grid) and b.key == table.key}
    return document.replace_grids(at)


def lost_groups(document: Document, rng: Random) -> Document:
    """丢组名: the cells 三、本年度办理结果 and （三）不予公开 … are empty"""
    return _each_cell(document, lambda cell: "" if cell.kind == "group" else cell.text)


def columns_exchanged(document: Document, rng: Random) -> Document:
    """列序颠倒: two columns of 法人或其他组织 exchanged, headings with them"""
    return _each_grid(
        document, lambda grid: grids.swap_columns(grid, "business", "public_interest"), "requests"
    )


def split_requests(document: Document, rng: Random) -> Document:
    """表三断开: cut in two tables inside a merged cell, as at a page's end"""
    return _split(document, rng, repeat_head=False, repeat_row=False)


def split_with_head(document: Document, rng: Random) -> Document:
    """表三断开并重复表头"""
    return _split(document, rng, repeat_head=True, repeat_row=False)


def split_repeated_row(document: Document, rng: Random) -> Document:
    """表三断开且重复一行: the last row before the cut is printed again after it"""
    return _split(document, rng, repeat_head=False, repeat_row=True)


def split_group_words(document: Document, rng: Random) -> Document:
    """组名断开: the cut goes through （五）不予|处理"""
    group = "（五）"
    return _split(document, rng, repeat_head=False, repeat_row=False, inside=group)


def _split(
    document: Document, rng: Random, *, repeat_head: bool, repeat_row: bool, inside: str = ""
) -> Document:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Grid) and block.key == "requests":
            rows = range(block.header_rows + 3, block.height - 2)
            if inside:
                group = next(
                    (cell for cell in block.cells if cell.kind == "group" and inside in cell.text), None
                )
                if group is None:
                    return document
                rows = range(group.row + 1, group.row + group.row_span)
            pieces = grids.split(block, rng.choice(rows), halve_words=bool(inside))
            if repeat_row:
                pieces = grids.repeat_last_row(*pieces)
            if repeat_head:
                pieces = pieces[0], grids.with_head(pieces[1], block)
            return document.replace_grids({index: pieces})
    return document


QUIRKS: Mapping[str, Quirk] = {
    quirk.__name__: quirk
    for quirk in (
        full_width_digits,
        some_full_width_digits,
        thousands,
        wide_thousands,
        spaced_thousands,
        wrapped_digits,
        spaced_figures,
        nbsp_blanks,
        unit_in_counts,
        whole_decimals,
        spelt_zeros,
        explicit_plus,
        signed_words,
        yuan_in_cell,
        wan_in_cell,
        wan_without_yuan,
        unit_in_label,
        yi_in_cell,
        yuan_in_head,
        yi_in_head,
        wan_in_head,
        six_decimals,
        letter_spaced,
        broken_labels,
        half_width_marks,
        other_quotes,
        spaced_numbering,
        lost_numbering,
        known_slips,
        new_slip,
        section_wording,
        table_a_part,
        missing_first_caption,
        missing_part_heads,
        spare_columns,
        spare_rows,
        shifted_heads,
        merged_lead,
        repeated_groups,
        swapped_rows,
        lost_groups,
        columns_exchanged,
        one_table,
        told_in_prose,
        split_requests,
        split_with_head,
        split_repeated_row,
        split_group_words,
    )
}
"""The quirks by name, in an order in which they can be applied together."""

NAMED_ONLY = frozenset({"told_in_prose"})
"""Quirks that are never drawn at random: what they leave of a report is read less surely."""

EXCLUSIVE: tuple[frozenset[str], ...] = (
    frozenset({"full_width_digits", "some_full_width_digits"}),
    frozenset(
        {
            "thousands",
            "wide_thousands",
            "spaced_thousands",
            "wrapped_digits",
            "unit_in_counts",
            "whole_decimals",
        }
    ),
    frozenset(
        {
            "yuan_in_cell",
            "wan_in_cell",
            "wan_without_yuan",
            "unit_in_label",
            "yi_in_cell",
            "yuan_in_head",
            "yi_in_head",
            "wan_in_head",
            "six_decimals",
        }
    ),
    frozenset({"explicit_plus", "signed_words", "whole_decimals"}),
    frozenset({"letter_spaced", "broken_labels", "new_slip", "known_slips"}),
    frozenset({"half_width_marks", "other_quotes"}),
    frozenset({"spaced_numbering", "lost_numbering", "lost_groups"}),
    frozenset({"merged_lead", "repeated_groups", "split_group_words", "shifted_heads", "lost_groups"}),
    frozenset(
        {"columns_exchanged", "shifted_heads", "split_requests", "split_repeated_row", "split_group_words"}
    ),
    frozenset({"split_requests", "split_with_head", "split_repeated_row", "split_group_words", "one_table"}),
    frozenset({"table_a_part", "missing_first_caption", "missing_part_heads", "one_table"}),
    frozenset({"spare_columns", "shifted_heads", "one_table"}),
)
"""Of each of these sets a document has one at most: together they could not be read, or undo one another."""


def apply(document: Document, names: tuple[str, ...], rng: Random) -> Document:
    """The document with the named quirks, in the order of QUIRKS; ValueError for a name it does not hold."""
    if unknown := set(names) - set(QUIRKS):
        raise ValueError(f"no such quirk: {', '.join(sorted(unknown))}")
    for name, quirk in QUIRKS.items():
        if name in names:
            document = quirk(document, rng)
    return replace(document, quirks=(*document.quirks, *names))


def pick(rng: Random, count: int) -> tuple[str, ...]:
    """Up to ``count`` quirks that go together."""
    chosen: list[str] = []
    for name in rng.sample([name for name in QUIRKS if name not in NAMED_ONLY], len(QUIRKS) - len(NAMED_ONLY)):
        if len(chosen) == count:
            break
        if not any(name in group and group & set(chosen) for group in EXCLUSIVE):
            chosen.append(name)
    return tuple(chosen)
