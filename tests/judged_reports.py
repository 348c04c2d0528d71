"""Reports for the tests of rules: consistent ones of any form, and ways to spoil them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from etl.check.compile import Address
from etl.forms import Table, load_forms
from etl.model import Extraction, Observation, Place, Status

TABLES = ("disclosure", "requests", "disputes")
Figures = Mapping[Address, int | Decimal]


def report(figures: Figures, forms: Mapping[str, str]) -> Extraction:
    """A report with every figure printed."""
    return Extraction(
        file="report.html",
        sha256="0" * 64,
        format="html",
        forms=dict(forms),
        observations=tuple(_cell(at, Status.PRINTED, Decimal(value)) for at, value in figures.items()),
    )


def change(extraction: Extraction, at: Address, cell: Status | Decimal | int | None) -> Extraction:
    """The report with one cell printing another figure, printing none, or (None) not found at all."""
    others = tuple(seen for seen in extraction.observations if (seen.table, seen.row, seen.column) != at)
    if len(others) == len(extraction.observations):
        raise KeyError(at)
    if cell is None:
        return replace(extraction, observations=others)
    made = _cell(at, cell, None) if isinstance(cell, Status) else _cell(at, Status.PRINTED, Decimal(cell))
    return replace(extraction, observations=(*others, made))


def consistent_figures(forms: Mapping[str, str], leaf: int = 1) -> dict[Address, int]:
    """Figures that add up on the given forms, every leaf of a sum being ``leaf``."""
    return _complete(forms, lambda _: leaf)


@st.composite
def consistent_reports(draw: st.DrawFn, at_most: int = 50) -> Extraction:
    """Reports on any mixture of forms whose figures add up, one in four of them a list."""
    forms = draw(st.one_of(form_mixtures, form_mixtures, form_mixtures, st.just(FORM_2014)))
    return report(_complete(forms, lambda _: draw(st.integers(0, at_most))), forms)


FORM_2014 = {"stat": "2014"}
form_mixtures = st.fixed_dictionaries({table: st.sampled_from(["2019", "2021"]) for table in TABLES})


_spoilt_cells = st.one_of(
    st.none(),
    st.sampled_from(list(Status)[1:]),
    st.integers(-2, 3),
    st.integers(-(10**12) + 1, 10**12 - 1),
    st.decimals(-5, 5, places=6),
)


@st.composite
def spoilt_reports(draw: st.DrawFn) -> Extraction:
    """Reports of any forms with few figures, some cells spoilt and perhaps a table missing."""
    extraction = draw(consistent_reports(at_most=draw(st.sampled_from([0, 1, 50]))))
    places = [(seen.table, seen.row, seen.column) for seen in extraction.observations]
    for at in draw(st.lists(st.sampled_from(places), unique=True, max_size=30)):
        extraction = change(extraction, at, draw(_spoilt_cells))
    lost = draw(st.sampled_from([None, None, "disclosure", "requests", "disputes"]))
    return replace(
        extraction,
        forms={table: form for table, form in extraction.forms.items() if table != lost},
        observations=tuple(seen for seen in extraction.observations if seen.table != lost),
    )


def _complete(forms: Mapping[str, str], leaf: Callable[[Address], int]) -> dict[Address, int]:
    figures: dict[Address, int] = {}
    for key, form in forms.items():
        table = load_forms()[form].table(key)
        if table.layout == "list":
            figures |= _listed(table, leaf)
            continue
        for part in table.parts:
            total = next((column.key for column in part.columns if column.total), None)
            parts = [column.key for column in part.columns if not column.total]
            for row in part.rows:
                if row.total_of is None and row.key != "received.new":
                    figures |= {(key, row.key, column): leaf((key, row.key, column)) for column in parts}
            for row in part.rows:
                if row.total_of is not None:
                    leaves = [leaf_row.key for leaf_row in table.parts_of_total(row)]
                    figures |= {(key, row.key, c): sum(figures[key, at, c] for at in leaves) for c in parts}
            if key == "requests":
                for column in parts:
                    carried_in, carried_out = (
                        figures[key, row, column] for row in ("received.carried_in", "carried_out")
                    )
                    concluded = figures[key, "outcome.total", column]
                    carried_in = figures[key, "received.carried_in", column] = min(
                        carried_in, concluded + carried_out
                    )
                    figures[key, "received.new", column] = concluded + carried_out - carried_in
            if total is not None:
                figures |= {
                    (key, row.key, total): sum(figures[key, row.key, c] for c in parts) for row in part.rows
                }
    return figures


def _listed(table: Table, leaf: Callable[[Address], int]) -> dict[Address, int]:
    """A list whose sums hold, a sum of sums too, and whose whole is at least what is counted within it."""
    figures: dict[Address, int] = {}
    for row in reversed(table.rows):  # parts stand below their sum
        at = (table.key, row.key, "value")
        parts = [figures[table.key, part.key, "value"] for part in table.parts_of_total(row)]
        within = [figures[table.key, part.key, "value"] for part in table.rows if part.within == row.key]
        figures[at] = sum(parts) if parts else max([leaf(at), *within])
    most = sum(value for at, value in figures.items() if at[1].startswith("channel_"))
    for key in ("proactive_total", "proactive_normative_doc"):
        figures[table.key, key, "value"] = min(most, figures[table.key, key, "value"])
    return dict(sorted(figures.items(), key=lambda item: [row.key for row in table.rows].index(item[0][1])))


def _cell(at: Address, status: Status, value: Decimal | None) -> Observation:
    raw = "" if value is None else str(value)
    return Observation(*at, value, raw, status, Place(path="/table"), "html", 1.0)
