"""The OpenAPI description, and that the API is as it says."""

import io
import json
from datetime import timedelta

import jsonschema
import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.api.permissions import NEEDED
from claims.models import Claim, Delivery
from claims.notify import payload
from tests.api.bodies import CLAIMS, claim_body
from tests.factories import NOW, FigureFactory, TopicFactory, WebhookFactory, open_claim, resolved_claim

API = "/api/v1/"


@pytest.fixture
def described(anonymous):
    answer = anonymous.get(f"{API}schema/")
    assert answer["Content-Type"].startswith("application/json")
    return answer.json()


def check(answer, name, described):
    """The answer is of the shape with this name."""
    shape = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    jsonschema.Draft202012Validator(shape, format_checker=jsonschema.FormatChecker()).validate(answer)
    known = set(described["components"]["schemas"][name]["properties"])
    assert set(answer) <= known


def test_the_description_is_valid_and_complete():
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    assert json.loads(out.getvalue())["openapi"].startswith("3.1")


def test_each_operation_says_who_may_and_what_may_go_wrong(described):
    seen = 0
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            responses = operation["responses"]
            assert {"400", "401", "403", "405", "406", "429"} <= set(responses), (path, method)
            assert ({} in operation["security"]) == (method == "get" and "/webhooks/" not in path)
            assert ("404" in responses) == ("{" in path)
            assert ({"412", "428"} <= set(responses)) == (method in {"put", "patch", "delete"})
            assert ("422" in responses) == (method == "post")
            named = {parameter["name"] for parameter in operation.get("parameters", [])}
            assert ("Idempotency-Key" in named) == (method == "post")
            assert ({"413", "415"} <= set(responses)) == (method in {"post", "put", "patch"})
            for code, response in responses.items():
                assert code < "400" or list(response["content"]) == ["application/problem+json"]
            seen += 1
    assert seen == sum(len(methods) for view, methods in NEEDED.items() if view not in {"Schema", "Docs"})


def test_every_answer_is_of_the_shape_that_is_described(described, anonymous, reporter, editor, records):
    answer = reporter.post(CLAIMS, claim_body())
    check(answer.json(), "Claim", described)
    path = answer.json()["url"]
    check(reporter.post(CLAIMS, {}).json(), "Problem", described)
    check(editor.post(f"{path}reopen/", {"reason": "x"}).json(), "Problem", described)
    check(editor.post(f"{path}publish/").json(), "Claim", described)
    ahead = (timezone.localdate() + timedelta(days=9)).isoformat()
    check(editor.post(f"{path}postpone/", {"revisit_on": ahead, "reason": "x"}).json(), "Claim", described)
    check(
        editor.post(
            f"{path}reschedule/", {"projected_date": "2030/..", "revisit_on": "2031-01-01", "reason": "x"}
        ).json(),
        "Claim",
        described,
    )
    article = answer.json()["citations"][1]["article"]["id"]
    evidence = [{"article": article, "stance": "context"}, {"url": "https://a.example/", "stance": "supports"}]
    review = {"verdict": "unverifiable", "summary": "Nobody says.", "evidence": evidence, "publish": True}
    check(editor.post(f"{path}reviews/", review).json(), "Review", described)
    check(anonymous.get(path).json(), "Claim", described)
    for below, name in (
        (f"{path}reviews/", "ReviewPage"),
        (f"{path}events/", "EventPage"),
        (f"{path}citations/", "CitationPage"),
        (f"{path}figures/", "FigurePage"),
        (f"{CLAIMS}?page_size=1", "ClaimPage"),
        (f"{API}events/", "EventPage"),
        (f"{API}claimants/", "ClaimantPage"),
        (f"{API}sources/", "SourcePage"),
        (f"{API}topics/", "TopicPage"),
        (f"{API}articles/", "ArticlePage"),
        (f"{API}articles/{article}/", "Article"),
        (f"{API}dates/parse/?phrase=2027", "ParsedDate"),
    ):
        answer = anonymous.get(below)
        assert answer.json().get("results", [1])
        check(answer.json(), name, described)
    assert anonymous.get(path).json()["projected_to"] is None


def test_what_webhooks_are_sent_is_of_the_shape_that_is_described(described):
    webhook = WebhookFactory()
    claim = resolved_claim()
    claim.topics.add(TopicFactory())
    FigureFactory(claim=claim)
    for event in claim.events.exclude(to_status="draft"):
        call = Delivery(webhook=webhook, event=event, **Delivery.times(NOW))
        body = payload.body(call, Claim.objects.with_all().get(pk=claim.pk), now=NOW)
        check(json.loads(body), "ClaimCall", described)
        check(json.loads(body)["data"], "ToldEvent", described)
    test = Delivery(webhook=webhook, **Delivery.times(NOW))
    check(json.loads(payload.body(test, None, now=NOW)), "TestCall", described)
    sent = payload.headers(test, b"{}", now=NOW)
    for call in described["webhooks"].values():
        assert {header["name"] for header in call["post"]["parameters"]} == set(sent) - {"Content-Type"}
    assert set(described["webhooks"]) == {"claim", "test"}


def test_the_body_in_the_tests_is_of_the_shape_that_is_described(described):
    shape = {"$ref": "#/components/schemas/ClaimBodyRequest", "components": described["components"]}
    validator = jsonschema.Draft202012Validator(shape)
    validator.validate(claim_body())
    assert not validator.is_valid(claim_body(colour="red"))
    assert not validator.is_valid(claim_body(kind="guess"))


def test_the_description_is_had_as_yaml_too(anonymous, db):
    answer = anonymous.get(f"{API}schema/", headers={"accept": "application/yaml"})
    assert answer.content.startswith(b"openapi: 3.1")


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(anonymous, db):
    page = anonymous.get(f"{API}docs/")
    text = page.content.decode()
    assert page["Content-Security-Policy"].count("unsafe") == 0
    assert "<style" not in text
    assert "style=" not in text
    assert all(tag.startswith(" src=") for tag in text.split("<script")[1:])
    assert "http://" not in text
    assert "https://" not in text
    script = anonymous.get(f"{API}docs/", {"script": ""})
    assert script["Content-Type"].startswith("application/javascript")
    assert "/schema/" in script.content.decode().replace("\\u002D", "-")


@pytest.mark.parametrize("query", ["projected_after", "ordering", "page_size", "cursor", "status", "owner"])
def test_every_parameter_of_the_list_is_described(described, query):
    listed = described["paths"][CLAIMS]["get"]["parameters"]
    assert query in {parameter["name"] for parameter in listed}


def test_a_described_word_is_an_accepted_one(described, anonymous):
    open_claim()
    for parameter in described["paths"][CLAIMS]["get"]["parameters"]:
        shape = parameter["schema"]
        for word in shape.get("enum", []) + shape.get("items", {}).get("enum", []):
            assert anonymous.get(CLAIMS, {parameter["name"]: word}).status_code == 200, word
