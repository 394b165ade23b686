"""How a phrase is read as a date."""

from datetime import date

from django.core.exceptions import ValidationError as InvalidModel
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import filters
from claims.api.endpoint import Endpoint
from claims.api.listing import leave
from claims.api.serializers import answers
from claims.dates import UnreadableDate, read_phrase
from claims.filters import Parameter, UnreadableQuery
from claims.models import Claim


def _language(text: str) -> str:
    try:
        return str(Claim._meta.get_field("language").clean(text, None))  # type: ignore[union-attr]
    except InvalidModel as error:
        raise ValueError(" ".join(error.messages)) from None


def _day_or_none(day: date | None) -> str | None:
    return day.isoformat() if day else None


class ParseDate(Endpoint):
    """A phrase as it would be read in a claim."""

    parameters = {
        "phrase": Parameter(filters.API["q"].read, leave),
        "made_on": Parameter(filters.API["made_after"].read, leave),
        "language": Parameter(_language, leave),
    }

    @extend_schema(operation_id="dates_parse", responses=answers.ParsedDate)
    def get(self, request: Request) -> Response:
        """The date that the phrase means, counted from `made_on` (today where it is left out)."""
        values = self.asked.values
        if "phrase" not in values:
            raise UnreadableQuery({"phrase": ["This is needed: by June 2027."]})
        made_on = values.get("made_on", [timezone.localdate()])[0]
        try:
            reading = read_phrase(values["phrase"][0], made_on=made_on, language=values.get("language", ["en"])[0])
        except UnreadableDate as error:
            raise UnreadableQuery({"phrase": [str(error)]}) from None
        return Response(
            {
                "phrase": values["phrase"][0],
                "projected_date": reading.date.edtf,
                "projected_from": _day_or_none(reading.date.start),
                "projected_to": _day_or_none(reading.date.end),
                "revisit_on": _day_or_none(reading.date.revisit_on()),
                "rule": reading.rule,
            }
        )
