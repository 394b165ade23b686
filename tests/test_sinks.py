"""The servers that tests send to: they keep what came and answer as they are told."""

import smtplib
import urllib.error
import urllib.request

import pytest
from django.core.mail import EmailMessage


def post(url, body=b"{}", **headers):
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.status


@pytest.fixture
def mail(settings, smtp_sink):
    for name, value in smtp_sink.settings.items():
        setattr(settings, name, value)
    return EmailMessage("Due", "Two claims fell due – today.", "desk@news.example", ["ann@news.example"])


def test_a_letter_that_was_sent_is_read_as_it_was_written(mail, smtp_sink):
    mail.extra_headers = {"Message-ID": "<one@news.example>"}
    mail.send()
    mail.send()
    assert [letter.to for letter in smtp_sink.letters] == [("ann@news.example",)] * 2
    (letter,) = smtp_sink.distinct
    assert (letter.id, letter.text.strip()) == ("<one@news.example>", "Two claims fell due – today.")


def test_a_letter_is_turned_away_as_told_and_welcome_afterwards(mail, smtp_sink):
    smtp_sink.answers.append("451 4.3.0 Try again later.")
    with pytest.raises(smtplib.SMTPDataError) as error:
        mail.send()
    assert (error.value.smtp_code, smtp_sink.letters) == (451, [])
    mail.send()
    assert len(smtp_sink.letters) == 1


def test_an_address_that_is_not_known_is_refused(mail, smtp_sink):
    smtp_sink.refused["ann@news.example"] = "550 5.1.1 Nobody of that name."
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mail.send()
    assert smtp_sink.letters == []


def test_a_post_is_kept_with_its_headers_and_answered_as_told(http_receiver):
    http_receiver.answers.extend([503, 201])
    with pytest.raises(urllib.error.HTTPError) as error:
        post(http_receiver.url + "hook", b'{"n": 1}', **{"Webhook-Id": "a"})
    assert error.value.code == 503
    assert [post(http_receiver.url + "hook", b'{"n": 1}', **{"Webhook-Id": name}) for name in "ab"] == [201, 204]
    assert [(one.path, one.id, one.document) for one in http_receiver.posts] == [
        ("/hook", name, {"n": 1}) for name in "aab"
    ]
    assert [one.id for one in http_receiver.distinct] == ["a", "b"]
