"""Write a new migration of what only the models have: ``python -m etl.catalogue.migrations WHY``.

What comes out is a draft: read it, and set `HEAD` to its number.
"""

import sys

from alembic import command
from alembic.config import Config

from etl.catalogue.database import open_database
from etl.catalogue.migrations import FOLDER, HEAD


def main(why: str) -> None:
    """Compare the models with an empty catalogue in memory, and write the difference to ``versions/``."""
    with open_database("sqlite://").connect() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(FOLDER))
        config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
        command.revision(config, why, autogenerate=True, rev_id=f"{int(HEAD) + 1:04}")


if __name__ == "__main__":
    main(sys.argv[1])
