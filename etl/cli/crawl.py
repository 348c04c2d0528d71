"""``gouji crawl``: visit the portals, or say how the visits went."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from etl.cli.common import HomeOption, err, fail, home_of, new_table, out
from etl.settings import Home

if TYPE_CHECKING:
    from etl.catalogue.records import VisitEnded
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
        _status(settings, codes or [])
        return
    from etl.pipeline.crawl import crawl as visit_portals

    if not settings.contact:
        err.print("[yellow]no contact is set:[/] portals cannot reach you; set GOUJI_CONTACT to an address")
    with visits_bar() as on_visit:
        crawled = visit_portals(settings, codes=codes or [], on_visit=on_visit)
    print_summary(crawled)
    if crawled.progress.failed:
        out.print("next: gouji crawl --status says what was wrong with which portal")
    if crawled.progress.fetched:
        out.print("next: gouji build reads what is new")
    if crawled.ended == "interrupted":
        out.print("what was fetched is kept, also of visits not ended; next: gouji crawl goes on")
    if not crawled.is_success:
        raise typer.Exit(130 if crawled.ended == "interrupted" else 1)


def _status(settings: Home, codes: list[str]) -> None:
    """The last run and every portal as it stands; with one code, all visits to its portal too."""
    from etl.catalogue import Catalogue
    from etl.places import load_counties

    catalogue = Catalogue(settings.catalogue_address)
    run = catalogue.last_run()
    if run is None:
        fail("nothing was crawled yet; gouji crawl does")
    endings = ", ".join(f"{count} {name}" for name, count in run.portals.items())
    out.print(
        f"run {run.run_id}, begun {run.started_at:%Y-%m-%d %H:%M} UTC: {run.outcome or 'unfinished'};"
        f" {run.requests} requests, {run.bytes / 2**20:.1f} MB, {run.found} reports listed,"
        f" {run.fetched} files fetched, {run.unchanged} unchanged, {run.failed} failed"
    )
    out.print(f"portals: {endings}" if endings else "no visit has ended")
    counties = load_counties(settings.counties_files)
    portals = catalogue.portals(codes)
    if codes and not portals:
        fail(f"no portal of {', '.join(codes)} was visited yet; gouji crawl {' '.join(codes)} does")
    table = new_table(
        "portal", "last visit", "outcome", "nights failing", "reports", "withdrawn", "what was wrong"
    )
    for portal in portals:
        rows = counties.coded(portal.key)
        table.add_row(
            "\n".join((portal.key, escape(rows[-1].name) if rows else "", portal.family or "no family")),
            _day(portal.last_visit_at),
            portal.outcome or "unfinished",
            str(portal.nights_failing),
            str(portal.reports),
            str(portal.withdrawn),
            escape(portal.message or ""),
        )
    out.print(table)
    for portal in portals if len(codes) == 1 else ():
        if portal.key in codes or len(portals) == 1:
            _visits_of(catalogue.visits(portal.key))


def _visits_of(visits: "list[tuple[int, VisitEnded]]") -> None:
    table = new_table(
        "run", "visited", "outcome", "listed", "fetched", "unchanged", "failed", "requests", "what was wrong"
    )
    for run_id, visit in visits:
        counts = (visit.found, visit.fetched, visit.unchanged, visit.failed, visit.requests)
        table.add_row(
            str(run_id), _day(visit.finished_at), visit.outcome, *map(str, counts), escape(visit.message)
        )
    out.print(table)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}\n{moment:%H:%M}" if moment else "never"


def print_summary(crawled: "Crawled") -> None:
    """What the crawl did, in a few lines; then what to do about it."""
    done = crawled.progress
    out.print(
        f"run {crawled.run_id}: {crawled.ended}. {_many(done.visited, 'portal')} on {_many(done.hosts, 'host')}"
        + (f" (and {crawled.already_done} before the interruption)" if crawled.already_done else "")
        + f", {done.requests} requests, {done.bytes / 2**20:.1f} MB: {done.found} reports listed,"
        f" {done.fetched} files fetched, {done.unchanged} unchanged"
    )
    endings = ", ".join(f"{count} {name}" for name, count in sorted(done.outcomes.items()))
    out.print(f"portals: {endings}" if endings else "no portal was visited")


@contextmanager
def visits_bar() -> Iterator[Callable[["Progress"], None]]:
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
