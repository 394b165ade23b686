"""Where a request comes from."""

import pytest
from django.test import RequestFactory

from claims.callers import address_of


def asked(**meta):
    return address_of(RequestFactory().get("/", **meta))


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("", None),
        ("unix:", None),
    ],
)
def test_an_address_is_the_one_that_connects_and_in_ipv6_its_household(remote, address):
    assert asked(REMOTE_ADDR=remote) == address


def test_a_forwarded_address_is_anybodys_word_unless_a_proxy_is_configured(settings):
    assert asked(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.7") == "203.0.113.9"
    settings.BEHIND_TLS_PROXY = True
    assert asked(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.7") == "198.51.100.7"
    assert asked(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="192.0.2.1, 198.51.100.7 ") == "198.51.100.7"


@pytest.mark.parametrize("forwarded", ["", "unknown", "198.51.100.7, ", "x" * 9999, "198.51.100.7, 1.2.3"])
def test_a_proxy_that_says_nothing_of_use_is_the_caller_itself(settings, forwarded):
    settings.BEHIND_TLS_PROXY = True
    assert asked(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=forwarded) == "203.0.113.9"
