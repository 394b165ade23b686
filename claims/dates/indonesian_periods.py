"""Indonesian: periods and distances, from “2027” to “akhir kuartal III tahun depan”."""

from . import builders as b
from . import counting as c
from . import meaning as m
from .grammar import Row

_DISTANCES: list[Row] = [
    ("<number> <unit>", b.counted),
    ("<single>", b.one),
    ("<number> setengah <unit>|<number> <unit> setengah", b.half_more),
    ("<single> setengah", b.one_and_a_half),
    ("setengah <unit>", b.half_of),
    ("[beberapa|sejumlah|sekian] <unit>", b.several),
    ("<number> [<to>|atau|dan|<dash>] <number> <unit>|<number> <number> <unit>", b.spread),
]
_ROUGH: list[Row] = [
    ("<distance>", m.same),
    ("[sekitar|kira kira|kurang lebih|sekira] <distance>|<distance> (lebih) kurang", b.roughly),
]
_SLICES: list[Row] = [
    ("<part>", m.same),
    ("<early> (bulan)", b.third(1)),
    ("<mid> (bulan)", b.third(2)),
    ("<late> (bulan)", b.third(3)),
    ("[paruh|separuh|setengah|paro] <ordinal> (dari) (bulan)", b.cut("half")),
    ("setengah tahun <ordinal> (dari|di|pada)", b.cut("half")),
    ("semester <ordinal> (dari|di|pada|/)", b.cut("half")),
    ("[minggu|pekan] <ordinal> (dari|di|pada) (bulan)", b.cut("week")),
    ("[caturwulan|cawu] [1|i|pertama]", b.third(1)),
    ("[caturwulan|cawu] [2|ii|kedua]", b.third(2)),
    ("[caturwulan|cawu] [3|iii|ketiga]", b.third(3)),
    ("<number> bulan pertama (dari|di|pada)", b.opening("months")),
    ("<number> bulan terakhir (dari|di|pada)", b.opening("months", closing=True)),
    ("<number> tahun pertama (dari|di|pada)", b.opening("years")),
    ("hari pertama (dari|di|pada) (bulan)", b.edge(1)),
    ("hari terakhir (dari|di|pada) (bulan)", b.edge(-1)),
]
_PARTS: list[Row] = [
    ("(bulan) <month> (di|pada|,|/)", m.same),
    ("(hari) (<day_name> (,)) (tanggal|tgl|tgl .) <day> (bulan) <month> (di|pada|,|/)", b.day_month),
    ("<code> (di|pada|/)", m.same),
    ("<quarter> <ordinal> (dari|di|pada|/|,)", b.cut("quarter")),
]
_WHEN: list[Row] = [
    ("(tahun|thn|th|thn .|tahun kalender) <year> (masehi|<soon>)", m.same),
    ("(era|dekade|dasawarsa|periode) (tahun) <decade> (mendatang|nanti)", m.same),
    ("[dekade|dasawarsa] (tahun) <year>", b.decade_in),
    ("abad <century>", m.same),
    ("<dated_code>", m.same),
    ("((hari) <day_name> (,)) (tanggal|tgl|tgl .) <figures>", m.last_of),
    ("<unit> [depan|mendatang|berikutnya|yang akan datang|selanjutnya|muka]", b.unit_around(1)),
    ("<unit> [ini|sekarang|berjalan]", b.unit_around(0)),
    ("<unit> <last>", b.unit_around(-1)),
    ("hari ini|malam ini|sore ini|siang ini|pagi ini", b.fixed("day", 0)),
    ("besok (pagi|siang|sore|malam)|esok (hari)", b.fixed("day", 1)),
    ("kemarin", b.fixed("day", -1)),
    ("lusa", b.fixed("day", 2)),
    ("<rough> [lagi|[dari|sejak|terhitung dari] [sekarang|hari ini|saat ini|kini]]", c.point),
    ("<rough> (yang) [lalu|silam]", c.past_point),
    ("(hari) <weekday> (ini)", b.weekday(0)),
    ("(hari) <weekday> [depan|mendatang|pekan depan|minggu depan|nanti]", b.weekday(1)),
    ("(hari) <weekday> [lalu|kemarin|pekan lalu]", b.weekday(-1)),
    ("<part> [mendatang|depan|nanti|yang akan datang|berikutnya]", m.nearest(1)),
    ("<part> ini", m.nearest(0)),
    ("<part> <last>", m.nearest(-1)),
    ("suatu bulan [pada|di] <year>", b.some("month")),
    ("suatu hari [pada|di] <year>", b.some("day")),
    ("suatu hari [pada|di] <month> <year>", b.some_day_of_month),
]
_UNREAD: list[Row] = [
    ("<fiscal> (ini|depan|lalu) (<year>|<figures>|<year> [/|<dash>] <year>)", b.refused(b.FISCAL)),
    ("ta <year>|[fy|fiskal] [<year>|<number>]|<fiscal_code>", b.refused(b.FISCAL)),
    ("<part> <fiscal> (<year>)|<part> fiskal (<year>)", b.refused(b.FISCAL)),
    ("(awal|akhir) <season> (tahun) (<year>|ini|depan|tahun depan|tahun ini)", b.refused(b.SEASON)),
    ("musim [<year>|<figures>|<year> / <year>]", b.refused(b.SEASON)),
    ("<feast> (tahun) (<year>|ini|depan|tahun depan|tahun ini|mendatang)", b.refused(b.FEAST)),
]
_BASE: list[Row] = [
    ("<when>", m.same),
    ("<unread>", m.same),
    ("pertengahan abad (ini|<century>)", m.mid_century),
]
_PERIODS: list[Row] = [
    ("akhir [pekan|minggu]", b.weekend),
    ("<base>", m.same),
    ("<slice> [<base>|<whole>|<short_year>]", m.part_of),
    ("<slice> <slice> [<base>|<whole>|<short_year>]", m.part_of_part),
    ("<base> (,) <slice>|<base> <dash> <slice>", m.whole_with_part),
    ("<part>", m.yearless),
    ("<slice> <part>", m.part_of_yearless),
    ("<slice> [<to>|atau|dan|/|<dash>] <slice> [<base>|<whole>|<short_year>]", m.parts_of),
    ("<quarter> <ordinal> [<to>|atau|dan|<dash>] <ordinal> [<base>|<whole>]", b.quarters_of),
    ("(tanggal|tgl) <day> [<to>|atau|<dash>|dan] <day> <month> <base>", b.days_month),
]

TABLES: dict[str, list[Row]] = {
    "distance": _DISTANCES,
    "rough": _ROUGH,
    "slice": _SLICES,
    "part": _PARTS,
    "when": _WHEN,
    "whole": [("<unit>", b.this_unit)],
    "unread": _UNREAD,
    "base": _BASE,
    "period": _PERIODS,
    "marked": [
        ("<around> <period>|<period> (atau) [lebih kurang|kurang lebih]", m.around),
        ("<period>|(hari) <day_name> <bracket> <period> (<bracket_end>)", m.day_itself),
        ("(hari) <day_name> <bracket> <day> / <day> (<bracket_end>)", b.weekday_in_figures),
    ],
}
