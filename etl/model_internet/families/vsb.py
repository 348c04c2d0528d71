"""VSB 博达: COLUMN.htm is the newest page of a list; the older ones are COLUMN/N.htm, counting down."""

from typing import ClassVar

from etl.model_internet.entries import Entry, hexadecimal, number
from etl.model_internet.families.base import Cms, download, ending, relative
from etl.model_internet.model import ModelReport, Shown
from etl.model_internet.site import Answer, Column, Query


class Vsb(Cms):
    """VSB 博达 (SiteBuilder)."""

    server: ClassVar[str] = "Server"
    page_size: ClassVar[int] = 12
    hub_path: ClassVar[str] = "/zwgk.htm"
    header_charset: ClassVar[str | None] = "UTF-8"

    def list_path(self, column: Column, number: int, total: int) -> str:
        stem = f"/zwgk/{self.folder(column)}"
        return f"{stem}.htm" if number == 1 else f"{stem}/{total - number + 1}.htm"

    def entry_path(self, column: Column, entry: Entry) -> str:
        return f"/info/{self.column_number(column)}/{entry.id}.htm"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        key = hexadecimal(report.file_name, report.code).upper()
        if report.shown is Shown.ATTACHMENT:  # all downloads are one page; a parameter says which
            which = f"urltype=news.DownloadAttachUrl&owner=1457361893&wbfileid={_file_id(report)}"
            return f"/system/_content/download.jsp?{which}"
        return f"/__local/{key[0]}/{key[1:3]}/{key[3:5]}/{key[5:]}_{len(report.file_name):X}{ending(report)}"

    def file_href(self, column: Column, entry: Entry, report: ModelReport) -> str:
        if report.shown is Shown.FRAME:
            return relative(self.entry_path(column, entry), self.file_path(column, entry, report))
        return self.file_path(column, entry, report)

    def file(self, report: ModelReport, query: Query) -> Answer:
        answer = super().file(report, query)
        if report.shown is not Shown.ATTACHMENT:
            return answer
        return answer._replace(content_type="application/octet-stream", headers=download(report))

    def viewer(self, href: str, report: ModelReport) -> str:
        return f'<script>showVsbpdfIframe("{href}","100%","600","0","","","")</script>'

    def attachment(self, href: str, report: ModelReport) -> str:
        href = href.replace("&", "&amp;")
        return f'<ul><li>附件【<a href="{href}" target="_blank">{report.file_name}</a>】</li></ul>'

    def dress(self, title: str, entry: Entry, body: str) -> str:
        return super().dress(
            title, entry, f'<div id="vsb_content"><div class="v_news_content">{body}</div></div>'
        )

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        def link(n: int, text: str, name: str) -> str:
            if n == number or not 1 <= n <= total:
                return f'<span class="{name}_d">{text}</span>'
            href = relative(at, self.list_path(column, n, total)).removeprefix("./")
            return f'<span class="{name}"><a href="{href}">{text}</a></span>'

        near = range(max(1, number - 3), min(total, number + 3) + 1)
        numbers = "".join(link(n, str(n), "p_no") for n in near)
        return (
            f'<div class="pb_sys_common"><span class="p_t">共{len(column.entries)}条</span>'
            f'<span class="p_pages">{link(1, "首页", "p_first")}{link(number - 1, "上页", "p_prev")}{numbers}'
            f"{link(number + 1, '下页', 'p_next')}{link(total, '尾页', 'p_last')}</span></div>\n"
        )


def _file_id(report: ModelReport) -> int:
    return 100_000 + number(report.file_name, report.code) % 9_000_000
