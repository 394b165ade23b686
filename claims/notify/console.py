"""E-mails of a newsroom that has not named a mail server: shown in the log, for whoever runs it."""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


class ConsoleBackend(BaseEmailBackend):
    """Tells the log what would have been sent, as plain text that can be read there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were shown."""
        for message in email_messages:
            logger.info(
                "EMAIL_URL is not set, so that this e-mail is only shown here.\nTo: %s\nSubject: %s\n\n%s",
                ", ".join(message.to),
                message.subject,
                message.body,
            )
        return len(email_messages)
