"""The rules of ``expectations/rules/*.yaml``, validated against the forms they speak of."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

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


class _Rule(DataModel):
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


class Operand(NamedTuple):
    """A row or column in a sum: added or taken away, of this year's report or of the one before (-1)."""

    sign: int
    key: str
    year: int


class SumRule(_Rule):
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


class QueryRule(_Rule):
    """A rule said in SQL: its rows are the cells that break it, with the figures on both sides.

    ``cells`` are the cells it may name, ``*`` standing for any row or column. The query reads ``figure`` (each
    stated cell of a report: report_key, measure_key, form_table, form_row, form_column, form, value),
    ``year_pair`` (report_key, prior_key: a county's report and the one of the year before) and the tables of
    the warehouse, and gives report_key, measure_key, left_value and right_value.
    """

    kind: ClassVar[str] = "query"
    cells: Keys
    sql: str = Field(pattern=r"(?s)^SELECT ")

    @model_validator(mode="after")
    def _cells_exist(self) -> Self:
        for form in self.forms:
            self.addresses(form)
        return self

    def addresses(self, form: str) -> tuple[tuple[str, str, str], ...]:
        """The cells of a form that the rule is about, in order of the form."""
        found = [
            (slot.table, slot.row, slot.column)
            for slot in load_forms()[form].slots()
            if any(fnmatchcase(f"{slot.table}.{slot.row}.{slot.column}", each) for each in self.cells)
        ]
        if not found:
            raise ValueError(f"form {form} has none of the cells {', '.join(self.cells)}")
        return tuple(found)


class Suspension(_Rule):
    """When rules across years are not applied: ``relations`` of the bridge of successions."""

    kind: ClassVar[str] = "suspension"
    relations: Keys


class Meaning(DataModel):
    """One way to read a claim: the sum of these cells."""

    meaning: str
    cells: Keys


class ClaimRule(_Rule):
    """What the running text says against what the tables say.

    ``claims`` are the kinds of claim it is about. ``op``: ``equal`` (the number is that of the meaning named
    as the claim is, or of any meaning where none is), ``zero`` (the cells are 0), ``parts`` (the parts listed
    add up to no more than the number), ``year`` (the period ends with the report year: a date as 20241231).
    """

    kind: ClassVar[str] = "claim"
    claims: Keys
    op: Literal["equal", "zero", "parts", "year"]
    meanings: tuple[Meaning, ...]

    @model_validator(mode="after")
    def _cells_exist(self) -> Self:
        for form in self.forms:
            known = {f"{slot.table}.{slot.row}.{slot.column}" for slot in load_forms()[form].slots()}
            for meaning in self.meanings:
                if strange := set(meaning.cells) - known:
                    raise ValueError(f"form {form} has no cell {min(strange)}")
        return self

    def agrees(
        self,
        year: int,
        kind: str,
        value: Decimal | None,
        parts: Sequence[Decimal],
        cells: Mapping[str, Decimal],
    ) -> str | None:
        """The meaning in which a claim agrees with the tables, None if it contradicts them in all.

        ``cells`` are the stated figures by address. A meaning with a cell that states nothing counts as agreed
        upon: nothing contradicts it.
        """
        if self.op == "parts":
            return kind if value is None or sum(parts) <= value else None
        if self.op == "year":
            return kind if value is None or value == year * 10_000 + 1231 else None
        expected = Decimal(0) if self.op == "zero" else value
        named = [one for one in self.meanings if one.meaning == kind] if len(self.claims) > 1 else self.meanings
        for one in named:
            stated = [cells.get(cell) for cell in one.cells]
            if None in stated or sum(filter(None, stated), Decimal(0)) == expected:
                return one.meaning
        return None


Rule = Equation | ValueRule
"""A rule that is judged on one report alone."""

AnyRule = Equation | ValueRule | SumRule | QueryRule | Suspension | ClaimRule


class RuleFile(DataModel):
    """One file of rules."""

    equations: tuple[Equation, ...] = ()
    values: tuple[ValueRule, ...] = ()
    sums: tuple[SumRule, ...] = ()
    queries: tuple[QueryRule, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    claims: tuple[ClaimRule, ...] = ()

    @property
    def rules(self) -> tuple[AnyRule, ...]:
        return (
            *self.equations,
            *self.values,
            *self.sums,
            *self.queries,
            *self.suspensions,
            *self.claims,
        )


def read_rules(folder: Path) -> tuple[AnyRule, ...]:
    """All rules of ``folder``, in order of file name.

    Raises:
        DataError: a file is faulty, or two rules have one id.
    """
    rules: dict[str, AnyRule] = {}
    for path in sorted(folder.glob("*.yaml")):
        for rule in load_model(path, RuleFile).rules:
            if rule.id in rules:
                raise DataError(f"{path}:1: the rule {rule.id} stands twice in {folder}")
            rules[rule.id] = rule
    if not rules:
        raise DataError(f"{folder}: no rule found")
    return tuple(rules.values())


@cache
def load_all_rules() -> tuple[AnyRule, ...]:
    """The rules that ship with Gouji."""
    return read_rules(RULES)


@cache
def load_rules() -> tuple[Rule, ...]:
    """Those of them that are judged on one report alone."""
    return tuple(rule for rule in load_all_rules() if isinstance(rule, Equation | ValueRule))


def _columns(table: Table) -> dict[str, bool]:
    """The columns of a table, and which of them is the total."""
    return {column.key: column.total for part in table.parts for column in part.columns}
