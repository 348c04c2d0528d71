"""What Alembic runs: the migrations on the connection that `etl.catalogue.database` hands over."""

from alembic import context

from etl.catalogue.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
context.run_migrations()
