"""Reading from other sites' pages: what everybody may read, any page's script may, without its reader's log-in.

Nothing else: no script elsewhere writes, sends a token or acts as whoever reads it.
"""

from django.http import HttpRequest, HttpResponseBase

READS = frozenset({"GET", "HEAD"})
# Beyond those that a script sees anyway.
SHOWN = "ETag, Retry-After, X-Request-ID"
# A browser asks once an hour whether it may send this one; the others it needs not ask for.
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "3600",
}


def let_read(request: HttpRequest, response: HttpResponseBase) -> None:
    """Put on an answer what tells a browser that its page may read it."""
    if request.method in READS:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = SHOWN
    elif request.method == "OPTIONS" and request.headers.get("Access-Control-Request-Method") in READS:
        response["Access-Control-Allow-Origin"] = "*"
        for name, value in ALLOWED.items():
            response[name] = value
