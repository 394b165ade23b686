"""English: its words for months, numbers and units, and the groups of words that mean the same."""

from .grammar import Row, Terminal, silent
from .terminals import SHARED, months_by, numerals, words

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_ALSO_WORDS = frozenset({"may", "march"} | {name for names in _MONTHS for name in names if len(name) == 3})
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = ("day", "week", "month", "quarter", "year", "decade")
_SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {
    **{word: number for number, word in enumerate(_SMALL, 1)},
    **{tens: place * 10 for place, tens in enumerate(_TENS, 2)},
    **{f"{tens} {_SMALL[n - 1]}": place * 10 + n for place, tens in enumerate(_TENS, 2) for n in range(1, 10)},
    "a hundred": 100,
    "one hundred": 100,
}
_ORDINALS = {
    **{word: number for number, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: number for number, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"), 1)},
    **dict.fromkeys(("opening", "front"), 1),
    **dict.fromkeys(("last", "final", "closing", "latter", "back"), -1),
}

TERMINALS: dict[str, Terminal] = {
    **SHARED,
    "month": months_by({name: number for number, names in enumerate(_MONTHS, 1) for name in names}, _ALSO_WORDS),
    "weekday": words({name: number for number, name in enumerate(_WEEKDAYS)}),
    "unit": words({unit: unit for unit in (*_UNITS, "weekend", "century")}),
    "units": words(
        {f"{unit}s{ending}": unit for unit in _UNITS for ending in ("", " '")} | {"yrs": "year", "centuries": "century"}
    ),
    "number": numerals(_NUMBERS, 1200),
    "ordinal": words(_ORDINALS),
}

GROUPS: dict[str, list[Row]] = {
    "lead": silent(
        """[expected|likely|most likely|probably|almost certainly|due|is due|planned|scheduled|slated|targeted|targeting
        |set|for|aiming for|only|just|already|even|well|now|is|are|will be|currently|sometime|some time
        |at some point|the|as soon as possible] (:)|[target|deadline|date] :"""
    ),
    "maybe": silent("possibly|maybe|perhaps|potentially"),
    "around": silent(
        """around|about|circa|c|c .|ca|ca .|approx|approx .|approximately|roughly|toward|towards|near|nearing|close to
        |somewhere around|sometime around|some time around|in or around|on or around|on or about
        |in [about|around|approximately|roughly]|at [around|about]"""
    ),
    "early": silent("(very) early (in|on in|on|part of|months of|days of|part|years of)"),
    "start": silent("(very) [start|beginning|opening|outset|opening months|first months] of"),
    "mid": silent("mid (part of|of|point of)|midpoint of"),
    "middle": silent("middle (part|months|years) of|halfway through|midway through"),
    "late": silent("(very) late (in|on in|part of|months of|part|years of)"),
    "close": silent(
        """(very) [end|close|tail end|tail|latter part|later part|last part|final part|back end|late stages
        |[closing|final|last] [months|weeks|days|years]] of|end"""
    ),
    "end": silent("(the) (very) [end|close] of|end"),
    "year_end": silent("(the) [year end|yearend|end of year|eoy]"),
    "now": silent("from [now|today]|hence|out|down the [road|line]"),
    "in": silent(
        """in|on|during|within|throughout|for|come|sometime (in|during)|some time (in|during)|at some point [in|during]
        |at any [point|time] in|any time in|anytime in|all of|the whole of|[in|over] the course of|as part of
        |as [of|at]|effective (on|in|as of)|with effect on"""
    ),
    "by": silent(
        """by|until|till|up until|up to|through|(by) [no|not] later than|not after|as late as
        |by the latest|at (the) latest by"""
    ),
    "before": silent(
        """(well|long|just|right|shortly|sometime|some time|any time|anytime|at any time)
        [before|prior to|ahead of|earlier than|sooner than|in advance of|pre]"""
    ),
    "after": silent(
        """(well|long|just|right|shortly|sometime|some time|only|soon|not until|any time|anytime) [after|later than
        |beyond|past|post]"""
    ),
    "since": silent(
        """since|as from|[starting|beginning] (in|from|on|with|as early as)|commencing (in|on|from)
        |[no|not] [earlier|sooner] than (in|by)|[not|never] [before|until]|only from|(from) as early as|as soon as
        |effective from|with effect from|at (the) earliest (in|by)|earliest"""
    ),
    "inside": silent(
        """(sometime|some time|at some point)
        [within (another|the space of)|inside (of)
        |in [less than|under|fewer than|no more than|at most|up to|the space of]]"""
    ),
    "ahead": silent("(the) [next|coming|following|upcoming]"),
    "hour": silent("midnight|noon|midday|(the) [close|end] of [business|trading|play]|<day> [am|pm|a . m .|p . m .]"),
    "over_next": silent(
        """(sometime|some time|at some point) [in|over|during|for|across|through|throughout|over the course of]
        [the [next|coming|following|upcoming]|next]"""
    ),
    "over": silent("(sometime|some time|at some point) [in|over|during|within|for|across|throughout|through]"),
    "season": silent(
        "spring|springtime|summer|summertime|autumn|fall|winter|wintertime|monsoon|midsummer|midwinter|"
        "[dry|rainy] season"
    ),
    "feast": silent(
        """christmas (day|eve)|xmas|easter (sunday|monday)|ramadan|eid (al) (fitr|adha)|thanksgiving (day)|halloween
        |diwali|hanukkah|passover|new year 's (day|eve)|new year|lunar new year|chinese new year|valentine 's day
        |independence day|labor day|labour day|memorial day|black friday|the holidays|the holiday season
        |mother 's day"""
    ),
    "fiscal": silent("fiscal|financial|school|academic|tax|budget|marketing"),
    "its": silent("the|its|their|our|next|this|last|the current"),
}
