"""The app, and the admin site that journalists call the desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class ClaimsConfig(AppConfig):
    """Registers what must stand in the database beside the tables."""

    name = "claims"
    verbose_name = "Claims"

    def ready(self) -> None:
        from claims import search  # noqa: PLC0415 - as below
        from claims.models import guards, roles  # noqa: PLC0415 - models exist only once the apps are ready

        post_migrate.connect(guards.install, sender=self, dispatch_uid="claims.guards")
        post_migrate.connect(search.install, sender=self, dispatch_uid="claims.search")
        post_migrate.connect(roles.make_groups, sender=self, dispatch_uid="claims.roles")


class DeskConfig(AdminConfig):
    """Django's admin with our site in its place."""

    default_site = "claims.admin.desk.the_desk"
