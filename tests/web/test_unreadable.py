"""Questions that cannot be read: 400 with a reason for each, never a 500."""

import pytest

from tests import factories
from tests.web.reading import find, rows, text_of, tree

pytestmark = pytest.mark.django_db

UNREADABLE = [
    "from=tomorrow",
    "from=0000-01-01",
    "to=99999-01-01",
    "from=2027-02-30",
    "from=2028-01-01&to=2027-01-01",
    "status=resolvd",
    "status=open&status=%00",
    "verdict=5",
    "kind=wish",
    "topic=a%20b",
    "claimant=%ff%fe",
    "source=" + "x" * 5000,
    "q=a%00b",
    "q=%ed%a0%80%00",
    "q=" + "x" * 300,
    "q=a&q=b",
    "from=2027-01-01&from=2028-01-01",
    "colour=blue",
    "%00=1",
    "%ff=1",
    "cursor=abc",
    "cursor=%00",
    "cursor=%F0%9F%8E%88",
    "cursor=" + "A" * 5000,
    "cursor=WyJ0aW1lbGluZSIsMCwiZCIsIjIwMjctMDEtMDEiLDBd",
    # Well made, but with a name, a number and a moment where the timeline's key is a day.
    "cursor=WyJ0aW1lbGluZSIsMCwicyIsImFiYyIsMV0",
    "cursor=WyJ0aW1lbGluZSIsMCwibiIsIjUiLDFd",
    "cursor=WyJ0aW1lbGluZSIsMCwidCIsIjIwMjUtMDEtMDFUMDA6MDA6MDArMDA6MDAiLDFd",
    "&".join(f"topic=t{n}" for n in range(60)),
]


@pytest.mark.parametrize("query", UNREADABLE)
def test_what_cannot_be_read_is_explained(client, query):
    response = client.get(f"/?{query}")
    assert response.status_code == 400
    problems = find(response, "dl", "problems")[0]
    assert len(list(problems.iter("dd"))) >= 1
    assert find(response, "a", "act")[0].get("href") == "/"


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=&topic=&from=&to=", "status=", "cursor=", "from=0001-01-01", "to=9999-12-31", "q=%ed%a0%80", "q=%25"],
)
def test_an_empty_or_odd_but_readable_question_is_answered(client, query):
    factories.open_claim()
    response = client.get(f"/?{query}")
    assert response.status_code == 200
    tree(response)


def test_every_wrong_parameter_is_named_and_what_was_typed_is_kept(client):
    response = client.get("/?q=grid+capacity&from=soon&colour=blue&status=open")
    names = [text_of(name) for name in find(response, "dt")]
    assert names == ["From", "colour"]
    kept = {field.get("name"): field.get("value") for field in find(response, "input")}
    assert {field.get("type") for field in find(response, "input") if field.get("name") == "from"} == {"text"}
    assert kept == {"q": "grid capacity", "from": "soon", "to": "", "status": "open"}


def test_far_too_many_parameters_are_refused(client):
    response = client.get("/?" + "&".join(f"a{n}=1" for n in range(3000)))
    assert response.status_code == 400
    tree(response)


def test_a_cursor_of_another_filter_still_answers(client):
    for number in range(60):
        factories.open_claim(statement=f"Claim {number}")
    link = next(a.get("href") for a in tree(client.get("/")).iter("a") if a.get("rel") == "next")
    assert rows(client.get(link.replace("#", "&q=claim#"))) == rows(client.get(link))
