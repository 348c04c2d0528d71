"""The verdicts on one report."""

import subprocess
import sys
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.check.compile import compile_checks
from etl.check.verdicts import Finding, Verdict, check
from etl.model import Extraction, Status
from tests.judged_reports import FORM_2014, change, consistent_figures, consistent_reports, report

FORM_2021 = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")
FORM_2019 = dict.fromkeys(("disclosure", "requests", "disputes"), "2019")
HYBRID = {"disclosure": "2021", "requests": "2019", "disputes": "2021"}

GOOD = report(consistent_figures(FORM_2021), FORM_2021)


def _rule(extraction: Extraction, rule_id: str, containing: str) -> Finding:
    """The one finding of a rule about the given cell."""
    (finding,) = (f for f in check(extraction) if f.rule_id == rule_id and containing in f.cells)
    return finding


def _values(finding: Finding) -> tuple[object, ...]:
    return finding.status, finding.left_value, finding.right_value, finding.delta


@pytest.mark.parametrize(("forms", "count"), [(FORM_2021, 42), (FORM_2019, 40), (HYBRID, 40)])
def test_every_equation_has_a_verdict(forms: dict[str, str], count: int) -> None:
    found = check(report(consistent_figures(forms), forms))
    assert Counter(finding.status for finding in found) == {Verdict.PASS: count}


def test_a_missing_table_is_judged_by_the_form_of_the_report() -> None:
    forms = {"disclosure": "2019", "disputes": "2019"}
    found = check(report(consistent_figures(forms), forms))
    assert Counter(f.status for f in found) == {Verdict.PASS: 3, Verdict.NOT_ASSESSABLE: 37}


def test_a_report_of_which_nothing_was_read_has_no_findings() -> None:
    assert check(Extraction("a.pdf", "0", "pdf")) == ()


def test_a_wrong_figure_fails_its_row_and_its_column_with_both_sums() -> None:
    spoilt = change(GOOD, ("requests", "outcome.granted", "business"), 5)
    failed = {f.rule_id: f for f in check(spoilt) if f.status is Verdict.FAIL}
    assert set(failed) == {"T3_ROW_TOTAL", "T3_RESULT_SUM_2021"}
    row = failed["T3_ROW_TOTAL"]
    assert _values(row) == (Verdict.FAIL, 10, 6, 4)
    assert row.severity == "hard"
    assert row.cells == tuple(
        f"requests.outcome.granted.{column}"
        for column in (
            "natural_person", "business", "research", "public_interest", "legal_service", "other_org", "total"
        )
    )  # fmt: skip


def test_zeros_are_vacuous() -> None:
    zeros = report(consistent_figures(FORM_2021, leaf=0), FORM_2021)
    assert {f.status for f in check(zeros)} == {Verdict.VACUOUS}


def test_zeros_and_blanks_are_vacuous() -> None:
    zeros = report(consistent_figures(FORM_2021, leaf=0), FORM_2021)
    blank = change(zeros, ("disputes", "review", "total"), Status.BLANK)
    finding = _rule(blank, "T4_SUM_REVIEW", "disputes.review.total")
    assert _values(finding) == (
        "vacuous",
        0,
        None,
        None,
    )


@pytest.mark.parametrize("nothing", [Status.BLANK, Status.DASH])
def test_a_blank_leaf_that_counts_as_zero_may_pass(nothing: Status) -> None:
    figures = consistent_figures(FORM_2021) | {("disputes", "review", "total"): 3}
    blank = change(report(figures, FORM_2021), ("disputes", "review", "upheld"), nothing)
    assert _rule(blank, "T4_SUM_REVIEW", "disputes.review.total").status is Verdict.PASS_BLANK_AS_ZERO


def test_a_blank_leaf_that_leaves_the_sums_unequal_fails() -> None:
    blank = change(GOOD, ("disputes", "review", "upheld"), Status.BLANK)
    finding = _rule(blank, "T4_SUM_REVIEW", "disputes.review.total")
    assert _values(finding) == (Verdict.FAIL, 3, 4, -1)


def test_an_unstated_total_is_no_claim() -> None:
    blank = change(GOOD, ("disputes", "review", "total"), Status.DASH)
    finding = _rule(blank, "T4_SUM_REVIEW", "disputes.review.total")
    assert _values(finding) == (Verdict.NOT_ASSESSABLE, 4, None, None)


