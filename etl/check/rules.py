"""The rules of ``expectations/rules/*.yaml``, validated against the forms they speak of."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from etl.forms import Table, load_forms
from etl.forms.model import Kind, TableKey, Text
from etl.resources import EXPECTATIONS
from etl.yaml_source import DataError, DataModel, load_model

RULES = EXPECTATIONS / "rules"

RuleId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Keys = Annotated[tuple[str, ...], Field(min_length=1)]


class PartsOf(DataModel):
    """All parts of a total row or of the total column, as the form says which they are."""

    parts_of: str


class _Rule(DataModel):
    id: RuleId
    severity: Literal["hard", "near_hard", "soft"]
    scope: Literal["intra"]
    forms: Keys
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    source: Text

    @model_validator(mode="after")
    def _forms_exist(self) -> Self:
        for form in self.forms:
            if form not in load_forms():
                raise ValueError(f"there is no form {form!r}; there are {', '.join(load_forms())}")
        return self


class Equation(_Rule):
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


class ValueRule(_Rule):
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


Rule = Equation | ValueRule


class RuleFile(DataModel):
    """One file of rules."""

    equations: tuple[Equation, ...] = ()
    values: tuple[ValueRule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (*self.equations, *self.values)


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """All rules of ``folder``, in order of file name.

    Raises:
        DataError: a file is faulty, or two rules have one id.
    """
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        for rule in load_model(path, RuleFile).rules:
            if rule.id in rules:
                raise DataError(f"{path}:1: the rule {rule.id} stands twice in {folder}")
            rules[rule.id] = rule
    if not rules:
        raise DataError(f"{folder}: no rule found")
    return tuple(rules.values())


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules that ship with Gouji."""
    return read_rules(RULES)


def _columns(table: Table) -> dict[str, bool]:
    """The columns of a table, and which of them is the total."""
    return {column.key: column.total for part in table.parts for column in part.columns}
