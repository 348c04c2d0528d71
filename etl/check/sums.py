"""What a rule on sums is: equations, limits of single figures, and signed sums over two years."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from etl.forms import Table, load_forms
from etl.forms.model import Kind, TableKey, Text
from etl.yaml_source import DataModel

RuleId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Keys = Annotated[tuple[str, ...], Field(min_length=1)]


class PartsOf(DataModel):
    """All parts of a total row or of the total column, as the form says which they are."""

    parts_of: str


Scope = Literal["intra", "cross_year", "cross_entity", "narrative"]


class Claimed(DataModel):
    """A statement of a report's text, in an example."""

    kind: str
    value: Decimal | None
    parts: tuple[Decimal, ...] = ()


class Sample(DataModel):
    """A report in an example: on one form, every cell of the tables spoken of 0 unless ``cells`` says more."""

    year: int
    form: str = "2021"
    code: str = "990101"
    scope: Literal["county", "office", "department", "township"] = "county"
    cells: dict[str, Decimal] = Field(default_factory=dict)
    claims: tuple[Claimed, ...] = ()


class Examples(DataModel):
    """Reports that keep a rule, and reports of which the last year's, or the first, breaks it."""

    keeping: tuple[Sample, ...] = Field(alias="pass", min_length=1)
    breaking: tuple[Sample, ...] = Field(alias="fail", min_length=1)


class BaseRule(DataModel):
    """What every rule says of itself."""

    id: RuleId
    severity: Literal["hard", "near_hard", "soft", "meta"]
    scope: Scope
    forms: Keys
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    source: Text
    examples: Examples | None = None

    def __hash__(self) -> int:
        return hash(self.id)  # examples are no key

    @model_validator(mode="after")
    def _forms_exist(self) -> Self:
        for form in self.forms:
            if form not in load_forms():
                raise ValueError(f"there is no form {form!r}; there are {', '.join(load_forms())}")
        return self


class Equation(BaseRule):
    """Two sums that have to be equal in each column, or in each row, of one table.

    With ``op`` the left one has to be at least (``ge``) or at most (``le``) the right one.

    ``left`` and ``right`` name rows where the equation holds in each column, and columns where it holds in
    each row; ``lines`` restricts it to some of those columns or rows.
    """

    kind: ClassVar[str] = "equation"
    table: TableKey
    each: Literal["column", "row"]
    lines: Keys | None = None
    left: Keys | PartsOf
    op: Literal["eq", "ge", "le"] = "eq"
    right: Keys | PartsOf

    @model_validator(mode="after")
    def _addresses_exist(self) -> Self:
        for form in self.forms:
            lines, left, right = self.keys(form)
            if both := set(left) & set(right):
                raise ValueError(f"{', '.join(sorted(both))} stands on both sides")
            slots = {(slot.row, slot.column) for slot in load_forms()[form].slots() if slot.table == self.table}
            for line in lines:
                for operand in (*left, *right):
                    row, column = self.cell(line, operand)
                    if (row, column) not in slots:
                        raise ValueError(f"form {form} has no cell {self.table}.{row}.{column}")
        return self

    def cell(self, line: str, operand: str) -> tuple[str, str]:
        """Row and column of the operand named ``operand`` in the row or column ``line``."""
        return (operand, line) if self.each == "column" else (line, operand)

    def keys(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Lines, left operands and right operands on ``form``: keys of its rows and columns.

        Raises:
            ValueError: the form has no such table, or ``parts_of`` names something that is no total.
        """
        try:
            table = load_forms()[form].table(self.table)
        except KeyError:
            raise ValueError(f"form {form} has no table {self.table!r}") from None
        across = self.lines or tuple(
            _columns(table) if self.each == "column" else [row.key for row in table.rows]
        )
        return across, self._side(table, self.left, form), self._side(table, self.right, form)

    def _side(self, table: Table, side: tuple[str, ...] | PartsOf, form: str) -> tuple[str, ...]:
        if isinstance(side, tuple):
            return side
        if self.each == "column":
            for row in table.rows:
                if row.key == side.parts_of and table.is_total(row):
                    return tuple(part.key for part in table.parts_of_total(row))
        elif _columns(table).get(side.parts_of):
            return tuple(key for key, is_total in _columns(table).items() if not is_total)
        raise ValueError(
            f"{side.parts_of!r} is no total {'row' if self.each == 'column' else 'column'} of form {form}"
        )


class ValueRule(BaseRule):
    """What every printed figure of one kind has to be, by itself."""

    kind: ClassVar[str] = "value"
    cells: Kind
    at_least: int
    whole: bool

    def forbids(self, value: Decimal) -> bool:
        """Whether a printed figure breaks the rule."""
        return value < self.at_least or (self.whole and bool(value % 1))

    @model_validator(mode="after")
    def _cells_exist(self) -> Self:
        for form in self.forms:
            if not any(slot.kind == self.cells for slot in load_forms()[form].slots()):
                raise ValueError(f"form {form} has no {self.cells} cells")
        return self


class Operand(NamedTuple):
    """A row or column in a sum: added or taken away, of this year's report or of the one before (-1)."""

    sign: int
    key: str
    year: int


class SumRule(BaseRule):
    """Two sums of signed figures that are compared, some of them of last year's report.

    An operand is written ``in_force``, ``-repealed`` or ``in_force@-1``; no operand on the right stands for 0.
    ``each`` and ``lines`` are those of an equation.
    """

    kind: ClassVar[str] = "sum"
    table: TableKey
    each: Literal["column", "row"]
    lines: Keys
    left: Keys
    op: Literal["eq", "ge", "le"] = "eq"
    right: tuple[str, ...]

    @model_validator(mode="after")
    def _addresses_exist(self) -> Self:
        for form in self.forms:
            slots = {(slot.row, slot.column) for slot in load_forms()[form].slots() if slot.table == self.table}
            for line in self.lines:
                cells = [self.cell(line, one) for one in (*self.operands("left"), *self.operands("right"))]
                if missing := [cell for cell in cells if cell not in slots]:
                    raise ValueError(f"form {form} has no cell {self.table}.{'.'.join(missing[0])}")
        return self

    def operands(self, side: Literal["left", "right"]) -> tuple[Operand, ...]:
        """The operands of a side."""
        found = []
        for text in self.left if side == "left" else self.right:
            match = _OPERAND.fullmatch(text)
            if match is None:
                raise ValueError(f"{text!r} is no operand; write in_force, -repealed or in_force@-1")
            found.append(Operand(-1 if match["minus"] else 1, match["key"], -1 if match["before"] else 0))
        return tuple(found)

    def cell(self, line: str, operand: Operand) -> tuple[str, str]:
        """Row and column of an operand in the row or column ``line``."""
        return (operand.key, line) if self.each == "column" else (line, operand.key)


_OPERAND = re.compile(r"(?P<minus>-)?(?P<key>[a-z_]+(?:\.[a-z_]+)*)(?P<before>@-1)?")


def _columns(table: Table) -> dict[str, bool]:
    """The columns of a table, and which of them is the total."""
    return {column.key: column.total for part in table.parts for column in part.columns}
