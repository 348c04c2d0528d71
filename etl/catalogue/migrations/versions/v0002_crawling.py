"""What crawling needs: runs, portals and visits; listings, pages and requests; reports and revisions."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _sha256(
    name: str, *keys: sa.ForeignKey, primary_key: bool = False, nullable: bool = False
) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), *keys, primary_key=primary_key, nullable=nullable)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _portal(primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "portal_key", sa.String(), sa.ForeignKey("portal.key"), primary_key=primary_key, nullable=False
    )


def _run(primary_key: bool = False) -> sa.Column[int]:
    return sa.Column("run_id", sa.Integer(), sa.ForeignKey("run.id"), primary_key=primary_key, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), primary_key=True),
        _moment("started_at"),
        _moment("finished_at", nullable=True),
        _text("outcome", nullable=True),
    )
    op.create_table(
        "portal",
        sa.Column("key", sa.String(), primary_key=True),
        _text("home"),
        _text("family", nullable=True),
        _moment("first_seen_at"),
        _moment("last_ok_at", nullable=True),
    )
    op.create_table(
        "visit",
        _run(primary_key=True),
        _portal(primary_key=True),
        _text("outcome"),
        _text("message"),
        _moment("started_at"),
        _moment("finished_at"),
        _text("family", nullable=True),
        *map(_count, ("listings", "found", "fetched", "unchanged", "failed", "requests")),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
    )
    op.create_index("visit_of_portal", "visit", ["portal_key", "started_at"])
    op.create_table(
        "listing",
        _portal(primary_key=True),
        _sha256("url_sha256", primary_key=True),
        _text("url"),
        _text("family"),
        _text("origin"),
        _sha256("links_sha256"),
        _count("reports"),
        _moment("first_seen_at"),
        _moment("last_seen_at"),
    )
    op.create_table(
        "page",
        _portal(primary_key=True),
        _sha256("url_sha256", primary_key=True),
        _text("url"),
        _sha256("sha256"),
        _sha256("said_sha256", nullable=True),
        *(_text(name, nullable=True) for name in ("etag", "last_modified", "served_at")),
        _moment("fetched_at"),
        _moment("checked_at"),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        _run(),
        _portal(),
        _text("url"),
        _text("kind"),
        _moment("at"),
        sa.Column("status", sa.Integer()),
        _text("outcome"),
        _sha256("sha256", nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        _text("message"),
    )
    op.create_index("request_of_portal", "request", ["portal_key", "run_id"])
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), primary_key=True),
        _portal(),
        _sha256("url_sha256"),
        _text("url"),
        _text("title"),
        sa.Column("year", sa.Integer()),
        _text("county_code", nullable=True),
        _text("body", nullable=True),
        sa.Column("listed_on", sa.Date()),
        _moment("first_seen_at"),
        _moment("last_seen_at"),
        _moment("withdrawn_at", nullable=True),
        sa.UniqueConstraint("portal_key", "url_sha256", name="report_of_portal"),
    )
    op.create_table(
        "revision",
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("report.id"), primary_key=True),
        _sha256("url_sha256", primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        _text("url"),
        _text("role"),
        _sha256("sha256", sa.ForeignKey("document.sha256")),
        _text("file_name"),
        _moment("fetched_at"),
    )
    op.create_index("revision_of_document", "revision", ["sha256"])
