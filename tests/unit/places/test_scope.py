"""Scope from title, text and figures, on sentences as reports have them."""

import pytest

from etl.places.scope import scope_of

CASES = [
    ("人民政府办公室", "本报告仅反映我办情况，各部门、各乡镇另行公布", "office"),
    ("人民政府办公室", "本报告所列数据仅统计县政府办公室本级，不含各乡镇、各部门数据", "office"),
    ("人民政府办公室", "全县各公开主体数据已汇总", "county"),
    ("人民政府办公室", "本报告数据由全县32个部门和25个乡镇汇总而成", "county"),
    ("人民政府办公室", "我办共收到申请3件，全部按时办结", "office"),
    ("人民政府办公室", "县政府办公室负责汇总全县年报。我办收到申请2件", "office"),
    ("人民政府办公室", "全县共收到政府信息公开申请120件，全县行政机关主动公开信息9000条", "county"),
    ("", "本报告只反映我办", "office"),
    ("人民政府", "本报告只反映我办，不含各部门", "office"),
    ("人民政府", "报告涵盖全县各部门、各乡镇数据", "county"),
    ("人民政府", "各乡镇、各部门年度报告另行公布。全县共收到申请20件", "county"),
    ("教育局", "全县各学校数据已汇总", "department"),
    ("政务服务数据管理局", "本报告汇总全县各部门、各乡镇政府信息公开数据", "county"),
    ("政务服务局", "我局主动公开信息", "department"),
    ("青禾镇人民政府", "各部门配合", "township"),
    ("街道办事处", "", "township"),
    ("政府办", "各部门、各镇", "county"),
    ("人民政府办公室", "本报告统计范围为办公室自身，仅包括本单位", "office"),
    ("人民政府", "不包含垂直管理部门的数据", "county"),
]


@pytest.mark.parametrize(("named", "text", "scope"), CASES)
def test_scope_by_title_and_text(named: str, text: str, scope: str) -> None:
    assert scope_of(named, text)[0] == scope


def test_many_decisions_are_not_those_of_an_office() -> None:
    scope, cues = scope_of("人民政府办公室", "", 2704)
    assert scope == "county"
    assert [(cue.source, cue.scope) for cue in cues] == [("title", "office"), ("figures", "county")]


def test_what_the_text_says_outweighs_the_figures() -> None:
    assert scope_of("人民政府办公室", "本报告仅反映我办情况", 2704)[0] == "office"


def test_the_evidence_quotes_the_text() -> None:
    _, cues = scope_of("人民政府办公室", "全县各公开主体数据已汇总")
    assert any(cue.source == "text" and "各公开主体" in cue.text for cue in cues)
