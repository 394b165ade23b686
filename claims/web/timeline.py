"""The timeline: every published claim as a row, and the whole collection above them."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import filters
from claims.filters import Query, UnreadableQuery
from claims.lifecycle import Status
from claims.models import Claim, Source
from claims.models.claim_set import ClaimSet
from claims.paging import Cursor, UnreadableCursor
from claims.timeline import Tally, tally
from claims.web import chart, facets
from claims.web.rows import rows_of
from claims.web.windows import ORDER, window

# From so many claims on, nearly every outlet has one among the first that the database looks at.
FEW = 5000


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """The page; a question that cannot be read is answered with 400 and what is wrong with it."""
    today = timezone.localdate()
    choices = facets.options()
    form = facets.form(request.GET, choices)
    try:
        query, cursor = _read(request)
    except UnreadableQuery as error:
        context = {"form": form, "problems": _named(error.errors), "start": reverse("web:timeline")}
        return render(request, "claims/unreadable.html", context, status=400)
    published = Claim.objects.published()
    asked = query.apply(published)
    every = tally(_any_standing(query).apply(published))
    tallies = _of_standing(every, query)
    totals = _totals(tallies)
    shown = window(asked, today, cursor)
    axis, rows = rows_of(shown.claims, today)
    context = {
        "today": today,
        "form": form,
        "query": query,
        "in_force": facets.in_force(query, choices),
        "chips": facets.chips(query, every),
        "chosen": facets.chosen_standings(query),
        "without_standing": query.string(status=None, verdict=None),
        "totals": totals,
        "sources": _count_sources(asked, how_many=totals["all"]),
        "chart": chart.draw(tallies, query, today),
        "axis": axis,
        "today_x": axis.at(today),
        "rows": rows,
        "earlier": query.string(cursor=shown.earlier) if shown.earlier else "",
        "later": query.string(cursor=shown.later) if shown.later else "",
        "is_paged": cursor is not None,
    }
    return render(request, "claims/timeline.html", context)


def _read(request: HttpRequest) -> tuple[Query, Cursor | None]:
    errors: dict[str, list[str]] = {}
    cursor, query = None, Query(filters.TIMELINE)
    try:
        query = filters.read(request.GET, filters.TIMELINE, besides=("cursor",), is_form=True)
    except UnreadableQuery as error:
        errors |= error.errors
    try:
        if text := request.GET.get("cursor"):
            cursor = Cursor.read(text, ORDER.name)
    except UnreadableCursor as error:
        errors["cursor"] = [str(error)]
    if errors:
        raise UnreadableQuery(errors)
    return query, cursor


def _any_standing(query: Query) -> Query:
    """The same question about claims of every status and verdict: what the chips count."""
    others = {name: values for name, values in query.values.items() if name != "verdict"}
    return Query(query.known, others | {"status": list(Status.values)})


def _of_standing(every: Sequence[Tally], query: Query) -> list[Tally]:
    """Those that the question is about, told apart here as query.apply tells them apart in the database."""
    statuses, verdicts = query.values.get("status"), query.values.get("verdict")
    kept = []
    for one in every:
        status = one.standing if one.standing in Status.values else Status.RESOLVED
        fits_status = status in statuses if statuses else status != Status.WITHDRAWN
        if fits_status and (not verdicts or one.standing in verdicts):
            kept.append(one)
    return kept


def _totals(tallies: Sequence[Tally]) -> dict[str, int]:
    totals = {"all": 0, "open": 0, "due": 0, "settled": 0}
    for one in tallies:
        totals["all"] += one.count
        settled = "" if one.standing == Status.WITHDRAWN else "settled"
        part = one.standing if one.standing in totals else settled
        if part:
            totals[part] += one.count
    return totals


def _count_sources(claims: ClaimSet, *, how_many: int) -> int:
    """How many outlets carried these claims: asked of the claims where they are few, and of the outlets otherwise."""
    if how_many < FEW:
        return claims.order_by().values("citations__article__source").distinct().count()
    carried = claims.order_by().filter(citations__article__source=OuterRef("pk"))
    return Source.objects.filter(Exists(carried)).count()


def _named(errors: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """The parameters as the form calls them, with what is wrong with each."""
    names = {"q": _("Search"), "from": _("From"), "to": _("To"), "topic": _("Topic"), "claimant": _("Claimant")}
    names |= {"source": _("Source"), "status": _("Status"), "verdict": _("Verdict"), "kind": _("Kind")}
    return [(str(names.get(name, facets.echo(name))), problems) for name, problems in errors.items()]
