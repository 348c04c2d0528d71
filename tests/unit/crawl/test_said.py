import pytest

from etl.crawl.said import said_sha256

PAGE = (
    "<html><body><script>var t={time}</script><p>浏览次数：{count}</p>"
    "<table><tr><td>{figure}</td></tr></table>{more}</body></html>"
)


def page(time: int = 1, count: int = 10, figure: int = 3, more: str = "") -> str:
    return PAGE.format(time=time, count=count, figure=figure, more=more)


@pytest.mark.parametrize(
    "again",
    [
        page(count=11),
        page(time=2),
        page(more="<!-- generated 12:01 -->"),
        page().replace("<td>3", "<td>\n  3"),
        page().replace("<body>", "<body>今天是：2026年11月24日星期二"),
    ],
)
def test_what_changes_at_every_visit_is_not_said(again: str) -> None:
    assert said_sha256(again) == said_sha256(page())


@pytest.mark.parametrize(
    "changed",
    [
        page(figure=4),
        page(more="<a href='/a.pdf'></a>"),
        page(more="<p>更正</p>"),
        page(more="<img src='b.png'>"),
    ],
)
def test_figures_words_and_files_are_said(changed: str) -> None:
    assert said_sha256(changed) != said_sha256(page())
