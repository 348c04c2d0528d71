"""The catalogue: the little state that is not in files, in SQLite or PostgreSQL."""

from etl.catalogue.catalogue import Catalogue
from etl.catalogue.database import CatalogueError

__all__ = ["Catalogue", "CatalogueError"]
