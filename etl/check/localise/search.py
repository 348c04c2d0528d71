"""All cheapest sets of cells, by branching on violated edits and eliminating the cells chosen.

De Waal's branch and bound for equations: some cell of a violated edit has to change, so the search branches
on its cells. The cell chosen may take any value, so it is eliminated from the edits (Gauss); what is left are
edits on the other cells, and where none is violated any more the chosen cells solve the system, with one value
each. Two bounds keep it small: violated edits without a common cell need a cell each, and when they use up what
may still be spent, no cell outside them can be part of the solution.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import gcd
from operator import itemgetter
from typing import NamedTuple

from etl.check.localise.system import CERTAIN, System

Values = Mapping[int, tuple[int, int] | None]
"""The chosen variables and the least and the greatest value each may take (nearly always one and the same);
None where no equation speaks of it, or none says how great it may be."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The cheapest sets of variables: ``is_complete`` if these are all of them."""

    weight: int
    sets: tuple[Values, ...]
    is_complete: bool


class UndecidedError(Exception):
    """The equations alone do not settle it, or only after too long a search: ask the solver."""


class _Edit(NamedTuple):
    factors: dict[int, int]
    residual: int  # of the figures as printed: 0 if the edit holds
    support: int  # the variables as bits


def search(system: System, at_most_nodes: int, at_most_sets: int) -> Solution:
    """All sets of least weight whose change makes every equation hold with whole numbers from 0 up.

    A cell that makes no claim may take any value, negative ones included: it is not looked at.

    Raises:
        UndecidedError: more than ``at_most_nodes`` steps, or two cells of a set are free to balance each other
            while a third would become negative: that is a question of inequalities.
    """
    return _Search(system, at_most_nodes, at_most_sets).run()


def least_weight(system: System) -> int:
    """A bound that no solution is cheaper than: violated edits without a common cell need one each."""
    return _Search(system, 0, 0).least()


