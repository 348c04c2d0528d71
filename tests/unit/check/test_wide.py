"""All 45 rules stand as data, and each does to its examples what it should."""

from decimal import Decimal

import duckdb
import pytest

from etl.check import trial
from etl.check.load import judge, load_rules_into
from etl.check.rules import AnyRule, Sample, Suspension, load_all_rules
from etl.check.trial import try_rule
from etl.check.wide import compile_wide_checks, judge_wide

RULES = {rule.id: rule for rule in load_all_rules()}


@pytest.mark.parametrize(
    "rule", [r for r in RULES.values() if not isinstance(r, Suspension)], ids=lambda r: r.id
)
def test_a_rule_keeps_and_breaks_its_examples(rule: AnyRule) -> None:
    tried = try_rule(rule)
    assert [one.should_break for one in tried] == [False, True]
    assert [one for one in tried if not one.is_right or not one.statuses] == []


def test_rules_of_every_scope_are_there() -> None:
    scopes = {
        scope: sum(rule.scope == scope for rule in RULES.values())
        for scope in {r.scope for r in RULES.values()}
    }
    assert scopes == {"intra": 26, "cross_year": 7, "cross_entity": 2, "narrative": 12}


def test_checks_of_wide_rules_have_keys_of_their_own() -> None:
    keys = [check.key for check in compile_wide_checks()]
    assert keys == list(range(keys[0], keys[0] + len(keys)))
    (carry,) = (c for c in compile_wide_checks() if (c.rule.id, c.form) == ("X_CARRY", "2021"))
    assert carry.cells == ("requests.carried_out.total@-1", "requests.received.carried_in.total")


def _statuses(rule_id: str, samples: tuple[Sample, ...], steps: str = "") -> list[str]:
    with duckdb.connect() as connection:
        connection.execute(trial._TABLES)
        trial._fill(connection, samples)
        if steps:
            connection.execute(steps)
        load_rules_into(connection)
        judge(connection)
        judge_wide(connection)
        rows = connection.execute(
            "SELECT status FROM fact_finding JOIN dim_check USING (check_key) WHERE rule_id = ? ORDER BY ALL",
            [rule_id],
        ).fetchall()
    return [status for (status,) in rows]


CARRIED = (
    Sample(year=2023, code="990101", cells={"requests.carried_out.total": Decimal(4)}),
    Sample(year=2024, code="990102", cells={"requests.received.carried_in.total": Decimal(3)}),
)


def test_a_renamed_county_is_followed() -> None:
    assert _statuses("X_CARRY", CARRIED) == []
    step = "INSERT INTO bridge_succession VALUES (1, 2, 2024, 'recode')"
    assert _statuses("X_CARRY", CARRIED, step) == ["fail"]


def test_a_merger_suspends_what_compares_years() -> None:
    step = "INSERT INTO bridge_succession VALUES (1, 2, 2024, 'merge')"
    assert _statuses("X_CARRY", CARRIED, step) == ["suspended"]


def test_a_part_that_was_taken_in_suspends_too() -> None:
    same = (CARRIED[0], CARRIED[1].model_copy(update={"code": "990101"}))
    assert _statuses("X_CARRY", same) == ["fail"]
    assert _statuses("X_CARRY", same, "INSERT INTO bridge_succession VALUES (9, 1, 2024, 'part')") == [
        "suspended"
    ]
    assert _statuses("X_CARRY", same, "INSERT INTO bridge_succession VALUES (9, 1, 2020, 'part')") == ["fail"]


def test_a_jump_of_a_merged_county_is_no_finding() -> None:
    rule = RULES["X_YOY"]
    assert rule.examples is not None
    assert _statuses("X_YOY", rule.examples.breaking) == ["fail"]
    step = "INSERT INTO bridge_succession VALUES (8, 1, 2024, 'merge')"
    assert _statuses("X_YOY", rule.examples.breaking, step) == []


def test_a_table_copied_from_last_year_is_found() -> None:
    cells = {
        f"requests.outcome.{row}.total": Decimal(n)
        for n, row in enumerate(
            ("granted", "partial", "refused.process", "refused.third_party", "total"), start=1
        )
    }
    cells |= {f"requests.outcome.unavailable.{row}.total": Decimal(2) for row in ("not_held", "needs_creation")}
    cells |= {f"requests.received.{row}.total": Decimal(5) for row in ("new", "carried_in")}
    cells |= {f"requests.outcome.not_processed.{row}.total": Decimal(1) for row in ("petition", "duplicate")}
    copied = (Sample(year=2023, cells=cells), Sample(year=2024, cells=cells))
    assert _statuses("X_YOY", copied) == ["fail"]
    other = (
        Sample(year=2023, cells=cells),
        Sample(year=2024, cells=cells | {"requests.carried_out.total": Decimal(1)}),
    )
    assert _statuses("X_YOY", other) == []
