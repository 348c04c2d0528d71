"""The Great Expectations suites: same verdicts as fact_finding, and nothing faulty gets past the audit.

As shipped, Great Expectations raises on DuckDB and reports no more than ``success=False``. So no test here is
content with a failure: each names the rows or the rules that have to fail, and that nothing raised.
"""

import random
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.check.compile import Address, compile_checks
from etl.check.context import BALANCE, FOLDER, write_context
from etl.check.rules import load_rules
from etl.check.structure import load_structure
from etl.check.suites import AuditResult, audit
from etl.model import Extraction, Identity, Status
from etl.narrative import claims
from etl.resources import EXPECTATIONS
from tests.built_warehouse import (
    COUNTY,
    FORM_2019,
    FORM_2021,
    PARTED,
    belonging,
    build,
    consistent,
    make_home,
)
from tests.judged_reports import FORM_2014, TABLES, change, consistent_figures, report
from tests.narratives import narrative_of

pytestmark = pytest.mark.slow

HYBRID = {"disclosure": "2021", "requests": "2019", "disputes": "2021"}
COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org", "total")

Cell = Status | Decimal | int | None
Line = tuple[str, str]  # rule and line


def _printed(forms: Mapping[str, str], changes: Mapping[Address, Cell], leaf: int = 1) -> Extraction:
    """A report whose figures add up on the given forms, but for the cells that are changed."""
    extraction = report(consistent_figures(forms, leaf), forms)
    for at, cell in changes.items():
        extraction = change(extraction, at, cell)
    return extraction


def _without(extraction: Extraction, table: str) -> Extraction:
    return replace(
        extraction,
        forms={key: form for key, form in extraction.forms.items() if key != table},
        observations=tuple(seen for seen in extraction.observations if seen.table != table),
    )


def _more(forms: Mapping[str, str], table: str, row: str, *columns: str) -> dict[Address, Cell]:
    """The cells of a row, each printing one more than adds up."""
    figures = consistent_figures(forms)
    return {(table, row, column): figures[table, row, column] + 1 for column in columns}


def _reviews(**cells: Cell) -> dict[Address, Cell]:
    return {("disputes", "review", column): cell for column, cell in cells.items()}


def _listed(**cells: Cell) -> dict[Address, Cell]:
    return {("stat", row, "value"): cell for row, cell in cells.items()}


