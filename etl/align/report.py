"""A whole report: its grids to observations, with what is missing said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from etl.align import prose
from etl.align.disclosure import align_disclosure
from etl.align.disputes import align_disputes
from etl.align.found import Found
from etl.align.requests import align_requests
from etl.align.stat import align_list, other_lists
from etl.align.tables import pieces
from etl.forms import TABLES, load_forms, measures
from etl.model import Grid, Indicator, Observation, Problem, Reading, Status

_DISPUTED = 0.5  # two cells of the document claim the address and do not agree


@dataclass(frozen=True)
class Aligned:
    """Observations in the forms' reading order, the form of each table found, and what is amiss.

    ``headings``: tables of which at least the heading stands in the document. ``in_sentences``: tables that are
    told in sentences, which do not state every cell. ``indicators``: what lists print that no form asks for.
    ``has_form`` is false where none was prescribed for the report's year: then none is missed.
    """

    forms: dict[str, str]
    observations: tuple[Observation, ...]
    conflicts: tuple[Problem, ...]
    headings: frozenset[str]
    in_sentences: frozenset[str] = frozenset()
    indicators: tuple[Indicator, ...] = ()
    has_form: bool = True

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*self.conflicts, *_missing(self))


def align(grids: Iterable[Grid]) -> Aligned:
    """Match every grid of a document to the statutory forms; grids of other tables are left alone."""
    grids = tuple(grids)
    listed = align_list(grids)
    by_table = pieces(grid for grid in grids if grid not in listed.grids)
    forms: dict[str, str] = {}
    found: list[Found] = []
    disclosure_form, cells = align_disclosure(by_table["disclosure"])
    found += cells
    requests_form, cells = align_requests(by_table["requests"], prefer=disclosure_form)
    found += cells
    disputes_form, cells = align_disputes(by_table["disputes"])
    found += cells
    if disputes_form is not None:
        disputes_form = disclosure_form or requests_form or disputes_form
    for table, form in (
        ("disclosure", disclosure_form),
        ("requests", requests_form),
        ("disputes", disputes_form),
        ("stat", listed.form),
    ):
        if form is not None:
            forms[table] = form
    found += listed.found
    observations, conflicts = _observe(found)
    if listed.further:
        told = f"{listed.further} more lists of figures stand in the document"
        conflicts.append(Problem("further_lists", told))
    indicators = listed.indicators if listed.form or observations else other_lists(grids)
    headings = frozenset(filter(by_table.get, by_table))
    return Aligned(forms, observations, tuple(conflicts), headings, indicators=indicators)


def with_prose(reading: Reading, aligned: Aligned) -> Aligned:
    """The report with what the sentences of section two state, where it has no table for it.

    A report whose form is a list has no section two to state anything in.
    """
    if prose.TABLE in aligned.forms or "stat" in aligned.forms:
        return aligned
    form, observations, told = prose.read_prose(reading, aligned.forms.get("requests"))
    if form is None:
        return aligned
    return replace(
        aligned,
        forms={prose.TABLE: form, **aligned.forms},
        observations=in_reading_order((*observations, *aligned.observations)),
        conflicts=(*told, *aligned.conflicts),
        in_sentences=frozenset({prose.TABLE}),
    )


def _observe(found: Sequence[Found]) -> tuple[tuple[Observation, ...], list[Problem]]:
    """One observation an address. Of two that differ the stated one is kept, else the first, in doubt."""
    kept: dict[tuple[str, str, str], Observation] = {}
    several: dict[tuple[str, str, str], list[Observation]] = {}
    for item in found:
        one = item.observe()
        first = kept.setdefault(item.address, one)
        if first is not one:
            several.setdefault(item.address, [first]).append(one)
    problems = []
    for address in [address for address in kept if address in several]:
        claims = several[address]
        stated = [one for one in claims if one.status is not Status.BLANK]
        best = (stated or claims)[0]
        if len({(one.status, one.value) for one in stated}) > 1:
            best = best._replace(confidence=min(best.confidence, _DISPUTED))
            raws = ", ".join(repr(one.raw) for one in stated)
            problems.append(Problem("conflicting_cells", f"{'.'.join(address)} is printed as {raws}"))
        kept[address] = best
    return in_reading_order(kept.values()), problems


def in_reading_order(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Observations in the order in which the forms print them."""
    order = _reading_order()
    return tuple(sorted(observations, key=lambda one: order[one.table, one.row, one.column]))


@cache
def _reading_order() -> dict[tuple[str, str, str], int]:
    return {address: number for number, address in enumerate(measures())}


def _missing(aligned: Aligned) -> list[Problem]:
    """What the forms ask for and the document was not found to have."""
    forms, observations = aligned.forms, aligned.observations
    if not observations:
        told = Problem("no_tables", "none of the statutory tables was found")
        return [told] if aligned.has_form else []
    seen = {(one.table, one.row, one.column) for one in observations}
    problems = []
    default = load_forms()[next(iter(forms.values()))]
    for table in TABLES:
        form = load_forms()[forms[table]] if table in forms else default
        if not form.has_table(table):
            continue
        definition = form.table(table)
        if table not in forms:
            seen_heading = " (its heading is there)" if table in aligned.headings else ""
            problems.append(
                Problem("missing_table", f"{definition.section.zh}: no figures found{seen_heading}")
            )
            continue
        if definition.layout == "list":
            absent = [row.zh for row in definition.rows if not any((table, row.key) == one[:2] for one in seen)]
            if absent:
                problems.append(Problem("missing_cells", f"{table}: not found: {', '.join(absent)}"))
            continue
        if table in aligned.in_sentences:
            continue
        for part in definition.parts:
            for row in part.rows:
                lost = [c.key for c in part.columns if (table, row.key, c.key) not in seen]
                if lost:
                    problems.append(
                        Problem("missing_cells", f"{table}.{row.key}: {', '.join(lost)} not found ({row.zh})")
                    )
    return problems
