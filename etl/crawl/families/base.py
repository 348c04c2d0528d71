"""What all families do alike: links of a list, its further pages, attachments and frames of a report."""

import re
from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree

from etl.crawl.links import absolute, base_of, links, tree_of
from etl.crawl.page import Ask, ListPage, Page
from etl.places.portals import FamilyName

MOST_FURTHER = 60  # pages of a list
_MOST_PICTURES = 20

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|et|ofd|xlsx?|zip|rar|7z)$", re.IGNORECASE)
_NAMED = re.compile(r"[^\s/\\<>《》:：]+\.(?:pdf|docx?|wps|et|ofd|xlsx?|zip|rar|7z)\b", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|bmp|tiff?|gif)$", re.IGNORECASE)
_QUOTED_DOCUMENT = re.compile(r"[\"']([^\"'<>\s]+\.(?:pdf|ofd))(?:[?#][^\"']*)?[\"']", re.IGNORECASE)
_FURNITURE = re.compile(
    r"logo|icon|banner|qrcode|ewm|erweima|weixin|wechat|weibo|share|/images?/|/img/|/skin|/theme|/css|bszn|jubao"
    r"|red\.png|blue\.png|nopic|search|map|player|wza|accessib",
    re.IGNORECASE,
)
_FURNITURE_PART = re.compile(
    r"\b(?:nav|menu|foot(?:er)?|head(?:er)?|top|crumb|friend|share|related)\b", re.IGNORECASE
)
# Words of the statutory tables: a page that prints them is the report, and its frames are furniture.
_TABLE_WORDS = ("本年新收", "结转下年度", "现行有效", "本年制发", "予以公开", "信息内容")
_NEXT = re.compile(r"^(?:下一?页|后一页|下页>*|next|>|›|»)$", re.IGNORECASE)
_CREATE_PAGE = re.compile(r"createPageHTML\s*\(([^)]*)\)")


class Attachment(NamedTuple):
    """A file that a report's page shows or offers."""

    url: str
    role: Literal["attachment", "frame"]
    name: str = ""  # the file's name as the page gives it; empty where it gives none


class Family:
    """One CMS. The defaults fit most; a family overrides where it differs."""

    name: ClassVar[FamilyName]
    draws_by_script: ClassVar[bool] = False
    """Whether the pages of its lists may hold no links, because a script gets them from a data address."""

    def recognises(self, page: Page) -> bool:
        """Whether a page is of this family, by address and content."""
        raise NotImplementedError

    def near(self, report_url: str) -> list[str]:
        """Where the list of a report is likely, told from its address."""
        return []

    def list_page(self, page: Page) -> ListPage:
        """The links on one page of a list, and the further pages of the list."""
        return ListPage(links(page), tuple(Ask(url) for url in next_pages(page))[:MOST_FURTHER])

    def files(self, page: Page) -> tuple[Attachment, ...]:
        """The attachments and frames of a report's page, each once."""
        root = tree_of(page)
        if root is None:
            return ()
        base = base_of(root, page.url)
        is_report = sum(word in page.text for word in _TABLE_WORDS) >= 2
        found = [*_documents(root, base), *_embedded(root, base, is_report)]
        if not is_report:
            found += [
                Attachment(urljoin(base, url), "attachment") for url in _QUOTED_DOCUMENT.findall(page.text)
            ]
            found += _pictures(root, base)
        best: dict[str, Attachment] = {}
        for one in found:
            if one.url != page.url and urlsplit(one.url).scheme in ("http", "https"):
                best.setdefault(one.url, one)
        return tuple(best.values())


def _documents(root: etree._Element, base: str) -> Iterator[Attachment]:
    """Anchors that lead to documents: by the ending of their address, of their text, or of a parameter."""
    for anchor in root.iter("a"):
        url = absolute(base, anchor.get("href") or "")
        if url is None or _in_furniture(anchor):
            continue
        said = "".join(anchor.itertext()).strip() or (anchor.get("title") or "").strip()
        if _DOCUMENT.search(urlsplit(url).path):
            yield Attachment(url, "attachment", _name(url, said))
        elif (named := _NAMED.search(unquote(urlsplit(url).query))) or (
            re.search(r"download|downfile|attach|file", url, re.IGNORECASE) and (named := _NAMED.search(said))
        ):
            yield Attachment(url, "attachment", named.group().rpartition("=")[2])


