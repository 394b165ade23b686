"""What a browser would send from the desk's forms."""

from typing import Any

from django.forms import BaseFormSet, BooleanField, ModelMultipleChoiceField
from django.test import Client

from tests.factories import ClaimantFactory


def a_claim(**changes: Any) -> dict[str, Any]:
    """What a journalist types for a new claim."""
    return {
        "statement": "Output doubles by June 2026",
        "claimant": ClaimantFactory().pk,
        "made_on": "2025-06-20",
        "projected_phrase": "by June 2026",
    } | changes


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """Everything that the form on the page holds, as it would be sent, with some of it changed."""
    sent: dict[str, Any] = {}
    context = page.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            _put(sent, field)
            if field.field.show_hidden_initial:
                sent[field.html_initial_name] = sent[field.html_name] or ""
    return {name: value for name, value in (sent | changes).items() if value is not None}


def _put(sent: dict[str, Any], field: Any) -> None:
    value = field.value()
    value = value() if callable(value) else value
    if isinstance(field.field, BooleanField):
        value = "on" if value else None
    elif isinstance(field.field, ModelMultipleChoiceField):
        value = [getattr(item, "pk", item) for item in value] if value else None
    elif value is None:
        value = ""
    sent[field.html_name] = value


def log(client: Client, **changes: Any) -> Any:
    """The answer to a new claim."""
    page = client.get("/admin/claims/claim/add/")
    return client.post("/admin/claims/claim/add/", filled(page, **changes), follow=True)


def edit(client: Client, claim: Any, **changes: Any) -> Any:
    """The answer to a change of a claim."""
    url = f"/admin/claims/claim/{claim.pk}/change/"
    return client.post(url, filled(client.get(url), **changes), follow=True)


def messages(response: Any) -> str:
    """What the desk said."""
    return " ".join(str(message) for message in response.context["messages"])


def errors(response: Any) -> dict[str, list[str]]:
    """What is wrong with which field."""
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        formset: BaseFormSet = inline.formset
        for form in formset.forms:
            found |= {form.add_prefix(name): problems for name, problems in form.errors.items()}
        if formset.non_form_errors():
            found[formset.prefix] = formset.non_form_errors()
    return {name: [str(problem) for problem in problems] for name, problems in found.items()}
