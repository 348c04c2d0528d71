"""Rules tried on the examples that stand beside them: a rule file is tested alone, without any report."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb
import pyarrow as pa

from etl.check.claims import STATUS, weigh
from etl.check.load import judge, load_rules_into
from etl.check.rules import AnyRule, ClaimRule, QueryRule, Sample, ValueRule
from etl.check.wide import judge_wide
from etl.forms import load_forms, measures
from etl.model import Claim, Place
from etl.yaml_source import DataError

_SCALE = Decimal("0.000001")
_TABLES = """
CREATE TABLE dim_measure (
    measure_key SMALLINT, form_table VARCHAR, form_row VARCHAR, form_column VARCHAR, kind VARCHAR,
    is_total BOOLEAN
);
CREATE TABLE form_measure (form VARCHAR, measure_key SMALLINT);
CREATE TABLE dim_report (
    report_key INTEGER, county_key INTEGER, county_code VARCHAR, year SMALLINT, scope VARCHAR, form VARCHAR,
    disclosure_form VARCHAR, requests_form VARCHAR, disputes_form VARCHAR, stat_form VARCHAR,
    publisher VARCHAR, choice_rank INTEGER, is_county_year BOOLEAN
);
CREATE TABLE fact_observation (
    report_key INTEGER, measure_key SMALLINT, value DECIMAL(18, 6), printed_value DECIMAL(18, 6),
    status VARCHAR, corrected BOOLEAN, confidence FLOAT, reader VARCHAR, page SMALLINT
);
CREATE TABLE fact_opinion (
    report_key INTEGER, measure_key SMALLINT, status VARCHAR, value DECIMAL(18, 6)
);
CREATE TABLE bridge_succession (
    predecessor_key INTEGER, successor_key INTEGER, year SMALLINT, relation VARCHAR
);
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one example: whether the rule was broken, and whether it should have been."""

    rule_id: str
    should_break: bool
    statuses: tuple[str, ...]  # the rule's verdicts on the reports of the example

    @property
    def is_right(self) -> bool:
        """A rule keeps what it should keep and breaks what it should break; and it has to say something."""
        return ("fail" in self.statuses) == self.should_break


def try_rule(rule: AnyRule) -> tuple[Tried, ...]:
    """Judge both examples of a rule; none if it has no examples."""
    if rule.examples is None:
        return ()
    return tuple(
        Tried(rule.id, should_break, _statuses(rule, samples))
        for should_break, samples in ((False, rule.examples.keeping), (True, rule.examples.breaking))
    )


def _statuses(rule: AnyRule, samples: Sequence[Sample]) -> tuple[str, ...]:
    if isinstance(rule, ClaimRule):
        return tuple(
            STATUS[one.status]
            for sample in samples
            for one in weigh(_claims(sample), _cells(sample), sample.year, sample.form, sample.scope, [rule])
        )
    with duckdb.connect() as connection:
        connection.execute(_TABLES)
        _fill(connection, samples)
        load_rules_into(connection)
        judge(connection)
        judge_wide(connection)
        rows = connection.execute(
            "SELECT status FROM fact_finding JOIN dim_check USING (check_key) WHERE rule_id = ? ORDER BY ALL",
            [rule.id],
        ).fetchall()
    # A query, and a rule on single figures, name only what breaks them.
    return tuple(status for (status,) in rows) or (("pass",) if isinstance(rule, QueryRule | ValueRule) else ())


def _claims(sample: Sample) -> tuple[Claim, ...]:
    return tuple(
        Claim(one.kind, one.value, "", 0, Place(), "", 0, one.value, one.value, parts=one.parts)
        for one in sample.claims
    )


def _fill(connection: duckdb.DuckDBPyConnection, samples: Sequence[Sample]) -> None:
    keys = {address: key for key, address in enumerate(measures(), start=1)}
    counties = {code: key for key, code in enumerate(sorted({sample.code for sample in samples}), start=1)}
    _insert(
        connection,
        "dim_measure",
        [
            {
                "measure_key": keys[at],
                "form_table": at[0],
                "form_row": at[1],
                "form_column": at[2],
                "kind": slots[0].kind,
                "is_total": slots[0].is_total,
            }
            for at, slots in measures().items()
        ],
    )
    by_name = {".".join(address): key for address, key in keys.items()}
    reports, cells = [], []
    for key, sample in enumerate(samples, start=1):
        form = load_forms()[sample.form]
        reports.append(
            {
                "report_key": key,
                "county_key": counties[sample.code],
                "county_code": sample.code,
                "year": sample.year,
                "scope": sample.scope,
                "publisher": f"{sample.scope} {key}",
                "form": sample.form,
                "is_county_year": sample.scope == "county" and not sample.code.endswith("00"),
            }
            | {f"{table.key}_form": sample.form for table in form.tables}
        )
        for address, stated in _cells(sample).items():
            value = stated.quantize(_SCALE)
            cells.append(
                {
                    "report_key": key,
                    "measure_key": by_name[address],
                    "value": value,
                    "printed_value": value,
                    "status": "printed",
                    "corrected": False,
                }
            )
    _insert(connection, "dim_report", reports)
    _insert(connection, "fact_observation", cells)


def _cells(sample: Sample) -> dict[str, Decimal]:
    """Every cell of the report, 0 where the example says nothing else."""
    slots = load_forms()[sample.form].slots()
    cells = {f"{slot.table}.{slot.row}.{slot.column}": Decimal(0) for slot in slots}
    if strange := sample.cells.keys() - cells.keys():
        raise DataError(f"an example names the cell {min(strange)}, which form {sample.form} has not")
    return cells | sample.cells


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    connection.register("rows", pa.Table.from_pylist(rows))
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
    connection.unregister("rows")
