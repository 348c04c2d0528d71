"""``gouji review``: the password of the reviewers, and what they said of findings."""

from typing import Annotated

import typer
from rich.markup import escape

from etl.cli.common import HomeOption, err, fail, home_of, new_table, out

app = typer.Typer(
    no_args_is_help=True, help="Findings reviewed in the dashboard: set the password, list verdicts."
)


@app.command()
def password(
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password from standard input, a line, without asking.")
    ] = False,
) -> None:
    """Ask for a password and print the line that goes into gouji.toml; the password itself is kept nowhere.

    Example: [bold]gouji review password >> ~/.gouji/gouji.toml[/bold]
    """
    from etl.dashboard.review.password import SHORTEST, hashed

    try:
        text = (
            typer.get_text_stream("stdin").readline().rstrip("\r\n")
            if stdin
            else typer.prompt("Password of the reviewers", hide_input=True, confirmation_prompt=True, err=True)
        )
    except typer.Abort:
        fail("nothing was printed; without a terminal use --stdin", 2)
    if len(text) < SHORTEST:
        fail(f"a password of reviewers has at least {SHORTEST} characters", 2)
    out.print(f'review = true\nreview_password = "{hashed(text)}"', soft_wrap=True)
    err.print("Put these lines into gouji.toml in the home, and start gouji dashboard again.")


@app.command(name="list")
def list_reviews(context: typer.Context, home: HomeOption = None) -> None:
    """List the verdicts on findings and whether what was judged is still printed."""
    from etl.errors import GoujiError
    from etl.warehouse.read import connect
    from etl.warehouse.review_file import load_reviews

    settings = home_of(context, home)
    try:
        reviews = load_reviews(settings.reviews)
        with connect(settings) as connection:
            states = {
                tuple(row[:5]): row[5]
                for row in connection.execute(
                    "SELECT county_code, year, rule_id, line, verdict, status FROM review"
                ).fetchall()
            }
    except GoujiError as error:
        fail(str(error))
    table = new_table("county", "year", "rule", "line", "verdict", "state", "reason", "reviewer", "date")
    for one in reviews:
        state = states.get((*one.finding, one.verdict), "waits for a build")
        row = (*map(str, one.finding), one.verdict, state, one.reason, one.reviewer, one.date.isoformat())
        table.add_row(*map(escape, row))
    out.print(table)
