"""Where a claim stands and whom each article had it from, as rows of its form."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, cast

from django.contrib.admin import StackedInline
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm, TypedChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.rows import Rows
from claims.lifecycle import Status
from claims.models import Article, Attribution, Citation, CitationRole
from claims.models.citation import makes_circle

# Origin, then who carried it on: what a journalist on a deadline has in front of them.
FIRST_ROWS: list[dict[str, Any]] = [
    {"role": CitationRole.ORIGIN},
    {"role": CitationRole.RELAY, "via_row": 1, "attribution": Attribution.OTHER_OUTLET},
]


class CitationForm(ModelForm):
    """One citation. Its `via_row` is the number of another row of the form, which may be as new as this one."""

    via_row = TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label=gettext_lazy("via"),
        help_text=gettext_lazy("The row of this claim that this article had it from."),
    )

    class Meta:
        model = Citation
        fields = ["article", "role", "attribution", "quote", "reported_as"]

    def clean(self) -> dict[str, Any] | None:
        """Nothing of `via` is checked here: the rows are looked at together."""
        self.instance.via = None
        return super().clean()

    def validate_constraints(self) -> None:
        """Those of the row alone; that an article is cited once is a matter of all rows."""
        try:
            self.instance.validate_constraints(exclude={"claim", "via"})
        except ValidationError as error:
            self.add_error(None, error)


class CitationFormSet(BaseInlineFormSet):
    """The citations of a claim."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        vias = cast("TypedChoiceField", form.fields["via_row"])
        vias.choices = [("", _("nobody, or not known")), *self.rows]
        if form.instance.pk and form.instance.via_id:
            form.initial["via_row"] = self._number_of.get(form.instance.via_id)

    @cached_property
    def rows(self) -> list[tuple[int, str]]:
        """Every row's number and how it is shown in “via”."""
        saved = [f"#{number} {citation.article}" for number, citation in enumerate(self.get_queryset(), start=1)]
        fresh = [f"#{number}" for number in range(len(saved) + 1, self.total_form_count() + 1)]
        return list(enumerate([*saved, *fresh], start=1))

    @cached_property
    def _number_of(self) -> dict[int, int]:
        return {citation.pk: number for number, citation in enumerate(self.get_queryset(), start=1)}

    def kept(self) -> Iterator[tuple[int, ModelForm]]:
        """The filled rows that stay, with their numbers."""
        for number, form in enumerate(self.forms, start=1):
            if (form.instance.pk or form.has_changed()) and not form.cleaned_data.get("DELETE"):
                yield number, form

    def clean(self) -> None:
        """Each error on its own field; ValidationError where a published claim is left without a citation."""
        kept = dict(self.kept())
        via_of = {number: form.cleaned_data.get("via_row") for number, form in kept.items()}
        seen: set[Article] = set()
        for number, form in kept.items():
            article = form.cleaned_data.get("article")
            if article in seen:
                form.add_error("article", _("This article is cited already."))
            if article is not None:
                seen.add(article)
            if problem := self._problem_of_via(number, via_of, form):
                form.add_error("via_row", problem)
        is_published = self.instance.status not in {Status.DRAFT, Status.WITHDRAWN}
        if not kept and (is_published or "_publish" in self.data):
            raise ValidationError(_("A published claim needs at least one citation."))

    def _problem_of_via(self, number: int, via_of: dict[int, int | None], form: ModelForm) -> str:
        via = via_of[number]
        if via is None:
            return ""
        if form.cleaned_data.get("role") == CitationRole.ORIGIN:
            return _("An origin had the claim from no other article: empty “via”, or choose another role.")
        if via == number:
            return _("An article cannot have had the claim from itself.")
        if via not in via_of:
            return _("Row #%(number)s is empty or removed: choose another one.") % {"number": via}
        if makes_circle(via_of, start=number):
            return _("This makes a circle: no article can have had the claim from itself.")
        return ""

    def save(self, commit: bool = True) -> list[Citation]:  # noqa: FBT001, FBT002 - Django's signature
        """The rows first, then who had it from whom: so a row may name one that is saved after it."""
        if not self.has_changed():
            return super().save(commit=commit)
        self.instance.citations.update(via=None)
        saved: list[Citation] = super().save(commit=commit)
        for _number, form in self.kept():
            if via := form.cleaned_data.get("via_row"):
                Citation.objects.filter(pk=form.instance.pk).update(via=self.forms[via - 1].instance)
        return saved


class CitationInline(Rows, StackedInline):
    """Citations."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    autocomplete_fields = ["article"]
    fields = [("article", "role", "via_row"), ("attribution", "reported_as"), "quote"]

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **_: Any) -> int:
        """A new claim has an origin and a relay to fill in."""
        return len(FIRST_ROWS) if obj is None or obj.pk is None else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """With the articles, whose names are shown."""
        return super().get_queryset(request).select_related("article__source").defer("article__text")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **options: Any) -> Any:
        """An article is shown with its source."""
        if db_field.name == "article":
            options["queryset"] = Article.objects.select_related("source").defer("text")
        return super().formfield_for_foreignkey(db_field, request, **options)

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **options: Any) -> Any:
        """Without Django's own check on removal, which would not see that “via” is emptied in the same breath."""
        formset = super().get_formset(request, obj, **options)
        formset.form.hand_clean_DELETE = lambda _form: None
        return formset
