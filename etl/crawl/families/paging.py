"""The further pages of a list, told from one of them."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from etl.crawl.links import absolute, base_of, links, tree_of
from etl.crawl.page import Link, Page

MOST_PAGES = 60

# createPageHTML(5, 0, "index", "shtml") of TRS counts from 0; UCAP names the element first and counts from 1:
# createPageHTML('page_div', 5, 1, 'list', 'shtml', 89).
_CREATE = re.compile(
    r"createPageHTML\s*\(\s*(?P<element>['\"][^'\"]*['\"]\s*,)?\s*(?P<total>\d{1,5}|[a-z]\w*)\s*,\s*\w+\s*,"
    r"\s*['\"](?P<stem>[\w./-]+)['\"]\s*,\s*['\"]\.?(?P<ending>\w+)['\"]",
    re.IGNORECASE,
)
# The same without the function: document.write('<a href="index_' + nextPage + '.shtml">').
_WRITTEN = re.compile(
    r"[\"'/](?P<stem>\w+?)(?:\\?[\"']\s*\+\s*\\?[\"'])?_\\?[\"']\s*\+\s*nextPage\s*\+\s*\\?[\"']\.(?P<ending>\w+)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b(?:countPage|pageCount|totalPages?|total_page)\b['\"]?\s*[:=]\s*['\"]?(\d{1,5})\b")
_PAGING = re.compile(
    r"^\W*(?:下一?页|后一?页|尾页|末页|最后一?页|next(?: page)?|last(?: page)?)\W*$"
    r"|^\W{0,2}\d{1,4}\W{0,2}$|^[›»>]{1,2}$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"^\W*(?:下一?页|后一?页|next(?: page)?)\W*$", re.IGNORECASE)
_LONGEST = 20  # characters of what leads to another page
_NUMBERS = re.compile(r"\d+")
_YEAR_FOLDER = re.compile(r"(?:19|20)\d\d[n年]?(?:[_-]\d+)?(?:/(?:index|list)\.\w+|/|\.s?html?)?")
_YEAR = re.compile(r"^\W*(?:19|20)\d\d\W*年?度?\W*$")
PARAMETERS = (
    "page",
    "pageIndex",
    "pageNum",
    "pageNo",
    "pageno",
    "cur_page",
    "curPage",
    "currentPage",
    "PAGENUM",
)


def script_pages(page: Page) -> list[str]:
    """The further pages that a script counts: ``createPageHTML(total, current, "index", "shtml")``, the total
    also as a variable, or links that it writes to them."""
    counted = _COUNT.search(page.text)
    for call in _CREATE.finditer(page.text):
        if total := call["total"] if call["total"].isdecimal() else counted and counted[1]:
            return _numbered(page, call["stem"], call["ending"], int(total), first=1 if call["element"] else 0)
    if counted and (written := _WRITTEN.search(page.text)):
        return _numbered(page, written["stem"], written["ending"], int(counted[1]), first=0)
    return []


def _numbered(page: Page, stem: str, ending: str, total: int, *, first: int) -> list[str]:
    """``index_1.shtml`` and on, where the first page of all is counted as ``first``."""
    last = min(total, MOST_PAGES) + first - 1
    urls = (absolute(page.url, f"{stem}_{n}.{ending}") for n in range(first + 1, last + 1))
    return [url for url in urls if url is not None]


def counted_pages(page: Page, parameter: str) -> list[str]:
    """The further pages where a script says how many there are and a parameter says which."""
    found = _COUNT.search(page.text)
    total = min(int(found[1]), MOST_PAGES) if found else 1
    return [with_parameter(page.url, parameter, n) for n in range(2, total + 1)]


def linked_pages(page: Page) -> list[str]:
    """The further pages that are linked: the next one, those by number, and those up to the last.

    A link counts where its address differs from the list's in a page number only; one that says "next page"
    also where it stays in the list's folder.
    """
    urls: list[str] = []
    folder = urljoin(page.url, ".")
    for link in [*_linked_next(page), *links(page)]:
        if len(link.text) >= _LONGEST or not _PAGING.search(link.text):
            continue
        is_next = _NEXT.search(link.text) is not None and link.url.startswith(folder)
        if _is_sibling(page.url, link.url) or (is_next and link.url != page.url):
            urls.append(link.url)
    return list(dict.fromkeys([*urls, *_between(urls)]))[:MOST_PAGES]


def year_folders(page: Page) -> list[str]:
    """The lists of single years below a list: ``zfxxgknb/2023n/``, printed as 2023年."""
    folder = urljoin(page.url, ".")
    return [
        link.url
        for link in links(page)
        if len(link.text) < _LONGEST
        and _YEAR.match(link.text)
        and link.url.startswith(folder)
        and _YEAR_FOLDER.fullmatch(link.url[len(folder) :])
    ]


def with_parameter(url: str, name: str, value: object) -> str:
    """An address with one parameter of its query set."""
    parts = urlsplit(url)
    query = [(key, old) for key, old in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, str(value))]), fragment=""))


def _linked_next(page: Page) -> Iterable[Link]:
    root = tree_of(page)
    if root is None:
        return
    base = base_of(root, page.url)
    for element in root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split() and element.get("href"):
            url = absolute(base, element.get("href") or "")
            if url is not None:
                yield Link(url, "下一页")


def _is_sibling(list_url: str, url: str) -> bool:
    """Whether two addresses are pages of one list: they differ in a page number only.

    ``index.html`` and ``index_1.html``, ``/nb/`` and ``/nb/index_1.html``, ``nb.htm`` and ``nb/3.htm``,
    ``?page=1`` and ``?page=2``, ``?id=7`` and ``?id=7&page=2``.
    """
    one, other = urlsplit(list_url), urlsplit(url)
    if one.netloc != other.netloc or one[:4] == other[:4]:
        return False
    return _shape(one.path) == _shape(other.path) and _fixed(one.query) == _fixed(other.query)


def _shape(path: str) -> str:
    """A path without its page number: what all pages of a list have in common."""
    path = re.sub(
        r"/(?:(?:index|default|list)?(?:[_-]\d{1,4})?|(?:page|p|list)[_-]?\d{1,4})(?:\.\w+)?$", "", path
    )
    path = re.sub(r"/\d{1,4}\.\w+$", "", path)
    return re.sub(r"(?:[_-]\d{1,4})?\.\w+$", "", path)


def _fixed(query: str) -> list[tuple[str, str]]:
    """The parameters of a query that do not say which page."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return sorted((key, value) for key, value in pairs if not _is_page_parameter(key))


def _is_page_parameter(key: str) -> bool:
    return (
        key in PARAMETERS
        or key.lower() in ("p", "pn")
        or re.search(r"page(?:index|num|no)?$|^a\d+p$", key, re.I) is not None
    )


def _between(urls: list[str]) -> list[str]:
    """The pages between those linked: 2, 3, …, 9 of which 4 to 8 are not printed."""
    by_shape: dict[str, set[int]] = {}
    for url in urls:
        *_, last = [None, *_NUMBERS.finditer(url)]
        if last is not None and len(last[0]) < 4:
            by_shape.setdefault(f"{url[: last.start()]}{{}}{url[last.end() :]}", set()).add(int(last[0]))
    return [
        shape.replace("{}", str(n))
        for shape, numbers in by_shape.items()
        if len(numbers) > 1
        for n in range(min(numbers), min(max(numbers), min(numbers) + MOST_PAGES) + 1)
    ]
