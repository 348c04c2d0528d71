"""The links of a page: where to, what they say, and the date beside them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import cast
from urllib.parse import urldefrag, urljoin

from lxml import etree
from w3lib.url import safe_url_string

from etl.crawl.page import Link, Page

MOST_LINKS = 3000  # of one page
_MOST_TEXTS = 60  # pieces of text in a link that is not closed

_DATE = re.compile(
    r"(?<!\d)(20\d\d|19\d\d)\s*[-/.年]\s*(1[0-2]|0?[1-9])\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)"
)
_DATE_AT_END = re.compile(
    r"\s*[\[(（【]?20\d\d[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}(?: \d\d:\d\d(?::\d\d)?)?[\])）】]?$"
)
_OPENS = re.compile(r"(?:window\.open|location(?:\.href)?\s*=|openUrl|goto)\s*\(?\s*['\"]([^'\"]+)['\"]")
_NAMES_COLUMN = "/gkmlpt/index"  # of the Guangdong cluster: the number after its # is the column
_SENDS = re.compile(
    r"\blocation\s*(?:\.\s*(?:href|assign|replace)\s*)?(?:=|\()\s*['\"]([^'\"\s]+)['\"]", re.IGNORECASE
)
_REFRESH = re.compile(r"^\s*\d+\s*[;,]\s*url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)
_CUT = ("…", "..", "⋯")
_DATE_ENDS = (*"0123456789", "]", ")", "）", "】")
_SIMPLE = re.compile(r"(?:\./|/)?(?:\w[\w-]*/)*\w[\w-]*(?:\.\w+)*/?", re.ASCII)
_ORIGIN = re.compile(r"(https?://[a-z0-9.-]+(?::\d+)?)(?:/(?![^?#]*(?:/\.|//))|$)", re.ASCII)
_ITEMS = ("li", "tr", "dd", "dl", "p", "td")
_REPORT = re.compile(r"信息公开.{0,12}?(?:年度报告|年报|工作报告|情况报告)|(?:年度报告|年报)")


@lru_cache(maxsize=4)  # a page is looked at several times in a row: its links, its title, its further pages
def tree_of(page: Page) -> etree._Element | None:
    """The page as a tree, however broken it is; None where there is nothing. Shared: not to be changed."""
    try:
        text = page.text.encode(errors="replace")
        return cast("etree._Element | None", etree.fromstring(text, parser=_parser()))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
    )


@lru_cache(maxsize=4)
def links(page: Page) -> tuple[Link, ...]:
    """The links of a page in order, each address once with the text that says most; at most `MOST_LINKS`."""
    root = tree_of(page)
    if root is None:
        return ()
    return merged(islice(_links(root, base_of(root, page.url)), MOST_LINKS))


def merged(found: Iterator[Link]) -> tuple[Link, ...]:
    """Links with each address once: an item's picture, title and "more" lead to the same page."""
    best: dict[str, Link] = {}
    for link in found:
        known = best.get(link.url)
        if known is None:
            best[link.url] = link
        elif len(link.text) > len(known.text):
            best[link.url] = link._replace(date=known.date or link.date)
    return tuple(best.values())


def _links(root: etree._Element, base: str) -> Iterator[Link]:
    for anchor in root.iter("a", "area"):
        target = target_of(anchor)
        if target and (url := absolute(base, target)) is not None:
            yield Link(url, _text(anchor), _date_beside(anchor))


def target_of(anchor: etree._Element) -> str | None:
    """Where a link leads, by its address or by the script that opens it; None where it leads nowhere."""
    target = (anchor.get("href") or "").strip()
    if target and not target.startswith("#") and not target.lower().startswith("javascript:"):
        return target
    opened = _OPENS.search(anchor.get("onclick") or target)
    return opened.group(1) if opened else None


