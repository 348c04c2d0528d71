"""Many files read at once, each in a worker process that may be slow or crash without harm to the rest."""

import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, TimeoutError, as_completed

from pebble import ProcessExpired, ProcessPool

from etl.model import Extraction, Problem
from etl.pipeline.extraction import Source, extract_file
from etl.settings import Home

_RECYCLED_AFTER = 200  # documents a worker reads before it is replaced, so that memory stays bounded


def extract_files(sources: Sequence[Source], home: Home) -> Iterator[Extraction]:
    """Read ``sources``, yielding each as it is done, in any order.

    A file that takes longer than ``home.max_seconds`` or kills its worker comes out as a problem.
    """
    workers = min(home.workers or os.cpu_count() or 1, max(len(sources), 1))
    context = multiprocessing.get_context("forkserver")
    with ProcessPool(max_workers=workers, max_tasks=_RECYCLED_AFTER, context=context) as pool:
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
    sha256 = hashlib.sha256(source.path.read_bytes()).hexdigest()
    return Extraction(source.name, sha256, None, problems=(Problem(code, message),))
