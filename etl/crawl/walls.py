"""Pages that stand in the way of content: challenges, soft 404s, login walls. Recognised, never bypassed.

A page is judged by what it says itself, outside its links: the navigation and footers of a portal mention 登录
and 404 everywhere. What lists, carries or frames a report is content, whatever else it says.
"""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import etree

from etl.crawl.links import tree_of
from etl.crawl.outcome import Outcome
from etl.crawl.page import Page

_FEW = 400  # characters within which one sentence may be all a page says; who says more says something
_NEARLY_NONE = 60  # 请开启JavaScript并刷新该页, and the like
_MANY_LINKS = 30

_MAY_CHALLENGE = frozenset({202, 203, 403, 405, 418, 429, 468, 503, 521})

# Marks of what asks for a script to be run: 瑞数 ($_ts), 加速乐 (jsl), 阿里云 (acw, awsc), 云锁 (yunsuo), 雷池
# (safeline, slg).
_PRODUCT = re.compile(
    r"\$_ts\b|__jsl_clearance|acw_sc__v[23]|awsc\.js|aliyun_waf|yunsuo_session|safeline|[\"'#]slg-|safedog_"
    r"|_cf_chl_opt|/cdn-cgi/challenge|waf[_-]?(?:challenge|captcha)",
    re.IGNORECASE,
)
_TEST = re.compile(
    r"人机验证|安全验证|请完成验证|正在进行安全检测|浏览器安全检查|访问验证|滑动验证|拖动滑块|请开启JavaScript",
    re.IGNORECASE,
)
_TURNED_AWAY = re.compile(
    r"(?:访问|请求|操作)[^。]{0,12}(?:拦截|阻断)|创宇盾|安全狗|雷池|疑似(?:黑客)?攻击|网站防火墙|访问行为异常|访问过于频繁"
    r"|非法访问|造成安全威胁"
)
# A cookie that a script computes, and the same address once more.
_COOKIE = re.compile(r"document\s*\.\s*cookie\s*=", re.IGNORECASE)
_AGAIN = re.compile(
    r"location\.reload|location(?:\.href)?\s*=\s*(?:window\.|document\.)?location|location\.replace\(\s*location",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"^\s*\d+\s*(?:[;,]\s*url\s*=\s*['\"]?(?P<url>[^'\"]*))?", re.IGNORECASE)

_GONE = r"(?:不存在|找不到|未找到|没有找到|无法找到|已删除|被删除|被移除|已失效|已下线|已过期|走丢|不见了)"
_MISSING = re.compile(
    r"(?:页面|网页|栏目|网址|链接|(?<!自然)(?<!人力)资源|文章|文档|稿件"
    r"|您?所?要?(?:访问|查看|浏览|查找|请求|打开)的(?:内容|信息|文件|地址|URL)"
    rf"|(?:该|此|当前)条?(?:内容|信息|文件|新闻|公告))[^。，；]{{0,8}}{_GONE}"
    rf"|(?:抱歉|对不起|很遗憾)[^。；]{{0,12}}{_GONE}"
    r"|(?:找不到|未找到|没有找到|无法找到)[^。，；]{0,8}(?:页面|网页|文件或目录|该文章|该信息)"
    r"|404\s*(?:错误|error|not\s*found|页面)|HTTP\s*(?:status|error|错误)\s*\W?\s*404"
    r"|not\s+found|page\s+(?:does\s+)?not\s+exist",
    re.IGNORECASE,
)
_IF = re.compile(r"[如若][^。，；]{0,8}$")  # 如页面无法找到，请联系
_TITLE_MISSING = re.compile(rf"^\W*404\b|(?:页面|网页){_GONE}|not found|error report", re.IGNORECASE)
_ALERT = re.compile(r"\balert\s*\(\s*[\"']([^\"']{2,80})[\"']")
_MISSING_SCRIPT = "404/search_children.js"  # 公益404: a page for missing children in place of the missing page
_MISSING_ADDRESS = re.compile(r"/(?:404|not_?found|error(?:page)?)(?:[./_-]|$)", re.IGNORECASE)

_LOGIN_TITLE = re.compile(r"登录|统一(?:身份)?认证|单点登录|\blogin\b", re.IGNORECASE)
_LOGIN = re.compile(
    r"请先登录|请登录后|登录后(?:才能|方可|再)?查看|单点登录|统一身份认证|(?:尚未|还没有?)登录|扫码登录"
)
_LOGIN_ADDRESS = re.compile(r"/(?:sso|cas|login|signin|passport)(?:[/.?]|$)", re.IGNORECASE)

# What no wall has: the title of a year's report, its tables, a list of records, a file shown.
_REPORT = re.compile(
    r"20\d\d年?度?[^。]{0,30}信息公开[^。]{0,12}(?:年度报告|年报|工作报告|情况报告)"
    r"|信息公开[^。]{0,12}(?:年度报告|年报)[^。]{0,3}20\d\d|20\d\d年?度?(?:年报|年度报告)|本年新收政府信息公开申请"
)
_CARRIES = re.compile(
    r"<(?:iframe|frame|embed|object|datastore)\b|createPageHTML|dataproxy\.jsp|\.(?:pdf|docx?|wps|ofd)\b",
    re.IGNORECASE,
)


