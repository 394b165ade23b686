"""`manage.py create_user NAME --role editor`: a person who can log in at the desk."""

import getpass
import os
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.models.roles import ROLES, create_person

PASSWORD_VARIABLE = "CLAIMLINE_PASSWORD"  # noqa: S105 - the variable's name


class Command(BaseCommand):
    """Asks for what it needs, refuses in one line."""

    help = f"Create a person with a role. The password is asked for, or taken from {PASSWORD_VARIABLE}."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, role and address."""
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--role", choices=list(ROLES), required=True)
        parser.add_argument("--email", default="", metavar="E")

    def handle(self, *, name: str, role: str, email: str, **_options: Any) -> None:
        """Everything is checked before anything is written."""
        person = User(username=name, email=email)
        if User.objects.filter(username=User.normalize_username(name)).exists():
            raise CommandError(f"the name {name} is taken")
        try:
            person.clean_fields(exclude=["password"])
            password = os.environ.get(PASSWORD_VARIABLE) or _ask_twice()
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        with transaction.atomic():
            create_person(name, role=role, password=password, email=email)
        self.stdout.write(f"{name} is created, with the role {role}")
        if not email:
            hint = "without an address (--email) no notices reach them; they can add one under My notices"
            self.stderr.write(hint, self.style.WARNING)


def _ask_twice() -> str:
    try:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Password again: ") != password:
            raise CommandError("the two passwords differ")
    except (EOFError, KeyboardInterrupt):
        raise CommandError(f"no password: type one, or set {PASSWORD_VARIABLE}") from None
    return password
