"""Rules compiled against the forms."""

from collections import Counter

from etl.check.compile import compile_checks
from etl.forms import load_forms


def test_form_2021_has_42_equations_and_form_2019_has_40() -> None:
    made = Counter(check.form for check in compile_checks() if check.rule.kind == "equation")
    assert made == {"2021": 42, "2019": 40}


def test_equations_by_rule() -> None:
    made = Counter((check.form, check.rule.id) for check in compile_checks() if check.rule.kind == "equation")
    assert made == {
        ("2021", "T3_BALANCE"): 7,
        ("2021", "T3_RESULT_SUM_2021"): 7,
        ("2021", "T3_ROW_TOTAL"): 25,
        ("2021", "T4_SUM_REVIEW"): 1,
        ("2021", "T4_SUM_LIT_DIRECT"): 1,
        ("2021", "T4_SUM_LIT_AFTER_REVIEW"): 1,
        ("2019", "T3_BALANCE"): 7,
        ("2019", "T3_RESULT_SUM_2019"): 7,
        ("2019", "T3_ROW_TOTAL"): 23,
        ("2019", "T4_SUM_REVIEW"): 1,
        ("2019", "T4_SUM_LIT_DIRECT"): 1,
        ("2019", "T4_SUM_LIT_AFTER_REVIEW"): 1,
    }


def test_results_sum_has_21_leaves_on_form_2021_and_19_on_form_2019() -> None:
    sums = [check for check in compile_checks() if check.rule.id.startswith("T3_RESULT_SUM")]
    assert {(check.form, len(check.terms)) for check in sums} == {("2021", 22), ("2019", 20)}


def test_every_cell_of_tables_three_and_four_stands_in_an_equation() -> None:
    for form_id, form in load_forms().items():
        checked = {
            term.address
            for check in compile_checks()
            if check.form == form_id and check.rule.kind == "equation"
            for term in check.terms
        }
        assert checked == {(s.table, s.row, s.column) for s in form.slots() if s.table != "disclosure"}


def test_a_term_is_a_total_where_the_form_prints_a_sum() -> None:
    (balance,) = (
        check
        for check in compile_checks()
        if (check.form, check.rule.id, check.line) == ("2021", "T3_BALANCE", "business")
    )
    assert {term.address[1]: term.is_total for term in balance.terms} == {
        "received.new": False,
        "received.carried_in": False,
        "outcome.total": True,
        "carried_out": False,
    }


def test_signed_columns_and_amounts_are_no_counts() -> None:
    counts = {cell for check in compile_checks() if check.rule.id == "NONNEG_INT" for cell in check.cells}
    assert "disclosure.licensing.items_change" not in counts
    assert "disclosure.fees.amount" not in counts
    assert "disclosure.licensing.items_prior" in counts
    assert [check.cells for check in compile_checks() if check.rule.id == "FEE_NONNEG"] == [
        ("disclosure.fees.amount",)
    ]


def test_keys_number_the_checks() -> None:
    assert [check.key for check in compile_checks()] == list(range(1, len(compile_checks()) + 1))
