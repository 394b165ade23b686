"""Where a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# What one household or server is given of the addresses of IPv6: it may take another one for each request.
HOUSEHOLD = 64


def address_of(request: HttpRequest) -> str | None:
    """The address that asks; None where there is none, as behind a socket of this machine.

    The proxy's word is taken only where one was configured, and only the last: what stands before it anybody may write.
    """
    if settings.BEHIND_TLS_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
        if (address := _normalised(forwarded)) is not None:
            return address
    return _normalised(request.META.get("REMOTE_ADDR", ""))


def _normalised(text: str) -> str | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), HOUSEHOLD), strict=False).network_address)
