"""The pages of ``docs/reference/`` that are generated: ``python -m etl.warehouse.document`` (``make docs``).

``warehouse.md``, the dictionary, is made here, from the comments of a warehouse built without any report in a
folder of its own; ``rules.md`` by ``etl.check.reference``. Tests hold the committed files to what is made.
"""

import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import duckdb

from etl.catalogue.documents import VERSIONS
from etl.check.reference import rules_page
from etl.resources import ROOT
from etl.settings import Home
from etl.warehouse.build import RELIED_ON, build_candidate

REFERENCE = ROOT / "docs" / "reference"

_HEAD = """\
# Warehouse / 数据库字典

*Generated from the comments in `sql/*.sql` by `make docs`; changes made here are lost.*

`warehouse.duckdb` holds the same words: `SELECT * FROM duckdb_columns()`. Analysts rely on the **views**, whose
columns stay; the tables below them may change from one version to the next. A value is null unless a number is
printed: blank is not zero. Printed totals stand beside their parts: add figures up in `leaf`, which has none.
数据库文件内含同样的说明。分析请用**视图**，其列保持稳定；底层各表可能随版本变化。未印数字则数值为空：空白不等于零。
合计与分项并存：求和请用 `leaf`（不含合计）。
"""

_COLUMNS = """
SELECT table_name, relation.comment, column_name, data_type, is_nullable, listed.comment
FROM duckdb_columns() AS listed
JOIN (
    SELECT table_name, comment FROM duckdb_tables()
    UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
) AS relation USING (table_name)
ORDER BY table_name, column_index
"""
_MACROS = """
SELECT function_name, comment FROM duckdb_functions()
WHERE NOT internal AND function_type IN ('macro', 'table_macro')
ORDER BY function_name
"""


def warehouse_page() -> str:
    """The page in Markdown: views first, then macros, then tables by name."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(home=Path(folder))
        build_candidate(home, VERSIONS.empty_table(), lambda _: None, "none")
        with duckdb.connect(home.candidate, read_only=True) as connection:
            found = connection.execute(_COLUMNS).fetchall()
            macros = connection.execute(_MACROS).fetchall()
    sections = {name: list(columns) for name, columns in groupby(found, key=lambda row: str(row[0]))}
    views = {name: sections.pop(name) for name in sorted(RELIED_ON)}
    lines = [_HEAD, "# Views / 视图", ""]
    for name, columns in views.items():
        lines += _section(name, columns, is_view=True)
    lines += ["# Macros / 宏", "", "| macro / 宏 | meaning | 含义 |", "|---|---|---|"]
    for name, comment in macros:
        english, _, chinese = comment.rpartition(" / ")
        lines.append(f"| `{name}` | {_cell(english)} | {_cell(chinese)} |")
    lines += ["", "# Tables / 表", ""]
    for name, columns in sections.items():
        lines += _section(name, columns, is_view=False)
    return "\n".join(lines).rstrip() + "\n"


def _section(name: str, columns: list[tuple[str, ...]], *, is_view: bool) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield columns[0][1].replace(" / ", "  \n")
    yield ""
    yield "| column / 列 | type / 类型 | meaning | 含义 |"
    yield "|---|---|---|---|"
    for _, _, column, type_, is_nullable, comment in columns:
        english, _, chinese = comment.rpartition(" / ")
        required = "" if is_view or is_nullable else " not null"
        yield f"| `{column}` | {type_}{required} | {_cell(english)} | {_cell(chinese)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name, page in {"rules.md": rules_page(), "warehouse.md": warehouse_page()}.items():
        (REFERENCE / name).write_text(page, encoding="utf-8")
        sys.stdout.write(f"{REFERENCE / name} written\n")
