"""The timeline as geometry: an axis of days, the mark of each claim on it, and the whole collection in bins."""

from .axis import Axis, Tick
from .histogram import STANDINGS, Bin, Histogram, Tally, standing_of, tally
from .marks import Bar, Mark

__all__ = ["STANDINGS", "Axis", "Bar", "Bin", "Histogram", "Mark", "Tally", "Tick", "standing_of", "tally"]
