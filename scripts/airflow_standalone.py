"""Run a whole Airflow on this machine with the project's DAGs: scheduler, API server and page, until Ctrl-C.

For trying things out and for one person's machine. `make airflow` starts it; AIRFLOW_PORT moves it, GOUJI_HOME
names the home it works on. Everything Airflow keeps is in ./airflow-home.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from etl.settings import Home

ROOT = Path(__file__).resolve().parent.parent
AIRFLOW_HOME = ROOT / "airflow-home"
LOG = AIRFLOW_HOME / "standalone.log"
PASSWORDS = AIRFLOW_HOME / "simple_auth_manager_passwords.json.generated"
_HOST = "127.0.0.1"
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SECONDS_TO_START = 300
_SECONDS_TO_STOP = 10


def main() -> int:
    """Start Airflow, say where it is, and wait; returns the exit status."""
    port = int(os.environ.get("AIRFLOW_PORT", "8080"))
    if _is_taken(port):
        print(f"port {port} is taken; choose another: AIRFLOW_PORT=8081 make airflow", file=sys.stderr)
        return 1
    AIRFLOW_HOME.mkdir(exist_ok=True)
    for number in _STOPPING:
        signal.signal(number, lambda *_: sys.exit(0))
    print(f"starting Airflow, which takes half a minute or more; its log is {LOG}", flush=True)
    with LOG.open("w") as log:
        # A session of its own: Airflow leaves processes behind when only the first is told to stop, and gives
        # each task a process group of its own.
        airflow = subprocess.Popen(
            [sys.executable, "-m", "airflow", "standalone"],
            env=_environment(port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            if not _is_up(airflow, port):
                print(f"Airflow did not start; {LOG} says why. Its end:", file=sys.stderr)
                print("\n".join(LOG.read_text().splitlines()[-20:]), file=sys.stderr)
                return 1
            print(f"Airflow: http://{_HOST}:{port}  user admin, password in {PASSWORDS}")
            print(f"Put reports into {Home().inbox}; gouji_nightly takes them in at 02:00 in China,")
            print("or now: press Trigger on its page. Ctrl-C stops everything.", flush=True)
            return airflow.wait()
        finally:
            for number in _STOPPING:
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C would leave the rest behind
            stop(airflow.pid)


def _environment(port: int) -> dict[str, str]:
    """The environment of Airflow; what the caller has set in it stands, save what the port decides."""
    return {
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "GX_ANALYTICS_ENABLED": "false",
        **os.environ,
        "AIRFLOW_HOME": str(AIRFLOW_HOME),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__API__HOST": _HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://{_HOST}:{port}",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{_HOST}:{port}/execution/",
        "GOUJI_HOME": str(Home().root),
        # standalone looks its parts up by the name `airflow`
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((_HOST, port)) == 0


def _is_up(airflow: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the page answers; False when Airflow ends first or takes too long."""
    deadline = time.monotonic() + _SECONDS_TO_START
    while airflow.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{_HOST}:{port}/api/v2/version", timeout=5):
                return True
        except OSError:
            time.sleep(1)
    return False


def stop(session: int, patience: float = _SECONDS_TO_STOP) -> None:
    """End every process of the session: first asked, then, after a while, not."""
    asked = members(session)
    for process in asked:
        _signal(process, signal.SIGTERM)
    psutil.wait_procs(asked, timeout=patience)
    for process in members(session):
        _signal(process, signal.SIGKILL)


def members(session: int) -> list[psutil.Process]:
    """All processes of a session, whatever their parents and groups."""
    return [process for process in psutil.process_iter() if _session_of(process) == session]


def _session_of(process: psutil.Process) -> int | None:
    try:
        return os.getsid(process.pid)
    except OSError:
        return None


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


if __name__ == "__main__":
    sys.exit(main())
