"""UCAP 开普: /cNNNNNN/list.shtml, list_2.shtml …; half of its sites draw lists from /common/search (JSON)."""

import json
from collections.abc import Sequence
from typing import ClassVar

from etl.model_internet.entries import Entry, hexadecimal
from etl.model_internet.families.base import Cms, stored_name
from etl.model_internet.faults import Role
from etl.model_internet.model import ModelReport
from etl.model_internet.site import Answer, Column, Query, at_nine


class Ucap(Cms):
    """UCAP 开普."""

    server: ClassVar[str] = "nginx"
    page_size: ClassVar[int] = 15
    hub_path: ClassVar[str] = "/zwgk/zfxxgk.shtml"
    header_charset: ClassVar[str | None] = "utf-8"

    @property
    def is_drawn(self) -> bool:
        return bool(self.plan.number("drawn", low=0, high=2))

    def channel(self, column: Column) -> str:
        return hexadecimal("channel", self.plan.portal.host, self.column_number(column))

    def list_path(self, column: Column, number: int, total: int) -> str:
        folder = f"/c{self.column_number(column, 100_000, 140_000)}"
        return f"{folder}/list.shtml" if number == 1 else f"{folder}/list_{number}.shtml"

    def add_list(self, column: Column) -> None:
        if not self.is_drawn:
            super().add_list(column)
            return
        self.site.listings += [self.first_page(column)] if column.key == "county" else []
        self.site.add(Role.LISTING, self.first_page(column), lambda query: self.list_page(column, 1, 1, query))
        self.site.add(
            Role.LISTING, f"/common/search/{self.channel(column)}", lambda query: self.search(column, query)
        )

    def entry_path(self, column: Column, entry: Entry) -> str:
        folder = f"/c{self.column_number(column, 100_000, 140_000)}"
        return f"{folder}/{entry.published:%Y%m}/{hexadecimal(self.plan.portal.host, entry.id)}.shtml"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return f"{self.entry_path(column, entry).removesuffix('.shtml')}/files/{stored_name(report)}"

    def file_href(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return self.file_path(column, entry, report)

    def dress(self, title: str, entry: Entry, body: str) -> str:
        content = f'<div id="UCAP-CONTENT"><ucapcontent>{body}</ucapcontent></div>'
        return super().dress(f"<ucaptitle>{title}</ucaptitle>", entry, content)

    def items(self, at: str, column: Column, entries: Sequence[Entry]) -> str:
        return '<ul id="listBox"></ul>\n' if self.is_drawn else super().items(at, column, entries)

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        count = len(column.entries)
        if not self.is_drawn:
            numbers = f"'page_div',{total}, {number},'list','shtml',{count}"
            return f'<div id="page_div"></div>\n<script>createPageHTML({numbers});</script>\n'
        query = f"_isAgg=true&_isJson=true&_pageSize={self.size}&_template=index&_rangeTimeGte=&_channelName="
        return f"""<div id="page_div"></div>
<script>
var channelId = '{self.channel(column)}';
$.getJSON('/common/search/{self.channel(column)}?{query}&page=1', function(json){{ draw(json.data.results); }});
</script>
"""

    def search(self, column: Column, query: Query) -> Answer:
        """One page of a list as JSON."""
        size, number = int(query.get("_pageSize") or self.size), int(query.get("page") or 1)
        results = [
            {
                "id": hexadecimal(self.plan.portal.host, entry.id),
                "title": entry.title,
                "url": self.entry_path(column, entry),
                "publishedTimeStr": f"{entry.published} 09:00:00",
                "publishedTime": int(at_nine(entry.published).timestamp() * 1000),
                "channelName": column.title,
                "source": self.plan.site_name,
            }
            for entry in column.entries[(number - 1) * size : number * size]
        ]
        data = {"page": number, "rows": size, "total": len(column.entries), "results": results}
        text = json.dumps({"status": 0, "data": data}, ensure_ascii=False)
        return Answer(text.encode(), "application/json;charset=UTF-8", is_dynamic=True)
