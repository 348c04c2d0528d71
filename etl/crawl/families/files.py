"""The files of a report's page: attachments, pictures of the report, and what is shown in a frame."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree

from etl.crawl.links import absolute, base_of, target_of, tree_of
from etl.crawl.page import Page

_ENDINGS = "pdf|docx?|wps|ofd|xlsx?|et|txt|zip|rar|7z"
_FILE = re.compile(rf"\.(?:{_ENDINGS})$", re.IGNORECASE)
_FILE_NAME = re.compile(rf"[^\s/\\:：*?\"<>|【】]+\.(?:{_ENDINGS})(?![a-z0-9])", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|bmp|tiff?|webp)$", re.IGNORECASE)
_WRAPPER = re.compile(
    r"/(?:down(?:load|file)?\w*|attach\w*|getfile|fileservlet|virtual_attach_file)(?:\.\w+)?$", re.IGNORECASE
)
_VIEWER = re.compile(r"(?:viewer|pdfjs|preview|reader|pdf)[^/]*(?:\.\w+)?$", re.IGNORECASE)
_VIEWED = ("file", "pdf", "src", "url", "path", "fileurl", "pdfurl", "furl")
_NAMES = ("showname", "filename", "file_name", "name", "file", "e")
_IN_SCRIPT = re.compile(
    r"showVsbpdfIframe\s*\(\s*[\"']([^\"'<>\s]+)[\"']"
    r"|[\"']([^\"'<>\s\\]{1,400}\.(?:pdf|ofd|docx?|wps)(?:\?[^\"'<>\s]*)?)[\"']",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"logo|icon|/ico|qr_?code|ewm|erweima|weixin|wechat|weibo|share|banner|background|(?:^|[/_-])bg\d*[._]|btn"
    r"|button|arrow|(?:^|[/_-])nav|header|footer|foot[._-]|beian|gongan|jubao|jiucuo|zhaocuo|dzjg|conac|blank"
    r"|spacer|default|loading|close|print|search|avatar|weather|hits?count|(?:^|[/_-])(?:top|bottom|left|right)\d*\."
    r"|login|comment|pinglun|player|(?:^|[/_-])(?:pdf|docx?|word|wps|xlsx?|excel|ofd|zip|rar|fujian)\d*\.(?:png|jpe?g|bmp)$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|header?|footer|foot|menu|crumbs?|breadcrumb|sidebar|friendlink|share|bdshare\w*"
    r"|qrcode|ewm)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SMALL = 120  # pixels; a picture or frame narrower or lower carries no report
_MANY_CELLS = 100  # of tables; a page with as many shows the report's tables itself
_MOST = 200
_LONGEST_NAME = 300  # characters of a text that tells a file name


class Attachment(NamedTuple):
    """A file of a report: what it hands out, or what it shows in a frame. ``name`` is the file's own name
    where the page tells a better one than the address does."""

    url: str
    role: Literal["attachment", "frame"]
    name: str = ""


def files_of(page: Page) -> tuple[Attachment, ...]:
    """The files of a report's page in the order they stand in, without what belongs to the site.

    Pictures count only where the page does not show the report's tables itself.
    """
    root = tree_of(page)
    if root is None:
        return ()
    found: dict[str, Attachment] = {}
    for one in _files(root, base_of(root, page.url), page):
        if one.url != page.url and len(found) < _MOST:
            found.setdefault(one.url, one)
    return tuple(found.values())


def _files(root: etree._Element, base: str, page: Page) -> Iterator[Attachment]:
    has_tables = sum(1 for _ in root.iter("td")) >= _MANY_CELLS
    for element in root.iter("a", "iframe", "frame", "embed", "object", "param", "img", "script"):
        match element.tag:
            case "a":
                one = _linked(element, base, takes_pictures=not has_tables)
            case "img":
                one = None if has_tables else _pictured(element, base)
            case "script":
                yield from _scripted(element.text or "", base)
                continue
            case _:
                one = _framed(element, base, page.url)
        if one is not None and not (element.tag == "a" and _is_around(element)):
            yield one


def _linked(anchor: etree._Element, base: str, *, takes_pictures: bool) -> Attachment | None:
    """A link to a file, to a viewer of one, or to a download of one."""
    target = target_of(anchor)
    url = absolute(base, target) if target else None
    if url is None:
        return None
    path = unquote(urlsplit(url).path)
    told = _told_name("".join(islice(anchor.itertext(), _MOST))) or _told_name(anchor.get("title") or "")
    told = told or _told_name(anchor.get("download") or "")
    if _FILE.search(path):
        return Attachment(url, "attachment", told)
    if viewed := _viewed(url, base):
        return Attachment(viewed, "attachment", told)
    asked_for = _asked_name(url)
    if _WRAPPER.search(path) and (told or _FILE.search(asked_for)):
        return Attachment(url, "attachment", told or asked_for)
    if takes_pictures and _PICTURE.search(path) and not _is_furniture(anchor, path):
        return Attachment(url, "attachment")
    return None


def _pictured(image: etree._Element, base: str) -> Attachment | None:
    source = image.get("src") or ""
    if source.startswith("data:") or not source:
        source = image.get("data-src") or image.get("data-original") or ""
    url = absolute(base, source) if source else None
    if url is None:
        return None
    path = urlsplit(url).path
    if not _PICTURE.search(path) or _is_furniture(image, path) or _is_small(image) or _is_around(image):
        return None
    return Attachment(url, "attachment")


def _framed(element: etree._Element, base: str, page_url: str) -> Attachment | None:
    """What a frame, an embedded object or its parameter shows: a file, or a page that may be the report."""
    names = {"object": ("data",), "param": ("value",)}.get(str(element.tag), ("src", "data-src"))
    source = next((value for name in names if (value := (element.get(name) or "").strip())), "")
    url = absolute(base, source) if source else None
    if url is None or (element.tag == "param" and not _FILE.search(urlsplit(url).path)):
        return None
    if viewed := _viewed(url, base):
        return Attachment(viewed, "attachment")
    path = unquote(urlsplit(url).path)
    if _FILE.search(path) or (_WRAPPER.search(path) and _FILE.search(_asked_name(url))):
        return Attachment(url, "attachment", "" if _FILE.search(path) else _asked_name(url))
    if element.tag not in ("iframe", "frame") or not _is_near(url, page_url):
        return None
    if _is_small(element) or _FURNITURE.search(path) or _is_around(element):
        return None
    return Attachment(url, "frame")


def _scripted(script: str, base: str) -> Iterator[Attachment]:
    """What a script shows: ``showVsbpdfIframe("/__local/….pdf", …)``, or a file it names."""
    for quoted in _IN_SCRIPT.finditer(script[:200_000]):
        url = absolute(base, quoted[1] or quoted[2])
        if url is not None:
            viewed = _viewed(url, base)
            if quoted[1] or viewed or _FILE.search(unquote(urlsplit(url).path)):
                yield Attachment(viewed or url, "attachment")


def _viewed(url: str, base: str) -> str | None:
    """The file that a viewer is given: ``viewer.html?file=/….pdf``."""
    parts = urlsplit(url)
    if not _VIEWER.search(parts.path):
        return None
    for key, values in parse_qs(parts.query).items():
        if key.lower() in _VIEWED and (file := absolute(base if "://" in values[0] else url, values[0])):
            path = unquote(urlsplit(file).path)
            if _FILE.search(path) or _WRAPPER.search(path) or _PICTURE.search(path):
                return file
    return None


def _asked_name(url: str) -> str:
    """The name of the file that a download address asks for: ``downfile.jsp?classid=0&filename=x.pdf``."""
    query = {key.lower(): values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    named = [query[key].rpartition("/")[2] for key in _NAMES if key in query]
    return next((name for name in named if _FILE.search(name)), "")


def _told_name(text: str) -> str:
    """The file name in a text: ``附件1：绥中县2024年年报.pdf`` without what introduces it."""
    found = _FILE_NAME.search(" ".join(text[:_LONGEST_NAME].split()))
    return re.sub(r"^附件\d*[.、]?", "", found[0]).strip() if found else ""


def _is_furniture(element: etree._Element, path: str) -> bool:
    said = " ".join(element.get(name) or "" for name in ("class", "id", "alt"))
    return _FURNITURE.search(path) is not None or _AROUND.search(said) is not None or "二维码" in said


def _is_small(element: etree._Element) -> bool:
    for name in ("width", "height"):
        size = re.match(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$", element.get(name) or "")
        styled = re.search(rf"(?<![\w-]){name}\s*:\s*(\d+(?:\.\d+)?)px", element.get("style") or "")
        if any(found and float(found[1]) < _SMALL for found in (size, styled)):
            return True
    return re.search(r"display\s*:\s*none", element.get("style") or "") is not None


def _is_around(element: etree._Element) -> bool:
    """Whether an element stands in what surrounds the content: head, foot, navigation."""
    for outer in element.iterancestors():
        if outer.tag in ("header", "footer", "nav"):
            return True
        if outer.tag in ("body", "html"):
            return False
        if _AROUND.search(f"{outer.get('class') or ''} {outer.get('id') or ''}"):
            return True
    return False


def _is_near(url: str, page_url: str) -> bool:
    """Whether a frame shows something of the same portal, or of another government host."""
    one, other = urlsplit(page_url), urlsplit(url)
    return one.netloc == other.netloc or (
        (one.hostname or "").endswith(".gov.cn") and (other.hostname or "").endswith(".gov.cn")
    )
