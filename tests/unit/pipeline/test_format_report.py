import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from etl.demo import DOCUMENTS
from etl.errors import GoujiError
from etl.extract.read import misnamed
from etl.model import Extraction, Problem, ReadError, Status
from etl.pipeline import format_report
from etl.pipeline.extraction import Source, extract_batch, extract_file
from etl.pipeline.format_report import FileRead, as_json, files_below, read_folder, summary
from etl.settings import Home
from tests.command import gouji

TEXT = DOCUMENTS / "qinghe-2024.txt"
PLACES = DOCUMENTS / "places.csv"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(home=tmp_path / "home")


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(sources: list[Source], home: Home) -> Iterator[Extraction]:
        yield from (extract_file(source, home) for source in sources)

    monkeypatch.setattr(format_report, "extract_files", read)


def surveyed(folder: Path, home: Home) -> dict[str, FileRead]:
    read = read_folder(folder, files_below(folder), home, lambda _: None)
    return {one.name: one for one in read}


def test_a_report_is_told_with_its_cells(tmp_path: Path, home: Home) -> None:
    (tmp_path / "sub").mkdir()
    shutil.copy(TEXT, tmp_path / "sub" / "a.txt")
    one = surveyed(tmp_path, home)["sub/a.txt"]
    assert (one.kind, one.misnamed, one.problem, one.cells, one.missing) == ("text", False, None, 200, 0)
    assert one.size == TEXT.stat().st_size
    assert one.seconds is not None
    assert one.seconds > 0


def test_kinds_are_told_by_content(tmp_path: Path, home: Home) -> None:
    golden = Path(__file__).parents[2] / "golden"
    shutil.copy(golden / "zip-parts.zip", tmp_path / "bundle.zip")  # read as the workbooks in it
    shutil.copy(golden / "docx-plain.docx", tmp_path / "named.ofd")
    shutil.copy(TEXT, tmp_path / "named.pdf")
    (tmp_path / "picture.doc").write_bytes(b"Rar!\x1a\x07\x00" + bytes(40))
    read = surveyed(tmp_path, home)
    assert {name: (one.kind, one.misnamed) for name, one in read.items()} == {
        "bundle.zip": ("zip", False),
        "named.ofd": ("docx", True),
        "named.pdf": ("text", True),
        "picture.doc": ("rar", True),
    }
    assert read["named.ofd"].problem is None  # read for all its name


def test_unreadable_files_are_rows_with_their_problems(tmp_path: Path, home: Home) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    (tmp_path / "letter.txt").write_text("no report", encoding="utf-8")
    (tmp_path / "gone.html").symlink_to(tmp_path / "nothing")  # no file: left out
    (tmp_path / "old.wps").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "locked.docx").write_bytes(locked)
    read = surveyed(tmp_path, home)
    assert {name: (one.kind, one.problem, one.misnamed) for name, one in read.items()} == {
        "empty.pdf": ("unknown", "empty", False),
        "cut.pdf": ("pdf", "corrupt", False),
        "letter.txt": ("text", "no_tables", False),
        "old.wps": ("wps", "corrupt", False),
        "locked.docx": ("doc", "encrypted", False),
    }
    rows, total = summary(read.values())
    assert (total.files, total.read, total.cells) == (5, 0, 0)
    assert total.unread == {"corrupt": 2, "empty": 1, "encrypted": 1, "no_tables": 1}
    assert sum(row.files for row in rows) == 5


def test_a_file_that_goes_while_it_is_read_is_a_row(tmp_path: Path, home: Home) -> None:
    (one,) = read_folder(tmp_path, [tmp_path / "a.txt"], home, lambda _: None)
    assert (one.kind, one.problem, one.size) == ("unknown", "not_found", 0)


