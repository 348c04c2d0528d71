"""Limits of workers: a file that needs too much is a row that says so, and the next is read."""

from pathlib import Path

import pytest

from etl.demo import DOCUMENTS
from etl.pipeline import pool
from etl.pipeline.extraction import Source
from etl.settings import Home


@pytest.mark.slow
def test_a_file_that_needs_too_much_memory_is_told_and_the_worker_goes_on(tmp_path: Path) -> None:
    good = DOCUMENTS / "qinghe-2024.txt"
    huge = tmp_path / "huge.txt"
    huge.write_bytes(b"1\t2\n" * 12_000_000)  # 48 MB of one table
    home = Home(home=tmp_path, workers=1, max_bytes=2**27, max_memory=2**29)
    sources = [Source(huge, huge.name), Source(good, good.name)]
    found = {one.file: one for one in pool.extract_files(sources, home)}
    assert [problem.code for problem in found["huge.txt"].problems] == ["out_of_memory"]
    assert len(found[good.name].observations) == 200
