"""What the views of claimants, sources, topics and articles share."""

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.urls import reverse
from django.utils.text import slugify
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import documents, etags
from claims.api.endpoint import Endpoint
from claims.api.listing import Ordering, listed
from claims.api.orderings import BY_SLUG
from claims.models.visibility import NamedByClaims

LONGEST_SLUG = 80


class Records(Endpoint):
    """A view of records of one kind; the public sees those that a published claim names."""

    model: ClassVar[type[Model]]
    shape: ClassVar[type]
    ordering: Ordering = BY_SLUG
    detail: ClassVar[str]

    @staticmethod
    def draw(row: Any) -> documents.Document:
        """The record's document."""
        raise NotImplementedError

    @property
    def rows(self) -> NamedByClaims:
        """The records that this person sees."""
        rows: NamedByClaims = self.model._default_manager.all()  # type: ignore[assignment]
        return rows.visible_to(self.request.user)

    def key(self, row: Any) -> str:
        """What names the record in its address."""
        return str(row.slug)

    def listing(self, request: Request) -> Response:
        """A page of the records."""
        return Response(listed(request, self.asked, self.rows, self.ordering, self.draw))

    def make(self) -> Response:
        """A new record, with its address as the Location."""
        values = self.read(self.shape)
        row: Any = self.model(**values)
        if "name" in values and "slug" not in values:
            row.slug = slugify(values["name"])[:LONGEST_SLUG].strip("-")
        row.full_clean()
        row.save(force_insert=True)
        place = self.root + reverse(f"api:{self.detail}", args=[self.key(row)])
        return Response(self.draw(row), status=201, headers={"Location": place})

    def shown(self, **named: Any) -> Response:
        """One record."""
        return Response(self.draw(self.find(**named)))

    def find(self, **named: Any) -> Any:
        """The record, or 404."""
        row = self.rows.filter(**named).first()
        if row is None:
            raise Http404
        return row

    def change(self, request: Request, **named: Any) -> Response:
        """The record with what was sent, unless somebody changed it since the client read it."""
        etags.required(request)
        with transaction.atomic():
            row = self.find(**named)
            row = self.rows.select_for_update(of=("self",)).get(pk=row.pk)
            etags.check_unchanged(request, JSONRenderer().render(self.draw(row)))
            values = self.read(self.shape)
            for name, value in values.items():
                setattr(row, name, value)
            row.full_clean()
            row.save(update_fields=[*values, *(["text_sha256"] if "text" in values else [])])
        return Response(self.draw(row))
