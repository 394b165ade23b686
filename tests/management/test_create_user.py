"""`manage.py create_user`: a person with a role, or one clear line."""

from collections.abc import Callable
from io import StringIO
from itertools import chain, repeat

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims.models import Preference

pytestmark = pytest.mark.django_db

GOOD = "correct horse battery"
Type = Callable[..., None]


def create(*arguments: str) -> str:
    out = StringIO()
    call_command("create_user", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMLINE_PASSWORD", GOOD)


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Type:
    """What somebody types when asked, the last answer again and again."""
    monkeypatch.delenv("CLAIMLINE_PASSWORD", raising=False)

    def answer(*passwords: str) -> None:
        answers = chain(passwords, repeat(passwords[-1]))
        monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))

    return answer


@pytest.mark.parametrize(("role", "is_superuser"), [("reporter", False), ("editor", False), ("admin", True)])
def test_a_person_gets_the_group_of_the_role_and_the_desk(by_environment: None, role: str, is_superuser: bool) -> None:
    assert (
        create("maria", "--role", role, "--email", "maria@radar.example") == f"maria is created, with the role {role}\n"
    )
    maria = User.objects.get(username="maria")
    assert [group.name for group in maria.groups.all()] == [role]
    assert maria.is_staff
    assert maria.is_superuser is is_superuser
    assert maria.email == "maria@radar.example"
    assert maria.check_password(GOOD)


def test_the_password_is_asked_for_twice(types: Type) -> None:
    types(GOOD)
    create("maria", "--role", "editor")
    assert User.objects.get().check_password(GOOD)


def test_two_different_passwords_are_refused(types: Type) -> None:
    types(GOOD, "correct horse batter")
    with pytest.raises(CommandError, match="the two passwords differ"):
        create("maria", "--role", "editor")
    assert not User.objects.exists()


def test_without_a_terminal_the_line_names_the_variable(types: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    types(GOOD)

    def closed(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", closed)
    with pytest.raises(CommandError, match="CLAIMLINE_PASSWORD"):
        create("maria", "--role", "editor")


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "maria.santoso"])
def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("CLAIMLINE_PASSWORD", password)
    with pytest.raises(CommandError, match="password"):
        create("maria.santoso", "--role", "editor")
    assert not User.objects.exists()


def test_a_name_that_is_taken_is_one_line_before_any_password_is_asked_for(types: Type) -> None:
    types(GOOD)
    create("maria", "--role", "editor")
    with pytest.raises(CommandError, match=r"^the name maria is taken$"):
        create("maria", "--role", "admin")
    assert not User.objects.get().is_superuser


@pytest.mark.parametrize("arguments", [["ma ria"], ["x" * 151], [""], ["maria", "--email", "nowhere"]])
def test_a_name_or_address_that_is_none_is_refused(by_environment: None, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        create(*arguments, "--role", "editor")
    assert not User.objects.exists()


def test_an_unknown_role_is_refused_with_the_known_ones(by_environment: None) -> None:
    with pytest.raises(CommandError, match=r"reporter.*editor.*admin"):
        create("maria", "--role", "owner")


def test_a_person_without_an_address_is_created_and_the_lack_of_it_told(
    by_environment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create("maria", "--role", "editor") == "maria is created, with the role editor\n"
    assert "no notices reach them" in capsys.readouterr().err
    create("budi", "--role", "editor", "--email", "budi@radar.example")
    assert capsys.readouterr().err == ""
    assert Preference.objects.filter(person__username="budi", rhythm="at_once", is_for_owned=True).exists()
