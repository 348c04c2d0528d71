"""Worker processes: started without the main program, bounded in memory, scheduled without interruption."""

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext, ForkServerProcess
from threading import Lock, current_thread, main_thread
from types import ModuleType


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


class Workers(ForkServerContext):
    """The multiprocessing context of such processes."""

    Process = _Worker


def limit_memory(size: int) -> None:
    """Bound what this process and those it starts may take, each: what is beyond is refused by the system.

    The limit is on data, not on addresses: libraries map far more of these than they use.
    """
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        size = min(size, most)
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Have Ctrl-C wait until the block is done: then whoever answers it otherwise does."""
    if current_thread() is not main_thread():  # Ctrl-C reaches the main thread only
        yield
        return
    caught: list[int] = []
    answering = signal.signal(signal.SIGINT, lambda number, _: caught.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, answering)
    if caught and callable(answering):
        answering(caught[0], None)