def test_an_unstated_total_among_leaves_is_no_claim() -> None:
    blank = change(GOOD, ("requests", "outcome.total", "research"), Status.BLANK)
    assert _rule(blank, "T3_BALANCE", "requests.outcome.total.research").status is Verdict.NOT_ASSESSABLE


def test_one_side_all_blank_is_no_claim() -> None:
    blank = GOOD
    for row in ("received.new", "received.carried_in"):
        blank = change(blank, ("requests", row, "research"), Status.BLANK)
    finding = _rule(blank, "T3_BALANCE", "requests.carried_out.research")
    assert (finding.status, finding.left_value) == (Verdict.NOT_ASSESSABLE, None)


@pytest.mark.parametrize("cell", [None, Status.UNREADABLE])
def test_a_missing_or_unreadable_cell_is_not_assessable(cell: Status | None) -> None:
    spoilt = change(GOOD, ("disputes", "review", "other"), cell)
    finding = _rule(spoilt, "T4_SUM_REVIEW", "disputes.review.total")
    assert _values(finding) == (Verdict.NOT_ASSESSABLE, 3, 4, -1)


@pytest.mark.parametrize(
    ("at", "value", "rules"),
    [
        (("disclosure", "penalties", "decisions"), -1, ["NONNEG_INT"]),
        (("disclosure", "penalties", "decisions"), Decimal("1.5"), ["NONNEG_INT"]),
        (("disclosure", "fees", "amount"), Decimal("-0.01"), ["FEE_NONNEG"]),
        (("disclosure", "fees", "amount"), Decimal("0.5"), []),
    ],
)
def test_a_figure_out_of_its_domain_is_a_finding(
    at: tuple[str, str, str], value: Decimal | int, rules: list[str]
) -> None:
    found = [f for f in check(change(GOOD, at, value)) if f.status is Verdict.FAIL]
    assert [f.rule_id for f in found] == rules
    assert all((f.left_value, f.right_value, f.delta) == (value, None, None) for f in found)


def test_a_signed_change_may_be_negative() -> None:
    good = report(consistent_figures(FORM_2019), FORM_2019)
    changed = change(good, ("disclosure", "licensing", "items_change"), -3)
    assert {f.status for f in check(changed)} == {Verdict.PASS}


@given(consistent_reports())
@settings(max_examples=50, deadline=None)
def test_reports_that_add_up_pass(extraction: Extraction) -> None:
    assert {f.status for f in check(extraction)} <= {Verdict.PASS, Verdict.VACUOUS}


@given(consistent_reports(), st.data())
@settings(max_examples=100, deadline=None)
def test_any_changed_figure_of_a_sum_fails(extraction: Extraction, data: st.DataObject) -> None:
    summed = {
        term.address
        for made in compile_checks()
        if made.rule.severity == "hard"
        and made.rule.kind == "equation"
        and made.form in extraction.forms.values()
        for term in made.terms
    }
    cells = [seen for seen in extraction.observations if (seen.table, seen.row, seen.column) in summed]
    cell = data.draw(st.sampled_from(cells))
    value = data.draw(st.integers(0, 10**9).filter(lambda number: number != cell.value))
    spoilt = change(extraction, (cell.table, cell.row, cell.column), value)
    assert any(f.status is Verdict.FAIL for f in check(spoilt))


def test_judging_a_report_loads_no_heavy_library() -> None:
    code = (
        "import sys, etl.check.verdicts; print({'great_expectations', 'pandas', 'duckdb'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
        == "set()"
    )


@pytest.mark.parametrize(
    ("total", "most", "status"),
    [
        (5, 9, Verdict.PASS),
        (9, 9, Verdict.PASS),
        (10, 9, Verdict.FAIL),
        (Status.BLANK, 9, Verdict.PASS_BLANK_AS_ZERO),
    ],
)
def test_what_is_counted_within_may_be_less_but_not_more(
    total: int | Status, most: int, status: Verdict
) -> None:
    made = report(consistent_figures(FORM_2014, leaf=most), FORM_2014)
    changed = change(made, ("stat", "press_conferences_leader", "value"), total)
    (found,) = [f for f in check(changed) if f.rule_id == "S14_PRESS_LE"]
    assert found.status is status
