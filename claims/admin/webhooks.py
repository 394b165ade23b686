"""Webhooks at the desk: who is told of what, and how to try it out."""

from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field, QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField, URLInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import parcels
from claims.admin.record import RecordAdmin, person
from claims.admin.words import MARK
from claims.filters import UnreadableQuery
from claims.lifecycle import EventKind
from claims.models import Webhook
from claims.notify import subscribers
from claims.tasks import deliver_webhooks, nudge

LATEST = 5


class WebhookForm(ModelForm):
    """A webhook; `refusal` says why the address that was sent may not be reached."""

    refusal = ""

    def clean_url(self) -> str:
        """The address, unless it is a new one that leads inside."""
        if self.refusal and "url" in self.changed_data:
            raise ValidationError(self.refusal)
        return str(self.cleaned_data["url"])

    def clean_query(self) -> str:
        """The filter, or what is wrong with each of its parameters."""
        try:
            return subscribers.check_filter(self.cleaned_data["query"])
        except UnreadableQuery as error:
            raise ValidationError(subscribers.filter_in_words(error)) from None


@admin.register(Webhook)
class WebhookAdmin(RecordAdmin):
    """Webhooks."""

    form = WebhookForm
    list_display = ["called", "host", "events", "standing"]
    search_fields = ["name", "url"]
    ordering = ["id"]

    @admin.display(description=gettext_lazy("webhook"), ordering="name")
    def called(self, webhook: Webhook) -> str:
        """Its name, or what stands for it."""
        return called(webhook)

    @admin.display(description=gettext_lazy("host"))
    def host(self, webhook: Webhook) -> str:
        """Where it is called."""
        return urlsplit(webhook.url).netloc

    @admin.display(description=gettext_lazy("events"))
    def events(self, webhook: Webhook) -> str:
        """What it is told of."""
        kinds = [str(EventKind(kind).label) for kind in webhook.kinds if kind in EventKind.values]
        told = ", ".join(kinds) or _("All")
        return f"{told} · {webhook.query}" if webhook.query else told

    @admin.display(description=gettext_lazy("state"))
    def standing(self, webhook: Webhook) -> SafeString:
        """Whether it is called, and why not."""
        if not webhook.is_active:
            because = f": {webhook.stopped_because}" if webhook.stopped_because else ""
            return format_html("{}{}", format_html(MARK, "stopped", "✕", _("Switched off")), because)
        if webhook.is_resting(timezone.now()):
            until = date_format(timezone.localtime(webhook.resting_until), "j F, H:i")
            return format_html("{} {}", format_html(MARK, "resting", "◔", _("Resting")), _("until %s") % until)
        return format_html(MARK, "active", "●", _("Active"))

    @admin.display(description=gettext_lazy("signing secret"))
    def shown_secret(self, webhook: Webhook) -> SafeString:
        """For whoever may change it."""
        return format_html('<code class="secret">{}</code>', webhook.secret)

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> Any:
        """What is asked; of an old one its secret as well."""
        asked = ["name", "url", "kinds", "query", "format", "is_active"]
        if obj is None:
            return asked
        shown = ["shown_secret"] if self.has_change_permission(request, obj) else []
        return [*asked, *shown, "created_by", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Webhook | None = None) -> list[str]:
        return [] if obj is None else ["shown_secret", "created_by", "created_at"]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> Any:
        """The kinds of events as boxes, each in words."""
        if db_field.name == "url":
            # Not the desk's own widget, which leads there: nothing is to be seen at such an address.
            options["widget"] = URLInput(attrs={"class": "vURLField"})
        if db_field.name == "is_active":
            options["help_text"] = _("Switched on again, it begins with what comes then, and what still waits is sent.")
        if db_field.name != "kinds":
            return super().formfield_for_dbfield(db_field, request, **options)
        return MultipleChoiceField(
            label=str(db_field.verbose_name).capitalize(),
            choices=EventKind.choices,
            required=False,
            widget=CheckboxSelectMultiple,
            help_text=_("None chosen: all. What befalls drafts is not told."),
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form. The host is looked up before anything is locked: a name server may take seconds."""
        if request.method == "POST" and self.has_add_permission(request):
            cast("Any", request).refusal = _refusal(request.POST.get("url", ""))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002
        """A form that knows whether the address may be reached."""
        made = super().get_form(request, obj, change=change, **options)
        made.refusal = getattr(request, "refusal", "")
        return made

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """A new one begins with what comes now; one that is switched on again too."""
        if change:
            subscribers.change(obj, form.changed_data, was_active=form.initial["is_active"])
            return
        obj.created_by, obj.created_at = person(request), timezone.now()
        try:
            subscribers.add(obj)
        except subscribers.NoRoom as error:
            raise ValidationError(str(error)) from None

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue: str | None = None) -> HttpResponse:
        """On its page there is what the receiver needs."""
        messages.success(request, _("The webhook is told of what comes from now on. Its receiver needs this secret."))
        return HttpResponseRedirect(reverse("admin:claims_webhook_change", args=[obj.pk]))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Its deliveries go with it, without being read first."""
        return [str(webhook) for webhook in objs], {str(self.opts.verbose_name_plural): len(objs)}, set(), []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """With where it stands and what was sent last."""
        webhook = context["original"]
        if webhook is not None:
            latest = webhook.deliveries.select_related("event__claim").order_by("-id")[:LATEST]
            context |= {
                "standing": self.standing(webhook),
                "latest": [(delivery, parcels.standing(delivery)) for delivery in latest],
                "deliveries": reverse("admin:claims_delivery_changelist") + f"?webhook={webhook.pk}",
                "may_change": self.has_change_permission(request, webhook),
            }
        return super().render_change_form(request, context, *args, **options)

    def get_urls(self) -> list[URLPattern]:
        """With what can be done beside the form."""
        site = self.admin_site
        test = path("<int:pk>/test/", site.admin_view(self.test_view), name="claims_webhook_test")
        renew = path("<int:pk>/secret/", site.admin_view(self.secret_view), name="claims_webhook_secret")
        return [test, renew, *super().get_urls()]

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send a call that tells of nothing."""
        webhook = self._found(request, pk)
        if webhook is not None and request.method == "POST":
            try:
                subscribers.send_test(webhook, now=timezone.now())
            except (subscribers.NoRoom, subscribers.SwitchedOff) as error:
                messages.error(request, str(error))
            else:
                nudge(deliver_webhooks)
                messages.success(request, _("A test is on its way: look below in a moment, on this page opened again."))
        return self._back(request, webhook)

    def secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a new signing secret."""
        webhook = self._found(request, pk)
        if webhook is not None and request.method == "POST":
            subscribers.renew_secret(webhook)
            messages.success(request, _("Calls are signed with the new secret from now on. Give it to the receiver."))
        return self._back(request, webhook)

    def _found(self, request: HttpRequest, pk: int) -> Webhook | None:
        if not self.has_change_permission(request):
            raise PermissionDenied
        webhooks: QuerySet[Webhook] = self.get_queryset(request)
        return webhooks.filter(pk=pk).first()

    def _back(self, request: HttpRequest, webhook: Webhook | None) -> HttpResponse:
        if webhook is None:
            messages.warning(request, _("There is no such webhook. Perhaps it was deleted?"))
            return HttpResponseRedirect(reverse("admin:claims_webhook_changelist"))
        return HttpResponseRedirect(reverse("admin:claims_webhook_change", args=[webhook.pk]))


def called(webhook: Webhook) -> str:
    """A webhook in few words: its name, or its host and number."""
    return webhook.name or f"{urlsplit(webhook.url).netloc} #{webhook.pk}"


def _refusal(text: str) -> str:
    """Why the address may not be reached; of what is no address at all the form says so itself."""
    try:
        subscribers.check_address(Webhook._meta.get_field("url").formfield().clean(text))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
