"""ETags on what is read."""

import pytest

from claims.models import Claim
from tests.api.bodies import CLAIMS
from tests.factories import TopicFactory, open_claim

PATHS = ["claims/", "claims/{id}/", "claims/{id}/reviews/", "claims/{id}/citations/", "claims/{id}/events/", "events/",
         "claimants/", "topics/", "articles/", "dates/parse/?phrase=2027&made_on=2025-01-01", "schema/"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_what_has_not_changed_is_not_sent_again(anonymous, path):
    address = "/api/v1/" + path.format(id=open_claim().public_id)
    first = anonymous.get(address)
    again = anonymous.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    weak = anonymous.get(address, headers={"if-none-match": f'"x", W/{first["ETag"]}'})
    assert weak.status_code == 304
    assert anonymous.get(address, headers={"if-none-match": '"x"'}).status_code == 200


def test_head_tells_what_get_would_and_sends_no_body(anonymous):
    path = f"{CLAIMS}{open_claim().public_id}/"
    read, head = anonymous.get(path), anonymous.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (read["ETag"], str(len(read.content)))
    assert anonymous.head(path, headers={"if-none-match": read["ETag"]}).status_code == 304
    assert anonymous.head(f"{CLAIMS}none/").status_code == 404


def test_a_claim_whose_parts_are_renamed_has_another_etag_and_the_same_version(anonymous):
    claim = open_claim()
    claim.topics.add(TopicFactory(slug="chips"))
    path = f"{CLAIMS}{claim.public_id}/"
    before = anonymous.get(path)["ETag"]
    claim.claimant.name = "Another name"
    claim.claimant.save(update_fields=["name"])
    after = anonymous.get(path)["ETag"]
    assert before != after
    assert before.split("-")[0] == after.split("-")[0] == f'"{Claim.objects.get().version}'


def test_what_one_person_is_shown_is_cached_for_nobody_else(anonymous):
    assert {"Authorization", "Cookie"} <= {name.strip() for name in anonymous.get(CLAIMS)["Vary"].split(",")}
