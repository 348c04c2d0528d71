"""What a catalogue holds, in a form in which two can be compared."""

from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase

from etl.catalogue.models import Document, Listing, Page, Portal, Report, Request, Revision, Visit


def contents(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything but times, numbers of rows and counts of requests, sorted: what two crawls of the same portals
    agree in, however often one of them was interrupted."""
    url = make_url(address)
    engine = create_engine(url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url)
    of_report = (Report.portal_key, Report.url)
    queries = {
        "portal": select(Portal.key, Portal.home, Portal.family, Portal.last_ok_at.is_not(None)),
        "visit": select(Visit.portal_key, Visit.outcome, Visit.found).distinct(),
        "listing": select(*_columns(Listing, "portal_key url family origin links_sha256 reports")),
        "page": select(*_columns(Page, "portal_key url sha256 etag last_modified")),
        "report": select(
            *of_report,
            *_columns(Report, "title year county_code body listed_on"),
            Report.withdrawn_at.is_not(None),
        ),
        "revision": select(*of_report, *_columns(Revision, "url number role sha256 file_name")).join(Report),
        # Of one content under two addresses the document has whichever came first.
        "document": select(*_columns(Document, "sha256 stated_county stated_year")),
    }
    try:
        with engine.connect() as connection:
            return {
                name: sorted((tuple(row) for row in connection.execute(query)), key=repr)
                for name, query in queries.items()
            }
    finally:
        engine.dispose()


def requests_of(address: str, portal_key: str) -> list[tuple[str, str]]:
    """The requests to a portal that are in the log, as (address, outcome), in order."""
    engine = create_engine(address)
    query = select(Request.url, Request.outcome).where(Request.portal_key == portal_key).order_by(Request.id)
    try:
        with engine.connect() as connection:
            return [(url, outcome) for url, outcome in connection.execute(query)]
    finally:
        engine.dispose()


def _columns(model: type[DeclarativeBase], names: str) -> list[Any]:
    return [getattr(model, name) for name in names.split()]
