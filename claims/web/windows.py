"""Windows of the timeline: fifty rows, the first of them around today."""

from dataclasses import dataclass
from datetime import date

from claims.models import Claim
from claims.models.claim_set import ClaimSet
from claims.paging import Cursor, Order, Page, page

ORDER = Order("timeline", "ends_on")
SIZE = 50
# How many rows before today the first window begins: enough to see what is due, most of it for what is to come.
BEFORE_TODAY = 10


@dataclass(frozen=True, slots=True)
class Window:
    """Claims in order, and the cursors of the windows on either side, None where there is none."""

    claims: list[Claim]
    earlier: str | None
    later: str | None


def window(claims: ClaimSet, today: date, cursor: Cursor | None) -> Window:
    """The rows behind the cursor; without one, those around today."""
    keys = claims.only("pk", "ends_on")
    found = page(keys, ORDER, size=SIZE, cursor=cursor) if cursor else _around(keys, today)
    rows = {claim.pk: claim for claim in Claim.objects.with_all().filter(pk__in=[key.pk for key in found.rows])}
    return Window([rows[key.pk] for key in found.rows if key.pk in rows], found.previous, found.next)


def _around(keys: ClaimSet, today: date) -> Page:
    """Up to ten rows that end before today and the rest after it; either side fills what the other leaves."""
    before = page(keys, ORDER, size=SIZE, cursor=Cursor(ORDER.name, is_backward=True, key=today, pk=0))
    after = page(keys, ORDER, size=SIZE, cursor=Cursor(ORDER.name, is_backward=False, key=today, pk=0))
    earlier = before.rows[-max(BEFORE_TODAY, SIZE - len(after.rows)) :]
    later = after.rows[: SIZE - len(earlier)]
    has_earlier = len(earlier) < len(before.rows) or (before.previous is not None)
    has_later = len(later) < len(after.rows) or (after.next is not None)
    rows = [*earlier, *later]
    return Page(
        rows=rows,
        previous=_at(rows[0], is_backward=True) if rows and has_earlier else None,
        next=_at(rows[-1], is_backward=False) if rows and has_later else None,
    )


def _at(claim: Claim, *, is_backward: bool) -> str:
    return str(Cursor(ORDER.name, is_backward, claim.ends_on, claim.pk))
