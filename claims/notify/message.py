"""A letter as an e-mail: plain text for any program, HTML beside it, and headers that mail programs act on."""

import textwrap
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from claims.models import Letter, Preference
from claims.notify.telling import Contents, Told, contents_of
from claims.notify.unsubscribe import token_for

WIDTH = 72


def message_of(letter: Letter, preference: Preference, now: datetime) -> EmailMultiAlternatives | None:
    """The e-mail as it reads now; None where there is nothing left to tell."""
    with translation.override(settings.LANGUAGE_CODE):
        contents = contents_of(letter, preference, now)
        return _message(letter, contents) if contents else None


def _message(letter: Letter, contents: Contents) -> EmailMultiAlternatives:
    stop = f"{settings.BASE_URL}{reverse('web:unsubscribe', args=[token_for(letter.person_id)])}"
    links = {
        "due": f"{settings.BASE_URL}{reverse('admin:claims_claim_changelist')}?due=now",
        "choose": f"{settings.BASE_URL}{reverse('admin:notices')}",
        "stop": stop,
    }
    message = EmailMultiAlternatives(
        subject=contents.subject,
        body=plain(contents, links),
        from_email=settings.EMAIL_FROM,
        to=[letter.person.email],
        headers={
            # The same each time: a letter that arrives twice is seen to be one.
            "Message-ID": f"<{letter.key}@{urlsplit(settings.BASE_URL).hostname}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    context = {"contents": contents, "links": links, "why": why(), "language": settings.LANGUAGE_CODE}
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return message


def plain(contents: Contents, links: dict[str, str]) -> str:
    """The text. No template: there, lines break where its author broke them."""
    lines: list[str] = []
    for group in contents.groups:
        lines += [*_headed(group.heading), *_claims(group.claims)]
    if earlier := contents.earlier:
        lines += [*_headed(earlier.heading), *_claims(earlier.claims)]
        if earlier.more:
            lines += [earlier.and_more, links["due"], ""]
    lines += ["-- ", *_wrapped(why())]
    for label, to in ((_("Choose what you are told of"), "choose"), (_("Stop these e-mails"), "stop")):
        lines += [f"{label}:", links[to]]
    return "\n".join([*lines, ""])


def why() -> str:
    """Why the reader gets it."""
    newsroom = " ".join(settings.NEWSROOM_NAME.split())
    return _("You get this because of what you asked %(newsroom)s to tell you of.") % {"newsroom": newsroom}


def _headed(heading: str) -> list[str]:
    wrapped = _wrapped(heading)
    return [*wrapped, "=" * max(len(line) for line in wrapped), ""]


def _claims(claims: list[Told]) -> Iterator[str]:
    for claim in claims:
        yield from _wrapped(claim.statement)
        for label, words in claim.facts:
            yield from _wrapped(f"{label}: {words}", indent="  ")
        yield from (f"  {label}: {address}" for label, address in claim.links)
        yield ""


def _wrapped(words: str, indent: str = "") -> list[str]:
    # Not inside a word: an address that is broken leads nowhere.
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
