"""The desk's own site."""

from django.contrib.admin import AdminSite


class Desk(AdminSite):
    """The journalists' desk."""
