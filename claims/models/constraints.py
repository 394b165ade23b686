"""Building blocks of the constraints that keep a newsroom's record true in the database itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def one_of(field: str, choices: type[TextChoices], *, table: str) -> CheckConstraint:
    """The field holds one of the choices."""
    return CheckConstraint(
        name=f"{table}_{field}_known",
        condition=Q(**{f"{field}__in": list(choices.values)}),
        violation_error_message=_("This is none of the choices."),
    )


def filled(*fields: str, table: str) -> CheckConstraint:
    """None of the fields is empty text."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{field: ""})
    return CheckConstraint(name=f"{table}_filled", condition=condition)


def in_order(first: str, last: str, *, table: str, message: StrPromise) -> CheckConstraint:
    """The first is not after the last, where both are known."""
    return CheckConstraint(
        name=f"{table}_{first}_to_{last}",
        condition=Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{first}__lte": F(last)}),
        violation_error_message=message,
    )


def filled_exactly_in(statuses: Iterable[str], field: str, *, name: str) -> CheckConstraint:
    """The field has a value in these states, and in no other."""
    states = list(statuses)
    filled_there = Q(status__in=states, **{f"{field}__isnull": False})
    empty_elsewhere = ~Q(status__in=states) & Q(**{f"{field}__isnull": True})
    return CheckConstraint(name=name, condition=filled_there | empty_elsewhere)
