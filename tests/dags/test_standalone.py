"""What `make airflow` starts, it ends."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("psutil", reason="comes with Airflow")
from scripts.airflow_standalone import members, stop

# A parent that ends when asked, and a child in a group of its own that does not: as Airflow and its tasks.
_PROGRAM = """
import os, signal, time
if os.fork() == 0:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(flush=True)
time.sleep(600)
"""


def test_stop_ends_the_whole_session_even_what_does_not_listen() -> None:
    program = subprocess.Popen([sys.executable, "-c", _PROGRAM], stdout=subprocess.PIPE, start_new_session=True)
    try:
        assert program.stdout is not None
        for _ in range(2):  # both are there
            program.stdout.readline()
        assert len({os.getpgid(one.pid) for one in members(program.pid)}) == 2
        stop(program.pid, patience=0.5)
        program.wait(10)
        deadline = time.monotonic() + 10
        while members(program.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert members(program.pid) == []
    finally:
        for one in members(program.pid):
            one.send_signal(signal.SIGKILL)
