import pytest

from etl.forms import load_forms
from etl.narrative.headings import SECTIONS, heading_of, heads_within


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_headings_of_the_forms_are_sure(form: str) -> None:
    found = [heading_of(title) for title in load_forms()[form].sections]
    assert [(one.key, one.is_sure, one.ordinal) for one in found if one] == [
        (key, True, number) for number, key in enumerate(SECTIONS, 1)
    ]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("一、概述", "overview"),
        ("一、2023年政府信息公开工作总体情况", "overview"),
        ("第一部分基本情况", "overview"),
        ("（一）总体情况", "overview"),
        ("总体情况", "overview"),
        ("二、主动公开信息情况", "disclosure"),
        ("三、收到和处理信息公开申请的情况", "requests"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "disputes"),
        ("四、行政复议、行政诉讼情况", "disputes"),
        ("五、存在问题", "problems"),
        ("五、存在的主要问题和下一步改进措施", "problems"),
        ("五、政府信息公开工作中存在的问题及2024年工作打算", "problems"),
        ("五.存在的不足及改进情况：", "problems"),
        ("六、其它需要报告的事项", "other"),
        ("6．其他需要说明的情况", "other"),
        ("其他有关事项", "other"),
    ],
)
def test_wordings(line: str, key: str) -> None:
    found = heading_of(line)
    assert found is not None
    assert (found.key, found.is_sure, found.end) == (key, True, len(line))


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("六、其他需要报告的事项：无。", "六、其他需要报告的事项："),
        ("五、存在的主要问题及改进情况。一是更新不够及时。", "五、存在的主要问题及改进情况。"),
        ("一、总体情况2023年，全县工作有序开展。", "一、总体情况"),
    ],
)
def test_text_in_the_line_of_its_heading(line: str, heading: str) -> None:
    found = heading_of(line)
    assert found is not None
    assert line[: found.end] == heading


@pytest.mark.parametrize(
    "line",
    [
        "存在的问题主要有：一是更新不够及时，二是人员不足。",
        "一是公开内容还不够细；二是更新不够及时。",
        "一、总体情况..........1",
        "2023年，全县工作有序开展。",
        "其他",
        "主动公开",
        "",
    ],
)
def test_no_headings(line: str) -> None:
    assert heading_of(line) is None


def test_sections_run_on_in_one_line() -> None:
    line = (
        "根据条例编写本报告，期限自2023年1月1日起。一、总体情况2023年，全县工作有序开展，发布信息18条。"
        "五、存在的主要问题及改进情况更新不够及时。六、其他需要报告的事项无。"
    )
    cuts = heads_within(line)
    assert [line[at : at + 4] for at in cuts] == ["一、总体", "五、存在", "六、其他"]
    assert heads_within("这一点在第五部分说明，五、存在的主要问题，见下。" * 3) == []
