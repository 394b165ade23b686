"""Web addresses in one normal form, so that one article is one row however its link was copied."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
# What campaigns and social networks append; none of it names another article.
TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ref_src)", re.IGNORECASE)


class UnusableAddress(ValueError):
    """An address that cannot be linked to; the message says why."""


def normalised(address: str) -> str:
    """The address with host in lower case and no default port, fragment or tracking parameters; empty stays empty.

    Raises UnusableAddress for anything but http and https, for user names and passwords, and for what is no address.
    """
    address = address.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UnusableAddress("This is not a web address.") from None
    if parts.scheme.lower() not in DEFAULT_PORTS:
        raise UnusableAddress("Only addresses that begin with http:// or https:// can be linked to.")
    if parts.username is not None or parts.password is not None:
        raise UnusableAddress("An address with a user name or password in it cannot be linked to.")
    if not host or any(character.isspace() or character in "<>\"'\\" for character in address):
        raise UnusableAddress("This is not a web address.")
    scheme = parts.scheme.lower()
    name = f"[{host}]" if ":" in host else host
    netloc = name if port in {None, DEFAULT_PORTS[scheme]} else f"{name}:{port}"
    kept = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(key)
    ]
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return SplitResult(scheme, netloc, parts.path or "/", query, "").geturl()
