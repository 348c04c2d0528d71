"""Wide rules as queries for the failing rows, for Great Expectations; ``{batch}`` stands for fact_observation.

Signed sums are said over again by the labels of the cells, as ``queries.py`` does for equations. A query
rule is SQL already: what it reads is put before it, made from fact_observation and bridge_prior_report. What
running text says is weighed by ``claims.py``; of that the verdicts are listed.
"""

from etl.check.queries import BROKEN, FORM_OF_TABLE, quoted
from etl.check.rules import ClaimRule, QueryRule, SumRule
from etl.forms import TABLES


def failing_wide_rows(rule: SumRule | QueryRule | ClaimRule) -> str:
    """The query for everything that breaks ``rule`` on any of its forms.

    Its columns are report_key, line (of a claim its ordinal), left_value and right_value.
    """
    if isinstance(rule, ClaimRule):
        return f"""\
SELECT
  report_key,
  CAST(ordinal AS VARCHAR) AS line,
  CAST(stated AS DOUBLE) AS left_value,
  CAST(found AS DOUBLE) AS right_value
FROM fact_claim_finding
WHERE rule_id = '{rule.id}' AND status = 'fail' AND report_key IN (SELECT report_key FROM {{batch}})"""
    return _sums(rule) if isinstance(rule, SumRule) else _query(rule)


def _sums(rule: SumRule) -> str:
    line, operand = ("form_column", "form_row") if rule.each == "column" else ("form_row", "form_column")
    operands = [(side, one) for side in ("left", "right") for one in rule.operands(side)]
    listed = ", ".join(f"('{side}', {one.sign}, '{one.key}', {one.year})" for side, one in operands)
    keys = quoted(tuple(dict.fromkeys(one.key for _, one in operands)))
    left, right = (
        f"coalesce(sum(sign * value) FILTER (WHERE side = '{side}'), 0)" for side in ("left", "right")
    )
    before = ""
    if any(one.year for _, one in operands):
        before = f"""
  UNION ALL
  SELECT bridge_prior_report.report_key, -1, {line}, {operand}, value
  FROM {{batch}} AS fact_observation
  JOIN bridge_prior_report ON prior_key = fact_observation.report_key AND NOT suspended
  JOIN dim_measure USING (measure_key)
  WHERE form_table = '{rule.table}' AND {line} IN ({quoted(rule.lines)}) AND {operand} IN ({keys})
    AND value IS NOT NULL"""
    return f"""\
WITH operand (side, sign, operand, year_offset) AS (VALUES {listed}),
stated (report_key, year_offset, line, operand, value) AS (
  SELECT report_key, 0, {line}, {operand}, value
  FROM {{batch}} AS fact_observation
  JOIN dim_measure USING (measure_key)
  JOIN dim_report USING (report_key)
  WHERE form_table = '{rule.table}' AND {line} IN ({quoted(rule.lines)}) AND {operand} IN ({keys})
    AND {FORM_OF_TABLE.format(table=rule.table)} IN ({quoted(rule.forms)}) AND value IS NOT NULL{before}
)
SELECT
  report_key,
  line,
  CAST({left} AS DOUBLE) AS left_value,
  CAST({right} AS DOUBLE) AS right_value
FROM stated
JOIN operand USING (operand, year_offset)
GROUP BY report_key, line
HAVING count(*) = {len(operands)} AND {left} {BROKEN[rule.op]} {right}"""


def _query(rule: QueryRule) -> str:
    form_of_table = " ".join(f"WHEN '{table}' THEN {FORM_OF_TABLE.format(table=table)}" for table in TABLES)
    cells = " OR ".join(
        f"form_table || '.' || form_row || '.' || form_column GLOB '{pattern}'" for pattern in rule.cells
    )
    return f"""\
WITH figure AS (
  SELECT report_key, measure_key, form_table, form_row, form_column, value,
    CASE form_table {form_of_table} END AS form
  FROM {{batch}} AS fact_observation
  JOIN dim_measure USING (measure_key)
  JOIN dim_report USING (report_key)
  WHERE value IS NOT NULL AND ({cells})
),
year_pair AS (
  SELECT report_key, prior_key FROM bridge_prior_report WHERE NOT suspended
)
SELECT
  report_key,
  form_row || '.' || form_column AS line,
  CAST(left_value AS DOUBLE) AS left_value,
  CAST(right_value AS DOUBLE) AS right_value
FROM ({rule.sql}) AS broken
JOIN figure USING (report_key, measure_key)
WHERE form IN ({quoted(rule.forms)})"""
