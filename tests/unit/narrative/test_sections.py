from collections.abc import Sequence

import pytest

from etl.model import Narrative, Paragraph, Part, Place
from etl.narrative import absent, narrate

_REPORT = (
    "示例县人民政府2023年政府信息公开工作年度报告",
    "根据条例编写本报告，期限为2023年1月1日至12月31日。",
    "一、总体情况",
    "全年工作有序开展。",
    "（一）主动公开",
    "发布信息18条。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "（一）存在的主要问题",
    "更新不够及时。",
    "（二）改进情况",
    "加强培训。",
    "六、其他需要报告的事项",
    "无。",
)


def _told(lines: Sequence[str], paths: Sequence[str] = ()) -> Narrative:
    places = [Place(path=path) for path in paths] or [Place()] * len(lines)
    return narrate([Paragraph(line, (Part(0, place),)) for line, place in zip(lines, places, strict=True)])


def _shape(narrative: Narrative) -> dict[str, list[str]]:
    return {one.key: [paragraph.text for paragraph in one.paragraphs] for one in narrative.sections}


_SHAPE = {
    "opening": ["根据条例编写本报告，期限为2023年1月1日至12月31日。"],
    "overview": ["全年工作有序开展。", "（一）主动公开", "发布信息18条。"],
    "disclosure": [],
    "requests": [],
    "disputes": [],
    "problems": ["（一）存在的主要问题", "更新不够及时。", "（二）改进情况", "加强培训。"],
    "other": ["无。"],
}


def test_sections_of_a_report() -> None:
    narrative = _told(_REPORT)
    assert _shape(narrative) == _SHAPE
    assert absent(narrative) == ()
    heading = narrative.sections[1].heading
    assert heading is not None
    assert heading.text == "一、总体情况"


def test_offsets_find_paragraphs_and_sections() -> None:
    narrative = _told(_REPORT)
    for section in narrative.sections:
        assert narrative.text[section.offset :].startswith(section.text)
        for one in section.paragraphs:
            assert section.text[one.offset : one.offset + len(one.text)] == one.text


def test_a_table_of_contents_and_tools_are_left_out() -> None:
    contents = [line for line in _REPORT if line[1:2] == "、"]
    lines = [_REPORT[0], "目录", *contents, *_REPORT[1:8], "【打印】【关闭】", "分享到：", *_REPORT[8:]]
    assert _shape(_told(lines)) == _SHAPE


@pytest.mark.parametrize(
    "after",
    [
        ["相关链接", "示例县财政局2022年年报"],
        ["上一篇：示例县2022年政府信息公开工作年度报告"],
        ["主办：示例县人民政府办公室　网站标识码：9900000001"],
        ["责任编辑：张三", "【打印】"],
        [
            "示例县教育局2023年政府信息公开工作年度报告",
            "一、总体情况",
            "另一份。",
            "六、其他需要报告的事项",
            "略。",
        ],
        ["一、总体情况", "二、主动公开政府信息情况"],
    ],
)
def test_what_comes_after_the_report(after: list[str]) -> None:
    assert _shape(_told([*_REPORT, *after])) == _SHAPE


def test_signature_date_and_attachments_close_it() -> None:
    closing = ["示例县人民政府办公室", "2024年1月26日", "附件：1.统计表"]
    assert _shape(_told([*_REPORT, *closing])) == _SHAPE | {"closing": closing}


def test_the_element_that_holds_all_headings_ends_the_report() -> None:
    paths = [f"/html/body/div[2]/p[{n}]" for n, _ in enumerate(_REPORT, 1)]
    assert _shape(_told([*_REPORT, "政策速递"], [*paths, "/html/body/div[3]/p"])) == _SHAPE


@pytest.mark.parametrize("numbers", [("第一部分", "第二部分"), ("1.", "2."), ("（一）", "（二）"), ("", "")])
def test_other_numbering(numbers: tuple[str, str]) -> None:
    signs = {
        sign: numbers[0].replace("一", sign).replace("1", str(n)) for n, sign in enumerate("一二三四五六", 1)
    }
    lines = [
        signs[line[0]] + line[2:] if line[1:2] == "、" else line.replace("（", "").replace("）", "、")
        for line in _REPORT
    ]
    shape = _shape(_told(lines))
    assert list(shape) == list(_SHAPE)
    assert shape["other"] == ["无。"]


def test_other_order_and_run_on_headings() -> None:
    lines = [*_REPORT[:9], "六、其他需要报告的事项：无。", "五、存在的主要问题及改进情况", "更新不够及时。"]
    shape = _shape(_told(lines))
    assert (shape["other"], shape["problems"]) == (["无。"], ["更新不够及时。"])


def test_a_whole_report_in_one_line() -> None:
    line = "".join(line if line.endswith("。") else f"{line}。" for line in _REPORT[1:])
    shape = _shape(_told([line]))
    assert shape["opening"] == [_REPORT[1]]
    assert (shape["problems"][-1][-5:], shape["other"]) == ("加强培训。", ["无。"])


def test_a_missing_heading_is_not_guessed() -> None:
    narrative = _told([line for line in _REPORT if line != "五、存在的主要问题及改进情况"])
    assert absent(narrative) == ("problems",)
    assert narrative.sections[-1].key == "other"


def test_text_without_headings_is_no_narrative() -> None:
    assert _told(["首页", "政务公开", "全年工作有序开展。"]) == Narrative()
    assert narrate([]) == Narrative()


def test_chapters_of_the_years_before_2019() -> None:
    lines = [
        "一、概述",
        "按规定公布2016年报告，内容如下。",
        "二、主动公开政府信息情况",
        "公开信息1200条。",
        "三、依申请公开办理情况",
        "收到申请5件。",
        "四、政府信息公开的收费及减免情况",
        "没有收费。",
        "五、行政复议和行政诉讼情况",
        "没有发生。",
        "六、机构建设和人员情况",
        "专职1人，兼职20人。",
        "七、存在的主要问题和改进措施",
        "更新慢。",
        "八、其他",
        "无。",
    ]
    assert [(one.key, one.text) for one in _told(lines).sections] == [
        (key, text)
        for key, text in zip(
            ["overview", "disclosure", "requests", "chapter", "disputes", "chapter", "problems", "other"],
            lines[1::2],
            strict=True,
        )
    ]
