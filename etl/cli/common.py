"""What all commands share: where they print, their common options, progress, and how they fail."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from etl.settings import Home

out = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The folder that holds archive, readings and warehouse. Else GOUJI_HOME, else ~/.gouji.",
        show_default=False,
    ),
]


def home_of(context: typer.Context, home: Path | None) -> Home:
    """The home that a command works on, with its settings; faulty settings end the command."""
    given = home or context.obj
    try:
        return Home(home=given) if given else Home()
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        fail(f"settings (GOUJI_… or gouji.toml): {faults}", 2)
    except TOMLDecodeError as error:
        fail(f"gouji.toml in the home is not TOML: {error}", 2)


def fail(message: str, status: int = 1) -> NoReturn:
    """Say what happened and end the command."""
    err.print(f"[red]gouji:[/] {escape(message)}")
    raise typer.Exit(status)


def new_table(*headings: str) -> Table:
    """A table for the screen."""
    return Table(*headings, header_style="bold")


def own_name() -> str:
    """How this command can be called again: by name where it is on the PATH, else by its path."""
    return "gouji" if shutil.which("gouji") else os.path.relpath(sys.argv[0])


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal, nothing elsewhere; yields the function that advances it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Yields the function that says what is being done: a spinner on a terminal, lines elsewhere."""
    if not err.is_terminal:
        yield lambda text: err.print(text)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("")
        yield lambda text: progress.update(task, description=text)
