"""CMS families: how the portals of one content management system list reports and show them.

docs/reference/cms-families.md describes each, and says what was seen and what is general knowledge.
"""

from etl.crawl.families.anhui import Anhui
from etl.crawl.families.base import Attachment, Family
from etl.crawl.families.generic import Generic
from etl.crawl.families.guangdong import Guangdong
from etl.crawl.families.hanweb import Hanweb, HanwebAnnual
from etl.crawl.families.shaanxi import Shaanxi
from etl.crawl.families.trs import Trs
from etl.crawl.families.ucap import Ucap
from etl.crawl.families.vsb import Vsb
from etl.crawl.page import Page

__all__ = ["Attachment", "Family", "family_named", "near", "recognise"]

# In the order in which they are recognised: the more telling marks first, the one that fits all last.
_FAMILIES: tuple[Family, ...] = (
    HanwebAnnual(),
    Guangdong(),
    Hanweb(),
    Ucap(),
    Vsb(),
    Shaanxi(),
    Anhui(),
    Trs(),
    Generic(),
)
_BY_NAME: dict[str, Family] = {family.name: family for family in _FAMILIES}


def family_named(name: str | None) -> Family | None:
    """The family of a name; None where there is none of it (any more)."""
    return _BY_NAME.get(name) if name else None


def recognise(page: Page) -> Family:
    """The family a page is of, by its address and content; the generic one where no other fits."""
    return next(family for family in _FAMILIES if family.recognises(page))


def near(report_url: str) -> list[str]:
    """Where the list is likely that a report at this address stands in, best first."""
    return list(dict.fromkeys(url for family in _FAMILIES for url in family.near(report_url)))
