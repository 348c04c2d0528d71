"""What workers are scheduled under."""

import os
import signal
from threading import Thread

import pytest

from etl.workers import uninterrupted


def test_ctrl_c_waits_until_the_block_is_done() -> None:
    done = []

    def block() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            done.append(1)

    with pytest.raises(KeyboardInterrupt):
        block()
    assert done
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_are_left_alone() -> None:
    seen: list[object] = []

    def ask() -> None:
        with uninterrupted():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]
