"""English: periods and distances, from “2027” to “late in the third quarter of next year”."""

from . import builders as b
from . import counting as c
from . import meaning as m
from .grammar import Row

_DISTANCES: list[Row] = [
    ("<number> (more) <units>", b.counted),
    ("[a|an|one|a single|another|a further] <unit>", b.one),
    ("1 <unit>", b.one),
    ("<number> and a half <units>", b.half_more),
    ("[a|one] <unit> and a half", b.one_and_a_half),
    ("[half a|half an|a half|half] <unit>", b.half_of),
    ("(a) couple (of) (more) <units>", b.times(2)),
    ("(a) dozen <units>", b.times(12)),
    ("(a|some|many|a good) few (more|short) <units>", b.several),
    ("[several|some|many|a number of|a handful of|handful of] (more) <units>", b.several),
    ("<number> [to|or|and|<dash>] <number> <units>", b.spread),
    ("[a|one] <unit> or two", b.one_or_two),
]
_ROUGH: list[Row] = [
    ("<distance>", m.same),
    ("[about|around|roughly|approximately|some|perhaps|maybe] <distance>|<distance> or so", b.roughly),
]
_SLICES: list[Row] = [
    ("<part>", m.same),
    ("(the) <early> (the month of)", b.third(1)),
    ("(the) <start> (the month of)", b.third(1, is_end=True)),
    ("(the) <mid>", b.third(2)),
    ("(the) <middle> (the month of)", b.third(2, is_end=True)),
    ("(the) <late> (the month of)", b.third(3)),
    ("(the) <close> (the month of)", b.third(3, is_end=True)),
    ("(the) <ordinal> half (of|in) (the month of)", b.cut("half")),
    ("(the) <ordinal> week (of|in)", b.cut("week")),
    ("(the) first <number> months (of|in)", b.opening("months")),
    ("(the) [last|final|closing] <number> months (of|in)", b.opening("months", closing=True)),
    ("(the) first <number> years of", b.opening("years")),
    ("(the) [last|final|closing] <number> years of", b.opening("years", closing=True)),
    ("(the) first day of", b.edge(1)),
    ("(the) [last|final] day of", b.edge(-1)),
]
_PARTS: list[Row] = [
    ("(the month of) <month> (of|in|,|/)", m.same),
    ("(<weekday> (,)) (the) <day> (day) (of) <month> (of|in|,|/)", b.day_month),
    ("(<weekday> (,)) <month> (the) <day> (of|in|,|/)", b.month_day),
    ("(the) first of <month> (of|in|,)", b.first_of_month),
    ("<code> (of|in|/) (calendar)", m.same),
    ("(the) (calendar) <ordinal> (calendar) quarter (of|in) (calendar)", b.cut("quarter", is_sure=True)),
]
_WHEN: list[Row] = [
    ("<year>", m.same),
    ("(the) (calendar) year <year>|calendar <year>|cy <year>|<year> calendar year", m.same),
    ("(the decade of) (the) <decade> (decade)", m.same),
    ("(the) <century> century", m.same),
    ("<dated_code>", m.same),
    ("(<weekday> (,)) <figures>", m.last_of),
    ("(the) [next|following] (calendar) <unit>|this coming <unit>", b.unit_around(1)),
    ("(later|earlier|sometime|some time|late on) [this|the current|the present] (calendar) <unit>", b.unit_around(0)),
    ("[last|the previous|previous] <unit>", b.unit_around(-1)),
    ("(the) <unit> after next", b.unit_around(2)),
    ("the (coming) new year", b.fixed("year", 1)),
    ("today|tonight|this morning|this afternoon|this evening", b.fixed("day", 0)),
    ("tomorrow (morning|afternoon|evening|night)", b.fixed("day", 1)),
    ("yesterday|last night", b.fixed("day", -1)),
    ("the day after tomorrow", b.fixed("day", 2)),
    ("<rough> <now>", c.point),
    ("<rough> ago", c.past_point),
    ("(this|coming) <weekday>|the coming <weekday>", b.weekday(0)),
    ("next <weekday>", b.weekday(1)),
    ("last <weekday>", b.weekday(-1)),
    ("[next|this coming] <part>", m.nearest(1)),
    ("this <part>", m.nearest(0)),
    ("last <part>", m.nearest(-1)),
    ("some month [in|of] <year>", b.some("month")),
    ("some day [in|of] <year>", b.some("day")),
    ("some day [in|of] <month> <year>", b.some_day_of_month),
]
_WHOLE: list[Row] = [("(the|our|this current) <unit>", b.this_unit)]
_UNREAD: list[Row] = [
    ("(<its>) <fiscal> year (of) (<year>|<figures>|<short_year>|<number>)", b.refused(b.FISCAL)),
    (
        "(<its>) <fiscal> year [starting|beginning|ending|ended|(that) ends] (in|on|with) [<when>|<part> (<year>)]",
        b.refused(b.FISCAL),
    ),
    ("(the) [<year>|<figures>] <fiscal> year", b.refused(b.FISCAL)),
    ("(the) [fiscal|fy|fye] [<year>|<figures>|<short_year>|<number>]|<fiscal_code> (<number>)", b.refused(b.FISCAL)),
    ("(its|the) [fiscal|fy] <part> (<year>)", b.refused(b.FISCAL)),
    ("(<its>) (early|mid|late) <season> (of) (<year>|<short_year>|next year|this year)", b.refused(b.SEASON)),
    ("(the) [<year>|<figures>] [<season>|season|campaign]", b.refused(b.SEASON)),
    ("(<its>) <feast> (,) (of|in) (<year>|next year|this year)", b.refused(b.FEAST)),
    ("(the) <year> <feast>", b.refused(b.FEAST)),
]
_BASE: list[Row] = [
    ("<when>", m.same),
    ("<unread>", m.same),
    ("mid century|the middle of [the|this] century", m.mid_century),
    ("(the) [mid|middle of the] <century> century", m.mid_century),
    ("[mid year|midyear|the mid year] (of|in|,) (<when>)|<when> mid year", b.third_of("year", 2)),
    ("<year_end> (of) (<when>)|end year|(the) year 's end|<when> [year end|yearend|'s end]", b.third_of("year", 3)),
    ("(the) month end", b.third_of("month", 3)),
]
_PERIODS: list[Row] = [
    ("<base>", m.same),
    ("<slice> [<base>|<whole>|<short_year>]", m.part_of),
    ("<slice> <slice> [<base>|<whole>|<short_year>]", m.part_of_part),
    ("<base> ('|'s) <slice>|<base> <dash> <slice>", m.whole_with_part),
    ("<part>", m.yearless),
    ("<slice> <part>", m.part_of_yearless),
    ("<slice> [to|or|and|through|/|<dash>|to <dash>] <slice> [<base>|<short_year>]", m.parts_of),
    (
        "(the) <ordinal> [or|and|to|through|<dash>] (the) <ordinal> [quarter|quarters] (of|in) [<base>|<whole>]",
        b.quarters_of,
    ),
    ("(the) <day> [to|or|<dash>|through|and] (the) <day> (of) <month> (of|,) <base>", b.days_month),
    ("<month> <day> [to|or|<dash>|through|and] <day> (,|of) <base>", b.month_days),
]

TABLES: dict[str, list[Row]] = {
    "distance": _DISTANCES,
    "rough": _ROUGH,
    "slice": _SLICES,
    "part": _PARTS,
    "when": _WHEN,
    "whole": _WHOLE,
    "unread": _UNREAD,
    "base": _BASE,
    "period": _PERIODS,
    "marked": [
        ("<around> <period>|<period> [or so|or thereabouts|give or take|ish]", m.around),
        ("<period>|<weekday> <bracket> <period> (<bracket_end>)", m.day_itself),
        ("<weekday> <bracket> <day> / <day> (<bracket_end>)", b.weekday_in_figures),
    ],
}
