"""What reports and statements were before: without it nothing can say what was known at an earlier time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, with what earlier catalogues still tell: the last state, and when it was withdrawn."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "report_state",
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("at", moment, primary_key=True),
        sa.Column("year", sa.Integer()),
        sa.Column("county_code", sa.String()),
        sa.Column("body", sa.String()),
        sa.Column("listed_on", sa.Date()),
        sa.Column("withdrawn_at", moment),
    )
    op.create_table(
        "statement",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("document.sha256"), primary_key=True),
        sa.Column("at", moment, primary_key=True),
        sa.Column("stated_county", sa.String(6)),
        sa.Column("stated_year", sa.Integer()),
    )
    kept = "SELECT id, {at}, year, county_code, body, listed_on, {gone} FROM report {where}"
    op.execute("INSERT INTO report_state " + kept.format(at="first_seen_at", gone="NULL", where=""))
    op.execute(
        "INSERT INTO report_state "
        + kept.format(at="withdrawn_at", gone="withdrawn_at", where="WHERE withdrawn_at > first_seen_at")
    )
    op.execute(
        "INSERT INTO statement SELECT sha256, fetched_at, stated_county, stated_year FROM document "
        "WHERE stated_county IS NOT NULL OR stated_year IS NOT NULL"
    )
