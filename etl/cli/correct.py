"""``gouji correct`` writes a correction; ``gouji corrections`` checks and lists them."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.markup import escape

from etl.cli.common import HomeOption, err, fail, home_of, new_table, out

if TYPE_CHECKING:
    from etl.pipeline.correct import Printed

app = typer.Typer(no_args_is_help=True, help="Reviewed corrections: check the files, list what became of them.")

FileStatus = Literal["open", "accepted", "withdrawn"]
_WORDS = {
    "reason": "Why is the printed value wrong",
    "evidence": "What shows it (an address, a page, a letter)",
    "reviewer": "Who has reviewed it",
}


def correct(
    context: typer.Context,
    county: Annotated[str, typer.Argument(metavar="COUNTY", help="Code or name.", show_default=False)],
    year: Annotated[int, typer.Argument(metavar="YEAR", show_default=False)],
    cell: Annotated[
        str, typer.Argument(metavar="CELL", help="Address, as disputes.review.total.", show_default=False)
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="VALUE", help="The number that belongs there (money in 万元), or blank."),
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why the printed value is wrong.")] = None,
    evidence: Annotated[str | None, typer.Option(metavar="TEXT", help="What shows it.")] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Who has reviewed it.")] = None,
    on: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Day of the review; today unless given.")
    ] = None,
    status: Annotated[
        FileStatus, typer.Option(help="open waits for review, accepted is applied by the next build.")
    ] = "open",
    document: Annotated[
        str | None,
        typer.Option(metavar="SHA256", help="Of several reports the one meant: how its SHA-256 begins."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder to write to; the home's corrections/ unless given."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write a correction of one cell: show what is printed and what the rules say, then ask for the rest.

    What is given by options is not asked for. Nothing is ever overwritten, and nothing is applied before its
    status is accepted and [bold]gouji build[/bold] has run.

    Example: [bold]gouji correct 320813 2023 disputes.review.total --to 11[/bold]
    """
    from etl.pipeline.correct import printed, propose

    settings = home_of(context, home)
    found = printed(settings, county, year, cell, document)
    _show(found)
    given = {"reason": reason, "evidence": evidence, "reviewer": reviewer}
    is_asking = to is None or None in given.values()
    missing = [name for name, value in {"to": to, **given}.items() if value is None]
    try:
        value = _value(
            to if to is not None else typer.prompt("The number that belongs there, or blank", err=True)
        )
        _show_verdicts(found, value)
        words = {
            name: text if text is not None else typer.prompt(_WORDS[name], err=True)
            for name, text in given.items()
        }
        if is_asking and not typer.confirm("Write the correction?", default=True, err=True):
            fail("nothing was written")
    except typer.Abort:
        fail(f"nothing was written; without a terminal give {', '.join(f'--{name}' for name in missing)}", 2)
    fields: dict[str, object] = {
        "county": found.county,
        "year": year,
        "cell": cell,
        "document": document,
        "printed": found.says,
        "corrected": "blank" if value is None else value,
        **words,
        "date": on or date.today(),
        "status": status,
    }
    _, path = propose(settings, fields, into or settings.own_corrections)
    then = "gouji build applies it" if status == "accepted" else "set its status to accepted to have it applied"
    out.print(f"{path}: written, {then}", soft_wrap=True)


@app.command()
def check(context: typer.Context, home: HomeOption = None) -> None:
    """Hold the files of corrections against forms, county list and each other, offline.

    Faults are listed as file:line; exit status 1.
    """
    from etl.places import load_counties
    from etl.warehouse.correction_files import load_corrections

    settings = home_of(context, home)
    found = load_corrections(settings.corrections_folders, load_counties(settings.counties_files))
    counts = {status: sum(one.correction.status == status for one in found) for status in ("open", "accepted")}
    out.print(f"{len(found)} corrections, {counts['open']} open, {counts['accepted']} accepted, no fault")


@app.command(name="list")
def list_corrections(context: typer.Context, home: HomeOption = None) -> None:
    """List the corrections of the published warehouse and what became of each."""
    from etl.warehouse.read import connect

    table = new_table("status", "county", "year", "cell", "expected", "found", "corrected", "reviewer", "file")
    with connect(home_of(context, home)) as connection:
        rows = connection.execute(
            "SELECT status || coalesce(' (' || refusal || ')', ''), county_code, year, cell, expected, found,"
            " coalesce(printf('%.15g', corrected_value), 'blank'), reviewer, file"
            " FROM correction ORDER BY ordinal"
        ).fetchall()
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    out.print(table)


def _value(text: str) -> Decimal | None:
    """The corrected value: a number, or None for blank."""
    if text.strip() == "blank":
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        fail(f"{text!r} is neither a number nor blank", 2)


def _show(found: "Printed") -> None:
    """What is printed, and where."""
    place = found.observation.place
    where = [f"page {place.page}"] if place.page else []
    where += [f"box {[round(edge, 1) for edge in place.box]}"] if place.box else []
    where += [place.path] if place.path else []
    says = _number(found.says) if isinstance(found.says, Decimal) else found.says
    err.print(
        f"[bold]{escape(found.county_name)} {found.county} · {found.year} · {found.cell}[/]\n"
        f"{escape(found.label)}\n"
        f"printed: {escape(repr(found.observation.raw))}, read as [bold]{says}[/]"
    )
    err.print(f"{escape(', '.join(where))}\n{escape(found.url)}\nsha256 {found.document}", style="dim")


def _show_verdicts(found: "Printed", value: Decimal | None) -> None:
    """What the rules say, as printed and with the correction."""
    from etl.pipeline.correct import verdicts

    for one in verdicts(found, value):
        sides = f"{_number(one.finding.left_value)} against {_number(one.finding.right_value)}"
        err.print(f"{one.finding.rule_id}: {one.finding.status} as printed ({sides}), then {one.afterwards}")


def _number(value: Decimal | None) -> str:
    return "nothing" if value is None else f"{value.normalize():f}"
