"""Rules compiled against the forms."""

from collections import Counter

from etl.check.compile import compile_checks
from etl.check.rules import load_rules
from etl.forms import load_forms


def test_form_2021_has_42_hard_equations_form_2019_40_and_form_2014_7() -> None:
    made = Counter(
        check.form
        for check in compile_checks()
        if (check.rule.kind, check.rule.severity) == ("equation", "hard")
    )
    assert made == {"2021": 42, "2019": 40, "2014": 7}


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
        **{("2014", rule.id): 1 for rule in load_rules() if rule.id.startswith("S14_")},
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
        tables = ("requests", "disputes")
        assert {at for at in checked if at[0] in tables} == {
            (s.table, s.row, s.column) for s in form.slots() if s.table in tables
        }


def test_every_sum_of_the_list_stands_in_an_equation_with_all_its_parts() -> None:
    table = load_forms()["2014"].table("stat")
    sums = {
        check.terms[-1].address[1]: {term.address[1] for term in check.terms[:-1]}
        for check in compile_checks()
        if check.form == "2014" and check.rule.severity == "hard" and check.rule.kind == "equation"
    }
    assert sums == {
        row.key: {part.key for part in table.parts_of_total(row)} for row in table.rows if table.is_total(row)
    }


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
        ("disclosure.fees.amount",),
        ("stat.request_fees.value",),
        ("stat.funding.value",),
    ]


def test_keys_number_the_checks() -> None:
    assert [check.key for check in compile_checks()] == list(range(1, len(compile_checks()) + 1))
