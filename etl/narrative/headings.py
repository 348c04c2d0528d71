"""Headings of reports: which section a line opens, in the many wordings of counties and years.

The six sections are those of the notices 国办公开办函〔2019〕60号 and 〔2021〕30号. The chapters of the years
before (概述, 主动公开 …) open the same sections where they speak of the same; others are chapters of their own.
"""

import re
from typing import Literal, NamedTuple

from etl.forms.labels import compact

SECTIONS = ("overview", "disclosure", "requests", "disputes", "problems", "other")
"""Keys of the form's six sections, in its order."""
CHAPTER = "chapter"
"""Key of a chapter of the years before 2019 that the form has no section for."""

Shape = Literal["一、", "第一部分", "（一）", "1.", "(1)", "一", ""]
"""How a heading is numbered; a report numbers its sections in one way, and what is below in others."""


class Heading(NamedTuple):
    """A line, or its beginning, that may open a section.

    ``is_sure``: the words are a section's heading and hardly anything else; other headings are told by their
    number, too. ``end``: where in the line the
    heading ends and text begins. ``ordinal``: its number, 0 where it has none.
    """

    key: str
    shape: Shape
    ordinal: int
    is_sure: bool
    end: int


_NUMBERS = "一二三四五六七八九十"
_NUMBERED: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("第一部分", re.compile(rf"第([{_NUMBERS}]{{1,2}})[部分章节条]{{1,2}}[:：、.，]?")),
    ("（一）", re.compile(rf"[（(〔【]([{_NUMBERS}]{{1,2}})[)）〕】][、.]?")),
    ("一、", re.compile(rf"([{_NUMBERS}]{{1,2}})[、.．,，:：·﹑]+")),
    ("(1)", re.compile(r"[（(](\d{1,2})[)）][、.]?")),
    ("1.", re.compile(r"(\d{1,2})[、.．](?!\d)")),
    ("一", re.compile(rf"([{_NUMBERS}])(?=[^{_NUMBERS}是要方])")),
)
_ORDINALS = {name: index for index, name in enumerate(["", *_NUMBERS, "十一", "十二", "十三", "十四"])}