def test_hidden_files_are_left_out_and_all_else_is_found(tmp_path: Path) -> None:
    for name in ("b/c.pdf", "a.txt", ".part/x.pdf", "b/.y.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert files_below(tmp_path) == [tmp_path / "a.txt", tmp_path / "b" / "c.pdf"]


def test_a_folder_that_cannot_be_listed_is_said() -> None:
    with pytest.raises(GoujiError, match=r"nowhere.*cannot be listed"):
        files_below(Path("nowhere"))


def test_doubt_missing_slots_and_broken_rules_are_counted(
    tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(TEXT, tmp_path / "a.txt")
    whole = extract_file(Source(TEXT, "a.txt"), home)
    kept = list(whole.observations[:-3])
    totals = [
        index
        for index, one in enumerate(kept)
        if (one.row, one.column) == ("received.new", "natural_person") and one.value is not None
    ]
    kept[totals[0]] = kept[totals[0]]._replace(value=Decimal(9999), confidence=0.9)
    kept[0] = kept[0]._replace(value=None, status=Status.UNREADABLE)
    spoilt = replace(whole, observations=tuple(kept), problems=(Problem("missing_cells", "three"),))
    monkeypatch.setattr(format_report, "extract_files", lambda sources, home: iter([spoilt]))
    one = surveyed(tmp_path, home)["a.txt"]
    assert (one.cells, one.certain, one.missing) == (197, 195, 3)
    assert one.broken >= 2  # the row's sum and the column's balance
    assert (one.problem, one.has_problems) == (None, True)


def test_a_table_that_was_not_found_is_missing_whole(tmp_path: Path, home: Home) -> None:
    whole = extract_file(Source(TEXT, "a.txt"), home)
    left = tuple(one for one in whole.observations if one.table != "disputes")
    part = replace(whole, observations=left, forms={k: v for k, v in whole.forms.items() if k != "disputes"})
    assert format_report._missing(part) == 15


def test_rows_are_sums_medians_and_the_slowest() -> None:
    def one(name: str, kind: str, seconds: float | None, **more: int) -> FileRead:
        counts = {"size": 2**20, "cells": 10, "certain": 9, "missing": 1, "broken": 2} | more
        return FileRead(name, kind, misnamed=False, problem=None, has_problems=False, seconds=seconds, **counts)

    rows, total = summary(
        [one("a", "pdf", 1.0), one("b", "html", 0.5), one("c", "pdf", 4.0), one("d", "pdf", None)]
    )
    assert [row.kind for row in rows] == ["pdf", "html"]
    pdf = rows[0]
    assert (pdf.files, pdf.cells, pdf.doubtful, pdf.missing, pdf.broken) == (3, 30, 3, 3, 6)
    assert (pdf.median_seconds, pdf.worst_seconds, pdf.worst_file) == (2.5, 4.0, "c")
    assert pdf.megabytes_per_second == 0.6
    assert (total.files, total.worst_file) == (4, "c")


def test_nothing_has_no_shares() -> None:
    told = json.loads(json.dumps(as_json(*summary([]))))
    assert told["formats"] == []
    assert (told["total"]["files"], told["total"]["median_seconds"]) == (0, None)


def test_time_is_no_part_of_what_was_read(home: Home) -> None:
    first, second = (extract_file(Source(TEXT, "a.txt"), home) for _ in range(2))
    assert first.seconds != second.seconds
    assert first == second


def test_files_converted_together_share_the_time(
    tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.rtf", "b.rtf"):
        (tmp_path / name).write_bytes(b"{\\rtf1 " + name.encode() + b"}")

    def convert(contents: list[bytes]) -> list[ReadError]:
        time.sleep(0.2)
        return [ReadError("corrupt", "no") for _ in contents]

    monkeypatch.setattr("etl.pipeline.extraction.to_docx", convert)
    read = extract_batch([Source(tmp_path / name, name) for name in ("a.rtf", "b.rtf")], home)
    assert all(one.seconds is not None and one.seconds >= 0.1 for one in read)


@pytest.mark.parametrize(
    ("name", "format", "told"),
    [
        ("a.pdf", "scan", None),
        ("a.pdf", "html", ".pdf"),
        ("a.PDF", "html", ".pdf"),
        ("年报", "html", None),
        ("a.html.1", "pdf", None),
        ("a.zip", "docx", ".zip"),
        ("a.doc", "rar", ".doc"),
    ],
)
def test_a_name_can_tell_another_format(name: str, format: str, told: str | None) -> None:
    assert misnamed(name, format) == told


@pytest.mark.slow
def test_the_command_prints_tables_or_json(tmp_path: Path) -> None:
    shutil.copy(TEXT, tmp_path / "a.txt")
    told = gouji("extract", "--format-report", tmp_path, COLUMNS="80", GOUJI_EXTRA_COUNTIES=str(PLACES))
    assert (told.returncode, told.stderr) == (0, "")
    assert "text" in told.stdout
    assert "slowest: a.txt" in told.stdout
    assert "…" not in told.stdout  # fits a narrow terminal
    (tmp_path / "empty.pdf").touch()
    told = gouji("extract", "--json", "--format-report", tmp_path)
    assert told.returncode == 1
    rows = {row["kind"]: row for row in json.loads(told.stdout)["formats"]}
    assert (rows["text"]["cells"], rows["unknown"]["unread"]) == (200, {"empty": 1})


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    told = gouji("extract", "--format-report", tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert "no files" in told.stdout


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    for arguments in (["--format-report", str(TEXT)], ["--format-report", str(tmp_path), str(TEXT)], []):
        told = gouji("extract", *arguments)
        assert (told.returncode, told.stdout) == (2, "")
        assert len(told.stderr.splitlines()) == 1


@pytest.mark.slow
def test_ctrl_c_ends_it_and_its_workers(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(600):
        shutil.copy(TEXT, folder / f"{number}.txt")
    run = subprocess.Popen(
        [sys.executable, "-m", "etl.cli", "extract", "--format-report", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while _count(run.pid) < 4:  # the command, the fork server, its tracker, a worker
        assert run.poll() is None
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    out, error = run.communicate(timeout=60)
    assert run.returncode == 130, error
    assert out == ""
    assert any(not _count(run.pid) or time.sleep(0.1) for _ in range(100)), "workers are left"


def _count(group: int) -> int:
    """Processes of a group."""
    return len(subprocess.run(["pgrep", "-g", str(group)], capture_output=True, check=False).stdout.split())
