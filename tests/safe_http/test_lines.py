"""Requests to strangers over real sockets: whatever they do, it ends in time, in little memory, with a short reason."""

import gzip
import socket
import ssl
import struct
import threading
import time
import tracemalloc
import zlib

import pytest
import trustme

from claims import safe_http
from claims.safe_http import Line, Refused, Unanswered, lines, sockets
from tests.safe_http.strangers import NAME, answer, leading_to, stranger

SOON = 0.4
# Seconds that no test waits for: what is said at once is there long before.
LONG = 20.0


def zipped(page):
    # Without the time, so that the tests have the same names in every process.
    return gzip.compress(page, mtime=0)


def get(server, path="", *, within=LONG):
    return safe_http.get(server.url + path, within=within, allowed={server.place})


def post(server, body=b"{}", headers=None, *, within=LONG):
    return safe_http.post(server.url, body, headers or {}, within=within, allowed={server.place})


def reason(ask, *given, **options):
    with pytest.raises(Unanswered) as error:
        ask(*given, **options)
    return str(error.value)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def _trusted(authority, tmp_path, monkeypatch):
    """The machine trusts the authority."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    sockets.trust.cache_clear()
    yield
    sockets.trust.cache_clear()


def certified(authority, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


# What is said and heard


def test_a_post_arrives_as_it_was_given_and_is_answered():
    with stranger(answer(201, b"made", X_Made="yes")) as server:
        got = safe_http.post(server.url + "a?b=c", b'{"n": 1}', {"Webhook-Id": "one"}, allowed={server.place})
    (heard,) = server.heard
    head, _gap, body = heard.partition(b"\r\n\r\n")
    assert head.split(b"\r\n") == [
        b"POST /a?b=c HTTP/1.1",
        f"Host: {server.place}".encode(),
        b"User-Agent: Claimline",
        b"Content-Length: 8",
        b"Webhook-Id: one",
    ]
    assert body == b'{"n": 1}'
    assert (got.status, got.headers["x-made"], got.body, got.url) == (201, "yes", b"made", server.url + "a?b=c")
    assert got.seconds > 0


def test_a_page_is_read_whole_however_it_is_packed():
    page = b"<p>Jakarta</p>" * 1000
    for packing, sent in [("gzip", zipped(page)), ("X-GZIP", zipped(page)), ("identity", page)]:
        with stranger(answer(200, sent, Content_Encoding=packing)) as server:
            assert get(server).body == page
    with stranger(b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nyes\r\n0\r\n\r\n") as server:
        assert (get(server).status, get(server).body) == (404, b"yes")
    with stranger(b"HTTP/1.0 200 Yes\r\n\r\nuntil it ends") as server:
        assert get(server).body == b"until it ends"


def test_proxies_of_the_environment_are_not_asked(monkeypatch):
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"]:
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    with stranger(answer()) as server:
        assert get(server).status == 200


# One connection for one request after another


def keeping(server, *said):
    def script(connection):
        for one in said:
            server.read(connection)
            connection.sendall(one)

    server.script = script


def test_a_line_is_kept_while_the_other_side_keeps_it():
    with stranger(b"") as server, Line(allowed={server.place}) as line:
        keeping(server, answer(204), answer(200, b"yes"), answer(204, Connection="close"))
        statuses = [line.post(server.url, b"{}", {}, within=LONG).status for _time in range(4)]
    assert statuses == [204, 200, 204, 204]
    assert server.connections == 2


def test_a_line_that_was_hung_up_in_between_is_opened_again():
    with stranger(answer(204)) as server, Line(allowed={server.place}) as line:
        for _time in range(3):
            assert line.post(server.url, b"{}", {}, within=LONG).status == 204
            line_is_dead(line)
    assert (len(server.heard), server.connections) == (3, 3)


def line_is_dead(line):
    """Waits until the end that the server sent has arrived."""
    _target, stream, _connection = line._kept
    while not stream.get_extra_info("is_readable"):
        time.sleep(0.005)


def test_a_kept_line_that_is_hung_up_while_it_is_asked_is_opened_again(monkeypatch):
    # The end arrives a moment after the line was looked at.
    monkeypatch.setattr(sockets.Stream, "get_extra_info", lambda _self, _info: False)
    with stranger(b"") as server, Line(allowed={server.place}) as line:
        keeping(server, answer(204))
        assert [line.post(server.url, b"{}", {}, within=LONG).status for _time in range(3)] == [204] * 3
    assert server.connections == 3


def test_a_kept_line_that_talks_nonsense_is_not_asked_again():
    with stranger(b"") as server, Line(allowed={server.place}) as line:
        keeping(server, answer(204), b"what?\r\n\r\n")
        line.post(server.url, b"{}", {}, within=LONG)
        assert reason(line.post, server.url, b"{}", {}, within=LONG) == "the answer is no HTTP"
    assert (len(server.heard), server.connections) == (2, 1)


def test_a_line_goes_to_another_place_on_another_connection():
    with stranger(b"") as one, stranger(answer(204)) as other, Line(allowed={one.place, other.place}) as line:
        keeping(one, answer(204), answer(204))
        for server in [one, other, one]:
            assert line.post(server.url, b"{}", {}, within=LONG).status == 204
    assert (one.connections, other.connections) == (2, 1)


# Strangers that lie, drip or say nothing


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "hung up without an answer"),
        (b"HTTP/1.1 200", "the answer breaks off"),
        (b"HTTP/1.1 200 Yes\r\nContent-", "the answer breaks off"),
        (answer(200, b"short", Content_Length="500"), "the answer breaks off"),
        (answer(200, b"5\r\nab", Transfer_Encoding="chunked"), "the answer breaks off"),
        (answer(200, zipped(b"page" * 99)[:-9], Content_Encoding="gzip"), "the answer breaks off"),
        (answer(200, b"no zip", Content_Encoding="gzip"), "the answer cannot be unpacked"),
        (answer(200, zlib.compress(b"x"), Content_Encoding="br"), "the answer is packed in an unknown way"),
        (answer(200, b"", Content_Encoding="gzip, gzip"), "the answer is packed in an unknown way"),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "the answer is no HTTP"),
        (b"HTTP/1.1 200 Yes\r\nContent-Length: -1\r\n\r\n", "the answer is no HTTP"),
        (b"HTTP/1.1 200 Yes\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "the answer is no HTTP"),
        (b"HTTP/1.1 200 Yes\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "the answer is no HTTP"),
        (b"HTTP/1.1 101 Else\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "the answer is no HTTP"),
        (b"HTTP/1.1 200 Yes\r\n" + b"X-Flood: 1\r\n" * 50_000, "the answer is no HTTP"),
        (b"HTTP/1.1 200 Yes\r\nX-Flood: " + b"1" * 500_000, "the answer is no HTTP"),
        (answer(200, b"x" * (lines.WHOLE + 1)), "the answer is too large"),
        (answer(200, b"", Content_Length=str(10**12)) + b"x" * 3_000_000, "the answer is too large"),
        (answer(200, zipped(b"") + b"\0" * 3_000_000, Content_Encoding="gzip"), "the answer is too large"),
    ],
)
def test_a_page_that_cannot_be_read_is_no_answer_and_the_reason_is_short(said, why):
    with stranger(said) as server:
        assert reason(get, server) == why


def test_a_page_that_unpacks_without_end_is_left_before_it_fills_the_memory():
    with stranger(answer(200, zipped(b"\0" * 60_000_000), Content_Encoding="gzip")) as server:
        tracemalloc.start()
        try:
            assert reason(get, server) == "the answer is too large"
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 20_000_000


def test_a_flood_of_answers_before_the_answer_is_too_large(monkeypatch):
    monkeypatch.setattr(sockets, "ROOM", 100_000)
    with stranger(b"HTTP/1.1 103 Early\r\n\r\n" * 10_000) as server:
        assert reason(get, server) == "the answer is too large"


def test_a_page_of_just_two_megabytes_is_read():
    for packing, page in [("identity", b"x" * lines.WHOLE), ("gzip", zipped(b"\0" * lines.WHOLE))]:
        with stranger(answer(200, page, Content_Encoding=packing)) as server:
            assert len(get(server).body) == lines.WHOLE


@pytest.mark.parametrize(
    "said",
    [
        answer(200, b"short", Content_Length="500"),
        answer(200, b"short" * 100_000),
        answer(200, b"short" * 100_000, Content_Length=str(10**15)),
        answer(200, b"5\r\nshort\r\nzz\r\n", Transfer_Encoding="chunked"),
        answer(200, b"short", Content_Encoding="gzip"),
    ],
)
def test_the_status_decides_whether_a_post_was_taken_and_not_the_body(said):
    with stranger(said) as server:
        got = post(server)
    assert got.status == 200
    assert got.body.startswith(b"short")
    assert len(got.body) <= lines.BEGINNING


def test_a_body_that_never_ends_does_not_hold_a_post():
    with stranger(b"") as server:
        server.script = lambda connection: server.drip(
            connection, server.read(connection) and answer(200, Content_Length="99")
        )
        assert post(server, within=SOON * 3).status == 200


def test_a_post_that_is_answered_before_it_was_read_is_answered():
    with stranger(b"") as server:

        def turn_away(connection):
            connection.recv(10)
            connection.sendall(answer(413, Connection="close"))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass

        server.script = turn_away
        assert post(server, b"x" * 5_000_000).status == 413


@pytest.mark.parametrize("is_read", [True, False])
def test_a_connection_that_is_reset_is_no_answer(is_read):
    def reset(connection):
        # In the middle of what is written, or once all of it has come.
        _came = server.read(connection) if is_read else connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with stranger(b"") as server:
        server.script = reset
        assert reason(post, server, b"x" * (10 if is_read else 5_000_000)) == "hung up without an answer"


def dripping(server, text):
    server.script = lambda connection: server.drip(connection, text)


@pytest.mark.parametrize(
    "text",
    [b"", b"H", b"HTTP/1.1 200 Yes\r\nX: ", answer(200, Content_Length="10000") + b"x", b"HTTP/1.1 100 Go on\r\n\r\n"],
)
def test_a_server_that_drips_is_left_at_the_deadline(text):
    with stranger(b"") as server:
        if text:
            dripping(server, text)
        else:
            server.script = lambda connection: server.hold()
        assert reason(get, server, within=SOON) == "no answer in time"


def test_a_server_that_reads_nothing_is_left_at_the_deadline():
    with stranger(b"") as server:
        server.script = lambda connection: server.hold()
        assert reason(post, server, b"x" * 50_000_000, within=SOON) == "no answer in time"


def test_nobody_waits_after_the_deadline():
    with stranger(answer()) as server:
        assert reason(get, server, within=0) == "no answer in time"
        assert reason(post, server, within=-1) == "no answer in time"
    assert not server.heard


def test_a_handshake_that_drips_is_left_at_the_deadline():
    hello = b"\x16\x03\x03\x40\x00\x02"
    for script in [lambda server: lambda c: server.drip(c, hello), lambda server: lambda c: server.hold()]:
        with stranger(b"") as server:
            server.script = script(server)
            url = f"https://{server.place}/"
            assert reason(safe_http.get, url, within=SOON, allowed={server.place}) == "no answer in time"


def test_a_slow_resolver_is_left_at_the_deadline(monkeypatch):
    is_over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_options: is_over.wait(60) and [])
    assert reason(safe_http.get, f"https://{NAME}/", within=SOON) == "no answer in time"
    is_over.set()


def test_a_name_that_does_not_exist_and_a_port_that_is_closed_are_no_answer(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        place = f"127.0.0.1:{closed.getsockname()[1]}"
    assert reason(safe_http.get, f"http://{place}/", allowed={place}) == "no connection"

    def unknown(*_asked, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert reason(safe_http.get, f"https://{NAME}/") == "no such host"


# The address that was checked is the one that is reached


def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_reached(monkeypatch):
    """A resolver that answers with a public address first, and with one inside whenever it is asked again."""
    asked, reached = [], []

    def rebinding(host, port, **options):
        asked.append(host)
        return leading_to("93.184.216.34" if len(asked) == 1 else "127.0.0.1")(host, port)

    def connect(_self, address):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket.socket, "connect", connect)
    assert reason(safe_http.post, f"http://{NAME}/", b"", {}) == "no connection"
    assert (asked, reached) == ([NAME], [("93.184.216.34", 80)])
    with pytest.raises(Refused):
        safe_http.post(f"http://{NAME}/", b"", {})
    assert len(reached) == 1


def test_the_next_address_is_tried_when_the_first_one_is_dead(monkeypatch):
    with stranger(answer(204)) as server:
        monkeypatch.setattr(socket, "getaddrinfo", leading_to("::1", "127.0.0.2", "127.0.0.1"))
        place = f"hooks:{server.port}"
        assert safe_http.post(f"http://{place}/", b"", {}, allowed={place}).status == 204


def test_an_address_that_never_answers_leaves_time_for_the_next_one(monkeypatch):
    patience = []

    def silent(self, _address):
        patience.append(self.gettimeout())
        raise TimeoutError

    monkeypatch.setattr(socket, "getaddrinfo", leading_to("1.1.1.1", "1.1.1.2", "1.1.1.3"))
    monkeypatch.setattr(socket.socket, "connect", silent)
    assert reason(safe_http.get, f"https://{NAME}/", within=LONG) == "no answer in time"
    assert patience[0] <= LONG / 3 < patience[1] <= LONG / 2 < patience[2] <= LONG


# Redirects


def test_a_page_is_followed_through_five_redirects():
    hops = [answer(status, Location=f"/{status}?next=1") for status in [301, 302, 303, 307, 308]]
    with stranger(*hops, answer(200, b"here")) as server:
        got = get(server)
    assert (got.body, got.url) == (b"here", server.url + "308?next=1")
    assert [heard.split()[1] for heard in server.heard][:3] == [b"/", b"/301?next=1", b"/302?next=1"]


def test_the_sixth_redirect_is_one_too_many():
    with stranger(answer(302, Location="/again")) as server:
        assert reason(get, server) == "it redirects too often"
    assert len(server.heard) == 6


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/",
        "//127.0.0.1:1/",
        "http://[::1]/",
        "https://localhost/",
        "file:///etc/passwd",
        "http://2130706433/",
    ],
)
def test_a_redirect_inside_is_refused(where):
    with stranger(answer(302, Location=where)) as server, pytest.raises(Refused):
        get(server)
    assert len(server.heard) == 1


def test_a_redirect_to_a_name_that_leads_inside_is_refused(monkeypatch):
    with stranger(answer(302, Location=f"http://{NAME}/")) as server:
        known = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *more, **options: known(host.replace(NAME, "127.0.0.1"), *more, **options),
        )
        with pytest.raises(Refused):
            get(server)


def test_a_redirect_to_nowhere_is_the_answer_and_one_to_nonsense_is_none():
    with stranger(answer(304), answer(302), answer(302, Location="http://[::1")) as server:
        assert [get(server).status, get(server).status] == [304, 302]
        assert reason(get, server) == "it redirects to no address"


def test_a_post_follows_no_redirect():
    with stranger(answer(307, Location="/again")) as server:
        assert post(server).status == 307
    assert len(server.heard) == 1


# TLS


@pytest.mark.usefixtures("_trusted")
def test_a_name_that_its_certificate_names_is_reached_over_tls(authority, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("127.0.0.1"))
    with stranger(answer(200, b"yes"), tls=certified(authority, NAME)) as server:
        place = f"{NAME}:{server.port}"
        got = safe_http.post(f"https://{place}/", b"{}", {}, allowed={place})
        assert (got.status, got.body) == (200, b"yes")
        assert f"Host: {place}".encode() in server.heard[0]


@pytest.mark.usefixtures("_trusted")
def test_a_line_is_kept_over_tls(authority):
    with stranger(b"", tls=certified(authority, "127.0.0.1")) as server, Line(allowed={server.place}) as line:
        keeping(server, answer(204), answer(200, b"yes"))
        assert [line.post(server.url, b"{}", {}, within=LONG).status for _time in range(2)] == [204, 200]
    assert server.connections == 1


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_for_another_name_is_refused(authority):
    with stranger(answer(), tls=certified(authority, "other.example.org")) as server:
        assert reason(get, server) == "its certificate is not valid for this name"
    assert not server.heard


def test_a_certificate_that_nobody_vouches_for_is_refused(authority):
    with stranger(answer(), tls=certified(authority, "127.0.0.1")) as server:
        assert reason(get, server) == "its certificate is not valid for this name"
    assert not server.heard


def test_a_server_without_tls_is_not_spoken_to_in_the_clear():
    with stranger(b"HTTP/1.1 400 Bad\r\n\r\n") as server:
        server.script = lambda connection: connection.sendall(b"HTTP/1.1 400 Bad\r\n\r\n") or connection.recv(65536)
        url = f"https://{server.place}/"
        assert reason(safe_http.get, url, allowed={server.place}) == "no secure connection"
    assert not server.heard
