"""The archive: everything that was fetched or taken in, as WARC, found again by its content.

docs/reference/archive.md describes the files. Nothing in it is ever changed or deleted.
"""

from etl.archive.archive import Archive
from etl.archive.errors import ArchiveError, ArchiveIOError
from etl.archive.exchange import Exchange
from etl.archive.index import Record
from etl.archive.verify import Fault
from etl.archive.writer import ArchiveWriter

__all__ = ["Archive", "ArchiveError", "ArchiveIOError", "ArchiveWriter", "Exchange", "Fault", "Record"]
