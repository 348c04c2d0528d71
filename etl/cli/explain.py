"""``gouji explain`` and ``gouji letter``: what does not add up, where a number comes from, a note on it."""

import json as json_module
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.markup import escape

from etl.cli.common import HomeOption, err, fail, home_of, out
from etl.errors import GoujiError

County = Annotated[str, typer.Argument(metavar="COUNTY", help="The county's code or name.", show_default=False)]
Year = Annotated[int, typer.Argument(metavar="YEAR", help="The report year.", show_default=False)]


def explain(
    context: typer.Context,
    county: County,
    year: Year,
    cell: Annotated[
        str | None,
        typer.Argument(metavar="[CELL]", help="As requests.received.new.total.", show_default=False),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    home: HomeOption = None,
) -> None:
    """Say what does not add up in a report, or where one of its numbers comes from and where it goes.

    Without CELL: every failed check, with what is printed where, what would balance, and how sure that is. With
    CELL: its page and box, readers, rules and their verdicts, suspicions, corrections, and the views it is in.

    Example: [bold]gouji explain 211421 2024 requests.received.new.total[/bold]
    """
    from etl.query import plain
    from etl.warehouse.lineage import findings_of, lineage
    from etl.warehouse.read import connect
    from etl.warehouse.reports import find_report

    settings = home_of(context, home)
    try:
        with connect(settings) as connection:
            report = find_report(connection, county, year)
            answer = findings_of(connection, report) if cell is None else lineage(connection, report, cell)
    except GoujiError as error:
        fail(str(error))
    if json:
        sys.stdout.write(json_module.dumps(plain(answer), ensure_ascii=False, indent=2) + "\n")
        return
    if isinstance(answer, dict):
        _print_lineage(answer)
        return
    out.print(f"[bold]{escape(report.county_name)} {report.county_code} · {year}[/]")
    for one in answer:
        out.print(f"\n[red]{one['rule_id']}[/] ({one['severity']}, {one['blame']})", soft_wrap=True)
        out.print(f"{escape(one['explanation_en'])}\n{escape(one['explanation_zh'])}", soft_wrap=True)
    if not answer:
        out.print("[green]No check fails. 各项勾稽关系均成立。[/]")


def _print_lineage(cell: dict[str, Any]) -> None:
    def line(name: str, text: object) -> None:
        out.print(f"[bold]{name:12}[/]{escape(str(text))}", soft_wrap=True)

    from etl.query import plain

    cell = plain(cell)
    shown = "no number" if cell["value"] is None else f"{cell['value']} {cell['unit']}"
    out.print(f"[bold]{escape(cell['label_zh'])}[/] / {escape(cell['label_en'])}", soft_wrap=True)
    line("cell", f"{cell['county_name']} {cell['county_code']} · {cell['year']} · {cell['cell']}")
    line("value", shown + (f" (corrected from {cell['printed_value']})" if cell["corrected"] else ""))
    line("printed", f"{cell['raw']!r} ({cell['status']})")
    box = f", box {cell['bbox']}" if cell["bbox"] else ""
    place = f"page {cell['page']}{box}" if cell["page"] else cell["path"]
    line("place", place or "unknown")
    line("document", f"{cell['url'] or cell['file_name']}  sha256 {cell['document_sha256']}")
    line("read by", f"{cell['reader']}, confidence {cell['confidence']}")
    for one in cell["opinions"]:
        line("  reader", f"{one['reader']}: {one['raw']!r} ({one['status']}, confidence {one['confidence']})")
    for one in cell["findings"]:
        line("rule", f"{one['rule_id']}: {one['status']}")
        if one["status"] == "fail":
            line("", f"{one['explanation_en']}\n{'':12}{one['explanation_zh']}")
    for one in cell["next_year"]:
        line("next year", f"{one['rule_id']} of {one['year']}: {one['status']}")
    for one in cell["suspicions"]:
        likely = "one of the likeliest sets" if one["is_best"] else "a less likely set"
        line(
            "suspected",
            f"{likely}, of {one['cells_in_set']} cell(s); it would need {one['needed']}"
            + (f" ({one['slip']})" if one["slip"] else ""),
        )
    for one in cell["corrections"]:
        line("correction", f"{one['status']}: {one['corrected_value']}, {one['reason']} ({one['reviewer']})")
    for one in cell["views"]:
        line("goes into", f"{one['view']}.{one['column']} = {one['value']}")


def letter(
    context: typer.Context,
    county: County,
    year: Year,
    format: Annotated[
        Literal["md", "docx"], typer.Option("--format", help="Markdown, or a Word document.")
    ] = "md",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write it; Markdown else to the screen."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write a short, courteous note in Chinese to the publisher of a report, listing what does not add up.

    Only what the source itself prints so is listed. Read it before it is sent: Gouji sends nothing.

    Example: [bold]gouji letter 990101 2023 --format docx -o letter.docx[/bold]
    """
    from etl.letter import as_docx, as_markdown, compose
    from etl.warehouse.read import connect
    from etl.warehouse.reports import find_report

    settings = home_of(context, home)
    if format == "docx" and output is None:
        fail("a Word document needs a file to be written to: add --output FILE", 2)
    try:
        with connect(settings) as connection:
            written = compose(connection, find_report(connection, county, year))
    except GoujiError as error:
        fail(str(error))
    if output is None:
        sys.stdout.write(as_markdown(written))
        return
    try:
        output.write_bytes(as_docx(written) if format == "docx" else as_markdown(written).encode())
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror}")
    err.print(f"{output}: {len(written.points)} points")
