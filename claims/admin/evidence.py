"""What a review rests on, as rows of its form."""

from typing import Any

from django.contrib.admin import StackedInline
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.admin.rows import Rows
from claims.models import Article, Evidence


class EvidenceForm(ModelForm):
    """One piece of evidence: a logged article, or an address."""

    class Meta:
        model = Evidence
        fields = ["article", "url", "stance", "quote"]

    def clean(self) -> dict[str, Any] | None:
        """One of the two, said on the field."""
        cleaned = super().clean()
        article, url = self.cleaned_data.get("article"), self.cleaned_data.get("url")
        if "url" not in self.errors and "article" not in self.errors and bool(article) == bool(url):
            self.add_error("url", _("Evidence is either a logged article or an address: fill in one of the two."))
        return cleaned


class EvidenceFormSet(BaseInlineFormSet):
    """The evidence of a review."""

    def clean(self) -> None:
        """ValidationError where a verdict would go on the record with none."""
        super().clean()
        kept = [form for form in self.forms if form.instance.pk or form.has_changed()]
        if all(form.cleaned_data.get("DELETE") for form in kept):
            kept = []
        if "_publish" in self.data and not kept:
            raise ValidationError(_("A verdict needs at least one piece of evidence."))


class EvidenceInline(Rows, StackedInline):
    """Evidence, until its review is published."""

    model = Evidence
    form = EvidenceForm
    formset = EvidenceFormSet
    autocomplete_fields = ["article"]
    fields = [("article", "url"), ("stance", "quote")]

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **_: Any) -> int:
        """Three empty rows for a new review."""
        return 3 if obj is None or obj.pk is None else 1

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **options: Any) -> Any:
        """An article is shown with its source."""
        if db_field.name == "article":
            options["queryset"] = Article.objects.select_related("source").defer("text")
        return super().formfield_for_foreignkey(db_field, request, **options)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never once it is on the record."""
        return not _is_published(obj) and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never once it is on the record."""
        return not _is_published(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A row of a draft goes with the right to change it."""
        return self.has_change_permission(request, obj)


def _is_published(review: Any) -> bool:
    return review is not None and review.published_at is not None
