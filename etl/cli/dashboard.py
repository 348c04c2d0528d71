"""``gouji dashboard`` and ``gouji site``: the warehouse in a browser, by a server or as files."""

from collections.abc import Callable
from contextlib import ExitStack
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from etl.cli.common import HomeOption, err, fail, home_of, out, progress_bar
from etl.errors import GoujiError


def dashboard(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than this machine's own open it.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST", help="A further name under which browsers may ask for it, as stat.example.org."
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Serve the published warehouse to a browser, in Chinese and English.

    It only reads, asks nobody outside, and shows a new publication as soon as it is there. It listens on this
    machine alone unless --host says otherwise; whoever then reaches the address can read everything.

    Example: [bold]gouji dashboard --port 8080[/bold]
    """
    import uvicorn

    from etl.dashboard.reader import open_reader
    from etl.dashboard.server import application

    settings = home_of(context, home)
    try:
        open_reader(settings)
    except GoujiError as error:
        fail(str(error))
    if settings.review and not settings.review_password:
        fail("review is on and no password is set: gouji review password says how to set one", 2)
    names = [*(name or ()), *([host] if host not in ("0.0.0.0", "::") else ())]
    config = uvicorn.Config(
        application(settings, names), host=host, port=port, log_level="warning", server_header=False
    )
    server = uvicorn.Server(config)
    try:
        socket = config.bind_socket()
    except SystemExit:
        fail(f"{host}:{port}: cannot be listened on; is another program there? Try --port 0", 1)
    socket.listen()  # what is told now can be opened now; a browser that is faster than the server waits
    taken = socket.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    if not _is_loopback(host):
        err.print("[yellow]everyone who reaches this address can read the warehouse; there is no password[/]")
        if settings.review:
            err.print(
                "[yellow]review is on: without TLS before it, the reviewers' password goes over the network as"
                " it is typed[/]"
            )
    out.print(f"http://{shown}:{taken}/   {escape(str(settings.warehouse))}\nCtrl-C ends it.", soft_wrap=True)
    server.run(sockets=[socket])


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def site(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write.", show_default=False)],
    evidence: Annotated[
        Literal["failed", "all", "none"],
        typer.Option(help="Cells that get a page of evidence: those of failed checks, all, or none."),
    ] = "failed",
    home: HomeOption = None,
) -> None:
    """Write the dashboard as files: it opens without a server and can be put on any web server.

    The pages are those of [bold]gouji dashboard[/bold]. Everything is written beside OUT first and takes its
    place by a rename; a site that was there before is replaced, anything else is refused.

    Example: [bold]gouji site public && xdg-open public/index.html[/bold]
    """
    from etl.dashboard.site import write_site

    settings = home_of(context, home)
    with ExitStack() as stack:

        def started(total: int) -> Callable[[int], None]:
            return stack.enter_context(progress_bar("writing pages", total))

        try:
            count = write_site(settings, folder, evidence, started)
        except GoujiError as error:
            fail(str(error))
    out.print(f"{folder / 'index.html'}: {count} files", soft_wrap=True)
