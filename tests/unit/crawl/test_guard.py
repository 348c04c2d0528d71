import asyncio
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.crawl.guard import Guard, GuardedResolver, PrivateAddressError, site_of, slot_of
from etl.crawl.outcome import Outcome

STRICT = Guard(["1.25.240.11:8082", "zwgk.example.com"], allow_loopback=False)
LOCAL = Guard(["127.0.0.1:9001", "qinghe.localhost"], allow_loopback=True)


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://www.wqx.gov.cn/zfxxgk/", None),
        ("https://wqx.gov.cn:8443/", None),
        ("http://1.25.240.11:8082/sites/", None),
        ("http://zwgk.example.com/a.htm", None),
        ("http://1.25.240.11/", Outcome.HOST_NOT_ALLOWED),  # another port of the address is another host
        ("http://wqx.gov.cn.evil.com/", Outcome.HOST_NOT_ALLOWED),
        ("http://gov.cn.example/", Outcome.HOST_NOT_ALLOWED),
        ("http://fakegov.cn/", Outcome.HOST_NOT_ALLOWED),
        ("http://www.gov.cn@evil.com/", Outcome.HOST_NOT_ALLOWED),
        ("ftp://www.wqx.gov.cn/", Outcome.HOST_NOT_ALLOWED),
        ("file:///etc/passwd", Outcome.HOST_NOT_ALLOWED),
        ("http://[::1/", Outcome.HOST_NOT_ALLOWED),
        ("http://x.gov.cn:99999/", Outcome.HOST_NOT_ALLOWED),
        ("http://10.0.0.1/", Outcome.PRIVATE_ADDRESS),
        ("http://169.254.169.254/latest/", Outcome.PRIVATE_ADDRESS),
        ("http://127.0.0.1:9001/", Outcome.PRIVATE_ADDRESS),
        ("http://[::ffff:192.168.0.1]/", Outcome.PRIVATE_ADDRESS),
        ("http://[64:ff9b::a00:1]/", Outcome.PRIVATE_ADDRESS),
        ("http://qinghe.localhost/", Outcome.PRIVATE_ADDRESS),
        ("http://8.8.8.8/", Outcome.HOST_NOT_ALLOWED),
    ],
)
def test_only_government_and_registered_hosts_are_asked(url: str, refusal: Outcome | None) -> None:
    assert STRICT.refusal(url) == refusal


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://127.0.0.1:9001/", None),
        ("http://qinghe.localhost:8990/", None),
        ("http://127.0.0.1:9002/", Outcome.HOST_NOT_ALLOWED),
        ("http://other.localhost/", Outcome.HOST_NOT_ALLOWED),
        ("http://10.0.0.1/", Outcome.PRIVATE_ADDRESS),
    ],
)
def test_loopback_must_be_allowed_and_registered(url: str, refusal: Outcome | None) -> None:
    assert LOCAL.refusal(url) == refusal


@given(st.ip_addresses())
def test_no_private_address_is_ever_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if STRICT.allows(address):
        assert address.is_global
        assert not address.is_loopback


@pytest.mark.parametrize("host", ["localhost", "qinghe.localhost", "127.1", "0x7f000001", "2130706433"])
def test_names_that_lead_to_this_machine_are_refused(host: str) -> None:
    async def resolve() -> None:
        await GuardedResolver(STRICT).resolve(host, 80)

    with pytest.raises(PrivateAddressError):
        asyncio.run(resolve())


def test_localhost_names_resolve_where_loopback_is_allowed() -> None:
    async def resolve() -> str:
        return (await GuardedResolver(LOCAL).resolve("qinghe.localhost", 80))[0]["host"]

    assert asyncio.run(resolve()) == "127.0.0.1"


def test_manners_are_kept_with_hosts_and_ports_of_this_machine_are_hosts() -> None:
    assert slot_of("http://1.25.240.11:8082/a", STRICT) == slot_of("http://1.25.240.11/b", STRICT)
    assert slot_of("http://127.0.0.1:9001/", LOCAL) != slot_of("http://127.0.0.1:9002/", LOCAL)
    assert slot_of("http://WWW.x.gov.cn/", STRICT) == slot_of("https://www.x.gov.cn/", STRICT)


def test_a_site_is_what_one_body_registers() -> None:
    assert site_of("http://zwgk.wqx.gov.cn/a") == site_of("https://www.wqx.gov.cn")
    assert site_of("http://a.localhost:1/") != site_of("http://b.localhost:1/")
