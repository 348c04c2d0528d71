"""A document that misbehaves costs its own answer, and nothing else."""

import ctypes
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.dashboard.evidence.sandbox import Sandbox, SandboxError
from etl.model import ReadError
from tests.unit.dashboard.evidence import misbehaving


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(1, 2.0, 512 * 2**20)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (misbehaving.crash, "broke what opens it"),
        (misbehaving.never_end, "took longer than 2 s"),
        (misbehaving.take_memory, "more memory than is allowed"),
        (misbehaving.break_off, "cannot be opened"),
    ],
)
def test_what_goes_wrong_is_said_and_the_next_is_served(sandbox: Sandbox, what, told: str) -> None:
    with pytest.raises(SandboxError, match=told):
        sandbox.run(what)
    assert sandbox.run(len, "abc") == 3


def test_a_refusal_keeps_its_code(sandbox: Sandbox) -> None:
    with pytest.raises(ReadError) as caught:
        sandbox.run(misbehaving.refuse)
    assert (caught.value.code, str(caught.value)) == ("encrypted", "the PDF asks for a password")


def test_settings_are_not_there(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_CATALOGUE_URL", "postgresql://name:password@host/base")
    assert not [name for name in sandbox.run(misbehaving.settings) if name.startswith("GOUJI")]


def test_nothing_is_written(sandbox: Sandbox, tmp_path: Path) -> None:
    assert sandbox.run(misbehaving.write, str(tmp_path / "file")) != "written"
    assert os.path.getsize(tmp_path / "file") == 0


def _may_part() -> bool:
    """Whether this system lets a process give up the network, tried in a process of its own."""
    if sys.platform != "linux":
        return False
    child = os.fork()
    if child == 0:
        system = ctypes.CDLL(None)
        os._exit(int(system.unshare(0x40000000) != 0 and system.unshare(0x50000000) != 0))
    return os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(not _may_part(), reason="this system gives no process a network of its own")
def test_there_is_no_network(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert sandbox.run(misbehaving.connect, server.getsockname()[1]) == "no network"
