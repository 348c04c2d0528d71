"""Many files read at once, each in a worker process that may be slow or crash without harm to the rest."""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, TimeoutError, as_completed
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Lock
from types import ModuleType

from pebble import ProcessExpired, ProcessPool

from etl.hashes import sha256_of
from etl.model import Extraction, Problem
from etl.pipeline.extraction import Source, extract_file
from etl.settings import Home

_RECYCLED_AFTER = 200  # documents a worker reads before it is replaced, so that memory stays bounded


class _Worker(ForkServerProcess):
    """A process that does not run the main program again.

    Python has every new process import the main module of its parent, for functions that are defined there.
    Ours are not, and the main module may be anything: a script without a guard, or Airflow's, which refuses to
    be imported inside a task.
    """

    _one_at_a_time = Lock()

    def start(self) -> None:
        with self._one_at_a_time:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                super().start()
            finally:
                sys.modules["__main__"] = main


class _Context(ForkServerContext):
    Process = _Worker


def extract_files(sources: Sequence[Source], home: Home) -> Iterator[Extraction]:
    """Read ``sources``, yielding each as it is done, in any order.

    A file that takes longer than ``home.max_seconds`` or kills its worker comes out as a problem.
    """
    workers = min(home.workers or os.cpu_count() or 1, max(len(sources), 1))
    with ProcessPool(max_workers=workers, max_tasks=_RECYCLED_AFTER, context=_Context()) as pool:
        futures: dict[Future[Extraction], Source] = {
            pool.schedule(extract_file, args=(source, home), timeout=home.max_seconds): source
            for source in sources
        }
        try:
            for future in as_completed(futures):
                source = futures[future]
                try:
                    yield future.result()
                except TimeoutError:
                    message = f"{source.name}: reading took longer than {home.max_seconds:g} s (max_seconds)"
                    yield _lost(source, "too_slow", message)
                except ProcessExpired as error:
                    message = f"{source.name}: the reader crashed (exit code {error.exitcode})"
                    yield _lost(source, "reader_crashed", message)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _lost(source: Source, code: str, message: str) -> Extraction:
    sha256 = sha256_of(source.place) if isinstance(source.place, Path) else source.sha256
    return Extraction(source.name, sha256, None, problems=(Problem(code, message),))
