"""The words around the tables: short, neutral, our own, with figures and dates in them.

Invented places say so in their own text: 示例.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.makers.figures import number
from tests.makers.report import Report

ParagraphKind = Literal["title", "heading", "subheading", "body", "note"]


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: ParagraphKind = "body"


@dataclass(frozen=True)
class Prose:
    """Opening paragraphs, and those that follow a section's heading (or table), by its index from 0."""

    opening: tuple[Paragraph, ...]
    sections: dict[int, tuple[Paragraph, ...]] = field(default_factory=dict)


def prose(report: Report) -> Prose:
    """The text of a report. It is about the report's own figures, and mentions other years in passing."""
    rng = Random(f"prose {report.seed} {report.year}")
    year = report.year
    opening = []
    if report.note:
        opening.append(Paragraph(report.note, "note"))
    elif report.place.is_invented:
        opening.append(Paragraph("（示例：本报告为演示而编，地名和数字均系虚构。）", "note"))
    span = rng.choice(
        (
            f"自{year}年1月1日起至{year}年12月31日止",
            f"为{year}年1月1日至{year}年12月31日",
            f"为{year}年1月1日至12月31日",
            f"从{year}年1月1日起，到{year}年12月31日止",
            f"为{year}年1月1日—12月31日",
        )
    )
    basis = "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）编写本报告。"
    opening.append(Paragraph(basis + (f"所列数据的统计期限{span}。" if report.period else "")))
    if report.note:
        return Prose(
            tuple(opening), {0: (_received(report),), 4: (Paragraph("略。"),), 5: (Paragraph("略。"),)}
        )
    sections = {0: _overview(report, rng), 4: _problems(report, rng), 5: _other(report, rng)}
    return Prose(tuple(opening), sections)


def _overview(report: Report, rng: Random) -> tuple[Paragraph, ...]:
    year, seat = report.year, report.place.seat
    posts, letters = rng.randint(300, 9000), rng.randint(5, 300)
    whose = {
        "county": rng.choice(
            (f"本报告汇总全{seat}各乡镇、各部门数据。", f"全{seat}各公开主体数据已汇总计入。", "")
        ),
        "office": "本报告只反映我办工作情况。",
        "department": "本报告只反映本单位工作情况。",
        "township": "本报告只反映本镇工作情况。",
    }[report.scope]
    return (
        Paragraph(f"{year}年，{report.name}按照上级部署推进公开工作，比{year - 1}年有所进步。{whose}"),
        Paragraph("（一）主动公开", "subheading"),
        Paragraph(f"全年在门户网站发布信息{posts}条，其中政策文件{posts // 9}条；答复网上来信{letters}封。"),
        Paragraph("（二）依申请公开", "subheading"),
        _received(report),
        Paragraph("（三）政府信息管理", "subheading"),
        Paragraph(
            f"{rng.randint(3, 11)}月{rng.randint(1, 28)}日对栏目作了清理，更正错漏{rng.randint(1, 60)}处。"
        ),
        Paragraph("（四）政府信息公开平台建设", "subheading"),
        Paragraph(f"现有政务新媒体{rng.randint(2, 40)}个，公开专区{rng.randint(1, 25)}处。"),
        Paragraph("（五）监督保障", "subheading"),
        Paragraph(f"举办培训{rng.randint(1, 6)}次，{rng.randint(20, 600)}人次参加。"),
    )


def _received(report: Report) -> Paragraph:
    new = number(report.figures["requests", "received.new", "total"])
    carried = number(report.figures["requests", "received.carried_in", "total"])
    text = f"{report.year}年新收到政府信息公开申请{new}件，上年结转{carried}件。"
    return Paragraph(text if new else f"{text}全年没有收到申请。")


def _problems(report: Report, rng: Random) -> tuple[Paragraph, ...]:
    first = rng.choice(("公开内容还不够细", "解读形式还较单一", "基层人员变动较多"))
    second = rng.choice(("加强培训", "每季度通报一次", f"{report.year + 1}年6月底前完成栏目整改"))
    return (
        Paragraph(f"一是{first}；二是更新不够及时，有{rng.randint(1, 9)}个栏目超过90天未更新。"),
        Paragraph(f"下一步将{second}。"),
    )


def _other(report: Report, rng: Random) -> tuple[Paragraph, ...]:
    fee = rng.choice(("未收取信息处理费", "收取信息处理费0元", f"收取信息处理费{rng.randint(1, 9) * 100}元"))
    return (Paragraph(f"{report.year}年{fee}。" if rng.random() < 0.7 else "无。"),)
