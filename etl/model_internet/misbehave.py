"""How the faults answer: each takes a request that it concerns and answers in place of the page."""

import asyncio
import gzip
import struct
import zlib
from collections.abc import Awaitable, Callable
from functools import cache

from aiohttp import web

from etl.model_internet.faults import Fault, Switched

Misbehaviour = Callable[[web.BaseRequest, Switched, str], Awaitable["web.StreamResponse | None"]]

HUGE = 300 * 2**20  # bytes of a huge body
UNPACKED = 2**30  # bytes of a bomb, unpacked
_BLOCK = 2**24
_DRIP = b"<!DOCTYPE html><html><head><title>"


class BrokenOff(Exception):  # noqa: N818
    """The connection was broken off; there is no answer."""

    def __init__(self, sent: int = 0) -> None:
        self.sent = sent


def _page(title: str, body: str, status: int = 200, **headers: str) -> web.Response:
    text = (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<title>{title}</title></head><body>{body}</body></html>"
    )
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _break(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _stream(request: web.BaseRequest, response: web.StreamResponse) -> web.StreamResponse:
    response.content_type = "text/html"
    await response.prepare(request)
    return response


async def _slow_drip(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    response = await _stream(request, web.StreamResponse())
    for byte in _DRIP:
        await response.write(bytes([byte]))
        await asyncio.sleep(switched.seconds)
    while True:
        await response.write(b" ")
        await asyncio.sleep(switched.seconds)


async def _stall(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse | None:
    await asyncio.sleep(3600)
    raise BrokenOff


async def _reset(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse | None:
    _break(request)
    raise BrokenOff


async def _flaky(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse | None:
    switched.asked[request.path_qs] += 1
    if switched.asked[request.path_qs] % 2:
        _break(request)
        raise BrokenOff
    return None


async def _truncated(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse | None:
    response = web.StreamResponse(headers={"Content-Length": "40000"})
    await _stream(request, response)
    await response.write(_DRIP * 100)
    if request.transport is not None:
        request.transport.close()
    raise BrokenOff(len(_DRIP) * 100)


async def _errors(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    return _page("500", "服务器内部错误", 500)


async def _errors_then_success(
    request: web.BaseRequest, switched: Switched, home: str
) -> web.StreamResponse | None:
    switched.asked[request.path_qs] += 1
    if switched.asked[request.path_qs] > switched.times:
        return None
    return _page("503", "服务暂不可用", 503)


async def _refused(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    return _page("403 Forbidden", "<h1>403 Forbidden</h1>", 403)


async def _too_many(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    headers = {"Retry-After": str(round(switched.seconds))}
    return _page("429", "<h1>429 Too Many Requests</h1>", 429, **headers)


async def _empty_body(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    return web.Response(body=b"", status=202, content_type="text/html", headers={"Set-Cookie": "FSSBBIl1=1"})


async def _soft_404(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    return _page("提示信息", '<div class="tip">您访问的页面不存在或已被删除！<a href="/">返回首页</a></div>')


async def _soft_404_home(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": f"{home}/"})


_CHALLENGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><meta r='m' content='{{qqqq}}'><script>"
    "$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=83654;$_ts.cd='qPDlcqAlDGLbcqAlDq==';if($_ts.lcd)$_ts.lcd();"
    "</script><script src='/4QbVtADbnLVIc/c.FxJzG50F.d1a8c.js' r='m'></script></head><body></body></html>"
)


async def _challenge(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    headers = {"Set-Cookie": "4hP44ZykCTt5S=60abc; path=/; HttpOnly"}
    return web.Response(text=_CHALLENGE, status=412, content_type="text/html", headers=headers)


async def _challenge_200(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    script = (
        "<html><body><noscript>请开启JavaScript并刷新该页</noscript><script>"
        "document.cookie=('__jsl_clearance_s=1700000000.1|-1|'+'x'+';Max-age=3600;path=/');"
        "location.href=location.pathname+location.search</script></body></html>"
    )
    return web.Response(text=script, content_type="text/html", headers={"Set-Cookie": "__jsluid_h=0f; path=/"})


async def _login_wall(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    if not request.path.startswith("/login"):
        return web.Response(status=302, headers={"Location": f"/login.jsp?returnUrl={request.path}"})
    form = (
        '<h2>统一身份认证平台</h2><form action="/login.jsp" method="post">用户名<input name="user">'
        '密码<input type="password" name="password"><button>登录</button></form>'
    )
    return _page("用户登录", form)


async def _redirect_loop(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    mark = "b" if request.query.get("loop") == "a" else "a"
    return web.Response(status=302, headers={"Location": f"{request.path}?loop={mark}"})


def _redirect(target: str) -> Misbehaviour:
    async def answer(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    return answer


async def _redirect_off_host(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    port = home.rpartition(":")[2]
    return web.Response(status=301, headers={"Location": f"http://lookalike.localhost:{port}{request.path}"})


async def _zip_bomb(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    headers = {"Content-Encoding": "gzip"}
    return web.Response(body=await asyncio.to_thread(bomb), content_type="text/html", headers=headers)


@cache
def bomb() -> bytes:
    """A gzip member of `UNPACKED` zeros; a block that ends in a full flush may be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(_BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    times = UNPACKED // _BLOCK
    checksum = 0
    for _ in range(times):
        checksum = zlib.crc32(bytes(_BLOCK), checksum)
    header = gzip.compress(b"", mtime=0)[:10]
    return header + block * times + packer.flush() + struct.pack("<LL", checksum, UNPACKED % 2**32)


async def _huge_body(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    response = await _stream(request, web.StreamResponse())
    return await _pour(response)


async def _huge_declared(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    response = await _stream(request, web.StreamResponse(headers={"Content-Length": str(HUGE)}))
    return await _pour(response)


async def _pour(response: web.StreamResponse) -> web.StreamResponse:
    block = ("<p>" + "长" * 20_000 + "</p>").encode()
    left = HUGE
    while left > 0:
        await response.write(block[:left])
        left -= len(block)
    await response.write_eof()
    return response


async def _robots_denied(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    return web.Response(text="User-agent: *\nDisallow: /\n", content_type="text/plain")


async def _robots_error(request: web.BaseRequest, switched: Switched, home: str) -> web.StreamResponse:
    return _page("503", "服务暂不可用", 503)


ANSWERS: dict[Fault, Misbehaviour] = {
    Fault.SLOW_DRIP: _slow_drip,
    Fault.STALL: _stall,
    Fault.RESET: _reset,
    Fault.FLAKY: _flaky,
    Fault.TRUNCATED: _truncated,
    Fault.ERRORS: _errors,
    Fault.ERRORS_THEN_SUCCESS: _errors_then_success,
    Fault.REFUSED: _refused,
    Fault.TOO_MANY: _too_many,
    Fault.EMPTY_BODY: _empty_body,
    Fault.SOFT_404: _soft_404,
    Fault.SOFT_404_HOME: _soft_404_home,
    Fault.CHALLENGE: _challenge,
    Fault.CHALLENGE_200: _challenge_200,
    Fault.LOGIN_WALL: _login_wall,
    Fault.REDIRECT_LOOP: _redirect_loop,
    Fault.REDIRECT_TO_PRIVATE: _redirect("http://10.0.0.1/"),
    Fault.REDIRECT_TO_METADATA: _redirect("http://169.254.169.254/latest/meta-data/"),
    Fault.REDIRECT_OFF_HOST: _redirect_off_host,
    Fault.ZIP_BOMB: _zip_bomb,
    Fault.HUGE_BODY: _huge_body,
    Fault.HUGE_DECLARED: _huge_declared,
    Fault.ROBOTS_DENIED: _robots_denied,
    Fault.ROBOTS_ERROR: _robots_error,
}
