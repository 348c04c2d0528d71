"""The rules of ``expectations/rules/*.yaml``, validated against the forms they speak of."""

from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from etl.check.sums import (
    BaseRule,
    Claimed,
    Equation,
    Examples,
    Keys,
    Operand,
    PartsOf,
    RuleId,
    Sample,
    Scope,
    SumRule,
    ValueRule,
)
from etl.forms import load_forms
from etl.forms.model import Text
from etl.resources import EXPECTATIONS
from etl.yaml_source import DataError, DataModel, load_model

__all__ = [
    "RULES",
    "AnyRule",
    "BaseRule",
    "ClaimRule",
    "Claimed",
    "Equation",
    "Examples",
    "Keys",
    "Meaning",
    "Operand",
    "PartsOf",
    "QueryRule",
    "Rule",
    "RuleFile",
    "RuleId",
    "Sample",
    "Scope",
    "SumRule",
    "Suspension",
    "ValueRule",
    "load_all_rules",
    "load_rules",
    "read_rules",
]

RULES = EXPECTATIONS / "rules"


class QueryRule(BaseRule):
    """A rule said in SQL: its rows are the cells that break it, with the figures on both sides.

    ``cells`` are the cells it may name, ``*`` standing for any row or column. The query reads ``figure`` (each
    stated cell of a report: report_key, measure_key, form_table, form_row, form_column, form, value),
    ``year_pair`` (report_key, prior_key: a county's report and the one of the year before) and the tables of
    the warehouse, and gives report_key, measure_key, left_value and right_value. ``left_is`` and ``right_is``
    say in words what these two are; the left one is the figure in the cell unless they do.
    """

    kind: ClassVar[str] = "query"
    cells: Keys
    left_is: Text | None = None
    right_is: Text | None = None
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


class Suspension(BaseRule):
    """When rules across years are not applied: ``relations`` of the bridge of successions."""

    kind: ClassVar[str] = "suspension"
    relations: Keys


class Meaning(DataModel):
    """One way to read a claim: the sum of these cells."""

    meaning: str
    cells: Keys


class ClaimRule(BaseRule):
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
