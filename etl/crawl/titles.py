"""Whether a link is a county's annual report, told from its title alone."""

import re
from functools import lru_cache
from typing import NamedTuple

from etl.forms.labels import compact
from etl.places import Counties, County
from etl.places.identify import TitleParts, title_parts

Body = str
"""county, office, department, township or park."""

_WANTED = ("county", "office", None)

# Why a title that speaks of such a report is none. The first that fits is given as the reason.
_NOT_A_REPORT = (
    ("picture", r"图解|一图|图说|图示|图读|读懂|长图|动漫|海报|H5|视频"),
    ("explanation", r"解读|答记者问|说明会|新闻发布|报告》?的说明$"),
    (
        "notice",
        r"(?:做好|开展|报送|编制|撰写|上报|填报|编写|编发|组织).{0,40}(?:通知|方案|要求|函|会议?$)"
        r"|格式|模板|培训|考核|评估",
    ),
    (
        "another_report",
        r"法治政府|网站(?:工作|监管|建设)|政务新媒体|统计公报|预算|决算|绩效|社会信用|廉政|审计",
    ),
    ("instructions", r"(?:指南|制度|条例|办法|目录|清单|规定|流程|申请表|专栏|平台)$"),
)
_REASONS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _NOT_A_REPORT)
# Slips of those who type titles, and how a report is called beside its name.
_SLIPS = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"年[底终]报告", "年度报告"),
        (r"报[吿各吉]", "报告"),
        (r"年度报$", "年度报告"),
        (r"信息公(?=工作|年)", "信息公开"),
        (r"政府信息(?=工作?年度报告|年报|年度报告)", "政府信息公开"),
        (r"(?:工作)?情况的报告", "情况报告"),
        (r"信息公开(?:年度)?报告", "信息公开年度报告"),
    )
)
_SPEAKS_OF_ONE = re.compile(r"年报|年度报告|工作报告|情况报告|年度工作情况")
_CUT = re.compile(r"(?P<stem>信息公开)(?:工作?|工?作?年度?报?告?)?(?:…+|\.{2,}|⋯+)$")
_BARE = re.compile(r"^(?P<body>.{0,24}?)(?P<year>20[0-3]\d)年?度?(?:年度报告|年报|报告)$")
_PARK = re.compile(
    r"开发区|管委会|管理委员会|工业园|产业园|园区|高新区|新区|试验区|示范区|度假区|风景区|保税区"
)
_GOVERNMENT = re.compile(
    r"^(?:本?级|[县区市旗]本?级|全?[县区市旗])?(?:人民政府|政府)?(?:系统|机关|本级|\([县区市旗]?本级\))?$"
)


class Title(NamedTuple):
    """What a title says. ``body`` is None where it names none: then it is the portal's own county."""

    text: str
    is_report: bool
    why_not: str | None = None
    year: int | None = None
    body: Body | None = None
    county_code: str | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether it is a report of a county, of its office, or of a body it does not name."""
        return self.is_report and self.why_not is None and self.body in _WANTED


def judge(text: str, counties: Counties, portal_code: str) -> Title:
    """Judge a link by its title.

    Args:
        text: what the link says.
        counties: the divisions to tell names by.
        portal_code: whose portal it stands on: a county's code, or a prefecture's (ending 00), whose columns
            carry the reports of its counties. There a title that names no county is the prefecture's own.
    """
    if "年" not in text or len(text) > 200:
        return Title(text, False, "no_report")
    tight = _CUT.sub(r"\g<stem>工作年度报告", compact(text))
    for slip, meant in _SLIPS:
        tight = slip.sub(meant, tight)
    if not _SPEAKS_OF_ONE.search(tight):
        return Title(text, False, "no_report")
    for reason, pattern in _REASONS:
        if pattern.search(tight):
            return Title(text, False, reason)
    if "公开" not in tight:
        if (bare := _BARE.match(tight)) is None:
            return Title(text, False, "no_report")
        # 清河县2023年年报: in full it would say of what.
        tight = f"{bare['body']}{bare['year']}年政府信息公开工作年度报告"
    tight = tight.replace("政务公开", "政府信息公开") if "信息公开" not in tight else tight
    parts = title_parts(tight, counties, "".join(_parents(counties, portal_code)))
    if parts is None:
        return Title(text, False, "no_report")
    if parts.year is None:
        return Title(text, False, "no_year")
    county = parts.county or next((one for one in parts.rivals if one.code == portal_code), None)
    if county is None and (short := _called_short(parts, counties, portal_code)) is not None:
        county, parts = short
    body = _body(parts, county)
    is_column = portal_code.endswith("00") and not counties.coded(portal_code)  # 东莞 441900 has no counties
    if county is None:
        if is_column or parts.publisher.startswith(_parents(counties, portal_code)):
            return Title(text, True, "prefecture", parts.year)
        return Title(text, True, None, parts.year, body, portal_code)
    if not is_column and not _is_same(county, portal_code, counties):
        return Title(text, False, "another_county", parts.year, body, county.code)
    return Title(text, True, None, parts.year, body, county.code)


def _body(parts: TitleParts, county: County | None) -> Body | None:
    if _PARK.search(parts.publisher.replace(county.name, "") if county else parts.publisher):
        return "park"
    if _GOVERNMENT.match(parts.named):
        return "county" if county or parts.publisher else None
    if parts.scope is not None:
        return parts.scope
    return "department"  # 残联, 编办: a body we have no word for, and not the county's


def _called_short(parts: TitleParts, counties: Counties, portal_code: str) -> tuple[County, TitleParts] | None:
    """The county of a title that calls it 绥中 or, of an autonomous county, 宽城县."""
    for name, county in _short_names(counties, portal_code).items():
        if parts.publisher.startswith(name):
            named = parts.publisher[len(name) :].removeprefix(county.name[-1])
            if _GOVERNMENT.match(named):
                return county, parts._replace(named="", scope="county")
            if re.fullmatch(r"(?:人民)?政府办(?:公室)?", named):
                return county, parts._replace(named=named, scope="office")
    return None


@lru_cache(maxsize=4096)
def _short_names(counties: Counties, portal_code: str) -> dict[str, County]:
    """The counties of a portal by the names they go by there: 绥中, 宽城 (满族自治县), 城区, which elsewhere is
    a word like any other. A name that stands for the prefecture as well, as 长沙 does, is none."""
    rows = counties.coded(portal_code) or counties.below(portal_code)
    rows = [row for row in rows if row.is_division]
    short = {row.name[:2] if "自治" in row.name else row.name[:-1]: row for row in rows}
    own = {name: row for name, row in short.items() if len(name) > 1 and not row.prefecture.startswith(name)}
    return own | {row.name: row for row in rows}


@lru_cache(maxsize=4096)
def _parents(counties: Counties, portal_code: str) -> tuple[str, ...]:
    """The names of province and prefecture above a portal."""
    rows = counties.coded(portal_code) or counties.below(portal_code)
    return tuple(name for name in (rows[-1].province, rows[-1].prefecture) if name) if rows else ()


def _is_same(county: County, portal_code: str, counties: Counties) -> bool:
    """Whether a county is the portal's: under its present code, an earlier one, or that of a merger."""
    if county.code == portal_code:
        return True
    latest = max((row.valid_from for row in counties.coded(portal_code)), default=0)
    return any(now.code == portal_code for now in counties.at(county, latest))
