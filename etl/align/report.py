"""A whole report: its grids to observations, with what is missing said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from etl.align.disclosure import align_disclosure
from etl.align.disputes import align_disputes
from etl.align.found import Found
from etl.align.requests import align_requests
from etl.align.stat import align_list
from etl.align.tables import Piece, pieces
from etl.forms import TABLES, load_forms, measures
from etl.model import Grid, Indicator, Observation, Problem, Status

_DISPUTED = 0.5  # two cells of the document claim the address and do not agree


@dataclass(frozen=True)
class Aligned:
    """Observations in the forms' reading order, the form of each table found, and what is amiss."""

    forms: dict[str, str]
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]
    indicators: tuple[Indicator, ...] = ()  # what lists print beside the forms' figures


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
    observations, problems = _observe(found)
    if listed.further:
        problems.append(
            Problem("further_lists", f"{listed.further} more lists of figures stand in the document")
        )
    has_list = listed.form is not None or not observations
    return Aligned(
        forms,
        observations,
        (*problems, *_missing(forms, observations, by_table)),
        listed.indicators if has_list else (),
    )


def _observe(found: Sequence[Found]) -> tuple[tuple[Observation, ...], list[Problem]]:
    """One observation an address. Of two that differ the stated one is kept, else the first, in doubt."""
    claims: dict[tuple[str, str, str], list[Observation]] = {}
    for item in found:
        claims.setdefault(item.address, []).append(item.observe())
    observations, problems = [], []
    for address, several in claims.items():
        kept = several[0]
        if len(several) > 1:
            stated = [one for one in several if one.status is not Status.BLANK]
            kept = (stated or several)[0]
            if len({(one.status, one.value) for one in stated}) > 1:
                kept = kept._replace(confidence=min(kept.confidence, _DISPUTED))
                raws = ", ".join(repr(one.raw) for one in stated)
                problems.append(Problem("conflicting_cells", f"{'.'.join(address)} is printed as {raws}"))
        observations.append(kept)
    order = _reading_order()
    observations.sort(key=lambda one: order[one.table, one.row, one.column])
    return tuple(observations), problems


@cache
def _reading_order() -> dict[tuple[str, str, str], int]:
    return {address: number for number, address in enumerate(measures())}


def _missing(
    forms: dict[str, str], observations: Sequence[Observation], by_table: dict[str, list[Piece]]
) -> list[Problem]:
    """What the forms ask for and the document was not found to have."""
    if not observations:
        return [Problem("no_tables", "none of the statutory tables was found")]
    seen = {(one.table, one.row, one.column) for one in observations}
    problems = []
    default = load_forms()[next(iter(forms.values()))]
    for table in TABLES:
        form = load_forms()[forms[table]] if table in forms else default
        if not form.has_table(table):
            continue
        definition = form.table(table)
        if table not in forms:
            seen_heading = " (its heading is there)" if by_table.get(table) else ""
            problems.append(
                Problem("missing_table", f"{definition.section.zh}: no figures found{seen_heading}")
            )
            continue
        if definition.layout == "list":
            absent = [row.zh for row in definition.rows if not any((table, row.key) == one[:2] for one in seen)]
            if absent:
                problems.append(Problem("missing_cells", f"{table}: not found: {', '.join(absent)}"))
            continue
        for part in definition.parts:
            for row in part.rows:
                lost = [c.key for c in part.columns if (table, row.key, c.key) not in seen]
                if lost:
                    problems.append(
                        Problem("missing_cells", f"{table}.{row.key}: {', '.join(lost)} not found ({row.zh})")
                    )
    return problems
