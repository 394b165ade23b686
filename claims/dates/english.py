"""English: its words for months, numbers and units, and how its phrases of time are built."""

from . import builders as b
from . import meaning as m
from .grammar import Grammar, Row, Terminal, silent
from .terminals import SHARED, months_by, numerals, words

_MONTHS = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {
    **{unit: unit for unit in ("day", "week", "weekend", "month", "quarter", "year", "decade")},
    "century": "century",
}
_PLURALS = {
    **{f"{unit}s": unit for unit in ("day", "week", "month", "quarter", "year", "decade")},
    **{f"{unit}s '": unit for unit in ("day", "week", "month", "quarter", "year", "decade")},
    "yrs": "year",
    "centuries": "century",
}
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {
    **{word: number for number, word in enumerate(_SMALL, 1)},
    **{tens: place * 10 for place, tens in enumerate(_TENS, 2)},
    **{
        f"{tens} {word}": place * 10 + number
        for place, tens in enumerate(_TENS, 2)
        for number, word in enumerate(_SMALL[:9], 1)
    },
    "a hundred": 100,
    "one hundred": 100,
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1, "closing": -1}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "latter": -1, "back": -1, "opening": 1, "front": 1}

TERMINALS: dict[str, Terminal] = {
    **SHARED,
    "month": months_by(
        {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()},
        frozenset({"may", "march", "mar", "jan", "jun", "dec", "sep", "apr", "feb", "jul", "aug", "oct", "nov"}),
    ),
    "weekday": words({name: number for number, name in enumerate(_WEEKDAYS)}),
    "unit": words(_UNITS),
    "units": words(_PLURALS),
    "number": numerals(_NUMBERS, 1200),
    "ordinal": words(_ORDINALS),
}

_AROUND = (
    "[around|about|circa|c|c .|ca|ca .|approx|approx .|approximately|roughly|toward|towards|near|nearing|close to"
    "|somewhere around|sometime around|some time around|in or around|on or around|on or about|in about|in around"
    "|in approximately|in roughly|at around|at about]"
)
_NOW = "[from now|hence|from today|out]"
_SEASON = "[spring|springtime|summer|summertime|autumn|fall|winter|wintertime|monsoon|midsummer|midwinter]"
_FEAST = (
    "[christmas (day|eve)|xmas|easter (sunday|monday)|ramadan|eid|eid al fitr|eid al adha|thanksgiving (day)|halloween"
    "|diwali|hanukkah|passover|new year 's (day|eve)|new year|lunar new year|chinese new year|valentine 's day"
    "|independence day|labor day|labour day|memorial day|black friday|the holidays|the holiday season|mother 's day]"
)
_FISCAL = "[fiscal|financial|school|academic|tax|budget|marketing]"

