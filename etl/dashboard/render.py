"""Values to HTML: the templates, and what they may call. Everything that is not ours is escaped."""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from etl.dashboard.reader import Table
from etl.dashboard.registry import Found, Given, Page, Registry
from etl.dashboard.words import LANGUAGES, Language, Words
from etl.forms import measures

_PACKAGE = Path(__file__).parent
ASSETS = _PACKAGE / "assets"
NOT_STATED = "—"  # never 0: nothing was stated


def _always(_: str, __: Given) -> bool:
    return True


@dataclass(frozen=True)
class Show:
    """How the dashboard is shown: by a server, or as files.

    ``suffix`` ends the path of a page, ``has`` says whether a page (its name, its parameters) is there.
    """

    registry: Registry
    suffix: str = ""
    has: Callable[[str, Given], bool] = _always
    is_static: bool = False
    has_review: bool = False  # whether findings lead to their review


def path_of(page: Page, language: Language, given: Given) -> str:
    """The path of a page without suffix: ``zh/coverage/21``."""
    return f"{language}/{page.path.format(**given)}"


def data_path_of(page: Page, given: Given, table: str) -> str:
    """The path of the CSV of a page's table: ``data/coverage/21.matrix.csv``."""
    return f"data/{page.path.format(**given)}.{table}.csv"


def tables(values: Any) -> Iterator[Table]:
    """The tables among a page's values, those inside its lists and dataclasses too."""
    if isinstance(values, Table):
        yield values
    elif is_dataclass(values):
        for one in fields(values):
            yield from tables(getattr(values, one.name))
    elif isinstance(values, tuple | list):
        for inner in values:
            if not isinstance(inner, dict):
                yield from tables(inner)


def render(show: Show, found: Found, values: Any, release: Any) -> str:
    """The HTML of a page. ``release`` is what the foot of every page says of the warehouse."""
    page, language = found.what, found.language
    assert isinstance(page, Page)
    assert language is not None
    here = path_of(page, language, found.given)
    template = environment().get_template(f"{page.name}.html")
    return template.render(
        **_tools(show, language, here),
        v=values,
        page=page,
        given=found.given,
        release=release,
        languages=[
            (other, _relative(here, path_of(page, other, found.given) + show.suffix)) for other in LANGUAGES
        ],
        csv=lambda table: _relative(here, data_path_of(page, found.given, table.name)),
    )


def render_message(show: Show, language: Language, here: str, title: str, text: str) -> str:
    """A page that only says something: that a page is not there, that nothing is published."""
    return environment().get_template("message.html").render(
        **_tools(show, language, here), title=title, text=text, page=None, given={}, release=None,
        languages=[(other, _relative(here, f"{other}/overview{show.suffix}")) for other in LANGUAGES],
    )  # fmt: skip


def render_own(show: Show, language: Language, path: str, template: str, **values: Any) -> str:
    """A page that is none of the registry, at ``path`` below the language: what only a server has."""
    here = f"{language}/{path}"
    others = [(other, _relative(here, f"{other}/{path}")) for other in LANGUAGES]
    tools = _tools(show, language, here)
    return (
        environment()
        .get_template(template)
        .render(**tools, **values, page=None, given={}, release=None, languages=others)
    )


def _tools(show: Show, language: Language, here: str) -> dict[str, Any]:
    words = Words(language)

    def link(name: str, **given: object) -> str | None:
        texts = {key: str(value) for key, value in given.items()}
        if not show.registry.has(name) or not show.has(name, texts):
            return None
        return _relative(here, path_of(show.registry.page(name), language, texts) + show.suffix)

    def go(name: str, text: object, **given: object) -> Markup:
        address = link(name, **given)
        return escape(text) if address is None else Markup('<a href="{}">{}</a>').format(address, text)

    def file(name: str, **given: object) -> str:
        return _relative(here, show.registry.file(name).path.format(**given))

    return {
        "w": words,
        "lang": language,
        "link": link,
        "go": go,
        "file": file,
        "asset": lambda name: _relative(here, f"assets/{name}"),
        "root": _relative(here, ""),
        "suffix": show.suffix,
        "is_static": show.is_static,
        "has_review": show.has_review,
        "menu": [one for one in show.registry.pages if not one.section and "{" not in one.path],
        "web": web,
        "label": lambda cell: label(cell, language),
    }


def _relative(here: str, there: str) -> str:
    """The address of one path as it is written on the page at another."""
    relative = posixpath.relpath(there or ".", posixpath.dirname(here) or ".")
    return relative if there and not there.endswith("/") else f"{relative}/"


def label(cell: str, language: Language) -> str:
    """What the newest form that has the cell calls it: row and column; its address where no form has it."""
    table, _, rest = cell.partition(".")
    row, _, column = rest.rpartition(".")
    slots = measures().get((table, row, column))
    if slots is None:
        return cell
    return slots[0].zh if language == "zh" else slots[0].en


def web(url: str | None) -> str | None:
    """``url`` where it may be made a link: an address of the web, nothing that a browser would run."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def number(value: Any) -> str:
    """A figure with its thousands apart, as printed otherwise; none is a dash, never 0."""
    if value is None:
        return NOT_STATED
    if isinstance(value, Decimal | float):
        whole = int(value)
        return f"{whole:,}" if value == whole else f"{value:,.6f}".rstrip("0")
    return f"{value:,}"


def percent(value: Any, digits: int = 0) -> str:
    """A share in percent; a share that is not quite all is never shown as all, nor one above nothing as 0."""
    if value is None:
        return NOT_STATED
    share = float(value) * 100
    least = 10.0**-digits
    if 0 < share < least:
        return f"<{least:.{digits}f}%"
    if 100 - least < share < 100:
        return f">{100 - least:.{digits}f}%"
    return f"{share:.{digits}f}%"


def level(value: Any) -> str:
    """The class of a share on the heat scale: ``h0``, nothing, to ``h10``, all; ``hx`` where none is known."""
    if value is None:
        return "hx"
    share = float(value)
    return f"h{0 if share <= 0 else 10 if share >= 1 else max(1, min(9, round(share * 10)))}"


def day(value: datetime | date | None) -> str:
    """The day in China of a moment (UTC), or a date."""
    if value is None:
        return NOT_STATED
    return (
        (value + timedelta(hours=8)).strftime("%Y-%m-%d") if isinstance(value, datetime) else value.isoformat()
    )


def moment(value: datetime | None) -> str:
    """A moment (UTC) by the clock in China, to the minute."""
    return NOT_STATED if value is None else (value + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M")


def duration(seconds: Any) -> str:
    """So many seconds in hours, minutes and seconds: 1:02:03, 2:03, 0.7 s."""
    if seconds is None:
        return NOT_STATED
    if seconds < 60:
        return f"{seconds:g} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@cache
def environment() -> Environment:
    """The templates. Autoescape is on for all of them, and an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(_PACKAGE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "num": number,
        "pct": percent,
        "heat": level,
        "day": day,
        "moment": moment,
        "duration": duration,
    }
    return made
