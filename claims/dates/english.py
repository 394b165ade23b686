"""English: relations between a claim and its period, such as “by”, “no earlier than” and “within”."""

from . import builders as b
from . import counting as c
from . import meaning as m
from .english_periods import TABLES
from .english_words import GROUPS, TERMINALS
from .grammar import Grammar, Row

_SPANS: list[Row] = [
    ("between <marked> and <marked>", m.bounded),
    ("either <marked> or <marked>", m.span),
    ("[from|between] <slice> [to|and|until|till|through] <slice> [<base>|<short_year>]", m.parts_of),
    ("<marked> [to|through|thru|or] (in|to|early in) <marked>|<marked> [/|<dash>] <marked>", m.span),
    ("from <marked> [to|through|thru|or|until|till|up to|and|<dash>] (in|to|early in) <marked>", m.bounded),
    ("(the) [period|years] (from|between|of) <marked> [to|and|through|<dash>] <marked>", m.bounded),
    ("(the) <marked> [to|<dash>] <marked> period", m.bounded),
    ("(the) <figures> period", m.anchored),
]
_DISTANT: list[Row] = [
    ("<inside> <rough>", c.within_distance),
    ("<inside> [<rough> <now>|<ahead> <rough>]|<over_next> <rough>|(the) next <rough>", c.within_coming),
    ("[not|no] more than <rough> from now|less than <rough> from now", c.within_coming),
    ("<over> the [next|coming] <unit>|within the <unit> ahead", b.next_unit),
    ("within [the|this] <unit>", b.in_this_unit),
    ("in (another) <rough> ('|'s) (time) (from [now|today])|after another <rough>", c.in_distance),
    ("<rough> [<now>|away]", c.in_distance),
    ("by this time next <unit>|this time next <unit>", b.next_unit),
    ("in [at least|as little as|as few as|as soon as|no less than] <rough> (from now|' time)", c.from_distance),
    ("not for (another|at least) <rough>|at least <rough> [from now|away]", c.from_distance),
    ("in [more than|over] <rough> (from now)|more than <rough> [from now|away]", c.beyond_distance),
    ("<over> (the|these|this) [past|last|previous] [<rough>|<unit>]", b.refused(b.PAST)),
]
_UNNAMED: list[Row] = [
    ("<over> (the) [coming|upcoming] <units>|<over> the <units> [ahead|to come]|in <units> to come", c.unnamed),
    ("in the (very) [near|not too distant|not so distant|foreseeable|distant] future|someday", c.vague),
    ("in (the) future|one day|some day|eventually|ultimately|soon|over time|in due course|sooner or later", c.vague),
    ("in (the) [long|short|medium|near] [term|run]|at some point|some time|sometime", c.vague),
    ("down the [road|line]|in our lifetime|within a generation|for <units> to come", c.vague),
]
_BY: list[Row] = [
    ("[<by>|<before>] <year_end> (of) (<when>)", b.by_year_end),
    ("[<by>|<before>] <end> <ended>|[<by>|<before>] <ended> 's end", m.by),
    ("<by> (at least) (in) <reach>|<by> <hour> (on|in|of|,) <reach>", m.by),
    ("[on|in|at|by] or before (<end>) <reach>|before or [in|on|by] <reach>", m.by),
    ("before <ended> is [out|over|through|up|done]|before <ended> [ends|closes|finishes]", m.by),
    ("(by|in|on) <reach> (,) [at the (very) latest|or [earlier|sooner|before]]", m.by),
]
_OTHERS: list[Row] = [
    ("<before> the [start|beginning|turn] of <ended>|before <ended> [begins|starts]", m.before),
    ("<before> <reach>", m.before),
    ("[on|in|at|from] or after <reach>|after or [on|in] <reach>", m.since),
    ("[between|from] [now|today] [and|to|till|until|through|up to] (<end>) <ended>", m.from_now),
    ("<after> <end> <ended>|once <ended> [is over|ends]", m.after),
    ("<after> <reach>", m.after),
    ("[from|since] the [start|beginning] of <ended>", m.since),
    ("<since> <reach>", m.since),
    ("from <marked>", m.onward),
    ("(by|in|on|from) <reach> (,) [at the (very) earliest|or [later|after|beyond|thereafter]]", m.since),
    (
        """(from|starting (in)|beginning (in)) <reach>
        [onward|onwards|forward|and [onward|onwards|beyond|later|thereafter]]|from <reach> on""",
        m.since,
    ),
]

GRAMMAR = Grammar(
    {
        **GROUPS,
        **TABLES,
        "span": _SPANS,
        "reach": [("<marked>", m.same), ("<around> <span>", m.around), ("<span>", m.same)],
        "ended": [("<reach>", m.same), ("<whole>", m.same)],
        "date": [
            ("<reach>", m.plain),
            *_DISTANT,
            *_UNNAMED,
            *_BY,
            *_OTHERS,
            ("<in> <reach>", m.within),
            ("at <reach>", m.at),
            ("<maybe> <reach>", m.maybe),
        ],
        "phrase": [
            ("<date>|<lead> <date>|<lead> <lead> <date>", m.same),
            ("<maybe> <date>", m.doubted),
        ],
    },
    TERMINALS,
)
