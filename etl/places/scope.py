"""Whose figures a report has: of the whole county, of its office, of a department or of a township.

Offices publish for the whole county or for themselves under nearly the same title (DOMAIN.md §3), and so do,
more seldom, governments and the departments that keep the reports together. So the title speaks first, the text
may overrule it, and where an office's text says nothing the size of the figures does.
"""

import re
from collections.abc import Iterator

from etl.model import Cue

MANY_DECISIONS = 1000
"""Licences, penalties and coercion of a year: an office decides none, a county more than this."""

_TOWNSHIP = re.compile(r"(?:镇|乡|苏木|街道|街道办事处|办事处)(?:人民政府|政府|办事处|党政办|党政综合办公室)?$")
_OFFICE = re.compile(r"(?:人民)?政府(?:办公室|办)$|^(?:政府)?办公室$|政务公开办公室$|^政府办$|^府办$")
_COUNTY_BODY = re.compile(r"^(?:人民政府|政府|县政府|区政府|市政府|)$")
_DEPARTMENT = re.compile(
    r"(?:局|委|委员会|办|办公室|中心|院|队|大队|支队|站|所|公司|会|社|馆|校|学院|部|厅|处|署|行|集团|政府|库|场|园|区|段)$"
)

_ALL = r"全[县区市旗]"
_TOWNS = r"(?:乡镇|镇街|街镇|乡|镇|街道|园区)"
_BODIES = r"(?:部门|单位|机关|局|委办局|公开主体)"
_OURS = r"(?:我办|本办|我局|本局|我委|本委|我镇|本镇|我单位|本单位|本机关|办公室|政府办)"
# That the figures are those of one body.
_OWN = re.compile(
    rf"(?:报告|数据|内容|情况|统计)[^，。；]{{0,8}}(?:只|仅)(?:反映|统计|包括|包含|涉及|涵盖|含|指|为|限于?|是)"
    rf"[^，。；]{{0,12}}{_OURS}"
    rf"|(?:只|仅)(?:反映|统计|包括|包含|涉及|涵盖|限于?){_OURS}"
    rf"|(?:不|未|没有)(?:含|包括|包含|涵盖|涉及|汇总|统计)[^，。；]{{0,6}}(?:其他|其它|下级|所属|各|县直|区直|市直)?[^，。；]{{0,6}}(?:{_TOWNS}|{_BODIES})"
    rf"|(?:{_TOWNS}|{_BODIES})[^，。；]{{0,10}}(?:另行|单独|分别|自行)(?:编制|公布|发布|公开|报告|统计)"
)
# That they are those of the whole county.
_SUMMED = re.compile(
    rf"(?:{_ALL}|各|所有|全部)[^。；]{{0,24}}(?:{_TOWNS}|{_BODIES})[^。；]{{0,24}}汇总"
    rf"|汇总[^。；]{{0,24}}(?:{_ALL}|各|所有|全部)[^。；]{{0,24}}(?:{_TOWNS}|{_BODIES}|数据|情况|年度?报告)"
    rf"|(?:报告|数据|统计)[^，。；]{{0,10}}(?:涵盖|包括|包含|覆盖|含|为)[^，。；]{{0,6}}(?:{_ALL}|各)[^，。；]{{0,20}}(?:{_TOWNS}|{_BODIES}|数据|情况|行政机关)"
    rf"|{_ALL}各[^，。；]{{0,6}}公开主体"
)
# What an office that reports on the county speaks of; once alone it may only tell of its duties.
_COUNTYWIDE = re.compile(
    rf"(?<!负责)(?<!做好)(?<!指导)汇总|{_ALL}(?:各|共|累计|政府信息|行政机关|依申请|主动公开|上下|范围|[新]?收到|办理|本年)"
    rf"|各(?:乡镇|镇街|街镇|镇|街道|部门|单位)"
)
_KEEPS_REPORTS = re.compile(r"(?:政务服务|数据|行政审批|营商|政务公开|信息中心|电子政务)")


def scope_of(named: str, text: str, decisions: int = 0) -> tuple[str | None, tuple[Cue, ...]]:
    """Tell the scope, and by what.

    Args:
        named: the publisher's name after the county's: empty, ``人民政府``, ``人民政府办公室``, ``自然资源局``.
        text: the report's text, compact.
        decisions: licences, penalties and coercion that its tables print, in all.

    Returns:
        county, office, department or township, None where nothing tells; and the cues, the title's first,
        then all that speaks for or against it. A cue's scope is what it speaks for.
    """
    titled = titled_scope(named)
    cues = [Cue("title", titled, named)] if titled else []
    own = [Cue("text", "office" if titled == "county" else titled, said) for said in _found(_OWN, text)]
    summed = [Cue("text", "county", said) for said in _found(_SUMMED, text)]
    cues += own + summed
    if titled == "county":
        # 不含垂直管理部门 leaves a government's report one of the county: it must name the office.
        is_own = any(re.search(_OURS, cue.text) for cue in own)
        return ("office" if is_own and not summed else "county"), tuple(cues)
    if titled == "department" and summed and not own and _KEEPS_REPORTS.search(named):
        return "county", tuple(cues)
    if titled != "office":
        return titled, tuple(cues)
    countywide = [Cue("text", "county", said) for said in _found(_COUNTYWIDE, text, 3)]
    cues += countywide
    if decisions >= MANY_DECISIONS:
        cues.append(Cue("figures", "county", f"{decisions} decisions"))
    if own and not summed:
        return "office", tuple(cues)
    many = len(countywide) >= 2 or any("汇总" in one.text for one in countywide)
    return ("county" if summed or many or decisions >= MANY_DECISIONS else "office"), tuple(cues)


def titled_scope(named: str) -> str | None:
    """The scope that a publisher's name alone speaks for."""
    named = re.sub(r"^(?:人民政府|政府)(?=.)", "", named) if not _OFFICE.search(named) else named
    if _COUNTY_BODY.match(named):
        return "county"
    if _TOWNSHIP.search(named):
        return "township"
    if _OFFICE.search(named):
        return "office"
    return "department" if _DEPARTMENT.search(named) else None


def _found(pattern: re.Pattern[str], text: str, most: int = 2) -> Iterator[str]:
    """The first places where ``pattern`` fits, a few characters more on either side."""
    for number, found in enumerate(pattern.finditer(text)):
        if number == most:
            return
        yield text[max(found.start() - 6, 0) : found.end() + 6]
