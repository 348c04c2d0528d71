"""The ``gouji`` command. Each command calls one function of the package and prints what it returned."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from etl import __version__
from etl.cli.archive import app as archive_app
from etl.cli.common import (
    HomeOption,
    err,
    fail,
    home_of,
    new_table,
    out,
    own_name,
    progress_bar,
    steps,
)
from etl.cli.correct import app as corrections_app
from etl.cli.correct import correct
from etl.cli.county import county
from etl.cli.crawl import crawl, print_summary, visits_bar
from etl.cli.dashboard import dashboard, site
from etl.cli.explain import explain, letter
from etl.cli.extract import extract
from etl.cli.portals import app as portals_app
from etl.cli.review import app as review_app
from etl.cli.rules import app as rules_app
from etl.errors import GoujiError
from etl.settings import Home

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with [bold]gouji demo[/bold]: it builds a small warehouse and says what to try next.",
)
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help="Reports, of any format that is read.", show_default=False)
]
Format = Literal["table", "csv", "json"]


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    home: HomeOption = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Read the yearly disclosure reports (政府信息公开工作年度报告) of Chinese counties into a DuckDB warehouse
    in which every number can be traced to the page it was printed on.

    [bold]gouji ingest FILE[/bold] archives a report, reads its tables, and builds, audits and publishes the
    warehouse; [bold]gouji query[/bold] asks it, [bold]gouji show[/bold] puts a report's tables on the screen.
    """
    if version:
        out.print(f"gouji {__version__}")
        raise typer.Exit
    context.obj = home


app.command(name="extract")(extract)


