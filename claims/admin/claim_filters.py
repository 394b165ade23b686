"""What the list of claims can be narrowed to; the same questions as the timeline's, and what is due."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from claims.filters import TIMELINE
from claims.lifecycle import Status, Verdict
from claims.models import Source, Topic

SOON = timedelta(days=30)


class TimelineFilter(SimpleListFilter):
    """A question that the timeline asks too."""

    choices_of: list[tuple[str, Any]] = []

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """Everything it may be narrowed to."""
        return self.choices_of

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The claims that answer it; an answer that cannot be read is refused."""
        asked = self.value()
        if asked is None:
            return queryset
        parameter = TIMELINE[str(self.parameter_name)]
        try:
            return parameter.narrow(queryset, [parameter.read(asked)])
        except ValueError as error:
            raise IncorrectLookupParameters(str(error)) from None


class StatusFilter(TimelineFilter):
    """By status."""

    title, parameter_name = gettext_lazy("status"), "status"
    choices_of = list(Status.choices)


class VerdictFilter(TimelineFilter):
    """By the verdict that stands."""

    title, parameter_name = gettext_lazy("verdict"), "verdict"
    choices_of = list(Verdict.choices)


class TopicFilter(TimelineFilter):
    """By topic."""

    title, parameter_name = gettext_lazy("topic"), "topic"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return list(Topic.objects.values_list("slug", "name"))


class SourceFilter(TimelineFilter):
    """By a source that carried it."""

    title, parameter_name = gettext_lazy("source"), "source"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return list(Source.objects.values_list("slug", "name"))


class DueFilter(SimpleListFilter):
    """By when it is to be revisited."""

    title, parameter_name = gettext_lazy("due"), "due"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("now", gettext_lazy("Due now")),
            ("mine", gettext_lazy("Due now, mine")),
            ("soon", gettext_lazy("In the next 30 days")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Due are the flagged, and those that the next sweep will flag."""
        today = timezone.localdate()
        match self.value():
            case None:
                return queryset
            case "now":
                return queryset.filter(due_now(today))
            case "mine":
                return queryset.filter(due_now(today), owner=request.user.pk)
            case "soon":
                return queryset.filter(due_soon(today))
            case _:
                raise IncorrectLookupParameters


def due_now(today: Any) -> Q:
    """Claims that wait for a journalist."""
    return Q(status=Status.DUE) | Q(status=Status.OPEN, revisit_on__lte=today)


def due_soon(today: Any) -> Q:
    """Open claims whose day comes within the month."""
    return Q(status=Status.OPEN, revisit_on__gt=today, revisit_on__lte=today + SOON)
