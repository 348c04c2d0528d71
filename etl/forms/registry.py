"""The forms that ship with Gouji, loaded once, and what is derived from all of them together."""

import hashlib
from functools import cache

from etl.forms.model import Form, Slot
from etl.resources import DATA
from etl.yaml_source import DataError, load_model

FORMS = DATA / "forms"


@cache
def load_forms() -> dict[str, Form]:
    """All forms of ``data/forms/``, newest first, by id.

    Raises:
        DataError: a file is faulty, misnamed, or gives a cell another unit than a different form does.
    """
    forms: dict[str, Form] = {}
    for path in sorted(FORMS.glob("*.yaml"), reverse=True):
        form = load_model(path, Form)
        if form.id != path.stem:
            raise DataError(f"{path}:1: id {form.id!r} does not match the file's name")
        forms[form.id] = form
    if not forms:
        raise DataError(f"{FORMS}: no form found")
    return forms


def forms_with(table: str) -> tuple[Form, ...]:
    """The forms that have a table, newest first."""
    return tuple(form for form in load_forms().values() if form.has_table(table))


@cache
def measures() -> dict[tuple[str, str, str], tuple[Slot, ...]]:
    """Every cell address of any form, with the slot it is in each form that has it (newest first).

    A measure means one thing in all forms, so its unit, kind and being a total must agree.
    """
    found: dict[tuple[str, str, str], list[Slot]] = {}
    for form in load_forms().values():
        for slot in form.slots():
            found.setdefault((slot.table, slot.row, slot.column), []).append(slot)
    for address, slots in found.items():
        if len({(slot.unit, slot.kind, slot.is_total) for slot in slots}) > 1:
            raise DataError(f"{FORMS}: {'.'.join(address)} differs in unit, kind or total between forms")
    return {address: tuple(slots) for address, slots in found.items()}


@cache
def form_digest() -> str:
    """A short digest of all form files: what was read with other forms has to be read again."""
    digest = hashlib.sha256()
    for path in sorted(FORMS.glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
