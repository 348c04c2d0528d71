"""A row or column of figures that stands one cell off: many cells, one mistake.

Trying each line for it is quick, and where the cells moved are as few as any solution can have they are one of
the cheapest solutions. Others may cost as much, but they would look like a moved line by chance only.
"""

from collections.abc import Iterator, Sequence

from etl.check.localise.search import Values
from etl.check.localise.slips import lines_of
from etl.check.localise.system import System
from etl.forms import Table


def moved(system: System, table: Table) -> Iterator[Values]:
    """The solutions that put one line of figures back by one cell, on or back."""
    index = {variable.address: n for n, variable in enumerate(system.variables)}
    standing: dict[int, set[int]] = {n: set() for n in index.values()}
    for number, equation in enumerate(system.equations):
        for n in equation:
            standing[n].add(number)
    broken = {number for number in range(len(system.equations)) if _residual(system, number, {})}
    for addresses in lines_of(table):
        line = [index[address] for address in addresses if address in index]
        if len(line) < 3 or any(
            system.variables[n].is_impossible or not system.variables[n].weight for n in line
        ):
            continue
        shared = set.intersection(*(standing[n] for n in line))
        touched = [place for place, n in enumerate(line) if (standing[n] - shared) & broken]
        if len(touched) > 2:
            part = line[touched[0] : touched[-1] + 1]
            for run in (part, part[::-1]):
                if values := _put_back(system, run, standing, shared):
                    yield values


def _put_back(
    system: System, run: Sequence[int], standing: dict[int, set[int]], shared: set[int]
) -> Values | None:
    """The figures of ``run`` moved to the next cell each; what stood in the first one follows from a sum."""
    printed = [system.variables[n].printed for n in run]
    needed = dict(zip(run[1:], printed[:-1], strict=True))
    for number in standing[run[0]] - shared:
        factor = system.equations[number][run[0]]
        first = system.variables[run[0]].printed - _residual(system, number, needed) * factor
        values = needed | {run[0]: first}
        if first >= 0 and not any(_residual(system, each, values) for each in range(len(system.equations))):
            return {n: (value, value) for n, value in values.items() if value != system.variables[n].printed}
    return None


def _is_certain(system: System, index: int) -> bool:
    return bool(system.variables[index].weight) and not system.variables[index].is_impossible


def _residual(system: System, number: int, values: dict[int, int]) -> int:
    """What an equation without silent cells is off by; 0 for one that makes no claim."""
    equation = system.equations[number]
    if not all(system.variables[n].weight for n in equation):
        return 0
    return sum(factor * values.get(n, system.variables[n].printed) for n, factor in equation.items())