class _Search:
    def __init__(self, system: System, at_most_nodes: int, at_most_sets: int) -> None:
        self._printed = [variable.printed for variable in system.variables]
        self._weights = [variable.weight for variable in system.variables]
        self._at_most_sets = at_most_sets
        self._nodes_left = at_most_nodes
        self._by_weight = [
            (weight, sum(1 << i for i, own in enumerate(self._weights) if own == weight))
            for weight in sorted(set(self._weights) - {0})
        ]
        self._found: list[Values] = []
        self._bound = 0
        self._is_cut = False
        edits = [_edit(dict(equation), self._residual(equation)) for equation in system.equations]
        for index, variable in enumerate(system.variables):
            if not variable.weight:
                edits, _ = _eliminate(edits, index)
        self._forced: list[tuple[int, _Edit | None]] = []
        for index, variable in enumerate(system.variables):
            if variable.is_impossible:
                edits, pivot = _eliminate(edits, index)
                self._forced.append((index, pivot))
        self._edits = edits

    def least(self) -> int:
        """The cells that have to change anyway, and one for each violated edit of a packing."""
        least, _ = self._packing([edit for edit in self._edits if edit.residual], 0)
        return sum(self._weights[index] for index, _ in self._forced) + least

    def run(self) -> Solution:
        base = sum(self._weights[index] for index, _ in self._forced)
        self._bound = self.least()
        most = sum(self._weights)
        while True:
            self._branch(self._edits, 0, self._forced, base)
            if self._found:
                weight = min(map(self._cost, self._found))
                sets = tuple(values for values in self._found if self._cost(values) == weight)
                return Solution(weight, sets, not self._is_cut)
            if self._bound >= most:
                raise UndecidedError("no set of cells solves the equations")
            self._bound += CERTAIN

    def _cost(self, values: Values) -> int:
        return sum(self._weights[index] for index in values)

    def _residual(self, equation: Mapping[int, int]) -> int:
        return sum(factor * self._printed[index] for index, factor in equation.items())

    def _branch(
        self, edits: list[_Edit], excluded: int, chosen: list[tuple[int, _Edit | None]], weight: int
    ) -> None:
        self._nodes_left -= 1
        if self._nodes_left < 0:
            raise UndecidedError("the search takes too long")
        if weight > self._bound:
            return
        violated = [edit for edit in edits if edit.residual]
        if not violated:
            self._close(edits, excluded, chosen, weight)
            return
        least, union = self._packing(violated, excluded)
        if weight + least > self._bound:
            return
        allowed = ~excluded
        if weight + least + self._by_weight[0][0] > self._bound:
            allowed &= union
        choices = min((edit.support & allowed for edit in violated), key=int.bit_count)
        for index in _bits(choices):
            if len(self._found) > self._at_most_sets:
                self._is_cut = True
                return
            left, pivot = _eliminate(edits, index)
            self._branch(left, excluded, [*chosen, (index, pivot)], weight + self._weights[index])
            excluded |= 1 << index

    def _packing(self, violated: list[_Edit], excluded: int) -> tuple[int, int]:
        """Least weight of cells that meet all violated edits, from edits without a common cell, and the
        cells of these edits. Without any cell left for an edit the weight is out of reach."""
        supports = sorted((edit.support & ~excluded for edit in violated), key=int.bit_count)
        if supports and not supports[0]:
            return self._bound + 1, 0
        # A short row crosses many columns, and columns many rows: which to take first, only trying tells.
        return max(self._greedy(supports), self._greedy(supports[::-1]), key=itemgetter(0))

    def _greedy(self, supports: list[int]) -> tuple[int, int]:
        union = least = 0
        for support in supports:
            if not support & union:
                union |= support
                least += next(weight for weight, members in self._by_weight if members & support)
        return least, union

    def _close(
        self, edits: list[_Edit], excluded: int, chosen: list[tuple[int, _Edit | None]], weight: int
    ) -> None:
        """No edit is violated any more: keep the chosen cells if the figures they need are whole and not
        negative, else let another cell take part where one is affordable."""
        solved = _solve(chosen)
        values = {index: self._printed[index] + change for index, (change, _) in solved.items()}
        loose = sorted({other for _, factors in solved.values() for other in factors} & {i for i, _ in chosen})
        if not loose and all(value >= 0 for value in values.values()):
            self._keep(
                {index: (values[index], values[index]) if index in values else None for index, _ in chosen}
            )
            return
        if len(loose) > 1:
            raise UndecidedError("several cells are free to balance each other")
        least = greatest = None
        guilty = [i for i, value in values.items() if value < 0 and not set(loose) & solved[i][1].keys()][:1]
        if loose:
            (free,) = loose
            rows = {index: (values[index], factors.get(free, 0)) for index, (_, factors) in solved.items()}
            rows[free] = (self._printed[free], 1)
            lower = [(-(value // factor), index) for index, (value, factor) in rows.items() if factor > 0]
            upper = [(value // -factor, index) for index, (value, factor) in rows.items() if factor < 0]
            least, low = max(lower)
            greatest, high = min(upper, default=(least, free))
            guilty = guilty or [low, high]
            if least <= greatest and all(value >= 0 or factor for value, factor in rows.values()):
                self._keep(
                    {
                        index: _sorted(*(rows[index][0] + rows[index][1] * end for end in (least, greatest)))
                        if index in rows and (upper or not rows[index][1])
                        else None
                        for index, _ in chosen
                    }
                )
                return
        if weight + self._by_weight[0][0] > self._bound:
            return
        helpers = {other for index in guilty if index in solved for other in solved[index][1]}
        for index in sorted(helpers - {i for i, _ in chosen}):
            if not excluded >> index & 1:
                left, pivot = _eliminate(edits, index)
                self._branch(left, excluded, [*chosen, (index, pivot)], weight + self._weights[index])
                excluded |= 1 << index

    def _keep(self, values: Values) -> None:
        self._found.append(values)
        self._bound = min(self._bound, self._cost(values))


def _solve(chosen: list[tuple[int, _Edit | None]]) -> dict[int, tuple[int, dict[int, int]]]:
    """The change of each cell that was eliminated: what it has to be, and how it depends on the changes of the
    cells that were not. The last one eliminated is solved first."""
    solved: dict[int, tuple[int, dict[int, int]]] = {}
    for index, pivot in reversed(chosen):
        if pivot is None:
            continue
        own = pivot.factors[index]
        if abs(own) != 1:
            raise UndecidedError("a cell counts more than once in an edit")
        change, depends = -own * pivot.residual, dict[int, int]()
        for other, factor in pivot.factors.items():
            if other == index:
                continue
            constant, factors = solved.get(other, (0, {other: 1}))
            change -= own * factor * constant
            for i, each in factors.items():
                depends[i] = depends.get(i, 0) - own * factor * each
        solved[index] = change, {i: factor for i, factor in depends.items() if factor}
    return solved


def _sorted(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _edit(factors: dict[int, int], residual: int) -> _Edit:
    return _Edit(factors, residual, sum(1 << index for index in factors))


def _eliminate(edits: list[_Edit], index: int) -> tuple[list[_Edit], _Edit | None]:
    """The edits on all variables but ``index``, and the one it was expressed by (None if it is in none)."""
    bit = 1 << index
    having = [edit for edit in edits if edit.support & bit]
    if not having:
        return edits, None
    pivot = min(having, key=lambda edit: (abs(edit.factors[index]), len(edit.factors)))
    own = pivot.factors[index]
    left = []
    for edit in edits:
        if edit is pivot:
            continue
        if edit.support & bit:
            other = edit.factors[index]
            factors = {i: factor * own for i, factor in edit.factors.items()}
            for i, factor in pivot.factors.items():
                if combined := factors.pop(i, 0) - other * factor:
                    factors[i] = combined
            residual = edit.residual * own - other * pivot.residual
            if not factors and not residual:
                continue
            common = gcd(residual, *factors.values())
            edit = _edit({i: factor // common for i, factor in factors.items()}, residual // common)
        left.append(edit)
    return left, pivot


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
