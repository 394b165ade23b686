"""People, roles and API tokens at the desk."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import ApiToken, Preference
from tests.admin.forms import errors, filled, messages
from tests.factories import ApiTokenFactory, PersonFactory

PEOPLE, TOKENS = "/admin/auth/user/", "/admin/claims/apitoken/"


def add(client, url, **given):
    return client.post(f"{url}add/", filled(client.get(f"{url}add/"), **given), follow=True)


def test_the_admin_gives_people_a_role(admin):
    password = "horse battery correct"
    add(admin, PEOPLE, username="sri", role="editor", password1=password, password2=password, usable_password="true")
    person = User.objects.get(username="sri")
    assert person.has_perm("claims.publish_claim")
    assert (person.is_staff, person.is_superuser) == (True, False)
    assert Preference.objects.get(person=person).rhythm == "at_once"
    page = admin.get(f"{PEOPLE}{person.pk}/change/")
    admin.post(f"{PEOPLE}{person.pk}/change/", filled(page, role="reporter"))
    assert not User.objects.get(username="sri").has_perm("claims.publish_claim")


def test_nobody_takes_their_own_role_away(admin):
    url = f"{PEOPLE}{admin.person.pk}/change/"
    response = admin.post(url, filled(admin.get(url), role="reporter"), follow=True)
    assert "Somebody else has to change" in messages(response)
    assert User.objects.get(pk=admin.person.pk).is_superuser


def test_the_admin_sees_how_people_are_told_and_corrects_a_refused_address(admin):
    person = PersonFactory(email="old@example.org")
    url = f"{PEOPLE}{person.pk}/change/"
    Preference.of(person).note_bounce(timezone.now(), "550 no such mailbox")
    page = admin.get(url)
    assert "E-mails: At once, to old@example.org. The address refuses our e-mails: 550" in page.content.decode()
    admin.post(url, filled(page, role="editor", first_name="Budi"))
    assert Preference.of(person).bounced_at
    admin.post(url, filled(admin.get(url), role="editor", email="new@example.org"))
    assert Preference.of(person).bounced_at is None


def test_people_are_never_deleted(admin):
    assert admin.post(f"{PEOPLE}{PersonFactory().pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("url", [PEOPLE, "/admin/auth/group/", f"{PEOPLE}add/"])
def test_people_are_the_admins_only(editor, url):
    assert editor.get(url).status_code == 403


def test_a_new_token_is_shown_once_and_kept_as_a_fingerprint(editor):
    response = add(editor, TOKENS, name="mirror", scope="read")
    token = ApiToken.objects.get()
    secret = messages(response).split("never shown again: ")[1].split()[0]
    assert ApiToken.objects.matching(secret).get() == token
    assert (token.user, token.name, token.scope) == (editor.person, "mirror", "read")
    for page in (TOKENS, f"{TOKENS}{token.pk}/change/"):
        shown = editor.get(page).content.decode()
        assert secret not in shown
        assert token.digest not in shown


def test_a_token_is_revoked(editor):
    token = ApiTokenFactory(user=editor.person)
    editor.post(TOKENS, {"action": "revoke", "_selected_action": [token.pk]})
    token.refresh_from_db()
    assert token.revoked_at


def test_an_editor_sees_and_revokes_no_token_of_others(editor):
    token = ApiTokenFactory(name="theirs")
    assert "theirs" not in editor.get(TOKENS).content.decode()
    assert editor.get(f"{TOKENS}{token.pk}/change/").status_code == 302
    editor.post(TOKENS, {"action": "revoke", "_selected_action": [token.pk]})
    token.refresh_from_db()
    assert not token.revoked_at


def test_an_editor_makes_no_token_for_somebody_else(editor):
    add(editor, TOKENS, name="mine", scope="read", user=PersonFactory().pk)
    assert ApiToken.objects.get().user == editor.person


def test_the_admin_looks_after_everybodys_tokens(admin):
    ApiTokenFactory(name="theirs")
    assert "theirs" in admin.get(TOKENS).content.decode()
    person = PersonFactory()
    add(admin, TOKENS, name="for them", scope="write", user=person.pk)
    assert person.api_tokens.get().scope == "write"


def test_a_reporter_has_no_tokens_at_the_desk(reporter):
    assert reporter.get(TOKENS).status_code == 403


@pytest.mark.parametrize(("given", "field"), [({"scope": "all"}, "scope"), ({"name": "a\x00"}, "name")])
def test_a_token_that_cannot_be_is_an_error_on_its_field(editor, given, field):
    response = add(editor, TOKENS, **({"name": "x", "scope": "read"} | given))
    assert list(errors(response)) == [field]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("query", ["id__in=" + "9" * 30, "pk__in=9223372036854775808", "q=%00", "name=x"])
def test_the_list_of_roles_stands_any_question(admin, query):
    assert admin.get(f"/admin/auth/group/?{query}", follow=True).status_code in {200, 400}


@pytest.mark.parametrize("address", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_whoever_logs_in_is_led_nowhere_but_here(client, db, address):
    person = PersonFactory()
    sent = {"username": person.username, "password": "correct horse battery", "next": address}
    answer = client.post("/admin/login/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
