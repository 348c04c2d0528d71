"""Where documents of strangers are opened for the dashboard: a process of its own, bounded and cut off.

It is given bytes and gives bytes. It has no network (Linux, where the system allows it to give that up), writes
no file, learns no setting, and may take so much memory and time; whatever happens in it, the server goes on.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Callable
from concurrent.futures import TimeoutError
from contextlib import suppress
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from etl.model import ReadError
from etl.pipeline.workers import Workers, limit_memory

_P = ParamSpec("_P")
_T = TypeVar("_T")

_RECYCLED_AFTER = 100  # documents, so that what a library leaks is given back
_MOST_WAITING = 16
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of unshare(2)
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS of prctl(2)
_MOST_WRITTEN = 64 * 2**20  # bytes of a file that LibreOffice writes for a worker that may start it


class SandboxError(Exception):
    """A document was not opened: it took too long, broke its process, or too many wait. Says why."""


class Sandbox:
    """Processes that open documents.

    Args:
        workers: how many at the same time.
        seconds: what one document may take.
        memory: bytes that each may take.
        may_write: for documents that LibreOffice converts, in files of a temporary folder.
    """

    def __init__(self, workers: int, seconds: float, memory: int, *, may_write: bool = False) -> None:
        self._seconds = seconds
        self._waiting = BoundedSemaphore(_MOST_WAITING)
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_RECYCLED_AFTER,
            initializer=_shut_in,
            initargs=[memory, may_write],
            context=Workers(),
        )

    def run(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What a function of a module makes of its arguments.

        Raises:
            ReadError: the function says that the document cannot be read.
            SandboxError: it took too long, crashed or ran out of memory, or too many wait.
        """
        if not self._waiting.acquire(blocking=False):
            raise SandboxError("too many documents are being opened; try again in a moment")
        try:
            future = self._pool.schedule(function, args=list(args), kwargs=kwargs, timeout=self._seconds)
            result: _T = future.result()
            return result
        except TimeoutError as error:
            raise SandboxError(f"the document took longer than {self._seconds:g} s to open") from error
        except ProcessExpired as error:
            raise SandboxError(f"the document broke what opens it (exit code {error.exitcode})") from error
        except MemoryError as error:
            raise SandboxError("the document needs more memory than is allowed") from error
        except ReadError:
            raise
        except Exception as error:  # what a damaged document makes of a library, brought over from the process
            raise SandboxError(f"the document cannot be opened: {type(error).__name__}") from error
        finally:
            self._waiting.release()

    def close(self) -> None:
        """End the processes, busy or not."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _shut_in(memory: int, may_write: bool) -> None:
    limit_memory(memory)
    most = _MOST_WRITTEN if may_write else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path = os.environ.get("PATH", os.defpath)
    os.environ.clear()  # settings may hold addresses with passwords
    os.environ["PATH"] = path
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            system = ctypes.CDLL(None)
            system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
            if system.unshare(_NEW_NETWORK) != 0:
                system.unshare(_NEW_USER | _NEW_NETWORK)
