"""What Alembic runs: the migrations on the connection that `etl.catalogue.database` hands over."""

from typing import Literal

from alembic import context
from sqlalchemy import TypeDecorator

from etl.catalogue.models import Base


def _plain(kind: str, item: object, _: object) -> str | Literal[False]:
    """Migrations name the database's types, not ours, which may change."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    render_item=_plain,
)
context.run_migrations()