# What is printed, and which lines fail: all others pass, say nothing, or cannot be assessed.
CASES: dict[str, tuple[Extraction, set[Line]]] = {
    "good": (_printed(FORM_2021, {}), set()),
    "good on form 2019": (_printed(FORM_2019, {}), set()),
    "good hybrid": (_printed(HYBRID, {}), set()),
    "zeros": (_printed(FORM_2021, {}, leaf=0), set()),
    "balance": (
        _printed(FORM_2021, _more(FORM_2021, "requests", "received.new", "business", "total")),
        {("T3_BALANCE", "business"), ("T3_BALANCE", "total")},
    ),
    "balance, form 2019": (
        _printed(FORM_2019, _more(FORM_2019, "requests", "received.new", "business", "total")),
        {("T3_BALANCE", "business"), ("T3_BALANCE", "total")},
    ),
    "results": (
        _printed(FORM_2021, _more(FORM_2021, "requests", "outcome.granted", "research", "total")),
        {("T3_RESULT_SUM_2021", "research"), ("T3_RESULT_SUM_2021", "total")},
    ),
    "results, form 2019": (
        _printed(FORM_2019, _more(FORM_2019, "requests", "outcome.other", "research", "total")),
        {("T3_RESULT_SUM_2019", "research"), ("T3_RESULT_SUM_2019", "total")},
    ),
    "results, hybrid": (
        _printed(HYBRID, _more(HYBRID, "requests", "outcome.other", "research", "total")),
        {("T3_RESULT_SUM_2019", "research"), ("T3_RESULT_SUM_2019", "total")},
    ),
    "row totals": (
        _printed(
            FORM_2021,
            _more(FORM_2021, "requests", "received.new", "total")
            | _more(FORM_2021, "requests", "carried_out", "total"),
        ),
        {("T3_ROW_TOTAL", "received.new"), ("T3_ROW_TOTAL", "carried_out")},
    ),
    "disputes": (
        _printed(
            FORM_2021,
            _reviews(total=0)
            | _more(FORM_2021, "disputes", "litigation_direct", "upheld")
            | _more(FORM_2021, "disputes", "litigation_after_review", "pending"),
        ),
        {
            ("T4_SUM_REVIEW", "review"),
            ("T4_SUM_LIT_DIRECT", "litigation_direct"),
            ("T4_SUM_LIT_AFTER_REVIEW", "litigation_after_review"),
        },
    ),
    "counts": (
        _printed(
            FORM_2021,
            {
                ("disclosure", "licensing", "decisions"): -1,
                ("disclosure", "penalties", "decisions"): Decimal("1.5"),
                ("disclosure", "fees", "amount"): Decimal("0.25"),
            },
        ),
        {("NONNEG_INT", "licensing.decisions"), ("NONNEG_INT", "penalties.decisions")},
    ),
    "counts, form 2019": (
        _printed(
            FORM_2019,
            {
                ("disclosure", "licensing", "items_prior"): Decimal("0.5"),
                ("disclosure", "licensing", "items_change"): -3,
            },
        ),
        {("NONNEG_INT", "licensing.items_prior")},
    ),
    "fee": (
        _printed(FORM_2021, {("disclosure", "fees", "amount"): Decimal("-0.01")}),
        {("FEE_NONNEG", "fees.amount")},
    ),
    "blank leaf that counts as zero": (_printed(FORM_2021, _reviews(upheld=Status.BLANK, total=3)), set()),
    "blank leaf that is missed": (
        _printed(FORM_2021, _reviews(upheld=Status.BLANK)),
        {("T4_SUM_REVIEW", "review")},
    ),
    "blank total": (_printed(FORM_2021, _reviews(total=Status.BLANK)), set()),
    "dashed total of results": (
        _printed(FORM_2021, {("requests", "outcome.total", "research"): Status.DASH}),
        set(),
    ),
    "blank row of totals": (
        _printed(FORM_2021, {("requests", "outcome.total", column): Status.BLANK for column in COLUMNS}),
        set(),
    ),
    "blank parts": (
        _printed(
            FORM_2021, _reviews(**dict.fromkeys(("upheld", "corrected", "other", "pending"), Status.DASH))
        ),
        set(),
    ),
    "unreadable": (_printed(FORM_2021, _reviews(upheld=Status.UNREADABLE, total=9)), set()),
    "missing cell": (_printed(FORM_2021, _reviews(upheld=None, total=9)), set()),
    "good list": (_printed(FORM_2014, {}), set()),
    "list": (
        _printed(
            FORM_2014,
            _listed(
                **dict.fromkeys(("req_received", "req_concluded", "ans_refused", "review_total"), 9),
                **dict.fromkeys(("litigation_total", "staff_total"), 0),
                **dict.fromkeys(("press_conferences_leader", "web_interviews_leader"), 2),
                proactive_total=6,
                proactive_normative_doc=7,
            ),
        ),
        {(rule.id, "value") for rule in load_rules() if rule.id.startswith("S14_")},
    ),
    "missing table": (_without(_printed(FORM_2021, {}), "requests"), set()),
    "missing table, error elsewhere": (
        _without(_printed(FORM_2019, _reviews(total=9)), "requests"),
        {("T4_SUM_REVIEW", "review")},
    ),
}

STATUSES = {
    "good": {"pass": 42},
    "good on form 2019": {"pass": 40},
    "good hybrid": {"pass": 40},
    "zeros": {"vacuous": 42},
    "blank leaf that counts as zero": {"pass": 41, "pass_blank_as_zero": 1},
    "blank total": {"pass": 41, "not_assessable": 1},
    # A total that is not stated is no claim in its column, nor in the balance, nor as a part of its row.
    "dashed total of results": {"pass": 39, "not_assessable": 3},
    "blank row of totals": {"pass": 27, "vacuous": 1, "not_assessable": 14},
    "blank parts": {"pass": 41, "not_assessable": 1},
    "unreadable": {"pass": 41, "not_assessable": 1},
    "missing cell": {"pass": 41, "not_assessable": 1},
    "missing table": {"pass": 3, "not_assessable": 39},
    "missing table, error elsewhere": {"pass": 2, "fail": 1, "not_assessable": 37},
}