def _embedded(root: etree._Element, base: str, is_report: bool) -> Iterator[Attachment]:
    """Frames and embedded viewers. A viewer that names its file leads to the file."""
    for element in root.iter("iframe", "frame", "embed", "object"):
        target = element.get("src") or element.get("data") or ""
        url = absolute(base, target) if target else None
        if url is None or _FURNITURE.search(url):
            continue
        parts = urlsplit(url)
        shown = next(
            (v for k in ("file", "url", "pdfurl", "src") for v in parse_qs(parts.query).get(k, ())), None
        )
        if shown and (_DOCUMENT.search(urlsplit(shown).path)):
            inner = absolute(url, shown)
            if inner:
                yield Attachment(inner, "attachment", _name(inner, ""))
        elif _DOCUMENT.search(parts.path):
            yield Attachment(url, "attachment", _name(url, ""))
        elif not is_report and element.tag in ("iframe", "frame"):
            yield Attachment(url, "frame")


def _pictures(root: etree._Element, base: str) -> list[Attachment]:
    """Pictures that may be the report: not the site's own furniture, and not small."""
    found = []
    for image in root.iter("img"):
        url = absolute(base, image.get("src") or "")
        if url is None or not _PICTURE.search(urlsplit(url).path) or _FURNITURE.search(url):
            continue
        if _in_furniture(image) or _is_small(image):
            continue
        found.append(Attachment(url, "attachment", _name(url, "")))
    return found[:_MOST_PICTURES]


def _is_small(image: etree._Element) -> bool:
    sizes = [
        int(size)
        for side in ("width", "height")
        if (size := (image.get(side) or "").removesuffix("px")).isdigit()
    ]
    return any(size < 200 for size in sizes)


def _in_furniture(element: etree._Element) -> bool:
    return any(
        one.tag in ("nav", "header", "footer")
        or _FURNITURE_PART.search(
            f"{one.get('class') or ''} {one.get('id') or ''}".replace("_", " ").replace("-", " ")
        )
        for one in element.iterancestors()
        if one.tag not in ("body", "html")
    )


def _name(url: str, said: str) -> str:
    named = _NAMED.search(said)
    if named:
        return named.group()
    ending = _DOCUMENT.search(urlsplit(url).path)
    if said and ending and len(said) < 100:
        return f"{said}{ending.group()}"
    return unquote(urlsplit(url).path).rpartition("/")[2]


def next_pages(page: Page) -> list[str]:
    """The further pages a page of a list leads to: by its script, its "next" link and its numbered links."""
    found = created_pages(page)
    root = tree_of(page)
    if root is None:
        return found
    base, host = base_of(root, page.url), urlsplit(page.url).netloc
    for link in root.iter("link", "a"):
        url = absolute(base, link.get("href") or "")
        if url is None or urlsplit(url).netloc != host or url == page.url:
            continue
        text = "".join("".join(link.itertext()).split())
        is_number = (
            link.tag == "a" and text.strip("[]").isdigit() and len(text) <= 4 and _is_sibling(page.url, url)
        )
        if (link.get("rel") == "next") or _NEXT.match(text) or is_number:
            found.append(url)
    return list(dict.fromkeys(found))


def _is_sibling(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but a number: pages of one list."""

    def shape(url: str) -> str:
        parts = urlsplit(url)
        plain = re.sub(r"[_-]?\d+(?=\.\w+$|$)", "", parts.path)
        plain = re.sub(r"/(?:index|list|default)?(?:\.\w+)?$", "/", plain)
        return re.sub(r"\d+", "", f"{plain}?{parts.query}").rstrip("?")

    first, second = shape(one), shape(other)
    return first == second or first.rstrip("/").partition("?")[0] == second.rstrip("/").partition("?")[0]


def created_pages(page: Page) -> list[str]:
    """The pages that ``createPageHTML`` would link: the total is the first number, the second page of
    ``index`` is index_1 where pages count from 0 (TRS), list_2 where they count from 1 (UCAP)."""
    call = _CREATE_PAGE.search(page.text)
    if call is None or (call.start() > 0 and page.text[: call.start()].rstrip().endswith("function")):
        return []
    arguments = [argument.strip().strip("'\"") for argument in call.group(1).split(",")]
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    words = [argument for argument in arguments if argument and not argument.isdigit()]
    if len(numbers) < 2 or len(words) < 2:
        return []
    total, (stem, ending) = numbers[0], words[-2:]
    starts_with_one = len(words) > 2 or stem.startswith("list")
    pages = range(2, total + 1) if starts_with_one else range(1, total)
    return [urljoin(page.url, f"{stem}_{number}.{ending}") for number in list(pages)[:MOST_FURTHER]]
