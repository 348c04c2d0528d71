"""ZIP packages with the same bytes every time: of the office formats and of archives."""

import zipfile
from collections.abc import Mapping
from html import escape
from io import BytesIO

WHEN = (2025, 1, 10, 9, 0, 0)


def packed(parts: Mapping[str, bytes | str], *, gbk_names: bool = False) -> bytes:
    """The parts as a ZIP file; with ``gbk_names`` named as old Chinese Windows did, without saying so."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = _GbkInfo(name, WHEN) if gbk_names else zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, content)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a ZIP file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _GbkInfo(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (zipfile's name)
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def office(parts: Mapping[str, str], main: str, types: Mapping[str, str]) -> bytes:
    """An Open Packaging file (ECMA-376 part 2): its parts, their content types, and which is the main one."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in types.items()
    )
    content_types = (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return packed(
        {"[Content_Types].xml": content_types, "_rels/.rels": relations({"rId1": ("officeDocument", main)})}
        | dict(parts)
    )


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """A relationships part: for each id the kind and target."""
    found = "".join(
        f'<Relationship Id="{key}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return (
        f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{found}</Relationships>"
    )


def said(text: str) -> str:
    """Text as XML content."""
    return escape(text, quote=False)