def _spoilt(number: int) -> Extraction:
    """A report on some mixture of forms with six cells spoilt, the same for a number each time."""
    choose = random.Random(number)
    extraction = _printed(
        {table: choose.choice(("2019", "2021")) for table in TABLES}, {}, choose.choice((0, 1))
    )
    for seen in choose.sample(extraction.observations, 6):
        cell = choose.choice((None, *list(Status)[1:], 0, 7, -3, Decimal("2.5"), 10**12 - 1))
        extraction = change(extraction, (seen.table, seen.row, seen.column), cell)
    return extraction


def _audited(folder: Path, reports: Mapping[str, Extraction]) -> tuple[Path, AuditResult]:
    home = make_home(folder)
    build(home, *(belonging(extraction, name) for name, extraction in reports.items()))
    return home.candidate, audit(home.candidate, None, home.root)


SHOWN = ("report_key", "line", "left_value", "right_value")


def _failing_by_sql(warehouse: Path) -> set[tuple[Any, ...]]:
    with duckdb.connect(warehouse, read_only=True) as connection:
        found = connection.execute(
            "SELECT rule_id, CASE WHEN kind IN ('equation', 'value') THEN dim_check.form "
            "ELSE array_to_string(forms, ', ') END, report_key, line, CAST(left_value AS DOUBLE), "
            "CAST(right_value AS DOUBLE) FROM fact_finding JOIN dim_check USING (check_key) "
            "JOIN dim_rule USING (rule_id) WHERE status = 'fail' UNION ALL "
            "SELECT rule_id, array_to_string(forms, ', '), report_key, CAST(ordinal AS VARCHAR), "
            "CAST(stated AS DOUBLE), CAST(found AS DOUBLE) FROM fact_claim_finding "
            "JOIN dim_rule USING (rule_id) WHERE status = 'fail'"
        ).fetchall()
    assert len(found) == len(set(found))
    return set(found)


def _failing_by_suites(result: AuditResult) -> set[tuple[Any, ...]]:
    balance = [outcome for outcome in result.outcomes if outcome.checkpoint == BALANCE]
    for outcome in balance:
        assert outcome.count == len(outcome.rows)
        assert outcome.is_met == (not outcome.rows)
    return {
        (outcome.rule_id, outcome.form, *(row.get(column) for column in SHOWN))
        for outcome in balance
        for row in outcome.rows
    }


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AuditResult]:
    return _audited(tmp_path_factory.mktemp("cases"), {name: printed for name, (printed, _) in CASES.items()})


def test_each_case_fails_where_it_was_spoilt_and_nowhere_else(cases: tuple[Path, AuditResult]) -> None:
    warehouse, _ = cases
    with duckdb.connect(warehouse, read_only=True) as connection:
        found = connection.execute(
            "SELECT file_name, rule_id, line FROM fact_finding JOIN dim_check USING (check_key) "
            "JOIN dim_rule USING (rule_id) JOIN dim_report USING (report_key) "
            "JOIN dim_document USING (document_key) WHERE status = 'fail' AND kind IN ('equation', 'value')"
        ).fetchall()
    by_case = {name: {(rule, line) for file, rule, line in found if file == name} for name in CASES}
    assert by_case == {name: lines for name, (_, lines) in CASES.items()}
    assert {rule for _, rule, _ in found} == {rule.id for rule in load_rules()}, "a rule no case breaks"


