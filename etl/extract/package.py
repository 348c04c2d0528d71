"""ZIP packages of XML parts (OFD, DOCX and the like), opened so that a hostile one does no harm."""

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from etl.model import ReadError

_MAX_PARTS = 10_000
_MAX_PART = 64 * 2**20  # bytes of one part, unpacked
_MAX_READ = 192 * 2**20  # bytes of all parts that are read, unpacked
_MAX_RATIO = 200  # unpacked to packed, of parts above _RATIO_FROM: text packs to a tenth, a bomb to a thousandth
_RATIO_FROM = 2**20


class Package:
    """An open package. Parts are found whatever the case and the slashes of their names.

    Raises:
        ReadError: ``corrupt`` where it is no whole ZIP file, ``unsafe_package`` where it has too many parts.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise ReadError("corrupt", f"the package cannot be opened: {error}") from error
        parts = self._zip.infolist()
        if len(parts) > _MAX_PARTS:
            raise ReadError(
                "unsafe_package", f"the package has {len(parts)} parts; at most {_MAX_PARTS} are read"
            )
        self._parts = {_plain(part.filename): part for part in parts}
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names in lower case, with slashes and without a leading one."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            ReadError: ``corrupt``, ``encrypted`` or ``unsafe_package`` (it unpacks to too much).
        """
        part = self._parts.get(_plain(name))
        if part is None:
            raise ReadError("corrupt", f"the package has no part {name}")
        if part.flag_bits & 0x1:
            raise ReadError("encrypted", f"the package asks for a password for its part {name}")
        self._read += part.file_size
        swollen = part.file_size > _RATIO_FROM and part.file_size > _MAX_RATIO * max(part.compress_size, 1)
        if swollen or part.file_size > _MAX_PART or self._read > _MAX_READ:
            size = part.file_size / 2**20
            raise ReadError("unsafe_package", f"the package's part {name} unpacks to {size:.0f} MB")
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise ReadError("corrupt", f"the package's part {name} cannot be unpacked: {error}") from error

    def xml(self, name: str) -> etree._Element:
        """The root of a part that is XML. Nothing is fetched, and no entity is put in.

        Raises:
            ReadError: as for ``read``; ``corrupt`` where it is no XML, ``unsafe_package`` where it declares a
                document type, for which no writer of such packages has a use.
        """
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ReadError("corrupt", f"the package's part {name} is no XML: {error}") from error
        if root.getroottree().docinfo.doctype:
            raise ReadError("unsafe_package", f"the package's part {name} declares a document type")
        return root


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
