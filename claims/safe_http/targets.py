"""Which addresses may be reached at all."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, quote, urlsplit

from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}

# Written down rather than asked of `ipaddress`, whose idea of global changed between releases of Python. 168.63.129.16
# looks public and answers inside every machine of one cloud.
CLOSED_IPV4 = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
"""
# Outside of it lie local, mapped, translated (NAT64) and multicast addresses; inside Teredo, 6to4 and documentation.
OPEN_IPV6 = ipaddress.IPv6Network("2000::/3")
CLOSED_IPV6 = "2001::/23 2001:db8::/32 2002::/16 3fff::/20"
CLOSED = [ipaddress.ip_network(word) for word in f"{CLOSED_IPV4} {CLOSED_IPV6}".split()]

LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# What a resolver may read as an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Ends of names that mean something inside of a network only.
LOCAL = frozenset(
    {"arpa", "corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost", "onion", "private"}
)
# Not escaped in a path; the percent sign is that of what is escaped already.
KEPT = "/%:=&~+!$,;'@()*"

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(ValueError):
    """An address that is not to be reached; the message says why, and never where it leads."""


def not_public() -> Refused:
    """The one answer for everything that is somewhere inside, so that nobody learns what is there."""
    return Refused(_("This address is not on the public web."))


def is_open(ip: IpAddress) -> bool:
    """Whether the address lies on the public internet."""
    return (ip.version == 4 or ip in OPEN_IPV6) and not any(ip in network for network in CLOSED)


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be reached if its host's name leads to the public internet; wherever, if it `is_allowed`."""

    scheme: str
    host: str
    port: int
    path: str
    is_allowed: bool

    @classmethod
    def read(cls, url: str, allowed: Collection[str]) -> Self:
        """Raises Refused, with a sentence for people."""
        try:
            parts = urlsplit(url)
            port = parts.port
            host = _host(parts)
        except ValueError:
            raise Refused(_("This is not a web address.")) from None
        if any(character.isspace() or not character.isprintable() or character in '<>"\\' for character in url):
            raise Refused(_("This is not a web address."))
        if parts.scheme not in PORTS:
            raise Refused(_("The address must begin with https:// or http://."))
        if "@" in parts.netloc:
            raise Refused(_("The address must not hold a user name or password."))
        port = PORTS[parts.scheme] if port is None else port
        is_allowed = f"{_bracketed(host)}:{port}" in allowed
        if not is_allowed:
            _check(host, port)
        return cls(parts.scheme, host, port, _path(parts), is_allowed)

    @property
    def place(self) -> tuple[str, str, int]:
        """What one connection leads to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The host as HTTP names it, with its port if that is not the usual one."""
        name = _bracketed(self.host)
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"


def _host(parts: SplitResult) -> str:
    """The host in ASCII and lower case, without brackets; raises ValueError for what is none."""
    name = parts.hostname or ""
    if "[" in parts.netloc:
        # With a % it would be an address on one network card.
        if not parts.netloc.rpartition("@")[2].startswith("[") or "%" in name:
            raise ValueError("no address")
        return str(ipaddress.IPv6Address(name))
    # As the resolver would: full-width digits and dots become plain ones here, and not behind our back.
    name = name.encode("idna").decode("ascii").lower()
    if not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise ValueError("no host name")
    return name


def _check(host: str, port: int) -> None:
    """Raises Refused for a host that is inside by its spelling alone."""
    last = host.rpartition(".")[2]
    if ":" in host or NUMBER.fullmatch(last):
        try:
            is_public = is_open(ipaddress.ip_address(host))
        except ValueError:
            is_public = False
    else:
        is_public = last != host and last not in LOCAL
    if not is_public:
        raise not_public()
    if port not in PORTS.values():
        raise Refused(_("The address must use the usual port: 443, or 80."))


def _path(parts: SplitResult) -> str:
    """The path and query in ASCII; what is escaped already stays as it is."""
    path = quote(parts.path or "/", safe=KEPT)
    return f"{path}?{quote(parts.query, safe=KEPT + '?[]|')}" if parts.query else path


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
