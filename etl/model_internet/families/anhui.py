"""The Anhui cluster: /public/column/ORG?type=4&catId=…&pageIndex=2, pages /public/ORG/ID.html."""

from typing import ClassVar

from etl.model_internet.entries import Entry
from etl.model_internet.families.base import Cms, linked_pager, stored_name
from etl.model_internet.faults import Role
from etl.model_internet.model import ModelReport
from etl.model_internet.site import Answer, Column, Query, Validators


class Anhui(Cms):
    """The Anhui cluster, whose lists are one page with parameters."""

    server: ClassVar[str] = "Tengine"
    validators: ClassVar[Validators] = Validators.NONE
    page_size: ClassVar[int] = 15
    header_charset: ClassVar[str | None] = "utf-8"

    def path(self, column: Column) -> str:
        return f"/public/column/{self.organisation(column)}"

    def organisation(self, column: Column) -> int:
        return self.column_number(column, 3_000_000, 4_000_000)

    def list_path(self, column: Column, number: int, total: int) -> str:
        first = (
            f"{self.path(column)}?type=4&catId={self.plan.number('cat', low=10_000, high=90_000)}&action=list"
        )
        return first if number == 1 else f"{first}&pageIndex={number}"

    def add_list(self, column: Column) -> None:
        if column.key == "county":
            self.site.listings.append(self.first_page(column))
        self.site.add(Role.LISTING, self.path(column), lambda query: self.numbered(column, query))

    def numbered(self, column: Column, query: Query) -> Answer:
        return self.list_page(column, int(query.get("pageIndex") or 1), self.total(column), query)

    def entry_path(self, column: Column, entry: Entry) -> str:
        return f"/public/{self.organisation(column)}/{entry.id}.html"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return f"/group1/M00/{stored_name(report)[:2].upper()}/{stored_name(report)}"

    def file_href(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return self.file_path(column, entry, report)

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        near = range(max(1, number - 2), min(total, number + 2) + 1)
        known = {1, total, number - 1, number + 1, *near}
        paths = [self.list_path(column, n, total) if n in known else "" for n in range(1, total + 1)]
        return linked_pager(at, paths, number)
