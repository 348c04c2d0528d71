"""The Great Expectations suites over a candidate: no exceptions, and exactly the rows that break a rule."""

import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.check.context import write_context
from etl.check.rules import load_rules
from etl.check.suites import AuditResult, audit
from etl.check.verdicts import Verdict, check
from etl.model import Extraction, Status
from etl.resources import EXPECTATIONS
from tests.judged_reports import change, consistent_figures, report
from tests.small_warehouse import failed_lines, small_warehouse

pytestmark = pytest.mark.slow

TABLES = ("disclosure", "requests", "disputes")
FORM_2021, FORM_2019 = dict.fromkeys(TABLES, "2021"), dict.fromkeys(TABLES, "2019")
HYBRID = {"disclosure": "2021", "requests": "2019", "disputes": "2021"}
GOOD, GOOD_2019, GOOD_HYBRID = (
    report(consistent_figures(forms), forms) for forms in (FORM_2021, FORM_2019, HYBRID)
)
ROW, RESULTS = "T3_ROW_TOTAL", "T3_RESULT_SUM"


def _without(extraction: Extraction, table: str) -> Extraction:
    for seen in extraction.observations:
        if seen.table == table:
            extraction = change(extraction, (seen.table, seen.row, seen.column), None)
    return Extraction("report.html", "0", "html", forms={
        key: form for key, form in extraction.forms.items() if key != table
    }, observations=extraction.observations)  # fmt: skip


# A report, and the rules that have to fail on it, once for each time they do.
PLANTED: list[tuple[Extraction, list[str]]] = [
    (GOOD, []),
    (GOOD_2019, []),
    (GOOD_HYBRID, []),
    (report(consistent_figures(FORM_2021, leaf=0), FORM_2021), []),
    (_without(GOOD, "requests"), []),
    (_without(GOOD_HYBRID, "disclosure"), []),
    (change(GOOD, ("requests", "received.new", "business"), 9), ["T3_BALANCE", ROW]),
    (change(GOOD_2019, ("requests", "carried_out", "total"), 0), ["T3_BALANCE", ROW]),
    (change(GOOD, ("requests", "outcome.partial", "research"), 9), [f"{RESULTS}_2021", ROW]),
    (change(GOOD_2019, ("requests", "outcome.other", "research"), 9), [f"{RESULTS}_2019", ROW]),
    (change(GOOD_HYBRID, ("requests", "outcome.other", "research"), 9), [f"{RESULTS}_2019", ROW]),
    (change(GOOD, ("requests", "outcome.total", "total"), 9), ["T3_BALANCE", f"{RESULTS}_2021", ROW]),
    (change(GOOD, ("disputes", "review", "total"), 0), ["T4_SUM_REVIEW"]),
    (change(GOOD_2019, ("disputes", "review", "pending"), 0), ["T4_SUM_REVIEW"]),
    (change(GOOD, ("disputes", "litigation_direct", "other"), 7), ["T4_SUM_LIT_DIRECT"]),
    (change(GOOD_HYBRID, ("disputes", "litigation_after_review", "total"), 7), ["T4_SUM_LIT_AFTER_REVIEW"]),
    (change(GOOD, ("disputes", "review", "pending"), Status.BLANK), ["T4_SUM_REVIEW"]),
    (change(GOOD, ("disputes", "review", "total"), Status.BLANK), []),
    (change(GOOD, ("disputes", "review", "total"), Status.UNREADABLE), []),
    (change(GOOD, ("disputes", "review", "total"), None), []),
    (change(GOOD, ("disclosure", "penalties", "decisions"), -2), ["NONNEG_INT"]),
    (change(GOOD_2019, ("disclosure", "coercion", "decisions"), Decimal("0.5")), ["NONNEG_INT"]),
    (change(GOOD_2019, ("disclosure", "coercion", "items_change"), -2), []),
    (change(GOOD, ("disclosure", "fees", "amount"), Decimal("-0.000001")), ["FEE_NONNEG"]),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("家 home") / "candidate.duckdb"
    small_warehouse([extraction for extraction, _ in PLANTED], path).close()
    return path


@pytest.fixture(scope="module")
def audited(warehouse: Path) -> AuditResult:
    return audit(warehouse, None, warehouse.parent)


@pytest.fixture
def candidate(warehouse: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(warehouse, tmp_path / "candidate.duckdb"))


def test_nothing_raises_and_the_structure_is_sound(audited: AuditResult) -> None:
    assert [str(outcome) for outcome in audited.exceptions] == []
    assert [str(outcome) for outcome in audited.failures] == []
    assert audited.structural_ok


def test_the_suites_find_exactly_what_was_planted(audited: AuditResult) -> None:
    found = sorted(
        (row["report_key"], outcome.rule_id)
        for outcome in audited.outcomes
        for row in outcome.rows
        if outcome.checkpoint == "balance"
    )
    assert found == sorted((key, rule) for key, (_, rules) in enumerate(PLANTED, start=1) for rule in rules)
    assert {rule for _, rule in found} == {rule.id for rule in load_rules()}, "a rule is not planted"


def test_suites_warehouse_and_memory_give_the_same_verdicts(audited: AuditResult, warehouse: Path) -> None:
    by_suites = {
        (outcome.rule_id, outcome.form, row["report_key"], row["line"])
        for outcome in audited.outcomes
        for row in outcome.rows
        if outcome.checkpoint == "balance"
    }
    with duckdb.connect(warehouse, read_only=True) as connection:
        assert failed_lines(connection) == by_suites
    in_memory = sorted(
        (key, finding.rule_id)
        for key, (extraction, _) in enumerate(PLANTED, start=1)
        for finding in check(extraction)
        if finding.status is Verdict.FAIL
    )
    assert sorted((report_key, rule_id) for rule_id, _, report_key, _ in by_suites) == in_memory


def test_failing_rows_are_counted_by_rule(audited: AuditResult) -> None:
    planted = [rule for _, rules in PLANTED for rule in rules]
    assert audited.balance == {rule.id: planted.count(rule.id) for rule in load_rules()}


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        (
            "INSERT INTO fact_observation FROM fact_observation WHERE report_key = 1 LIMIT 1",
            {"OBSERVATION_ONCE"},
        ),
        ("INSERT INTO dim_report FROM dim_report WHERE report_key = 1", {"REPORT_ONCE"}),
        ("INSERT INTO dim_county FROM dim_county", {"COUNTY_ONCE"}),
        (
            "INSERT INTO dim_measure FROM dim_measure WHERE measure_key = 1",
            {"MEASURE_ONCE", "MEASURE_KEY_ONCE"},
        ),
        (
            "UPDATE dim_measure SET form_row = 'granted', measure_key = 999 WHERE measure_key = 20",
            {"MEASURE_ON_A_FORM"},
        ),
        ("DELETE FROM form_measure WHERE measure_key = 20", {"MEASURE_ON_A_FORM"}),
        ("UPDATE fact_observation SET status = 'empty' WHERE status = 'blank'", {"STATUS_KNOWN"}),
        ("UPDATE fact_observation SET value = 0 WHERE status = 'blank'", {"VALUE_IF_PRINTED"}),
        (
            "UPDATE fact_observation SET value = NULL WHERE report_key = 1 AND measure_key = 3",
            {"VALUE_IF_PRINTED"},
        ),
        ("UPDATE fact_observation SET confidence = 1.5 WHERE measure_key = 3", {"CONFIDENCE_IN_RANGE"}),
        (
            "UPDATE fact_observation SET report_key = 99 WHERE report_key = 1 AND measure_key = 3",
            {"REPORT_EXISTS"},
        ),
        ("UPDATE dim_report SET county_key = 7 WHERE report_key = 1", {"COUNTY_EXISTS"}),
        ("UPDATE dim_report SET county_code = '99001' WHERE report_key = 1", {"COUNTY_CODE_SIX_DIGITS"}),
        ("UPDATE dim_county SET code = '99000x'", {"COUNTY_CODE_SIX_DIGITS"}),
        ("UPDATE dim_report SET year = 202 WHERE report_key = 1", {"YEAR_PLAUSIBLE"}),
        ("INSERT INTO fact_finding FROM fact_finding LIMIT 1", {"FINDING_ONCE"}),
        ("UPDATE fact_finding SET status = 'ok' WHERE report_key = 1", {"FINDING_STATUS_KNOWN"}),
        ("DELETE FROM fact_finding WHERE report_key = 1 AND check_key = 5", {"EVERY_EQUATION_JUDGED"}),
    ],
)
def test_structural_damage_blocks_publication(candidate: Path, damage: str, broken: set[str]) -> None:
    with duckdb.connect(candidate) as connection:
        connection.execute(damage)
    result = audit(candidate, None, candidate.parent)
    assert [str(outcome) for outcome in result.exceptions] == []
    assert {outcome.rule_id for outcome in result.failures} == broken
    assert not result.structural_ok


