"""The log of the model internet: a line of JSON a request, written when its answer has ended."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple


class Logged(NamedTuple):
    """A request. ``arrived`` and ``ended`` are seconds of the monotonic clock, ``wall`` its arrival (epoch)."""

    portal: str  # host name of the portal that was asked, or what the Host header said
    host: str  # the Host header
    method: str
    path: str  # with its query, as it was sent
    user_agent: str
    if_none_match: str | None
    if_modified_since: str | None
    status: int  # 0: the connection was broken off before an answer
    fault: str | None
    arrived: float
    ended: float
    wall: float
    bytes: int


class Log:
    """Lines in a file; a line is in the file as soon as it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] = path.open("w", encoding="utf-8", buffering=1)

    def write(self, request: Logged) -> None:
        self._file.write(json.dumps(request._asdict(), ensure_ascii=False) + "\n")

    def clear(self) -> None:
        self._file.seek(0)
        self._file.truncate()

    def close(self) -> None:
        self._file.close()


def read_log(path: Path) -> Iterator[Logged]:
    """The requests of a log file, in the order in which they ended."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Logged(**json.loads(line))
