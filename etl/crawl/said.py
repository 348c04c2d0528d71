"""What a page says, without what changes at every visit: a counter is no new revision of a report."""

import hashlib
import re

_UNSEEN = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_MOMENT = re.compile(r"\d{1,2}:\d\d|20\d\d")  # in a comment: when the page was made
_FILES = re.compile(
    r"(?:href|src|data)\s*=\s*[\"']?([^\"'\s>]+\.(?:pdf|docx?|wps|et|ofd|xlsx?|zip|rar|jpe?g|png))\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_COUNTER = re.compile(
    r"(?:浏览|阅读|点击|访问|查看|人气|点阅)(?:次数|人次|量|数)?[:：]?\|*[\[【(（]?\|*\d+[\]】)）]?(?:次|人次?)?"
    r"|您是第\d+位访[客问者]*|在线人数[:：]?\d+"
)
_TODAY = re.compile(r"(?:今天是|当前时间|现在是)[:：]?[\d年月日:：\-/.星期一二三四五六天上下午]*")
_BETWEEN = re.compile(r"\|+")
_SPACE = re.compile(r"\s+|&nbsp;|&#160;")


def said_sha256(text: str) -> str:
    """The SHA-256 of a page's visible text and the files it names, counters and today's date left out."""
    seen = _COMMENT.sub(_without_moments, _UNSEEN.sub("", text))
    files = sorted(set(_FILES.findall(seen)))
    words = _COUNTER.sub("", _SPACE.sub("", _TAG.sub("|", seen)))
    words = _BETWEEN.sub("|", _TODAY.sub("", words))
    return hashlib.sha256("\n".join((words, *files)).encode("utf-8", "replace")).hexdigest()


def _without_moments(comment: re.Match[str]) -> str:
    """What a comment says; nothing where it says when the page was made."""
    return "" if _MOMENT.search(comment.group(1)) else comment.group(1)
