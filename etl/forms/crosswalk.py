"""The crosswalk between forms: what of one form may stand beside what of another.

``docs/reference/crosswalk.md`` explains the file.
"""

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from etl.forms.model import Key, Slot, Unit
from etl.forms.registry import load_forms
from etl.resources import DATA
from etl.yaml_source import DataModel, load_model

CROSSWALK = DATA / "crosswalk.yaml"

Label = Literal["exact", "approximate", "weak", "none"]


class Comparability(DataModel):
    """How far a concept means the same on two forms, and why."""

    forms: tuple[str, str]
    label: Label
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Concept(DataModel):
    """What is counted, and where each form prints it: rows (``table.row``) or cells (``table.row.column``).

    On a form it is worth the sum of the addresses listed. Forms stand newest first; the first is the one that
    the others are compared with.
    """

    key: Key
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    unit: Unit
    forms: dict[str, tuple[str, ...]] = Field(min_length=1)
    comparability: tuple[Comparability, ...] = ()

    @property
    def reference(self) -> str:
        return next(iter(self.forms))

    def slots(self, form: str) -> tuple[tuple[Slot, ...], ...]:
        """The cells of each address on a form: all of a row, or the one."""
        return tuple(_cells(form, address) for address in self.forms[form])

    def between(self, form: str, other: str) -> Comparability | None:
        """What is said of two forms that both list the concept, in either order; None of any others."""
        return next((one for one in self.comparability if set(one.forms) == {form, other}), None)

    @model_validator(mode="after")
    def _addresses_and_labels_are_whole(self) -> Self:
        known = load_forms()
        if unknown := [form for form in self.forms if form not in known]:
            raise ValueError(f"there is no form {unknown[0]!r}; there are {', '.join(known)}")
        if list(self.forms) != [form for form in known if form in self.forms]:
            raise ValueError("the forms are to stand newest first")
        for form in self.forms:
            cells = [slot for row in self.slots(form) for slot in row]
            if units := {slot.unit for slot in cells} - {self.unit}:
                raise ValueError(f"form {form} counts it in {', '.join(sorted(units))}, not in {self.unit}")
            if len({slot.table for slot in cells}) > 1:
                raise ValueError(f"its addresses on form {form} are of several tables")
        said = [frozenset(one.forms) for one in self.comparability]
        wanted = [frozenset(pair) for pair in combinations(self.forms, 2)]
        if sorted(map(sorted, said)) != sorted(map(sorted, wanted)):
            raise ValueError("every two of its forms are to have one label, and no others")
        return self


class Crosswalk(DataModel):
    """All concepts."""

    concepts: tuple[Concept, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        keys = [concept.key for concept in self.concepts]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"concepts stand twice: {', '.join(sorted(twice))}")
        return self


@cache
def load_crosswalk(path: Path = CROSSWALK) -> tuple[Concept, ...]:
    """The concepts of the crosswalk that ships with Gouji.

    Raises:
        DataError: the file is faulty, or names what no form has.
    """
    return load_model(path, Crosswalk).concepts


def _cells(form: str, address: str) -> tuple[Slot, ...]:
    cells = _addressed(form).get(address)
    if cells is None:
        raise ValueError(f"form {form} has neither a row nor a cell {address}")
    return cells


@cache
def _addressed(form: str) -> dict[str, tuple[Slot, ...]]:
    """The cells of a form by table.row, and each by table.row.column."""
    found: dict[str, tuple[Slot, ...]] = {}
    for slot in load_forms()[form].slots():
        row = f"{slot.table}.{slot.row}"
        found[row] = (*found.get(row, ()), slot)
        found[f"{row}.{slot.column}"] = (slot,)
    return found
