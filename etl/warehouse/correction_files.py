"""Reviewed corrections as data: files of entries, a cell each.

``docs/reference/corrections.md`` explains the files.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

import yaml
from pydantic import Field, ValidationError, ValidationInfo, model_validator

from etl.forms import Slot, measures
from etl.places import Counties
from etl.yaml_source import DataError, DataModel, load_model

Unstated = Literal["blank", "dash", "unreadable"]
Number = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]

_HEAD = "# Written by gouji correct. It is applied by the next build once its status is accepted.\n"


class Correction(DataModel):
    """One correction of one cell of a county's report.

    Attributes:
        county: GB/T 2260 code in force in the report year.
        cell: address, such as ``disputes.review.total``.
        document: SHA-256 of the report, or how it begins; the report that county_year takes unless given.
        printed: what the cell is expected to print, the guard: a number (money in 万元), or blank,
            dash, unreadable.
        corrected: the number that belongs there, or blank where nothing does.
        status: ``open`` waits for review, ``accepted`` is applied, ``withdrawn`` is kept for the record.
    """

    county: str = Field(pattern=r"^\d{6}$")
    year: int = Field(ge=2000, le=2099)
    cell: str
    document: str | None = Field(default=None, pattern=r"^[0-9a-f]{8,64}$")
    printed: Number | Unstated
    corrected: Number | Literal["blank"]
    reason: Words
    evidence: Words
    reviewer: Words
    date: date
    status: Literal["open", "accepted", "withdrawn"] = "open"

    @property
    def address(self) -> tuple[str, str, str]:
        """Table, row and column."""
        return _addresses()[self.cell].table, _addresses()[self.cell].row, _addresses()[self.cell].column

    def clashes(self, other: "Correction") -> bool:
        """Whether both are to change one cell of one report."""
        same = (self.county, self.year, self.cell) == (other.county, other.year, other.cell)
        documents = sorted((self.document or "", other.document or ""), key=len)
        is_in_force = "withdrawn" not in (self.status, other.status)
        return same and is_in_force and documents[1].startswith(documents[0])

    @model_validator(mode="after")
    def _is_about_something(self, info: ValidationInfo) -> Self:
        slot = _addresses().get(self.cell)
        if slot is None:
            raise ValueError(f"no form has the cell {self.cell!r}; see docs/reference/forms.md for addresses")
        if self.printed == self.corrected:
            raise ValueError("printed and corrected are the same")
        number = self.corrected if isinstance(self.corrected, Decimal) else Decimal(0)
        if slot.kind == "count" and (number < 0 or number % 1):
            raise ValueError(f"{self.cell} is a count: a whole number, zero or more")
        counties = info.context
        if isinstance(counties, Counties):
            known = counties.coded(self.county)
            if not any(county.in_force(self.year) for county in known):
                told = "was not in force in" if known else "is no county's, in"
                raise ValueError(f"the code {self.county} {told} {self.year}")
        return self


class CorrectionFile(DataModel):
    """What a file of corrections holds."""

    corrections: tuple[Correction, ...] = Field(min_length=1)


class Filed(NamedTuple):
    """A correction and the file it stands in."""

    correction: Correction
    file: Path


@cache
def _addresses() -> dict[str, Slot]:
    return {".".join(address): slots[0] for address, slots in measures().items()}


def load_corrections(folders: Iterable[Path], counties: Counties) -> tuple[Filed, ...]:
    """All corrections of the folders' ``*.yaml``, in order of folder, file and entry.

    Raises:
        DataError: a file is faulty, or two corrections that are not withdrawn are about one cell.
    """
    found: list[Filed] = []
    faults: list[str] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.yaml"))):
        try:
            entries = load_model(path, CorrectionFile, counties).corrections
        except DataError as error:
            faults.append(str(error))
            continue
        for entry in entries:
            if (first := _clashing(entry, found)) is not None:
                told = f"{entry.cell} of {entry.county} {entry.year} is corrected in {first} already"
                faults.append(f"{path}:1: {told}; withdraw one of the two")
            found.append(Filed(entry, path))
    if faults:
        raise DataError("\n".join(faults))
    return tuple(found)


def file_correction(folder: Path, correction: Correction, known: Sequence[Filed], counties: Counties) -> Path:
    """Write a correction into a file of its own in ``folder`` and return its path; nothing is ever overwritten.

    Raises:
        DataError: another correction of the cell is in force, the file is there, or it cannot be written.
    """
    if (first := _clashing(correction, known)) is not None:
        raise DataError(f"{first}: the cell is corrected there already; edit that entry, or withdraw it")
    suffix = f"-{correction.document[:8]}" if correction.document else ""
    path = folder / f"{correction.county}-{correction.year}-{correction.cell}{suffix}.yaml"
    text = _HEAD + written(correction)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise DataError(f"{path}: is there already, and is not overwritten; edit it") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror}") from error
    assert load_model(path, CorrectionFile, counties).corrections == (correction,)
    return path


def _clashing(correction: Correction, known: Iterable[Filed]) -> Path | None:
    """The file of the first correction that is about the same cell."""
    return next((filed.file for filed in known if filed.correction.clashes(correction)), None)


def written(correction: Correction) -> str:
    """The correction as a file's YAML."""
    fields = correction.model_dump(exclude_none=True)
    plain = {key: _plain(value) for key, value in fields.items()}
    return yaml.safe_dump({"corrections": [plain]}, allow_unicode=True, sort_keys=False, width=10_000)


def checked(fields: dict[str, object], counties: Counties) -> Correction:
    """A correction from its fields.

    Raises:
        DataError: they do not make one; every fault is in the message.
    """
    try:
        return Correction.model_validate(fields, context=counties)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'correction'}: {fault['msg']}" for fault in error.errors()
        ]
        raise DataError("; ".join(dict.fromkeys(faults))) from error


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
