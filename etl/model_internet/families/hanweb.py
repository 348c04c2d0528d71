"""Hanweb jcms: a script draws the lists from a datastore in the page and from dataproxy.jsp."""

from collections.abc import Sequence
from html import escape
from typing import ClassVar
from urllib.parse import quote, urlencode

from etl.model_internet.entries import Entry
from etl.model_internet.families.base import Cms, download, stored_name
from etl.model_internet.faults import Role
from etl.model_internet.model import ModelReport, Shown
from etl.model_internet.site import Answer, Column, Query

_GROUP = 3  # pages that come at once
SESSION = (("Set-Cookie", "JSESSIONID=8F0C1B; Path=/; HttpOnly"),)
_PROXY = "/module/web/jpage/dataproxy.jsp"


class Hanweb(Cms):
    """Hanweb jcms, whose lists are empty without their script."""

    server: ClassVar[str] = "Apache-Coyote/1.1"
    robots: ClassVar[str | None] = None
    page_size: ClassVar[int] = 15
    hub_path: ClassVar[str] = "/col/col1500001/index.html"
    header_charset: ClassVar[str | None] = "UTF-8"

    def list_path(self, column: Column, number: int, total: int) -> str:
        path = f"/col/col{self.column_number(column, 100_000, 900_000)}/index.html"
        return path if number == 1 else f"{path}?uid={self.unit(column)}&pageNum={number}"

    def unit(self, column: Column) -> int:
        return self.plan.number("unit", column.key, low=1_000_000, high=7_000_000)

    def add_list(self, column: Column) -> None:
        self.site.listings += [self.first_page(column)] if column.key == "county" else []
        self.site.add(Role.LISTING, self.first_page(column), lambda query: self.list_page(column, 1, 1, query))
        self.site.add(Role.LISTING, _PROXY, self.proxy)

    def entry_path(self, column: Column, entry: Entry) -> str:
        day = entry.published
        number = self.column_number(column, 100_000, 900_000)
        return f"/art/{day.year}/{day.month}/{day.day}/art_{number}_{entry.id}.html"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        if report.shown is Shown.ATTACHMENT:
            names = urlencode({"classid": 0, "showname": report.file_name, "filename": stored_name(report)})
            return f"/module/download/downfile.jsp?{names}"
        return f"/attach/0/{stored_name(report)}"

    def file_href(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return self.file_path(column, entry, report)

    def file(self, report: ModelReport, query: Query) -> Answer:
        answer = super().file(report, query)
        if report.shown is not Shown.ATTACHMENT:
            return answer
        return answer._replace(content_type="application/octet-stream", headers=download(report))

    def attachment(self, href: str, report: ModelReport) -> str:
        return f'<p><img src="/images/pdf.png"><a href="{escape(href)}">{report.file_name}</a></p>'

    def viewer(self, href: str, report: ModelReport) -> str:
        shown = f"/module/jslib/pdfjs/web/viewer.html?file={quote(href, safe='')}"
        return f'<iframe src="{shown}" width="100%" height="800"></iframe>'

    def items(self, at: str, column: Column, entries: Sequence[Entry]) -> str:
        return ""  # drawn by the script in pager()

    def records(self, column: Column, entries: Sequence[Entry]) -> str:
        return "".join(
            f'<record><![CDATA[<li><a href="{self.entry_path(column, entry)}" title="{escape(entry.title)}"'
            f' target="_blank">{escape(entry.title)}</a><span>{entry.published}</span></li>]]></record>\n'
            for entry in entries
        )

    def parameters(self, column: Column) -> dict[str, str]:
        return {
            "col": "1",
            "appid": "1",
            "webid": str(self.plan.number("web", low=10, high=3000)),
            "path": "/",
            "columnid": str(self.column_number(column, 100_000, 900_000)),
            "sourceContentType": "1",
            "unitid": str(self.unit(column)),
            "webname": self.plan.site_name,
            "permissiontype": "0",
        }

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        first = column.entries[: self.size * _GROUP]
        given = self.parameters(column)
        after = escape(f"{_PROXY}?page=1&{urlencode(given)}")
        unit = given["unitid"]
        pairs = ",".join(f"{key}:'{value}'" for key, value in given.items())
        return f"""<div id="{unit}" class="default_pgContainer"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="{after}"></a>]]></nextgroup>
<recordset>
{self.records(column, first)}</recordset>
</datastore></script></div>
<script type="text/javascript">
$(function(){{ $('#{unit}').jpage({{ totalRecord:{len(column.entries)}, perPage:{self.size}, groupSize:{_GROUP},
 proxyUrl:'{_PROXY}', openCookies:false, barPosition:'bottom', ajaxParam:{{{pairs}}} }}); }});
</script>
"""

    def proxy(self, query: Query) -> Answer | None:
        """Records ``startrecord`` to ``endrecord``, from 1, both included."""
        column = next(
            (one for one in self.columns if query.get("columnid") == self.parameters(one)["columnid"]), None
        )
        if column is None or query.get("unitid") != self.parameters(column)["unitid"]:
            empty = "<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>"
            return Answer(empty.encode(), "text/xml; charset=UTF-8", is_dynamic=True)
        group, size = int(query.get("page", "1")), int(query.get("perpage") or self.size)
        start = int(query.get("startrecord") or (group - 1) * size * _GROUP + 1)
        end = int(query.get("endrecord") or start + size * _GROUP - 1)
        total = len(column.entries)
        body = (
            "<?xml version='1.0' encoding='UTF-8'?>\n<datastore>\n"
            f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // size)}</totalpage>\n"
            f"<recordset>\n{self.records(column, column.entries[start - 1 : end])}</recordset>\n</datastore>"
        )
        return Answer(body.encode(), "text/xml; charset=UTF-8", headers=SESSION, is_dynamic=True)
