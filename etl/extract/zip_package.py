"""ZIP packages opened safely: archives, and the office formats that are archives of XML.

Nothing is ever written to disk, so a member's name cannot lead anywhere; members are bounded in number, size
and ratio before any of them is unpacked.
"""

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from etl.model import ReadError

MAX_MEMBERS = 2_000
MAX_RATIO = 200  # honest documents stay below 100
RATIO_COUNTS_FROM = 2**23  # bytes; what unpacks to less is harmless at any ratio
_MAX_XML = 2**25  # bytes; a tree takes about ten times its XML
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,  # a packing method beyond zipfile's
    ValueError,
    RuntimeError,
)


class ZipPackage:
    """The members of one ZIP file held in memory."""

    def __init__(self, content: bytes, *, max_bytes: int) -> None:
        """Open and judge the directory.

        Args:
            content: the file's bytes.
            max_bytes: how much all members may hold together, unpacked.

        Raises:
            ReadError: ``corrupt``, ``too_large``, or ``unsafe`` for an archive made to swell.
        """
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _FAULTS as error:
            raise ReadError("corrupt", f"the archive cannot be opened: {error}") from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > MAX_MEMBERS:
            raise ReadError("unsafe", f"the archive has {len(infos)} members; at most {MAX_MEMBERS} are opened")
        for info in infos:
            if info.file_size > max(RATIO_COUNTS_FROM, info.compress_size * MAX_RATIO):
                raise ReadError(
                    "unsafe",
                    f"{member_name(info)} unpacks to {info.file_size / 2**20:.0f} MB,"
                    f" over {MAX_RATIO} times what it is packed: an archive made to swell",
                )
        total = sum(info.file_size for info in infos)
        if total > max_bytes:
            raise ReadError(
                "too_large",
                f"the archive unpacks to {total / 2**20:.0f} MB; at most {max_bytes / 2**20:.0f} MB are read",
            )
        self._infos = {member_name(info): info for info in infos}

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names in the order of the archive, folders left out."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """A member's bytes, never more than its entry in the directory says.

        Raises:
            ReadError: ``encrypted``, or ``corrupt`` when it is missing or damaged.
        """
        info = self._infos.get(name)
        if info is None:
            raise ReadError("corrupt", f"the archive has no {name}")
        if info.flag_bits & 1:
            raise ReadError("encrypted", f"{name} is encrypted; it cannot be read without its password")
        try:
            return self._zip.read(info)
        except _FAULTS as error:
            raise ReadError("corrupt", f"{name} cannot be unpacked: {error}") from error

    def xml(self, name: str) -> etree._Element:
        """The root of an XML member.

        Raises:
            ReadError: as `read`; ``corrupt`` for what is no XML; ``too_large``; ``unsafe`` for XML with a
                document type, which no office format has and every attack by XML needs.
        """
        content = self.read(name)
        if len(content) > _MAX_XML:
            raise ReadError(
                "too_large",
                f"{name} has {len(content) / 2**20:.0f} MB of XML; at most {_MAX_XML / 2**20:.0f} MB are read",
            )
        return parse_xml(content, name)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root of an XML document in which nothing is expanded, fetched or nested without end.

    Raises:
        ReadError: ``corrupt`` or ``unsafe``.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in content.replace(b"\x00", b""):
            raise ReadError("unsafe", f"{name} declares a document type of its own") from error
        raise ReadError("corrupt", f"{name} is damaged XML: {error}") from error
    if root is None:
        raise ReadError("corrupt", f"{name} holds no XML")
    if root.getroottree().docinfo.doctype:
        raise ReadError("unsafe", f"{name} declares a document type of its own; no office program writes one")
    return root


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name. Chinese systems write GBK where the format knows only CP437 and, flagged, UTF-8."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return told_name(raw)


def told_name(raw: bytes) -> str:
    """A file name of no stated encoding: UTF-8, else what Chinese Windows writes."""
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