def absolute(base: str, target: str) -> str | None:
    """``target`` of a page at ``base``, absolute and without fragment; None where it leads to no page."""
    target = target.strip()
    if _SIMPLE.fullmatch(target) and ".." not in target and (origin := _ORIGIN.match(base)):
        # Nearly all: joined here at a tenth of the cost, the same as below.
        if target.startswith("/"):
            return origin[1] + target
        path = base.partition("?")[0].partition("#")[0]
        return (path[: path.rfind("/") + 1] if path != origin[1] else path + "/") + target.removeprefix("./")
    try:
        url, fragment = urldefrag(urljoin(base, target))
        if fragment.isdecimal() and _NAMES_COLUMN in url:
            url += f"#{fragment}"
        return safe_url_string(url) if url.startswith(("http://", "https://")) else None
    except ValueError:
        return None


def base_of(root: etree._Element, url: str) -> str:
    """What relative addresses of a page are relative to."""
    element = root.find(".//base[@href]")
    try:
        return urljoin(url, str(element.get("href"))) if element is not None else url
    except ValueError:
        return url


def _text(anchor: etree._Element) -> str:
    own = " ".join("".join(islice(anchor.itertext(), _MOST_TEXTS)).split())
    if own.endswith(_DATE_ENDS):
        own = _DATE_AT_END.sub("", own) or own
    title = " ".join((anchor.get("title") or anchor.get("alt") or "").split())
    if title and (not own or own.endswith(_CUT) or (len(own) < len(title) and own in title)):
        return title
    if not own:
        picture = anchor.find(".//img[@alt]")
        return picture.get("alt", "") if picture is not None else ""
    return own


def _date_beside(anchor: etree._Element) -> date | None:
    """The date printed in the same list item as a link; in an item of several links, the one between it and
    the next."""
    item = next(islice(anchor.iterancestors(*_ITEMS), 1), None)
    if item is not None and item.tag == "td":
        row = item.getparent()
        item = row if row is not None else item
    if item is None:
        return date_in(anchor.tail or "")
    is_alone = all(one.get("href") == anchor.get("href") for one in islice(item.iter("a"), 10))
    return date_in(" ".join(islice(item.itertext() if is_alone else _texts_after(item, anchor), 40)))


def _texts_after(item: etree._Element, anchor: etree._Element) -> Iterator[str]:
    """The texts of an item from a link's end to the next link."""
    element = anchor
    while element is not item and element is not None:
        if element.tail:
            yield element.tail
        after = element.getnext()
        if after is None:
            parent = element.getparent()
            if parent is None or parent is item:
                return
            element = parent
            continue
        if after.tag == "a" or after.find(".//a") is not None:
            return
        yield "".join(after.itertext())
        element = after


def date_in(text: str) -> date | None:
    """The first date in a text, as ``2024-01-30``, ``2024/1/30`` or ``2024年1月30日``."""
    for year, month, day in _DATE.findall(text):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def frames_of(page: Page) -> tuple[str, ...]:
    """The addresses of a page's frames."""
    root = tree_of(page)
    if root is None:
        return ()
    base = base_of(root, page.url)
    found = (
        absolute(base, frame.get("src") or "") for frame in root.iter("iframe", "frame") if frame.get("src")
    )
    return tuple(dict.fromkeys(url for url in found if url is not None and url != page.url))


def sent_on(page: Page) -> str | None:
    """Where a page without links sends its reader on to: home pages that are a refresh or a line of script."""
    root = tree_of(page)
    if root is None or links(page):
        return None
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh" and (
            found := _REFRESH.match(meta.get("content") or "")
        ):
            return absolute(base_of(root, page.url), found[1])
    scripts = [
        *(one.text or "" for one in root.iter("script")),
        *(one.get("onload") or "" for one in root.iter("body")),
    ]
    found = next((found for script in scripts if (found := _SENDS.search(script))), None)
    return absolute(base_of(root, page.url), found[1]) if found else None


def title_of(page: Page) -> str:
    """What a page calls itself: the first of its titles that names a report, else the first."""
    root = tree_of(page)
    if root is None:
        return ""
    titles = [
        *(
            str(one.get("content"))
            for one in root.iter("meta")
            if one.get("name", "").lower() == "articletitle"
        ),
        *("".join(one.itertext()) for one in root.iter("h1", "h2")),
        *("".join(one.itertext()) for one in root.iter("title")),
    ]
    told = [" ".join(title.split()) for title in titles if title.strip()]
    return next((title for title in told if _REPORT.search(title)), told[0] if told else "")
