"""Taking files in: archive, catalogue, cache, and files that cannot be read."""

import os
import shutil
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.archive import Archive, ArchiveError
from etl.catalogue import Catalogue
from etl.model import Extraction
from etl.pipeline import extraction, pool
from etl.pipeline.extraction import Source, extractor
from etl.pipeline.ingest import HomeBusyError, ingest, reread, writer
from etl.settings import Home
from etl.store import SCHEMAS, problems, segments

GOLDEN = Path(__file__).parents[2] / "golden"
PAGE = GOLDEN / "digits-thousands.html"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(home=tmp_path / "home", workers=1)


def test_a_file_is_archived_noted_and_read(home: Home) -> None:
    (taken,) = ingest(home, [PAGE])
    assert taken.sha256 is not None
    assert Archive(home.archive_address, home.spool).read(taken.sha256) == PAGE.read_bytes()
    (document,) = Catalogue(home.catalogue_address).documents().to_pylist()
    assert document["file_name"] == PAGE.name
    assert document["url"] == PAGE.resolve().as_uri()
    (segment,) = segments(home.extracted, extractor(home.counties_files))
    for name, schema in SCHEMAS.items():
        assert pq.read_schema(segment / f"{name}.parquet").equals(schema)
    assert pq.read_metadata(segment / "observation.parquet").num_rows == 200


def test_a_known_file_is_not_read_again(home: Home) -> None:
    assert not ingest(home, [PAGE])[0].was_cached
    assert ingest(home, [PAGE, PAGE])[0].was_cached
    assert len(segments(home.extracted, extractor(home.counties_files))) == 1
    assert reread(home) == 0
    assert [problem.code for problem in ingest(home, [PAGE / "absent"])[0].problems] == ["not_found"]


def test_what_the_archive_has_lost_is_archived_again(home: Home) -> None:
    (taken,) = ingest(home, [PAGE])
    assert taken.sha256 is not None
    shutil.rmtree(home.root / "archive")
    archive = Archive(home.archive_address, home.spool)
    with pytest.raises(ArchiveError, match="no content"):
        archive.read(taken.sha256)
    ingest(home, [PAGE, PAGE])
    ingest(home, [PAGE])
    assert archive.read(taken.sha256) == PAGE.read_bytes()
    assert len(archive.files()) == 1


def test_a_document_that_the_archive_has_lost_is_a_row(home: Home) -> None:
    ingest(home, [PAGE])
    shutil.rmtree(home.root / "archive")
    lost = Source(None, PAGE.name, "0" * 64)
    read = extraction.extract_file(lost, home)
    assert (read.sha256, [problem.code for problem in read.problems]) == ("0" * 64, ["not_in_archive"])


def test_what_was_lost_is_read_when_it_is_there_again(home: Home) -> None:
    """An archive on a disk that was not mounted, for instance."""
    (taken,) = ingest(home, [PAGE])
    shutil.rmtree(home.extracted)
    (home.root / "archive").rename(home.root / "elsewhere")
    reader = extractor(home.counties_files)
    (document,) = Catalogue(home.catalogue_address).names()
    for _ in range(2):
        assert reread(home) == 1
        (problem,) = problems(home.extracted, reader, [document])[document]
        assert problem.code == "not_in_archive"
    (home.root / "elsewhere").rename(home.root / "archive")
    assert reread(home) == 1
    assert problems(home.extracted, reader, [document]) == {document: list(taken.problems)}
    assert len(segments(home.extracted, reader)) == 1
    assert reread(home) == 0


def test_another_county_list_reads_everything_again(home: Home) -> None:
    ingest(home, [PAGE])
    (home.root / "places.csv").write_text(
        "code,name,kind,prefecture,province,valid_from,valid_to,successor_codes\n"
    )
    assert reread(home.model_copy(update={"extra_counties": Path("places.csv")})) == 1


def test_what_is_stated_is_kept_until_stated_otherwise(home: Home) -> None:
    ingest(home, [PAGE], county="211421", year=2023)
    ingest(home, [PAGE])
    ingest(home, [PAGE], year=2024)
    (document,) = Catalogue(home.catalogue_address).documents().to_pylist()
    assert (document["stated_county"], document["stated_year"]) == ("211421", 2024)


def test_files_that_cannot_be_read_stop_nothing(home: Home, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    taken = ingest(home, [tmp_path / "none.pdf", tmp_path, empty, PAGE])
    assert [[problem.code for problem in one.problems] for one in taken[:3]] == [
        ["not_found"],
        ["not_a_file"],
        ["empty"],
    ]
    assert "folder" in taken[1].problems[0].message
    assert all(problem.code == "county_undecided" for problem in taken[3].problems)


def test_a_home_has_one_writer(home: Home) -> None:
    with writer(home), pytest.raises(HomeBusyError, match="another gouji"):
        ingest(home, [PAGE])
    ingest(home, [PAGE])


def _slow_or_crashing(source: Source, _: Home) -> Extraction:
    if source.name == "slow":
        time.sleep(60)
    if source.name == "crash":
        os.abort()
    return Extraction(source.name, "0" * 64, "text")


def test_a_slow_and_a_crashing_file_cost_only_themselves(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "extract_file", _slow_or_crashing)
    quick = home.model_copy(update={"max_seconds": 1.0})
    read = pool.extract_files([Source(PAGE, name) for name in ("slow", "crash", "good")], quick)
    assert {one.file: [problem.code for problem in one.problems] for one in read} == {
        "slow": ["too_slow"],
        "crash": ["reader_crashed"],
        "good": [],
    }


def test_a_file_that_breaks_the_code_is_a_row(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise IndexError("beyond")

    monkeypatch.setattr(extraction, "align", broken)
    read = extraction.extract_file(Source(PAGE, PAGE.name), home)
    assert [problem.code for problem in read.problems] == ["reader_failed"]
    assert "beyond" in read.problems[0].message
