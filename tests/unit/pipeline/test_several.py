"""Two reports in one file: the county's is taken, the other told, and their cells never mix."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from etl.model import Extraction
from etl.pipeline.extraction import Source, extract_file
from etl.resources import DATA
from etl.settings import Home
from tests.makers.corpus import render
from tests.makers.layout import Document, lay_out
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.report import Report, make_report
from tests.makers.titles import TITLES

PLACE = load_places(DEMO_PLACES)[0]


def a_report(title: str, year: int, seed: int) -> Report:
    return TITLES[title](make_report(PLACE, year, seed, "medium"), Random(1))


def extracted(folder: Path, style: str, *reports: Report) -> Extraction:
    blocks = tuple(block for one in reports for block in lay_out(one).blocks)
    _, extension, content = render(Document(reports[0], blocks), style)
    path = folder / f"both{extension}"
    path.write_bytes(content)
    return extract_file(Source(path, path.name), Home(home=folder, extra_counties=DATA / "demo" / "places.csv"))


def holds(read: Extraction, one: Report) -> bool:
    wanted = {address: figure for address, figure in one.figures.items() if not isinstance(figure, str)}
    return {(seen.table, seen.row, seen.column): seen.value for seen in read.observations} == wanted


@pytest.mark.parametrize("style", ["word", "ruled", "lead_lost", "docx_word"])
def test_the_county_is_taken_wherever_it_stands(tmp_path: Path, style: str) -> None:
    county, department = a_report("by_government", 2023, 1), a_report("by_department", 2023, 2)
    for order in ((county, department), (department, county)):
        read = extracted(tmp_path, style, *order)
        assert holds(read, county)
        assert (read.identity.scope, read.identity.year) == ("county", 2023)
        (told,) = [problem.message for problem in read.problems if problem.code == "other_reports"]
        assert department.publisher in told
        assert "conflicting_cells" not in {problem.code for problem in read.problems}


def test_of_two_years_the_first_is_taken(tmp_path: Path) -> None:
    latest, before = a_report("by_government", 2024, 3), a_report("by_government", 2023, 4)
    read = extracted(tmp_path, "ruled", latest, before)
    assert holds(read, latest)
    assert read.identity.year == 2024


def test_a_report_printed_twice_is_one_report(tmp_path: Path) -> None:
    one = a_report("by_government", 2023, 5)
    read = extracted(tmp_path, "word", one, replace(one))
    assert holds(read, one)
    assert "other_reports" not in {problem.code for problem in read.problems}
