"""The log-in's guard: wrong passwords end in a pause, for one name from one address."""

import threading
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.factories import PersonFactory

LOGIN, RIGHT, WRONG = "/admin/login/", "correct horse battery", "no"


@pytest.fixture
def sri(db):
    return PersonFactory(username="sri")


def log_in(password, *, name="sri", client=None, **headers):
    client = client or Client()
    return client.post(f"{LOGIN}?next=/admin/", {"username": name, "password": password}, **headers)


def lock(name="sri", **headers):
    return [log_in(WRONG, name=name, **headers).status_code for _ in range(5)]


def test_the_fifth_wrong_password_begins_a_pause_in_which_the_right_one_is_refused_too(sri):
    assert lock() == [200, 200, 200, 200, 429]
    assert log_in(RIGHT).status_code == 429


def test_the_page_says_how_long_and_what_to_do(sri, settings):
    settings.LOGIN_PAUSE_MINUTES = 7
    lock()
    answer = log_in(RIGHT)
    assert (answer.status_code, answer["Retry-After"]) == (429, "420")
    page = answer.content.decode()
    assert "Wait 7 minutes" in page
    assert "ask an admin" in page
    assert "Content-Security-Policy" in answer.headers
    assert "<style" not in page
    assert "style=" not in page


def test_the_right_password_begins_the_count_anew(sri):
    for _ in range(3):
        assert [log_in(WRONG).status_code for _ in range(4)] == [200] * 4
        assert log_in(RIGHT).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_a_stranger_elsewhere_locks_nobody_out(sri):
    lock(REMOTE_ADDR="203.0.113.9")
    assert log_in(RIGHT, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_another_name_from_the_same_office_is_let_in(sri):
    PersonFactory(username="budi")
    lock()
    assert log_in(RIGHT, name="budi").status_code == 302


def test_a_name_that_nobody_has_is_answered_as_one_that_somebody_has(sri):
    assert lock("nobody") == lock("sri")
    assert log_in(WRONG, name="nobody").content == log_in(WRONG).content


@pytest.mark.parametrize(
    "headers",
    [
        lambda n: {"HTTP_X_FORWARDED_FOR": f"203.0.113.{n}"},
        lambda n: {"HTTP_USER_AGENT": f"Browser {n}"},
        lambda n: {"HTTP_FORWARDED": f"for=203.0.113.{n}"},
        lambda n: {"REMOTE_ADDR": f"2001:db8:1:2::{n}"},
    ],
    ids=["forwarded", "browser", "forwarded as the standard has it", "another address of the same household"],
)
def test_whoever_calls_himself_somebody_else_is_locked_out_as_well(sri, headers):
    assert [log_in(WRONG, **headers(n)).status_code for n in range(1, 6)] == [200, 200, 200, 200, 429]
    assert log_in(RIGHT, **headers(9)).status_code == 429


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(sri, settings):
    settings.BEHIND_TLS_PROXY = True
    lock(HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.9")
    assert log_in(RIGHT, HTTP_X_FORWARDED_FOR="10.9.8.7, 203.0.113.9").status_code == 429
    assert log_in(RIGHT, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7").status_code == 302


def test_after_the_pause_one_may_try_again_and_trying_meanwhile_does_not_prolong_it(sri, settings):
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        lock()
    with time_machine.travel(began + timedelta(minutes=14), tick=False):
        assert log_in(WRONG).status_code == 429
    with time_machine.travel(began + timedelta(minutes=15, seconds=1), tick=False):
        assert log_in(RIGHT).status_code == 302


def test_what_is_tried_in_vain_writes_nothing_more(sri):
    lock()
    there = list(AccessAttempt.objects.values())
    log_in(WRONG)
    assert list(AccessAttempt.objects.values()) == there
    assert WRONG not in there[0]["post_data"].replace("\n", "=").split("=")


def test_no_log_says_who_mistyped_what_from_where(sri, caplog):
    lock(REMOTE_ADDR="203.0.113.9")
    assert "log-ins wait" in caplog.text
    assert "203.0.113.9" not in caplog.text
    assert "sri" not in caplog.text


def test_a_right_password_that_was_tried_beside_too_many_wrong_ones_is_refused(sri, monkeypatch):
    look = ModelBackend.authenticate

    def slowly(backend, request, username=None, password=None, **given):
        if password == RIGHT:
            lock()
        return look(backend, request, username, password, **given)

    monkeypatch.setattr(ModelBackend, "authenticate", slowly)
    assert log_in(RIGHT).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_of_many_wrong_passwords_at_once_at_most_four_are_answered():
    PersonFactory(username="sri")
    answers, together = [], threading.Barrier(10)

    def send():
        try:
            together.wait(10)
            answers.append(log_in(WRONG).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(answers) <= {200, 429}
    assert len(answers) == 10
    assert answers.count(200) <= 4
    assert log_in(RIGHT).status_code == 429
