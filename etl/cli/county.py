"""``gouji county``: one county through time, from the list that ships with Gouji."""

import json as json_module
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from etl.cli.common import HomeOption, fail, home_of, new_table, out

if TYPE_CHECKING:
    from etl.places import County
    from etl.places.dossier import Dossier
    from etl.places.succession import Succession

_TOLD = {
    "rename": "was renamed 更名",
    "recode": "took a new code 换码",
    "upgrade": "changed its kind 改设",
    "parent": "came under a renamed prefecture 上级更名",
    "merge": "went into 并入",
    "split": "was divided, giving 析出",
    "part": "gave a part to 部分划入",
}


def county(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|CODE",
            help="A name of any time, in full or short, with or without its prefecture; or a six-digit code.",
            show_default=False,
        ),
    ],
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line, a county each.")] = False,
    home: HomeOption = None,
) -> None:
    """Explain a county: its codes and names through time, what it came from and what became of it.

    A name that several counties bear lists them. Exit status 1 where nothing is called so.

    Example: [bold]gouji county 洪泽县[/bold]
    """
    from etl.errors import GoujiError
    from etl.places import load_counties
    from etl.places.dossier import as_dict, dossiers
    from etl.places.lookup import find, suggestions

    try:
        counties = load_counties(home_of(context, home).counties_files)
    except GoujiError as error:
        fail(str(error))
    rows = find(counties, name)
    if not rows:
        close = ", ".join(f"{row.name} {row.code} ({_parents(row)})" for row in suggestions(counties, name))
        fail(f"no county is called {name}" + (f"; perhaps {close}" if close else ""))
    found = dossiers(counties, rows)
    if json:
        for one in found:
            print(json_module.dumps(as_dict(one), ensure_ascii=False))
        return
    if len(found) > 1:
        out.print(
            f"{len(found)} counties are or were called {escape(name)}; the code, or the prefecture before"
        )
        out.print("the name, tells them apart.\n")
    for one in found:
        _print(one)


def _print(dossier: "Dossier") -> None:
    last = dossier.last
    state = "in force" if last.valid_to is None else f"ended {last.valid_to}"
    out.print(f"[bold]{last.name} {last.code}[/] {last.kind}, {_parents(last)}, {state}")
    if not last.is_county:
        out.print("  not a county-level division; it publishes reports of its own")
    if len(dossier.periods) > 1:
        table = new_table("from", "to", "code", "name", "kind", "prefecture")
        for row in dossier.periods:
            until = str(row.valid_to - 1) if row.valid_to else ""
            table.add_row(str(row.valid_from), until, row.code, row.name, row.kind, row.prefecture)
        out.print(table)
    for step in dossier.history:
        out.print(f"  {step.year}: {_told(step)}")
    if dossier.names:
        out.print("  also called " + ", ".join(f"{name} ({kind})" for name, kind in dossier.names))


def _told(step: "Succession") -> str:
    before, after = step.predecessor, step.successor
    return f"{before.name} {before.code} {_TOLD[step.relation]}: {after.name} {after.code}"


def _parents(row: "County") -> str:
    return row.full_name.removesuffix(row.name)