_DISTANCES: list[Row] = [
    ("<number> (more) <units>", b.counted),
    ("[a|an|one|a single|another|a further|1] <unit>", b.one),
    ("<number> and a half <units>", b.half_more),
    ("[a|one] <unit> and a half", lambda moment, unit: b.half_more(moment, 1, unit)),
    ("[half a|half an|a half|half] <unit>", b.half_of),
    ("(a) couple (of) (more) <units>", b.times(2)),
    ("(a) dozen <units>", b.times(12)),
    ("(a|some|many|a good) few (more|short) <units>", b.several),
    ("[several|some|many|a number of|a handful of|handful of] (more) <units>", b.several),
    ("<number> [to|or|and|<dash>] <number> <units>", lambda moment, low, *rest: b.spread(moment, low, *rest[-2:])),
    ("[a|one] <unit> or two", b.one_or_two),
]
_ROUGH: list[Row] = [
    ("<distance>", m.same),
    ("[about|around|roughly|approximately|some|perhaps|maybe] <distance>", b.roughly),
    ("<distance> or so", b.roughly),
]
_SLICES: list[Row] = [
    ("<part>", m.same),
    ("(the) (very) early (in|on in|on|part of|months of|days of|part|years of) (the month of)", b.third(1)),
    ("(the) (very) [start|beginning|opening|outset|opening months|first months] (of|in) (the month of)", b.third(1, is_end=True)),
    ("(the) mid (part of|of|point of)|(the) midpoint of", b.third(2)),
    ("(the) middle (part|months|years) of (the month of)|halfway through|midway through", b.third(2, is_end=True)),
    ("(the) (very) late (in|on in|part of|months of|part|years of) (the month of)", b.third(3)),
    (
        "(the) (very) [end|close|tail end|tail|latter part|later part|last part|closing months|final months|last months"
        "|closing days|final days|last days|back end|late stages|final part|final years|last years|closing years] of"
        " (the month of)|end",
        b.third(3, is_end=True),
    ),
    ("(the) <ordinal> half (of|in) (the month of)", b.cut("half")),
    ("(the) <ordinal> week (of|in)", b.cut("week")),
    ("(the) first <number> [months|quarters] (of|in)", b.opening("months")),
    ("(the) [last|final|closing] <number> months (of|in)", b.opening("months", closing=True)),
    ("(the) first <number> years of", b.opening("years")),
    ("(the) [last|final|closing] <number> years of", b.opening("years", closing=True)),
    ("(the) first day of", b.edge(1)),
    ("(the) [last|final] day of", b.edge(-1)),
]
_PARTS: list[Row] = [
    ("<month> (of|in|,|/)", m.same),
    ("(the month of) <month>", m.same),
    ("(<weekday> (,)) (the) <day> (day) (of) <month> (of|in|,|/)", lambda moment, *v: b.day_month(moment, *v[-2:])),
    ("(<weekday> (,)) <month> (the) <day> (of|in|,|/)", lambda moment, *v: b.month_day(moment, *v[-2:])),
    ("<code> (of|in|/) (calendar)", m.same),
    ("(the) (calendar) <ordinal> (calendar) quarter (of|in) (calendar)", b.cut("quarter")),
]
_WHEN: list[Row] = [
    ("<year>", m.same),
    ("(the) (calendar) year <year>|calendar <year>|cy <year>|<year> calendar year", m.same),
    ("(the decade of) (the) <decade> (decade)", m.same),
    ("(the) <century> century", m.same),
    ("<dated_code>", m.same),
    ("(<weekday> (,)) <figures>", lambda moment, *v: v[-1]),
    ("(the) [next|following] (calendar) <unit>|this coming <unit>", b.unit_around(1)),
    ("(later|earlier|sometime|some time|late on) [this|the current|the present] (calendar) <unit>", b.unit_around(0)),
    ("[last|the previous|previous] <unit>", b.unit_around(-1)),
    ("(the) <unit> after next", b.unit_around(2)),
    ("the (coming) new year", b.fixed("year", 1)),
    ("today|tonight|this morning|this afternoon|this evening", b.fixed("day", 0)),
    ("tomorrow (morning|afternoon|evening|night)", b.fixed("day", 1)),
    ("yesterday|last night", b.fixed("day", -1)),
    ("the day after tomorrow", b.fixed("day", 2)),
    ("<rough> <now>|<rough> down the [road|line]", m.point),
    ("<rough> ago", m.past_point),
    ("(on) <weekday>|this <weekday>|(the) coming <weekday>", b.weekday(0)),
    ("(on) next <weekday>", b.weekday(1)),
    ("(on) last <weekday>", b.weekday(-1)),
    ("[next|this coming] <part>", m.nearest(1)),
    ("this <part>", m.nearest(0)),
    ("last <part>", m.nearest(-1)),
    ("some month [in|of] <year>", b.some("month")),
    ("some day [in|of] <year>", b.some("day")),
    ("some day [in|of] <month> <year>", lambda moment, part, year: b.some("day")(moment, part.of(year))),
]
_WHOLE: list[Row] = [("(the|our|this current) <unit>", b.unit_around(0))]
_BASE: list[Row] = [
    ("<when>", m.same),
    ("mid century|the middle of [the|this] century", m.mid_century),
    ("(the) [mid|middle of the] <century> century", m.mid_century),
    ("mid year|midyear|the mid year", b.third_of("year", 2)),
    ("[mid year|midyear] (of|in|,) <when>|<when> mid year", b.third_of("year", 2)),
    ("(the) [year end|yearend|end of year|end year]", b.third_of("year", 3)),
    ("(the) [year end|yearend|end of year|year end of] <when>|<when> [year end|yearend|'s end]", b.third_of("year", 3)),
    ("(the) month end", b.third_of("month", 3)),
    ("(the|its|their|our|next|this|last|the current) <fiscal> year (of)", b.refused(b.FISCAL)),
    ("(the|its|their|our) <fiscal> year (of) [<year>|<figures>|<short_year>|<number>]", b.refused(b.FISCAL)),
    ("(the|its) <fiscal> year [ending|ended|ends|that ends|starting|beginning] (in|on|with) [<when>|<part> (<year>)]", b.refused(b.FISCAL)),
    ("(the) [<year>|<figures>] <fiscal> year", b.refused(b.FISCAL)),
    ("(the) [fiscal|fy|fye] [<year>|<figures>|<short_year>|<number>]|<fiscal_code> (<number>)", b.refused(b.FISCAL)),
    ("(its|the) [fiscal|fy] <part> (<year>)", b.refused(b.FISCAL)),
    ("(the|this|next|last) (early|mid|late) <season> (of) (<year>|<short_year>|next year|this year)", b.refused(b.SEASON)),
    ("(the) [<year>|<figures>] [<season>|season|campaign]", b.refused(b.SEASON)),
    ("(next|this|last) <feast> (,) (of|in) (<year>|next year|this year)", b.refused(b.FEAST)),
    ("(the) <year> <feast>", b.refused(b.FEAST)),
]
_PERIODS: list[Row] = [
    ("<base>", m.same),
    ("<slice> <base>", m.part_of),
    ("<slice> <slice> <base>", m.part_of_part),
    ("<slice> [<whole>|<short_year>]", m.part_of),
    ("<slice> <slice> [<whole>|<short_year>]", m.part_of_part),
    ("<base> ('|'s) <slice>|<base> <dash> <slice>", lambda moment, *v: m.whole_with_part(moment, v[0], v[-1])),
    ("<part>", m.yearless),
    ("<slice> <part>", m.part_of_yearless),
    ("<slice> [to|or|and|through|<dash>|to <dash>] <slice> [<base>|<short_year>]", lambda moment, *v: m.parts_of(moment, v[0], *v[-2:])),
    (
        "(the) <ordinal> [or|and|to|through|<dash>] <ordinal> quarters (of|in) [<base>|<whole>]"
        "|(the) <ordinal> [or|and|to|<dash>] (the) <ordinal> quarter (of|in) [<base>|<whole>]",
        lambda moment, *v: m.parts_of(moment, b.cut("quarter")(moment, v[0]), b.cut("quarter")(moment, v[-2]), v[-1]),
    ),
    ("(the) <day> [to|or|<dash>|through|and] (the) <day> (of) <month> (of|,) <base>", lambda moment, *v: b.days_month(moment, v[0], *v[-3:])),
    ("<month> <day> [to|or|<dash>|through|and] <day> (,|of) <base>", lambda moment, *v: b.month_days(moment, v[0], v[1], *v[-2:])),
]
_MARKED: list[Row] = [
    ("<around> <period>|<period> [or so|or thereabouts|give or take|ish]", m.around),
    ("<period>", m.same),
]
_SPANS: list[Row] = [
    ("between <marked> and <marked>|either <marked> or <marked>", m.span),
    ("[from|between] <slice> [to|and|until|till|through] <slice> [<base>|<short_year>]", m.parts_of),
    ("(from) <marked> [to|through|thru|or] (in|to|early in) <marked>", m.span),
    ("from <marked> [until|till|up to|and] <marked>", m.span),
    ("(from) <marked> <dash> <marked>", lambda moment, first, _, last: m.span(moment, first, last)),
]
_REACH: list[Row] = [("<marked>", m.same), ("<span>", m.same), ("<around> <span>", m.around)]
_ENDED: list[Row] = [("<reach>", m.same), ("<whole>", m.same)]

