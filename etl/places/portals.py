"""The portal registry: where each county publishes, as far as it is known.

``data/portals.yaml`` ships with Gouji; ``portals.yaml`` in a home adds to it. What an entry holds:
docs/reference/portals.md.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator, model_validator

from etl.places.counties import DIRECT, Counties, County
from etl.yaml_source import DataError, DataModel, load_model

FamilyName = Literal[
    "trs", "hanweb", "hanweb_annual", "vsb", "ucap", "guangdong", "shaanxi", "anhui", "generic"
]
"""The CMS families that are known; each has a section in docs/reference/cms-families.md."""

YEAR = "{year}"  # in the address of a list: stands for the report year


class _Context:
    """What an entry is held to beside itself: the county list, and the entries before it in its file."""

    def __init__(self, counties: Counties) -> None:
        self.counties = counties
        self.seen: set[str] = set()


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is not an http or https address")
    _ = parts.port  # raises ValueError where it is no number of a port
    if foreign := re.search(r"[\s{}]", url):
        raise ValueError(
            f"{url} has a {foreign.group()!r}: no spaces in an address, no braces but {YEAR} in that of a list"
        )
    return url


def _list_address(url: str) -> str:
    _address(url.replace(YEAR, "2024"))
    return url


Address = Annotated[str, AfterValidator(_address)]
ListAddress = Annotated[str, AfterValidator(_list_address)]
Code = Annotated[str, Field(pattern=r"^\d{6}$", coerce_numbers_to_str=True)]
Host = Annotated[str, Field(pattern=r"^[a-z0-9.-]+(:\d+)?$")]


class Portal(DataModel):
    """One portal. ``code`` is that of the county it belongs to, or of a prefecture (ending 00) in whose column
    the reports of many counties stand."""

    code: Code
    name: str = ""  # of the county or prefecture; only held against the code
    home: Address
    listings: tuple[ListAddress, ...] = ()  # lists of reports; `YEAR` in one stands for the report year
    family: FamilyName | None = None
    hosts: tuple[Host, ...] = ()  # further hosts that may be asked, as host or host:port
    reports: tuple[Address, ...] = ()  # reports known to be there
    min_reports: int = Field(default=0, ge=0)  # fewer than this listed is a failure
    note: str = ""

    @property
    def is_prefecture(self) -> bool:
        return self.code.endswith("00")

    @property
    def registered_hosts(self) -> tuple[str, ...]:
        """The hosts that this entry allows: that of its home, and ``hosts``."""
        return (host_of(self.home), *self.hosts)

    @field_validator("code")
    @classmethod
    def _is_a_place(cls, code: str, info: ValidationInfo) -> str:
        context = info.context
        if isinstance(context, _Context):
            if code in context.seen:
                raise ValueError(f"{code} has an entry in this file already")
            context.seen.add(code)
            if not _places(code, context.counties):
                kind = "prefecture" if code.endswith("00") else "county"
                raise ValueError(f"no {kind} has had the code {code} since 2008")
        return code

    @field_validator("name")
    @classmethod
    def _is_its_name(cls, name: str, info: ValidationInfo) -> str:
        code, context = info.data.get("code"), info.context
        if name and code and isinstance(context, _Context):
            names = names_of(code, context.counties)
            if name not in names:
                raise ValueError(f"{code} is {' or '.join(names)}, not {name}")
        return name

    @model_validator(mode="after")
    def _stays_on_its_hosts(self) -> "Portal":
        allowed = set(self.registered_hosts)
        for url in (*self.listings, *self.reports):
            host = urlsplit(url).hostname or ""
            if not host.endswith(".gov.cn") and not {host, host_of(url)} & allowed:
                raise ValueError(f"{url} is neither on *.gov.cn nor on a host of this portal; name it in hosts")
        return self


class _File(DataModel):
    portals: tuple[Portal, ...]


class Registry:
    """The portals by code."""

    def __init__(self, portals: Mapping[str, Portal]) -> None:
        self.portals = dict(portals)

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that may be asked beside ``*.gov.cn``."""
        return frozenset(host for portal in self.portals.values() for host in portal.registered_hosts)

    def portals_of(self, county_code: str) -> list[Portal]:
        """The portals that may carry a county's reports: its own, and its prefecture's column."""
        codes = (county_code, f"{county_code[:4]}00")
        return [self.portals[code] for code in codes if code in self.portals]

    def unserved(self, counties: Counties, year: int) -> list[County]:
        """The counties in force in ``year`` for which no portal is known. That is a state, not a fault."""
        in_force = (one for one in counties.all if one.is_county and one.in_force(year))
        return [one for one in in_force if not self.portals_of(one.code)]

    def ended(self, counties: Counties, year: int) -> dict[str, list[County]]:
        """The codes with an entry that no place has in ``year``, each with what stands for it then.

        That is no fault: an old portal may go on carrying the reports of its years.
        """
        places = {code: _places(code, counties) for code in self.portals}
        return {
            code: list(dict.fromkeys(now for row in rows for now in counties.at(row, year)))
            for code, rows in places.items()
            if not any(row.in_force(year) for row in rows)
        }


def names_of(code: str, counties: Counties) -> list[str]:
    """The names that a county or prefecture has borne, the latest first; none where the code is unknown.

    Above counties that are under no prefecture, ``110100``, stands the province.
    """
    rows = reversed(_places(code, counties))
    if not code.endswith("00"):
        return list(dict.fromkeys(row.name for row in rows))
    return list(dict.fromkeys(row.province if row.prefecture == DIRECT else row.prefecture for row in rows))


def province_of(code: str, counties: Counties) -> str:
    """The province of a county or prefecture; empty where the code is unknown."""
    return next((row.province for row in _places(code, counties)), "")


def _places(code: str, counties: Counties) -> Sequence[County]:
    return counties.below(code) if code.endswith("00") else counties.coded(code)


def host_of(url: str) -> str:
    """The host of an address, with its port where one is given."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""


def load_registry(files: Sequence[Path], counties: Counties) -> Registry:
    """Read registries; an entry of a later file replaces that of the same code before.

    Raises:
        DataError: a file cannot be read or an entry is faulty; all faults are in the message, a line each, as
            ``file:line: where: what``.
    """
    portals: dict[str, Portal] = {}
    faults: list[str] = []
    for path in files:
        try:
            entries = load_model(path, _File, _Context(counties)).portals
        except DataError as error:
            faults.append(str(error))
        else:
            portals |= {portal.code: portal for portal in entries}
    if faults:
        raise DataError("\n".join(faults))
    return Registry(portals)


def portal_of(fields: Mapping[str, object], counties: Counties) -> Portal:
    """An entry that is in no file yet.

    Raises:
        DataError: the entry is faulty; all faults are in the message, a line each, as ``where: what``.
    """
    try:
        return Portal.model_validate(fields, context=_Context(counties))
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise DataError("\n".join(fault.removeprefix(": ") for fault in faults)) from error
