"""Celery's entry points: each calls one verb; the database, not the message, says what is to be done."""

import logging

from celery import shared_task
from django.utils import timezone

from claims import sweep

logger = logging.getLogger(__name__)


@shared_task(name="claims.flag_due_claims")
def flag_due_claims() -> int:
    """Flag every claim whose revisit day has come in the newsroom's time zone; the number flagged."""
    flagged = sweep.flag_due(timezone.localdate(), now=timezone.now())
    if flagged:
        logger.info("flagged %d claims for revisiting", flagged)
    return flagged
