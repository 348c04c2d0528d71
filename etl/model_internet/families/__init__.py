"""The CMS families that are played: a class each, laid out as the real ones are."""

from etl.model_internet.families.anhui import Anhui
from etl.model_internet.families.base import Cms
from etl.model_internet.families.generic import HandMade, Unknown
from etl.model_internet.families.guangdong import Guangdong
from etl.model_internet.families.hanweb import Hanweb
from etl.model_internet.families.hanweb_annual import HanwebAnnual
from etl.model_internet.families.shaanxi import Shaanxi
from etl.model_internet.families.trs import Trs
from etl.model_internet.families.ucap import Ucap
from etl.model_internet.families.vsb import Vsb
from etl.model_internet.model import Family
from etl.model_internet.site import Plan, Site

CMS: dict[Family, type[Cms]] = {
    Family.TRS: Trs,
    Family.HANWEB: Hanweb,
    Family.HANWEB_ANNUAL: HanwebAnnual,
    Family.VSB: Vsb,
    Family.UCAP: Ucap,
    Family.GUANGDONG: Guangdong,
    Family.SHAANXI: Shaanxi,
    Family.ANHUI: Anhui,
    Family.GENERIC: HandMade,
    Family.UNKNOWN: Unknown,
}


def build_site(plan: Plan) -> Site:
    """The addresses of a portal at one moment."""
    return CMS[plan.portal.family](plan).build()
