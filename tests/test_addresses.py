"""One article, one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.addresses import UnusableAddress, normalised


@pytest.mark.parametrize(
    ("copied", "kept"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&id=7#top", "https://news.example/a?id=7"),
        ("http://news.example:80", "http://news.example/"),
        ("https://news.example/a?b=%20c", "https://news.example/a?b=%20c"),
        ("  https://news.example/a  ", "https://news.example/a"),
        ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("", ""),
    ],
)
def test_an_address_is_the_same_however_it_was_copied(copied, kept):
    assert normalised(copied) == kept


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://a.example/", "https://user:pw@a.example/", "https://", "//a.example", "https://a b/",
     "https://a.example:99999/", "https://[::1/", "data:text/html,x", 'https://a.example/"onload="'],
)  # fmt: skip
def test_what_cannot_be_linked_to_is_refused(address):
    with pytest.raises(UnusableAddress):
        normalised(address)


@given(st.text(max_size=80))
def test_a_normal_address_is_its_own_normal_form(tail):
    try:
        once = normalised(f"https://news.example/{tail}")
    except UnusableAddress:
        return
    assert normalised(once) == once
