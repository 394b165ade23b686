"""The mail server over TLS, from the start or from STARTTLS on, with a password or without."""

import asyncio
import ssl

import pytest
import trustme
from aiosmtpd.smtp import AuthResult
from django.core.mail import EmailMessage, get_connection

from claims.notify import smtp
from claims.notify.smtp import Deadline
from tests.sinks import HOST, SmtpSink, _Listening

AUTHORITY = trustme.CA()


@pytest.fixture
def serve(settings):
    """Starts a server that speaks TLS in one of the two ways, and points the settings at it."""
    started = []

    def start(way, authority=AUTHORITY):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(HOST).configure_cert(context)
        sink = SmtpSink()
        given = {"ssl_context": context} if way == "smtps" else {"tls_context": context, "require_starttls": True}
        controller = _Listening(sink, hostname=HOST, port=0, **given, authenticator=_knows, auth_require_tls=False)
        controller.start()
        started.append(controller)
        for name, value in sink.settings.items():
            setattr(settings, name, value)
        settings.EMAIL_BACKEND = "claims.notify.smtp.SmtpBackend"
        settings.EMAIL_PORT = controller.port
        settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = way == "smtps", way == "smtp+tls"
        return sink

    yield start
    for controller in started:
        controller.stop(no_assert=True)


def _knows(_server, _session, _envelope, _mechanism, auth):
    return AuthResult(success=(auth.login, auth.password) == (b"ann@news.example", b"p:a/s%s"))


@pytest.fixture
def trusting(tmp_path, monkeypatch):
    """A machine that trusts the authority behind the servers' certificates."""
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def send(times=1):
    connection = get_connection()
    connection.open()
    try:
        return sum(
            connection.send_messages([EmailMessage("Due", "Text", "desk@news.example", [f"ann{n}@news.example"])])
            for n in range(times)
        )
    finally:
        connection.close()


ways = pytest.mark.parametrize("way", ["smtps", "smtp+tls"])


@ways
@pytest.mark.usefixtures("trusting")
def test_letters_go_out_over_tls_with_a_password(settings, serve, way):
    sink = serve(way)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "ann@news.example", "p:a/s%s"
    assert send(3) == 3
    assert [letter.to for letter in sink.letters] == [(f"ann{n}@news.example",) for n in range(3)]


@ways
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(serve, way):
    sink = serve(way)
    with pytest.raises(ssl.SSLCertVerificationError):
        send()
    assert sink.letters == []


@ways
@pytest.mark.usefixtures("trusting")
def test_a_server_that_stalls_in_the_middle_of_a_letter_is_given_up_over_tls_too(settings, serve, way):
    sink = serve(way)
    sink.pause = 2
    settings.EMAIL_TIMEOUT = 0.5
    with pytest.raises(TimeoutError, match=r"no answer within 0\.5 seconds"):
        send()


def test_a_server_that_takes_one_letter_and_never_ends_its_answer_to_the_next_is_given_up(settings):
    class Dripping(SmtpSink):
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
            answer = await super().handle_DATA(server, session, envelope)
            while len(self.letters) > 1 and not server.transport.is_closing():
                # One line of an answer after the other, and the last of them never.
                server.transport.write(b"250-and\r\n")
                await asyncio.sleep(0.05)
            return answer

    sink = Dripping()
    controller = _Listening(sink, hostname=HOST, port=0)
    controller.start()
    for name, value in sink.settings.items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "claims.notify.smtp.SmtpBackend", controller.port
    settings.EMAIL_TIMEOUT = 0.5
    try:
        with pytest.raises(TimeoutError):
            send(2)
    finally:
        controller.stop(no_assert=True)


def test_of_several_addresses_of_a_server_the_first_that_answers_is_taken(settings, smtp_sink, monkeypatch):
    for name, value in smtp_sink.settings.items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "claims.notify.smtp.SmtpBackend"
    known = smtp.socket.getaddrinfo(HOST, smtp_sink.port, type=smtp.socket.SOCK_STREAM)
    # Port 1 of this machine: nobody listens there.
    dead = [(*entry[:4], (HOST, 1)) for entry in known]
    monkeypatch.setattr(smtp.socket, "getaddrinfo", lambda *_a, **_k: [*dead, *known])
    assert send() == 1


def test_a_deadline_that_was_lifted_in_time_shuts_nothing():
    deadline = Deadline(30)
    ours, theirs = smtp.socket.socketpair()
    with ours, theirs:
        deadline.watch(ours)
        deadline.lift()
        ours.sendall(b"x")
        assert theirs.recv(1) == b"x"
    assert not deadline.is_over


def test_a_connection_that_is_watched_too_late_is_shut_at_once():
    deadline = Deadline(0)
    ours, theirs = smtp.socket.socketpair()
    with ours, theirs:
        while not deadline.is_over:
            pass
        deadline.watch(ours)
        assert theirs.recv(1) == b""
