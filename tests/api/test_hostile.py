"""Nothing that a client sends gets a 500, and nothing is written of what is refused."""

import base64
import json

import pytest

from claims.models import Article, Claim, Event, Figure, Review
from tests.api.bodies import CLAIMS, claim_body
from tests.factories import ClaimFactory, due_claim

NASTY = [
    None,
    True,
    False,
    0,
    -1,
    1e308,
    10**30,
    "",
    " ",
    "\n",
    "x" * 600_000,
    "\u0000",
    "\ud800",
    "\u202egnp.exe",
    "\ufeff",
    "💥" * 300,
    "2025-02-30",
    "0000-01-01",
    "10000-01-01",
    "2025-06-20T00:00:00Z",
    "2025-W01-1",
    "20250620",
    "٢٠٢٥-٠٦-٢٠",
    "NaN",
    "Infinity",
    "1e400",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "http://user:pass@x.example/",
    "http://[::1",
    [],
    [[]],
    [None],
    [True],
    ["x"] * 300,
    {},
    {"x": 1},
    {"id": 1},
    [{"x": {}}],
    [{}] * 300,
]
# A place is tried with each fifth value, the next place with the ones after them: all together in a tenth of a minute.
EVERY = 5
BODIES = {
    "claims/": claim_body(),
    "claims/{id}/postpone/": {"revisit_on": "2099-01-01", "reason": "Too early."},
    "claims/{id}/reschedule/": {"projected_phrase": "by 2099", "reason": "They moved it.", "revisit_on": None},
    "claims/{id}/withdraw/": {"reason": "Logged twice."},
    "claims/{id}/reopen/": {"reason": "In doubt."},
    "claims/{id}/publish/": {},
    "claims/{id}/reviews/": {
        "verdict": "true",
        "summary": "It did.",
        "outcome_known_on": "2026-01-01",
        "early_outcome": True,
        "evidence": [{"url": "https://e.example/1", "stance": "supports", "quote": "Yes."}],
        "publish": False,
    },
    "claims/{id}/citations/": claim_body()["citations"][1] | {"via": 0},
    "claims/{id}/figures/": claim_body()["figures"][0],
    "claimants/": {"name": "A", "slug": "a", "kind": "person", "same_as": ""},
    "sources/": {"name": "A", "slug": "a", "homepage": "", "language": "en"},
    "topics/": {"name": "A", "slug": "a"},
    "webhooks/": {
        "url": "https://1.1.1.1/",
        "name": "A",
        "kinds": ["flagged"],
        "filter": "topic=a",
        "format": "slack",
        "is_active": True,
    },
    "articles/": {"source": "the-information", "url": "https://a.example/1", "published_on": "2025-01-01", "text": "x"},
}


def places(body, above=()):
    """Every place in the body, as the path of names and positions to it."""
    for name, value in body.items() if isinstance(body, dict) else enumerate(body):
        yield (*above, name)
        if isinstance(value, dict | list):
            yield from places(value, (*above, name))


def put(body, place, value):
    """The body with the value in that place."""
    made = json.loads(json.dumps(body))
    at = made
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = value
    return made


@pytest.mark.parametrize("path", BODIES)
def test_no_value_in_any_place_of_a_body_gets_a_500(editor, records, path):
    claim = due_claim()
    address = "/api/v1/" + path.format(id=claim.public_id)
    tried = 0
    for number, place in enumerate([("unknown",), *places(BODIES[path])]):
        for nasty in NASTY[number % EVERY :: EVERY]:
            sent = json.dumps(put(BODIES[path], place, nasty))
            answer = editor.post(address, sent, content_type="application/json")
            assert answer.status_code < 500, (place, str(nasty)[:40], answer.content[:300])
            assert answer.status_code in {200, 201, 400, 409}, (place, str(nasty)[:40], answer.content[:300])
            if answer.status_code == 400:
                assert answer["Content-Type"] == "application/problem+json"
                assert answer.json()["detail"]
            tried += 1
    assert tried >= len(NASTY) // EVERY


@pytest.mark.parametrize("place", list(places(claim_body())), ids=str)
def test_a_claim_refused_for_one_part_leaves_nothing_behind(reporter, records, place):
    before = [model.objects.count() for model in (Claim, Article, Figure, Event, Review)]
    for nasty in ({"x": 1}, 10**30, "\ud800"):
        answer = reporter.post(CLAIMS, json.dumps(put(claim_body(), place, nasty)), content_type="application/json")
        if answer.status_code == 201:  # a number may be that large
            assert nasty == 10**30
            continue
        assert answer.status_code == 400
        named = [error["field"] for error in answer.json()["errors"]]
        assert any(str(place[0]) in name for name in named), named
        assert [model.objects.count() for model in (Claim, Article, Figure, Event, Review)] == before


