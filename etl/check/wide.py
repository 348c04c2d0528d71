"""Rules that need more than the sums of one report: signed sums, last year's report, other bodies' reports.

Their verdicts go into fact_finding beside those of the equations. A signed sum has a row for each report it can
be asked of; a query rule only for the cells that break it.
"""

from dataclasses import dataclass
from functools import cache

import duckdb
import pyarrow as pa

from etl.check.compile import Address, compile_checks
from etl.check.explain.blame import EXACT_READERS
from etl.check.localise.system import SURE_FROM
from etl.check.rules import Operand, QueryRule, SumRule, Suspension, load_all_rules
from etl.resources import sql

_EXACT = ", ".join(f"'{reader}'" for reader in sorted(EXACT_READERS))
_MACROS = f"""
CREATE MACRO is_doubtful(confidence) AS round(confidence, 6) < {SURE_FROM};
CREATE MACRO is_exact_reader(reader) AS reader IN ({_EXACT});
COMMENT ON MACRO is_doubtful IS
    'is_doubtful(confidence): too uncertain to prove anything / 置信度过低，不足为据';
COMMENT ON MACRO is_exact_reader IS
    'is_exact_reader(reader): it takes characters from a file, none from a picture / 取自文件中的文字而非图像';
"""


@dataclass(frozen=True, slots=True)
class WideTerm:
    """A cell of a signed sum; ``year`` is -1 for a cell of last year's report."""

    side: str
    sign: int
    year: int
    address: Address


@dataclass(frozen=True, slots=True)
class WideCheck:
    """A wide rule applied to one line of one form; a query rule has one check a cell, and one term."""

    key: int
    rule: SumRule | QueryRule
    form: str
    table: str
    line: str
    terms: tuple[WideTerm, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Addresses of the cells; those of last year's report end in ``@-1``."""
        return tuple(".".join(term.address) + ("@-1" if term.year else "") for term in self.terms)


@cache
def compile_wide_checks() -> tuple[WideCheck, ...]:
    """Every check of the wide rules, numbered on from the other checks."""
    made = [
        (rule, form, table, line, terms)
        for rule in load_all_rules()
        if isinstance(rule, SumRule | QueryRule)
        for form in rule.forms
        for table, line, terms in (_sums(rule) if isinstance(rule, SumRule) else _cells(rule, form))
    ]
    return tuple(WideCheck(key, *parts) for key, parts in enumerate(made, start=len(compile_checks()) + 1))


def _sums(rule: SumRule) -> list[tuple[str, str, tuple[WideTerm, ...]]]:
    def term(line: str, side: str, one: Operand) -> WideTerm:
        return WideTerm(side, one.sign, one.year, (rule.table, *rule.cell(line, one)))

    return [
        (
            rule.table,
            line,
            (
                *(term(line, "left", one) for one in rule.operands("left")),
                *(term(line, "right", one) for one in rule.operands("right")),
            ),
        )
        for line in rule.lines
    ]


def _cells(rule: QueryRule, form: str) -> list[tuple[str, str, tuple[WideTerm, ...]]]:
    return [
        (address[0], f"{address[1]}.{address[2]}", (WideTerm("left", 1, 0, address),))
        for address in rule.addresses(form)
    ]


def judge_wide(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the verdicts of the wide rules to fact_finding, and whose fault it is that one fails.

    Reads dim_report (with is_county_year, scope and county_key), fact_observation, fact_opinion, the rules'
    dimensions, bridge_succession, and fact_finding as far as it has the sums of each report. Leaves the
    tables bridge_prior_report, bridge_wide_term and suspending_relation.
    """
    relations = [
        relation for rule in load_all_rules() if isinstance(rule, Suspension) for relation in rule.relations
    ]
    inputs = {
        "input_wide_term": _terms(),
        "input_suspending": pa.table({"relation": pa.array(relations, pa.string())}),
    }
    for name, table in inputs.items():
        connection.register(name, table)
    for statement in (sql("bridge_wide_term"), _MACROS, *wide_statements()):
        connection.execute(statement)
    connection.execute("INSERT INTO fact_finding FROM wide_finding ORDER BY report_key, check_key")
    connection.execute(
        "DROP TABLE wide_finding; DROP VIEW broken_query; DROP VIEW year_pair; DROP TABLE figure"
    )
    for name in inputs:
        connection.unregister(name)


def wide_statements() -> tuple[str, ...]:
    """The SQL of the verdicts, ending in ``wide_finding``: what it says depends on what reports there are."""
    return (sql("bridge_prior_report"), sql("wide_figure"), _broken_query(), sql("wide_finding"))


def _broken_query() -> str:
    found = " UNION ALL ".join(
        f"SELECT '{rule.id}' AS rule_id, report_key, measure_key, left_value, right_value "
        f"FROM ({rule.sql}) AS broken"
        for rule in load_all_rules()
        if isinstance(rule, QueryRule)
    )
    return f"CREATE TEMP VIEW broken_query AS {found}"


def _terms() -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "check_key": check.key,
                "rule_id": check.rule.id,
                "kind": check.rule.kind,
                "scope": check.rule.scope,
                "op": check.rule.op if isinstance(check.rule, SumRule) else None,
                "form": check.form,
                "side": term.side,
                "sign": term.sign,
                "year_offset": term.year,
                "n_operands": len(check.terms),
                "form_table": term.address[0],
                "form_row": term.address[1],
                "form_column": term.address[2],
            }
            for check in compile_wide_checks()
            for term in check.terms
        ]
    )
