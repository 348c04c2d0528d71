"""Paragraphs of a document to the sections of its report."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from etl.extract.prose import split_at
from etl.model import Narrative, Paragraph, Section
from etl.narrative.headings import CHAPTER, SECTIONS, Heading, Shape, heading_of, heads_within

WANTED = ("overview", "problems", "other")
"""Sections that are text: one, five and six."""
OPENING = "opening"
"""Key of what stands before the first heading: on what basis, and for which period."""
CLOSING = "closing"
"""Key of what stands after the last section: signature, date, attachments."""

_SHAPES: tuple[Shape, ...] = ("一、", "第一部分", "一", "（一）", "1.", "(1)", "")
_OPENING_LINES = 8
_CONTENTS_RUN = 3
_DATE = re.compile(r"(?:\d{4}|[二2][〇○零０O0]..)年\S{1,3}月\S{1,3}日")
_NAME = re.compile(
    r"[^，。；：:]{2,30}(?:政府|办公室|局|委员会|委|镇|乡|街道|办事处|中心|管委会|院|厅|部|队|所|站|办|公司|社|馆|校)"
)
_ATTACHED = re.compile(r"附[件表](?:[:：\d一二三（(]|$)")
# What pages have around their text: an article's tools and neighbours, the site's foot.
_TOOLS = re.compile(
    r"[【\[（(]?(?:打印(?:本页|此页|正文|页面)?|关闭(?:本页|窗口|页面)?|收藏(?:本页)?|返回(?:顶部|首页|列表|上一页)?|分享(?:到|至)?[:：]?|"
    r"大|中|小|字[体号][:：]?.{0,8}|扫一扫.{0,20}|我要纠错|下载(?:文件)?|朗读|语音播报|无障碍.{0,6}|微信|微博|QQ空间?|更多|首页|TOP)"
    r"[】\])）]?"
)
_TOOLS_ROW = re.compile(r"(?:[【\[](?:打印|关闭|收藏|返回|大|中|小|字|分享|纠错|下载)[^】\]]{0,8}[】\]]){1,8}")
_CAPTION = re.compile(r"(?:《条例》)?第[二2]十条[，,]?第?.{1,5}项?.{0,2}")
_LONGEST_TOOL = 60
_AFTER = re.compile(
    r"相关(?:链接|文章|新闻|信息|附件|文档|稿件|阅读|推荐)|[上下]一[篇条页]|分享(?:到|至)|扫一扫|主办(?:单位)?[:：]|承办|版权所有|网站(?:标识码|地图|声明|支持|管理)"
    r"|.{0,12}ICP备|.{0,6}公网安备|责任编辑|(?:责编|编辑|审核|校对|作者|来源|信息来源|稿源)[:：]|(?:浏览|点击|访问|阅读)(?:次数|量|数)?[:：]"
    r"|您是第|您的?当前位置|当前位置|联系我们[:：]?$|友情链接|网站无障碍|技术支持|Copyright|©|政府网站找错|邮编[:：]\d{6}"
    r"|[^，。；]{4,50}(?:年度报告|年报)$",
    re.IGNORECASE,
)


class _Mark(NamedTuple):
    """A heading and the paragraph it stands in."""

    at: int
    heading: Heading


def narrate(prose: Sequence[Paragraph]) -> Narrative:
    """The sections of a report, in its own order.

    Only what a heading opens is a section: where a heading is missing or a picture, the section is not there
    and its text belongs to the one before. Before the first heading stands an opening, after the last section
    a closing.

    Args:
        prose: the document's text outside tables, with menus, links and footers of the page.
    """
    paragraphs = [
        piece for one in prose if not _is_outside(one.text) for piece in split_at(one, heads_within(one.text))
    ]
    marks, end = _chosen(
        [_Mark(at, found) for at, one in enumerate(paragraphs) if (found := heading_of(one.text))]
    )
    if not marks:
        return Narrative()
    end = _end(paragraphs[:end], marks)
    sections = [Section(OPENING, None, _opening(paragraphs[: marks[0].at]))]
    stops = [*(mark.at for mark in marks[1:]), end]
    for mark, stop in zip(marks, stops, strict=True):
        heading, *rest = split_at(paragraphs[mark.at], [mark.heading.end])
        sections.append(Section(mark.heading.key, heading, (*rest, *paragraphs[mark.at + 1 : stop])))
    last = sections[-1]
    body, signature = _signed(last.paragraphs)
    sections[-1] = last._replace(paragraphs=body)
    sections.append(Section(CLOSING, None, signature))
    return Narrative(tuple(_placed([one for one in sections if one.heading or one.paragraphs])))


def absent(narrative: Narrative) -> tuple[str, ...]:
    """Which of sections one, five and six were not found: their keys."""
    return tuple(key for key in WANTED if narrative.section(key) is None)


def _placed(sections: Sequence[Section]) -> list[Section]:
    found = []
    start = 0
    for section in sections:
        offset = 0
        paragraphs = []
        for one in section.paragraphs:
            paragraphs.append(one._replace(offset=offset))
            offset += len(one.text) + 1
        found.append(section._replace(paragraphs=tuple(paragraphs), offset=start))
        start += len(found[-1].text) + 1
    return found


def _chosen(marks: Sequence[_Mark]) -> tuple[list[_Mark], int | None]:
    """The headings that open sections, of all lines that may be one; and where another report begins."""
    marks = _without_contents(marks)
    shape = _shape(marks)
    sure = [mark.heading for mark in marks if mark.heading.is_sure and mark.heading.shape == shape]
    taken: list[_Mark] = []
    for mark in marks:
        heading = mark.heading
        held = [one.heading.key for one in taken]
        if heading.key in held and heading.key != CHAPTER:
            is_own = heading.shape == shape and heading.is_sure
            if heading.key != held[-1]:
                if is_own:
                    return taken, mark.at
            elif is_own and shape and heading.ordinal == taken[-1].heading.ordinal:
                taken[-1] = mark  # the one before stood in a menu
        elif _is_taken(heading, shape, sure, taken):
            taken.append(mark)
    return taken, None


def _is_taken(heading: Heading, shape: Shape, sure: Sequence[Heading], taken: Sequence[_Mark]) -> bool:
    """Whether a heading opens a section: it has the report's own numbering; or it is sure, and stands where the
    form has it though its number is missing or of another kind."""
    before = taken[-1].heading if taken else None
    keys = {one.key for one in sure}
    if heading.shape == shape:
        if heading.is_sure:
            return True
        follows = heading.ordinal == (before.ordinal if before else 0) + 1
        is_rival = any(heading.ordinal == one.ordinal for one in sure)
        return bool(heading.ordinal) and follows and not is_rival and heading.key not in keys
    if not heading.is_sure or heading.key in keys or heading.key not in SECTIONS:
        return False
    at = SECTIONS.index(heading.key)
    is_next = before is None or (before.key in SECTIONS and SECTIONS.index(before.key) < at)
    return is_next and heading.ordinal in (0, at + 1)


def _shape(marks: Sequence[_Mark]) -> Shape:
    """How the report numbers its sections: as most sure headings are."""
    keys: dict[Shape, set[str]] = {shape: set() for shape in _SHAPES}
    for mark in marks:
        if mark.heading.is_sure:
            keys[mark.heading.shape].add(mark.heading.key)
    return max(_SHAPES, key=lambda shape: len(keys[shape]))


def _without_contents(marks: Sequence[_Mark]) -> list[_Mark]:
    """Without a table of contents: headings line after line, all of which come again."""
    found: list[_Mark] = []
    for _, group in groupby(enumerate(marks), key=lambda item: item[1].at - item[0]):
        run = [mark for _, mark in group]
        later = {mark.heading.key for mark in marks if mark.at > run[-1].at}
        sure = {mark.heading.key for mark in run if mark.heading.is_sure}
        if len(sure) >= _CONTENTS_RUN and sure <= later:
            continue
        found += run
    return found


def _end(paragraphs: Sequence[Paragraph], marks: Sequence[_Mark]) -> int:
    """Where the report ends: where the page's foot begins, or the element that holds all headings is left."""
    container = _container([paragraphs[mark.at] for mark in marks])
    for at in range(marks[-1].at + 1, len(paragraphs)):
        path = paragraphs[at].parts[0].place.path
        if container and path is not None and not path.startswith(container):
            return at
        if _AFTER.match(paragraphs[at].text):
            return at
    return len(paragraphs)


