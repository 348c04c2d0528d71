"""Where a second reader is asked, and whose value stands."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.align import Aligned, in_reading_order
from etl.check.compile import Address
from etl.check.second_opinion import in_doubt, reconcile
from etl.model import Extraction, Observation, Status
from tests.judged_reports import change, consistent_figures, consistent_reports, report

FORMS = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")
GOOD = report(consistent_figures(FORMS), FORMS)
GRANTED = ("requests", "outcome.granted", "business")
LICENSING = ("disclosure", "licensing", "decisions")  # no rule speaks of it


def aligned(extraction: Extraction) -> Aligned:
    return Aligned(dict(extraction.forms), in_reading_order(extraction.observations), (), frozenset())


def doubted(extraction: Extraction, at: Address, confidence: float) -> Extraction:
    (cell,) = (one for one in extraction.observations if (one.table, one.row, one.column) == at)
    spoilt = change(extraction, at, None)
    return Extraction(
        "", "", None, forms=extraction.forms,
        observations=(*spoilt.observations, cell._replace(confidence=confidence)),
    )  # fmt: skip


def cells(found: Aligned) -> Mapping[Address, Observation]:
    return {(one.table, one.row, one.column): one for one in found.observations}


def settle(first: Extraction, second: Extraction) -> tuple[Aligned, tuple[Observation, ...]]:
    asked = in_doubt(aligned(first))
    return reconcile(aligned(first), aligned(second), asked)


def test_a_sure_and_balanced_reading_asks_nobody() -> None:
    assert in_doubt(aligned(GOOD)) == frozenset()


def test_a_document_of_which_nothing_was_found_asks_nobody() -> None:
    assert in_doubt(Aligned({}, (), (), frozenset())) == frozenset()


def test_the_cells_of_a_broken_rule_are_asked_about() -> None:
    asked = in_doubt(aligned(change(GOOD, GRANTED, 5)))
    row = {address for address in asked if address[1] == "outcome.granted"}
    column = {address for address in asked if address[2] == "business"}
    assert GRANTED in row
    assert len(row) == 7
    assert asked == row | column


def test_unsure_and_missing_cells_are_asked_about() -> None:
    assert in_doubt(aligned(doubted(GOOD, LICENSING, 0.9))) == {LICENSING}
    assert in_doubt(aligned(doubted(GOOD, LICENSING, 0.97))) == frozenset()
    assert in_doubt(aligned(change(GOOD, LICENSING, None))) == {LICENSING}


def test_what_both_saw_stands_though_the_rule_is_broken() -> None:
    printed = change(GOOD, GRANTED, 5)
    found, opinions = settle(printed, printed)
    assert cells(found) == cells(aligned(printed))
    assert len(opinions) == 2 * len(in_doubt(aligned(printed)))
    assert not found.problems


def test_a_misreading_that_the_rules_prove_is_corrected_and_both_are_kept() -> None:
    found, opinions = settle(change(GOOD, GRANTED, 7), GOOD)
    assert cells(found)[GRANTED].value == 1
    assert cells(found)[GRANTED].confidence == 0.9
    assert [one.value for one in opinions if (one.table, one.row, one.column) == GRANTED] == [7, 1]
    assert not found.problems


def test_a_second_reader_that_errs_changes_nothing() -> None:
    first = doubted(GOOD, GRANTED, 0.9)
    found, _ = settle(first, change(GOOD, GRANTED, 7))
    assert cells(found)[GRANTED].value == 1
    assert not found.problems


def test_where_no_rule_tells_the_difference_is_said() -> None:
    found, _ = settle(doubted(GOOD, LICENSING, 0.9), change(GOOD, LICENSING, 8))
    assert (cells(found)[LICENSING].value, cells(found)[LICENSING].confidence) == (1, 0.5)
    (problem,) = found.problems
    assert problem.code == "readers_differ"
    assert "disclosure.licensing.decisions: '1' or '8'" in problem.message


def test_agreement_is_as_sure_as_the_surer_reader() -> None:
    found, _ = settle(doubted(GOOD, LICENSING, 0.6), GOOD)
    assert cells(found)[LICENSING].confidence == 1


def test_a_missing_cell_is_filled_from_the_second_reader_and_is_no_problem_any_more() -> None:
    first = aligned(change(GOOD, LICENSING, None))
    assert [one.code for one in first.problems] == ["missing_cells"]
    found, opinions = reconcile(first, aligned(GOOD), in_doubt(first))
    assert cells(found)[LICENSING].confidence == 0.9
    assert not found.problems
    assert len(opinions) == 1


def test_a_missing_table_is_filled_with_its_form() -> None:
    lost = tuple(one for one in GOOD.observations if one.table != "disputes")
    forms = {table: form for table, form in FORMS.items() if table != "disputes"}
    first = Aligned(forms, in_reading_order(lost), (), frozenset())
    found, _ = reconcile(first, aligned(GOOD), in_doubt(first))
    assert (found.forms, len(found.observations)) == (FORMS, len(GOOD.observations))


def test_an_unreadable_cell_takes_what_the_other_reader_can_read() -> None:
    unreadable = change(GOOD, LICENSING, Status.UNREADABLE)
    found, _ = settle(doubted(unreadable, LICENSING, 0.5), GOOD)
    assert cells(found)[LICENSING].value == 1
    found, _ = settle(doubted(GOOD, LICENSING, 0.5), unreadable)
    assert cells(found)[LICENSING].value == 1
    assert not found.problems


@settings(max_examples=30, deadline=None)
@given(st.data(), consistent_reports(at_most=9))
def test_no_value_comes_from_nowhere_and_no_rule_breaks_anew(data: st.DataObject, truth: Extraction) -> None:
    places = [(one.table, one.row, one.column) for one in truth.observations]
    first = second = truth
    for at in data.draw(st.lists(st.sampled_from(places), unique=True, max_size=4)):
        first = change(first, at, data.draw(st.one_of(st.none(), st.integers(0, 99))))
    for at in data.draw(st.lists(st.sampled_from(places), unique=True, max_size=4)):
        second = change(second, at, data.draw(st.one_of(st.none(), st.integers(0, 99))))
    one, other = aligned(first), aligned(second)
    asked = in_doubt(one)
    found, opinions = reconcile(one, other, asked)
    seen = {at: {cell.value for cell in (cells(one).get(at), cells(other).get(at)) if cell} for at in places}
    for at, cell in cells(found).items():
        assert cell.value in seen[at]
        if at not in asked:
            assert cell == cells(one)[at]
    assert {(cell.table, cell.row, cell.column) for cell in opinions} <= asked
    if set(cells(one)) == set(cells(other)) == set(places):
        broken = {at for at in in_doubt(found) if cells(found)[at].confidence == 1}
        assert broken <= asked


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([one for one in GOOD.observations if one.table == "requests"]), st.integers(0, 10**6))
def test_a_single_misreading_anywhere_in_the_requests_is_put_right(cell: Observation, wrong: int) -> None:
    at = cell.table, cell.row, cell.column
    found, _ = settle(change(GOOD, at, wrong), GOOD)
    assert cells(found)[at].value == cell.value
    assert cells(found)[at].confidence == (1 if wrong == cell.value else 0.9)
