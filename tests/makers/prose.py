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


def long_prose(report: Report, seed: int) -> Prose:
    """Text as long as that of real reports, of our own sentences: figures of every kind, names, lists.

    For tests of the running text; the documents of the golden corpus have the short ``prose``.
    """
    rng = Random(f"long prose {seed} {report.year}")
    short = prose(report)
    parts = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
    overview = [Paragraph(_told(report, rng, 2))]
    for sign, part in zip("一二三四五", parts, strict=True):
        if rng.random() < 0.5:
            overview.append(Paragraph(f"（{sign}）{part}", "subheading"))
            overview += [Paragraph(_told(report, rng, rng.randint(1, 5))) for _ in range(rng.randint(1, 3))]
        else:
            overview.append(Paragraph(f"（{sign}）{part}情况。{_told(report, rng, rng.randint(1, 5))}"))
    problems = [Paragraph(f"{report.year}年工作取得一定进展，但还存在以下问题：")]
    problems += [Paragraph(f"{sign}是{_told(report, rng, rng.randint(1, 3))}") for sign in "一二三"]
    problems += [Paragraph(f"{at}、{_told(report, rng, 1)}") for at in range(1, rng.randint(1, 4))]
    other = [Paragraph(_told(report, rng, rng.randint(1, 3))) for _ in range(rng.randint(1, 3))]
    return Prose(short.opening, {0: tuple(overview), 4: tuple(problems), 5: tuple(other)})


def _told(report: Report, rng: Random, count: int) -> str:
    """So many sentences."""
    year, seat = report.year, report.place.seat

    def many(most: int = 9999) -> str:
        figure = rng.randint(0, most)
        return rng.choice((f"{figure}", f"{figure}", f"{figure:,}", f"{figure}余"))

    def share() -> str:
        return rng.choice(
            (f"{rng.randint(0, 100)}%", f"{rng.uniform(0, 100):.1f}%", f"{rng.uniform(0, 100):.2f}％")
        )

    sentences = (
        lambda: (
            f"全年在门户网站发布信息{many()}条，其中概况类{many(99)}条、动态类{many()}条、"
            f"公告类{many(999)}条，总访问量{many()}万次。"
        ),
        lambda: (
            f"印发《{seat}公开工作要点（{year}年版）》（示例办〔{year}〕{rng.randint(1, 99)}号），"
            f"细化任务{many(60)}项。"
        ),
        lambda: (
            f"收到政府信息公开申请{many(999)}件，同比增长{share()}，按时答复率{share()}；其中网上申请{many(99)}件，"
            f"信函{many(99)}件，当面{many(9)}件。"
        ),
        lambda: (
            f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日，"
            f"召开第{rng.randint(1, 9)}次专题会议，{many(300)}人次参加。"
        ),
        lambda: (
            f"对{year - 1}年至{year}年的文件作了清理，继续有效{many(99)}件，废止{many(9)}件，失效{many(9)}件。"
        ),
        lambda: "坚持“应公开、尽公开”，把好发布前的审核关。",
        lambda: (
            f"网站用OFD、PDF两种格式提供文件下载，接入AI问答和Open API共{many(9)}个接口，"
            f"平均响应{rng.uniform(0.1, 3):.2f}秒。"
        ),
        lambda: f"公开财政资金{rng.uniform(1, 90000):.2f}万元，收费{many()}元。",
        lambda: f"全年没有因政府信息公开引起的行政诉讼，行政复议{many(3)}件（维持{many(2)}件）。",
        lambda: "公开专区设在政务服务大厅一楼，配有查阅电脑、打印机和意见箱，节假日照常开放。",
    )
    return "".join(rng.choice(sentences)() for _ in range(count))
