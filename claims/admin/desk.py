"""The desk's own site."""

from functools import cache
from typing import Any

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    """The journalists' desk."""

    site_header = _("Claimline · the desk")
    site_title = _("The desk · Claimline")
    index_title = _("The desk")
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # What is on the record is never removed by the handful.
        self.disable_action("delete_selected")


@cache
def the_desk() -> Desk:
    """The one desk: the modules that register with it are imported while Django is still asking for it."""
    return Desk()
