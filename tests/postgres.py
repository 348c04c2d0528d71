"""A PostgreSQL server of its own for the tests, on a free loopback port, thrown away afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SYSTEM_USER = "postgres"  # PostgreSQL refuses to be run by root


def missing() -> str | None:
    """Why no server can be started here; None where one can."""
    if _tool("initdb") is None or _tool("pg_ctl") is None:
        return "PostgreSQL's initdb and pg_ctl are not installed"
    if os.getuid() == 0 and shutil.which("runuser") is None:
        return "root cannot run PostgreSQL, and there is no runuser"
    return None


@contextmanager
def postgres() -> Iterator[str]:
    """A server; yields its SQLAlchemy address without a database name."""
    folder = Path(tempfile.mkdtemp(prefix="gouji-postgres-"))
    if os.getuid() == 0:
        shutil.chown(folder, _SYSTEM_USER, _SYSTEM_USER)
    data, port = folder / "data", _free_port()
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
    try:
        _run("initdb", "-D", data, "-U", "gouji", "--auth=trust", "--no-sync", "--no-locale", "-E", "UTF8")
        _run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://gouji@127.0.0.1:{port}"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tool(name: str) -> str | None:
    """Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def _run(name: str, *arguments: str | Path) -> None:
    as_user = ["runuser", "-u", _SYSTEM_USER, "--"] if os.getuid() == 0 else []
    # A server that inherited our pipes would keep them open: its output goes nowhere, its log to a file.
    subprocess.run(
        [*as_user, str(_tool(name)), *map(str, arguments)],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
