"""TRS WCM: static pages; lists index.html, index_1.html … counted by createPageHTML."""

from typing import ClassVar

from etl.model_internet.entries import Entry, number
from etl.model_internet.families.base import Cms, ending
from etl.model_internet.faults import Role
from etl.model_internet.model import ModelReport
from etl.model_internet.site import Column


class Trs(Cms):
    """TRS WCM behind nginx."""

    page_size: ClassVar[int] = 15

    def list_path(self, column: Column, number: int, total: int) -> str:
        folder = f"/zwgk/zfxxgk/{self.folder(column)}/"
        return folder if number == 1 else f"{folder}index_{number - 1}.html"

    def add_list(self, column: Column) -> None:
        super().add_list(column)
        first = self.first_page(column)
        self.site.add(Role.LISTING, f"{first}index.html", self.site.pages[first])

    def entry_path(self, column: Column, entry: Entry) -> str:
        folder = self.list_path(column, 1, 1)
        return f"{folder}{entry.published:%Y%m}/t{entry.published:%Y%m%d}_{entry.id}.html"

    def file_path(self, column: Column, entry: Entry, report: ModelReport) -> str:
        folder = self.list_path(column, 1, 1)
        letter = "W" if ending(report) == ".html" else "P"
        name = f"{letter}0{entry.published:%Y%m%d}{number(report.file_name) % 10**12:012}"
        return f"{folder}{entry.published:%Y%m}/{name}{ending(report)}"

    def pager(self, at: str, column: Column, number: int, total: int) -> str:
        return (
            '<div class="page"><script type="text/javascript">\n'
            f'createPageHTML({total}, {number - 1}, "index", "html");\n</script></div>\n'
        )
