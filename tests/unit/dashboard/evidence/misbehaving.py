"""What a document may do to the process that opens it."""

import ctypes
import os
import socket
import time

from etl.model import ReadError


def crash() -> None:
    ctypes.string_at(0)


def never_end() -> None:
    time.sleep(60)


def take_memory() -> int:
    return len(bytearray(4 * 2**30))


def break_off() -> None:
    raise KeyError("a library's own")


def refuse() -> None:
    raise ReadError("encrypted", "the PDF asks for a password")


def settings() -> list[str]:
    return sorted(os.environ)


def write(path: str) -> str:
    try:
        with open(path, "wb", buffering=0) as file:
            file.write(b"x" * 100)
    except OSError as error:
        return str(error.errno)
    return "written"


def connect(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return "no network"
    return "connected"
