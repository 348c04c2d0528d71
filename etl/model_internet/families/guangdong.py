"""The Guangdong cluster: gkmlpt (公开目录平台), a catalogue that a script draws from a JSON interface."""

import json
from typing import ClassVar

from etl.model_internet.entries import Entry, number
from etl.model_internet.families.base import Cms, ending
from etl.model_internet.faults import Role
from etl.model_internet.furniture import MenuItem
from etl.model_internet.model import ModelReport
from etl.model_internet.site import Answer, Column, Query, Validators, at_nine

_INDEX = "/gkmlpt/index"


class Guangdong(Cms):
    """gkmlpt: one page for all columns; the fragment of its address says which, the interface has the lists."""

    server: ClassVar[str] = "openresty"
    validators: ClassVar[Validators] = Validators.NONE
    page_size: ClassVar[int] = 100
    hub_path: ClassVar[str] = "/zwgk/index.html"
    header_charset: ClassVar[str | None] = "UTF-8"

    @property
    def sid(self) -> int:
        return self.plan.number("sid", low=750_000, high=769_000)

    def interface(self, column: Column) -> str:
        return f"/gkmlpt/api/all/{self.column_number(column)}"

    def first_page(self, column: Column) -> str:
        return f"{_INDEX}#{self.column_number(column)}"

    def list_path(self, column: Column, number: int, total: int) -> str:
        return _INDEX

    def add_list(self, column: Column) -> None:
        if column.key == "county":
            self.site.listings.append(f"{self.interface(column)}?page=1&sid={self.sid}")
            self.site.add(Role.HUB, _INDEX, self.index)
        self.site.add(Role.LISTING, self.interface(column), lambda query: self.articles(column, query))

    def entry_path(self, column: Column, entry: Entry) -> str:
        return f"/gkmlpt/content/{entry.id // 100_000}/{entry.id // 1000}/post_{entry.id}.html"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        name = number(report.file_name, report.code) % 1_000_000
        return f"/attachment/0/{entry.id // 1000}/{name}/{entry.id}{ending(report)}"

    def file_href(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return f"{self.plan.home}{self.file_path(column, entry, report)}"

    def attachment(self, href: str, report: ModelReport) -> str:
        link = f'<a class="nfw-cms-attachment" href="{href}">{report.file_name}</a>'
        return f"<p>{link}</p>"

    def side(self) -> list[MenuItem]:
        return [MenuItem("政府信息公开目录", _INDEX), *super().side()]

    def index(self, query: Query) -> Answer:
        """The page that draws every column."""
        tree = [
            {"id": self.column_number(column), "name": column.title, "parent_id": 0, "children": []}
            for column in self.columns
        ]
        config = f"SID: '{self.sid}', DETAIL: {{}}, TREE: {json.dumps(tree, ensure_ascii=False)}"
        head = f"<script>window._CONFIG = {{ DEV: false, {config} }};</script>\n"
        body = '<div id="app"></div><script src="/gkmlpt/static/js/app.js"></script>'
        return self.html(self.render("政府信息公开目录", body, head=head), self.plan.listed(()))

    def articles(self, column: Column, query: Query) -> Answer | None:
        """One page of a list as JSON."""
        if query.get("sid") != str(self.sid):
            return None
        page = int(query.get("page") or 1)
        articles = [
            {
                "id": entry.id,
                "title": entry.title,
                "url": f"{self.plan.home}{self.entry_path(column, entry)}",
                "post_url": f"{self.plan.home}{self.entry_path(column, entry)}",
                "identifier": f"990000/{entry.published.year}-{entry.id}",
                "publisher": f"{self.plan.site_name}办公室",
                "created_at": f"{entry.published} 08:30:00",
                "first_publish_time": int(at_nine(entry.published).timestamp()),
                "display_publish_time": int(at_nine(entry.published).timestamp()),
            }
            for entry in column.entries[(page - 1) * self.size : page * self.size]
        ]
        classify = {"id": self.column_number(column), "name": column.title, "post_count": len(column.entries)}
        text = json.dumps(
            {"classify": classify, "articles": articles, "total": len(column.entries)}, ensure_ascii=False
        )
        return Answer(text.encode(), "application/json", is_dynamic=True)