RAW = {
    "deep lists": b'{"statement": ' + b"[" * 2000 + b"]" * 2000 + b"}",
    "deep objects": b'{"a":' * 2000 + b"1" + b"}" * 2000,
    "very deep": b"[" * 200_000,
    "30 levels": b'{"statement": ' + b"[" * 30 + b"]" * 30 + b"}",
    "nan": b'{"figures": [{"value": NaN}]}',
    "infinity": b'{"figures": [{"value": -Infinity}]}',
    "1e400": b'{"figures": [{"value": 1e400}]}',
    "1e999999999999": b'{"figures": [{"value": 1e999999999999999999999}]}',
    "5,000 digits": b'{"figures": [{"value": ' + b"9" * 5000 + b"}]}",
    "a name twice": b'{"statement": "a", "statement": "b"}',
    "a list": b"[]",
    "text": b'"x"',
    "null": b"null",
    "half": b'{"statement": ',
    "nothing but space": b"   ",
    "latin-1": '{"statement": "é"}'.encode("latin-1"),
    "utf-16": '{"statement": "e"}'.encode("utf-16"),
    "a byte order mark": '{"statement": "e"}'.encode("utf-8-sig"),
    "nul": b'{"statement": "a\\u0000b"}',
    "nul as a name": b'{"\\u0000": 1}',
    "half a surrogate pair": b'{"statement": "\\ud800"}',
    "half a pair as a name": b'{"\\ud800": 1}',
    "single quotes": b"{'statement': 'a'}",
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW.keys())
def test_json_that_is_none_of_ours_is_a_400(reporter, raw):
    answer = reporter.post(CLAIMS, raw, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 400
    assert answer.json()["detail"]


@pytest.mark.parametrize("key", [{}, {"HTTP_IDEMPOTENCY_KEY": "k"}], ids=["without a key", "with a key"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_body_of_more_than_two_megabytes_is_a_413(reporter, method, key):
    path = CLAIMS if method == "POST" else f"{CLAIMS}{ClaimFactory().public_id}/"
    body = b'{"statement": "' + b"x" * 2_100_000 + b'"}'
    answer = reporter.generic(method, path, body, content_type="application/json", HTTP_IF_MATCH="*", **key)
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=", "q=" + "x" * 201, "status=open&status=gone", "status=", "verdict=5", "topic=a'b",
        "from=2025-02-30", "from=0000-01-01", "to=10000-01-01", "from=2026-01-01&to=2025-01-01", "made_after=today",
        "updated_after=yesterday", "updated_after=0001-01-01T00:00:00%2B14:00",
        "updated_after=9999-12-31T23:59:59-14:00", "page_size=201", "page_size=-1",
        "page_size=1.0", "page_size=%D9%A1", "page_size=1&page_size=2", "cursor=x", "cursor=%00", "cursor=" + "A" * 300,
        "ordering=statement", "ordering=", "ordering=--made_on", "metric=%00", "unknown=1", "%00=1", "__proto__=1",
        "format=xml", "source=" + "&source=".join("abcdefghijklmnopqrstuvwxyz" * 2),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_read_is_a_400_that_names_it(anonymous, query):
    answer = anonymous.get(f"{CLAIMS}?{query}")
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"]


def test_a_query_of_thousands_of_parameters_is_a_400(anonymous):
    answer = anonymous.get(f"{CLAIMS}?" + "&".join(f"a{n}=1" for n in range(3000)))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def forged(*parts):
    """A cursor as ours are written."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "parts",
    [
        ("slug", 0, "d", "2027-01-01", 5),
        ("slug", 0, "n", "5", 5),
        ("slug", 0, "s", "a'b", 5),
        ("slug", 0, "s", "a", 2**70),
        ("projected_to", 0, "s", "a", 1),
        ("projected_to", 0, "d", 5, 1),
        ("projected_to", 0, "d", "2027-01-01", True),
        ("projected_to", 0, [], "2027-01-01", 1),
        ("updated_at", 0, "d", "2027-01-01", 1),
        ("updated_at", 0, "t", "2027-01-01T00:00:00", 1),
        ("updated_at", 0, "t", "0001-01-01T00:00:00+14:00", 1),
    ],
)
def test_a_forged_cursor_is_refused(anonymous, parts):
    name = parts[0]
    for path, query in ((CLAIMS, {"ordering": name}), ("/api/v1/topics/", {})):
        answer = anonymous.get(path, query | {"cursor": forged(*parts)})
        assert answer.status_code == 400
