"""A broken rule has a PDF read a second time; other formats and balanced reports are read once."""

import json
from pathlib import Path

import pytest

from etl.extract.again import read_again
from etl.extract.html import read_html
from etl.extract.pdf import read_pdf
from etl.model import Extraction
from etl.pipeline.extraction import Source, extract_file
from etl.pipeline.json_lines import json_line
from etl.settings import Home
from tests.makers.packages import packed

GOLDEN = Path(__file__).parents[2] / "golden"


def extract(path: Path, home: Path) -> Extraction:
    return extract_file(Source(path, path.name), Home(home=home))


def readers(extraction: Extraction) -> dict[str, list[tuple[object, ...]]]:
    seen: dict[str, list[tuple[object, ...]]] = {}
    for one in extraction.opinions:
        seen.setdefault(one.reader, []).append((one.table, one.row, one.column, one.status, one.value))
    return seen


def test_both_readers_of_a_broken_rule_are_kept_and_agree(tmp_path: Path) -> None:
    extraction = extract(GOLDEN / "broken-balance.pdf", tmp_path)
    seen = readers(extraction)
    assert set(seen) == {"camelot-lattice-vector", "camelot-lattice-raster-playa"}
    first, second = seen.values()
    assert first == second
    assert all(one.place.page and one.place.box for one in extraction.opinions)
    assert {one["reader"] for one in json.loads(json_line(extraction, ()))["opinions"]} == set(seen)


def test_a_pdf_in_an_archive_has_its_second_reader_too(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"年报.pdf": (GOLDEN / "broken-balance.pdf").read_bytes()}))
    extraction = extract(path, tmp_path)
    assert set(readers(extraction)) == {"camelot-lattice-vector", "camelot-lattice-raster-playa"}
    assert {one.place.path for one in extraction.opinions} == {"年报.pdf"}


@pytest.mark.parametrize("name", ["dashes.pdf", "page-landscape.pdf"])
def test_without_doubt_nobody_is_asked(name: str, tmp_path: Path) -> None:
    assert not extract(GOLDEN / name, tmp_path).opinions


def test_a_format_that_holds_text_as_such_has_no_second_reader() -> None:
    path = GOLDEN / "decimals.html"
    assert read_again(path.read_bytes(), read_html(path.read_bytes()), ()) is None


@pytest.mark.parametrize("is_whole", [True, False])
def test_of_a_pdf_the_pages_in_doubt_are_read_again_and_all_where_something_lacks(is_whole: bool) -> None:
    content = (GOLDEN / "broken-balance.pdf").read_bytes()
    first = read_pdf(content, max_pages=9)
    pages = [grid.cells[0].place.page for grid in first.grids]
    assert len(set(pages)) > 1
    doubtful = first.grids[-1].cells[0].place
    second = read_again(content, first, {doubtful}, is_whole=is_whole)
    assert second is not None
    again = [grid.cells[0].place.page for grid in second.grids if grid.reader.endswith("-playa")]
    assert set(again) == ({doubtful.page} if is_whole else set(pages))
    assert [grid.cells[0].place.page for grid in second.grids] == pages
