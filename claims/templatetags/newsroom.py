"""What every page says of the newsroom, whether it comes from a view or from an error handler without a context."""

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format

from claims.lifecycle import Status
from claims.models import Claim

register = template.Library()
# Enough to tell a reader that there is much; counting further would cost more than it says.
MOST_COUNTED = 99


@register.simple_tag
def newsroom_name() -> str:
    """The newsroom's name, as its operator wrote it."""
    return str(settings.NEWSROOM_NAME)


@register.simple_tag
def absolute(path: str) -> str:
    """The path as an address that can be cited."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


@register.simple_tag
def due_count() -> str:
    """How many claims wait for revisiting, up to 99."""
    due = Claim.objects.published().filter(status=Status.DUE).order_by()
    counted = due.values("pk")[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if counted > MOST_COUNTED else str(counted)


@register.filter
def grouped(number: int) -> str:
    """A count in groups of three digits, as the page's language writes it."""
    return str(number_format(number, force_grouping=True))


@register.simple_tag
def address_of(name: str) -> str:
    """The address of a page by its name, empty where this newsroom has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
