"""Rules as queries for the failing rows, written without the compiled checks.

``sql/fact_finding.sql`` judges by the bridge of compiled terms. These queries say the same rules over again by
the labels of the cells, straight from fact_observation, so that Great Expectations is a second opinion and not
a second reading of fact_finding. ``{batch}`` stands for fact_observation.
"""

from etl.check.rules import Equation, Rule
from etl.forms import TABLES

BROKEN = {"eq": "<>", "ge": "<", "le": ">"}
FORM_OF_TABLE = "coalesce({table}_form, dim_report.form)"


def failing_rows(rule: Rule, form: str) -> str:
    """The query for every line of ``form`` that breaks ``rule``, with the key of its report.

    Its columns are report_key, line, left_value and, for an equation, right_value.
    """
    return (
        _equation(rule, form)
        if isinstance(rule, Equation)
        else _value(rule.cells, rule.at_least, rule.whole, form)
    )


def _equation(rule: Equation, form: str) -> str:
    lines, left, right = rule.keys(form)
    line, operand = ("form_column", "form_row") if rule.each == "column" else ("form_row", "form_column")
    is_left, is_right = f"{operand} IN ({quoted(left)})", f"{operand} IN ({quoted(right)})"
    # DOUBLE is for showing only: Great Expectations takes milliseconds for each DECIMAL that it writes down.
    # The sums have to be stated on both sides (a comparison with NULL keeps no row) and no total left blank:
    # an unstated total is no claim.
    return f"""\
SELECT
  report_key,
  {line} AS line,
  CAST(sum(value) FILTER (WHERE {is_left}) AS DOUBLE) AS left_value,
  CAST(sum(value) FILTER (WHERE {is_right}) AS DOUBLE) AS right_value
FROM {{batch}} AS fact_observation
JOIN dim_measure USING (measure_key)
JOIN dim_report USING (report_key)
WHERE form_table = '{rule.table}'
  AND {FORM_OF_TABLE.format(table=rule.table)} = '{form}'
  AND {line} IN ({quoted(lines)})
  AND {operand} IN ({quoted((*left, *right))})
GROUP BY report_key, {line}
HAVING count(*) FILTER (WHERE status <> 'unreadable' OR corrected) = {len(left) + len(right)}
  AND NOT bool_or(is_total AND value IS NULL)
  AND sum(value) FILTER (WHERE {is_left}) {BROKEN[rule.op]} sum(value) FILTER (WHERE {is_right})"""


def _value(kind: str, at_least: int, whole: bool, form: str) -> str:
    form_of_table = "\n    ".join(
        f"WHEN '{table}' THEN {FORM_OF_TABLE.format(table=table)}" for table in TABLES
    )
    return f"""\
SELECT report_key, form_row || '.' || form_column AS line, CAST(value AS DOUBLE) AS left_value
FROM {{batch}} AS fact_observation
JOIN dim_measure USING (measure_key)
JOIN dim_report USING (report_key)
WHERE kind = '{kind}'
  AND (value < {at_least}{" OR value <> trunc(value)" if whole else ""})
  AND measure_key IN (SELECT measure_key FROM form_measure WHERE form = '{form}')
  AND '{form}' = CASE form_table
    {form_of_table}
  END"""


def quoted(keys: tuple[str, ...]) -> str:
    """Keys as a list of SQL strings."""
    return ", ".join(f"'{key}'" for key in keys)
