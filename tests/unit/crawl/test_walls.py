import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.crawl.outcome import Outcome
from etl.crawl.walls import wall

TITLE = "清河县2023年政府信息公开工作年度报告"
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

PIECES = st.sampled_from(
    [
        *("<a", "<a href='/'>", "</a>", "<script>", "</script>", "404", "登录", "<title>", "<!--", "$_ts="),
        *("<meta http-equiv=refresh", " content='0;url=http://['>", "<input type=password>", "页面不存在"),
        *("\x00", "\ud800"),
    ]
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
            "<html><script>var arg1='ABC';function set(){document.cookie='acw_sc__v2='+x}</script></html>",
        ),
        (200, {}, "<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>"),
        (200, {}, f"<html><head><script>$_ts={{}};var a='{'x' * 60_000}'</script></head><body></body></html>"),
        (202, {"set-cookie": "a=1"}, f"<html><script>var a='{'x' * 60_000}'</script></html>"),
        (202, {"set-cookie": "FSSBBIl1=1"}, ""),
        (412, {}, ""),
        (521, {"set-cookie": "__jsluid_s=1"}, ""),
        (405, {}, "<html><title>405</title><body>很抱歉，您的访问被阻断。</body></html>"),
        (403, {}, "<html><body>当前访问疑似黑客攻击，已被创宇盾拦截。</body></html>"),
        (468, {}, "<html><script src='/.safeline/static/x.js'></script><div id='slg-box'></div></html>"),
        (503, {}, "<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"),
        (200, {}, "<html><title>安全验证</title><body><img src='/captcha.jpg'>请输入验证码</body></html>"),
        (200, {}, "<html><head><title>滑动验证页面</title></head><body><div id='nc'></div></body></html>"),
        (200, {}, "<html><script>document.cookie='k='+f();location.reload()</script></html>"),
        (200, {}, "<html><script>document.cookie='k=1';location.href=location.pathname</script></html>"),
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
        "<html><title>清河县人民政府</title><body>"
        + FURNITURE
        + "<p>对不起，您访问的页面已被删除！</p></body></html>",
        "<html><script>alert('该信息不存在或已删除！');history.back();</script></html>",
        "<html><script>alert(\"文章不存在\");window.location.href='/';</script></html>",
        "<html><script src='//qzonestyle.gtimg.cn/qzone/hybrid/app/404/search_children.js'></script></html>",
        "<html><title>Apache Tomcat/7.0 - Error report</title><h1>HTTP Status 404 - /x.html</h1></html>",
        "<html><title>404</title><style>" + "a{b:c}" * 5000 + "</style><body>页面不存在</body></html>",
        "<html><title>提示信息</title><body>您要访问的内容已被删除，3秒后自动跳转到首页</body></html>",
    ],
)
def test_soft_404s_are_recognised(text: str) -> None:
    assert wall(200, {}, text, AT, AT) is Outcome.SOFT_404


@pytest.mark.parametrize("final", ["http://www.x.gov.cn/", "http://www.x.gov.cn/index.html", "http://x.gov.cn"])
def test_a_deep_address_that_ends_at_the_home_page_is_a_soft_404(final: str) -> None:
    home = "<html><body>" + FURNITURE * 20 + "</body></html>"
    assert wall(200, {}, home, AT, final) is Outcome.SOFT_404


