"""``gouji crawl``: visit the portals, or say how the visits went."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from etl.cli.common import HomeOption, err, home_of, out

if TYPE_CHECKING:
    from etl.crawl.night import Progress
    from etl.pipeline.crawl import Crawled

Codes = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CODE]…", help="Only these portals, by county code.", show_default=False),
]


def crawl(
    context: typer.Context,
    codes: Codes = None,
    status: Annotated[
        bool, typer.Option("--status", help="Say how the last visits went, and ask nobody.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Visit the registered portals: find their reports, and archive what is new or changed.

    Known addresses are asked for only if they have changed. A crawl that was interrupted is gone on with. Exit
    status 1 when a portal that had reports shows none, or the crawl found nothing at all. The next
    [bold]gouji build[/] reads what is new.

    Example: [bold]gouji crawl --status 330483[/] shows the history of one portal.
    """
    settings = home_of(context, home)
    if status:
        _status(settings.root, codes or [])
        return
    from etl.pipeline.crawl import crawl as visit_portals

    if not settings.contact:
        err.print("[yellow]no contact is set:[/] portals cannot reach you; set GOUJI_CONTACT to an address")
    with _visits() as on_visit:
        crawled = visit_portals(settings, codes=codes or [], on_visit=on_visit)
    _summary(crawled)
    if not crawled.is_success:
        raise typer.Exit(130 if crawled.ended == "interrupted" else 1)


def _summary(crawled: "Crawled") -> None:
    """What the crawl did, in a few lines; then what to do about it."""
    done = crawled.progress
    out.print(
        f"run {crawled.run_id}: {crawled.ended}. {done.visited} portals on {done.hosts} hosts"
        + (f" (and {crawled.already_done} before the interruption)" if crawled.already_done else "")
        + f", {done.requests} requests, {done.bytes / 2**20:.1f} MB: {done.found} reports listed,"
        f" {done.fetched} files fetched, {done.unchanged} unchanged"
    )
    endings = ", ".join(f"{count} {name}" for name, count in sorted(done.outcomes.items()))
    out.print(f"portals: {endings}" if endings else "no portal was visited")
    if done.failed:
        out.print("next: gouji crawl --status says what was wrong with which portal")
    if done.fetched:
        out.print("next: gouji build reads what is new")


@contextmanager
def _visits() -> Iterator[Callable[["Progress"], None]]:
    """Yields the function that shows the progress of a crawl: a bar on a terminal, nothing elsewhere."""
    columns = (
        TextColumn("portals"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def show(done: "Progress") -> None:
            bar.update(
                task,
                total=done.portals,
                completed=done.visited,
                description=f"{done.hosts} hosts · found {done.found} · fetched {done.fetched}"
                f" · unchanged {done.unchanged} · failed {done.failed}",
            )

        yield show
