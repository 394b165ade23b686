"""Model fields that let in only what can be kept and shown: plain text, exact numbers, linkable addresses."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from claims import addresses, plain_text


def _plain(value: Any, *, is_long: bool) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return plain_text.plain(value, is_long=is_long)
    except plain_text.OddText as error:
        raise ValidationError(str(error), code="odd_text") from None


class PlainCharField(models.CharField):
    """One line of text in normal form; ValidationError for what claims.plain_text refuses, on every way in."""

    is_long = False

    def to_python(self, value: Any) -> Any:
        return _plain(super().to_python(value), is_long=self.is_long)

    def get_prep_value(self, value: Any) -> Any:
        return _plain(super().get_prep_value(value), is_long=self.is_long)


class PlainTextField(models.TextField):
    """Text of several lines in normal form; as PlainCharField, and max_length is enforced by validation too."""

    is_long = True

    def to_python(self, value: Any) -> Any:
        return _plain(super().to_python(value), is_long=self.is_long)

    def get_prep_value(self, value: Any) -> Any:
        return _plain(super().get_prep_value(value), is_long=self.is_long)


class AddressField(models.URLField):
    """A http or https address in normal form (claims.addresses)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 2000)
        super().__init__(*args, **options)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        try:
            return addresses.normalised(_plain(value, is_long=False))
        except addresses.UnusableAddress as error:
            raise ValidationError(str(error), code="unusable_address") from None

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **options})


class TargetFormField(forms.URLField):
    """As TargetField."""

    default_validators = []


class TargetField(AddressField):
    """An address that we call ourselves: claims.safe_http says which may be.

    A host of one word is no mistake here: so are they named in private networks.
    """

    default_validators = []

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": TargetFormField, **options})


class ExactDecimalField(models.DecimalField):
    """A decimal number kept digit for digit; SQLite's own decimals are floats of 15 digits, so it keeps text there."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "numeric" if connection.vendor == "postgresql" else "text"

    def get_internal_type(self) -> str:
        # Any other answer brings in the backend's converter, which reads floats.
        return "ExactDecimalField"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002
        number = self.to_python(value)
        if number is None:
            return None
        plain = written(number)
        return Decimal(plain) if connection.vendor == "postgresql" else plain

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Decimal | None:
        return None if value is None else Decimal(written(Decimal(value)))


def written(number: Decimal) -> str:
    """A decimal in plain digits: no exponent, no zeros at the end, no minus before nothing."""
    if not number:
        return "0"  # whatever its exponent: 0e999999999 would be written with a billion digits
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
