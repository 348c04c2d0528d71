"""One report's localisation: the cheapest sets of cells of each part that breaks hard rules, best first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl.check.compile import Address
from etl.check.localise.moved import moved
from etl.check.localise.search import Solution, UndecidedError, Values, least_weight, search
from etl.check.localise.slips import Slip, slips_of
from etl.check.localise.solver import solve
from etl.check.localise.system import System, systems
from etl.forms import TABLES, Table, load_forms
from etl.model import Extraction, Observation, Status

AT_MOST_SETS = 200
"""Sets looked at in one part of a report; of more than these the number is not known."""

_AT_MOST_NODES = 1_000  # a fraction of a second; most broken reports need fewer than fifty
_SEARCHED_FIRST = 300  # up to three cells, all sets are found at once; from there a moved line is tried first
_SOLVER_SETS, _SOLVER_SECONDS = 3, 0.1


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell of a set, and what it would have to hold.

    ``needed`` is the least and the greatest value that makes the rules hold, nearly always one and the same,
    None where no equation says. ``slip`` tells how the printed figure may have come from it.
    """

    address: Address
    status: Status
    printed: Decimal | None
    needed: tuple[int, int] | None
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One set of cells whose change makes every hard rule of the part hold.

    ``mistakes`` is how many slips explain it (a cell without a slip counts as two): fewer is likelier.
    """

    cells: tuple[Changed, ...]
    mistakes: int


@dataclass(frozen=True, slots=True)
class Located:
    """A part of a report (a table, or a line of one) that breaks hard rules.

    Attributes:
        weight: what each set costs, see ``etl.check.localise.system.weight_of``.
        suspicions: the sets of least weight, those with the fewest mistakes first.
        best: how many of them share the fewest mistakes.
        is_complete: whether these are all sets of least weight.
    """

    weight: int
    suspicions: tuple[Suspicion, ...]
    best: int
    is_complete: bool

    @property
    def certain(self) -> tuple[Changed, ...]:
        """The cells that are in every one of the best sets; the figures needed may differ between sets.

        None where not all sets are known, unless a single mistake explains the one that is best.
        """
        if not self.is_complete and self.suspicions[0].mistakes > 1:
            return ()
        common = set.intersection(*({cell.address for cell in s.cells} for s in self.suspicions[: self.best]))
        return tuple(cell for cell in self.suspicions[0].cells if cell.address in common)


Localisation = tuple[Located, ...]


def localise(extraction: Extraction) -> Localisation:
    """Where the mistakes of a report may be: one entry a part that breaks hard rules, none if all hold.

    A part that no figures can mend (which needs a table of other rules than the forms') is left out.
    """
    forms: dict[str, str] = {
        table: form
        for table in TABLES
        if (form := extraction.forms.get(table, extraction.form)) is not None and form in load_forms()
    }
    return localise_cells(extraction.observations, forms)


def localise_cells(observations: Collection[Observation], form_of_table: Mapping[str, str]) -> Localisation:
    """The same for the cells of a report and the form that each of its tables is judged by."""
    cells = {(seen.table, seen.row, seen.column): seen for seen in observations}
    return tuple(_located(observations, cells, form_of_table))


def _located(
    observations: Collection[Observation],
    cells: Mapping[Address, Observation],
    form_of_table: Mapping[str, str],
) -> Iterator[Located]:
    for system in systems(observations, form_of_table):
        table = system.variables[0].address[0]
        form = load_forms()[form_of_table[table]]
        solution = _solution(system, form.table(table)) if system.is_broken else None
        if solution is None:
            continue
        printed = {
            at: None if seen.value is None else int(seen.value) for at, seen in cells.items() if at[0] == table
        }
        suspicions = sorted(
            (_suspicion(system, values, cells, printed, form_of_table[table]) for values in solution.sets),
            key=lambda s: (s.mistakes, [cell.address for cell in s.cells]),
        )
        best = sum(one.mistakes == suspicions[0].mistakes for one in suspicions)
        yield Located(solution.weight, tuple(suspicions), best, solution.is_complete)


def _solution(system: System, table: Table) -> Solution | None:
    least = least_weight(system)
    if least > _SEARCHED_FIRST and any(variable.weight for variable in system.variables):
        for values in moved(system, table):
            if sum(system.variables[index].weight for index in values) == least:
                return Solution(least, (values,), False)
    try:
        return search(system, _AT_MOST_NODES, AT_MOST_SETS)
    except UndecidedError:
        return solve(system, _SOLVER_SETS, _SOLVER_SECONDS)


def _suspicion(
    system: System,
    values: Values,
    cells: Mapping[Address, Observation],
    printed: Mapping[Address, int | None],
    form: str,
) -> Suspicion:
    ranges = {system.variables[index].address: value for index, value in sorted(values.items())}
    exact = {at: value[0] for at, value in ranges.items() if value is not None and value[0] == value[1]}
    table = load_forms()[form].table(next(iter(ranges))[0])
    slips, mistakes = slips_of(table, printed, exact)
    changed = tuple(
        Changed(at, cells[at].status, cells[at].value, value, slips.get(at)) for at, value in ranges.items()
    )
    return Suspicion(changed, mistakes + 2 * (len(ranges) - len(exact)))
