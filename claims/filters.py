"""The query string that page and API share: read once, wrong values named, never ignored."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from claims.lifecycle import Status, Verdict
from claims.models import Citation, ClaimKind
from claims.models.claim_set import ClaimSet
from claims.plain_text import OddText, plain
from claims.search import matching

SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOST_VALUES = 50
# What must not end before it begins.
ORDERED = (("from", "to"), ("projected_after", "projected_before"), ("made_after", "made_before"))

Read = str | int | date | datetime
Reader = Callable[[str], Read]
Narrow = Callable[[ClaimSet, list], ClaimSet]


class UnreadableQuery(ValueError):
    """Parameters that are unknown or cannot be read; `errors` says what is wrong with each."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{name}: {' '.join(problems)}" for name, problems in errors.items()))


def _choice(known: Collection[str]) -> Reader:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"{text[:40]!r} is none of: {', '.join(known)}.")
        return text

    return read


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError("This is not a short name as it stands in web addresses.")
    return text


def _day(text: str) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("Write a day as YYYY-MM-DD, such as 2027-12-31.")


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError("Write a moment as 2027-12-31T12:00:00Z.")
    try:
        return (moment if moment.tzinfo else timezone.make_aware(moment)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise ValueError("This moment lies outside the calendar.") from None


def _words(text: str) -> str:
    try:
        text = plain(text)
    except OddText as error:
        raise ValueError(str(error)) from None
    if not text:
        raise ValueError("This is empty.")
    if len(text) > 200:
        raise ValueError("Use at most 200 characters.")
    return text


def _statuses(claims: ClaimSet, values: list) -> ClaimSet:
    return claims.filter(status__in=values)


def _carried_by(claims: ClaimSet, values: list) -> ClaimSet:
    return claims.filter(Exists(Citation.objects.filter(claim=OuterRef("pk"), article__source__slug__in=values)))


def _filed_under(claims: ClaimSet, values: list) -> ClaimSet:
    filed = claims.model.topics.through.objects.filter(claim=OuterRef("pk"), topic__slug__in=values)
    return claims.filter(Exists(filed))


def _measuring(claims: ClaimSet, values: list) -> ClaimSet:
    figures = claims.model._meta.get_field("figures").related_model._default_manager
    return claims.filter(Exists(figures.filter(claim=OuterRef("pk"), metric__in=values)))


def _each(condition: Callable[[Read], Q]) -> Narrow:
    def narrow(claims: ClaimSet, values: list) -> ClaimSet:
        for value in values:
            claims = claims.filter(condition(value))
        return claims

    return narrow


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: how its text is read, what it leaves of the claims, and whether it may be given several times."""

    read: Reader
    narrow: Narrow
    is_many: bool = False


ends_from = _each(lambda day: Q(ends_on__gte=day))
starts_to = _each(lambda day: Q(starts_on__lte=day))
TIMELINE: dict[str, Parameter] = {
    "q": Parameter(_words, lambda claims, values: matching(claims, values[0])),
    "status": Parameter(_choice(Status.values), _statuses, is_many=True),
    "verdict": Parameter(_choice(Verdict.values), lambda c, v: c.filter(current_review__verdict__in=v), is_many=True),
    "kind": Parameter(_choice(ClaimKind.values), lambda c, v: c.filter(kind__in=v), is_many=True),
    "topic": Parameter(_slug, _filed_under, is_many=True),
    "claimant": Parameter(_slug, lambda c, v: c.filter(claimant__slug__in=v), is_many=True),
    "source": Parameter(_slug, _carried_by, is_many=True),
    "from": Parameter(_day, ends_from),
    "to": Parameter(_day, starts_to),
}
API: dict[str, Parameter] = TIMELINE | {
    "projected_after": Parameter(_day, ends_from),
    "projected_before": Parameter(_day, starts_to),
    "made_after": Parameter(_day, _each(lambda day: Q(made_on__gte=day))),
    "made_before": Parameter(_day, _each(lambda day: Q(made_on__lte=day))),
    "revisit_before": Parameter(_day, _each(lambda day: Q(revisit_on__lte=day))),
    "updated_after": Parameter(_moment, _each(lambda moment: Q(updated_at__gt=moment))),
    "metric": Parameter(_words, _measuring, is_many=True),
    "owner": Parameter(_words, lambda c, v: c.filter(owner__username__in=v), is_many=True),
}


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the claims: each parameter that was given, with its values as read and as written."""

    known: Mapping[str, Parameter]
    values: dict[str, list] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def apply(self, claims: ClaimSet) -> ClaimSet:
        """The claims that answer it; the withdrawn only where they are asked for by status."""
        return self.narrow(claims if "status" in self.values else claims.standing())

    def narrow(self, claims: ClaimSet) -> ClaimSet:
        """Those among the claims that answer it."""
        for name, values in self.values.items():
            claims = self.known[name].narrow(claims, values)
        return claims

    def without(self, name: str) -> "Query":
        """The same question but for this parameter."""
        values = {other: given for other, given in self.values.items() if other != name}
        return Query(self.known, values, {other: given for other, given in self.texts.items() if other != name})

    def __bool__(self) -> bool:
        return bool(self.values)

    def text(self, name: str) -> str:
        """The first value of a parameter as it was written; empty where it was not given."""
        return self.texts.get(name, [""])[0]

    def string(self, **changes: str | list[str] | None) -> str:
        """The query string with some parameters changed, or left out where None."""
        query = QueryDict(mutable=True)
        for name, value in (self.texts | changes).items():
            if value:
                query.setlist(name, [value] if isinstance(value, str) else value)
        return query.urlencode()


def read(
    params: QueryDict, known: Mapping[str, Parameter], *, besides: Collection[str] = (), is_form: bool = False
) -> Query:
    """The question in the query string; parameters in `besides` are the caller's own.

    A form sends its empty fields along: there they ask nothing, elsewhere an empty value cannot be read.

    Raises UnreadableQuery, with every unknown name and unreadable value in it at once.
    """
    query = Query(known)
    errors: dict[str, list[str]] = {}
    for name in params:
        if name in besides:
            continue
        # A form sends its empty fields along.
        texts = [text for text in params.getlist(name) if text.strip() or not is_form]
        values, problems = _read_values(known.get(name), texts)
        if problems:
            errors[name[:60].encode("ascii", "backslashreplace").decode()] = problems
        elif values:
            query.values[name], query.texts[name] = values, texts
    for first, last in ORDERED:
        if first in query.values and last in query.values and query.values[first][0] > query.values[last][0]:
            errors[last] = [f"This day lies before {first!r}."]
    if errors:
        raise UnreadableQuery(errors)
    return query


def _read_values(parameter: Parameter | None, texts: list[str]) -> tuple[list[Read], list[str]]:
    if parameter is None:
        return [], ["There is no such parameter."]
    most = MOST_VALUES if parameter.is_many else 1
    if len(texts) > most:
        return [], [f"Give it at most {most} times."]
    values, problems = [], []
    for text in texts:
        try:
            values.append(parameter.read(text))
        except ValueError as error:
            problems.append(str(error))
    return values, problems
