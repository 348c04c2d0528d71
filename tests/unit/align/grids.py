"""Small grids written as text, for tests of aligning."""

from etl.model import Cell, Grid, Place


def grid(text: str, is_ruled: bool = True) -> Grid:
    """Lines of cells separated by ``|``; ``^`` continues the cell above, ``<`` the cell to the left."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    spans: dict[tuple[int, int], list[int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell == "^":
                owner[r, c] = owner[r - 1, c]
                spans[owner[r, c]][0] = max(spans[owner[r, c]][0], r - owner[r, c][0] + 1)
            elif cell == "<":
                owner[r, c] = owner[r, c - 1]
                spans[owner[r, c]][1] = max(spans[owner[r, c]][1], c - owner[r, c][1] + 1)
            else:
                owner[r, c] = (r, c)
                spans[r, c] = [1, 1]
    cells = tuple(
        Cell(rows[r][c].replace("\\n", "\n"), r, c, height, width, Place(path=f"{r},{c}"))
        for (r, c), (height, width) in spans.items()
    )
    return Grid(cells, "test", is_ruled)


DISCLOSURE = """
第二十条第（一）项|<|<|<
信息内容|本年制发件数|本年废止件数|现行有效件数
规章|0|0|0
行政规范性文件|1|9|19
第二十条第（五）项|<|<|<
信息内容|本年处理决定数量|<|<
行政许可|23619|<|<
第二十条第（六）项|<|<|<
信息内容|本年处理决定数量|<|<
行政处罚|1280|<|<
行政强制|3|<|<
第二十条第（八）项|<|<|<
信息内容|本年收费金额（单位：万元）|<|<
行政事业性收费|3382|<|<
"""

HEAD = """
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|<|<|申请人情况|<|<|<|<|<|<
^|^|^|自然人|法人或其他组织|<|<|<|<|总计
^|^|^|^|商业企业|科研机构|社会公益组织|法律服务机构|其他|^
"""

DISPUTES = """
行政复议|<|<|<|<|行政诉讼|<|<|<|<|<|<|<|<|<
结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|<|<|<|<|复议后起诉|<|<|<|<
^|^|^|^|^|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计
0|1|1|1|3|0|0|0|1|1|0|0|0|0|0
"""


def placed(found: Grid) -> Grid:
    """The grid as if printed on a page, every column 20 points wide and every row 10 high."""
    cells = (
        cell._replace(
            place=Place(
                1,
                (
                    cell.column * 20.0,
                    cell.row * 10.0,
                    (cell.column + cell.column_span) * 20.0,
                    (cell.row + cell.row_span) * 10.0,
                ),
            )
        )
        for cell in found.cells
    )
    return Grid(tuple(cells), found.reader, found.is_ruled)