def wall(status: int, headers: Mapping[str, str], text: str, asked_url: str, final_url: str) -> Outcome | None:
    """What an answer stands in the way with, or None where it is content (or an ordinary error).

    Args:
        status: of the answer.
        headers: of the answer, names in lower case.
        text: of the answer where it is HTML, else empty.
        asked_url: what was asked for.
        final_url: where the answer came from, after redirects.
    """
    if status == HTTPStatus.PRECONDITION_FAILED:
        return Outcome.CHALLENGE  # to a GET nothing else answers so: the first answer of 瑞数
    if status == HTTPStatus.OK:
        if _is_elsewhere(asked_url, final_url):
            return Outcome.SOFT_404
    elif status not in _MAY_CHALLENGE:
        return None
    seen = _look(Page(final_url, text))
    if _REPORT.search(seen.words):
        return None
    if _is_challenge(status, headers, text, seen):
        return Outcome.CHALLENGE
    if status != HTTPStatus.OK:
        return None
    if _is_missing(text, seen):
        return Outcome.SOFT_404
    return Outcome.LOGIN_WALL if _is_login(seen, final_url) else None


class _Seen(NamedTuple):
    """What a visitor sees of a page."""

    title: str
    own: str  # what it says outside its links, as far as it matters
    words: str  # what it says in all, as far
    links: int
    has_password: bool
    refresh: str | None  # where it sends on to by itself; empty: to itself


def _look(page: Page) -> _Seen:
    root = tree_of(page)
    if root is None:
        return _Seen("", "", "", 0, False, None)
    own: list[str] = []
    words: list[str] = []
    size = 0
    for piece, is_linked in _pieces(root):
        words.append(piece)
        if not is_linked:
            own.append(piece)
            size += len(piece)
            if size > _FEW:
                break
    title = root.find(".//title")
    return _Seen(
        " ".join("".join(title.itertext()).split()) if title is not None else "",
        " ".join(own),
        " ".join(words),
        sum(1 for _ in root.iter("a")),
        any((one.get("type") or "").lower() == "password" for one in root.iter("input")),
        _refresh(root, page.url),
    )


_SILENT = frozenset({"script", "style", "noscript", "title", "select", "textarea", "option"})


def _pieces(root: etree._Element) -> Iterator[tuple[str, bool]]:
    """The visible pieces of text in order, and whether each stands in a link."""
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _SILENT:
                walk.skip_subtree()
                continue
            links += element.tag == "a"
            text = element.text
        else:
            links -= element.tag == "a"
            text = element.tail
        if text and (piece := " ".join(text.split())):
            yield piece, links > 0


def _refresh(root: etree._Element, url: str) -> str | None:
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(meta.get("content") or "")
            target = (found["url"] or "").strip() if found else ""
            try:
                return "" if urljoin(url, target) == url else target
            except ValueError:
                return target
    return None


def _is_challenge(status: int, headers: Mapping[str, str], text: str, seen: _Seen) -> bool:
    is_bare = len(seen.words) <= _NEARLY_NONE and _CARRIES.search(text) is None
    if len(seen.words) <= _FEW and (_TURNED_AWAY.search(seen.words) or _TURNED_AWAY.search(seen.title)):
        return True
    if is_bare and _PRODUCT.search(text):
        return True
    if len(seen.own) <= _FEW and (_TEST.search(seen.own) or _TEST.search(seen.title)):
        return True
    if status in (202, 203, 521):
        return is_bare and ("<script" in text.lower() or "set-cookie" in headers)
    sends_back = _AGAIN.search(text) is not None if _COOKIE.search(text) else False
    return is_bare and (sends_back or (seen.refresh == "" and "set-cookie" in headers))


def _is_missing(text: str, seen: _Seen) -> bool:
    if _TITLE_MISSING.search(seen.title) or (_MISSING_SCRIPT in text and len(seen.words) <= _FEW):
        return True
    if len(seen.words) <= _FEW:
        alerts = " ".join(_ALERT.findall(text)) if len(seen.words) <= _NEARLY_NONE else ""
        return _says_missing(f"{seen.words} {alerts}")
    return len(seen.own) <= _FEW and _says_missing(seen.own)


def _says_missing(words: str) -> bool:
    return any(
        _IF.search(words[max(found.start() - 10, 0) : found.start()]) is None
        for found in _MISSING.finditer(words)
    )


def _is_login(seen: _Seen, final_url: str) -> bool:
    at_login = _LOGIN_ADDRESS.search(urlsplit(final_url).path) is not None
    if seen.has_password and at_login:
        return True
    if len(seen.own) > _FEW:
        return False
    says_so = _LOGIN.search(seen.own) is not None or _LOGIN_TITLE.search(seen.title) is not None
    if seen.links > _MANY_LINKS:
        return False
    return seen.has_password or (says_so and (at_login or len(seen.words) <= _FEW))


def _is_elsewhere(asked_url: str, final_url: str) -> bool:
    """Whether a deep address ended at a home page or an error page: what portals do with what they do not
    have."""
    if asked_url == final_url:
        return False
    asked, final = urlsplit(asked_url), urlsplit(final_url)
    if _MISSING_ADDRESS.search(final.path) and not _MISSING_ADDRESS.search(asked.path):
        return True
    is_deep = _HOME.fullmatch(asked.path) is None and (asked.path.count("/") > 1 or "." in asked.path)
    return is_deep and _HOME.fullmatch(final.path) is not None and not final.query


_HOME = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w+)?/?)?", re.IGNORECASE)
