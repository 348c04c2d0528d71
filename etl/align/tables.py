"""Telling the three statutory tables apart, row by row, by the words of their headings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from etl.align.labels import Target, Targets, label_key, match_one
from etl.align.rows import PrintedRow, printed_rows
from etl.forms import forms_with, load_forms, normalise
from etl.forms.labels import numbering
from etl.forms.values import parse_value
from etl.model import Grid, Status

_HEADING_SCORE = 80.0
_CAPTION = "第二十条第"
_LABEL_COLUMN = "信息内容"
_COMMON_HEADINGS = frozenset({"其他", "总计"})  # over columns of several tables, and beside rows


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
    # Figures stand at the end of a row.
    if not texts or any(parse_value(text, "count", None).status is Status.PRINTED for text in reversed(texts)):
        return None
    keys = {label_key(text) for text in texts}
    joined = "".join(normalise(text) for text in texts)
    if _CAPTION in joined or _LABEL_COLUMN in keys:
        return "disclosure"
    if "勾稽关系" in joined:
        return "requests"
    for table in ("requests", "disputes"):
        words = [match_one(text, _heading_words(table), _HEADING_SCORE) is not None for text in texts]
        totals = sum(key in _COMMON_HEADINGS for key in keys)
        if sum(words) >= 2 or (any(words) and sum(words) + totals == len(texts) > 1):
            return table
    columns = disclosure_columns()
    matched = [match_one(text, columns, _HEADING_SCORE) for text in texts]
    if sum(match is not None for match in matched) * 2 >= len(texts):
        return "disclosure"
    return None


@cache
def _heading_words(table: str) -> Targets:
    """What is printed over the columns of a table and nowhere else."""
    words = {target.key for target in column_groups(table).items}
    for form in forms_with(table):
        part = form.table(table).parts[0]
        words |= {column.zh for column in part.columns}
        if form.table(table).layout == "across":
            words |= {name for row in part.rows for name in (row.zh, row.under) if name}
    keys = {label_key(word) for word in words} - _COMMON_HEADINGS
    return Targets(tuple(Target(key, (key,), frozenset(), None) for key in sorted(keys)))


@cache
def column_groups(table: str) -> Targets:
    """What is printed over several columns of a table: 申请人情况 over all of section three's, and the like."""
    words = {"申请人情况"} if table == "requests" else set()
    for form in forms_with(table):
        words |= {column.under for column in form.table(table).parts[0].columns if column.under}
    return Targets(tuple(Target(key, (key,), frozenset(), None) for key in sorted(map(label_key, words))))


@cache
def disclosure_columns() -> Targets:
    """Every column heading of section two in any form, by label."""
    names = {
        label_key(name)
        for form in forms_with("disclosure")
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
        above = [text.zh for key, text in definition.groups.items() if row.key.startswith(f"{key}.")]
        # Some pages print a group and its first row in one cell.
        fused = ("".join(above[i:]) + row.zh for i in range(len(above)))
        labels = (row.zh, *row.aliases, *fused)
        targets.append(
            Target(
                key=row.key,
                names=tuple(dict.fromkeys(label_key(name) for name in labels)),
                numbers=frozenset(number for name in (row.zh, *row.aliases) if (number := numbering(name))),
                group=normalise(definition.groups[group].zh) if group else None,
            )
        )
    return Targets(tuple(targets))


@cache
def column_targets(form_id: str, table: str, part: int = 0) -> Targets:
    """The columns of one part of a form's table as targets for printed headings."""
    return Targets(
        tuple(
            Target(
                column.key,
                tuple(dict.fromkeys(map(label_key, (column.zh, *column.aliases)))),
                frozenset(),
                None,
            )
            for column in load_forms()[form_id].table(table).parts[part].columns
        )
    )
