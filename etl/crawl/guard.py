"""Which addresses may be asked: ``*.gov.cn`` and registered hosts, and never a private network."""

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from etl.crawl.outcome import Outcome

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOOPBACK_NAMES = (".localhost", "localhost")  # RFC 6761: names that never leave the machine

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddressError(OSError):
    """A name leads to an address of a private network, or of this machine."""


class Guard:
    """Decides before a request is made; `GuardedResolver` decides again on what DNS answers.

    Args:
        hosts: registered hosts, as ``host`` or ``host:port``.
        allow_loopback: whether this machine's own addresses may be asked.
    """

    def __init__(self, hosts: Collection[str], *, allow_loopback: bool) -> None:
        self._hosts = frozenset(hosts)
        self.allow_loopback = allow_loopback

    def refusal(self, url: str) -> Outcome | None:
        """Why ``url`` must not be asked, or None."""
        try:
            parts = urlsplit(url)
            host, netloc = parts.hostname or "", parts.netloc.rpartition("@")[2].lower()
            _ = parts.port
        except ValueError:
            return Outcome.HOST_NOT_ALLOWED
        if parts.scheme not in ("http", "https") or not host:
            return Outcome.HOST_NOT_ALLOWED
        address = _literal(host)
        if address is not None and not self.allows(address):
            return Outcome.PRIVATE_ADDRESS
        if host.endswith(_LOOPBACK_NAMES) and not self.allow_loopback:
            return Outcome.PRIVATE_ADDRESS
        if host.endswith(".gov.cn") or host in self._hosts or netloc in self._hosts:
            return None
        return Outcome.HOST_NOT_ALLOWED

    def allows(self, address: Address) -> bool:
        """Whether an address is one of the public internet, or of this machine where that is allowed."""
        if isinstance(address, ipaddress.IPv6Address):
            inner = address.ipv4_mapped or address.sixtofour
            if inner is None and address in _NAT64:
                inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
            if inner is not None:
                return self.allows(inner)
        if address.is_loopback:
            return self.allow_loopback
        return address.is_global and not address.is_multicast


class GuardedResolver(AbstractResolver):
    """The system's name resolution, without the answers that lead to private addresses."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._system = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Addresses of ``host``; raises `PrivateAddressError` when none of them may be asked."""
        if host.endswith(_LOOPBACK_NAMES):
            if not self._guard.allow_loopback:
                raise PrivateAddressError(f"{host} is this machine")
            found = [
                ResolveResult(
                    hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0
                )
            ]
        else:
            found = await self._system.resolve(host, port, family)
        allowed = [one for one in found if self._guard.allows(ipaddress.ip_address(one["host"].split("%")[0]))]
        if not allowed:
            raise PrivateAddressError(f"{host} leads to {', '.join(one['host'] for one in found)}")
        return allowed

    async def close(self) -> None:
        await self._system.close()


def slot_of(url: str, guard: Guard) -> str:
    """The host that manners are kept with. Ports of this machine stand for hosts of their own."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    address = _literal(host)
    if address is not None and address.is_loopback and guard.allow_loopback:
        return f"{host}:{parts.port or 80}"
    return host


def site_of(url: str) -> str:
    """The part of a host name that one body registers: ``wqx.gov.cn`` of ``www.wqx.gov.cn``; the whole host
    where it is not below ``gov.cn``."""
    host = urlsplit(url).hostname or ""
    labels = host.split(".")
    return ".".join(labels[-3:]) if host.endswith(".gov.cn") else host


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
