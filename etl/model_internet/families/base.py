"""What most CMS families do: static pages, lists cut into pages, a home page and one before the lists."""

import posixpath
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from html import escape
from pathlib import PurePath
from typing import ClassVar
from urllib.parse import quote

from etl.model_internet.entries import Entry, hexadecimal
from etl.model_internet.faults import Role
from etl.model_internet.furniture import MenuItem, page
from etl.model_internet.model import ModelReport, Shown
from etl.model_internet.site import HTML, Answer, Column, Plan, Query, Site, Validators

TYPES = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".html": HTML,
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}
_OFFICE = "本报告由{name}人民政府办公室编制，示例。"


class Cms:
    """A CMS family. Its methods say how one site of it is laid out; families override what is theirs."""

    server: ClassVar[str] = "nginx"
    validators: ClassVar[Validators] = Validators.BOTH
    page_size: ClassVar[int] = 15
    charset: ClassVar[str] = "utf-8"
    says_charset: ClassVar[str] = "utf-8"  # the meta element
    header_charset: ClassVar[str | None] = None  # the Content-Type header
    robots: ClassVar[str | None] = "User-agent: *\nDisallow: /so/\nDisallow: /admin/\n"
    hub_path: ClassVar[str] = "/zwgk/index.html"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.size = plan.portal.page_size or self.page_size
        self.columns = (plan.county(), plan.departments())
        self.site = Site(plan.home, self.validators, self.server, self.robots)

    # --- where things are

    def list_path(self, column: Column, number: int, total: int) -> str:
        """The address of the ``number``-th page of a list, from 1."""
        raise NotImplementedError

    def entry_path(self, column: Column, entry: Entry) -> str:
        raise NotImplementedError

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        """The address of a report's file; where it has a query, this is its part before that."""
        raise NotImplementedError

    def file_href(self, column: Column, entry: Entry, report: ModelReport) -> str:
        """What the report's page links to."""
        return relative(self.entry_path(column, entry), self.file_path(column, entry, report))

    def folder(self, column: Column, county: str = "zfxxgknb", departments: str = "bmxzjdnb") -> str:
        """The column's folder, as the family writes them."""
        return (f"{county}_1" if self.plan.moved else county) if column.key == "county" else departments

    def column_number(self, column: Column, low: int = 1000, high: int = 9000) -> int:
        """The column's number, for families that number columns."""
        moved = 1 if self.plan.moved and column.key == "county" else 0
        return self.plan.number(column.key, low=low, high=high) * 2 + moved

    # --- how things look

    def items(self, at: str, column: Column, entries: Sequence[Entry]) -> str:
        """The entries of one page of a list."""
        rows = "".join(
            f'<li><a href="{relative(at, self.entry_path(column, entry))}" target="_blank"'
            f' title="{escape(entry.title)}">{escape(shortened(entry.title))}</a>'
            f"<span>{entry.published}</span></li>\n"
            for entry in entries
        )
        return f'<ul class="list">\n{rows}</ul>\n'

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        """What leads to the other pages of a list."""
        raise NotImplementedError

    def viewer(self, href: str, report: ModelReport) -> str:
        """A PDF shown within the page."""
        return f'<iframe src="{href}" width="100%" height="800"></iframe>'

    def attachment(self, href: str, report: ModelReport) -> str:
        return f'<p>附件：<a href="{href}">{escape(report.file_name)}</a></p>'

    def dress(self, title: str, entry: Entry, body: str) -> str:
        """The title, date and text of an entry."""
        return (
            f'<div class="article"><h1>{escape(title)}</h1>\n'
            f'<div class="info">发布时间：{entry.published} 09:00'
            f"　来源：{self.plan.site_name}办公室　浏览次数：<span id='hits'></span></div>\n"
            f'<div class="content">{body}</div></div>'
        )

    # --- the site

    def build(self) -> Site:
        """All addresses of the site."""
        self.add_home()
        for column in self.columns:
            self.add_list(column)
            self.add_entries(column, column.entries)
        self.add_entries(self.columns[0], self.plan.unlisted())
        return self.site

    def add_home(self) -> None:
        self.site.add(Role.HOME, "/", self.home)
        self.site.add(Role.HUB, self.hub_path, self.hub)

    def first_page(self, column: Column) -> str:
        """The address that menus link to."""
        return self.list_path(column, 1, self.total(column))

    def total(self, column: Column) -> int:
        return max(1, -(-len(column.entries) // self.size))

    def add_list(self, column: Column) -> None:
        total = self.total(column)
        if column.key == "county":
            self.site.listings.append(self.first_page(column))
        for n in range(1, total + 1):
            self.site.add(
                Role.LISTING, self.list_path(column, n, total), partial(self.list_page, column, n, total)
            )

    def add_entries(self, column: Column, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self.site.add(Role.REPORT, self.entry_path(column, entry), partial(self.entry_page, column, entry))
            if entry.report is not None and entry.report.shown is not Shown.INLINE:
                path = self.file_path(column, entry, entry.report)
                self.site.add(Role.FILE, path, partial(self.file, entry.report))

    # --- pages

    def top(self) -> list[MenuItem]:
        return [
            MenuItem("首页", "/"),
            MenuItem("政务公开", self.hub_path),
            MenuItem("政务服务", "/zwfw/index.html"),
            MenuItem("互动交流", "/hdjl/index.html"),
            MenuItem("走进示例", "/zjsl/index.html"),
        ]

    def side(self) -> list[MenuItem]:
        return [
            MenuItem("政府信息公开指南", "/zwgk/zfxxgkzn.html"),
            MenuItem("政府信息公开制度", "/zwgk/zfxxgkzd.html"),
            MenuItem("法定主动公开内容", "/zwgk/fdzdgknr.html"),
            *(MenuItem(column.title, self.first_page(column)) for column in self.columns),
            MenuItem("依申请公开", "/zwgk/ysqgk.html"),
        ]

    def render(self, title: str, body: str, *, side: bool = True, head: str = "") -> bytes:
        text = page(
            title,
            self.plan.site_name,
            body,
            top=self.top(),
            side=self.side() if side else (),
            charset=self.says_charset,
            head=head,
        )
        return text.encode(self.charset, errors="xmlcharrefreplace")

    def html(self, content: bytes, modified: datetime) -> Answer:
        kind = f"{HTML}; charset={self.header_charset}" if self.header_charset else HTML
        return Answer(content, kind, modified)

    def home(self, query: Query) -> Answer:
        name = self.plan.portal.name
        news = "".join(f'<li><a href="/xwdt/{n}.html">{name}召开第{n}次会议</a></li>' for n in range(9, 1, -1))
        body = (
            f"<h2>要闻动态</h2><ul>{news}</ul>\n<h2>公开</h2>"
            f'<ul><li><a href="{self.hub_path}">政府信息公开</a></li>'
            '<li><a href="/so/s?qt=%E5%B9%B4%E6%8A%A5">政府信息公开年度报告检索</a></li></ul>'
        )
        return self.html(self.render("首页", body, side=False), self.plan.listed(()))

    def hub(self, query: Query) -> Answer:
        body = "<h2>政府信息公开</h2>\n<p>请从左侧栏目进入。</p>"
        return self.html(self.render("政府信息公开", body), self.plan.listed(()))

    def shown(self, column: Column, number: int) -> Sequence[Entry]:
        return column.entries[(number - 1) * self.size : number * self.size]

    def list_page(self, column: Column, number: int, total: int, query: Query) -> Answer:
        at = self.list_path(column, number, total)
        drawn = self.items(at, column, self.shown(column, number)) + self.pager(at, column, number, total)
        body = f"<h2>{column.title}</h2>\n{drawn}"
        return self.html(self.render(column.title, body), self.plan.listed(column.entries[:1]))

    def entry_page(self, column: Column, entry: Entry, query: Query) -> Answer:
        report = entry.report
        modified = self.plan.modified(entry.published, report)
        if report is None:
            body = f"<p>{escape(entry.title)}</p><p>{_OFFICE.format(name=self.plan.portal.name)}</p>"
            if entry.title.startswith("图解"):
                body = '<p><img src="/images/tujie.png" alt="图解"></p>'
            return self.html(self.render(entry.title, self.dress(entry.title, entry, body)), modified)
        if report.shown is Shown.INLINE:
            return self.html(self.plan.content(report), modified)
        href = self.file_href(column, entry, report)
        match report.shown:
            case Shown.ATTACHMENT:
                body = self.attachment(href, report)
            case Shown.FRAME:
                body = f'<iframe src="{href}" width="100%" frameborder="0" scrolling="no"></iframe>'
            case _:
                body = self.viewer(href, report)
        return self.html(self.render(entry.title, self.dress(entry.title, entry, body)), modified)

    def file(self, report: ModelReport, query: Query) -> Answer:
        kind = TYPES.get(PurePath(report.file_name).suffix, "application/octet-stream")
        return Answer(self.plan.content(report), kind, self.plan.modified(report.published, report))


def relative(at: str, to: str) -> str:
    """The address ``to`` as a page at ``at`` writes it: ``./202402/t1.html``."""
    path, mark, query = to.partition("?")
    found = posixpath.relpath(path, posixpath.dirname(at))
    found = found if found.startswith("..") else f"./{found}"
    return f"{found}/{mark}{query}" if path.endswith("/") else f"{found}{mark}{query}"


def shortened(title: str, length: int = 30) -> str:
    """A title as lists cut it."""
    return title if len(title) <= length else f"{title[: length - 3]}..."


def ending(report: ModelReport) -> str:
    """``.pdf`` and the like."""
    return PurePath(report.file_name).suffix


def stored_name(report: ModelReport) -> str:
    """A name as a CMS gives to a file that was uploaded."""
    return f"{hexadecimal(report.file_name, report.code)}{ending(report)}"


def download(report: ModelReport) -> tuple[tuple[str, str], ...]:
    """The headers of an endpoint that hands a file out."""
    return (("Content-Disposition", f"attachment; filename*=UTF-8''{quote(report.file_name)}"),)


def linked_pager(at: str, paths: Sequence[str], number: int) -> str:
    """Links to the pages of a list: 首页, 上一页, 下一页, 尾页.

    Args:
        at: the page that they stand on.
        paths: all pages of the list; those that are not linked may be empty.
        number: which of them this is, from 1.
    """
    total = len(paths)
    steps = [("首页", 1), ("上一页", number - 1), ("下一页", number + 1), ("尾页", total)]
    links = " ".join(
        f'<a href="{escape(relative(at, paths[n - 1]))}">{text}</a>'
        if 1 <= n <= total and n != number
        else text
        for text, n in steps
    )
    return f'<div class="pages">第{number}页/共{total}页 {links}</div>\n'
