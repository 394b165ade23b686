"""Projected dates: phrases in English and Indonesian, EDTF, and the days they cover."""

from .house_rules import EXAMPLES_MADE_ON, HOUSE_RULES, HouseRule
from .phrases import FoundDate, Reading, find_dates, read_phrase
from .projected_date import ProjectedDate
from .unreadable import UnreadableDate
from .wording import word

__all__ = [
    "EXAMPLES_MADE_ON",
    "HOUSE_RULES",
    "FoundDate",
    "HouseRule",
    "ProjectedDate",
    "Reading",
    "UnreadableDate",
    "find_dates",
    "read_phrase",
    "word",
]
