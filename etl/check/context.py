"""The Great Expectations context of ``expectations/gx/``, generated from the rules.

``python -m etl.check.context`` (``make suites``) writes it; a test holds the committed files to what this
module makes. Suite ``balance`` has one expectation a rule and form, and one
a rule that needs several reports; ``structure_of_<table>`` has one a query,
and one that compares the number of rows with the published warehouse's. What fails in checkpoint ``balance``
never blocks publication, what fails in checkpoint ``structure`` does.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import duckdb
import yaml

from etl.check.compile import compile_checks
from etl.check.queries import failing_rows
from etl.check.rules import (
    ClaimRule,
    Equation,
    QueryRule,
    Rule,
    SumRule,
    Suspension,
    ValueRule,
    load_all_rules,
    load_rules,
)
from etl.check.structure import load_structure
from etl.check.wide_queries import failing_wide_rows
from etl.resources import EXPECTATIONS

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.file_data_context import FileDataContext
    from great_expectations.expectations.expectation import Expectation

FOLDER = "gx"  # the level that Great Expectations itself adds below a project's root
DATASOURCE = "candidate"
CANDIDATE = "GOUJI_CANDIDATE"
"""Environment variable, or run-time value, that the committed context takes the path of the candidate from."""

BALANCE, STRUCTURE = "balance", "structure"
_SEVERITY = {"hard": "critical", "near_hard": "warning", "soft": "info"}
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_HEADER = "# Generated from ../rules and ../structure.yaml by `make suites`; changes made here are lost.\n"


def least_rows(table: str) -> str:
    """Name of the parameter that says how many rows ``table`` has to have at least."""
    return f"least_rows_of_{table}"


def import_great_expectations() -> Any:
    """Great Expectations, imported late (it takes seconds), without telemetry, and able to read DuckDB."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations

    from etl.check.duckdb_engine import keep_duckdb_connections

    keep_duckdb_connections()
    return great_expectations


def write_context(root: Path) -> None:
    """Make ``root``/gx anew: configuration, suites, validation definitions and checkpoints."""
    gx = import_great_expectations()
    shutil.rmtree(root / FOLDER, ignore_errors=True)
    candidate = root / "empty.duckdb"
    _empty_tables(candidate)
    context = gx.get_context(
        mode="file", project_root_dir=root, runtime_environment={CANDIDATE: str(candidate)}
    )
    context.variables.progress_bars = {"globally": False}
    context.variables.data_docs_sites = {}
    context.variables.analytics_enabled = False
    context.variables.save()
    source = context.data_sources.add_sql(
        name=DATASOURCE,
        connection_string=f"duckdb:///${{{CANDIDATE}}}?access_mode=read_only&memory_limit=2GB",
    )
    batches = {
        table: source.add_table_asset(name=table, table_name=table).add_batch_definition_whole_table("all")
        for table in _tables()
    }
    balance = [_balance(rule, form) for rule in load_rules() for form in rule.forms]
    balance += [
        _wide(rule) for rule in load_all_rules() if not isinstance(rule, Equation | ValueRule | Suspension)
    ]
    definitions = {BALANCE: [_define(context, BALANCE, balance, batches["fact_observation"])]}
    definitions[STRUCTURE] = [
        _define(context, f"{STRUCTURE}_of_{table}", _structure(table), batch)
        for table, batch in batches.items()
    ]
    for name, made in definitions.items():
        context.checkpoints.add(
            gx.Checkpoint(name=name, validation_definitions=made, actions=[], result_format="COMPLETE")
        )
    _settle(root / FOLDER)


def _tables() -> tuple[str, ...]:
    """The tables that suites are about."""
    return tuple(dict.fromkeys(query.table for query in load_structure().queries))


def _empty_tables(path: Path) -> None:
    """Great Expectations takes no table into its configuration before it has seen it."""
    with duckdb.connect(path) as connection:
        for table in _tables():
            connection.execute(f"CREATE TABLE {table} (report_key INTEGER)")


def _define(context: "FileDataContext", name: str, expectations: "list[Expectation]", batch: Any) -> Any:
    gx = import_great_expectations()
    suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=expectations))
    return context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))


