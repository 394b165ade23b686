"""What distances mean, counted from the day the claim was made, and what names no day at all."""

from dataclasses import replace

from .distances import Distance
from .grammar import Moment
from .house_rules import Rule
from .meaning import Answer, after, since, within
from .periods import Period


def within_distance(moment: Moment, reach: Distance) -> Answer:
    """Read “within five years”: up to that day."""
    if reach.is_several:
        return unnamed(moment)
    return Answer(f"../{reach.limit(moment.made_on).isoformat()}{reach.mark}", Rule.WITHIN, is_distance=True)


def within_coming(moment: Moment, reach: Distance) -> Answer:
    """Read “over the next five years”, which is never a mere length of time."""
    return replace(within_distance(moment, reach), is_distance=False)


def in_distance(moment: Moment, reach: Distance) -> Answer:
    """Read “in five years”: the year, month or day that lies so far ahead."""
    if reach.is_several:
        return unnamed(moment)
    return replace(within(moment, reach.after(moment.made_on)), is_distance=True)


def from_distance(moment: Moment, reach: Distance) -> Answer:
    """Read “in at least five years”: from there on."""
    if reach.is_several:
        return unnamed(moment)
    return replace(since(moment, reach.after(moment.made_on)), is_distance=True)


def beyond_distance(moment: Moment, reach: Distance) -> Answer:
    """Read “in more than five years”: after that."""
    if reach.is_several:
        return unnamed(moment)
    return replace(after(moment, reach.after(moment.made_on)), is_distance=True)


def point(moment: Moment, reach: Distance) -> Period | None:
    """Read “five years from now” as a period, so that relations can be put before it."""
    return None if reach.is_several else reach.after(moment.made_on)


def past_point(moment: Moment, reach: Distance) -> Period | None:
    """Read “two years ago” as a period."""
    return None if reach.is_several else reach.ago(moment.made_on)


def unnamed(_: Moment, *__: object) -> Answer:
    """Read a phrase that names no day, such as “in the coming years”."""
    return Answer("", Rule.OPEN)


def vague(_: Moment, *__: object) -> Answer:
    """Read a word that names no day and is often no date at all, such as “eventually”."""
    return Answer("", Rule.OPEN, is_vague=True)
