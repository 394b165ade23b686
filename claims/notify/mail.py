"""Sending: letters to the mail server, each tried until it is taken or given up."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, transaction
from django.utils.translation import gettext as _

from claims.models import Letter, Preference
from claims.models.parcel import PENDING
from claims.notify.answers import Fault, read_answer
from claims.notify.message import message_of
from claims.notify.turns import turn

logger = logging.getLogger(__name__)
NAME = "letters"
# No letter's fault: it is tried again soon after the server is back, however long that was gone.
OUTAGE = timedelta(seconds=30)
# Connections that break down one after the other before the server is left alone for this time.
MOST_BREAKDOWNS = 2
Clock = Callable[[], datetime]


def deliver_letters(clock: Clock) -> int:
    """How many letters the mail server took; by whichever process has the turn, for as long as it lasts."""
    with turn(NAME, now=clock()) as is_over:
        if not is_over:
            return 0
        Letter.objects.put_right(clock())
        return Round(clock, is_over).run()


class Round:
    """Letters sent over one connection, which is opened again after whatever went wrong."""

    def __init__(self, clock: Clock, is_over: Callable[[], bool]) -> None:
        self.clock = clock
        self.is_over = is_over
        self.connection: BaseEmailBackend = get_connection()
        self.breakdowns = 0

    def run(self) -> int:
        """How many were taken."""
        taken = 0
        try:
            while self.breakdowns < MOST_BREAKDOWNS and not self.is_over():
                letter = Letter.objects.ready(self.clock()).select_related("person").first()
                if letter is None:
                    break
                if letter.lease(self.clock()):
                    taken += self._attempt(letter)
        finally:
            self._hang_up()
        return taken

    def _attempt(self, letter: Letter) -> bool:
        """Whether the letter was taken; if not, why is noted with it."""
        if letter.park_if_deadly(self.clock()):
            return False
        preference = Preference.objects.select_related("person").filter(pk=letter.person_id).first()
        if preference is None or not Preference.objects.reachable().filter(pk=preference.pk).exists():
            self._keep_back(letter, preference)
            return False
        try:
            message = message_of(letter, preference, self.clock())
            if message is not None:
                # Built once before it is sent: what is wrong with it is no fault of the server.
                message.message()
        except Error:
            raise
        except Exception as error:
            logger.exception("letter %s cannot be written", letter.pk)
            letter.park(self.clock(), _("It cannot be written: %(error)s") % {"error": repr(error)})
            return False
        if message is None:
            self._discard(letter)
            return False
        return self._hand_over(letter, preference, message)

    def _hand_over(self, letter: Letter, preference: Preference, message: EmailMultiAlternatives) -> bool:
        has_connected = False
        try:
            self.connection.open()
            has_connected = True
            self.connection.send_messages([message])
        except OSError as error:
            self._hang_up()
            self._note(error, letter, preference, has_connected=has_connected)
            return False
        except ValueError as error:
            self._hang_up()
            if not has_connected:
                # A name of the server that is none, or a password that it cannot be told: no letter's fault either.
                wrong = OSError(_("what EMAIL_URL says cannot be used (%(kind)s)") % {"kind": type(error).__name__})
                self._note(wrong, letter, preference, has_connected=False)
                return False
            letter.park(self.clock(), _("It cannot be sent: %(error)s") % {"error": error})
            return False
        self.breakdowns = 0
        return letter.deliver(self.clock())

    def _note(self, error: OSError, letter: Letter, preference: Preference, *, has_connected: bool) -> None:
        fault, words = read_answer(error)
        now = self.clock()
        match fault:
            case Fault.ADDRESS:
                with transaction.atomic():
                    letter.park(now, words)
                    preference.note_bounce(now, words)
            case Fault.LETTER:
                letter.park(now, words)
            case Fault.MOMENT:
                letter.fail(now, words)
            case Fault.SERVER if has_connected:
                letter.fail(now, words)
                self.breakdowns += 1
            case Fault.SERVER:
                letter.fail(now, words, after=OUTAGE)
                self.breakdowns = MOST_BREAKDOWNS
        logger.warning("letter %s was not taken: %s", letter.pk, words)

    def _keep_back(self, letter: Letter, preference: Preference | None) -> None:
        """What was written before its reader stopped e-mails, or before the address turned out to take none."""
        if preference is not None and preference.bounced_at is not None:
            letter.park(self.clock(), preference.bounced_because)
        else:
            self._discard(letter)

    @transaction.atomic
    def _discard(self, letter: Letter) -> None:
        """Nothing is left to tell: as if it had never been written."""
        letter.notices.update(letter=None, dropped_at=self.clock())
        Letter.objects.filter(PENDING, pk=letter.pk).delete()

    def _hang_up(self) -> None:
        try:
            self.connection.close()
        except OSError as error:
            logger.info("the mail server did not say good-bye: %s", error)