def _balance(rule: Rule, form: str) -> "Expectation":
    checks = [check for check in compile_checks() if check.rule.id == rule.id and check.form == form]
    meta = {
        "rule_id": rule.id,
        "form": form,
        "severity": rule.severity,
        "zh": rule.zh,
        "en": rule.en,
        "operands": {check.line: [".".join(term.address) for term in check.terms] for check in checks},
    }
    return _no_rows(failing_rows(rule, form), meta, _SEVERITY[rule.severity])


def _wide(rule: SumRule | QueryRule | ClaimRule) -> "Expectation":
    meta = {
        "rule_id": rule.id,
        "forms": list(rule.forms),
        "severity": rule.severity,
        "scope": rule.scope,
        "zh": rule.zh,
        "en": rule.en,
    }
    return _no_rows(failing_wide_rows(rule), meta, _SEVERITY[rule.severity])


def _structure(table: str) -> "list[Expectation]":
    structure = load_structure()
    expectations = [
        _no_rows(query.sql, {"rule_id": query.id, "zh": query.zh, "en": query.en}, "critical")
        for query in structure.queries
        if query.table == table
    ]
    return expectations + ([_size(table)] if table in structure.tables_that_may_not_shrink else [])


def _no_rows(sql: str, meta: dict[str, Any], severity: str) -> "Expectation":
    gx = import_great_expectations()
    expectation: Expectation = gx.expectations.UnexpectedRowsExpectation(
        unexpected_rows_query=sql, description=f"{meta['en']} / {meta['zh']}", severity=severity, meta=meta
    )
    return expectation


def _size(table: str) -> "Expectation":
    gx = import_great_expectations()
    meta = {
        "rule_id": f"{table.upper()}_DOES_NOT_SHRINK",
        "zh": f"{table} 的行数不少于已发布数据库",
        "en": f"{table} has about as many rows as the published warehouse, or more",
    }
    expectation: Expectation = gx.expectations.ExpectTableRowCountToBeBetween(
        min_value={"$PARAMETER": least_rows(table)}, description=f"{meta['en']} / {meta['zh']}", meta=meta
    )
    return expectation


def _settle(folder: Path) -> None:
    """Leave what belongs under version control, with ids that are the same each time."""
    for name in ("plugins", "uncommitted"):
        shutil.rmtree(folder / name)
    for path in (folder / ".gitignore", *folder.rglob(".ge_store_backend_id")):
        path.unlink()
    ids = {random: str(uuid5(NAMESPACE_URL, f"gouji/{name}")) for random, name in _ids(folder)}
    config = folder / "great_expectations.yml"
    for path in (config, *folder.rglob("*.json")):
        text = path.read_text(encoding="utf-8")
        if path == config:
            text = _HEADER + text
        else:
            text = json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        path.write_text(_UUID.sub(lambda found: ids[found.group()], text), encoding="utf-8")


def _ids(folder: Path) -> Iterator[tuple[str, str]]:
    """The random id of everything in the context, with a name that tells it from all others."""
    config = yaml.safe_load((folder / "great_expectations.yml").read_text(encoding="utf-8"))
    yield config["data_context_id"], "context"
    for source in config["fluent_datasources"].values():
        yield source["id"], DATASOURCE
        for table, asset in source["assets"].items():
            yield asset["id"], f"table/{table}"
            yield from (
                (batch["id"], f"batch/{table}/{name}") for name, batch in asset["batch_definitions"].items()
            )
    for path in folder.rglob("*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        name = path.relative_to(folder).as_posix()
        yield content["id"], name
        for expectation in content.get("expectations", ()):
            meta = expectation["meta"]
            yield expectation["id"], f"{name}/{meta['rule_id']}/{meta.get('form', '')}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        write_context(Path(scratch))
        shutil.rmtree(EXPECTATIONS / FOLDER, ignore_errors=True)
        shutil.copytree(Path(scratch) / FOLDER, EXPECTATIONS / FOLDER)
    sys.stdout.write(f"{EXPECTATIONS / FOLDER} written\n")
