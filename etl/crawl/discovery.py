"""From a home page to the list of reports: which link to follow next, and when a page is the list."""

import heapq
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from etl.content.sniff import is_document_name
from etl.crawl.families import near, recognise
from etl.crawl.families.paging import year_folders
from etl.crawl.links import frames_of, links, sent_on, title_of
from etl.crawl.page import Ask, Page
from etl.crawl.titles import judge
from etl.places import Counties

DEEPEST = 4  # clicks from the home page
MOST_PAGES = 40
_MOST_ALIKE = 6  # pages whose addresses differ only in numbers: a calendar, or news
_MOST_NAMED = 12  # the same, where links name the column: all columns of some systems differ only in numbers
_NAMES_COLUMN = 80  # the score of a link that does
_OF_A_YEAR = 55  # of a link that names a report: its page leads to its list
_LEAST_SCORE = 10  # a link below it is not followed

# What a link says, and how near the list it leads. The column's own name comes first, then what it lies in.
_TEXTS = tuple(
    (re.compile(pattern), score)
    for pattern, score in (
        (r"政府信息公开(?:工作)?(?:年报|年度报告)", 100),
        (r"信息公开.{0,4}(?:年报|年度报告)", 95),
        (r"(?:县|区|市|旗)?(?:级|政府|本级).{0,6}年报", 85),
        (r"公开年报|年度报告|年报", 80),
        (r"法定主动公开(?:内容)?", 60),
        (r"政府信息公开(?:专栏|平台|网|目录)?$", 50),
        (r"信息公开|政务公开", 40),
        (r"公开目录|主动公开|公开平台", 30),
        (r"政务|公开", 15),
        (r"进入|首页|网站|点击", 10),
    )
)
# Folder names seen on portals (DOMAIN.md, section 4), most telling first.
_ADDRESSES = tuple(
    (re.compile(pattern, re.IGNORECASE), score)
    for pattern, score in (
        (r"zfxxgknb|xxgknb|zfxxgkgzndbg|xxgkgzndbg|xxgkndbg|annualreport", 70),
        (r"gknb|ndbg|szfnb|xzfnb|xinxigongkainianbao|nianbao", 55),
        (r"fdzdgknr", 30),
        (r"zfxxgk|xxgk|gongkai|govopen", 20),
        (r"zwgk|public", 12),
    )
)
# Other languages, other devices, and what only a person can use.
_AWAY = re.compile(
    r"^(?:en|english|big5|wap|m|mail|app|so|search)\."
    r"|/(?:en|eng|english|g?big5|wap|mobile|app|rss|login|logout|register|search|so|print)(?=[/._]|$)",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"^(?:jsessionid|phpsessid|sid|sessionid|token|t|_|rand|random|timestamp)$", re.IGNORECASE
)
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_BODIES = re.compile(r"部门|乡镇|街道|镇街|单位")  # columns of other bodies' reports
_YEAR = re.compile(r"(?:19|20)\d\d|[二2][〇○零0O]")
_IS_ARTICLE = re.compile(r"[上下]一[篇条]|本年新收|结转下年度")


class _Waiting(NamedTuple):
    rank: tuple[int, int, int]  # score negated, depth, order of finding: heapq gives the smallest
    url: str
    depth: int


