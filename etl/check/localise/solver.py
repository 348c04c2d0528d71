"""The same question put to a constraint solver (OR-Tools CP-SAT): whole numbers, no tolerances."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any

from etl.check.localise.search import Solution, Values
from etl.check.localise.system import System

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def solve(system: System, at_most_sets: int, seconds: float) -> Solution | None:
    """The cheapest sets of cells; None if there is none, or none was found in time.

    ``seconds``, for all sets together, are those of the solver's own clock, which counts steps: the answer
    does not depend on how busy the machine is. Sets are asked for one by one, so of ``at_most_sets``, or of
    what was found in time, the solution is not complete.
    """
    cp = _cp_model()
    model, changes = _model(system)
    cost = sum(system.variables[index].weight * change for index, change in changes.items())
    model.minimize(cost)
    solver = cp.CpSolver()
    solver.parameters.num_workers = 1  # one worker gives the same answer again
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = seconds
    status = solver.solve(model)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return None
    weight = round(solver.objective_value)
    is_proven = status == cp.OPTIMAL
    model.clear_objective()
    model.add(cost == weight)
    sets: list[Values] = []
    while status in (cp.OPTIMAL, cp.FEASIBLE) and len(sets) < at_most_sets:
        chosen = [index for index, change in changes.items() if solver.boolean_value(change)]
        sets.append(_ranges(system, chosen))
        model.add_bool_or([~changes[index] for index in chosen])
        seconds -= solver.response_proto.deterministic_time
        solver.parameters.max_deterministic_time = max(seconds, 0.0)
        status = solver.solve(model)
    return Solution(weight, tuple(sets), is_proven and status == cp.INFEASIBLE)


def _ranges(system: System, chosen: Collection[int]) -> Values:
    """The least and the greatest value of each chosen cell when no other cell changes."""
    cp = _cp_model()
    model = cp.CpModel()
    largest = _largest(system)
    free = {index for index, variable in enumerate(system.variables) if not variable.weight}
    figures = {index: model.new_int_var(0, largest, "") for index in chosen}
    figures |= {
        index: model.new_int_var(-len(free) * 9 * largest, len(free) * 9 * largest, "") for index in free
    }
    for equation in system.equations:
        if not equation.keys().isdisjoint(figures):
            model.add(
                sum(
                    factor * figures.get(index, system.variables[index].printed)
                    for index, factor in equation.items()
                )
                == 0
            )
    bound = {index for equation in system.equations for index in equation}
    solver = cp.CpSolver()
    solver.parameters.num_workers = 1
    values: dict[int, tuple[int, int] | None] = {}
    for index in chosen:
        ends = []
        for sense in (model.minimize, model.maximize):
            sense(figures[index])
            if index in bound and solver.solve(model) == cp.OPTIMAL:
                ends.append(solver.value(figures[index]))
        # Silent cells that balance it leave an impossible figure without an upper end: nothing speaks of it.
        values[index] = (ends[0], ends[1]) if len(ends) == 2 and ends[1] < largest else None
    return values


def _largest(system: System) -> int:
    """No cheapest solution needs a figure above the sum of all: changes run along sums of printed figures."""
    return 2 * sum(abs(variable.printed) for variable in system.variables) + 1


def _model(system: System) -> tuple["cp_model.CpModel", dict[int, Any]]:
    """A model, and for each cell that claims something whether it changes."""
    model = _cp_model().CpModel()
    largest = _largest(system)
    figures, changes = {}, {}
    for index, variable in enumerate(system.variables):
        if not variable.weight:
            figures[index] = model.new_int_var(-9 * largest, 9 * largest, "")
            continue
        figures[index] = model.new_int_var(0, largest, "")
        changes[index] = model.new_bool_var("")
        if variable.is_impossible:
            model.add(changes[index] == 1)
        else:
            model.add(figures[index] == variable.printed).only_enforce_if(~changes[index])
    for equation in system.equations:
        model.add(sum(factor * figures[index] for index, factor in equation.items()) == 0)
    return model, changes


@cache
def _cp_model() -> Any:
    """CP-SAT, imported late: it takes a good part of a second, and few reports need it."""
    from ortools.sat.python import cp_model

    return cp_model
