"""What kinds of files a folder holds, how many of them are read, how surely, and how fast."""

import os
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from etl.check.verdicts import Verdict, check
from etl.content.sniff import sniff
from etl.errors import GoujiError
from etl.extract.read import misnamed
from etl.forms import load_forms
from etl.model import Extraction, Status
from etl.pipeline.extraction import Source
from etl.pipeline.pool import extract_files
from etl.settings import Home

UNKNOWN = "unknown"
"""The kind of what is no document, or cannot be opened."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file: what it is by its content, and how its reading went.

    ``problem`` is why it gave no cells, None where it gave some. ``certain`` counts cells of confidence 1 that
    could be read, ``missing`` the slots of the report's forms that were not found, ``broken`` the failed
    checks of hard rules. ``seconds`` is the worker's time, None where the worker was lost.
    """

    name: str
    kind: str
    size: int
    misnamed: bool
    problem: str | None
    has_problems: bool
    cells: int
    certain: int
    missing: int
    broken: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Kind:
    """All files of a kind together. ``unread`` counts files by problem code; seconds are a file's."""

    kind: str
    files: int
    misnamed: int
    read: int
    unread: dict[str, int]
    cells: int
    certain: int
    doubtful: int
    missing: int
    broken: int
    median_seconds: float | None
    worst_seconds: float | None
    worst_file: str | None
    megabytes: float
    megabytes_per_second: float | None


def files_below(folder: Path) -> list[Path]:
    """The files in ``folder`` and its folders, by path; names that begin with a dot are left out.

    Raises:
        GoujiError: a folder cannot be listed.
    """

    def refuse(error: OSError) -> None:
        raise GoujiError(f"{error.filename}: the folder cannot be listed: {error.strerror}") from error

    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(path for path in found if path.is_file())


def read_folder(
    folder: Path, files: Iterable[Path], home: Home, on_read: Callable[[int], None]
) -> Iterator[FileRead]:
    """Read ``files``, which lie below ``folder``, and say of each how it went, in any order."""
    sources = [Source(path, str(path.relative_to(folder))) for path in files]
    for extraction in extract_files(sources, home):
        yield _file_read(extraction, folder / extraction.file, home)
        on_read(1)


def summary(files: Iterable[FileRead]) -> tuple[list[Kind], Kind]:
    """A row a kind, the commonest first, and the row of all."""
    by_kind: dict[str, list[FileRead]] = {}
    every = sorted(files, key=lambda one: one.name)
    for one in every:
        by_kind.setdefault(one.kind, []).append(one)
    rows = [_together(kind, some) for kind, some in by_kind.items()]
    return sorted(rows, key=lambda row: (-row.files, row.kind)), _together("total", every)


def as_json(rows: list[Kind], total: Kind) -> dict[str, Any]:
    """The summary as JSON; shares and seconds are null where nothing was read."""
    return {"formats": [asdict(row) for row in rows], "total": asdict(total)}


def _file_read(extraction: Extraction, path: Path, home: Home) -> FileRead:
    cells = extraction.observations
    certain = sum(one.confidence == 1 and one.status is not Status.UNREADABLE for one in cells)
    codes = [one.code for one in extraction.problems]
    kind = _kind(extraction, path, home.max_bytes)
    # An office file under a password has the signature of another format whatever it is.
    wrong = "mislabelled" in codes or ("encrypted" not in codes and misnamed(path.name, kind) is not None)
    return FileRead(
        name=extraction.file,
        kind=kind,
        size=_size(path),
        misnamed=wrong and kind != UNKNOWN,
        problem=None if cells else next((code for code in codes if code != "mislabelled"), "no_tables"),
        has_problems=bool(codes),
        cells=len(cells),
        certain=certain,
        missing=_missing(extraction),
        broken=sum(one.severity == "hard" and one.status is Verdict.FAIL for one in check(extraction)),
        seconds=extraction.seconds,
    )


def _kind(extraction: Extraction, path: Path, max_bytes: int) -> str:
    """By content. Archives, which are read as the document in them, and unread files are sniffed again."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
            if extraction.format is not None and not head.startswith(b"PK"):
                return extraction.format
            content = head + file.read(max_bytes)
    except OSError:
        return UNKNOWN
    kind = sniff(content) if content else None
    if kind == "doc" and path.suffix.lower() in (".wps", ".wpt"):
        return "wps"
    return kind or UNKNOWN


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone since
        return 0


def _missing(extraction: Extraction) -> int:
    if not extraction.observations or extraction.form is None:
        return 0
    slots = set().union(
        *(_slots(extraction.forms.get(table, extraction.form), table) for table in _tables(extraction.form))
    )
    return len(slots - {(one.table, one.row, one.column) for one in extraction.observations})


@cache
def _slots(form: str, table: str) -> frozenset[tuple[str, str, str]]:
    slots = load_forms()[form].slots()
    return frozenset((slot.table, slot.row, slot.column) for slot in slots if slot.table == table)


@cache
def _tables(form: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slot.table for slot in load_forms()[form].slots()))


def _together(kind: str, files: list[FileRead]) -> Kind:
    timed = [(one.seconds, one.name) for one in files if one.seconds is not None]
    slowest = max(timed, default=(None, None))
    spent = sum(seconds for seconds, _ in timed)
    megabytes = sum(one.size for one in files) / 2**20
    cells, certain = sum(one.cells for one in files), sum(one.certain for one in files)
    return Kind(
        kind=kind,
        files=len(files),
        misnamed=sum(one.misnamed for one in files),
        read=sum(one.problem is None for one in files),
        unread=dict(Counter(one.problem for one in files if one.problem is not None).most_common()),
        cells=cells,
        certain=certain,
        doubtful=cells - certain,
        missing=sum(one.missing for one in files),
        broken=sum(one.broken for one in files),
        median_seconds=round(statistics.median(seconds for seconds, _ in timed), 4) if timed else None,
        worst_seconds=None if slowest[0] is None else round(slowest[0], 4),
        worst_file=slowest[1],
        megabytes=round(megabytes, 3),
        megabytes_per_second=round(megabytes / spent, 3) if spent else None,
    )
