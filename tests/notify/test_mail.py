"""Letters on their way: from a notice to a mail server, which may refuse, stall or vanish."""

import pytest

from claims import sweep
from claims.models import Letter
from claims.notify import letters, mail, outbox
from tests.factories import NOW, PersonFactory, open_claim

TODAY = NOW.date()


@pytest.fixture
def server(settings, smtp_sink):
    """A mail server that letters are handed to."""
    for name, value in smtp_sink.settings.items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "claims.notify.smtp.SmtpBackend"
    return smtp_sink


def tell(now=NOW):
    sweep.flag_due(now.date(), now=now)
    outbox.fan_out(now)
    letters.write_letters(now)


@pytest.mark.django_db
def test_the_owner_of_a_claim_that_fell_due_gets_a_letter_that_names_it(server):
    owner = PersonFactory(email="owner@newsroom.example")
    claim = open_claim(edtf="2020", owner=owner, statement="Output doubles by 2020")
    tell()
    assert mail.deliver_letters(lambda: NOW) == 1
    (letter,) = server.letters
    assert letter.to == ("owner@newsroom.example",)
    assert letter.message["Subject"] == "Due: Output doubles by 2020"
    assert f"http://localhost:8000/claims/{claim.public_id}/" in letter.text
    assert Letter.objects.get().delivered_at == NOW
    assert mail.deliver_letters(lambda: NOW) == 0
