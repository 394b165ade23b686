"""The Celery application; its settings and beat schedule stand in project/settings.py."""

import logging
import logging.config
import os
from typing import Any

import structlog
from celery import Celery, signals
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

app = Celery("claimline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def write_as_everywhere(loglevel: int | None = None, **_: Any) -> None:
    """Log as the web server does; without a receiver Celery would write lines of its own kind."""
    logging.config.dictConfig(settings.LOGGING)
    if loglevel:
        logging.getLogger().setLevel(loglevel)


@signals.task_prerun.connect
def name_the_task(task_id: str = "", task: Any = None, **_: Any) -> None:
    """What a task logs from here on bears its name and id."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task=getattr(task, "name", ""), task_id=task_id)


@signals.task_postrun.connect
def forget_the_task(**_: Any) -> None:
    """What the process logs next is none of the task's."""
    structlog.contextvars.clear_contextvars()