@app.command()
def ingest(
    context: typer.Context,
    files: Files,
    county: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="State the GB/T 2260 code of the county, or of the prefecture, yourself, for all files.",
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="Y", help="State the report year yourself, for all files.")
    ] = None,
    no_build: Annotated[
        bool, typer.Option("--no-build", help="Only take the files in; gouji build does the rest later.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Take reports in: archive them, read their tables, then build and publish the warehouse with them.

    A file read before is not read again. Exit status 1 when any file has a problem; the others are taken in
    and published all the same.
    """
    from etl.pipeline.ingest import ingest as take_in
    from etl.places import load_counties

    settings = home_of(context, home)
    counties = load_counties(settings.counties_files)
    is_prefecture = county is not None and county.endswith("00") and bool(counties.below(county))
    if county is not None and not is_prefecture and not counties.coded(county):
        fail(
            f"--county {county}: no county or prefecture has had this code since 2008; codes are six digits,"
            " as 211421",
            2,
        )
    if year is not None and not 2000 <= year <= 2100:
        fail(f"--year {year}: not a report year", 2)
    with progress_bar("reading", len(files)) as advance:
        taken = take_in(settings, files, county=county, year=year, on_read=advance)
    faulty = [one for one in taken if one.problems]
    for one in faulty:
        for problem in one.problems:
            err.print(f"[yellow]{escape(one.name)}[/]: {problem.code}: {escape(problem.message)}")
    cached = sum(one.was_cached for one in taken)
    err.print(
        f"{len(taken) - len(faulty)} of {len(taken)} files without a problem"
        + (f", {cached} of them known already" if cached else "")
    )
    if no_build:
        err.print(f"next: [bold]gouji build[/]  (home {settings.root})")
    else:
        _build(settings, may_shrink=False)
    if faulty:
        raise typer.Exit(1)


@app.command()
def build(
    context: typer.Context,
    may_shrink: Annotated[
        bool, typer.Option("--may-shrink", help="Publish although reports are gone since the last release.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Build the warehouse from everything ingested, audit it, and publish it.

    The new file replaces the published one at once and only when the structural suites pass; the file before
    is kept beside it. Balance rules never hold a release back: what breaks them becomes findings. Exit status 1
    when a correction was refused because the report prints something else now; the rest is published.
    """
    _build(home_of(context, home), may_shrink)


@app.command()
def check(context: typer.Context, home: HomeOption = None) -> None:
    """Hold the published warehouse against all suites again and list the verdicts, rule by rule.

    Exit status 1 when a structural suite fails. Failed balance rules are the publishers' own errors, or ours;
    [bold]gouji show[/bold] puts them on the page.
    """
    from etl.pipeline.build import faults, recheck

    settings = home_of(context, home)
    with steps() as say:
        rules, audit = recheck(settings, say)
    table = Table(header_style="bold")
    table.add_column("rule", min_width=25, overflow="fold")
    for heading in ("pass", "blank as 0", "vacuous", "fail", "unknown"):
        table.add_column(heading, justify="right")
    for rule in rules:
        table.add_row(escape(f"{rule.rule_id}\n{rule.zh}"), *map(str, rule.counts))
    out.print(table)
    for fault in faults(audit):
        err.print(f"[red]{escape(fault)}[/]")
    if not audit.structural_ok:
        raise typer.Exit(1)
    out.print("The structure is sound: keys, domains and references hold.")


app.command()(county)
app.command(name="crawl")(crawl)
app.command(name="explain")(explain)
app.command(name="letter")(letter)
app.command(name="dashboard")(dashboard)
app.command(name="site")(site)
app.command(name="correct")(correct)
app.add_typer(corrections_app, name="corrections")
app.add_typer(archive_app, name="archive")
app.add_typer(portals_app, name="portals")
app.add_typer(rules_app, name="rules")
app.add_typer(review_app, name="review")


@app.command()
def query(
    context: typer.Context,
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="A DuckDB statement, in quotes.", show_default=False)
    ],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print the rows.")] = "table",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Ask what was known then: to the end of a day (2025-03-31, China time), or at a moment "
            "(2025-03-31T18:00+08:00).",
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Ask the published warehouse. It is opened read-only.

    The views are [bold]observation[/], [bold]finding[/], [bold]coverage[/] and [bold]county_year[/].

    Example: [bold]gouji query "select county_name, year, received from county_year" --format csv[/bold]
    """
    from etl.query import moment_of, run

    try:
        moment = None if as_of is None else moment_of(as_of)
    except ValueError:
        fail(f"--as-of {as_of}: neither a day, as 2025-03-31, nor a moment, as 2025-03-31T18:00+08:00", 2)
    run(home_of(context, home), sql, format, moment)


@app.command()
def show(
    context: typer.Context,
    county: Annotated[str, typer.Argument(metavar="COUNTY", help="Code or name.", show_default=False)],
    year: Annotated[int, typer.Argument(metavar="YEAR", show_default=False)],
    home: HomeOption = None,
) -> None:
    """Show a county's report of a year as it was printed, with the cells of failed checks marked."""
    from etl.show import show as show_report

    out.print(show_report(home_of(context, home), county, year))


@app.command()
def demo(
    context: typer.Context,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Delete what an earlier demo made, and begin again.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Play a night: crawl model portals on this machine, read what they publish, build a small warehouse.

    The portals are of invented places and show documents with some planted errors; one real county's figures
    (绥中县 2024) are taken in from a file. Run it twice: the second time nothing has changed, and nothing is
    fetched or read again. The home is ./gouji-demo unless --home names another.
    """
    from etl.demo import run_demo

    given = home or context.obj
    with visits_bar() as on_visit:
        result = run_demo(Path(given) if given else Path("gouji-demo"), err.print, on_visit, fresh=fresh)
    print_summary(result.crawled)
    out.print(f"{result.newly_read} documents newly read")
    table = new_table("county", "code", "year", "document", "cells read", "sums that fail", "oddities")
    for row in result.reports:
        table.add_row(*map(str, row))
    out.print(table)
    for problem in result.problems:
        err.print(f"[yellow]{escape(problem)}[/]")
    run = f"{own_name()} --home {result.home.home}"
    out.print(
        "Codes 99… are invented places. Next, try:\n"
        f"  {run} dashboard\n"
        f"  {run} show 990101 2023\n"
        f"  {run} explain 990101 2023\n"
        f'  {run} query "select county_name, year, rule_id, left_value, right_value, cells'
        " from finding where status = 'fail' and severity = 'hard'\"\n"
        f'  {run} query "select county_name, year, received, granted_rate, balance_status from county_year"\n'
        f'  {run} query "select form_row, value, raw, page, bbox, url from observation'
        " where county_code = '211421' and form_table = 'disclosure'\"\n"
        f"  {run} crawl --status\n"
        f"  {run} ingest YOUR-REPORT.pdf",
        soft_wrap=True,
    )


def _build(settings: Home, may_shrink: bool) -> None:
    """Build, audit and publish, and say what came of it."""
    from etl.pipeline.build import build as build_and_publish

    with steps() as say:
        built = build_and_publish(settings, say, may_shrink=may_shrink)
    for fault in built.faults:
        err.print(f"[red]{escape(fault)}[/]")
    for one in built.refused:
        err.print(f"[red]{escape(one)}[/]")
    if not built.is_published:
        fail(
            f"not published: the audit failed. The candidate is {settings.candidate}; readers keep the old file"
        )
    failed = sum(built.audit.balance.values())
    out.print(
        f"{settings.warehouse}: {built.counts.reports} reports, {built.counts.observations} cells,"
        f" {failed} failed checks. Try:\n"
        'gouji query "select county_name, year, received, balance_status from county_year"',
        soft_wrap=True,
    )
    if built.refused:
        raise typer.Exit(1)


def main() -> None:
    """Run the command; every failure a user can mend is one line on standard error."""
    try:
        app()
    except GoujiError as error:
        err.print(f"[red]gouji:[/] {escape(str(error))}")
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("[red]gouji:[/] interrupted; what was finished is kept, nothing is half written")
        sys.exit(130)
