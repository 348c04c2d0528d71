"""Every scan of this folder is read; wrong values are counted, and none may pass for certain."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.model import Extraction, Observation, Status
from etl.pipeline.extraction import Source, extract_file
from etl.resources import DATA
from etl.settings import Home

FOLDER = Path(__file__).parent
TRUTHS = sorted(FOLDER.glob("*.truth.json"))
HOME = Home(home=FOLDER, extra_counties=DATA / "demo" / "places.csv")
DOUBTFUL = 2  # wrong values a document may have, if they are said to be doubtful

Address = tuple[str, str, str]


@pytest.fixture(scope="module", params=TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Extraction]:
    truth: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"), parse_float=Decimal)
    return truth, extract_file(Source(FOLDER / truth["file"], truth["file"]), HOME)


def test_county_year_and_form_are_told(pair: tuple[dict[str, Any], Extraction]) -> None:
    truth, read = pair
    told = read.identity.county, read.identity.year, read.form
    assert told == (truth["county"], truth["year"], truth["form"])


def test_wrong_values_are_few_and_said_to_be_doubtful(pair: tuple[dict[str, Any], Extraction]) -> None:
    truth, read = pair
    wrong = [
        one for one in read.observations if not _agrees(one, _cells(truth)[one.table, one.row, one.column])
    ]
    assert [one for one in wrong if one.confidence == 1] == []
    assert len(wrong) <= DOUBTFUL


def test_every_cell_is_found(pair: tuple[dict[str, Any], Extraction]) -> None:
    truth, read = pair
    assert set(_cells(truth)) == {(one.table, one.row, one.column) for one in read.observations}


def _agrees(one: Observation, want: Decimal | int | None) -> bool:
    unstated = one.status in (Status.BLANK, Status.DASH)
    return one.value == want if want else one.value == want or unstated


def _cells(truth: dict[str, Any]) -> dict[Address, Decimal | int | None]:
    return {
        (table, row, column): want
        for table in ("disclosure", "requests", "disputes")
        for row, columns in (truth.get(table) or {}).items()
        for column, want in columns.items()
    }