@pytest.mark.parametrize("final", ["http://www.x.gov.cn/404.html", "http://www.x.gov.cn/errorpage/404.shtml"])
def test_an_address_that_ended_at_an_error_page_is_a_soft_404(final: str) -> None:
    assert wall(200, {}, "<html><body>" + FURNITURE + "</body></html>", AT, final) is Outcome.SOFT_404


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("http://x.gov.cn/", "http://www.x.gov.cn/index.html"),
        ("http://x.gov.cn/index.html", "http://x.gov.cn/"),
        ("http://x.gov.cn", "https://www.x.gov.cn/main.html"),
        ("http://x.gov.cn/zwgk/nb/", "http://x.gov.cn/zwgk/nb/index.html"),
        (AT, AT.replace("http:", "https:")),
        ("http://x.gov.cn/info/404/1.htm", "https://x.gov.cn/info/404/1.htm"),
        ("http://x.gov.cn/show.jsp?id=1", "http://x.gov.cn/?id=1"),
    ],
)
def test_a_page_that_moved_is_content(asked: str, final: str) -> None:
    assert wall(200, {}, "<html><body>" + FURNITURE + "</body></html>", asked, final) is None


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><form><input type='password' name='p'><button>登录</button></form></body></html>",
        "<html><title>统一身份认证</title><body>统一身份认证平台</body></html>",
        "<html><body>请先登录后再查看</body></html>",
        "<html><title>用户登录</title><body><div id='app'></div><script src='/app.js'></script></body></html>",
    ],
)
def test_login_walls_are_recognised(text: str) -> None:
    assert wall(200, {}, text, AT, AT) is Outcome.LOGIN_WALL


def test_a_login_page_with_all_navigation_is_told_by_its_address() -> None:
    form = "<form><input name='u'><input type='password'></form>"
    at = "http://www.x.gov.cn/sso/login?service=x"
    assert wall(200, {}, f"<html><body>{FURNITURE}{form}</body></html>", AT, at) is Outcome.LOGIN_WALL


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
        "<html><script>document.cookie='a=b';location.href='/main/index.html'</script></html>",
        "<html><title>清河县人民政府</title><script>document.cookie='a=b'</script><body>"
        "欢迎您，请<a href='/main.html'>进入网站</a></body></html>",
        "<html><title>政府信息公开年报</title><script>document.cookie='a=1';load()</script>"
        "<body><div id='list'></div></body></html>",
        "<html><title>政府信息公开年报</title><script>$_ts={};</script><script type='text/xml'><datastore>"
        "<recordset></recordset></datastore></script></html>",
        f"<html><body><h1>{TITLE}</h1><p>收到申请3件，信息不存在1件。</p><a href='/a.pdf'>附件</a></html>",
        f"<html><body><h1>{TITLE}</h1><p>收到申请404件。</p></body></html>",
        f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1><p>用户登录后可评论，请先登录</p></body></html>",
        f"<html><body><form>用户登录<input type='password'></form><a href='/1.html'>{TITLE}</a></body></html>",
        f"<html><body><li><a href='/1.html'>{TITLE}</a></li><p>已失效文件不存在</p></body></html>",
        "<html><body><p>如页面无法找到，请联系县自然资源局。</p><p>自然资源局没有找到相关内容</p></body></html>",
        "<html><body><p>附表：信息不存在2件；申请公开的内容不存在1件。</p></body></html>",
        "<html><head><meta http-equiv='refresh' content='0;url=/portal/'></head></html>",
        "<html><frameset><frame src='/main.html'></frameset></html>",
        "<html><body><a href='/404'>404</a> <a href='/login'>请先登录</a> 县情概况"
        + FURNITURE
        + "</body></html>",
        '{"articles": [{"title": "清河县情", "url": "/a"}]}',
        "",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"set-cookie": "JSESSIONID=1"}])
def test_content_is_never_taken_for_a_wall(text: str, headers: dict[str, str]) -> None:
    assert wall(200, headers, text, AT, AT) is None


@pytest.mark.parametrize("status", [202, 203])
def test_content_with_an_odd_status_is_no_wall(status: int) -> None:
    assert wall(status, {}, REPORT, AT, AT) is None


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join), st.sampled_from([200, 202, 403, 412]))
def test_broken_pages_never_raise(text: str, status: int) -> None:
    assert wall(status, {}, text, AT, AT) in {
        None,
        Outcome.CHALLENGE,
        Outcome.SOFT_404,
        Outcome.LOGIN_WALL,
    }


@pytest.mark.parametrize("status", [404, 410, 500, 502])
def test_honest_errors_are_no_walls(status: int) -> None:
    assert wall(status, {}, "<html><body>页面不存在</body></html>", AT, AT) is None
