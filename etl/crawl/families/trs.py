"""TRS WCM (拓尔思): static pages in folders, ``YYYYMM/tYYYYMMDD_ID.shtml``, paged by a script."""

import re
from urllib.parse import urljoin

from etl.crawl.families.base import Family

_REPORT = re.compile(r"^(?P<folder>https?://[^?#]+?/)(?:\d{6}/)?t(?:\d{8}_)?\d+(?:_wap)?\.s?html?")
_YEAR = re.compile(r"/(?:19|20)\d\dn?(?:_\d+)?/$")


class Trs(Family):
    """Portals made with TRS WCM."""

    name = "trs"
    addresses = re.compile(r"/t\d{8}_\d+(?:_wap)?\.s?html?(?:$|\?)|/t\d{5,}\.s?html?(?:$|\?)")
    marks = re.compile(r"createPageHTML\(\s*\d|TRS_Editor|trs_web|/t(?:19|20)\d{6}_\d+\.s?html?|<TRS_")

    def near(self, report_url: str) -> list[str]:
        return folder_and_above(_REPORT, report_url)


def folder_and_above(pattern: re.Pattern[str], report_url: str) -> list[str]:
    """The folder a report lies in, and the one above where that is the folder of a year."""
    found = pattern.match(report_url)
    if found is None:
        return []
    folder = found["folder"]
    return [folder, urljoin(folder, "..")] if _YEAR.search(folder) else [folder]
