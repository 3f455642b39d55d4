"""Who asks, and how often they may: nobody's haste may hold up another."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web

from handlers.web.problems import Problem

Networks = tuple[IPv4Network | IPv6Network, ...]
REMEMBERED = 50_000
"""Counters kept in memory, at most; the one unused for longest goes first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in such a time, evenly refilled: a burst of `many` is fine after a pause."""

    many: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address or person may do. Thousands of telephones share an operator's address, hence the many."""

    sessions: Rate = Rate(120, timedelta(hours=1))
    invitations: Rate = Rate(20, timedelta(minutes=15))
    messages: Rate = Rate(60, timedelta(minutes=1))
    streams: int = 6
    files_a_day: int = 40
    bytes_kept: int = 200 * 1024 * 1024


class Turnstile:
    """Counts against one rate, by key; in the memory of this process."""

    def __init__(self, name: str, rate: Rate, clock: Callable[[], datetime]) -> None:
        self._name, self._rate, self._clock = name, rate, clock
        self._left: OrderedDict[object, tuple[float, datetime]] = OrderedDict()

    def pass_through(self, key: object) -> None:
        """Count one more; `Problem` 429 where it is too many."""
        now, most = self._clock(), float(self._rate.many)
        left, at = self._left.pop(key, (most, now))
        pace = self._rate.within / self._rate.many
        left = min(most, left + (now - at) / pace)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        if not allowed:
            raise Problem(429, f"too-many-{self._name}", retry_after=(1 - left) * pace)


def asking(request: web.Request, proxies: Networks) -> IPv4Address | IPv6Address | None:
    """The address that asks. X-Forwarded-For is believed only as far as trusted proxies have written it."""
    address = _parsed(request.remote or "")
    if address is None:
        return None
    named = [part.strip() for line in request.headers.getall("X-Forwarded-For", []) for part in line.split(",")]
    while named and any(address in network for network in proxies if network.version == address.version):
        before = _parsed(named.pop())
        if before is None:
            break
        address = before
    return address


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def household(address: IPv4Address | IPv6Address | None) -> object:
    """What counts as one: an IPv4 address, or an IPv6 /64, of which one telephone has all."""
    if isinstance(address, IPv6Address):
        return int(address) >> 64
    return address
