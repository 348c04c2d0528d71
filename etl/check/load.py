"""The rules in a warehouse: their dimensions, and the verdicts on every report."""

import duckdb
import pyarrow as pa

from etl.check.compile import Check, compile_checks
from etl.check.explain.text import compared, mendable, where
from etl.check.rules import AnyRule, Equation, SumRule, ValueRule, load_all_rules
from etl.check.wide import WideCheck, compile_wide_checks
from etl.resources import sql


def load_rules_into(connection: duckdb.DuckDBPyConnection) -> None:
    """Create and fill dim_rule, dim_check and bridge_check_term; dim_measure has to be there."""
    inputs = {"input_rule": _rules(), "input_check": _checks(), "input_check_term": _terms()}
    for name, table in inputs.items():
        connection.register(name, table)
    for statement in ("dim_rule", "dim_check", "bridge_check_term"):
        connection.execute(sql(statement))
    for name in inputs:
        connection.unregister(name)


def judge(connection: duckdb.DuckDBPyConnection) -> None:
    """Create and fill fact_finding from dim_report, fact_observation and the loaded rules."""
    connection.execute(sql("fact_finding"))


def _rules() -> pa.Table:
    return pa.Table.from_pylist([_rule(rule) for rule in load_all_rules()])


def _rule(rule: AnyRule) -> dict[str, object]:
    return {
        "rule_id": rule.id,
        "severity": rule.severity,
        "scope": rule.scope,
        "kind": rule.kind,
        "forms": list(rule.forms),
        "zh": rule.zh,
        "en": rule.en,
        "source_zh": rule.source.zh,
        "source_en": rule.source.en,
        "at_least": rule.at_least if isinstance(rule, ValueRule) else None,
        "op": rule.op if isinstance(rule, Equation | SumRule) else None,
        "whole": rule.whole if isinstance(rule, ValueRule) else None,
    }


def _checks() -> pa.Table:
    return pa.Table.from_pylist([*map(_check, compile_checks()), *map(_check, compile_wide_checks())])


def _check(check: Check | WideCheck) -> dict[str, object]:
    left, right = compared(check)
    side, mendable_figure = mendable(check) or (None, None)
    return {
        "check_key": check.key,
        "rule_id": check.rule.id,
        "form": check.form,
        "form_table": check.table,
        "line": check.line,
        "n_operands": len(check.terms),
        "cells": list(check.cells),
        "where_zh": where(check).zh,
        "where_en": where(check).en,
        "left_zh": left.zh,
        "left_en": left.en,
        "right_zh": right.zh if right else None,
        "right_en": right.en if right else None,
        "mendable_side": side,
        "mendable_zh": mendable_figure.zh if mendable_figure else None,
        "mendable_en": mendable_figure.en if mendable_figure else None,
    }


def _terms() -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "check_key": check.key,
                "side": term.side,
                "sign": 1 if term.side == "left" else -1,
                "form_table": term.address[0],
                "form_row": term.address[1],
                "form_column": term.address[2],
                "is_total": term.is_total,
            }
            for check in compile_checks()
            for term in check.terms
        ]
    )
