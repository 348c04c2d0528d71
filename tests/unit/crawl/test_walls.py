import pytest

from etl.crawl.outcome import Outcome
from etl.crawl.walls import wall

AT = "http://www.x.gov.cn/zfxxgk/zfxxgknb/202401/t20240130_1.html"
FURNITURE = "".join(f"<li><a href='/c{i}/'>栏目{i}</a></li>" for i in range(40))
REPORT = (
    "<html><head><title>清河县2023年政府信息公开工作年度报告</title></head><body><div>"
    + FURNITURE
    + "<a href='/login'>登录</a><a href='/404'>404</a></div><table>"
    + "<tr><td>本年新收政府信息公开申请数量</td><td>3</td></tr>" * 20
    + "</table><p>其中，信息不存在2件，本机关不掌握相关政府信息1件。</p>"
    + "<p>申请公开的内容不存在的，依法答复。</p>" * 8
    + "</body></html>"
)


@pytest.mark.parametrize(
    ("status", "headers", "text"),
    [
        (412, {"set-cookie": "a=1"}, "<html><head><script>$_ts=window['$_ts'];</script></head></html>"),
        (202, {}, "<html><script src='/4QbVtADbnLVIc/c.FxJzG50F.d.js'></script><body></body></html>"),
        (412, {"set-cookie": "a=1"}, ""),
        (521, {"set-cookie": "__jsluid_h=1"}, "<script>document.cookie=('_')+('_')+('jsl')</script>"),
        (
            200,
            {},
            "<html><script>var arg1='ABC';function setCookie(){document.cookie='acw_sc__v2='+x}</script></html>",
        ),
        (200, {}, "<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>"),
        (200, {}, "<html><title>WAF</title><body>您的请求被拦截，如有疑问请联系管理员</body></html>"),
        (403, {}, "<html><body>网站防火墙 您的请求带有不合法参数，已被拦截！</body></html>"),
        (200, {"set-cookie": "t=1"}, "<html><meta http-equiv='refresh' content='0'><body></body></html>"),
    ],
)
def test_challenges_are_recognised(status: int, headers: dict[str, str], text: str) -> None:
    assert wall(status, headers, text, AT, AT) is Outcome.CHALLENGE


@pytest.mark.parametrize(
    "text",
    [
        "<html><title>404</title><body><img src='404.png'>对不起，您访问的页面不存在</body></html>",
        "<html><body><p>您访问的页面找不到了</p><a href='/'>返回首页</a></body></html>",
        "<html><head><title>页面不存在</title></head><body>" + FURNITURE + "</body></html>",
        "<html><body>该信息已被删除或您没有权限</body></html>",
        "<html><body><h1>404 Not Found</h1></body></html>",
        "<html><body>抱歉，没有找到该文章</body></html>",
    ],
)
def test_soft_404s_are_recognised(text: str) -> None:
    assert wall(200, {}, text, AT, AT) is Outcome.SOFT_404


@pytest.mark.parametrize("final", ["http://www.x.gov.cn/", "http://www.x.gov.cn/index.html", "http://x.gov.cn"])
def test_a_deep_address_that_ends_at_the_home_page_is_a_soft_404(final: str) -> None:
    home = "<html><body>" + FURNITURE * 20 + "</body></html>"
    assert wall(200, {}, home, AT, final) is Outcome.SOFT_404


def test_a_home_page_that_moved_is_content() -> None:
    home = "<html><body>" + FURNITURE + "</body></html>"
    assert wall(200, {}, home, "http://x.gov.cn/", "http://www.x.gov.cn/index.html") is None


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><form><input type='password' name='p'><button>登录</button></form></body></html>",
        "<html><title>统一身份认证</title><body>统一身份认证平台</body></html>",
        "<html><body>请先登录后再查看</body></html>",
    ],
)
def test_login_walls_are_recognised(text: str) -> None:
    assert wall(200, {}, text, AT, AT) is Outcome.LOGIN_WALL


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "<html><title>政府信息公开年报</title><body>"
        + FURNITURE
        + "<a href='/login'>用户登录</a></body></html>",
        "<html><head><script>document.cookie='seen=1'</script></head><body>" + FURNITURE + "</body></html>",
        "<html><body><iframe src='/pdfjs/web/viewer.html?file=/a.pdf'></iframe></body></html>",
        "<html><body>" + FURNITURE + "<form><input type='password'></form>" + "本报告由县政府办公室编制。" * 50,
        "<html><body><p>2023年，本机关收到申请0件。</p></body></html>",
        "<html><script>location.href='/index.html'</script></html>",
        "",
    ],
)
def test_content_is_never_taken_for_a_wall(text: str) -> None:
    assert wall(200, {}, text, AT, AT) is None


@pytest.mark.parametrize("status", [404, 410, 500, 502])
def test_honest_errors_are_no_walls(status: int) -> None:
    assert wall(status, {}, "<html><body>页面不存在</body></html>", AT, AT) is None
