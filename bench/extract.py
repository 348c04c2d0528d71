"""Reading one report: Gouji beside the plain libraries on the same files.

``python -m bench.extract [FILE…]`` reads each file with every reader that can, in one process a reader, and
prints the median of seven warm runs, the ratio to Gouji, and the peak memory of the process. The peers only
find tables; Gouji also reads the text, matches every cell to the form, and tells county and year. Without
files it takes the documents of ``data/demo``.
"""

import argparse
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

DEMO = Path(__file__).parents[1] / "data" / "demo"
RUNS = 7

Reader = Callable[[Path], object]


def _gouji() -> Reader:
    from etl.pipeline.extraction import Source, extract_file
    from etl.settings import Home

    home = Home(home=Path("/nonexistent"))
    return lambda path: extract_file(Source(path, path.name), home)


def _camelot(engine: str) -> Reader:
    import camelot

    return lambda path: camelot.read_pdf(str(path), pages="all", flavor="lattice", engine=engine)


def _pdfplumber() -> Reader:
    import pdfplumber

    def read(path: Path) -> object:
        with pdfplumber.open(path) as document:
            return [page.extract_tables() for page in document.pages]

    return read


def _pandas() -> Reader:
    import pandas

    return lambda path: pandas.read_html(path)


READERS: dict[str, dict[str, Callable[[], Reader]]] = {
    "pdf": {
        "gouji": _gouji,
        "camelot (default)": lambda: _camelot("combined"),
        "camelot (vector)": lambda: _camelot("vector"),
        "pdfplumber": _pdfplumber,
    },
    "html": {"gouji": _gouji, "pandas.read_html": _pandas},
    "txt": {"gouji": _gouji},
}


def measure(
    kind: str, name: str, files: list[Path], answer: "multiprocessing.Queue[tuple[float, float]]"
) -> None:
    """Seconds a file (median over files of the median of warm runs) and peak memory in MB of this process."""
    read = READERS[kind][name]()
    medians = []
    for path in files:
        read(path)
        runs = []
        for _ in range(RUNS):
            start = time.perf_counter()
            read(path)
            runs.append(time.perf_counter() - start)
        medians.append(statistics.median(runs))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put((statistics.median(medians), peak))


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("files", nargs="*", type=Path)
    files = arguments.parse_args().files or sorted(DEMO.glob("*-20*"))
    print(f"{'format':7}{'reader':20}{'files':>6}{'ms a file':>11}{'of gouji':>10}{'peak MB':>9}")
    context = multiprocessing.get_context("spawn")
    for kind, readers in READERS.items():
        chosen = [path for path in files if path.suffix == f".{kind}" and path.name != "bailu-2024.pdf"]
        own = 0.0
        for name in readers if chosen else ():
            answer: multiprocessing.Queue[tuple[float, float]] = context.Queue()
            process = context.Process(target=measure, args=(kind, name, chosen, answer))
            process.start()
            seconds, peak = answer.get()
            process.join()
            own = own or seconds
            print(f"{kind:7}{name:20}{len(chosen):6}{seconds * 1000:11.1f}{seconds / own:10.2f}{peak:9.0f}")


if __name__ == "__main__":
    main()
