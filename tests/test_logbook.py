"""Logging and editing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from claims import logbook
from claims.lifecycle import EventKind
from claims.models import Citation, Claim, Event, StaleClaim
from tests.factories import (
    NOW,
    ArticleFactory,
    CitationFactory,
    ClaimantFactory,
    ClaimFactory,
    FigureFactory,
    PersonFactory,
    ReviewFactory,
    TopicFactory,
    due_claim,
    open_claim,
    resolved_claim,
    window,
)

pytestmark = pytest.mark.django_db


def read(**words):
    return logbook.read_projection(**{"phrase": "", "edtf": "", "made_on": date(2025, 6, 20), "language": "en"} | words)


def project(claim, edtf, **options):
    claim.project(window(edtf), phrase=edtf, **options)


def test_a_phrase_is_read_and_kept_as_printed():
    projected, phrase = read(phrase="by June 2026")
    assert (projected.edtf, phrase) == ("../2026-06", "by June 2026")
    assert read(phrase="akhir 2026", language="id")[0].edtf == "2026-09/2026-12"


def test_a_date_written_as_edtf_needs_no_phrase():
    assert read(edtf="2027-06") == (window("2027-06"), "2027-06")


def test_no_date_at_all_is_an_open_one():
    assert read() == (window(""), "")


@pytest.mark.parametrize(
    ("words", "field"),
    [({"phrase": "when hell freezes"}, "projected_phrase"), ({"edtf": "2027-13"}, "projected_date"),
     ({"phrase": "from 2028 to 2026"}, "projected_phrase"), ({"edtf": "2028/2026"}, "projected_date")],
)  # fmt: skip
def test_a_date_that_cannot_be_read_is_an_error_on_its_field(words, field):
    with pytest.raises(ValidationError) as caught:
        read(**words)
    assert list(caught.value.message_dict) == [field]


def test_a_logged_claim_is_a_draft_with_its_first_event():
    person = PersonFactory(role="reporter")
    claim = ClaimFactory.build(claimant=ClaimantFactory())
    topic = TopicFactory()
    event = logbook.log(claim, by=person, at=NOW, parts=lambda claim: claim.topics.add(topic))
    assert (event.kind, event.actor, event.from_status, event.to_status) == ("logged", person, "", "draft")
    assert Claim.objects.get().topics.get() == topic


def test_when_a_part_cannot_be_kept_nothing_of_the_claim_is():
    def fail(claim):
        CitationFactory(claim=claim)
        raise ValidationError("no")

    with pytest.raises(ValidationError):
        logbook.log(ClaimFactory.build(claimant=ClaimantFactory()), by="test", at=NOW, parts=fail)
    assert not Claim.objects.exists()
    assert not Citation.objects.exists()
    assert not Event.objects.exists()


def test_an_edit_is_one_event_that_says_what_was_and_what_is():
    claim, person = open_claim(statement="Output doubles"), PersonFactory()
    with logbook.amending(claim, by=person, at=NOW, reason="A typo.") as held:
        held.statement = "Output triples"
        held.topics.add(TopicFactory(slug="output"))
        FigureFactory(claim=held, metric="output", value=3, unit="times")
    event = Event.objects.get(kind=EventKind.EDITED)
    assert event.actor == person
    assert event.data["reason"] == "A typo."
    assert event.data["changes"]["statement"] == ["Output doubles", "Output triples"]
    assert event.data["changes"]["topics"] == [[], ["output"]]
    assert event.data["changes"]["figures"][1][0]["value"] == "3"
    assert event.data["changes"].keys() == {"statement", "topics", "figures"}
    claim.refresh_from_db()
    assert (claim.statement, claim.version) == ("Output triples", 3)


def test_an_edit_that_changes_nothing_writes_nothing():
    claim = open_claim()
    with logbook.amending(claim, by="test", at=NOW) as held:
        held.statement = claim.statement
    assert not Event.objects.filter(kind=EventKind.EDITED).exists()
    assert Claim.objects.get().version == claim.version


def test_an_editor_who_saw_an_older_version_is_told_and_overwrites_nothing():
    claim = open_claim()
    with logbook.amending(claim, by="first", at=NOW, version=claim.version) as held:
        held.statement = "The first was here"
    with pytest.raises(StaleClaim), logbook.amending(claim, by="second", at=NOW, version=claim.version) as held:
        held.statement = "The second was here"
    assert Claim.objects.get().statement == "The first was here"


def test_a_new_date_moves_the_pending_flag_and_counts_a_round_while_the_first_date_is_kept():
    claim = open_claim(edtf="2026")
    with logbook.amending(claim, by="test", at=NOW) as held:
        project(held, "2028")
    claim.refresh_from_db()
    assert (claim.revisit_on, claim.round, claim.original_projected_date) == (date(2029, 1, 1), 2, "2026")


def test_the_date_of_a_draft_is_still_its_first_one():
    claim = ClaimFactory(edtf="2026")
    with logbook.amending(claim, by="test", at=NOW) as held:
        project(held, "2028")
    assert Claim.objects.get().original_projected_date == "2028"


@pytest.mark.parametrize(("make", "instead"), [(due_claim, "postpone or reschedule"), (resolved_claim, "reopen")])
def test_the_date_of_a_claim_that_was_flagged_is_not_edited_but_moved(make, instead):
    claim = make(edtf="2025")
    with (
        pytest.raises(ValidationError, match=instead),
        logbook.amending(claim, by="test", at=NOW) as held,
    ):
        project(held, "2028")
    assert Claim.objects.get().projected_date == "2025"


def test_a_claim_is_not_made_after_the_day_that_was_chosen_to_revisit_it():
    claim = open_claim(edtf="2026", revisit_on=date(2027, 6, 1))
    with pytest.raises(ValidationError) as caught, logbook.amending(claim, by="test", at=NOW) as held:
        held.made_on = date(2027, 6, 2)
    assert list(caught.value.message_dict) == ["revisit_on"]
    with logbook.amending(claim, by="test", at=NOW) as held:
        held.made_on = date(2027, 6, 1)
    assert Claim.objects.get().made_on == date(2027, 6, 1)


def test_an_open_window_needs_a_revisit_day_once_published():
    claim = open_claim(edtf="2026")
    with pytest.raises(ValidationError, match="choose the day"), logbook.amending(claim, by="test", at=NOW) as held:
        project(held, "2028/..")
    with logbook.amending(claim, by="test", at=NOW) as held:
        project(held, "2028/..", revisit_on=date(2030, 1, 1))
    assert Claim.objects.get().revisit_on == date(2030, 1, 1)


def test_an_old_claim_is_edited_although_its_days_lie_in_the_past():
    claim = due_claim(edtf="2016", made_on=date(2015, 1, 1))
    with logbook.amending(claim, by="test", at=NOW) as held:
        held.criteria = "The yearly report."
    assert Claim.objects.get().criteria == "The yearly report."


def test_a_window_that_ended_before_the_claim_was_made_is_due_at_once_and_no_fault():
    claim = open_claim(edtf="../2026-06", made_on=date(2026, 11, 22))
    logbook.check_revisit_day(claim)
    claim.revisit_on = date(2026, 11, 1)
    with pytest.raises(ValidationError, match="before the day the claim was made"):
        logbook.check_revisit_day(claim)


def test_a_published_claim_keeps_a_citation():
    claim = open_claim()
    with pytest.raises(ValidationError, match="at least one"), logbook.amending(claim, by="test", at=NOW) as held:
        held.citations.all().delete()
    assert claim.citations.count() == 1


def test_citations_that_run_in_a_circle_before_they_are_saved_are_an_error_on_via():
    articles = ArticleFactory.create_batch(2)
    first, second = (Citation(article=article, role="relay") for article in articles)
    first.via, second.via = second, first
    with pytest.raises(ValidationError, match="circle"):
        logbook.check_chain([first, second])


def test_a_draft_is_discarded_with_its_parts_and_a_published_claim_is_not():
    draft, published = ClaimFactory(), open_claim()
    logbook.log(claim := ClaimFactory.build(claimant=ClaimantFactory()), by="test", at=NOW)
    CitationFactory(claim=claim, role="relay", via=CitationFactory(claim=claim))
    FigureFactory(claim=claim)
    for each in (draft, claim):
        logbook.discard(each)
    with pytest.raises(ValidationError, match="withdrawn"):
        logbook.discard(published)
    assert Claim.objects.get() == published
    assert set(Event.objects.values_list("claim", flat=True)) == {published.pk}


def test_a_draft_somebody_has_reviewed_is_not_discarded():
    review = ReviewFactory()
    with pytest.raises(ValidationError, match="withdraw it"):
        logbook.discard(review.claim)
