"""The Celery application; its settings and beat schedule stand in project/settings.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

app = Celery("claimline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