class Frontier:
    """What to look at next, best first; bounded in depth, in pages, and in pages of one kind.

    Args:
        home: the home page.
        first: addresses that are likely the list, tried before the home page.
        is_ours: whether an address belongs to the portal; others are never given.
    """

    def __init__(
        self, home: str, first: Sequence[str] = (), is_ours: Callable[[str], bool] = lambda url: True
    ) -> None:
        self._is_ours = is_ours
        self._waiting: list[_Waiting] = []
        self._seen: set[str] = set()
        self._shapes: Counter[str] = Counter()
        self._depths: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._given = 0
        for url in first:
            self._add(url, 1000, 1)
        self._add(home, 500, 0, is_home=True)

    def next(self) -> Ask | None:
        """The next address to ask for, or None when there is none, or it is enough."""
        while self._waiting and self._given < MOST_PAGES:
            best = heapq.heappop(self._waiting)
            shape = _shape(best.url)
            if self._shapes[shape] >= (_MOST_NAMED if -best.rank[0] >= _NAMES_COLUMN else _MOST_ALIKE):
                continue
            self._shapes[shape] += 1
            self._given += 1
            self._depths[best.url] = best.depth
            return Ask(best.url)
        return None

    def text_of(self, url: str) -> str:
        """What the link said that led to an address; empty for a home page or a frame."""
        return self._texts.get(url, "")

    def found(self, page: Page, asked: str) -> None:
        """Take in the links and frames of a page that was asked for as ``asked``."""
        depth = self._depths.get(asked, 0) + 1
        if depth > DEEPEST:
            return
        # No clicks: a frame is part of the page, and a page that sends on stands for the other.
        for url in (*frames_of(page), sent_on(page)):
            if url is not None:
                self._add(url, 45, depth - 1)
        for link in links(page):
            if (points := score(link.text, link.url)) >= _LEAST_SCORE:
                self._texts.setdefault(link.url, link.text)
                self._add(link.url, points, depth)
            if points >= _OF_A_YEAR and _YEAR.search(link.text):
                for url in near(link.url):
                    self._add(url, _NAMES_COLUMN, depth)

    def _add(self, url: str, points: int, depth: int, *, is_home: bool = False) -> None:
        key = _plain(url)
        if key in self._seen:
            return
        if not is_home and (not self._is_ours(url) or is_document_name(url) or _is_away(url)):
            return
        self._seen.add(key)
        heapq.heappush(self._waiting, _Waiting((-points, depth, len(self._seen)), url, depth))


def score(text: str, url: str) -> int:
    """How likely a link leads to the list of a county's own reports; 0 for not at all."""
    text = "".join(text.split())  # 政 务 公 开
    said = next((points for pattern, points in _TEXTS if pattern.search(text)), 0)
    path = urlsplit(url).path
    lies = next((points for pattern, points in _ADDRESSES if pattern.search(path)), 0)
    less = 30 if _BODIES.search(text) and said >= _NAMES_COLUMN else 0
    if said > _OF_A_YEAR and _YEAR.search(text):
        said = _OF_A_YEAR
    return max(said, lies) + min(said, lies) // 2 - less


def is_listing(page: Page, counties: Counties, portal_code: str, led_by: str = "") -> bool:
    """Whether a page is a list of reports: it names those of two years (or counties), or one under the title of
    such a list. News of one year's reports on a home page are none.

    A list that a script draws, or that is cut into a folder a year, has no such links; it counts when its title
    names the column, or where a script draws it the text ``led_by`` of the link that led there. The page of a
    report that leads to those before and after it is no list.
    """
    title = title_of(page)
    judged = (judge(link.text, counties, portal_code) for link in links(page))
    wanted = {(one.year, one.county_code) for one in judged if one.is_wanted}
    if len(wanted) < 3 and judge(title, counties, portal_code).is_report and _IS_ARTICLE.search(page.text):
        return False
    if len(wanted) > 1:
        return True
    is_drawn = recognise(page).is_drawn(page)
    names_column = score(title, page.url) >= _OF_A_YEAR or (is_drawn and score(led_by, "") >= _NAMES_COLUMN)
    return names_column and (bool(wanted) or is_drawn or len(year_folders(page)) > 1)


def _plain(url: str) -> str:
    """An address without what only tells sessions apart, and without its scheme."""
    parts = urlsplit(_PATH_SESSION.sub("", url))
    query = "&".join(one for one in parts.query.split("&") if not _SESSION.match(one.partition("=")[0]))
    return urlunsplit(("", parts.netloc, parts.path or "/", query, parts.fragment))


def _is_away(url: str) -> bool:
    parts = urlsplit(url)
    return _AWAY.search(f"{parts.hostname}{parts.path}") is not None


def _shape(url: str) -> str:
    """An address with its numbers taken out: pages of one kind share it."""
    parts = urlsplit(url)
    return re.sub(r"\d+", "0", f"{parts.netloc}{parts.path}?{parts.query}")
