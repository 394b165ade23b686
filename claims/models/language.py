"""The language of a text, as a short tag."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageField(models.CharField):
    """A BCP 47 tag of a language, with a region where it matters: en, id, pt-BR."""

    default_validators = [
        RegexValidator(
            r"\A[a-z]{2,3}(-[A-Z]{2})?\Z", _("Write a language as a short tag: en, id, pt-BR."), code="language"
        )
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 6)
        options.setdefault("default", "en")
        super().__init__(*args, **options)
