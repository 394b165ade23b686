"""EMAIL_URL and EMAIL_FROM, read loudly."""

import smtplib

import pytest
from django.core.mail import EmailMessage
from django.test import override_settings

from project import env
from project.mail import CONSOLE, SMTP, MailServer, mail_sender, mail_server


@pytest.fixture
def put(monkeypatch):
    """Sets the variable X."""
    monkeypatch.delenv("X", raising=False)
    return lambda value: monkeypatch.setenv("X", value)


def test_without_a_server_mail_goes_to_the_console(put):
    assert mail_server("X").backend == CONSOLE
    put("  ")
    assert mail_server("X").backend == CONSOLE


@pytest.mark.parametrize(
    ("value", "server"),
    [
        ("smtp://mail.example", MailServer(SMTP, "mail.example", 25)),
        ("smtp://localhost:2525/", MailServer(SMTP, "localhost", 2525)),
        ("smtp://[::1]:25", MailServer(SMTP, "::1", 25)),
        ("smtp+tls://ann:secret@mail.example", MailServer(SMTP, "mail.example", 587, "ann", "secret", use_tls=True)),
        ("smtps://ann:secret@mail.example", MailServer(SMTP, "mail.example", 465, "ann", "secret", use_ssl=True)),
        (
            "smtps://ann%40news.example:p%3Aa%2Fs%25s%20w%23%C3%B6@mail.example:8465",
            MailServer(SMTP, "mail.example", 8465, "ann@news.example", "p:a/s%s w#ö", use_ssl=True),
        ),
    ],
)
def test_a_server_is_read_with_its_port_encryption_user_and_password(put, value, server):
    put(value)
    assert mail_server("X") == server


@pytest.mark.parametrize(
    "value",
    [
        "mail.example",
        "http://hunter2@mail.example",
        "smtp://",
        "smtp:///",
        "smtp://:25",
        "smtp://mail.example:0",
        "smtp://mail.example:99999",
        "smtp://mail.example:port",
        "smtp://ann@mail.example",
        "smtp://:hunter2@mail.example",
        "smtp://ann:hunter2@mail.example/path",
        "smtp://ann:hunter2@mail.example?tls=1",
        "smtp://ann:hunter2#x@mail.example",
        "smtp://ann:hunter2%0d%0aQUIT@mail.example",
        "smtp://ann:hunter2%ff@mail.example",
        "smtp://ann:hunter2@ma%69l.example",
        "smtp://ann:hunter2@[::1",
        "smtp://ann:hunter2@mail example",
    ],
)
def test_a_server_that_cannot_be_read_stops_the_start_without_its_value_being_repeated(put, value):
    put(value)
    with pytest.raises(env.WrongSetting) as caught:
        mail_server("X")
    line = str(caught.value)
    assert line.startswith("claimline: X must be smtp+tls://")
    assert "hunter2" not in line
    assert "\n" not in line


def test_a_server_does_not_show_its_password():
    assert "hunter2" not in repr(MailServer(password="hunter2"))


@pytest.mark.parametrize(
    ("newsroom", "host", "sender"),
    [
        ("Claimline", "claims.example", "Claimline <claimline@claims.example>"),
        (
            "Desk, the “Claims”",
            "claims.example",
            "=?utf-8?b?RGVzaywgdGhlIOKAnENsYWltc+KAnQ==?= <claimline@claims.example>",
        ),
        ("Desk, the", "localhost", '"Desk, the" <claimline@localhost>'),
        ("Two\r\nBcc: lines", "localhost", '"Two Bcc: lines" <claimline@localhost>'),
        ("Claimline", "::1", "Claimline <claimline@localhost>"),
        ("Claimline", "fe80::abcd", "Claimline <claimline@localhost>"),
        ("Claimline", "127.0.0.1", "Claimline <claimline@localhost>"),
        ("Claimline", None, "Claimline <claimline@localhost>"),
    ],
)
def test_letters_are_from_the_newsroom_at_its_host_unless_said_otherwise(put, newsroom, host, sender):
    assert mail_sender("X", newsroom=newsroom, host=host) == sender
    message = EmailMessage("Due", "Text", sender, ["ann@news.example"]).message()
    assert str(message["From"]).count("@") == 1


@pytest.mark.parametrize(
    "value", ["claims@example.org", "Claims <claims@example.org>", '"Claims, due" <c@example.org>']
)
def test_a_sender_that_was_chosen_is_taken_as_it_is(put, value):
    put(value)
    assert mail_sender("X", newsroom="Claimline", host="localhost") == value


@pytest.mark.parametrize(
    "value",
    ["Claimline", "claims@", "@example.org", "a@b.example, c@d.example", "a@b.example\nBcc: c", "a b@c.example"],
)
def test_a_sender_that_is_no_address_stops_the_start(put, value):
    put(value)
    with pytest.raises(env.WrongSetting) as caught:
        mail_sender("X", newsroom="Claimline", host="localhost")
    assert "X must be an address" in str(caught.value)


def test_a_server_that_offers_no_encryption_gets_no_password_where_encryption_was_asked_for(smtp_sink):
    chosen = smtp_sink.settings | {"EMAIL_HOST_USER": "ann", "EMAIL_HOST_PASSWORD": "secret", "EMAIL_USE_TLS": True}
    with override_settings(**chosen | {"EMAIL_BACKEND": SMTP}), pytest.raises(smtplib.SMTPNotSupportedError):
        EmailMessage("Due", "Text", "desk@news.example", ["ann@news.example"]).send()
    assert smtp_sink.letters == []
