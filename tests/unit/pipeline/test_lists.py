"""Reports of years whose form was a list, or none: what is made of them, and what is kept as it is printed."""

from pathlib import Path

import pytest

from etl.model import Extraction
from etl.pipeline.extraction import Source, extract_file
from etl.resources import DATA
from etl.settings import Home

HOME = Home(home=Path("unused"), extra_counties=DATA / "demo" / "places.csv")
LOCAL = (
    ("指标", "计量单位", "本期实际", "本年累计"),
    ("主动公开信息数", "条", "31", "120"),
    ("其中：全文电子化的主动公开信息数", "条", "30", "118"),
    ("网站专栏页面访问量", "人次", "500", "4200余"),
    ("咨询电话接听数", "人次", "", "36"),
)


def page(title: str, *tables: tuple[tuple[str, ...], ...]) -> str:
    rows = "".join(
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
        + "</table>"
        for table in tables
    )
    head = f"<head><meta charset=utf-8><title>{title}</title></head>"
    return f"<html>{head}<body><h1>{title}</h1>{rows}</body></html>"


@pytest.fixture
def read(tmp_path: Path) -> "Reader":
    return Reader(tmp_path)


class Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str) -> Extraction:
        path = self.folder / "page.html"
        path.write_text(text, encoding="utf-8")
        return extract_file(Source(path, path.name), HOME)


def test_an_older_report_is_kept_as_pairs_of_label_and_figure(read: Reader) -> None:
    found = read(page("绥中县2011年政府信息公开工作年度报告", LOCAL))
    assert (found.identity.county, found.identity.year, found.form) == ("211421", 2011, None)
    assert (found.observations, found.problems) == ((), ())
    assert [(one.labels, one.raw, one.unit) for one in found.indicators] == [
        (("主动公开信息数", "本期实际"), "31", "条"),
        (("主动公开信息数", "本年累计"), "120", "条"),
        (("主动公开信息数", "其中：全文电子化的主动公开信息数", "本期实际"), "30", "条"),
        (("主动公开信息数", "其中：全文电子化的主动公开信息数", "本年累计"), "118", "条"),
        (("网站专栏页面访问量", "本期实际"), "500", "人次"),
        (("网站专栏页面访问量", "本年累计"), "4200余", "人次"),
        (("咨询电话接听数", "本年累计"), "36", "人次"),
    ]
    assert found.indicators[0].place.path == "/html/body/table/tr[2]/td[3]"


def test_an_older_report_of_words_alone_has_no_table(read: Reader) -> None:
    found = read(page("绥中县2011年政府信息公开工作年度报告"))
    assert [one.code for one in found.problems] == ["no_tables"]


def test_a_list_of_a_year_with_a_form_is_kept_and_told(read: Reader) -> None:
    found = read(page("绥中县2016年政府信息公开工作年度报告", LOCAL))
    assert len(found.indicators) == 7
    assert [one.code for one in found.problems] == ["no_tables"]


@pytest.mark.parametrize("title", ["绥中县2023年政府信息公开工作年度报告", "绥中县2011年财政预算"])
def test_tables_of_other_pages_are_left_alone(read: Reader, title: str) -> None:
    assert read(page(title, LOCAL)).indicators == ()
