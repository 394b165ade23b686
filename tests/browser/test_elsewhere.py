"""A script on another site's page."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.factories import open_claim

READ = """async (url) => {
  const answer = await fetch(url)
  return [(await answer.json()).results.length, answer.headers.get('ETag') !== null]
}"""
TRY = "async ([url, options]) => { try { return (await fetch(url, options)).status } catch { return 'refused' } }"


class Page(BaseHTTPRequestHandler):
    """A page with nothing on it."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def elsewhere():
    """The address of another site, on this machine: what is further away may not reach it, whatever we say."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join(5)


@pytest.mark.django_db(transaction=True)
def test_a_script_elsewhere_reads_the_api_and_can_do_nothing_else(page, live_server, elsewhere):
    open_claim()
    claims = f"{live_server.url}/api/v1/claims/"
    page.goto(elsewhere)
    assert page.evaluate(READ, claims) == [1, True]
    tagged = {"headers": {"If-None-Match": '"x"'}}
    assert page.evaluate(TRY, [claims, tagged]) == 200
    for options in (
        {"credentials": "include"},
        {"headers": {"Authorization": "Token x"}},
        {"method": "POST", "headers": {"Content-Type": "application/json"}, "body": "{}"},
        {"method": "POST", "headers": {"Content-Type": "text/plain"}, "body": "{}"},
        {"method": "DELETE"},
    ):
        assert page.evaluate(TRY, [claims, options]) == "refused", options