_ABOUT = (
    r"(?:\d{4}年度?)?(?:本年度?|全年|本)?(?:[\u4e00-\u9fff]{0,10}[县区市旗局镇乡办])?"
    r"(?:政府信息公开|政务公开|信息公开)?(?:工作)?(?:中|的)?"
)
_SURE: tuple[tuple[str, str], ...] = (
    (
        "overview",
        rf"{_ABOUT}(?:(?:总体|基本|整体)(?:工作)?(?:情况|概况)(?:概述)?|概述|概况|综述|工作概述|总述)",
    ),
    ("disclosure", r"(?:政府信息)?主动公开(?:的)?(?:政府|政务)?信息(?:的)?(?:工作)?情况"),
    (
        "requests",
        r"(?:收到|接收|受理)(?:和|及|与|、|并)?(?:处理|办理)?(?:的)?(?:政府)?信息公开申请(?:的)?(?:办理|处理)?(?:的)?情况"
        r"|依申请公开政府信息和不予公开政府信息(?:的)?情况",
    ),
    (
        "disputes",
        r"(?:因|由)?(?:政府)?信息公开(?:工作)?(?:被|引起的?|申请|提起|的|而){0,3}(?:行政)?复议[、，和及与]*"
        r"(?:被|提起|引起|的){0,2}(?:行政)?(?:诉讼|应诉)(?:和|、|及)?(?:申诉|投诉|举报)?(?:的)?(?:情况)?"
        r"|(?:行政)?复议[、，和及与](?:提起)?(?:行政)?诉讼(?:和|、|及)?(?:申诉|投诉|举报)?(?:的)?情况",
    ),
    (
        "problems",
        rf"{_ABOUT}(?:目前|仍然?|还)?(?:存在|面临|主要|工作){{0,2}}(?:的|中的)?(?:主要|突出){{0,2}}(?:的)?(?:问题|不足|困难)(?:和不足|与不足|及不足|和困难)?"
        r"(?:及原因|和原因)?(?:(?:[及和与、，以]|以及){1,2}(?:其)?(?:下一步|今后|明年|\d{4}年|后续|主要|工作|整改|改进|解决|采取){1,4}的?"
        r"(?:工作)?(?:的)?(?:情况|措施|办法|打算|安排|计划|思路|方向|意见|建议|举措|重点){0,2})?",
    ),
    (
        "other",
        r"其[他它](?:需要|需|应当|应|要|有关|重要){1,2}(?:报告|说明|公开|通报)?的?(?:事项|情况|内容|问题)",
    ),
)
_LIKELY: tuple[tuple[str, str], ...] = (
    ("overview", rf"{_ABOUT}(?:情况|开展情况|推进情况|组织领导[^，。]{{0,12}}|主要工作|主要做法)"),
    ("disclosure", r"(?:政府信息)?主动公开[^，。；]{0,14}"),
    ("requests", r"(?:政府信息)?依申请公开[^，。；]{0,20}|[^，。；]{0,6}申请公开[^，。；]{0,16}"),
    ("disputes", r"[^，。；]{0,16}(?:复议|诉讼)[^，。；]{0,18}"),
    ("problems", r"[^，。；]{0,12}(?:问题|不足|困难|改进|下一步|打算)[^，。；]{0,20}"),
    ("other", r"其[他它](?:事项|情况|报告事项|说明事项|说明|内容|方面)?"),
    (CHAPTER, r"[^，。；：:！？]{2,30}"),
)
_CONTENTS = re.compile(r"[.．…·‥\-—_\s]*\d{1,3}$")
_END = r"(?P<end>[:：。.\-—]*)"
_SURE_ALONE = {key: re.compile(f"(?:{words}){_END}$") for key, words in _SURE}
_SURE_BEGINS = {key: re.compile(f"(?:{words}){_END}") for key, words in _SURE}
_LIKELY_ALONE = {key: re.compile(f"(?:{words}){_END}$") for key, words in _LIKELY}
_LONGEST = 48
_MAY_NUMBER = frozenset(f"第（(〔【{_NUMBERS}0123456789")
_WORDS = re.compile(
    "[情概]况|概述|综述|总述|问题|不足|困难|其[他它]|复议"
)  # one of them is in every sure heading
_MAY_RUN_ON = re.compile(rf"[。；！？）)”\d][{_NUMBERS}][、.．]")
_RUN_ON = re.compile(
    rf"(?<=[。；！？）)”\d])(?=[{_NUMBERS}][、.．](?:"
    + "|".join(words for _, words in _SURE)
    + r")(?![，、；]))"
)


def heading_of(text: str) -> Heading | None:
    """The heading that a line is, or begins with; None where it is none.

    With text in the same line only a numbered and sure one counts: a sentence may begin with its words.
    A line of a table of contents is none.
    """
    shape, ordinal, start = _number(text)
    if not start and (len(text) > _LONGEST or not _WORDS.search(text)):
        return None
    rest = text[start:]
    if len(rest) <= _LONGEST:
        if start and _CONTENTS.search(rest) and re.search(r"[.．…·‥]{2}", rest):
            return None
        for is_sure, table in ((True, _SURE_ALONE), (False, _LIKELY_ALONE if start else {})):
            for key, pattern in table.items():
                if pattern.match(rest):
                    return Heading(key, shape, ordinal, is_sure, len(text))
    if start and shape != "一":
        for key, pattern in _SURE_BEGINS.items():
            if found := pattern.match(rest):
                return Heading(key, shape, ordinal, True, start + found.end())
    return None


def heads_within(text: str) -> list[int]:
    """Where in a line of running text further sections begin: reports are pasted into pages as one line."""
    if len(text) <= _LONGEST or not _MAY_RUN_ON.search(text):
        return []
    return [found.start() for found in _RUN_ON.finditer(text)]


def _number(text: str) -> tuple[Shape, int, int]:
    if text[:1] not in _MAY_NUMBER:
        return "", 0, 0
    for shape, pattern in _NUMBERED:
        if found := pattern.match(text):
            number = compact(found.group(1))
            return shape, int(number) if number.isdigit() else _ORDINALS.get(number, 0), found.end()
    return "", 0, 0