_IN = (
    "[in|on|during|within|throughout|for|come|sometime in|some time in|sometime during|sometime|some time"
    "|at some point in|at some point during|at any point in|in the course of|over the course of|as part of]"
)
_END = "[the (very) end of|end of|end|the close of|close of]"
_BY = "[by|until|till|up until|up to|through|by no later than|no later than|not later than|not after|at the latest by|as late as|at latest by]"
_DATES: list[Row] = [
    ("<reach>", m.plain),
    (
        "<in> <reach>",
        m.within,
    ),
    ("at <reach>", lambda moment, period: None if period.is_bare_year else m.within(moment, period)),
    ("<by> <end> <ended>|<by> <ended> 's end|[before|prior to|ahead of] <end> <ended>|before <ended> 's end", m.by),
    ("<by> (at least) (in) <reach>", m.by),
    ("[<by>|before|ahead of] (the) [year end|yearend|the year 's end]", lambda moment, *v: m.by(moment, b.fixed("year", 0)(moment))),
    ("[<by>|before|ahead of] (the) [year end|yearend] (of) <when>", m.by),
    ("[on|in|at|by] or before (the end of) <reach>|[before or in|before or on|before or by|by or before] <reach>", m.by),
    ("before <ended> is [out|over|through|up|done]|before <ended> [ends|closes|finishes]", m.by),
    ("(by|in|on) <reach> (,) at the (very) latest|(in|by|on) <reach> or [earlier|sooner|before]", m.by),
    ("(well|long|just|right|shortly|sometime|some time) [before|prior to|ahead of|earlier than|sooner than|pre] <reach>", m.before),
    ("(well|just) [before|prior to] the [start|beginning|turn] of <ended>|before <ended> [begins|starts]", m.before),
    ("(well|long|just|right|shortly|sometime|some time|only|soon) [after|later than|beyond|past|post] (the end of) <reach>", m.after),
    ("[after|beyond|past] the end of <whole>|once <ended> is over|once <ended> ends", m.after),
    (
        "[since|as from|as of|starting (in|from|on|with)|beginning (in|from|on|with)|commencing (in|on|from)"
        "|no (earlier|sooner) than|not (earlier|sooner) than|no earlier than (in|by)|never before|not before|not until|no sooner than|no earlier than"
        "|not (earlier|sooner) than|as early as|as soon as|effective (from|in)|with effect from|at the earliest (in|by)"
        "|at earliest (in)|from as early as|only from|earliest] <reach>",
        m.since,
    ),
    ("from <marked>|[from|since] the [start|beginning] of <ended>", m.since),
    ("(in|by|on) <reach> (,) at the (very) earliest|(in|by|on|from) <reach> or [later|after|beyond|thereafter]", m.since),
    ("(from|starting (in)|beginning (in)) <reach> [onward|onwards|forward|and onwards|and onward|and beyond|and later|and thereafter]|from <reach> on", m.since),
    (
        "(sometime|some time|at some point) [within|inside|in less than|in under|in fewer than|in no more than|in at most|in up to|in the space of|inside of]"
        " (the) (next|coming|following|upcoming) <rough> (from now|from today)",
        m.within_distance,
    ),
    (
        "(sometime|some time|at some point) [in|over|during|for|across|through|throughout|at some point in] [(the) next|the coming|the following|the upcoming] <rough>|(the) next <rough>"
        "|over the course of the next <rough>|not more than <rough> from now|no more than <rough> from now|less than <rough> from now",
        m.within_distance,
    ),
    (
        "(sometime|some time|at some point) [in|over|during|within|for|across|through|throughout|over the course of] the [next|coming] <unit>|within the <unit> ahead",
        b.next_unit,
    ),
    ("within [the|this] <unit>", lambda moment, unit: m.within(moment, b.unit_around(0)(moment, unit))),
    ("in <rough> ('|'s) (time) (from now|from today)|after another <rough>|in another <rough>", m.in_distance),
    ("[in at least|in as little as|in as few as|in as soon as|not for another|not for at least|not for|at least|in no less than] <rough> (from now|away|' time)", m.from_distance),
    ("[in more than|in over|more than] <rough> (from now|away)", m.beyond_distance),
    ("[in|over|during|within|for] (the) [coming|upcoming] <units>|[in|over|during|for] the <units> [ahead|to come]|in <units> to come", m.unnamed),
    ("in the (very) [near|not too distant|not so distant|foreseeable|distant] future|someday", m.unnamed),
    ("in (the) future|one day|some day|eventually|soon|over time|in due course|sooner or later|in (the) [long|short|medium|near] [term|run]", m.vague),
    ("at some point|down the [road|line]|in our lifetime|within a generation|ultimately|some time|sometime|for <units> to come|in time|before long", m.vague),
    ("[in|over|during|for|within] [the|these|this] [past|last|previous] <rough>|[in|over|during|for|within] the [past|last] <unit>", b.refused(b.PAST)),
    ("[possibly|maybe|perhaps|potentially] <reach>", lambda moment, period: m.plain(moment, m.possibly(moment, period))),
]
_LEADS = (
    "[expected|likely|probably|due|planned|scheduled|slated|targeted|targeting|target|set|for|only|just|already|even|"
    "well|now|is|are|will be|currently|sometime|some time|at some point|the|is due|aiming for|as soon as possible|most likely|almost certainly|deadline|date] (:)"
)

GRAMMAR = Grammar(
    {
        "phrase": [
            ("<date>", m.same),
            ("<lead> <date>|<lead> <lead> <date>", m.same),
            ("[possibly|maybe|perhaps|potentially] <date>", m.doubted),
        ],
        "lead": silent(_LEADS),
        "around": silent(_AROUND),
        "now": silent(_NOW),
        "season": silent(_SEASON),
        "feast": silent(_FEAST),
        "fiscal": silent(_FISCAL),
        "by": silent(_BY),
        "end": silent(_END),
        "in": silent(_IN),
        "date": _DATES,
        "reach": _REACH,
        "ended": _ENDED,
        "span": _SPANS,
        "marked": _MARKED,
        "period": _PERIODS,
        "base": _BASE,
        "whole": _WHOLE,
        "when": _WHEN,
        "slice": _SLICES,
        "part": _PARTS,
        "rough": _ROUGH,
        "distance": _DISTANCES,
    },
    TERMINALS,
)
