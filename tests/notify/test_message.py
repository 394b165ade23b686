"""What an e-mail says and how: its subject, text, HTML and headers."""

import email
from datetime import UTC, datetime, timedelta
from email import policy
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import revisit
from claims.models import Letter, Notice, Preference, Rhythm, Snooze
from claims.notify import outbox, reminders, telling
from claims.notify.message import message_of
from claims.notify.unsubscribe import person_of
from tests.factories import (
    NOW,
    ArticleFactory,
    CitationFactory,
    ClaimantFactory,
    ClaimFactory,
    PersonFactory,
    SourceFactory,
    due_claim,
    open_claim,
)
from tests.notify.readers import note, reader, settle, write

HOSTILE = """<script>alert("x")</script> & <img src=//evil.example/x> 'up' by 50 %"""


def message(letter=None, now=NOW):
    """The only letter as it arrives, read by a mail program's library."""
    letter = letter or Letter.objects.get()
    made = message_of(letter, Preference.of(letter.person), now)
    return email.message_from_bytes(made.message().as_bytes(), policy=policy.default)


def text(arrived):
    return arrived.get_body(("plain",)).get_content()


def html(arrived):
    return arrived.get_body(("html",)).get_content()


class Seen(HTMLParser):
    """What a reader of the HTML sees, and the addresses in it."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.words, self.addresses = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.addresses += [value for name, value in attrs if name in {"src", "background", "srcset", "poster"}]

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def told_of(claim, **chosen):
    reader(**chosen)
    write()
    return claim


@pytest.mark.django_db
def test_a_letter_says_what_a_journalist_needs_to_begin_with():
    claim = ClaimFactory(
        edtf="2026-06",
        projected_phrase="by June 2026",
        statement="Compute spend reaches $20 billion by June 2026",
        claimant=ClaimantFactory(name="OpenAI"),
    )
    journal, ars = SourceFactory(name="The Wall Street Journal"), SourceFactory(name="Ars Technica")
    for source in (journal, ars, journal):
        CitationFactory(claim=claim, article=ArticleFactory(source=source))
    revisit.publish(claim, by="test", at=NOW)
    told_of(claim)
    arrived = message()
    assert arrived["Subject"] == "Due: Compute spend reaches $20 billion by June 2026"
    for line in (
        "1 claim fell due",
        "Compute spend reaches $20 billion by June 2026",
        "  Said by: OpenAI, 20 June 2025",
        "  Projected for: by June 2026",
        "  Window closed on: 30 June 2026",
        "  Carried by: The Wall Street Journal, Ars Technica",
        f"  Revisit: http://localhost:8000/admin/claims/claim/{claim.pk}/change/",
        f"  Read: http://localhost:8000/claims/{claim.public_id}/",
    ):
        assert line in text(arrived).splitlines()
    seen = Seen(html(arrived))
    assert "Said by: OpenAI, 20 June 2025" in seen.text
    assert f"http://localhost:8000/admin/claims/claim/{claim.pk}/change/" in seen.links
    assert f"http://localhost:8000/claims/{claim.public_id}/" in seen.links


@pytest.mark.django_db
def test_several_claims_are_counted_in_the_subject_by_what_befell_them():
    person = reader(rhythm=Rhythm.DAILY, nag_days=7)
    stays = due_claim(at=NOW - timedelta(days=8))
    outbox.fan_out(NOW)
    Notice.objects.all().delete()
    reminders.remind(NOW.date(), NOW)
    settled = open_claim(edtf="2020")
    note()
    settle(settled, at=NOW + timedelta(seconds=1))
    for _ in range(3):
        open_claim(edtf="2020")
    write(NOW + timedelta(minutes=1))
    arrived = message()
    assert arrived["Subject"] == "3 claims fell due, 1 claim is still due, 1 claim was resolved"
    assert "Due for: 8 days, since 14 November 2026" in text(arrived)
    assert "Verdict: True" in text(arrived)
    assert text(arrived).index("3 claims fell due") < text(arrived).index("1 claim is still due")
    assert person.letters.get().notices.filter(claim=stays).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "words"), [(0, None), (1, "1 day, since 21 November 2026"), (2, "2 days, since 20 November 2026")]
)
def test_days_of_being_due_are_counted_by_the_newsrooms_calendar(settings, days, words):
    settings.TIME_ZONE = "Asia/Jakarta"
    # 23.30 in Jakarta: the next morning is another day.
    reader()
    due_claim(at=datetime(2026, 11, 22, 16, 30, tzinfo=UTC) - timedelta(days=days))
    write()
    arrived = message(now=datetime(2026, 11, 22, 16, 45, tzinfo=UTC))
    assert ("Due for" in text(arrived)) == bool(words)
    assert not words or f"Due for: {words}" in text(arrived)


@pytest.mark.django_db
def test_what_is_in_a_claim_is_text_in_html_and_itself_in_plain_text(settings):
    settings.NEWSROOM_NAME = "News & <b>Views</b>"
    told_of(open_claim(edtf="2020", statement=HOSTILE, claimant=ClaimantFactory(name="A & <i>B</i>")))
    arrived = message()
    assert HOSTILE in " ".join(text(arrived).split())
    assert "A & <i>B</i>" in text(arrived)
    assert "&amp;" not in text(arrived)
    assert "&#x27;" not in text(arrived)
    seen = Seen(html(arrived))
    assert {"script", "img", "i", "b"} & set(seen.tags) == set()
    assert HOSTILE in seen.text
    assert "News & <b>Views</b>" in seen.text


@pytest.mark.django_db
def test_the_text_keeps_to_72_columns_but_never_breaks_an_address(settings):
    settings.NEWSROOM_NAME = "The Newsroom of the Very Long Name " * 3
    statement = "A sentence of words that goes on for as long as a statement can " * 7
    told_of(open_claim(edtf="2020", statement=statement.strip(), claimant=ClaimantFactory(name="Word " * 20)))
    lines = text(message()).splitlines()
    assert [line for line in lines if len(line) > 72 and "http://" not in line] == []
    assert all(line.count("http://") <= 1 for line in lines)


@pytest.mark.django_db
def test_the_html_needs_nothing_from_anywhere_and_is_made_for_light_and_dark():
    told_of(open_claim(edtf="2020"))
    page = html(message())
    seen = Seen(page)
    assert seen.addresses == []
    assert {"img", "table", "script", "link", "iframe"} & set(seen.tags) == set()
    assert "url(" not in page
    assert "style=" not in page
    assert "prefers-color-scheme: dark" in page
    assert all(link.startswith("http://localhost:8000/") for link in seen.links)


@pytest.mark.django_db
def test_mail_programs_are_told_how_to_stop_letters_with_one_click_and_that_no_person_wrote_them(settings, client):
    settings.BASE_URL = "https://claims.example"
    told_of(open_claim(edtf="2020"))
    arrived = message()
    stop = str(arrived["List-Unsubscribe"]).strip()
    assert stop.startswith("<https://claims.example/unsubscribe/")
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Precedence"] is None
    assert stop.strip("<>") in text(arrived)
    assert stop.strip("<>") in Seen(html(arrived)).links
    path = stop.strip("<>").removeprefix("https://claims.example")
    person = Letter.objects.get().person
    assert person_of(path.split("/")[2]) == person.pk
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.of(person).rhythm == Rhythm.NONE


@pytest.mark.django_db
def test_a_letter_leads_its_reader_to_the_choice_of_what_they_are_told_of():
    told_of(open_claim(edtf="2020"))
    arrived = message()
    assert "http://localhost:8000/admin/notices/" in text(arrived).splitlines()
    assert "http://localhost:8000/admin/notices/" in Seen(html(arrived)).links


@pytest.mark.django_db
def test_a_letter_has_one_name_however_often_it_is_written():
    told_of(open_claim(edtf="2020"))
    letter = Letter.objects.get()
    assert message()["Message-ID"] == message(now=NOW + timedelta(hours=3))["Message-ID"] == f"<{letter.key}@localhost>"


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_no_text_of_ours_or_of_others_becomes_a_header(settings, line):
    settings.NEWSROOM_NAME = f"News{line}Bcc: all@news.example"
    claim = open_claim(edtf="2020")
    told_of(claim)
    with connection.cursor() as cursor:
        # Past everything that refuses it.
        statement = f"It ends{line}Bcc: all@news.example"
        cursor.execute("UPDATE claims_claim SET statement = %s WHERE id = %s", [statement, claim.pk])
    arrived = message()
    assert arrived["Bcc"] is None
    assert arrived["Subject"] == "Due: It ends Bcc: all@news.example"
    assert "\nBcc:" not in text(arrived)


@pytest.mark.django_db
def test_a_long_statement_is_cut_in_the_subject_between_two_words():
    told_of(open_claim(edtf="2020", statement="The harbour is closed to ships, " * 10 + "for good"))
    subject = message()["Subject"]
    assert len(subject) < 100
    assert subject.endswith(("is…", "closed…", "ships…", "to…", "harbour…", "The…"))
    assert "  " not in subject


@pytest.mark.django_db
def test_a_claim_without_a_phrase_or_an_end_says_only_what_is_known():
    told_of(open_claim(edtf="", projected_phrase="", revisit_on=NOW.date()))
    assert "Projected for" not in text(message())
    assert "Window" not in text(message())


@pytest.mark.django_db
def test_a_window_that_is_still_open_is_not_said_to_be_closed():
    told_of(open_claim(edtf="2030", projected_phrase="", revisit_on=NOW.date()))
    assert "Window closes on: 31 December 2030" in text(message())
    assert "Projected for: 2030" in text(message())


@pytest.mark.django_db
def test_many_sources_are_named_in_part():
    claim = ClaimFactory(edtf="2020")
    for n in range(8):
        CitationFactory(claim=claim, article=ArticleFactory(source=SourceFactory(name=f"Paper {n}")))
    revisit.publish(claim, by="test", at=NOW)
    told_of(claim)
    assert "Carried by: Paper 0, Paper 1, Paper 2, Paper 3, Paper 4 and 3 more" in text(message())


@pytest.mark.django_db
def test_a_digest_recalls_what_is_still_due_from_earlier_and_a_letter_at_once_does_not(monkeypatch):
    monkeypatch.setattr(telling, "MOST_EARLIER", 2)
    daily, at_once, owner = reader(rhythm=Rhythm.DAILY), reader(), reader(rhythm=Rhythm.DAILY, is_for_all=False)
    earlier = [due_claim(at=NOW - timedelta(days=5), edtf=f"201{n}", statement=f"Old one {n}") for n in range(5)]
    due_claim(owner=owner, at=NOW - timedelta(days=5), statement="Old and mine", edtf="2018")
    outbox.fan_out(NOW - timedelta(days=4))
    Notice.objects.update(dropped_at=NOW)
    until = NOW.date() + timedelta(days=1)
    Snooze.objects.create(person=daily, claim=earlier[0], until=until, created_at=NOW)
    settle(earlier[1])
    outbox.fan_out(NOW)
    Notice.objects.update(dropped_at=NOW)
    open_claim(edtf="2020", owner=owner, statement="The new one")
    write()
    arrived = text(message(Letter.objects.get(person=daily)))
    assert "Still due from earlier" in arrived
    assert "Old one 2\n  Due for: 5 days, since 17 November 2026\n  Revisit: http://localhost:8000/admin/" in arrived
    assert "Old one 3" in arrived
    assert "and 2 more\nhttp://localhost:8000/admin/claims/claim/?due=now" in arrived
    assert [word for word in ("Old one 0", "Old one 1", "Old one 4") if word in arrived] == []
    assert "from earlier" not in text(message(Letter.objects.get(person=at_once)))
    mine = text(message(Letter.objects.get(person=owner)))
    assert "Old and mine" in mine
    assert "Old one" not in mine


@pytest.mark.django_db
def test_the_page_behind_and_more_lists_what_is_due(admin_client):
    claim = due_claim(statement="A claim that is due", edtf="2020")
    assert claim.statement in admin_client.get("/admin/claims/claim/?due=now").content.decode()


@pytest.mark.django_db
def test_the_queries_of_a_letter_do_not_grow_with_its_claims():
    def queries():
        write()
        letter = Letter.objects.order_by("pk").last()
        with CaptureQueriesContext(connection) as captured:
            message_of(letter, Preference.of(letter.person), NOW)
        return len(captured)

    reader(rhythm=Rhythm.DAILY)
    open_claim(edtf="2020")
    few = queries()
    Preference.objects.update(digest_on=None)
    for _ in range(10):
        CitationFactory(claim=open_claim(edtf="2020", owner=PersonFactory()))
    assert queries() <= few + 1
