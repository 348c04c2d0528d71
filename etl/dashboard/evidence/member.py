"""The document inside an archive that a path is about."""

from etl.content.sniff import ARCHIVES, sniff
from etl.extract.bundle import members
from etl.model import ReadError

_INSIDE = "!"  # between a member's name and a path in it, see etl.pipeline.bundle


def member_of(content: bytes, name: str, path: str | None, max_bytes: int) -> tuple[bytes, str, str | None]:
    """Content, name and inner path of the document that ``path`` lies in: the file, unless it is an archive.

    Raises:
        ReadError: the archive cannot be opened, or holds no such member.
    """
    if sniff(content) not in ARCHIVES:
        return content, name, path
    for member in members(content, max_bytes=max_bytes):
        if path is None or not (path == member.name or path.startswith(f"{member.name}{_INSIDE}")):
            continue
        if isinstance(member.content, ReadError):
            raise member.content
        inside = path[len(member.name) + len(_INSIDE) :] or None
        return member.content, member.name, inside
    raise ReadError("corrupt", "the archive holds no such document")