def _container(headings: Sequence[Paragraph]) -> str:
    """The path of the innermost element that holds all headings, with a slash; empty for what has no paths."""
    paths = {path for one in headings if (path := one.parts[0].place.path) is not None and "/" in path}
    if len(paths) < 2:
        return ""
    steps = []
    for step in zip(*(path.split("/") for path in paths), strict=False):
        if len(set(step)) > 1:
            break
        steps.append(step[0])
    return "/".join(steps) + "/"


def _opening(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Of what stands before the first heading, the sentences right before it."""
    found: list[Paragraph] = []
    for one in reversed(paragraphs[-_OPENING_LINES:]):
        if not re.search("[。；，]", one.text) or _AFTER.match(one.text):
            break
        found.append(one)
    return tuple(reversed(found))


def _signed(paragraphs: tuple[Paragraph, ...]) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """The last section's text, and who signed below it, when, and what is attached."""
    end = next((at for at, one in enumerate(paragraphs) if _ATTACHED.match(one.text)), len(paragraphs))
    at = end
    if at > 0 and _DATE.fullmatch(paragraphs[at - 1].text):
        at -= 1
    while at > 0 and _NAME.fullmatch(paragraphs[at - 1].text):
        at -= 1
    return paragraphs[:at], paragraphs[at:]


def _is_outside(text: str) -> bool:
    """Whether a line is a page's tool, or a caption of a table that lost its place in it."""
    return len(text) <= _LONGEST_TOOL and any(
        pattern.fullmatch(text) for pattern in (_TOOLS, _TOOLS_ROW, _CAPTION)
    )