def test_every_equation_of_every_case_has_its_verdict(cases: tuple[Path, AuditResult]) -> None:
    warehouse, _ = cases
    with duckdb.connect(warehouse, read_only=True) as connection:
        found = connection.execute(
            "SELECT file_name, status, count(*) FROM fact_finding JOIN dim_check USING (check_key) "
            "JOIN dim_rule USING (rule_id) JOIN dim_report USING (report_key) "
            "JOIN dim_document USING (document_key) WHERE kind = 'equation' GROUP BY ALL"
        ).fetchall()
    counts = {name: {status: count for file, status, count in found if file == name} for name in CASES}
    assert {name: counts[name] for name in STATUSES} == STATUSES
    for name, (printed, _) in CASES.items():
        form = printed.forms.get("requests", printed.form)
        equations = [check for check in compile_checks() if (check.form, check.rule.kind) == (form, "equation")]
        assert sum(counts[name].values()) == len(equations)


def test_suites_and_sql_fail_the_same_rows_of_the_cases(cases: tuple[Path, AuditResult]) -> None:
    warehouse, result = cases
    assert result.exceptions == ()
    assert _failing_by_suites(result) == _failing_by_sql(warehouse)
    alone = {rule.id for rule in load_rules()}
    assert sum(count for rule, count in result.balance.items() if rule in alone) == sum(
        len(lines) for _, lines in CASES.values()
    )


def test_balance_findings_do_not_block(cases: tuple[Path, AuditResult]) -> None:
    assert cases[1].failures == ()
    assert cases[1].structural_ok


def test_suites_and_sql_fail_the_same_rows_of_reports_spoilt_at_random(tmp_path: Path) -> None:
    warehouse, result = _audited(tmp_path, {f"{number}": _spoilt(number) for number in range(40)})
    assert result.exceptions == ()
    found = _failing_by_sql(warehouse)
    assert len(found) > 100
    assert _failing_by_suites(result) == found


