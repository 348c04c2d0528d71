"""How titles and publishers are worded: variants that leave county and year for a reader to work out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from tests.makers.report import Report

CHINESE_DIGITS = "〇一二三四五六七八九"
TITLE = "政府信息公开工作年度报告"


def _in_chinese(year: int) -> str:
    return "".join(CHINESE_DIGITS[int(digit)] for digit in str(year))


def _prefix(report: Report) -> str:
    """The prefecture before the name: it alone tells counties of one name apart."""
    return report.place.superior


def by_government(report: Report, rng: Random) -> Report:
    """县人民政府 (with the prefecture before it)"""
    body = f"{_prefix(report)}{report.name}人民政府"
    return replace(report, title=f"{body}{report.year}年{TITLE}", publisher=body)


def by_office(report: Report, rng: Random) -> Report:
    """县政府办公室: the office's own report, not the county's"""
    body = f"{_prefix(report)}{report.name}{rng.choice(('人民政府办公室', '政府办公室'))}"
    return replace(report, title=f"{body}{report.year}年{TITLE}", publisher=body, scope="office")


def by_department(report: Report, rng: Random) -> Report:
    """县某局: a department's report"""
    body = f"{_prefix(report)}{report.name}{rng.choice(('教育局', '财政局', '司法局', '卫生健康局'))}"
    return replace(report, title=f"{body}{report.year}年{TITLE}", publisher=body, scope="department")


def by_township(report: Report, rng: Random) -> Report:
    """县某镇人民政府: a township's report"""
    body = f"{_prefix(report)}{report.name}{rng.choice(('东河镇', '西岭乡', '北塘镇'))}人民政府"
    return replace(report, title=f"{body}{report.year}年{TITLE}", publisher=body, scope="township")


def short(report: Report, rng: Random) -> Report:
    """某县2023年政府信息公开年报, without 人民政府; the publisher names the body"""
    title = f"{report.name}{report.year}年度政府信息公开工作年报"
    return replace(report, title=title, publisher=f"{_prefix(report)}{report.name}人民政府")


def year_first(report: Report, rng: Random) -> Report:
    """2023年度某县人民政府…"""
    body = f"{_prefix(report)}{report.name}人民政府"
    return replace(report, title=f"{report.year}年度{body}{TITLE}", publisher=body)


def chinese_year(report: Report, rng: Random) -> Report:
    """二〇二三年, with 〇, ○ or 零"""
    body = f"{_prefix(report)}{report.name}人民政府"
    year = _in_chinese(report.year).replace("〇", rng.choice("〇○零"))
    return replace(report, title=f"{body}{year}年{TITLE}", publisher=body)


def without_year(report: Report, rng: Random) -> Report:
    """no year in the title: the stated period decides"""
    body = f"{_prefix(report)}{report.name}人民政府"
    return replace(report, title=f"{body}{TITLE}", publisher=body, period=True)


def full_width_year(report: Report, rng: Random) -> Report:
    """２０２３年, full-width digits"""
    return replace(
        by_government(report, rng),
        title=by_government(report, rng).title.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    )


def spaced_name(report: Report, rng: Random) -> Report:
    """沁　县: an ideographic space in the name"""
    name = f"{report.name[:-1]}　{report.name[-1]}"
    body = f"{_prefix(report)}{name}人民政府"
    return replace(report, title=f"{body} {report.year} 年{TITLE}", publisher=body)


def broken_title(report: Report, rng: Random) -> Report:
    """a title over two lines"""
    body = f"{_prefix(report)}{report.name}人民政府"
    return replace(report, title=f"{body}\n{report.year}年{TITLE}", publisher=body)


TITLES: Mapping[str, Callable[[Report, Random], Report]] = {
    "by_government": by_government,
    "by_office": by_office,
    "by_department": by_department,
    "by_township": by_township,
    "short_title": short,
    "year_first": year_first,
    "chinese_year": chinese_year,
    "title_without_year": without_year,
    "full_width_year": full_width_year,
    "spaced_name": spaced_name,
    "broken_title": broken_title,
}
