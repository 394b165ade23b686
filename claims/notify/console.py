"""E-mails of a newsroom that has not named a mail server: shown to whoever runs it."""

import logging
import sys
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


class ConsoleBackend(BaseEmailBackend):
    """Prints what would have been sent, as plain text."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were shown."""
        for message in email_messages:
            logger.info("EMAIL_URL is not set: an e-mail to %s is only shown here", ", ".join(message.to))
            # Past the log, where all its lines would be one, and past Celery, which puts the log in place of stdout.
            print(f"To: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body}", file=sys.__stdout__)  # noqa: T201
        if sys.__stdout__:
            sys.__stdout__.flush()
        return len(email_messages)
