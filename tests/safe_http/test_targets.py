"""Which addresses may be reached: no spelling and no resolver leads inside."""

import ipaddress
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import safe_http
from claims.safe_http import Refused
from claims.safe_http.targets import Target, is_open
from tests.safe_http.inside import ADDRESSES, HOSTS, URLS
from tests.safe_http.strangers import NAME, leading_to

SAID = {
    "This is not a web address.",
    "This address is not on the public web.",
    "The address must begin with https:// or http://.",
    "The address must not hold a user name or password.",
    "The address must use the usual port: 443, or 80.",
}


@pytest.fixture
def _nobody_connects(monkeypatch):
    def connect(_self, address):
        raise AssertionError(f"connected to {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)


def test_there_are_more_than_three_hundred_targets_inside():
    assert len(set(HOSTS)) > 300
    assert len(set(URLS)) > 350
    assert len(set(ADDRESSES)) > 150


@pytest.mark.usefixtures("_nobody_connects")
@pytest.mark.parametrize("url", URLS)
def test_what_is_inside_by_its_spelling_is_refused_when_it_is_entered_and_when_it_is_to_be_reached(url, monkeypatch):
    def resolve(host, port, **options):
        raise AssertionError(f"asked for {host}")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(Refused) as refusal:
        safe_http.check(url)
    assert str(refusal.value) in SAID
    with pytest.raises(Refused):
        safe_http.get(url)
    with pytest.raises(Refused):
        safe_http.post(url, b"", {})


@pytest.mark.usefixtures("_nobody_connects")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_name_that_leads_inside_is_refused_when_it_is_entered_and_when_it_is_to_be_reached(address, monkeypatch):
    # One address that is public does not redeem the other.
    for found in [[address], ["93.184.216.34", address], [address, "2606:2800:220:1::1"]]:
        monkeypatch.setattr(socket, "getaddrinfo", leading_to(*found))
        for reach in [safe_http.check, safe_http.get, lambda url: safe_http.post(url, b"", {})]:
            with pytest.raises(Refused) as refusal:
                reach(f"https://{NAME}/")
            assert str(refusal.value) == "This address is not on the public web."


@given(st.one_of(st.ip_addresses(), st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)))
def test_whatever_is_open_is_global_for_the_standard_library_too(ip):
    assert not is_open(ip) or (ip.is_global and not ip.is_multicast)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "192.0.1.1", "2606:4700::1111", "2a00:1450::1", "2001:200::1"]
)
def test_the_public_web_is_open(address):
    assert is_open(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "place", "path", "authority"),
    [
        ("http://Example.ORG", ("http", "example.org", 80), "/", "example.org"),
        ("https://example.org:443/a?b=c#d", ("https", "example.org", 443), "/a?b=c", "example.org"),
        ("https://example.org:80/", ("https", "example.org", 80), "/", "example.org:80"),
        ("http://example.org:/", ("http", "example.org", 80), "/", "example.org"),
        ("https://bücher.org/ü?q=ü&r=%20", ("https", "xn--bcher-kva.org", 443), "/%C3%BC?q=%C3%BC&r=%20", None),
        ("https://8.8.8.8/", ("https", "8.8.8.8", 443), "/", "8.8.8.8"),
        ("https://[2606:4700:0::1]/", ("https", "2606:4700::1", 443), "/", "[2606:4700::1]"),
        ("https://_hook.example.co.id/x", ("https", "_hook.example.co.id", 443), "/x", "_hook.example.co.id"),
        ("https://1.example.org/", ("https", "1.example.org", 443), "/", "1.example.org"),
    ],
)  # fmt: skip
def test_a_public_address_is_read(url, place, path, authority):
    target = Target.read(url, ())
    assert (target.place, target.path) == (place, path)
    assert target.authority == (authority or target.host)
    assert not target.is_allowed


def test_a_name_that_leads_to_the_public_web_or_nowhere_yet_may_be_entered(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("93.184.216.34", "2606:2800:220:1::1"))
    safe_http.check(f"https://{NAME}/")

    def unknown(*_asked, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    safe_http.check(f"https://{NAME}/")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_options: time.sleep(0.5) or [])
    safe_http.check(f"https://{NAME}/", within=0.05)


@pytest.mark.parametrize("place", ["127.0.0.1:9000", "[::1]:9000", "ci.newsroom.lan:443", "ci:80"])
def test_a_private_place_is_reached_where_the_operator_allows_exactly_it(place, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("192.168.0.7"))
    scheme = "https" if place.endswith(":443") else "http"
    safe_http.check(f"{scheme}://{place}/hook", allowed={place})
    host, _colon, port = place.rpartition(":")
    for wrong in [f"{host}:{int(port) + 1}", f"x{host}:{port}", "127.0.0.2:9000"]:
        with pytest.raises(Refused):
            safe_http.check(f"http://{wrong}/hook", allowed={place})
    for wrong in [f"ftp://{place}/", f"http://me@{place}/", f"http://{place}/a b"]:
        with pytest.raises(Refused):
            safe_http.check(wrong, allowed={place})
