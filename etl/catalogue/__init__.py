"""The catalogue: the little state that is not in files, in SQLite or PostgreSQL."""

from etl.catalogue.documents import Catalogue, Document

__all__ = ["Catalogue", "Document"]
