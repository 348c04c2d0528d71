"""Where documents of strangers are opened for the dashboard: a process of its own, bounded and cut off.

It is given bytes and gives bytes. It has no network (Linux, where the system allows it to give that up), writes
no file, learns no setting, and may take so much memory and time; whatever happens in it, the server goes on.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import TimeoutError
from contextlib import suppress
from importlib import import_module
from threading import BoundedSemaphore
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from etl.model import ReadError
from etl.workers import Workers, limit_memory

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
        needed: modules that are imported before the first document comes, which takes a second.
        may_write: for documents that LibreOffice converts, in files of a temporary folder.
    """

    def __init__(
        self, workers: int, seconds: float, memory: int, *, needed: Sequence[str] = (), may_write: bool = False
    ) -> None:
        self._seconds = seconds
        self._waiting = BoundedSemaphore(_MOST_WAITING)
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_RECYCLED_AFTER,
            initializer=_shut_in,
            initargs=[memory, may_write, list(needed)],
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
            future = self._pool.schedule(_told, args=[function, args, kwargs], timeout=self._seconds)
            found, result = future.result()
        except TimeoutError as error:
            raise SandboxError(f"the document took longer than {self._seconds:g} s to open") from error
        except ProcessExpired as error:
            raise SandboxError(f"the document broke what opens it (exit code {error.exitcode})") from error
        finally:
            self._waiting.release()
        if found == "made":
            made: _T = result
            return made
        if found == "failed":
            raise SandboxError(result)
        raise ReadError(found, result)

    def start(self) -> None:
        """Start the processes now, so that the first document does not wait for them."""
        self._pool.schedule(os.getpid)

    def ready(self) -> None:
        """Wait until a process is there."""
        self._pool.schedule(os.getpid).result()

    def close(self) -> None:
        """End the processes, busy or not."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _told(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[str, Any]:
    """What a function makes, or why it makes nothing: errors of libraries do not all survive the way back."""
    try:
        return "made", function(*args, **kwargs)
    except ReadError as error:
        return error.code, str(error)
    except MemoryError:
        return "failed", "the document needs more memory than is allowed"
    except Exception as error:
        return "failed", f"the document cannot be opened ({type(error).__name__})"


def _shut_in(memory: int, may_write: bool, needed: Sequence[str]) -> None:
    for name in needed:
        import_module(name)
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
