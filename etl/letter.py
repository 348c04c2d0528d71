"""``gouji letter``: a courteous note in Chinese to the publisher of a report, on what does not add up in it.

Only findings that are the source's own are listed (``blame`` source), and no mere implausibilities. Nothing is
sent: who signs it reads it first.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

import duckdb

from etl.errors import GoujiError
from etl.warehouse.reports import Report

_POINTS = """
SELECT explanation_zh, dim_reason.zh
FROM report_finding
JOIN dim_reason USING (reason)
JOIN dim_rule USING (rule_id)
WHERE report_key = ? AND status = 'fail' AND blame = 'source'
    AND (report_finding.severity IN ('hard', 'near_hard') OR scope = 'narrative')
ORDER BY list_position(['hard', 'near_hard', 'soft'], report_finding.severity), check_key, rule_id,
    explanation_zh
"""
_BODIES = ("政府", "办公室", "办", "局", "委", "委员会", "乡", "镇", "街道办事处")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter by paragraphs: ``points`` are the inconsistencies, one each."""

    title: str
    addressee: str
    opening: str
    points: tuple[str, ...]
    closing: tuple[str, ...]
    signature: str = "（署名、联系方式、日期）"


def compose(connection: duckdb.DuckDBPyConnection, report: Report) -> Letter:
    """The letter on a report of the warehouse.

    Raises:
        GoujiError: nothing in it is known to be inconsistent by the source's own doing.
    """
    rows = connection.execute(_POINTS, [report.key]).fetchall()
    if not rows:
        raise GoujiError(
            f"{report.county_name} {report.year}: no check is known to fail by the source's own doing, so there"
            f" is nothing to write; gouji explain {report.county_code} {report.year} lists what is undecided"
        )
    ((publisher, title),) = connection.execute(
        "SELECT publisher, title FROM dim_report WHERE report_key = ?", [report.key]
    ).fetchall()
    name = title or f"{report.county_name}{report.year}年政府信息公开工作年度报告"
    if report.county_name not in name:
        name = f"{report.county_name}{name}"
    is_body = publisher is not None and publisher.endswith(_BODIES)
    where = f"（{report.url}）" if report.url and report.url.startswith("http") else ""
    return Letter(
        title=f"关于《{name}》若干数据的核对建议",
        addressee=f"{publisher if is_body else report.county_name + '人民政府办公室'}：",
        opening=f"您好！我们在阅读贵单位公布的《{name}》{where}时，注意到下列数据彼此似不一致，谨按所在位置列出，"
        "供贵单位核对时参考：",
        points=tuple(text.removesuffix(f"{reason}。") for text, reason in rows),
        closing=(
            "以上均按报告所印数字，依国务院办公厅规定的年度报告格式及表内注明的勾稽关系逐项核对得出，我们未改动任何"
            "数字；所列可能的更正（如有）仅为推算，应以贵单位掌握的实际情况为准。如属我们理解有误，敬请谅解并指正。",
            "如经核对确有出入，建议更正后重新公布并注明更正情况，以便公众准确使用。感谢贵单位为政府信息公开所做的工作！",
            "顺祝",
            "工作顺利！",
        ),
    )


def as_markdown(letter: Letter) -> str:
    """The letter as Markdown."""
    points = "\n".join(f"{number}. {_marked(point)}" for number, point in enumerate(letter.points, start=1))
    closing = "\n\n".join(letter.closing)
    return (
        f"# {_marked(letter.title)}\n\n{_marked(letter.addressee)}\n\n{_marked(letter.opening)}\n\n{points}\n\n"
        f"{closing}\n\n{letter.signature}\n"
    )


def _marked(text: str) -> str:
    """Text in which nothing is taken for markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_#[]<>|" else sign for sign in text)


def as_docx(letter: Letter) -> bytes:
    """The letter as a Word document (Office Open XML); the same letter gives the same bytes."""
    body = _paragraph(letter.title, size=32, align="center", bold=True)
    body += _paragraph(letter.addressee)
    body += _paragraph(letter.opening, indent=True)
    for number, point in enumerate(letter.points, start=1):
        body += _paragraph(f"{number}. {point}", indent=True)
    for paragraph in letter.closing:
        body += _paragraph(paragraph, indent=True)
    body += _paragraph(letter.signature, align="right")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": _DOCUMENT.format(body=body),
        }.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _paragraph(text: str, size: int = 24, align: str = "both", indent: bool = False, bold: bool = False) -> str:
    """A paragraph of 12-point 宋体, sizes in half points; indented by two characters as Chinese letters are."""
    first = '<w:ind w:firstLineChars="200" w:firstLine="480"/>' if indent else ""
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:p><w:pPr><w:spacing w:line="360" w:lineRule="auto"/>{first}<w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>{weight}'
        f'<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    f'{_XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{{body}}'
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992"'
    ' w:gutter="0"/></w:sectPr></w:body></w:document>'
)
