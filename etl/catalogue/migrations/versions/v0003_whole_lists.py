"""Whether a visit read the portal's lists to their end: only then does silence say anything."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Of earlier visits it is not known, so they prove no silence."""
    op.add_column("visit", sa.Column("is_list_whole", sa.Boolean(), nullable=False, server_default=sa.false()))
