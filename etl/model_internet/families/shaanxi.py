"""The Shaanxi cluster: folders (xj, zj) of pages named by 19-digit ids; half of its sites have one a year."""

from functools import partial
from typing import ClassVar

from etl.model_internet.entries import Entry, number
from etl.model_internet.families.base import Cms, ending, linked_pager
from etl.model_internet.faults import Role
from etl.model_internet.model import ModelReport
from etl.model_internet.site import Answer, Column, Query, Validators, at_nine

_EPOCH = 1288834974657  # milliseconds: where snowflake ids begin


class Shaanxi(Cms):
    """The Shaanxi cluster."""

    server: ClassVar[str] = "nginx/1.20.1"
    validators: ClassVar[Validators] = Validators.SILENT
    page_size: ClassVar[int] = 20

    @property
    def has_years(self) -> bool:
        return bool(self.plan.number("years", low=0, high=2)) and not self.plan.portal.page_size

    def base(self, column: Column) -> str:
        names = ("szfnb", "bmnb") if self.has_years else ("xj", "zj")
        return f"/zfxxgk/zfxxgknb/{self.folder(column, *names)}/"

    def list_path(self, column: Column, number: int, total: int) -> str:
        return self.base(column) if number == 1 else f"{self.base(column)}index_{number}.html"

    def entry_path(self, column: Column, entry: Entry) -> str:
        year = f"{_year(entry)}n/" if self.has_years else ""
        return f"{self.base(column)}{year}{_snowflake(entry)}.html"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return f"/upload/{entry.published:%Y/%m/%d}/{_snowflake(entry)}{ending(report)}"

    def file_href(self, column: Column, entry: Entry, report: ModelReport) -> str:
        return self.file_path(column, entry, report)

    def add_list(self, column: Column) -> None:
        if not self.has_years:
            super().add_list(column)
            return
        if column.key == "county":
            self.site.listings.append(self.base(column))
        self.site.add(Role.LISTING, self.base(column), partial(self.years_page, column))
        for year in {_year(entry) for entry in column.entries}:
            page = partial(self.year_page, column, year)
            self.site.add(Role.LISTING, f"{self.base(column)}{year}n/", page)

    def years_page(self, column: Column, query: Query) -> Answer:
        years = sorted({_year(entry) for entry in column.entries}, reverse=True)
        links = "".join(f'<li><a href="./{year}n/">{year}年</a></li>' for year in years)
        body = f'<h2>{column.title}</h2><ul class="years">{links}</ul>'
        return self.html(self.render(column.title, body), self.plan.listed(column.entries[:1]))

    def year_page(self, column: Column, year: int, query: Query) -> Answer:
        entries = [entry for entry in column.entries if _year(entry) == year]
        body = f"<h2>{year}年</h2>{self.items(f'{self.base(column)}{year}n/', column, entries)}"
        return self.html(self.render(column.title, body), self.plan.listed(entries[:1]))

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        paths = [self.list_path(column, n, total) for n in range(1, total + 1)]
        return linked_pager(at, paths, number)


def _year(entry: Entry) -> int:
    """The folder of an entry: the year before it was published."""
    return entry.published.year - 1


def _snowflake(entry: Entry) -> int:
    """An id that holds the time of publication."""
    milliseconds = int(at_nine(entry.published).timestamp() * 1000) - _EPOCH
    return milliseconds << 22 | number(entry.id, entry.title) % 2**22
