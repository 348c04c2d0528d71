"""What earlier visits to a portal found, for the next one."""

from sqlalchemy import Connection, select

from etl.catalogue.models import Listing, Page, Report, Revision
from etl.catalogue.records import KnownListing, KnownPage, KnownReport, Memory, Role


def memory(connection: Connection, portal_key: str) -> Memory:
    """Everything that is remembered of one portal; nothing of one that was never visited."""
    pages = connection.execute(
        select(
            Page.url,
            Page.sha256,
            Page.etag,
            Page.last_modified,
            Page.served_at,
            Page.fetched_at,
            Page.said_sha256,
        ).where(Page.portal_key == portal_key)
    )
    listings = connection.execute(
        select(Listing.url, Listing.family, Listing.origin, Listing.links_sha256, Listing.reports)
        .where(Listing.portal_key == portal_key)
        .order_by(Listing.url_sha256)
    )
    reports = connection.execute(
        select(
            Report.id,
            Report.url,
            Report.title,
            Report.year,
            Report.county_code,
            Report.body,
            Report.withdrawn_at,
        ).where(Report.portal_key == portal_key)
    ).all()
    files: dict[int, dict[str, Role]] = {}
    for report_id, url, role in connection.execute(
        select(Revision.report_id, Revision.url, Revision.role)
        .join(Report)
        .where(Report.portal_key == portal_key)
        .order_by(Revision.report_id, Revision.url_sha256, Revision.number)
    ):
        files.setdefault(report_id, {})[url] = role  # as it was last
    return Memory(
        pages={row.url: KnownPage(*row) for row in pages},
        listings=tuple(KnownListing(*row) for row in listings),
        reports={
            row.url: KnownReport(
                row.url,
                row.title,
                row.year,
                row.county_code,
                row.body,
                row.withdrawn_at is not None,
                tuple(files.get(row.id, {}).items()),
            )
            for row in reports
        },
    )