def test_suites_and_sql_agree_over_years_and_bodies_and_on_the_text(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    said = narrative_of("共收到政府信息公开申请7件。未发生行政复议。发布信息50条，其中甲类40条、乙类15条。")
    odd = belonging(
        _printed(
            FORM_2021,
            {
                ("requests", "received.carried_in", "total"): 999,
                ("disclosure", "licensing", "decisions"): 9_999,
                ("disclosure", "normative_documents", "in_force"): 77,
                ("disclosure", "regulations", "issued"): 2,
            },
        ),
        "odd",
    )
    town = belonging(_printed(FORM_2021, _more(FORM_2021, "requests", "received.new", "total")), "town")
    build(
        home,
        consistent("before", COUNTY, 2023),
        replace(odd, narrative=said, claims=claims(said, 2024)),
        replace(town, identity=Identity(COUNTY, "示例县北镇人民政府", "township", 2024, "年度报告")),
        # 2015 to 2016 the county was divided: nothing is compared.
        consistent("whole", PARTED, 2015),
        belonging(
            _printed(FORM_2021, {("requests", "received.carried_in", "total"): 999}), "part", "990005", 2016
        ),
    )
    result = audit(home.candidate, None, home.root)
    assert result.exceptions == ()
    found = _failing_by_sql(home.candidate)
    assert _failing_by_suites(result) == found
    assert {"X_CARRY", "X_IN_FORCE", "X_YOY", "E_ROLLUP_COUNTY", "N_RECEIVED", "N_NO_REVIEW", "N_LIST_SUM"} <= {
        rule for rule, *_ in found
    }


def test_an_empty_warehouse_is_sound(tmp_path: Path) -> None:
    _, result = _audited(tmp_path, {})
    assert (result.structural_ok, result.exceptions, sum(result.balance.values())) == (True, (), 0)


FAULTS = [
    ("OBSERVATION_ONCE", "INSERT INTO fact_observation SELECT * FROM fact_observation LIMIT 1"),
    ("REPORT_ONCE", "CREATE OR REPLACE TABLE dim_report AS FROM dim_report UNION ALL FROM dim_report"),
    (
        "MEASURE_ONCE",
        "CREATE OR REPLACE TABLE dim_measure AS FROM dim_measure "
        "UNION ALL (SELECT * REPLACE (9999 AS measure_key) FROM dim_measure LIMIT 1)",
    ),
    (
        "MEASURE_KEY_ONCE",
        "CREATE OR REPLACE TABLE dim_measure AS FROM dim_measure "
        "UNION ALL (SELECT * REPLACE ('another' AS form_row) FROM dim_measure LIMIT 1)",
    ),
    (
        "COUNTY_ONCE",
        "CREATE OR REPLACE TABLE dim_county AS FROM dim_county "
        "UNION ALL (FROM dim_county WHERE NOT is_county LIMIT 1)",
    ),
    (
        "COUNTY_NAME_ONCE",
        "CREATE OR REPLACE TABLE dim_county AS FROM dim_county "
        "UNION ALL (SELECT * REPLACE (9999 AS county_key, '990099' AS code, false AS is_county) "
        "FROM dim_county WHERE is_invented LIMIT 1)",
    ),
    (
        "COUNTY_PERIODS_APART",
        "CREATE OR REPLACE TABLE dim_county AS FROM dim_county "
        "UNION ALL (SELECT * REPLACE (9999 AS county_key, '别名县' AS name, false AS is_county) "
        "FROM dim_county WHERE is_invented LIMIT 1)",
    ),
    (
        "COUNTY_PERIOD_FORWARD",
        "CREATE OR REPLACE TABLE dim_county AS FROM dim_county "
        "UNION ALL (SELECT * REPLACE (9999 AS county_key, '990098' AS code, '倒年县' AS name, "
        "2010 AS valid_from, 2009 AS valid_to, false AS is_county) FROM dim_county WHERE is_invented LIMIT 1)",
    ),
    ("COUNTY_HAS_SUCCESSOR", "DELETE FROM bridge_succession WHERE relation = 'recode'"),
    ("SUCCESSION_BETWEEN_COUNTIES", "UPDATE bridge_succession SET year = year + 1 WHERE relation = 'split'"),
    ("SUCCESSION_RELATION_KNOWN", "UPDATE bridge_succession SET relation = 'swap' WHERE relation = 'part'"),
    ("ALIAS_OF_A_COUNTY", "UPDATE county_alias SET county_key = 9999 WHERE rowid = 0"),
    ("LINE_ONCE", "INSERT INTO county_line FROM county_line"),
    ("LINE_MEMBERS_COUNTED", "UPDATE county_line SET members = members + 1 WHERE rowid = 0"),
    ("COVERAGE_COMPLETE", "DELETE FROM fact_coverage WHERE rowid = 0"),
    ("COVERAGE_STATE_KNOWN", "UPDATE fact_coverage SET state = 'asleep' WHERE state = 'no_portal_known'"),
    ("CORRECTED_AS_APPLIED", "UPDATE fact_observation SET corrected = true WHERE status = 'blank'"),
    ("COVERAGE_EVIDENCE", "UPDATE fact_coverage SET document_key = NULL"),
    ("STATUS_KNOWN", "UPDATE fact_observation SET status = 'illegible' WHERE status = 'blank'"),
    ("VALUE_IF_PRINTED", "UPDATE fact_observation SET value = 0 WHERE status = 'blank'"),
    ("VALUE_IF_PRINTED", "UPDATE fact_observation SET value = NULL WHERE status = 'printed'"),
    (
        "REPORT_EXISTS",
        "INSERT INTO fact_observation SELECT * REPLACE (9999 AS report_key) FROM fact_observation",
    ),
    ("MEASURE_ON_A_FORM", "UPDATE fact_observation SET measure_key = 9999 WHERE status = 'blank'"),
    ("MEASURE_ON_A_FORM", "DELETE FROM form_measure"),
    ("COUNTY_EXISTS", "UPDATE dim_report SET county_key = -1"),
    ("COUNTY_CODE_SIX_DIGITS", "UPDATE dim_report SET county_code = '99001'"),
    ("COUNTY_CODE_SIX_DIGITS", "UPDATE dim_county SET code = '99000A' WHERE code = '990006'"),
    ("CONFIDENCE_IN_RANGE", "UPDATE fact_observation SET confidence = 1.5 WHERE status = 'blank'"),
    ("YEAR_PLAUSIBLE", "UPDATE dim_report SET year = 24"),
    ("FINDING_ONCE", "INSERT INTO fact_finding SELECT * FROM fact_finding LIMIT 1"),
    ("FINDING_STATUS_KNOWN", "UPDATE fact_finding SET status = 'unsure' WHERE rowid = 0"),
    ("EVERY_EQUATION_JUDGED", "DELETE FROM fact_finding WHERE rowid = 0"),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A candidate of one report that adds up, one of its cells being blank."""
    home = make_home(tmp_path_factory.mktemp("sound"))
    build(home, change(consistent("a.html"), ("disclosure", "coercion", "decisions"), Status.BLANK))
    return home.candidate


def _audit_of_spoilt(sound: Path, folder: Path, statement: str) -> AuditResult:
    spoilt = Path(shutil.copy(sound, folder))
    with duckdb.connect(spoilt) as connection:
        connection.execute(statement)
    return audit(spoilt, None, folder)


@pytest.mark.parametrize(("rule_id", "statement"), FAULTS, ids=[statement for _, statement in FAULTS])
def test_a_structural_fault_is_found_by_its_rule_and_blocks(
    sound: Path, tmp_path: Path, rule_id: str, statement: str
) -> None:
    result = _audit_of_spoilt(sound, tmp_path, statement)
    assert [outcome.rule_id for outcome in result.failures] == [rule_id]
    assert result.exceptions == ()
    assert not result.structural_ok
    assert f"{rule_id} (" in str(result.failures[0])


def test_every_structural_query_has_a_fault_that_it_finds() -> None:
    assert {rule_id for rule_id, _ in FAULTS} == {query.id for query in load_structure().queries}


@pytest.mark.parametrize(
    ("statement", "not_examined"),
    [
        ("ALTER TABLE fact_observation RENAME COLUMN confidence TO certainty", {"CONFIDENCE_IN_RANGE": 1}),
        ("DROP TABLE fact_finding", {"FINDING_ONCE": 1, "FINDING_STATUS_KNOWN": 1, "EVERY_EQUATION_JUDGED": 1}),
        (
            "ALTER TABLE dim_measure RENAME COLUMN is_total TO is_sum",
            {rule.id: len(rule.forms) for rule in load_rules() if rule.kind == "equation"},
        ),
    ],
)
def test_what_cannot_be_examined_is_an_exception_and_blocks(
    sound: Path, tmp_path: Path, statement: str, not_examined: dict[str, int]
) -> None:
    result = _audit_of_spoilt(sound, tmp_path, statement)
    assert Counter(outcome.rule_id for outcome in result.exceptions) == not_examined
    assert result.failures == ()
    assert not result.structural_ok
    assert all("could not be examined: " in str(outcome) for outcome in result.exceptions)
    assert len(result.outcomes) > 20, "the others are examined all the same"


def test_a_candidate_smaller_than_the_published_warehouse_is_blocked(sound: Path, tmp_path: Path) -> None:
    home = make_home(tmp_path)
    build(home, consistent("a.html"), consistent("b.html", COUNTY, 2023))
    result = audit(sound, home.candidate, tmp_path)
    assert {outcome.rule_id: str(outcome).rpartition(": ")[2] for outcome in result.failures} == {
        "DIM_REPORT_DOES_NOT_SHRINK": "1 rows, at least 2 expected",
        "FACT_OBSERVATION_DOES_NOT_SHRINK": "200 rows, at least 392 expected",
    }
    assert not result.structural_ok
    assert audit(home.candidate, sound, tmp_path).structural_ok, "growing is welcome"
    assert audit(sound, sound, tmp_path).structural_ok


def test_the_audit_leaves_the_candidate_closed_and_unchanged(sound: Path, tmp_path: Path) -> None:
    before = sound.read_bytes()
    audit(sound, None, tmp_path)
    assert sound.read_bytes() == before
    with duckdb.connect(sound):  # writable: refused while anyone has it open
        pass


def test_the_committed_context_is_what_the_rules_make(tmp_path: Path) -> None:
    write_context(tmp_path)

    def files(root: Path) -> dict[str, str]:
        return {
            path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
            for path in root.rglob("*")
            if path.is_file()
        }

    committed = files(EXPECTATIONS / FOLDER)
    assert committed == files(tmp_path / FOLDER), "run python -m etl.check.context"
