"""Reviewers' verdicts on findings: one file of entries, a finding each.

``docs/how-to/review-findings.md`` explains the file. The warehouse is never written: a build reads the file.
"""

import os
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from filelock import FileLock, Timeout
from pydantic import Field, ValidationError

from etl.errors import GoujiError
from etl.yaml_source import DataError, DataModel, load_model

_TEXT = r"[^\x00-\x08\x0b-\x1f\x7f]*"  # without control characters, but with line breaks
Words = Annotated[str, Field(max_length=2000, pattern=rf"^{_TEXT}[^\s\x00-\x1f\x7f]{_TEXT}$")]

_HEAD = "# Verdicts of reviewers on findings, written by the dashboard. Every build reads them.\n"
_SECONDS = 10  # to wait for somebody else who is writing


class Review(DataModel):
    """One verdict on one finding.

    Attributes:
        county: GB/T 2260 code of the report year.
        line: the row, column or cell that the rule checks; of a statement of the running text its words.
        verdict: ``confirmed`` or ``dismissed``.
        judged: what the cells said that were judged, ``address=value`` each, in the order of the check: the
            verdict holds as long as they say so.
    """

    county: str = Field(pattern=r"^\d{6}$")
    year: int = Field(ge=2000, le=2099)
    rule: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    line: str = Field(min_length=1)
    verdict: Literal["confirmed", "dismissed"]
    judged: tuple[str, ...]
    reason: Words
    reviewer: Words
    date: date

    @property
    def finding(self) -> tuple[str, int, str, str]:
        """What it is about: county, year, rule, line."""
        return self.county, self.year, self.rule, self.line


class ReviewFile(DataModel):
    """What the file holds."""

    reviews: tuple[Review, ...]


def load_reviews(path: Path) -> tuple[Review, ...]:
    """The verdicts of a file in its order; none where there is no file.

    Raises:
        DataError: the file is faulty, or judges a finding twice.
    """
    if not path.exists():
        return ()
    found = load_model(path, ReviewFile).reviews
    seen: set[tuple[str, int, str, str]] = set()
    for one in found:
        if one.finding in seen:
            told = f"{one.rule} ({one.line}) of {one.county} {one.year}"
            raise DataError(f"{path}:1: {told} is judged twice; take out one of the two")
        seen.add(one.finding)
    return found


def checked_review(fields: dict[str, object]) -> Review:
    """A verdict from its fields.

    Raises:
        DataError: they do not make one; every fault is in the message.
    """
    try:
        return Review.model_validate(fields)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        raise DataError("; ".join(faults)) from error


def file_review(path: Path, review: Review) -> None:
    """Put a verdict into the file, in the place of an earlier one on the same finding.

    The file is replaced at once, by a rename, under a lock: it is never half written, nor does one writer lose
    what another wrote.

    Raises:
        DataError: the file is faulty; it stays as it is.
        GoujiError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=_SECONDS):
            known = load_reviews(path)
            kept = [one if one.finding != review.finding else review for one in known]
            _replace(path, kept if review in kept else [*kept, review])
    except Timeout as error:
        raise GoujiError(f"{path}: somebody else has been writing it for {_SECONDS} s; try again") from error
    except OSError as error:
        raise GoujiError(f"{path}: cannot be written: {error.strerror}") from error


def _replace(path: Path, reviews: Iterable[Review]) -> None:
    entries = [
        {**one.model_dump(), "judged": list(one.judged)} for one in sorted(reviews, key=lambda one: one.finding)
    ]
    text = _HEAD + yaml.safe_dump({"reviews": entries}, allow_unicode=True, sort_keys=False, width=10_000)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    path.chmod(0o644)
