"""The Shaanxi cluster: folders (``xj/`` counties, ``zj/`` towns, ``szfnb/2023n/``) of reports named by a
19-digit number."""

import re

from etl.crawl.families.base import Family
from etl.crawl.families.trs import folder_and_above

_REPORT = re.compile(r"^(?P<folder>https?://[^?#]+/)\d{19}\.html")


class Shaanxi(Family):
    """Portals of the Shaanxi cluster."""

    name = "shaanxi"
    addresses = re.compile(r"/\d{19}\.html(?:$|\?)")
    marks = re.compile(r"[\"'/]\d{19}\.html\b")

    def near(self, report_url: str) -> list[str]:
        return folder_and_above(_REPORT, report_url)
