"""Localisation: the sets found are the cheapest that mend a report, and all of them."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.check.localise import Located, localise
from etl.check.localise.search import Solution, UndecidedError, search
from etl.check.localise.slips import Slip, slip_of
from etl.check.localise.solver import solve
from etl.check.localise.system import System, Variable, weight_of
from etl.check.verdicts import Verdict, check
from etl.model import Extraction, Status
from tests.judged_reports import change, consistent_figures, consistent_reports, report

FORM_2021 = dict.fromkeys(("disclosure", "requests", "disputes"), "2021")
GOOD = report(consistent_figures(FORM_2021), FORM_2021)


@st.composite
def small_systems(draw: st.DrawFn) -> System:
    """A table of two columns and one or two rows with row totals, column totals and a balance beside it:
    any figures from 0 to 2, some cells cheap, some silent, perhaps one impossible."""
    rows = draw(st.integers(1, 2))
    weights = st.sampled_from([100, 100, 100, 80, 60, 0])
    count = 3 * (rows + 1) + 1
    variables = [
        Variable(("t", str(i), "c"), draw(st.integers(0, 2)) if weight else 0, weight)
        for i, weight in enumerate(draw(st.lists(weights, min_size=count, max_size=count)))
    ]
    if draw(st.integers(0, 4)) == 0:
        variables[0] = replace(variables[0], printed=0, weight=100, is_impossible=True)
    lines = [{3 * row: 1, 3 * row + 1: 1, 3 * row + 2: -1} for row in range(rows + 1)]
    sums = [{3 * row + column: 1 for row in range(rows)} | {3 * rows + column: -1} for column in range(3)]
    extra = [{count - 1: 1, 3 * rows + 2: -1, 2: 1}]
    return System(tuple(variables), tuple(draw(st.permutations([*lines, *sums, *extra]))))


def by_force(system: System) -> Solution | None:
    """All cheapest sets by trying each set of at most two cells with each combination of figures."""
    most = 2 + sum(variable.printed for variable in system.variables)
    equations = _without_silent(system)
    printed = [variable.printed for variable in system.variables]
    impossible = {i for i, variable in enumerate(system.variables) if variable.is_impossible}
    claiming = [index for index, variable in enumerate(system.variables) if variable.weight]
    found: dict[int, list[dict[int, tuple[int, int] | None]]] = {}
    for size in range(3):
        for subset in combinations(claiming, size):
            solutions = [
                values
                for values in product(range(most + 1), repeat=size)
                if impossible <= set(subset)
                and _hold(equations, printed, dict(zip(subset, values, strict=True)))
            ]
            if solutions:
                # What grows with the greatest value tried has no limit.
                fewer = [values for values in solutions if most not in values]
                ranges = [
                    None if not less or max(each) > max(less) else (min(each), max(each))
                    for each, less in zip(
                        zip(*solutions, strict=True),
                        zip(*fewer, strict=True) if fewer else [()] * size,
                        strict=True,
                    )
                ]
                cost = sum(system.variables[index].weight for index in subset)
                found.setdefault(cost, []).append(dict(zip(subset, ranges, strict=True)))
    least = min(found, default=181)
    return Solution(least, tuple(found[least]), True) if least <= 180 else None  # three cells cost 180 or more


def _hold(equations: list[dict[int, Fraction]], printed: list[int], chosen: dict[int, int]) -> bool:
    return not any(sum(f * chosen.get(i, printed[i]) for i, f in equation.items()) for equation in equations)


def _without_silent(system: System) -> list[dict[int, Fraction]]:
    """What the equations say of the other cells: silent ones may take any value, so they are eliminated."""
    equations = [{i: Fraction(factor) for i, factor in each.items()} for each in system.equations]
    for silent in (i for i, variable in enumerate(system.variables) if not variable.weight):
        pivot = next((each for each in equations if each.get(silent)), None)
        if pivot is None:
            continue
        equations.remove(pivot)
        equations = [
            {i: each.get(i, 0) - each.get(silent, 0) / pivot[silent] * pivot.get(i, 0) for i in each | pivot}
            for each in equations
        ]
    return equations


def _plain(solution: Solution) -> tuple[int, set[frozenset[tuple[int, tuple[int, int] | None]]]]:
    return solution.weight, {frozenset(values.items()) for values in solution.sets}


@given(small_systems())
@settings(max_examples=40, deadline=None)
def test_the_search_finds_what_trying_everything_finds(system: System) -> None:
    forced = by_force(system)
    try:
        found = search(system, 10_000, 10_000)
    except UndecidedError:
        return
    if forced is not None:
        assert _plain(found) == _plain(forced)


@given(small_systems())
@settings(max_examples=15, deadline=None)
def test_search_and_solver_agree(system: System) -> None:
    try:
        found = search(system, 10_000, 10_000)
    except UndecidedError:
        return
    solved = solve(system, 10_000, 60)
    assert solved is not None
    assert solved.is_complete
    assert _plain(found) == _plain(solved)
    assert len(found.sets) == len({frozenset(values) for values in found.sets})


@given(consistent_reports(), st.data())
@settings(max_examples=40, deadline=None)
def test_each_set_mends_the_report(extraction: Extraction, data: st.DataObject) -> None:
    places = [(o.table, o.row, o.column) for o in extraction.observations if o.table != "disclosure"]
    assume(places)
    for at in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True)):
        extraction = change(extraction, at, data.draw(st.integers(0, 60)))
    for mended in _mended(extraction, localise(extraction)):
        assert not [f for f in check(mended) if f.status is Verdict.FAIL and f.severity == "hard"]


def _mended(extraction: Extraction, located: tuple[Located, ...]) -> Iterator[Extraction]:
    for choice in product(*(part.suspicions[:5] for part in located)):
        mended = extraction
        for suspicion in choice:
            for cell in suspicion.cells:
                assert cell.needed is not None
                if cell.needed[0] != cell.needed[1]:
                    return
                mended = change(mended, cell.address, cell.needed[0])
        yield mended


@given(consistent_reports(), st.data())
@settings(max_examples=60, deadline=None)
def test_one_wrong_figure_of_section_three_is_located(extraction: Extraction, data: st.DataObject) -> None:
    cells = [seen for seen in extraction.observations if seen.table == "requests"]
    assume(cells)
    cell = data.draw(st.sampled_from(cells))
    at = (cell.table, cell.row, cell.column)
    assert cell.value is not None
    wrong = data.draw(st.integers(0, 99).filter(lambda value: value != cell.value))
    (part,) = localise(change(extraction, at, wrong))
    assert [[c.address for c in s.cells] for s in part.suspicions] == [[at]]
    assert part.suspicions[0].cells[0].needed == (cell.value, cell.value)
    assert [c.address for c in part.certain] == [at]


def test_a_report_that_adds_up_has_nothing_to_locate() -> None:
    assert localise(GOOD) == ()
    assert localise(Extraction("a.pdf", "0", "pdf")) == ()


def test_a_total_of_zero_beside_figures_is_the_cell_to_blame() -> None:
    """As 洪泽区 printed in 2023: 10 and 1 beside a total of 0. No other single cell can mend it."""
    figures = consistent_figures(FORM_2021, leaf=0) | {
        ("disputes", "review", "upheld"): 10,
        ("disputes", "review", "corrected"): 1,
    }
    (part,) = localise(report(figures, FORM_2021))
    ((cell,),) = (s.cells for s in part.suspicions)
    assert (cell.address, cell.needed) == (("disputes", "review", "total"), (11, 11))


def test_in_section_four_a_group_of_cells_remains() -> None:
    (part,) = localise(change(GOOD, ("disputes", "review", "total"), 6))
    assert len(part.suspicions) == 5
    assert part.is_complete
    assert part.certain == ()


def test_a_doubtful_cell_is_suspected_before_certain_ones() -> None:
    wrong = change(GOOD, ("disputes", "review", "total"), 6)
    doubtful = tuple(
        seen._replace(confidence=0.4) if (seen.row, seen.column) == ("review", "other") else seen
        for seen in wrong.observations
    )
    (part,) = localise(replace(wrong, observations=doubtful))
    assert [[c.address[2] for c in s.cells] for s in part.suspicions] == [["other"]]


def test_an_unstated_total_does_not_hide_where_a_mistake_is() -> None:
    """Without its total a column makes one claim with the balance: received = results + carried over."""
    blank = change(GOOD, ("requests", "outcome.total", "business"), Status.BLANK)
    at = ("requests", "outcome.granted", "business")
    (part,) = localise(change(blank, at, 9))
    assert [[c.address for c in s.cells] for s in part.suspicions] == [[at]]


def test_an_impossible_figure_has_to_change() -> None:
    at = ("requests", "outcome.granted", "business")
    (part,) = localise(change(GOOD, at, Decimal("1.5")))
    assert [(c.address, c.needed) for s in part.suspicions for c in s.cells] == [(at, (1, 1))]
    alone = ("disclosure", "penalties", "decisions")
    (part,) = localise(change(GOOD, alone, -1))
    assert [(c.address, c.needed) for s in part.suspicions for c in s.cells] == [(alone, None)]


def test_swapped_neighbours_are_told_from_other_explanations() -> None:
    figures = consistent_figures(FORM_2021) | {}
    for row, (one, other) in {"outcome.granted": (7, 2)}.items():
        figures |= {("requests", row, "natural_person"): one, ("requests", row, "business"): other}
        for column, value in (("natural_person", one), ("business", other)):
            for sums in ("outcome.total", "received.new"):
                figures["requests", sums, column] += value - 1
        for sums in (row, "outcome.total", "received.new"):
            figures["requests", sums, "total"] += one + other - 2
    good = report(figures, FORM_2021)
    assert localise(good) == ()
    swapped = change(good, ("requests", "outcome.granted", "natural_person"), 2)
    swapped = change(swapped, ("requests", "outcome.granted", "business"), 7)
    (part,) = localise(swapped)
    assert part.best == 1
    assert {c.address[1] for c in part.suspicions[0].cells} == {"outcome.granted"}
    assert {c.slip for c in part.suspicions[0].cells} == {Slip.SWAPPED}


def test_a_row_that_moved_by_a_cell_is_one_mistake() -> None:
    figures = {**consistent_figures(FORM_2021)}
    columns = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org")
    for column, value in zip(columns, (40, 30, 20, 10, 5, 3), strict=True):
        for row in ("outcome.granted", "outcome.total", "received.new"):
            figures["requests", row, column] += value - 1
            figures["requests", row, "total"] += value - 1
    moved = good = report(figures, FORM_2021)
    assert localise(good) == ()
    printed = [figures["requests", "outcome.granted", c] for c in (*columns, "total")]
    for column, value in zip((*columns, "total"), [*printed[1:], 0], strict=True):
        moved = change(moved, ("requests", "outcome.granted", column), value)
    (part,) = localise(moved)
    best = part.suspicions[0]
    assert (part.best, best.mistakes, len(best.cells)) == (1, 1, 7)
    assert {(c.address[1], c.slip) for c in best.cells} == {("outcome.granted", Slip.SHIFTED)}
    needed = {c.address[2]: c.needed for c in best.cells}
    assert needed == {c: (v, v) for c, v in zip((*columns, "total"), printed, strict=True)}


@pytest.mark.parametrize(
    ("printed", "needed", "slip"),
    [
        (137, 187, Slip.DIGIT),
        (21, 12, Slip.TRANSPOSED),
        (12, 1200, Slip.DROPPED_ZEROS),
        (120, 12, Slip.ADDED_ZEROS),
        (12, 132, Slip.DROPPED_DIGIT),
        (132, 12, Slip.ADDED_DIGIT),
        (None, 3, Slip.LEFT_EMPTY),
        (None, 0, None),
        (0, 10, Slip.DROPPED_DIGIT),
        (137, 731, None),
        (5, 512, None),
        (-1, 1, None),
        (7, 7, None),
    ],
)
def test_slips_of_one_figure(printed: int | None, needed: int, slip: Slip | None) -> None:
    assert slip_of(printed, needed) is slip


def test_one_cell_costs_less_than_two() -> None:
    costs = [weight_of(s, c) for s in (Status.PRINTED, Status.BLANK) for c in (0.0, 0.3, 0.6, 0.9, 1.0)]
    assert max(costs) < 2 * min(costs)
    assert costs == sorted(costs[:5]) + sorted(costs[5:])
