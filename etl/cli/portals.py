"""``gouji portals``: which portals are known, whether the registry is in order, and adding one."""

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from etl.cli.common import HomeOption, err, fail, home_of, new_table, out
from etl.places.portals import FamilyName
from etl.settings import Home

if TYPE_CHECKING:
    from etl.places import Counties
    from etl.places.portals import Registry

app = typer.Typer(no_args_is_help=True, help="The registry of portals: list it, check it, add to it.")

_NO_FAMILY = "not known"


@app.command(name="list")
def list_portals(
    context: typer.Context,
    province: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only portals of this province: 陕西省, 陕西.", show_default=False),
    ] = None,
    family: Annotated[
        FamilyName | None, typer.Option(help="Only portals of this family.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print an object a line.")] = False,
    home: HomeOption = None,
) -> None:
    """List the portals that are known. Codes ending 00 are prefectures, whose lists carry many counties."""
    from etl.places.portals import names_of, province_of

    registry, counties = _registry(home_of(context, home))
    table = new_table("code", "place", "province", "family", "lists", "reports", "home")
    table.columns[-1].overflow = "fold"
    for code, portal in sorted(registry.portals.items()):
        own_province = province_of(code, counties)
        if province is not None and not own_province.startswith(province):
            continue
        if family is not None and portal.family != family:
            continue
        name = names_of(code, counties)[0]
        if as_json:
            entry = portal.model_dump(mode="json") | {"name": name, "province": own_province}
            print(json.dumps(entry, ensure_ascii=False))
            continue
        counts = (str(len(portal.listings)), str(len(portal.reports)))
        table.add_row(code, name, own_province, portal.family or "", *counts, escape(portal.home))
    if not as_json:
        out.print(table)


@app.command()
def check(context: typer.Context, home: HomeOption = None) -> None:
    """Hold the registry against its rules and the county list, offline, and count it.

    Faults are listed as file:line; exit status 1. Places that have ended are named; that is no fault.
    """
    from etl.places.portals import names_of, province_of

    settings = home_of(context, home)
    registry, counties = _registry(settings)
    year = date.today().year - 1
    expected = [one for one in counties.all if one.is_county and one.in_force(year)]
    own = {one.code for one in expected if one.code in registry.portals}
    without = {one.code for one in registry.unserved(counties, year)}

    portals = Counter(province_of(code, counties) for code in registry.portals)
    table = new_table(
        "province", "portals", f"counties {year}", "own portal", "prefecture's", "no portal known"
    )
    for province in dict.fromkeys(one.province for one in expected):
        codes = {one.code for one in expected if one.province == province}
        through = len(codes - own - without)
        counts = (portals[province], len(codes), len(codes & own), through, len(codes & without))
        table.add_row(province, *map(str, counts))
    through = len(expected) - len(own) - len(without)
    counts = (len(registry.portals), len(expected), len(own), through, len(without))
    table.add_row("all", *map(str, counts), style="bold")
    out.print(table)

    families = Counter(portal.family or _NO_FAMILY for portal in registry.portals.values())
    table = new_table("family", "portals")
    for name, count in families.most_common():
        table.add_row(name, str(count))
    out.print(table)
    for code, successors in registry.ended(counties, year).items():
        now = ", ".join(f"{one.code} {one.name}" for one in successors) or "nothing"
        err.print(
            f"[yellow]{code} {names_of(code, counties)[0]}[/] has ended; what stands for it in {year}: {now}"
        )
    out.print(f"{', '.join(map(str, settings.registry_files))}: {len(registry.portals)} portals, no fault")


@app.command()
def add(
    context: typer.Context,
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE", help="Of the county, or of the prefecture (ending 00).", show_default=False
        ),
    ],
    address: Annotated[str, typer.Argument(metavar="HOME", help="The portal's home page.", show_default=False)],
    listing: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="A list of reports; {year} in it stands for the report year."),
    ] = None,
    family: Annotated[
        FamilyName | None, typer.Option(help="What the portal is made with.", show_default=False)
    ] = None,
    host: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A further host that may be asked, not below gov.cn."),
    ] = None,
    note: Annotated[str, typer.Option(help="What people should know of it.", show_default=False)] = "",
    min_reports: Annotated[int, typer.Option(help="Fewer reports than this listed is a failure.")] = 0,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of the entry that is there.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Add a portal to the home's own registry, portals.yaml.

    Example: [bold]gouji portals add 330483 https://www.tx.gov.cn/[/bold]
    """
    from etl.places.portal_file import put
    from etl.places.portals import names_of, portal_of

    settings = home_of(context, home)
    registry, counties = _registry(settings)
    if code in registry.portals and not replace:
        known = registry.portals[code].home
        fail(f"{code} has a portal already, {known}; --replace puts this one in its place", 2)
    portal = portal_of(
        {
            "code": code,
            "name": next(iter(names_of(code, counties)), ""),
            "home": address,
            "listings": listing or (),
            "family": family,
            "hosts": host or (),
            "min_reports": min_reports,
            "note": note,
        },
        counties,
    )
    path = settings.root / "portals.yaml"
    put(path, portal, counties)
    out.print(f"{path}: {portal.name} {code}. Try: gouji crawl {code}", soft_wrap=True)


def _registry(settings: Home) -> "tuple[Registry, Counties]":
    from etl.places import load_counties
    from etl.places.portals import load_registry

    counties = load_counties(settings.counties_files)
    return load_registry(settings.registry_files, counties), counties
