"""Starting the model internet as a process of its own, and talking to it."""

import contextlib
import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml

from etl.errors import GoujiError
from etl.model_internet.demo import DOCUMENTS, demo_portals
from etl.model_internet.faults import Fault
from etl.model_internet.log import Logged, read_log
from etl.model_internet.model import ModelPortal
from etl.model_internet.server import CONTROL
from etl.model_internet.synthetic import synthetic_counties

_START_SECONDS = 60
_STOP_SECONDS = 5


class ModelInternet:
    """The model internet in a process of its own, which ends with this one.

    Args:
        portals: what to play; the portals of the demo unless given.
        port: that portals share, on 127.0.0.1; 0 for any that is free, then in ``port``.
        log: a file for the request log; a temporary one unless given.

    Raises:
        GoujiError: (on entering) the port is taken, or the server did not start.
    """

    def __init__(
        self, portals: Sequence[ModelPortal] | None = None, *, port: int = 0, log: Path | None = None
    ) -> None:
        self.port = port
        self._portals = demo_portals() if portals is None else tuple(portals)
        self._is_demo = portals is None
        self._log = log
        self.process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server; it answers when this returns."""
        self._folder = tempfile.TemporaryDirectory(prefix="model-internet-")
        self.log_file = self._log or Path(self._folder.name) / "requests.jsonl"
        with (Path(self._folder.name) / "stderr").open("w+b") as complaints:
            command = [sys.executable, "-m", "etl.model_internet", "--portals-from-stdin"]
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), "--log", str(self.log_file)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            with contextlib.suppress(BrokenPipeError):  # it has ended; why is read below
                pickle.dump(self._portals, self.process.stdin)
                self.process.stdin.flush()
            line = self.process.stdout.readline()
            if not line.strip().isdigit():
                self.process.wait(_START_SECONDS)
                complaints.seek(0)
                why = complaints.read().decode(errors="replace").strip().splitlines()
                self.stop()
                raise GoujiError(f"the model internet did not start: {why[-1] if why else 'it says nothing'}")
        self.port = int(line)

    def stop(self) -> None:
        """End the server; calling it twice does no harm."""
        process, self.process = self.process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()  # the end of its input ends the server
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    # --- what there is

    def portals(self) -> list[dict[str, Any]]:
        """The portals as they are now: host, code, name, family, home, listings, home_only, reports, faults."""
        found: list[dict[str, Any]] = self._ask("GET", "/portals")
        return found

    def home(self, host: str) -> str:
        """The address of a portal's home page."""
        return next(str(one["home"]) for one in self.portals() if one["host"] == host)

    def registry_yaml(self) -> str:
        """The portals as entries of a portal registry (data/portals.yaml)."""
        entries = []
        for one in self.portals():
            entry: dict[str, Any] = {"code": one["code"], "home": one["home"]}
            if not one["home_only"]:
                entry |= {"listings": one["listings"], "family": one["family"]}
            entries.append(entry)
        return yaml.safe_dump({"portals": entries}, allow_unicode=True, sort_keys=False)

    def counties_csv(self) -> str:
        """A county list of the invented places, with its head."""
        if self._is_demo:
            return (DOCUMENTS / "places.csv").read_text(encoding="utf-8")
        return synthetic_counties(self._portals)

    # --- what can be done

    def switch(
        self,
        portal: str,
        fault: Fault | str,
        on: bool = True,
        *,
        path: str | None = None,
        times: int = 2,
        seconds: float = 1.0,
    ) -> None:
        """Switch a fault of a portal.

        Args:
            portal: its host name.
            fault: its name; docs/reference/model-internet.md says what each does.
            on: or off.
            path: a glob; of paths that it concerns, or of file names or titles for faults of reports.
            times: errors before success.
            seconds: between two bytes of a drip; the Retry-After of too_many.
        """
        order = {"portal": portal, "fault": str(fault), "on": on, "path": path}
        self._ask("POST", "/faults", {**order, "times": times, "seconds": seconds})

    def log(self) -> list[Logged]:
        """The requests that have ended, in that order; those of the control address are not among them."""
        self._ask("GET", "/faults")  # an answer that has been read before this is in the log after it
        return list(read_log(self.log_file))

    def clear_log(self) -> None:
        self._ask("DELETE", "/log")

    def _ask(self, method: str, path: str, order: dict[str, Any] | None = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            body = json.dumps(order).encode() if order is not None else None
            connection.request(method, path, body, {"Host": CONTROL})
            response = connection.getresponse()
            content = json.loads(response.read())
        except OSError as error:
            raise GoujiError(f"the model internet does not answer on port {self.port}: {error}") from error
        finally:
            connection.close()
        if response.status != 200:
            raise GoujiError(f"the model internet refuses: {content['error']}")
        return content
