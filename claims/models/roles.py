"""Who may do what: three roles as Django groups, and how a person is given one."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User

from claims.models.preference import Preference

RECORDS = ("claim", "claimant", "source", "article", "topic", "figure", "citation", "review", "evidence")
REPORTER = frozenset(f"{verb}_{model}" for model in RECORDS for verb in ("view", "add", "change")) | {
    "view_event",
    "delete_claim",
    "delete_figure",
    "delete_citation",
}
WEBHOOKS = frozenset(f"{verb}_webhook" for verb in ("view", "add", "change", "delete"))
EDITOR = (
    REPORTER
    | WEBHOOKS
    | {"publish_claim", "withdraw_claim", "reopen_claim", "view_apitoken"}
    | {"view_delivery", "change_delivery", "view_letter", "change_letter"}
)
ADMIN = (
    EDITOR | {f"{verb}_apitoken" for verb in ("add", "change")} | {f"{verb}_user" for verb in ("view", "add", "change")}
)
ROLES: dict[str, frozenset[str]] = {"reporter": REPORTER, "editor": EDITOR, "admin": ADMIN}


def make_groups(*, using: str, **_: Any) -> None:
    """Groups with the rights of ROLES; run after each migration, when the rights exist."""
    known = {
        permission.codename: permission
        for permission in Permission.objects.using(using).filter(content_type__app_label__in=["claims", "auth"])
    }
    for role, rights in ROLES.items():
        group, _made = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set([known[right] for right in sorted(rights) if right in known])


def create_person(name: str, *, role: str, password: str, email: str = "") -> User:
    """A new person who can log in at the desk, with the rights of the role ("reporter", "editor" or "admin").

    Told at once of the claims they own, until they choose otherwise.
    """
    person = User.objects.create_user(name, email, password, is_staff=True, is_superuser=role == "admin")
    person.groups.add(Group.objects.get(name=role))
    Preference.of(person)
    return person
