"""Every document of this folder is read, and held against the truth beside it, cell for cell."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.check.verdicts import check
from etl.forms import TABLES
from etl.model import Extraction, Observation, Status
from etl.pipeline.extraction import Source, extract_file
from etl.resources import DATA
from etl.settings import Home
from tests.needs import needs_libarchive

FOLDER = Path(__file__).parent
TRUTHS = [
    pytest.param(path, marks=needs_libarchive if {".rar", ".tar"} & {*path.suffixes} else ())
    for path in sorted(FOLDER.glob("*.truth.json"))
]
HOME = Home(home=FOLDER, extra_counties=DATA / "demo" / "places.csv")


def test_the_folder_holds_documents() -> None:
    assert len(TRUTHS) >= 30


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def test_reading_agrees_with_truth(path: Path) -> None:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    read = extract_file(Source(FOLDER / truth["file"], truth["file"]), HOME)
    assert (read.identity.county, read.identity.year, read.form) == (
        truth["county"],
        truth["year"],
        truth["form"],
    )
    seen = {(one.table, one.row, one.column): one for one in read.observations}
    wrong = {}
    for address, want in _cells(truth):
        one = seen.pop(address, None)
        unstated = one is not None and one.status in (Status.BLANK, Status.DASH)
        if one is None or not (one.value == want if want is not None else unstated):
            if want == 0 and unstated:
                continue  # a zero left blank is read as blank
            wrong[address] = (want, one)
    assert not wrong
    assert not seen, "cells that the document does not have"


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def test_failed_checks_are_those_of_the_truth(path: Path) -> None:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    read = extract_file(Source(FOLDER / truth["file"], truth["file"]), HOME)
    printed = replace(
        read, observations=tuple(_as_printed(one, dict(_cells(truth))) for one in read.observations)
    )
    assert _failed(read) == _failed(printed)
    if path.name.startswith("broken-"):
        assert _failed(read)


def _as_printed(one: Observation, truth: dict[tuple[str, str, str], int | Decimal | None]) -> Observation:
    want = truth[one.table, one.row, one.column]
    return one if want is None else one._replace(value=Decimal(want), status=Status.PRINTED)


def _failed(extraction: Extraction) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.rule_id, finding.cells) for finding in check(extraction) if finding.status == "fail"]


def _cells(truth: dict[str, Any]) -> list[tuple[tuple[str, str, str], int | Decimal | None]]:
    return [
        ((table, row, column), want)
        for table in TABLES
        for row, columns in (truth.get(table) or {}).items()
        for column, want in columns.items()
    ]
