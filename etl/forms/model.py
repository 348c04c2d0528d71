"""What a statutory form is made of. ``docs/reference/forms.md`` explains the file format."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from etl.yaml_source import DataModel

Kind = Literal["count", "signed", "amount"]
TableKey = Literal["disclosure", "requests", "disputes"]


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
    """A row of a table. ``total_of`` names the group of rows whose sum it is."""

    key: Key
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    under: str | None = None
    total_of: str | None = None


class Column(DataModel):
    """A column of figures. ``total`` marks the one that is the sum of the others of its row."""

    key: Key
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    unit: Literal["件", "项", "个", "万元"]
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


class Table(DataModel):
    """One of the three statutory tables, in one or more parts."""

    key: TableKey
    section: Text
    layout: Literal["down", "across"] = "down"
    groups: dict[Key, Text] = Field(default_factory=dict)
    parts: tuple[Part, ...] = Field(min_length=1)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for part in self.parts for row in part.rows)

    def group_of(self, row: Row) -> str | None:
        """The innermost group a row stands under: ``outcome.refused`` for ``outcome.refused.process``."""
        key = row.key
        while "." in key:
            key = key.rsplit(".", 1)[0]
            if key in self.groups:
                return key
        return None

    def parts_of_total(self, total: Row) -> tuple[Row, ...]:
        """The rows that a total row sums: all others under the group it names."""
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

    def slots(self) -> Iterator[Slot]:
        """Every figure of the form in reading order (200 in form 2021, 198 in form 2019)."""
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
                            unit=column.unit,
                            kind=column.kind,
                            is_total=column.total or row.total_of is not None,
                            zh=f"{_bare(row.zh)}·{_bare(column.zh)}",
                            en=f"{row.en}: {column.en}",
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
