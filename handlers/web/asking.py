"""From where somebody asks: the address behind the proxies that we trust, and which addresses count as one network."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web

Networks = tuple[IPv4Network | IPv6Network, ...]


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


def is_behind_unnamed_proxy(request: web.Request, proxies: Networks) -> bool:
    """Does a proxy pass this on that we do not trust? Then all who come through it count as one address."""
    address = _parsed(request.remote or "")
    named = any(address in network for network in proxies if address and network.version == address.version)
    private = address is not None and (address.is_private or address.is_loopback)
    return private and not named and "X-Forwarded-For" in request.headers


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(address: IPv4Address | IPv6Address | None) -> object:
    """What counts as one: an IPv4 address, or an IPv6 /64, of which one telephone has all."""
    if isinstance(address, IPv6Address):
        return int(address) >> 64
    return address
