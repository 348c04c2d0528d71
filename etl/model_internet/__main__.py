"""``python -m etl.model_internet``: play county portals on this machine until stopped."""

import asyncio
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from etl.errors import GoujiError
from etl.model_internet.demo import demo_portals
from etl.model_internet.log import Log
from etl.model_internet.model import Apart, Family, ModelPortal
from etl.model_internet.server import CONTROL, Server
from etl.model_internet.synthetic import PLAYED, synthetic_portals

_LOOK_SECONDS = 1.0


def main(
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 for any that is free.")] = 0,
    log: Annotated[Path | None, typer.Option(help="The file of the request log.")] = None,
    synthetic: Annotated[
        int, typer.Option(help="Play so many portals of invented places instead of the demo's.")
    ] = 0,
    reports: Annotated[int, typer.Option(help="Reports of each synthetic portal.")] = 5,
    family: Annotated[
        list[Family] | None, typer.Option(help="Families of the synthetic portals, in turn; all unless given.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed makes other synthetic portals.")] = 0,
    apart: Annotated[Apart, typer.Option(help="What tells the portals apart.")] = Apart.NAME,
    portals_from_stdin: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Play county portals on 127.0.0.1 until stopped (Ctrl-C).

    The first line printed is the port; then come the portals' home pages. A portal is named by the Host header,
    http://qinghe.localhost:PORT/ for one. Faults are switched, and the request log is read, at the host
    control.localhost:

        curl -H 'Host: control.localhost' 127.0.0.1:PORT/portals

        curl -H 'Host: control.localhost' 127.0.0.1:PORT/faults
        -d '{"portal": "qinghe.localhost", "fault": "reset"}'
    """
    portals: Sequence[ModelPortal]
    if portals_from_stdin:
        portals = pickle.load(sys.stdin.buffer)
    else:
        portals = synthetic_portals(synthetic, reports, family or PLAYED, seed) if synthetic else demo_portals()
        portals = [replace(portal, apart=apart) for portal in portals]
    with tempfile.TemporaryDirectory(prefix="model-internet-") as folder:
        requests = Log(log or Path(folder) / "requests.jsonl")
        try:
            asyncio.run(_play(portals, requests, port, is_child=portals_from_stdin))
        except GoujiError as error:
            print(error, file=sys.stderr)
            raise typer.Exit(1) from error
        finally:
            requests.close()


async def _play(portals: Sequence[ModelPortal], log: Log, port: int, *, is_child: bool) -> None:
    server = Server(portals, log, port)
    port = await server.start()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stopping.set)
    print(port, flush=True)
    if not is_child:
        for one in server.describe():
            print(f"{one['home']}  {one['name']}  {one['family']}", flush=True)
        print(f"http://{CONTROL}:{port}/  control", flush=True)
    watch = asyncio.create_task(_watch_parent(server.stopping)) if is_child else None
    await server.stopping.wait()
    if watch is not None:
        watch.cancel()
    await server.stop()


async def _watch_parent(stopping: asyncio.Event) -> None:
    """Stop when the parent has: its end of the pipe closes, or, where a process it forked holds that open,
    this process gets another parent."""
    parent = os.getppid()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), stopping.set)
    while os.getppid() == parent:
        await asyncio.sleep(_LOOK_SECONDS)
    stopping.set()


if __name__ == "__main__":
    typer.run(main)
