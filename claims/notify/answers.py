"""What a mail server's answers mean for the letter that was offered to it."""

import re
import smtplib
from enum import Enum

from django.utils.translation import gettext as _

GOING_AWAY, FINAL, TOO_LARGE = 421, 500, 552
# RFC 3463's codes, which say more than the three digits; a refusal of policy is about us, not about the address.
ENHANCED = re.compile(r"(\d\.\d{1,3}\.\d{1,3})\b")
ADDRESSES, MAILBOX_FULL, POLICY = "5.1.", "5.2.2", "5.7."


class Fault(Enum):
    """Whose fault it is that a letter was not taken."""

    ADDRESS = "its address takes no mail: nothing more is sent there"
    LETTER = "this letter is not wanted: the others may be"
    MOMENT = "it is not wanted now"
    SERVER = "the server is no use now, for any letter"


def read_answer(error: OSError) -> tuple[Fault, str]:
    """Whose fault an error of a connection is, and the words for it.

    A server that does not let us in at all must not look like one that knows no address: then nobody would be written
    to any more for a wrong password.
    """
    match error:
        case smtplib.SMTPAuthenticationError():
            # Without its text: it may repeat what it was sent.
            return Fault.SERVER, _("The mail server does not accept the user and password (%(code)s).") % {
                "code": error.smtp_code
            }
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            return _fault(code, answer, if_final=Fault.ADDRESS), _words(code, answer)
        case smtplib.SMTPSenderRefused():
            is_final = error.smtp_code == TOO_LARGE
            return Fault.LETTER if is_final else Fault.SERVER, _words(error.smtp_code, error.smtp_error)
        case smtplib.SMTPDataError():
            words = _words(error.smtp_code, error.smtp_error)
            return _fault(error.smtp_code, error.smtp_error, if_final=Fault.LETTER), words
        case smtplib.SMTPResponseException():
            return Fault.SERVER, _words(error.smtp_code, error.smtp_error)
    return Fault.SERVER, _("The mail server cannot be reached: %(error)s") % {"error": error}


def _fault(code: int, answer: bytes | str, *, if_final: Fault) -> Fault:
    if code == GOING_AWAY:
        return Fault.SERVER
    if code < FINAL:
        return Fault.MOMENT
    found = ENHANCED.match(_text(answer))
    meaning = found[1] if found else ""
    if meaning == MAILBOX_FULL:
        return Fault.MOMENT
    if meaning.startswith(POLICY):
        return Fault.LETTER
    return Fault.ADDRESS if meaning.startswith(ADDRESSES) else if_final


def _words(code: int, answer: bytes | str) -> str:
    return _("The mail server answers: %(answer)s") % {"answer": f"{code} {_text(answer)}"}


def _text(answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    # Postgres keeps no NUL, and nobody's terminal is to be steered.
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
