"""`manage.py create_token`."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.models import ApiToken
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_token_stands_alone_on_a_line_and_opens_the_api(capsys, client):
    PersonFactory(username="sari", role="reporter")
    call_command("create_token", "sari", "--scope", "write")
    secret = capsys.readouterr().out
    assert secret.count("\n") == 1
    answer = client.get("/api/v1/claims/", {"status": "draft"}, headers={"authorization": f"Token {secret.strip()}"})
    assert answer.status_code == 200
    assert ApiToken.objects.get().scope == "write"


def test_only_the_fingerprint_of_a_token_is_kept(capsys):
    PersonFactory(username="sari")
    call_command("create_token", "sari", "--scope", "read")
    secret = capsys.readouterr().out.strip()
    assert secret not in str(ApiToken.objects.values())


def test_a_token_with_days_expires(capsys):
    PersonFactory(username="sari")
    call_command("create_token", "sari", "--scope", "read", "--days", "30")
    left = ApiToken.objects.get().expires_at - timezone.now()
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nobody", "--scope", "read"], "nobody"),
        (["sari\x00", "--scope", "read"], "nobody"),
        (["sari", "--scope", "all"], "scope"),
        (["sari"], "scope"),
        (["sari", "--scope", "read", "--days", "0"], "3650"),
        (["sari", "--scope", "read", "--days", "3651"], "3650"),
        (["sari", "--scope", "read", "--days=-1"], "3650"),
        (["sari", "--scope", "read", "--days", "soon"], "3650"),
        (["sari", "--scope", "read", "--days", "٣"], "3650"),
        (["gone", "--scope", "read"], "gone"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_made(arguments, word):
    PersonFactory(username="sari")
    PersonFactory(username="gone", is_active=False)
    with pytest.raises(CommandError, match=word) as refused:
        call_command("create_token", *arguments)
    assert "\n" not in str(refused.value)
    assert not ApiToken.objects.exists()
