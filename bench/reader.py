"""One reader on the documents of one folder, in this process: ``python bench/reader.py READER FOLDER RUNS``.

Prints one JSON object: seconds by the clock and of the processor a file (medians of warm runs), the process's
peak memory, and what was read. `bench.formats` starts it, for plain libraries with an interpreter that has
them (bench/peers.in); only for Gouji itself does it import the package.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

Tables = list[list[list[str]]]
Reader = Callable[[Path], Tables]


def _camelot() -> Reader:
    import camelot

    def read(path: Path) -> Tables:
        return [table.df.values.tolist() for table in camelot.read_pdf(str(path), pages="all")]

    return read


def _pdfplumber() -> Reader:
    import pdfplumber

    def read(path: Path) -> Tables:
        with pdfplumber.open(path) as document:
            return [table for page in document.pages for table in page.extract_tables()]

    return read


def _pymupdf() -> Reader:
    import pymupdf

    def read(path: Path) -> Tables:
        with pymupdf.open(path) as document:
            return [table.extract() for page in document for table in page.find_tables().tables]

    return read


def _pandas() -> Reader:
    import pandas

    def read(path: Path) -> Tables:
        # As text, and with the charset that the page claims.
        frames = pandas.read_html(BytesIO(path.read_bytes()), header=None, keep_default_na=False)
        return [
            [list(map(str, head)) for head in _heads(frame)] + frame.astype(str).values.tolist()
            for frame in frames
        ]

    def _heads(frame: Any) -> list[list[Any]]:
        columns = frame.columns
        if columns.nlevels == 1:
            return [list(columns)]
        return [list(columns.get_level_values(level)) for level in range(columns.nlevels)]

    return read


def _python_docx() -> Reader:
    import docx

    def read(path: Path) -> Tables:
        tables = docx.Document(str(path)).tables
        return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]

    return read


def _openpyxl() -> Reader:
    import openpyxl

    def read(path: Path) -> Tables:
        book = openpyxl.load_workbook(path, data_only=True)
        return [
            [
                ["" if value is None else str(value) for value in row]
                for row in sheet.iter_rows(values_only=True)
            ]
            for sheet in book.worksheets
        ]

    return read


def _xlrd() -> Reader:
    import xlrd

    def read(path: Path) -> Tables:
        book = xlrd.open_workbook(path)
        return [
            [[str(v) for v in sheet.row_values(row)] for row in range(sheet.nrows)] for sheet in book.sheets()
        ]

    return read


def _img2table() -> Reader:
    from img2table.document import PDF, Image
    from img2table.ocr import RapidOCR
    from PIL import Image as Picture
    from PIL import ImageSequence
    from rapidocr import LangRec

    recogniser = RapidOCR(params={"Rec.lang_type": LangRec.CH})

    def read(path: Path) -> Tables:
        if path.suffix == ".pdf":
            pages = [PDF(src=str(path))]
        else:
            pages = []
            with Picture.open(path) as picture:
                for page in ImageSequence.Iterator(picture):
                    held = BytesIO()
                    page.save(held, "PNG")
                    pages.append(Image(src=held.getvalue()))
        tables: Tables = []
        for document in pages:
            found = document.extract_tables(ocr=recogniser)
            for some in found.values() if isinstance(found, dict) else [found]:
                tables += [table.df.fillna("").astype(str).values.tolist() for table in some]
        return tables

    return read


PEERS: dict[str, Callable[[], Reader]] = {
    "camelot": _camelot,
    "pdfplumber": _pdfplumber,
    "PyMuPDF": _pymupdf,
    "pandas.read_html": _pandas,
    "python-docx": _python_docx,
    "openpyxl": _openpyxl,
    "xlrd": _xlrd,
    "img2table+rapidocr": _img2table,
}


def _gouji(files: list[Path]) -> Callable[[list[Path]], list[Any]]:
    from etl.pipeline.extraction import Source, extract_batch
    from etl.resources import DATA
    from etl.settings import Home

    home = Home(home=Path("/nonexistent"), extra_counties=DATA / "demo" / "places.csv")
    return lambda some: extract_batch([Source(path, path.name) for path in some], home)


def main() -> None:
    name, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    files = sorted(path for path in folder.iterdir() if path.suffix not in (".json", ".quirks"))
    size = int(sys.argv[4]) if len(sys.argv) > 4 else 1  # files read together
    if name == "gouji":
        batch = _gouji(files)
    else:
        reader = PEERS[name]()

        def batch(some: list[Path]) -> list[Any]:
            return [_tables(reader, path) for path in some]

    batches = [files[start : start + size] for start in range(0, len(files), size)]
    read: dict[str, Any] = {}
    seconds, processor = [], []
    for some in batches:
        read |= {path.name: one for path, one in zip(some, batch(some), strict=True)}  # and warms up
        walls, cpus = [], []
        for _ in range(runs):
            start, spent = time.perf_counter(), _processor()
            batch(some)
            walls.append((time.perf_counter() - start) / len(some))
            cpus.append((_processor() - spent) / len(some))
        seconds.append(statistics.median(walls))
        processor.append(statistics.median(cpus))
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    answer: dict[str, Any] = {
        "seconds": statistics.median(seconds),
        "processor": statistics.median(processor),
        "peak": own,
        "peak_of_children": children,
    }
    if name == "gouji":
        from bench.score import differing, truth_beside

        wrong = {path.name: differing(truth_beside(path), read[path.name]) for path in files}
        answer["wrong"] = sum(len(some) for some in wrong.values())
        answer["passed"] = sum(one.passed for some in wrong.values() for one in some)
    else:
        answer["tables"], answer["failed"] = read, _FAILED
    print(json.dumps(answer, ensure_ascii=False))


def _processor() -> float:
    """Processor seconds of this process and those that it waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


_FAILED: dict[str, str] = {}


def _tables(reader: Reader, path: Path) -> Tables:
    try:
        return [[[str(cell or "") for cell in row] for row in table] for table in reader(path)]
    except Exception as error:  # a file that the library cannot read has no tables, and the bench says so
        _FAILED[path.name] = repr(error)
        return []


if __name__ == "__main__":
    main()
