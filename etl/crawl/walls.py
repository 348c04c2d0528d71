"""Pages that stand in the way of content: challenges, soft 404s, login walls. Recognised, never bypassed."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from etl.crawl.outcome import Outcome

_LONG = 20_000  # characters; a page longer than this is content, whatever it mentions
_FEW_WORDS = 400  # visible characters; a page with more says something
_MANY_LINKS = 30

_TAGS = re.compile(
    r"<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->|<[^>]+>", re.IGNORECASE | re.DOTALL
)
_LINK = re.compile(r"<a\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_REFRESH = re.compile(r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)

# Marks of products that ask for a script to be run: 瑞数, 加速乐 (jsl), 创宇盾, 安全狗, 长亭雷池, 云锁, 云盾.
_CHALLENGE = re.compile(
    r"\$_ts\b|_\$[a-z0-9]{2,}\s*=\s*|__jsl_clearance|jsl_clearance_s|acw_sc__v2|acw_sc__v3|yunsuo_session"
    r"|safeline|slg-|safedog|waf[_-]?(?:challenge|captcha|block)|创宇盾|安全狗|雷池|云锁|云盾|知道创宇"
    r"|人机验证|安全验证|请完成验证|正在进行安全检测|浏览器安全检查|访问验证|滑动验证|请开启JavaScript|document\.cookie\s*=",
    re.IGNORECASE,
)
_BLOCK_PAGE = re.compile(
    r"访问被拦截|请求被拦截|已被拦截|疑似攻击|网站防火墙|访问行为异常|访问过于频繁|非法访问"
)
_NOT_FOUND = re.compile(
    r"(?:页面|网页|文件|内容|信息|文章|资源|栏目|地址|链接)(?:[^。<]{0,12})(?:不存在|找不到|未找到|没有找到|已删除|已被删除|被移除|已失效|已下线|走丢|无法找到)"
    r"|(?:不存在|找不到|未找到|没有找到|无法找到|已删除)[^。<]{0,8}(?:页面|网页|文件|内容|信息|文章|资源)"
    r"|404\s*(?:错误|error|not\s*found|页面|[-—_|]|$)|not\s+found|page\s+not\s+exist",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"<input[^>]+type\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN = re.compile(r"统一身份认证|统一认证|请先登录|请登录后|用户登录|登录后查看|单点登录|您尚未登录|扫码登录")
_LOGIN_ADDRESS = re.compile(r"/(?:sso|cas|login|signin|passport)(?:[/.?]|$)", re.IGNORECASE)

_CHALLENGE_STATUSES = frozenset({202, 203, 403, 405, 412, 418, 429, 468, 503, 521})


def wall(status: int, headers: Mapping[str, str], text: str, asked_url: str, final_url: str) -> Outcome | None:
    """What an answer stands in the way with, or None where it is content (or an ordinary error).

    Args:
        status: of the answer.
        headers: of the answer, names in lower case.
        text: of the answer where it is HTML, else empty.
        asked_url: what was asked for.
        final_url: where the answer came from, after redirects.
    """
    if status == 200 and _is_home_instead(asked_url, final_url):
        return Outcome.SOFT_404
    if len(text) > _LONG:
        return None
    words, is_thin = _substance(text)
    if _is_challenge(status, headers, text, words):
        return Outcome.CHALLENGE
    if status != 200:
        return None
    if not text:
        return None
    title = " ".join(_TITLE.findall(text)[:1])
    if _NOT_FOUND.search(title) or (is_thin and _NOT_FOUND.search(words)):
        return Outcome.SOFT_404
    if is_thin and (_PASSWORD.search(text) or _LOGIN.search(words)):
        return Outcome.LOGIN_WALL
    if _LOGIN_ADDRESS.search(urlsplit(final_url).path) and _PASSWORD.search(text):
        return Outcome.LOGIN_WALL
    return None


def _substance(text: str) -> tuple[str, bool]:
    """The visible words of a page, and whether they are so few that one sentence is all it says."""
    words = re.sub(r"(?:\s|&nbsp;)+", " ", _TAGS.sub(" ", text)).strip()
    return words, len(words) <= _FEW_WORDS and len(_LINK.findall(text)) <= _MANY_LINKS


def _is_challenge(status: int, headers: Mapping[str, str], text: str, words: str) -> bool:
    if headers.get("server", "").lower().startswith(("yunsuo", "safedog")) and _SCRIPT.search(text):
        return len(words) <= _FEW_WORDS
    is_empty = len(words) <= 60  # 请开启JavaScript并刷新该页 and the like
    if status in _CHALLENGE_STATUSES:
        if _BLOCK_PAGE.search(words) or _CHALLENGE.search(text):
            return True
        return is_empty and (
            _SCRIPT.search(text) is not None or ("set-cookie" in headers and status in (412, 202, 521))
        )
    if status != 200:
        return False
    if len(words) <= _FEW_WORDS and _BLOCK_PAGE.search(words):
        return True
    if not is_empty or not text:
        return False
    return _CHALLENGE.search(text) is not None or (
        _REFRESH.search(text) is not None and "set-cookie" in headers
    )


def _is_home_instead(asked_url: str, final_url: str) -> bool:
    """Whether a deep address ended at a home page: what portals do with what they do not have."""
    asked, final = urlsplit(asked_url), urlsplit(final_url)
    if asked_url == final_url or (asked.path.count("/") < 2 and "." not in asked.path):
        return False
    home = re.fullmatch(r"/?(?:index\.\w+|default\.\w+|home/?)?", final.path)
    return home is not None and not final.query
