"""``gouji extract``: what files say, and what kinds of files a folder holds."""

import json as json_module
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from etl.cli.common import HomeOption, fail, home_of, new_table, out, progress_bar
from etl.settings import Home

if TYPE_CHECKING:  # loading it takes time that --help should not
    from etl.pipeline.format_report import Kind


def extract(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE…", help="Reports, of any format that is read.", show_default=False),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, a file each; one in all of a folder.")
    ] = False,
    format_report: Annotated[
        Path | None,
        typer.Option(
            "--format-report",
            metavar="DIR",
            help="Instead of files: what kinds of files DIR holds, how many are read, how surely, how fast.",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Read reports and print what they say, without keeping anything.

    Exit status 1 when any file has a problem; every file still comes out.

    Example: [bold]gouji extract --json report.pdf | jq .observations[0][/bold]
    """
    settings = home_of(context, home)
    if (format_report is None) == (not files):
        fail("name either files, or a folder with --format-report DIR", 2)
    faulty = _files(files, settings, json) if files else _folder(format_report, settings, json)
    if faulty:
        raise typer.Exit(1)


def _files(files: list[Path], settings: Home, as_lines: bool) -> bool:
    """Print what each file says; whether any has a problem."""
    from etl.check.verdicts import check
    from etl.pipeline.extraction import Source
    from etl.pipeline.json_lines import json_line
    from etl.pipeline.pool import extract_files

    faulty = False
    table = new_table(
        "file", "county", "year", "scope", "form", "cells", "unstated", "failed checks", "problems"
    )
    with progress_bar("reading", len(files)) as advance:
        for extraction in extract_files([Source(file, str(file)) for file in files], settings):
            findings = check(extraction)
            faulty = faulty or bool(extraction.problems)
            if as_lines:
                sys.stdout.write(json_line(extraction, findings) + "\n")
                sys.stdout.flush()
            else:
                identity = extraction.identity
                printed = sum(one.value is not None for one in extraction.observations)
                table.add_row(
                    escape(extraction.file),
                    identity.county or "?",
                    str(identity.year or "?"),
                    identity.scope or "?",
                    extraction.form or "?",
                    str(printed),
                    str(len(extraction.observations) - printed),
                    str(sum(finding.status == "fail" for finding in findings)),
                    escape("\n".join(f"{one.code}: {one.message}" for one in extraction.problems)),
                )
            advance(1)
    if not as_lines:
        out.print(table)
    return faulty


def _folder(folder: Path | None, settings: Home, as_object: bool) -> bool:
    """Print what kinds of files the folder holds; whether any has a problem."""
    from etl.pipeline.format_report import as_json, files_below, read_folder, summary

    if folder is None or not folder.is_dir():
        fail(f"--format-report {folder}: not a folder", 2)
    files = files_below(folder)
    with progress_bar("reading", len(files)) as advance:
        read = list(read_folder(folder, files, settings, advance))
    rows, total = summary(read)
    if as_object:
        sys.stdout.write(json_module.dumps(as_json(rows, total), ensure_ascii=False) + "\n")
    elif not files:
        out.print(f"{folder}: no files", soft_wrap=True)
    else:
        shown = [*rows, total] if len(rows) > 1 else rows
        out.print(_counts(shown), _quality(shown))
        if total.worst_file is not None:
            out.print(f"slowest: {escape(total.worst_file)}", soft_wrap=True)
    return any(one.has_problems for one in read)


def _counts(rows: "Sequence[Kind]") -> Table:
    """What there is, and what was not read."""
    table = _right("format", "files", "misnamed", "read", "not read")
    table.add_column("why", overflow="fold")
    for row in rows:
        why = ", ".join(f"{code} {count}" for code, count in row.unread.items())
        table.add_row(row.kind, *map(str, (row.files, row.misnamed, row.read, row.files - row.read)), why)
    return table


def _quality(rows: "Sequence[Kind]") -> Table:
    """How surely and how fast."""
    table = _right("format", "cells", "certain", "doubtful", "missing", "hard\nfailed", "median\ns", "worst\ns")
    for row in rows:
        times = (row.median_seconds, row.worst_seconds)
        table.add_row(
            row.kind,
            str(row.cells),
            f"{_floored(row.certain / row.cells)} %" if row.cells else "–",
            *map(str, (row.doubtful, row.missing, row.broken)),
            *("–" if value is None else f"{value:.3f}" if value < 1 else f"{value:.1f}" for value in times),
        )
    return table


def _right(first: str, *headings: str) -> Table:
    """A table whose columns but the first are figures."""
    table = new_table()
    table.add_column(first, no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _floored(share: float) -> str:
    """A share in percent, never rounded up: 100 stands for all."""
    return f"{int(share * 10_000) / 100:.2f}".removesuffix(".00")
