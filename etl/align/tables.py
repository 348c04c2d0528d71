"""Telling the three statutory tables apart, row by row, by the words of their headings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from etl.align.labels import Target, Targets, label_key, match_one
from etl.align.rows import PrintedRow, printed_rows
from etl.forms import load_forms, normalise
from etl.forms.labels import numbering
from etl.model import Grid

_HEADING_SCORE = 80.0
_CAPTION = "第二十条第"
_LABEL_COLUMN = "信息内容"


@dataclass
class Piece:
    """The rows of one table within one grid: headings and data, in order.

    ``headed`` is False for a grid that goes on with a table begun in an earlier one.
    """

    grid: Grid
    headed: bool
    rows: list[tuple[bool, PrintedRow]] = field(default_factory=list)  # (is a heading, row)

    @property
    def headings(self) -> list[PrintedRow]:
        return [row for is_heading, row in self.rows if is_heading]

    @property
    def data(self) -> list[PrintedRow]:
        return [row for is_heading, row in self.rows if not is_heading]


def pieces(grids: Iterable[Grid]) -> dict[str, list[Piece]]:
    """The pieces of each table in reading order. Rows before any statutory heading belong to none."""
    found: dict[str, list[Piece]] = {"disclosure": [], "requests": [], "disputes": []}
    table: str | None = None
    for grid in grids:
        piece: Piece | None = None
        for row in printed_rows(grid):
            opens = heading_of(row)
            if opens is not None and (opens != table or piece is None):
                table = opens
                piece = Piece(grid, headed=True)
                found[table].append(piece)
            elif table is not None and piece is None:
                piece = Piece(grid, headed=False)
                found[table].append(piece)
            if piece is not None:
                piece.rows.append((opens is not None, row))
    return found


def heading_of(row: PrintedRow) -> str | None:
    """The table whose heading this row is part of, or None for a data row or a row of another table."""
    texts = [cell.text for cell in row.cells if cell.text]
    if not texts:
        return None
    keys = {label_key(text) for text in texts}
    joined = "".join(normalise(text) for text in texts)
    if _CAPTION in joined or _LABEL_COLUMN in keys:
        return "disclosure"
    if "勾稽关系" in joined:
        return "requests"
    for table in ("requests", "disputes"):
        if len(keys & _heading_words(table)) >= 2:
            return table
    columns = disclosure_columns()
    matched = [match_one(text, columns, _HEADING_SCORE) for text in texts]
    if sum(match is not None for match in matched) * 2 >= len(texts):
        return "disclosure"
    return None


@cache
def _heading_words(table: str) -> frozenset[str]:
    words: set[str] = set()
    for form in load_forms().values():
        part = form.table(table).parts[0]
        if table == "requests":
            words |= {normalise(column.zh) for column in part.columns}
            words |= {normalise(column.under) for column in part.columns if column.under}
            words.add("申请人情况")
            words -= {"其他", "总计"}
        else:
            words |= {normalise(column.zh) for column in part.columns}
            words |= {normalise(name) for row in part.rows for name in (row.zh, row.under) if name}
            words.discard("总计")
    return frozenset(words)


@cache
def disclosure_columns() -> Targets:
    """Every column heading of section two in any form, by label."""
    names = {
        label_key(name)
        for form in load_forms().values()
        for part in form.table("disclosure").parts
        for column in part.columns
        for name in (column.zh, *column.aliases)
    }
    return Targets(tuple(Target(name, (name,), frozenset(), None) for name in sorted(names)))


@cache
def row_targets(form_id: str, table: str) -> Targets:
    """The rows of a form's table as targets for printed labels."""
    definition = load_forms()[form_id].table(table)
    targets = []
    for row in definition.rows:
        group = definition.group_of(row)
        labels = (row.zh, *row.aliases)
        targets.append(
            Target(
                key=row.key,
                names=tuple(dict.fromkeys(label_key(name) for name in labels)),
                numbers=frozenset(number for name in labels if (number := numbering(name))),
                group=normalise(definition.groups[group].zh) if group else None,
            )
        )
    return Targets(tuple(targets))


@cache
def column_targets(form_id: str, table: str, part: int = 0) -> Targets:
    """The columns of one part of a form's table as targets for printed headings."""
    return Targets(
        tuple(
            Target(column.key, tuple(dict.fromkeys(map(label_key, (column.zh, *column.aliases)))), frozenset(), None)
            for column in load_forms()[form_id].table(table).parts[part].columns
        )
    )
