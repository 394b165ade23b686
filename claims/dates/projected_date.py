"""The value object for the date by which a claim says something will be so."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from . import edtf as notation


@dataclass(frozen=True, slots=True)
class ProjectedDate:
    """A window of days, written as EDTF; equal when written the same, open where a side is None."""

    edtf: str
    start: date | None = field(init=False)
    end: date | None = field(init=False)
    precision: str = field(init=False)

    def __post_init__(self) -> None:
        """Work out the days; raises UnreadableDate."""
        days = notation.bounds(self.edtf)
        object.__setattr__(self, "start", days.start)
        object.__setattr__(self, "end", days.end)
        object.__setattr__(self, "precision", days.precision)

    @classmethod
    def from_edtf(cls, text: str) -> "ProjectedDate":
        """Read an EDTF text, level 0 or 1; raises UnreadableDate."""
        return cls(text.strip())

    @classmethod
    def open(cls) -> "ProjectedDate":
        """Give the date of a claim that names none, such as “in the coming years”."""
        return cls("")

    @property
    def is_approximate(self) -> bool:
        """Tell whether any part is marked ~ or %."""
        return "~" in self.edtf or "%" in self.edtf

    @property
    def is_uncertain(self) -> bool:
        """Tell whether any part is marked ? or %."""
        return "?" in self.edtf or "%" in self.edtf

    def revisit_on(self) -> date | None:
        """Give the day after the window, when the claim is flagged; None when there is no such day."""
        if self.end is None or self.end == date.max:
            return None
        return self.end + timedelta(days=1)

    def __str__(self) -> str:
        return self.edtf
