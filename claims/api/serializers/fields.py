"""Strict fields: a number is no text, `true` is no number, a day is YYYY-MM-DD, and no name is ignored."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims.plain_text import OddText, plain

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"[-+]?\d{1,40}(\.\d{1,40})?([eE][-+]?\d{1,2})?", re.ASCII)
SLUG = r"^[-a-zA-Z0-9_]{1,80}$"
# Names that stand in answers and are never written.
READ_ONLY = frozenset(
    {
        "author",
        "claim",
        "created_at",
        "created_by",
        "current_review",
        "flagged_at",
        "id",
        "independent_origins",
        "number",
        "original_projected_date",
        "owner",
        "page",
        "projected_from",
        "projected_to",
        "public_id",
        "published_at",
        "rating",
        "resting_until",
        "round",
        "schedule",
        "secret",
        "slip_days",
        "sources",
        "status",
        "stopped_because",
        "supersedes",
        "updated_at",
        "url",
        "verdict",
        "version",
    }
)


class Body(serializers.Serializer):
    """The body of a request, or an object in it; a name that it does not have is an error."""

    def to_internal_value(self, data: Any) -> Any:
        """The values, once every name is known."""
        if isinstance(data, Mapping):
            wrong = {name: _unknown(name) for name in data if name not in self.fields}
            if wrong:
                raise ValidationError(wrong)
        return super().to_internal_value(data)


def _unknown(name: str) -> list[str]:
    return ["This cannot be written."] if name in READ_ONLY else ["There is no such field."]


class Text(serializers.CharField):
    """Text; what may not stand in it is the model's to say."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False} | options)

    def to_internal_value(self, data: Any) -> str:
        """The text as it came."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


@extend_schema_field({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z]{2})?$"})
class Language(Text):
    """A short tag: en, id, pt-BR; the model knows which."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 6, "default": "en"} | options)


class Reason(Text):
    """Text that goes into the ledger, which no model's field checks."""

    def to_internal_value(self, data: Any) -> str:
        """The text in normal form."""
        try:
            return plain(super().to_internal_value(data), is_long=True)
        except OddText as error:
            raise ValidationError(str(error), code="odd_text") from None


class Choice(serializers.ChoiceField):
    """One of some words."""

    def to_internal_value(self, data: Any) -> str:
        """The word."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:40])
        return str(super().to_internal_value(data))


class Flag(serializers.BooleanField):
    """true or false, and nothing that only looks like it."""

    def to_internal_value(self, data: Any) -> bool:
        """The truth."""
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:40])
        return bool(data)


class Whole(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if type(data) is not int:
            self.fail("invalid")
        return int(data)


class Day(serializers.DateField):
    """A day as YYYY-MM-DD."""

    def to_internal_value(self, value: Any) -> date:
        """The day; no moment, no week, no shorter spelling."""
        try:
            if isinstance(value, str) and DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValidationError("Write a day as YYYY-MM-DD, such as 2027-12-31.")


@extend_schema_field(
    {"oneOf": [{"type": "string", "pattern": f"^{NUMBER.pattern}$"}, {"type": "number"}], "example": "2.5"}
)
class Exact(serializers.Field):
    """A decimal number, digit for digit, as text or as a number."""

    def to_internal_value(self, data: Any) -> Decimal:
        """The number; how many digits it may have is the model's to say."""
        if isinstance(data, str) and NUMBER.fullmatch(data):
            return Decimal(data)
        if isinstance(data, Decimal) or type(data) is int:
            return Decimal(data)
        raise ValidationError("Write a number such as 20000000000 or 2.5.")

    def to_representation(self, value: Decimal) -> Decimal:
        """As it is."""
        return value


@extend_schema_field({"type": "string", "pattern": SLUG})
class Named(serializers.Field):
    """One row, by its slug."""

    def __init__(self, queryset: QuerySet, **options: Any) -> None:
        self.queryset = queryset
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Model:
        """The row."""
        return by_slug(self.queryset, [check_slug(data)])[0]


@extend_schema_field(
    {"type": "array", "items": {"type": "string", "pattern": SLUG}, "maxItems": 50, "uniqueItems": True}
)
class NamedMany(serializers.Field):
    """Rows, by their slugs, all found with one query."""

    most = 50

    def __init__(self, queryset: QuerySet, **options: Any) -> None:
        self.queryset = queryset
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> list[Model]:
        """The rows, in order."""
        if not isinstance(data, list):
            raise ValidationError("Write a list of short names.")
        if len(data) > self.most:
            raise ValidationError(f"Name at most {self.most}.")
        slugs = [check_slug(text) for text in data]
        if len(set(slugs)) != len(slugs):
            raise ValidationError("A name stands twice in this list.")
        return by_slug(self.queryset, slugs)


def check_slug(data: Any) -> str:
    """The slug; ValidationError for what cannot be one."""
    if not isinstance(data, str) or not re.fullmatch(SLUG[1:-1], data):
        raise ValidationError("Write the short name that stands in web addresses.")
    return data


def by_slug(queryset: QuerySet, slugs: Collection[str]) -> list[Model]:
    """The rows with these slugs, in their order; ValidationError names the first that there is not."""
    found = {row.slug: row for row in queryset.filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise ValidationError(f"There is none with the short name {slug!r}.", code="does_not_exist")
    return [found[slug] for slug in slugs]
