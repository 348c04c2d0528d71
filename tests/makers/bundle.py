"""Archives as portals offer them for download: the report among other files, by names of any encoding."""

import gzip
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from tests.makers.docx import docx
from tests.makers.html import html
from tests.makers.layout import Document, Grid, lay_out
from tests.makers.packages import packed
from tests.makers.pdf import PDF_STYLES, pdf
from tests.makers.prose import Paragraph
from tests.makers.rar import rar
from tests.makers.xls import xls


@dataclass(frozen=True)
class BundleStyle:
    """``gbk_names`` writes names as old Chinese Windows does; ``nested`` puts the archive into another;
    ``parts`` is a workbook for each table, as three attachments; ``member`` is the report's format, ``archive``
    that of what holds it."""

    member: str = "pdf"
    archive: Literal["zip", "rar", "tar", "tar.gz"] = "zip"
    gbk_names: bool = False
    nested: bool = False
    parts: bool = False


BUNDLE_STYLES: Mapping[str, BundleStyle] = {
    "zip_pdf": BundleStyle(),
    "zip_gbk": BundleStyle("docx", gbk_names=True),
    "zip_nested": BundleStyle("html", nested=True),
    "zip_parts": BundleStyle("xlsx", parts=True),
    "rar_docx": BundleStyle("docx", archive="rar"),
    "rar_parts": BundleStyle("xlsx", archive="rar", parts=True),
    "tar_html": BundleStyle("html", archive="tar", gbk_names=True),
    "tar_gz_pdf": BundleStyle("pdf", archive="tar.gz"),
}
_LETTER = "关于报送政府信息公开年度报告的函\n\n现将年度报告随函报送，请予审核。\n"


def bundle(document: Document, style: BundleStyle = BUNDLE_STYLES["zip_pdf"]) -> bytes:
    """The document as an archive."""
    name = f"{document.report.year}年政府信息公开工作年度报告"
    parts: dict[str, bytes | str] = {f"{name}/函.txt": _LETTER, "__MACOSX/._函.txt": b"\x00\x05\x16\x07"}
    if style.parts:
        for number, part in enumerate(_parts(document), 1):
            parts[f"{name}/附件{number}.{style.member}"] = _written(part, style.member)
    else:
        parts[f"{name}/{name}.{style.member}"] = _written(document, style.member)
        parts[f"{name}/附表.xlsx"] = xls(_incomplete(document))
    content = _packed(parts, style)
    return packed({"附件.zip": content}) if style.nested else content


def _packed(parts: Mapping[str, bytes | str], style: BundleStyle) -> bytes:
    if style.archive == "zip":
        return packed(parts, gbk_names=style.gbk_names)
    contents = {name: one.encode() if isinstance(one, str) else one for name, one in parts.items()}
    if style.archive == "rar":
        return rar(contents)
    out = BytesIO()
    with tarfile.open(
        fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk" if style.gbk_names else "utf-8"
    ) as archive:
        for name, one in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(one)
            archive.addfile(member, BytesIO(one))
    return gzip.compress(out.getvalue(), mtime=0) if style.archive == "tar.gz" else out.getvalue()


def _written(document: Document, kind: str) -> bytes:
    match kind:
        case "pdf":
            return pdf(document, PDF_STYLES["ruled"])
        case "docx":
            return docx(document)
        case "xlsx":
            return xls(document)
        case _:
            return html(document, "word", "gbk")


def _incomplete(document: Document) -> Document:
    """Only the last table: an appendix that is not the report."""
    last = [block for block in document.blocks if isinstance(block, Grid)][-1]
    return replace(lay_out(document.report), blocks=(last,))


def _parts(document: Document) -> list[Document]:
    """A document for each table, all under the report's title."""
    title = Paragraph(document.report.title, "title")
    tables: dict[str, list[Grid]] = {}
    for block in document.blocks:
        if isinstance(block, Grid):
            tables.setdefault(block.key, []).append(block)
    return [replace(document, blocks=(title, *grids)) for grids in tables.values()]
