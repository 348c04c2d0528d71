"""Hanweb's endpoint for annual reports: xxgkAnnualReport.jsp?area=ORG&fbtime=YEAR gives that year's report."""

from typing import ClassVar

from etl.model_internet.families.hanweb import SESSION, Hanweb
from etl.model_internet.faults import Role
from etl.model_internet.model import Shown
from etl.model_internet.site import Answer, Column, Query, Validators

_ENDPOINT = "/module/xxgk/xxgkAnnualReport.jsp"


class HanwebAnnual(Hanweb):
    """A jcms site that has no list: the report is asked for by its year."""

    validators: ClassVar[Validators] = Validators.NONE

    @property
    def area(self) -> str:
        return f"{self.plan.portal.code}ZFC0000{1 if self.plan.moved else 0}"

    def address(self, year: object) -> str:
        return f"{_ENDPOINT}?area={self.area}&fbtime={year}"

    def first_page(self, column: Column) -> str:
        if column.key != "county":
            return super().first_page(column)
        return self.address(max((report.year for report in self.plan.portal.reports), default=2024))

    def add_list(self, column: Column) -> None:
        if column.key != "county":
            super().add_list(column)
            return
        self.site.years = (self.address("{year}"),)
        self.site.add(Role.REPORT, _ENDPOINT, self.annual)

    def annual(self, query: Query) -> Answer:
        """The report of a year; a page that says so where there is none."""
        (county, _) = self.columns
        answer = None
        for entry in (*county.entries, *self.plan.unlisted()):
            report = entry.report
            if query.get("area") == self.area and report and str(report.year) == query.get("fbtime"):
                answer = self.entry_page(county, entry, query)
                if report.shown is Shown.INLINE:
                    break
        if answer is None:
            answer = self.html(self.render("政府信息公开年度报告", "<p>暂无数据</p>"), self.plan.listed(()))
        return answer._replace(headers=SESSION, is_dynamic=True)
