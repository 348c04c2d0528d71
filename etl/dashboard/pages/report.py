"""A report's tables as they were printed, with the cells of failed checks marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.dashboard.pages.printed_table import ShownTable, shown
from etl.dashboard.reader import Reader, Table
from etl.dashboard.registry import Evidence, Given
from etl.errors import GoujiError
from etl.warehouse.printed import PrintedReport, printed_report
from etl.warehouse.reports import find_report, report_of


@dataclass(frozen=True)
class ReportPage:
    """A report of a county and year, and the others that there are."""

    printed: PrintedReport
    tables: tuple[ShownTable, ...]
    cells: Table
    findings: Table
    others: Table


def of_year(reader: Reader, code: str, year: str) -> ReportPage | None:
    """The report that stands for a county and year."""
    with reader.connection as connection:
        try:
            report = find_report(connection, code, int(year))
        except GoujiError:
            return None
    return _page(reader, report.sha256)


def of_document(reader: Reader, sha256: str) -> ReportPage | None:
    """The report that was read from a document, whether or not it stands for its county and year."""
    return _page(reader, sha256)


def listed_years(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The counties and years that have a report."""
    found = {(row["code"], row["year"]): None for row in reader.rows("documents_listed") if row["code"]}
    return ({"code": code, "year": str(year)} for code, year in found)


def listed_documents(reader: Reader, _: Evidence) -> Iterator[Given]:
    """The documents that a report was read from."""
    return ({"sha256": row["sha256"]} for row in reader.rows("documents_listed"))


def _page(reader: Reader, sha256: str) -> ReportPage | None:
    with reader.connection as connection:
        report = report_of(connection, sha256)
        if report is None:
            return None
        printed = printed_report(connection, report)
    return ReportPage(
        printed=printed,
        tables=tuple(shown(table) for table in printed.tables),
        cells=reader.table("report_cells", document=sha256),
        findings=reader.table("report_findings", document=sha256),
        others=reader.table("documents_of_year", code=report.county_code, year=report.year),
    )
