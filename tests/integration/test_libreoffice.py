"""LibreOffice, where it is installed: what it saved as DOC comes back as the report it was given."""

import shutil
import subprocess
from pathlib import Path

import pytest

from etl.align import align
from etl.extract.docx import read_docx
from etl.extract.office import read_office, to_docx
from etl.extract.read import read
from etl.model import Reading
from etl.pipeline.bundle import read_bundle
from tests.makers.docx import docx
from tests.makers.layout import lay_out
from tests.makers.packages import packed
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.report import make_report

SOFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def test_documents_that_libreoffice_saved_read_as_those_it_was_given(tmp_path: Path) -> None:
    places = [place for place in load_places(DEMO_PLACES) if place.exists_in(2020) and place.exists_in(2024)]
    given = {year: docx(lay_out(make_report(places[0], year, 7))) for year in (2020, 2024)}
    for year, content in given.items():
        (tmp_path / f"{year}.docx").write_bytes(content)
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        + ["--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path)]
        + [str(tmp_path / f"{year}.docx") for year in given],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = [(tmp_path / f"{year}.doc").read_bytes() for year in given]
    for made, content in zip(to_docx(saved), given.values(), strict=True):
        assert isinstance(made, bytes)
        assert figures(read_office(b"", "doc", made)) == figures(read_docx(content))
    reading = read(saved[0], "年报.wps", max_bytes=2**24, max_pages=9)
    assert (reading.format, reading.problems) == ("wps", ())
    assert {grid.reader for grid in reading.grids} == {"libreoffice-docx"}
    packed_in = read_bundle(packed({"年报/年报.doc": saved[1]}), max_bytes=2**24, max_pages=9).reading
    assert packed_in.format == "doc"
    assert len(figures(packed_in)) == 200


def figures(reading: Reading) -> dict[tuple[str, str, str], object]:
    return {(one.table, one.row, one.column): one.value for one in align(reading.grids).observations}
