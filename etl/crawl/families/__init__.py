"""Families of content management systems that portals are made with; docs/reference/cms-families.md has a
section on each."""

from etl.crawl.families.anhui import Anhui
from etl.crawl.families.base import Family
from etl.crawl.families.files import Attachment
from etl.crawl.families.generic import Generic
from etl.crawl.families.guangdong import Guangdong
from etl.crawl.families.hanweb import Hanweb
from etl.crawl.families.hanweb_annual import HanwebAnnual
from etl.crawl.families.shaanxi import Shaanxi
from etl.crawl.families.trs import Trs
from etl.crawl.families.ucap import Ucap
from etl.crawl.families.vsb import Vsb
from etl.crawl.page import Page

__all__ = ["FAMILIES", "Attachment", "Family", "family_named", "near", "recognise"]

_GENERIC = Generic()
# In the order they are asked in: those whose marks are rarest elsewhere come first.
FAMILIES: tuple[Family, ...] = (
    HanwebAnnual(), Hanweb(), Guangdong(), Ucap(), Vsb(), Trs(), Shaanxi(), Anhui(), _GENERIC
)  # fmt: skip
_BY_NAME: dict[str, Family] = {family.name: family for family in FAMILIES}


def family_named(name: str) -> Family:
    """The family of this name; the generic one where no family has it (any more)."""
    return _BY_NAME.get(name, _GENERIC)


def recognise(page: Page) -> Family:
    """The family a page was made by: by its address, else by marks in its source, else the generic one."""
    by_address = (family for family in FAMILIES[:-1] if family.addresses.search(page.url))
    by_marks = (family for family in FAMILIES if family.recognises(page))
    return next(by_address, None) or next(by_marks, _GENERIC)


def near(report_url: str) -> list[str]:
    """Where the list is likely to be that a report stands on, by the shape of the report's address."""
    family = next((one for one in FAMILIES[:-1] if one.addresses.search(report_url)), _GENERIC)
    return family.near(report_url)
