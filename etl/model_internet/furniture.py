"""What stands on a portal's pages beside what one looks for: navigation, menus, pictures, footers."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple


class MenuItem(NamedTuple):
    """A link of a menu."""

    text: str
    href: str


NOTE = "（示例：本网站为演示而建，地名和数字均系虚构。）"


def menu(items: Sequence[MenuItem], name: str) -> str:
    """A list of links."""
    rows = "".join(f'<li><a href="{escape(item.href)}">{item.text}</a></li>\n' for item in items)
    return f'<ul class="{name}">\n{rows}</ul>\n'


def page(
    title: str,
    site: str,
    body: str,
    *,
    top: Sequence[MenuItem] = (),
    side: Sequence[MenuItem] = (),
    charset: str = "utf-8",
    head: str = "",
) -> str:
    """A page in the dress of ``site``, which names its government: 青禾县人民政府."""
    aside = f'<div class="left-nav">{menu(side, "side")}</div>\n' if side else ""
    return f"""<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<meta name="SiteName" content="{site}">
<title>{escape(title)}_{site}</title>
<link rel="stylesheet" type="text/css" href="/images/style.css">
<script type="text/javascript" src="/images/jquery.js"></script>
{head}</head>
<body>
<div class="header"><a href="/"><img src="/images/logo.png" alt="{site}"></a>
<form action="/so/s" method="get"><input type="text" name="qt" value="请输入关键字"></form></div>
{menu(top, "nav")}<div class="main">
{aside}<div class="right">
{body}
</div>
</div>
<div class="friend-link"><select onchange="window.open(this.value)"><option>友情链接</option>
<option value="http://www.example.com/">示例网</option></select> <a href="http://www.example.com/">示例网</a></div>
<div class="footer"><p>主办：{site}办公室　承办：政务公开科　{NOTE}</p>
<p><a href="/wzdt.html">网站地图</a> | <a href="/gywm.html">关于我们</a> | 网站标识码：9900000000</p>
<img src="/images/dzjg.png" alt="党政机关"></div>
</body>
</html>
"""
