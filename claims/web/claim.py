"""One claim, with everything that is known of it."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.chain import Chain
from claims.lifecycle import EventKind, Status
from claims.models import Claim, Evidence
from claims.timeline import Axis
from claims.timeline.marks import days_of
from claims.web.carriers import told, tree
from claims.web.figure_chart import charts
from claims.web.history import history
from claims.web.linked_data import linked_data
from claims.web.projection import Projection, ahead
from claims.web.quantities import in_words
from claims.web.rows import Row
from claims.web.standing import mark, name


@require_safe
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page; a draft has none."""
    found = get_object_or_404(Claim.objects.published().with_all(), public_id=public_id)
    today = timezone.localdate()
    figures, chain = list(found.figures.all()), Chain(list(found.citations.all()))
    events = list(found.events.order_by("id"))
    axis = Axis.around(days_of(found), today)
    reviews = _reviews(found)
    context = {
        "claim": found,
        "today": today,
        "row": Row(found, axis, today),
        "axis": axis,
        "today_x": axis.at(today),
        "projection": Projection.of(found),
        "revisit": ahead(found.revisit_on, today) if found.revisit_on else "",
        "withdrawal": next((event for event in reversed(events) if event.kind == EventKind.WITHDRAWN), None),
        "figures": [{"figure": figure, "words": in_words(figure)} for figure in figures],
        "charts": charts(figures, today),
        "chain": chain,
        "carriers": tree(chain),
        "told": told(chain),
        "reviews": reviews,
        "standing_review": next((review for review in reviews if review["stands"]), None),
        "history": history(found, events),
        "record": _record(found),
        "data": linked_data(found, chain),
    }
    return render(request, "claims/claim.html", context)


def _reviews(claim: Claim) -> list[dict[str, Any]]:
    """The published reviews, the latest first, each with whether its verdict still stands."""
    evidence = Evidence.objects.select_related("article__source").defer("article__text")
    published = claim.reviews.published().prefetch_related(Prefetch("evidence", evidence)).order_by("-number")
    return [
        {
            "review": review,
            "mark": mark(review.verdict),
            "name": name(review.verdict),
            "stands": review.pk == claim.current_review_id,
            "on": timezone.localdate(review.published_at),
        }
        for review in published
    ]


def _record(claim: Claim) -> dict[str, int]:
    """How many claims of this claimant are on the record, and how many of them are settled."""
    standing = Claim.objects.published().standing().filter(claimant_id=claim.claimant_id).order_by()
    return standing.aggregate(total=Count("pk"), settled=Count("pk", filter=Q(status=Status.RESOLVED)))
