"""Files that LibreOffice converts are read together."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from etl.model import Extraction, Problem, ReadError
from etl.pipeline import extraction, pool
from etl.pipeline.extraction import PASSING, Source, extract_batch
from etl.settings import Home
from etl.store import drop_unread, stored, write_segment

GOLDEN = Path(__file__).parents[2] / "golden"


def test_files_of_one_batch_are_converted_in_one_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def to_docx(contents: Sequence[bytes]) -> list[bytes | ReadError]:
        calls.append(len(contents))
        return [
            ReadError("corrupt", "no") if b"bad" in content else (GOLDEN / "docx-plain.docx").read_bytes()
            for content in contents
        ]

    monkeypatch.setattr(extraction, "to_docx", to_docx)
    for name, content in (("a.rtf", b"{\\rtf a"), ("b.rtf", b"{\\rtf bad"), ("c.doc", b"%PDF-1.7")):
        (tmp_path / name).write_bytes(content)
    sources = [Source(tmp_path / name, name) for name in ("a.rtf", "b.rtf", "c.doc", "gone.doc")]
    first, bad, other, gone = extract_batch(sources, Home(home=tmp_path))
    assert calls == [2]
    assert (first.format, len(first.observations) > 150, first.problems) == ("rtf", True, first.problems)
    assert [one.problems[0].code for one in (bad, other, gone)] == ["corrupt", "corrupt", "not_found"]


def test_batches_give_every_worker_work_and_leave_other_files_alone() -> None:
    sources = [Source(None, f"{number}.doc") for number in range(5)] + [Source(None, "a.pdf")]
    assert [len(batch) for batch in pool._batches(sources, 2)] == [3, 2, 1]
    many = [Source(None, f"{number}.wps") for number in range(45)]
    assert [len(batch) for batch in pool._batches(many, 2)] == [10, 10, 10, 10, 5]


def test_a_batch_that_kills_its_worker_is_read_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "extract_batch", _crash)
    sources = [Source(GOLDEN / "text-dos.txt", f"{number}.doc") for number in range(2)]
    found = list(pool.extract_files(sources, Home(home=tmp_path, workers=1)))
    assert sorted(one.file for one in found) == ["0.doc", "1.doc"]
    assert all(one.observations for one in found)


def _crash(sources: Sequence[Source], home: Home) -> None:
    os._exit(3)


def test_what_waited_for_libreoffice_is_read_when_it_is_there(tmp_path: Path) -> None:
    for number, code in enumerate(("libreoffice_missing", "corrupt")):
        unread = Extraction(f"{number}.doc", f"{number}" * 64, None, problems=(Problem(code, "why"),))
        write_segment(tmp_path, "reader", [unread])
    drop_unread(tmp_path, "reader", PASSING)
    assert stored(tmp_path, "reader") == {"1" * 64}
