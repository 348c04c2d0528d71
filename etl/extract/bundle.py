"""Bundles: the documents inside an archive, and inside archives in it, one at a time and within limits."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from urllib.parse import unquote

from etl.content.sniff import ARCHIVES, sniff
from etl.extract.archive_package import ArchivePackage
from etl.extract.zip_package import ZipPackage
from etl.model import ReadError

_MAX_DEPTH = 3  # an archive in an archive in an archive
_MAX_DOCUMENTS = 200
_UNPACKED = 4  # times max_bytes: what all members may hold together
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_ESCAPE = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")
_NO_DOCUMENT = frozenset({"css", "js", "gif", "ico", "svg", "xml", "rels", "json", "exe", "dll"})


class Member(NamedTuple):
    """A file of a bundle: its name after those of the archives it lies in, and its bytes or why it has none.

    ``beside`` gives the name and bytes of a file that it names by a relative address, and None where there is
    none.
    """

    name: str
    content: bytes | ReadError
    beside: Callable[[str], tuple[str, bytes] | None]


class _Package(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...

    def read(self, name: str) -> bytes: ...


@dataclass
class _Budget:
    """What may still be unpacked, shared by nested archives."""

    bytes: int
    documents: int = _MAX_DOCUMENTS


def members(content: bytes, *, max_bytes: int) -> Iterator[Member]:
    """The documents of an archive in its order, unpacked as they are asked for.

    Folders, and what systems and web pages leave beside documents, are left out. Names that lead out of the
    archive are refused, though nothing is ever written.

    Args:
        content: the archive's bytes.
        max_bytes: of one document; all together may have four times as many.

    Raises:
        ReadError: ``corrupt``, ``encrypted``, ``too_large``, ``unsafe`` or ``libarchive_missing``: the archive
            itself cannot be opened, or is made to swell. What is wrong with one member comes with it.
    """
    yield from _members(content, "", 1, _Budget(_UNPACKED * max_bytes), max_bytes)


def _members(content: bytes, prefix: str, depth: int, budget: _Budget, max_bytes: int) -> Iterator[Member]:
    if depth > _MAX_DEPTH:
        raise ReadError("unsafe", f"archives lie in each other more than {_MAX_DEPTH} deep")
    package = _opened(content, budget.bytes)
    for inner in package.names:
        name = f"{prefix}{inner}"
        beside = _beside(package, prefix, inner)
        if _JUNK.search(inner) or inner.rpartition(".")[2].lower() in _NO_DOCUMENT:
            continue
        if _ESCAPE.search(inner):
            yield Member(name, ReadError("unsafe", "its name leads out of the archive"), beside)
            continue
        budget.documents -= 1
        if budget.documents < 0:
            raise ReadError("unsafe", f"the archive holds more than {_MAX_DOCUMENTS} documents")
        try:
            found = package.read(inner)
        except ReadError as error:
            yield Member(name, error, beside)
            continue
        budget.bytes -= len(found)
        if len(found) > max_bytes or budget.bytes < 0:
            size = f"{len(found) / 2**20:.0f} MB"
            refused = ReadError("too_large", f"it has {size}; {max_bytes / 2**20:.0f} MB are read")
            yield Member(name, refused, beside)
        elif sniff(found) in ARCHIVES:
            try:
                yield from _members(found, f"{name}/", depth + 1, budget, max_bytes)
            except ReadError as error:
                yield Member(name, error, beside)
        else:
            yield Member(name, found, beside)


def _opened(content: bytes, max_bytes: int) -> _Package:
    if sniff(content) == "zip":
        return ZipPackage(content, max_bytes=max_bytes)
    return ArchivePackage(content, max_bytes=max_bytes)


def _beside(package: _Package, prefix: str, page: str) -> Callable[[str], tuple[str, bytes] | None]:
    folder = posixpath.dirname(page)

    def found(address: str) -> tuple[str, bytes] | None:
        path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
        name = posixpath.normpath(posixpath.join(folder, path))
        try:
            return (f"{prefix}{name}", package.read(name)) if name in package.names else None
        except ReadError:
            return None

    return found
