"""The method page: how dates are read, what the verdicts mean, how to report an error."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from claims.dates import EXAMPLES_MADE_ON, HOUSE_RULES, HouseRule, ProjectedDate
from claims.lifecycle import RATINGS, Verdict
from claims.web.projection import window_words
from claims.web.standing import mark, name


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The page."""
    is_indonesian = (get_language() or "en").startswith("id")
    rules = [
        {"rule": rule, "text": rule.text_id if is_indonesian else rule.text_en, "window": _example(rule)}
        for rule in HOUSE_RULES
    ]
    verdicts = [
        {"code": verdict.value, "mark": mark(verdict), "name": name(verdict), "rating": RATINGS.get(verdict)}
        for verdict in Verdict
    ]
    context = {"rules": rules, "verdicts": verdicts, "examples_made_on": EXAMPLES_MADE_ON}
    return render(request, "claims/method.html", context)


def _example(rule: HouseRule) -> str | None:
    """The days of the rule's example; None where it is refused, empty where it names no day."""
    if rule.example_edtf is None:
        return None
    window = ProjectedDate.from_edtf(rule.example_edtf)
    return window_words(window.start, window.end)
