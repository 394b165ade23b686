"""What is written into the log: one line an entry, in text or JSON, whatever is in it."""

import io
import json
import logging
import logging.config
import re

import pytest
import structlog
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Preference
from claims.notify.unsubscribe import token_for
from project import env, logs, requests
from tests.factories import PersonFactory


def written(log_format, tell, *, are_requests_told=True):
    """The lines that come of it under our configuration, which is put back afterwards."""
    stream = io.StringIO()
    config = logs.settings_for(log_format, are_requests_told=are_requests_told)
    formatter = config["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    logger = logging.getLogger("tests.logs")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.DEBUG)
    try:
        tell(logger)
    finally:
        logger.handlers, logger.propagate = [], True
    return stream.getvalue().split("\n")[:-1]


def fail():
    raise LookupError("no such claim\nforged line")


def tell_of_a_failure(logger):
    try:
        try:
            fail()
        except LookupError as error:
            raise ValueError("unreadable") from error
    except ValueError:
        logger.exception("it did not work")


def test_a_line_of_text_begins_with_time_level_and_logger_and_ends_with_what_is_known_beside_it():
    def tell(logger):
        with structlog.contextvars.bound_contextvars(request_id="r-1"):
            logger.warning("%d claims", 3)
        structlog.stdlib.get_logger("tests.logs").info("told", route="claims/<slug:x>/", note='a "b" c', ms=3)

    first, second = written("text", tell)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d WARNING tests\.logs: 3 claims request_id=r-1", first)
    assert second.endswith('INFO tests.logs: told route=claims/<slug:x>/ note="a \\"b\\" c" ms=3')


def test_a_line_of_json_holds_the_same():
    def tell(logger):
        with structlog.contextvars.bound_contextvars(request_id="r-1"):
            logger.warning("%d claims", 3)
        structlog.stdlib.get_logger("tests.logs").info("told", ms=3)

    first, second = (json.loads(line) for line in written("json", tell))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", first.pop("at"))
    assert first == {"event": "3 claims", "level": "warning", "logger": "tests.logs", "request_id": "r-1"}
    assert (second["event"], second["ms"]) == ("told", 3)


def test_a_traceback_is_one_line_too():
    (line,) = written("text", tell_of_a_failure)
    assert 'error="ValueError: unreadable"' in line
    assert 'because="LookupError: no such claim\\nforged line"' in line
    assert re.search(r'where="?tests/project/test_logs\.py:\d+:tell_of_a_failure', line)
    (line,) = written("json", tell_of_a_failure)
    assert "forged line" in json.loads(line)["exception"]


def test_an_exception_that_says_nothing_is_called_by_its_name():
    def tell(logger):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            structlog.stdlib.get_logger("tests.logs").warning("stopped", exc_info=True)

    (line,) = written("text", tell)
    assert "error=KeyboardInterrupt where=" in line


@given(text=st.text(), log_format=st.sampled_from(logs.FORMATS))
def test_no_text_ends_a_line_or_steers_a_terminal(text, log_format):
    def tell(logger):
        with structlog.contextvars.bound_contextvars(note=text):
            logger.info("%s", text)

    (line,) = written(log_format, tell)
    assert line.isprintable()


@pytest.mark.parametrize("value", ["yaml", "JSON", "text json"])
def test_an_unknown_format_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("LOG_FORMAT", value)
    with pytest.raises(env.WrongSetting, match=r"^claimline: LOG_FORMAT must be text or json, not "):
        env.choice("LOG_FORMAT", default="text", among=logs.FORMATS)


def lines(caplog):
    return [record.msg for record in caplog.records if record.name == "project.requests"]


@pytest.fixture
def told(caplog):
    """Our own lines, at every level."""
    caplog.set_level(logging.DEBUG, logger="project.requests")
    return caplog


@pytest.mark.django_db
def test_a_request_is_told_by_its_route_and_nothing_that_came_with_it(client, told):
    client.get("/claims/c7f3k2/?q=confidential", HTTP_AUTHORIZATION="Token cl_secret", REMOTE_ADDR="203.0.113.9")
    (line,) = lines(told)
    assert (line["method"], line["route"], line["status"]) == ("GET", "claims/<slug:public_id>/", 404)
    assert line["ms"] >= 0
    for secret in ("confidential", "cl_secret", "203.0.113.9", "c7f3k2"):
        assert secret not in repr(line)


@pytest.mark.parametrize(
    ("path", "method", "level", "route"),
    [
        ("/robots.txt", "GET", "info", "robots.txt"),
        ("/healthz", "GET", "debug", "healthz"),
        ("/static/nothing.css", "GET", "debug", "static"),
        ("/nowhere", "GET", "info", "unknown"),
        ("/healthz", "BREW", "debug", "healthz"),
    ],
)
def test_what_machines_ask_again_and_again_is_told_to_nobody_who_did_not_ask(
    client, db, told, path, method, level, route
):
    client.generic(method, path)
    (line,) = lines(told)
    assert (line["level"], line["route"], line["method"]) == (level, route, "other" if method == "BREW" else method)


@pytest.mark.django_db
def test_a_failure_of_ours_is_a_warning_with_a_traceback_of_its_own(client, told, monkeypatch):
    def fail(_request):
        raise RuntimeError("a bug")

    monkeypatch.setattr("claims.web.plain.reverse", lambda *_: fail(None))
    client.raise_request_exception = False
    response = client.get("/robots.txt")
    assert response.status_code == 500
    (line,) = lines(told)
    assert (line["level"], line["status"]) == ("warning", 500)
    assert [record.exc_info is not None for record in told.records if record.name == "django.request"] == [True]


@pytest.mark.django_db
def test_what_fails_is_told_without_its_address_which_may_be_a_secret(client, caplog, monkeypatch):
    def fail(*_):
        raise RuntimeError("a bug")

    token = token_for(PersonFactory().pk)
    client.raise_request_exception = False
    assert client.post(f"/unsubscribe/{token}/undo/", b"x", content_type="multipart/form-data").status_code == 400
    monkeypatch.setattr(Preference, "choose", fail)
    assert client.post(f"/unsubscribe/{token}/").status_code == 500
    messages = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert messages == [
        "Bad request (Unable to parse request body): unsubscribe/<str:token>/undo/",
        "Internal Server Error: unsubscribe/<str:token>/",
    ]
    assert token not in caplog.text


@pytest.mark.parametrize("path", ["/nowhere/", "/claims/nowhere/"])
def test_what_is_not_found_is_told_once(client, db, caplog, path):
    client.get(path)
    assert [record.name for record in caplog.records] == ["project.requests"]


@pytest.mark.parametrize("given", ["abc", "0b5e-4711", "a.b:c_d", "x" * 100])
def test_a_request_keeps_the_name_that_the_proxy_gave_it(client, told, given):
    response = client.get("/healthz", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] == lines(told)[0]["request_id"] == given


@pytest.mark.parametrize(
    "given",
    ["", "a b", "x" * 101, "a\r\nSet-Cookie: b=c", "a\nERROR forged", "\x1b[31m", "名", "../a", "<b>", "%0a", "a\x00"],
)
def test_a_name_that_could_say_something_else_is_replaced_and_told_nowhere(client, told, given):
    response = client.get("/healthz", headers={"X-Request-ID": given})
    name = response.headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", name)
    assert lines(told)[0]["request_id"] == name
    assert not given or given not in repr(lines(told)[0])


def test_each_request_has_a_name_of_its_own_that_does_not_outlive_it(client):
    names = {client.get("/healthz").headers["X-Request-ID"] for _ in range(3)}
    assert len(names) == 3
    assert "request_id" not in structlog.contextvars.get_contextvars()


@pytest.mark.django_db
def test_every_answer_has_a_name_errors_and_redirects_too(client):
    for path in ("/nowhere/", "/nowhere", reverse("admin:index"), "/api/v1/claims/?nonsense=1"):
        assert client.get(path).headers["X-Request-ID"]
    assert client.get("/", HTTP_HOST="evil.example").headers["X-Request-ID"]


def test_a_name_given_is_either_kept_whole_or_not_at_all():
    assert requests.NAME.fullmatch("a\n") is None