def test_a_warehouse_may_not_shrink(candidate: Path, warehouse: Path) -> None:
    with duckdb.connect(candidate) as connection:
        connection.execute("DELETE FROM dim_report WHERE report_key = 1")
        connection.execute("DELETE FROM fact_observation WHERE report_key = 1")
        connection.execute("DELETE FROM fact_finding WHERE report_key = 1")
    result = audit(candidate, warehouse, candidate.parent)
    lost = {"DIM_REPORT_DOES_NOT_SHRINK", "FACT_OBSERVATION_DOES_NOT_SHRINK"}
    assert {outcome.rule_id for outcome in result.failures} == lost
    assert audit(candidate, None, candidate.parent).structural_ok
    assert audit(warehouse, candidate, candidate.parent).structural_ok


def test_a_few_cells_less_are_no_loss(candidate: Path, warehouse: Path) -> None:
    with duckdb.connect(candidate) as connection:
        connection.execute("DELETE FROM fact_observation WHERE report_key = 1 AND measure_key = 3")
    assert audit(candidate, warehouse, candidate.parent).structural_ok


def test_what_cannot_be_examined_blocks_and_spares_the_rest(candidate: Path) -> None:
    with duckdb.connect(candidate) as connection:
        connection.execute("DROP TABLE form_measure")
    result = audit(candidate, None, candidate.parent)
    assert {outcome.rule_id for outcome in result.exceptions} == {
        "MEASURE_ON_A_FORM",
        "NONNEG_INT",
        "FEE_NONNEG",
    }
    assert "form_measure" in str(result.exceptions[0])
    assert not result.structural_ok
    assert result.failures == ()
    assert result.balance["T4_SUM_REVIEW"] == 3


def test_the_candidate_is_free_after_the_audit(candidate: Path) -> None:
    audit(candidate, None, candidate.parent)
    with duckdb.connect(candidate) as connection:  # fails while it is open read-only in this process
        connection.execute("CREATE TABLE free (x INTEGER)")


def test_the_committed_context_is_what_the_rules_make(tmp_path: Path) -> None:
    write_context(tmp_path)
    assert _files(EXPECTATIONS / "gx") == _files(tmp_path / "gx"), "run: make suites"


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
