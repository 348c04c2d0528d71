"""What a statutory form is made of. ``docs/reference/forms.md`` explains the file format."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from etl.yaml_source import DataModel

Kind = Literal["count", "signed", "amount"]
Unit = Literal["件", "项", "个", "条", "次", "篇", "人", "人次", "万元"]
TableKey = Literal["disclosure", "requests", "disputes", "stat"]

TABLES: tuple[TableKey, ...] = get_args(TableKey)
"""The keys of all tables of any form, in the order reports print them."""


def _dotted(key: str) -> str:
    if not all(part.isidentifier() and part.islower() for part in key.split(".")):
        raise ValueError("a key is lower-case words joined by dots")
    return key


Key = Annotated[str, AfterValidator(_dotted)]


class Text(DataModel):
    """The same words in Chinese, as printed on the form, and in English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Row(DataModel):
    """A row of a table. ``total_of`` names the group of rows whose sum it is.

    In a list the unit stands beside each row, and rows say themselves what they belong to: the rows that are
    ``part_of`` another add up to it, one that is counted ``within`` another (其中) does not.
    """

    key: Key
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    under: str | None = None
    total_of: str | None = None
    unit: Unit | None = None
    kind: Kind | None = None
    part_of: Key | None = None
    within: Key | None = None


class Column(DataModel):
    """A column of figures. ``total`` marks the one that is the sum of the others of its row."""

    key: Key
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    unit: Unit | None = None
    kind: Kind = "count"
    under: str | None = None
    total: bool = False


class Part(DataModel):
    """Rows that share columns, under one caption where the form prints one."""

    caption: str | None = None
    rows: tuple[Row, ...] = Field(min_length=1)
    columns: tuple[Column, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        for what, items in (("row", self.rows), ("column", self.columns)):
            keys = [item.key for item in items]
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(f"{what} keys stand twice: {', '.join(sorted(twice))}")
        if sum(column.total for column in self.columns) > 1:
            raise ValueError("more than one column is marked total")
        return self

    @model_validator(mode="after")
    def _every_cell_has_one_unit(self) -> Self:
        for row in self.rows:
            for column in self.columns:
                if (row.unit is None) == (column.unit is None):
                    raise ValueError(f"{row.key}.{column.key}: the unit is to be stated once, by row or column")
        return self

    def unit_of(self, row: Row, column: Column) -> Unit:
        """The unit of a cell: that of its row in a list, of its column elsewhere."""
        unit = row.unit or column.unit
        assert unit is not None  # validated
        return unit

    def kind_of(self, row: Row, column: Column) -> Kind:
        """What a cell holds: what its row says in a list, its column elsewhere."""
        return row.kind or column.kind


class Slot(NamedTuple):
    """One figure a form asks for: the address (table, row, column) and what belongs there."""

    form: str
    table: str
    row: str
    column: str
    ordinal: int  # place in reading order, from 0
    unit: str
    kind: Kind
    is_total: bool  # a sum printed on the form: a statement to be checked, never to be added to its parts
    zh: str
    en: str


class Heading(DataModel):
    """A line of a list without a figure, and the row it stands over."""

    before: Key
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Table(DataModel):
    """One of the statutory tables, in one or more parts.

    ``layout``: ``down``, a row a line; ``across``, the rows side by side in one line of figures; ``list``, one
    figure a line with its unit before it, under ``headings``.
    """

    key: TableKey
    section: Text
    layout: Literal["down", "across", "list"] = "down"
    headings: tuple[Heading, ...] = ()
    groups: dict[Key, Text] = Field(default_factory=dict)
    parts: tuple[Part, ...] = Field(min_length=1)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for part in self.parts for row in part.rows)

    def group_of(self, row: Row) -> str | None:
        """The innermost group a row stands under: ``outcome.refused`` for ``outcome.refused.process``.

        In a list, the row it is a part of.
        """
        if row.part_of is not None:
            return row.part_of
        key = row.key
        while "." in key:
            key = key.rsplit(".", 1)[0]
            if key in self.groups:
                return key
        return None

    def is_total(self, row: Row) -> bool:
        """Whether a row is the sum of others."""
        return row.total_of is not None or any(other.part_of == row.key for other in self.rows)

    def parts_of_total(self, total: Row) -> tuple[Row, ...]:
        """The rows that a total row sums: all others under the group it names, or those that name it."""
        if total.total_of is None:
            return tuple(row for row in self.rows if row.part_of == total.key)
        prefix = f"{total.total_of}."
        return tuple(row for row in self.rows if row.key.startswith(prefix) and row.key != total.key)

    @model_validator(mode="after")
    def _totals_and_groups_exist(self) -> Self:
        keys = [row.key for row in self.rows]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"row keys stand twice: {', '.join(sorted(twice))}")
        for row in self.rows:
            if row.total_of is not None and not self.parts_of_total(row):
                raise ValueError(f"row {row.key} is the total of {row.total_of!r}, which holds no row")
            for other in (row.part_of, row.within):
                if other is not None and (other not in keys or other == row.key):
                    raise ValueError(f"row {row.key} belongs to {other!r}, which is no other row")
        for heading in self.headings:
            if heading.before not in keys:
                raise ValueError(f"the heading {heading.zh} stands before {heading.before!r}, which is no row")
        for group in self.groups:
            if not any(key.startswith(f"{group}.") for key in keys):
                raise ValueError(f"the group {group!r} holds no row")
        return self


class Years(DataModel):
    """Report years a form was prescribed for; ``last`` is None while it is in force."""

    first: int
    last: int | None


class Form(DataModel):
    """A statutory form: its notice, sections and tables."""

    id: str
    title: Text
    notice: str
    report_years: Years
    sections: tuple[str, ...]
    tables: tuple[Table, ...] = Field(min_length=1)

    def table(self, key: str) -> Table:
        """The table ``key`` of this form; KeyError if it has none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)

    def has_table(self, key: str) -> bool:
        return any(table.key == key for table in self.tables)

    def slots(self) -> Iterator[Slot]:
        """Every figure of the form in reading order (200 in form 2021, 198 in 2019, 58 in 2014)."""
        ordinal = 0
        for table in self.tables:
            for part in table.parts:
                for row in part.rows:
                    for column in part.columns:
                        yield Slot(
                            form=self.id,
                            table=table.key,
                            row=row.key,
                            column=column.key,
                            ordinal=ordinal,
                            unit=part.unit_of(row, column),
                            kind=part.kind_of(row, column),
                            is_total=column.total or table.is_total(row),
                            zh=_bare(row.zh) if table.layout == "list" else f"{_bare(row.zh)}·{column.zh}",
                            en=row.en if table.layout == "list" else f"{row.en}: {column.en}",
                        )
                        ordinal += 1

    @model_validator(mode="after")
    def _tables_are_unique(self) -> Self:
        keys = [table.key for table in self.tables]
        if len(set(keys)) != len(keys):
            raise ValueError("a table stands twice")
        return self


def _bare(label: str) -> str:
    return label.split("（区分处理")[0]
