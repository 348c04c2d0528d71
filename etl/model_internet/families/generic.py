"""Sites of no known family: one made by hand long ago, and one whose list lies several clicks from its home."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import ClassVar

from etl.model_internet.entries import Entry
from etl.model_internet.families.base import Cms, ending, linked_pager
from etl.model_internet.faults import Role
from etl.model_internet.furniture import MenuItem
from etl.model_internet.model import ModelReport
from etl.model_internet.site import Answer, Column, Query, Validators


class HandMade(Cms):
    """ASP pages in GBK whose meta element says UTF-8."""

    server: ClassVar[str] = "Microsoft-IIS/6.0"
    validators: ClassVar[Validators] = Validators.LAST_MODIFIED
    robots: ClassVar[str | None] = None
    charset: ClassVar[str] = "gbk"
    says_charset: ClassVar[str] = "utf-8"
    page_size: ClassVar[int] = 10
    hub_path: ClassVar[str] = "/xxgk/index.asp"

    def number(self, column: Column) -> int:
        return self.column_number(column, 10, 40)

    def list_path(self, column: Column, number: int, total: int) -> str:
        first = f"/xxgk/list.asp?classid={self.number(column)}"
        return first if number == 1 else f"{first}&page={number}"

    def add_list(self, column: Column) -> None:
        if column.key == "county":
            self.site.listings.append(self.first_page(column))
            self.site.add(Role.LISTING, "/xxgk/list.asp", self.numbered)

    def numbered(self, query: Query) -> Answer | None:
        column = next((one for one in self.columns if query.get("classid") == str(self.number(one))), None)
        if column is None:
            return None
        return self.list_page(column, int(query.get("page") or 1), self.total(column), query)

    def entry_path(self, column: Column, entry: Entry) -> str:
        return f"/xxgk/show.asp?id={entry.id}"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return f"/UploadFiles/{entry.published:%Y-%m}/{entry.published:%Y%m%d}{entry.id}{ending(report)}"

    def items(self, at: str, column: Column, entries: Sequence[Entry]) -> str:
        rows = "".join(
            f"<TR><TD>·<A HREF='show.asp?id={entry.id}'>{escape(entry.title)}</A>"
            f"<TD>[{entry.published.year}-{entry.published.month}-{entry.published.day}]\n"
            for entry in entries
        )
        return f"<TABLE width=600>\n{rows}</TABLE>\n"

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        return linked_pager(at, _paths(self, column, number, total), number)


class Unknown(Cms):
    """Four clicks from the home page to the list; only then are reports and files found."""

    server: ClassVar[str] = "Apache"
    validators: ClassVar[Validators] = Validators.SILENT
    page_size: ClassVar[int] = 8
    hub_path: ClassVar[str] = "/gk/"

    def list_path(self, column: Column, number: int, total: int) -> str:
        folder = f"/gk/xx/zdgk/{self.folder(column, 'bg', 'qt')}/"
        return folder if number == 1 else f"{folder}p{number}.html"

    def entry_path(self, column: Column, entry: Entry) -> str:
        return f"/gk/xx/zdgk/{self.folder(column, 'bg', 'qt')}/{entry.published:%Y}/{entry.id}.html"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return f"/upfile/{entry.published:%Y}/{entry.id}{ending(report)}"

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        return linked_pager(at, _paths(self, column, number, total), number)

    def side(self) -> list[MenuItem]:
        return [MenuItem("领导之窗", "/gk/ld.html"), MenuItem("机构设置", "/gk/jg.html")]

    def add_home(self) -> None:
        super().add_home()
        steps = (("/gk/xx/", "政府信息公开"), ("/gk/xx/zdgk/", "法定主动公开内容"))
        lists = [(self.first_page(column), column.title) for column in self.columns]
        for (path, title), after in zip(steps, ([steps[1]], lists), strict=True):
            self.site.add(Role.HUB, path, partial(self.step, title, after))

    def hub(self, query: Query) -> Answer:
        return self.step("政务公开", [("/gk/xx/", "政府信息公开"), ("/gk/zc/", "政策文件")], query)

    def home(self, query: Query) -> Answer:
        body = f'<h2>要闻</h2><ul><li><a href="/xw/1.html">{self.plan.portal.name}要闻</a></li></ul>'
        return self.html(self.render("首页", body, side=False), self.plan.listed(()))

    def step(self, title: str, after: Sequence[tuple[str, str]], query: Query) -> Answer:
        """A page that leads a click nearer to the list."""
        links = "".join(f'<li><a href="{path}">{text}</a></li>' for path, text in after)
        return self.html(self.render(title, f"<h2>{title}</h2><ul>{links}</ul>"), self.plan.listed(()))


def _paths(cms: Cms, column: Column, number: int, total: int) -> list[str]:
    """The pages of a list that the pager may link; the others, which it does not, are left empty."""
    linked = {1, number - 1, number + 1, total}
    return [cms.list_path(column, n, total) if n in linked else "" for n in range(1, total + 1)]
