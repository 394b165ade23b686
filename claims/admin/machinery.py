"""What the desk tells of the machinery: calmly while claims are flagged, on every page when they are not."""

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from claims.health import SweepHealth, sweep_health


def told(now: datetime) -> dict[str, str]:
    """One of two sentences for the pages' context: `sweep_alarm` or `sweep_news`; one query."""
    health = sweep_health(now)
    return {"sweep_alarm": _alarm(health, now)} if health.is_alarming else {"sweep_news": _news(health)}


def _alarm(health: SweepHealth, now: datetime) -> str:
    what = _("No sweep has run yet")
    if health.ended_at:
        at = timezone.localtime(health.ended_at)
        is_today = at.date() == timezone.localdate(now)
        what = _("No sweep has run since %(moment)s") % {
            "moment": formats.date_format(at, "H:i" if is_today else "j F Y, H:i")
        }
    return _("%(what)s: claims that fall due are not flagged. Check that worker, beat and broker run.") % {"what": what}


def _news(health: SweepHealth) -> str:
    # Of a clock that was just set back by a little, "0 s ago" is said.
    ago = max(health.age or timedelta(0), timedelta(0))
    return _("Last sweep %(ago)s ago, flagged %(n)d") % {"ago": _in_words(ago), "n": health.flagged}


def _in_words(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    if seconds < 120:
        return _("%(n)d s") % {"n": seconds}
    if seconds < 2 * 3600:
        return _("%(n)d min") % {"n": seconds // 60}
    return _("%(n)d h") % {"n": seconds // 3600}
