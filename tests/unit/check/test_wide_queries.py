"""The suite's queries for wide rules find what fact_finding calls failed: two statements of each rule."""

import duckdb
import pytest

from etl.check.load import judge, load_rules_into
from etl.check.rules import QueryRule, SumRule, load_all_rules
from etl.check.trial import _TABLES, _fill
from etl.check.wide import judge_wide
from etl.check.wide_queries import failing_wide_rows

WIDE = [rule for rule in load_all_rules() if isinstance(rule, SumRule | QueryRule)]


@pytest.mark.parametrize("rule", WIDE, ids=lambda rule: rule.id)
def test_both_statements_of_a_rule_agree(rule: SumRule | QueryRule) -> None:
    assert rule.examples is not None
    for samples, breaks in ((rule.examples.keeping, False), (rule.examples.breaking, True)):
        with duckdb.connect() as connection:
            connection.execute(_TABLES)
            _fill(connection, samples)
            load_rules_into(connection)
            judge(connection)
            judge_wide(connection)
            judged = connection.execute(
                "SELECT report_key, left_value::DOUBLE, right_value::DOUBLE FROM fact_finding"
                " JOIN dim_check USING (check_key) WHERE rule_id = ? AND status = 'fail' ORDER BY ALL",
                [rule.id],
            ).fetchall()
            asked = connection.execute(
                "SELECT report_key, left_value, right_value FROM ("
                + failing_wide_rows(rule).format(batch="fact_observation")
                + ") ORDER BY ALL"
            ).fetchall()
        assert asked == judged
        assert bool(asked) == breaks
