"""Many files read at once, each in a worker process that may be slow or crash without harm to the rest."""

import os
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, TimeoutError, as_completed
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from etl.extract.office import BATCH, is_office_name
from etl.extract.scan.engine import use_threads
from etl.hashes import sha256_of
from etl.model import Extraction, Problem
from etl.pipeline.extraction import Source, extract_batch, extract_file
from etl.settings import Home
from etl.workers import Workers, limit_memory, uninterrupted

_RECYCLED_AFTER = 200  # documents a worker reads before it is replaced, so that memory stays bounded


def extract_files(sources: Sequence[Source], home: Home) -> Iterator[Extraction]:
    """Read ``sources``, yielding each as it is done, in any order.

    A file that takes longer than ``home.max_seconds``, needs more than ``home.max_memory`` or kills its worker
    comes out as a problem.
    """
    workers = min(home.workers or os.cpu_count() or 1, max(len(sources), 1))
    with ProcessPool(
        max_workers=workers,
        max_tasks=_RECYCLED_AFTER,
        initializer=_prepare,
        initargs=[home.max_memory, (os.cpu_count() or 1) // workers],
        context=Workers(),
    ) as pool:
        try:
            alone = yield from _extract(pool, _batches(sources, workers), home)
            yield from _extract(pool, [(source,) for source in alone], home)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _prepare(memory: int, cores: int) -> None:
    """Make a worker ready: bounded in memory, and with the cores that fall to it for what can use several."""
    limit_memory(memory)
    use_threads(cores)


def _batches(sources: Sequence[Source], workers: int) -> list[tuple[Source, ...]]:
    """Files that LibreOffice converts, some together for every worker; all others alone."""
    office = [source for source in sources if is_office_name(source.name)]
    others = [(source,) for source in sources if not is_office_name(source.name)]
    size = max(1, min(BATCH, -(-len(office) // workers)))
    return [*(tuple(office[start : start + size]) for start in range(0, len(office), size)), *others]


def _extract(
    pool: ProcessPool, batches: Sequence[Sequence[Source]], home: Home
) -> Generator[Extraction, None, list[Source]]:
    """Read batches; those that were too slow or killed their worker come back, to be read file by file."""
    with uninterrupted():  # within a queue's lock, Ctrl-C would leave it locked, and the pool would never end
        futures: dict[Future[Any], Sequence[Source]] = {
            pool.schedule(
                extract_batch if len(batch) > 1 else extract_file,
                args=(batch if len(batch) > 1 else batch[0], home),
                timeout=home.max_seconds * len(batch),
            ): batch
            for batch in batches
        }
    again: list[Source] = []
    for future in as_completed(futures):
        batch = futures[future]
        source = batch[0]
        try:
            found = future.result()
            yield from found if len(batch) > 1 else (found,)
        except (TimeoutError, ProcessExpired) as error:
            if len(batch) > 1:
                again += batch
            elif isinstance(error, ProcessExpired):
                message = f"{source.name}: the reader crashed (exit code {error.exitcode})"
                yield _lost(source, "reader_crashed", message)
            else:
                message = f"{source.name}: reading took longer than {home.max_seconds:g} s (max_seconds)"
                yield _lost(source, "too_slow", message, home.max_seconds)
    return again


def _lost(source: Source, code: str, message: str, seconds: float | None = None) -> Extraction:
    sha256 = sha256_of(source.place) if isinstance(source.place, Path) else source.sha256
    return Extraction(source.name, sha256, None, problems=(Problem(code, message),), seconds=seconds)
