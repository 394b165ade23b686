"""The token that stops e-mails."""

import pytest
from django.core.signing import Signer
from hypothesis import given
from hypothesis import strategies as st

from claims.notify.unsubscribe import person_of, token_for


@given(st.integers(min_value=1, max_value=2**63 - 1))
def test_a_token_names_its_person_and_is_the_same_in_each_letter(person):
    assert person_of(token_for(person)) == person
    assert token_for(person) == token_for(person)


@given(st.text())
def test_no_text_made_elsewhere_is_a_token(text):
    assert person_of(text) is None


@pytest.mark.parametrize("salt", ["django.core.signing.Signer", "session", "claims.notify"])
def test_what_was_signed_for_another_purpose_is_no_token(salt):
    assert person_of(Signer(salt=salt).sign_object(7)) is None


def test_a_changed_token_is_none():
    token = token_for(7)
    assert person_of(token_for(8).split(":")[0] + ":" + token.split(":")[1]) is None
    assert person_of(token[:-1]) is None
