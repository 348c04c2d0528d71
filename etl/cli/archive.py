"""``gouji archive``: whether everything that was kept is whole, and getting it back."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from etl.cli.common import HomeOption, err, fail, home_of, new_table, out, progress_bar

app = typer.Typer(no_args_is_help=True, help="Check the archive of original files, or get one out of it.")


@app.command()
def verify(
    context: typer.Context,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Mend what is found. What is damaged is put aside, never thrown away."),
    ] = False,
    home: HomeOption = None,
) -> None:
    """Hold every archived record against its checksums, and every index against its file.

    Exit status 1 when faults remain. With [bold]--repair[/bold] damaged bytes go to the archive's folder
    quarantine; all that is whole stays.
    """
    from etl.archive import Archive
    from etl.pipeline.ingest import writer

    settings = home_of(context, home)
    archive = Archive(settings.archive_address, settings.spool)
    with writer(settings):
        files = archive.files()
        with progress_bar("verifying", len(files)) as advance:
            faults = archive.verify(repair=repair, on_file=lambda name: advance(1))
    if not faults:
        out.print(f"{len(files)} files, no fault")
        return
    table = new_table("file", "byte", "fault", "what", "mended")
    for fault in faults:
        offset = "" if fault.offset is None else str(fault.offset)
        mended = "yes" if fault.is_mended else "no"
        table.add_row(escape(fault.file), offset, fault.kind, escape(fault.message), mended)
    out.print(table)
    remaining = sum(not fault.is_mended for fault in faults)
    if remaining:
        fail(f"{remaining} faults; gouji archive verify --repair mends what can be mended")


@app.command()
def get(
    context: typer.Context,
    sha256: Annotated[
        str, typer.Argument(metavar="SHA256", help="Of the content, in hexadecimal.", show_default=False)
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write; else standard output."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Get an original file out of the archive, by the SHA-256 that warehouse and catalogue know it by.

    Example: [bold]gouji archive get eff4abc2… -o report.pdf[/bold]
    """
    from etl.archive import Archive

    settings = home_of(context, home)
    if output is None and sys.stdout.isatty():
        fail("a report is not for the terminal: name a file with -o, or redirect the output", 2)
    content = Archive(settings.archive_address, settings.spool).read(sha256.lower())
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror}")
    err.print(f"{escape(str(output))}: {len(content)} bytes")
